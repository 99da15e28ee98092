// Validates SARIF logs against the published schema: node sarif-schema.cjs FOLDER LOG...
// FOLDER holds sarif-2.1.0.json and the validator, put there by tests/run.sh. Prints one fault a line.
const fs = require("fs");
const path = require("path");
const [folder, ...logs] = process.argv.slice(2).map((name) => path.resolve(name));
const from = (name) => require(require.resolve(name, { paths: [folder] }));
const Ajv = from("ajv/dist/2020").default;
const ajv = new Ajv({ strict: false, allErrors: true });
from("ajv-formats").default(ajv);
const validate = ajv.compile(JSON.parse(fs.readFileSync(path.join(folder, "sarif-2.1.0.json"), "utf8")));
let faults = 0;
for (const log of logs) {
  if (!validate(JSON.parse(fs.readFileSync(log, "utf8")))) {
    for (const { instancePath, message } of validate.errors) console.log(`${log}${instancePath}: ${message}`);
    faults += validate.errors.length;
  }
}
process.exit(faults ? 1 : 0);
