//! `/api`: how to use the API, made from its OpenAPI document.

use super::frame::Frame;
use super::html;
use crate::serve::openapi::Document;
use crate::serve::problem::Problem;
use askama::Template;
use axum::response::Html;
use serde_json::Value;
use utoipa::OpenApi;

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    frame: Frame,
    groups: Vec<(String, Vec<Operation>)>,
}

struct Operation {
    method: String,
    path: String,
    summary: String,
    parameters: Vec<Parameter>,
}

struct Parameter {
    name: String,
    place: &'static str,
    required: bool,
    description: String,
}

pub async fn handle() -> Result<Html<String>, Problem> {
    let document = serde_json::to_value(Document::openapi()).unwrap_or_default();
    html(&ApiPage { frame: Frame::new("接口", "/api"), groups: groups(&document) })
}

fn groups(document: &Value) -> Vec<(String, Vec<Operation>)> {
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_string();
    let operations: Vec<(String, Operation)> = object(&document["paths"])
        .flat_map(|(path, methods)| {
            object(methods).map(move |(method, operation)| {
                let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
                let parameter = |p: &Value| Parameter {
                    name: text(p, "name"),
                    place: if p["in"] == "path" { "地址" } else { "查询" },
                    required: p["required"].as_bool().unwrap_or(false),
                    description: text(p, "description"),
                };
                let tag = operation["tags"][0].as_str().unwrap_or_default().to_string();
                let operation = Operation {
                    method: method.to_uppercase(),
                    path: path.clone(),
                    summary: text(operation, "summary"),
                    parameters: parameters.iter().map(parameter).collect(),
                };
                (tag, operation)
            })
        })
        .collect();
    let mut groups: Vec<(String, String, Vec<Operation>)> = Vec::new();
    for tag in document["tags"].as_array().map(Vec::as_slice).unwrap_or_default() {
        groups.push((text(tag, "name"), text(tag, "description"), Vec::new()));
    }
    for (tag, operation) in operations {
        if let Some((_, _, of_tag)) = groups.iter_mut().find(|(name, ..)| *name == tag) {
            of_tag.push(operation);
        }
    }
    groups.into_iter().map(|(_, description, operations)| (description, operations)).collect()
}

fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
