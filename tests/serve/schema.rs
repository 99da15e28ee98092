//! What is served against what the API's document says of it: every field described, every required one there.

use super::{get, post};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

struct Document(Value);

impl Document {
    fn schema(&self, method: &str, path: &str, kind: &str) -> &Value {
        let schema = &self.0["paths"][path][method]["responses"]["200"]["content"][kind]["schema"];
        assert!(schema.is_object(), "{method} {path} does not describe {kind}");
        schema
    }

    fn resolved<'d>(&'d self, schema: &'d Value) -> &'d Value {
        match schema["$ref"].as_str() {
            Some(reference) => self.0.pointer(reference.trim_start_matches('#')).expect("a reference leads somewhere"),
            None => schema,
        }
    }

    /// What is wrong with `value`, each with its place.
    fn faults(&self, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let schema = self.resolved(schema);
        if let Some(choices) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
            let tried = choices.iter().map(|choice| {
                let mut own = Vec::new();
                self.faults(choice, value, at, &mut own);
                own
            });
            faults.extend(tried.min_by_key(Vec::len).unwrap_or_default());
            return;
        }
        let kinds: Vec<&str> = match &schema["type"] {
            Value::String(kind) => vec![kind],
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let fits = |kind: &str| match value {
            Value::Null => kind == "null",
            Value::Bool(_) => kind == "boolean",
            Value::Number(number) => kind == "number" || kind == "integer" && !number.is_f64(),
            Value::String(_) => kind == "string",
            Value::Array(_) => kind == "array",
            Value::Object(_) => kind == "object",
        };
        if !kinds.is_empty() && !kinds.iter().any(|kind| fits(kind)) {
            faults.push(format!("{at}: {value} is no {kinds:?}"));
        }
        if let Some(allowed) = schema["enum"].as_array().filter(|allowed| !allowed.contains(value)) {
            faults.push(format!("{at}: {value} is none of {allowed:?}"));
        }
        if let Value::Array(values) = value {
            values
                .iter()
                .enumerate()
                .for_each(|(n, one)| self.faults(&schema["items"], one, &format!("{at}[{n}]"), faults));
        }
        if let Value::Object(fields) = value {
            self.fields(schema, fields, at, faults);
        }
    }

    fn fields(&self, schema: &Value, fields: &Map<String, Value>, at: &str, faults: &mut Vec<String>) {
        let mut described: Map<String, Value> = Map::new();
        let mut required = BTreeSet::new();
        let mut others = Value::Null;
        self.gather(schema, &mut described, &mut required, &mut others);
        for (name, value) in fields {
            match described.get(name) {
                Some(schema) => self.faults(schema, value, &format!("{at}.{name}"), faults),
                None if others.is_object() => self.faults(&others, value, &format!("{at}.{name}"), faults),
                None => faults.push(format!("{at}.{name} is not described")),
            }
        }
        let missing = required.into_iter().filter(|name| !fields.contains_key(name));
        faults.extend(missing.map(|name| format!("{at}.{name} is missing")));
    }

    fn gather(
        &self,
        schema: &Value,
        fields: &mut Map<String, Value>,
        required: &mut BTreeSet<String>,
        others: &mut Value,
    ) {
        let schema = self.resolved(schema);
        schema["allOf"].as_array().into_iter().flatten().for_each(|part| self.gather(part, fields, required, others));
        fields.extend(
            schema["properties"].as_object().into_iter().flatten().map(|(name, own)| (name.clone(), own.clone())),
        );
        required.extend(
            schema["required"].as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_string())),
        );
        if schema["additionalProperties"].is_object() {
            *others = schema["additionalProperties"].clone();
        }
    }

    fn assert(&self, method: &str, path: &str, answer: &super::Answer, what: &str) {
        assert_eq!(answer.status, 200, "{what}: {}", String::from_utf8_lossy(&answer.body));
        let mut faults = Vec::new();
        self.faults(self.schema(method, path, "application/json"), &answer.json(), "", &mut faults);
        assert!(faults.is_empty(), "{what}: {:#?}", &faults[..faults.len().min(12)]);
    }
}

#[tokio::test]
async fn every_answer_is_as_the_document_says() {
    let document = Document(get("/openapi.json").await.json());
    for (path, addresses) in [
        (
            "/api/v1/search",
            &["?q=部门预算公开&limit=20", "?q=预算法14条2款", "?q=没有这样的词吗", "?q=政府信息&status=superseded"][..],
        ),
        ("/api/v1/suggest", &["?q=ysf", "?q=预算法", "?q=政府信息公幵条例"]),
        ("/api/v1/basis", &["?item=部门预算", "?item=没有这样的事项吗"]),
        ("/api/v1/regulations", &[""]),
        ("/api/v1/catalogs", &[""]),
        ("/healthz", &[""]),
    ] {
        for query in addresses {
            document.assert("get", path, &get(&format!("{path}{query}")).await, query);
        }
    }
    let listed = get("/api/v1/regulations").await.json();
    for regulation in listed["regulations"].as_array().unwrap() {
        let id = regulation["id"].as_str().unwrap();
        document.assert("get", "/api/v1/regulations/{id}", &get(&format!("/api/v1/regulations/{id}")).await, id);
    }
    for id in
        ["yusuan-fa/a14.p2", "yusuan-fa/a20", "guobanfa-2018-118/s2", "zhengfu-xinxi-gongkai-tiaoli@2007-04-05/a9"]
    {
        document.assert("get", "/api/v1/provisions/{id}", &get(&format!("/api/v1/provisions/{id}")).await, id);
    }
    let listed = get("/api/v1/catalogs").await.json();
    for catalog in listed["catalogs"].as_array().unwrap() {
        let id = catalog["id"].as_str().unwrap();
        document.assert("get", "/api/v1/catalogs/{id}", &get(&format!("/api/v1/catalogs/{id}")).await, id);
    }
    let text =
        "根据《政府信息公开条例》第二十条第七款、《预算法》第十四条、国办发[2018]118号和《没有的办法》第一条公开。";
    for path in ["/api/v1/cite", "/api/v1/check"] {
        document.assert("post", path, &post(path, "text/plain", text).await, path);
    }
    let table = "公开事项,公开内容,公开依据\n预算,部门预算,《中华人民共和国预算法》第十四条\n概况,机构职能,\n";
    let checked = post("/api/v1/check?name=a.csv", "text/csv", table).await;
    document.assert("post", "/api/v1/check", &checked, "a file");
}

#[tokio::test]
async fn an_error_is_as_the_document_says() {
    let document = Document(get("/openapi.json").await.json());
    for (path, address, status) in [
        ("/api/v1/search", "/api/v1/search", "400"),
        ("/api/v1/regulations/{id}", "/api/v1/regulations/none", "404"),
        ("/api/v1/provisions/{id}", "/api/v1/provisions/yusuan-fa/a999", "404"),
    ] {
        let answer = get(address).await;
        assert_eq!(answer.status.as_str(), status);
        let schema =
            &document.0["paths"][path]["get"]["responses"][status]["content"]["application/problem+json"]["schema"];
        let mut faults = Vec::new();
        document.faults(schema, &answer.json(), "", &mut faults);
        assert!(schema.is_object() && faults.is_empty(), "{address}: {faults:?}");
    }
}

/// The validator itself: a test that cannot fail proves nothing.
#[test]
fn what_is_not_described_is_found() {
    let schema = serde_json::json!({"type":"object","required":["a"],"properties":{"a":{"type":"string"},"b":{"type":["integer","null"]}}});
    let document = Document(Value::Null);
    for (value, wrong) in [
        (serde_json::json!({"a":"x","b":null}), 0),
        (serde_json::json!({"a":1}), 1),
        (serde_json::json!({"b":1.5}), 2),
        (serde_json::json!({"a":"x","c":1}), 1),
    ] {
        let mut faults = Vec::new();
        document.faults(&schema, &value, "", &mut faults);
        assert_eq!(faults.len(), wrong, "{value}: {faults:?}");
    }
}
