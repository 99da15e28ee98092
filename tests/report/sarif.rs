//! SARIF 2.1.0: a validator of the properties this program writes, held to the standard's text (§3.13–3.52).

use super::command::Desk;
use super::sample::sample;
use serde_json::Value;
use yiju::check::Standing;
use yiju::report::sarif::write;

/// What a value has to be.
enum Shape {
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// An integer not below this.
    Number(i64),
    Of(&'static str),
    ListOf(&'static str),
    /// A map to strings.
    Texts,
    /// A property bag: any object.
    Bag,
}

use Shape::{Bag, ListOf, Number, Of, Text, Texts, Word};

const LEVELS: Shape = Word(&["none", "note", "warning", "error"]);

/// A property: name, whether the standard requires it, shape.
type Property = (&'static str, bool, Shape);

/// Object → its properties here. No other property may occur.
const OBJECTS: &[(&str, &[Property])] = &[
    ("sarifLog", &[("$schema", false, Text), ("version", true, Word(&["2.1.0"])), ("runs", true, ListOf("run"))]),
    (
        "run",
        &[
            ("tool", true, Of("tool")),
            ("columnKind", false, Word(&["utf16CodeUnits", "unicodeCodePoints"])),
            ("language", false, Text),
            ("artifacts", false, ListOf("artifact")),
            ("results", false, ListOf("result")),
            ("properties", false, Bag),
        ],
    ),
    ("tool", &[("driver", true, Of("toolComponent"))]),
    (
        "toolComponent",
        &[
            ("name", true, Text),
            ("semanticVersion", false, Text),
            ("language", false, Text),
            ("rules", false, ListOf("reportingDescriptor")),
        ],
    ),
    (
        "reportingDescriptor",
        &[
            ("id", true, Text),
            ("shortDescription", false, Of("message")),
            ("fullDescription", false, Of("message")),
            ("defaultConfiguration", false, Of("reportingConfiguration")),
        ],
    ),
    ("reportingConfiguration", &[("level", false, LEVELS)]),
    ("message", &[("text", true, Text)]),
    ("artifact", &[("location", false, Of("artifactLocation"))]),
    ("artifactLocation", &[("uri", false, Text), ("index", false, Number(-1))]),
    (
        "result",
        &[
            ("ruleId", false, Text),
            ("ruleIndex", false, Number(-1)),
            ("level", false, LEVELS),
            ("message", true, Of("message")),
            ("locations", false, ListOf("location")),
            ("partialFingerprints", false, Texts),
            ("suppressions", false, ListOf("suppression")),
            ("properties", false, Bag),
        ],
    ),
    (
        "location",
        &[("physicalLocation", false, Of("physicalLocation")), ("logicalLocations", false, ListOf("logicalLocation"))],
    ),
    ("physicalLocation", &[("artifactLocation", true, Of("artifactLocation")), ("region", false, Of("region"))]),
    ("region", &[("startLine", true, Number(1))]),
    ("logicalLocation", &[("name", false, Text), ("fullyQualifiedName", false, Text), ("kind", false, Text)]),
    ("suppression", &[("kind", true, Word(&["inSource", "external"])), ("justification", false, Text)]),
];

fn validate(value: &Value, object: &str, at: &str, faults: &mut Vec<String>) {
    let Some((_, properties)) = OBJECTS.iter().find(|(name, _)| *name == object) else {
        return faults.push(format!("{at}: unknown object {object}"));
    };
    let Some(map) = value.as_object() else { return faults.push(format!("{at}: no object")) };
    faults.extend(
        map.keys().filter(|k| !properties.iter().any(|(n, ..)| n == k)).map(|k| format!("{at}.{k}: not allowed")),
    );
    for (name, required, shape) in *properties {
        let at = format!("{at}.{name}");
        let Some(value) = map.get(*name) else {
            faults.extend(required.then(|| format!("{at}: missing")));
            continue;
        };
        let fits = match shape {
            Text => value.is_string(),
            Word(words) => value.as_str().is_some_and(|word| words.contains(&word)),
            Number(least) => value.as_i64().is_some_and(|n| n >= *least),
            Texts => value.as_object().is_some_and(|map| map.values().all(Value::is_string)),
            Bag => value.is_object(),
            Of(object) => {
                validate(value, object, &at, faults);
                true
            }
            ListOf(object) => value.as_array().is_some_and(|list| {
                list.iter().enumerate().for_each(|(n, v)| validate(v, object, &format!("{at}[{n}]"), faults));
                true
            }),
        };
        faults.extend((!fits).then(|| format!("{at}: {value} does not fit")));
    }
}

#[test]
fn a_log_is_valid_and_leads_back_to_rules_and_cells() {
    let sample = sample();
    let mut report = sample.report();
    report.findings[0].standing = Standing::Known { reason: "上级模板如此".into(), expires: None };
    let log = serde_json::to_value(write(&[report])).unwrap();
    let mut faults = Vec::new();
    validate(&log, "sarifLog", "$", &mut faults);
    assert_eq!(faults, Vec::<String>::new());

    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"], "an index leads to the rule of that name");
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert_eq!(uri, "%E7%9B%AE%E5%BD%95.txt", "a URI reference is ASCII");
    }
    assert_eq!(results[0]["locations"][0]["physicalLocation"]["region"]["startLine"], 3);
    assert_eq!(results[0]["suppressions"][0]["justification"], "上级模板如此");
    assert!(results[1].get("suppressions").is_none());
    assert_eq!(run["properties"]["verdicts"]["not-checked"], 1);
}

#[test]
fn the_validator_sees_faults() {
    let mut log = serde_json::to_value(write(&[sample().report()])).unwrap();
    log["runs"][0]["results"][0]["level"] = "fatal".into();
    log["runs"][0]["tool"]["driver"].as_object_mut().unwrap().remove("name");
    log["runs"][0]["results"][1]["Message"] = "x".into();
    let mut faults = Vec::new();
    validate(&log, "sarifLog", "$", &mut faults);
    assert_eq!(faults.len(), 3, "{faults:?}");
}

/// Against the schema as published, where tests/run.sh has put it and a validator.
#[test]
fn the_published_schema_accepts_what_the_command_writes_and_sees_faults() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target/sarif");
    if !folder.join("sarif-2.1.0.json").exists() {
        println!("not run: tests/run.sh installs the schema and the validator");
        return;
    }
    let desk = Desk::with("");
    let validate = |log: &str| {
        let script = root.join("tests/report/sarif-schema.cjs");
        let output = std::process::Command::new("node").arg(script).arg(&folder).arg(desk.path(log)).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    let catalogs = ["etuoke-yibaoju", "juye-yibaoju", "qiaokou-yibaoju", "zhangzhou-yibaoju"];
    let mut files: Vec<String> =
        catalogs.iter().map(|id| root.join("corpus/catalogs").join(id).to_string_lossy().into_owned()).collect();
    for file in ["jiaoyuju.csv", "renshe.md", "tongjiju.txt"] {
        files.push(root.join("tests/gold/findings/constructed").join(file).to_string_lossy().into_owned());
    }
    let mut args: Vec<&str> = files.iter().map(String::as_str).collect();
    args.extend(["--output", "all.sarif"]);
    assert_eq!(desk.check(&args).0, 1);
    assert_eq!(validate("all.sarif"), (true, String::new()));

    let mut log: Value = serde_json::from_slice(&std::fs::read(desk.path("all.sarif")).unwrap()).unwrap();
    log["runs"][0]["results"][0]["level"] = "fatal".into();
    std::fs::write(desk.path("bad.sarif"), log.to_string()).unwrap();
    let (valid, faults) = validate("bad.sarif");
    assert!(!valid && faults.contains("/runs/0/results/0/level"), "{faults}");
}
