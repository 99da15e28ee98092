//! The report as SARIF 2.1.0 (OASIS standard, 2020): [`write()`] gives one [`Log`] with a run a catalog.
//!
//! A finding is a result; a known or suppressed one carries a suppression, so that viewers count it apart.

use super::card::{Card, place_name};
use super::layout::inert;
use super::{Report, Reported};
use crate::check::{RULES, Rule, Severity, Standing, Verdict};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: Vec<Run>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    language: &'static str,
    artifacts: Vec<Artifact>,
    results: Vec<ResultEntry>,
    properties: BTreeMap<&'static str, serde_json::Value>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    language: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Message,
    full_description: Message,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Artifact {
    location: ArtifactLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultEntry {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression>,
    properties: Properties,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    name: String,
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    justification: String,
}

/// What SARIF has no field for: the item's number, the column, the right form, the clauses that prove it.
#[derive(Serialize)]
struct Properties {
    item: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    evidence: Vec<String>,
}

/// One log, a run a catalog.
pub fn write(reports: &[Report<'_>]) -> Log {
    Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: reports.iter().map(run).collect(),
    }
}

fn run(report: &Report<'_>) -> Run {
    let uri = uri(&report.catalog.file);
    let verdicts = report.verdict_counts();
    let verdicts = Verdict::ALL.map(|verdict| (verdict.code().to_string(), verdicts.get(verdict).into()));
    Run {
        tool: Tool {
            driver: Driver {
                name: "yiju",
                semantic_version: env!("CARGO_PKG_VERSION"),
                language: "zh-CN",
                rules: RULES.iter().map(|rule| descriptor(rule)).collect(),
            },
        },
        column_kind: "unicodeCodePoints",
        language: "zh-CN",
        artifacts: vec![Artifact { location: ArtifactLocation { uri: uri.clone(), index: None } }],
        results: report.findings.iter().map(|reported| result(report, reported, &uri)).collect(),
        properties: BTreeMap::from([
            ("items", report.catalog.items.len().into()),
            ("citations", report.links.len().into()),
            ("verdicts", serde_json::Value::Object(verdicts.into_iter().collect())),
        ]),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "note",
    }
}

fn descriptor(rule: &Rule) -> Descriptor {
    let doc = rule.doc();
    Descriptor {
        id: rule.name,
        short_description: Message { text: doc.title },
        full_description: Message { text: doc.what },
        default_configuration: Configuration { level: level(rule.severity) },
    }
}

fn result(report: &Report<'_>, reported: &Reported<'_>, uri: &str) -> ResultEntry {
    let finding = reported.finding;
    let card = Card::of(report, reported);
    let item = report.item(finding.item);
    let cell = card.cell.as_ref().and_then(|cell| item.and_then(|item| item.fields.get(&cell.column)));
    let origin = cell.map(|cell| &cell.origin).or(item.map(|item| &item.origin));
    let line = origin.and_then(|origin| origin.line).filter(|line| *line > 0);
    let place = origin.filter(|origin| origin.cell.is_some()).and_then(place_name);
    let name = place.unwrap_or_else(|| format!("第 {} 项", finding.item));
    let suppression = match &reported.standing {
        Standing::Known { reason, .. } | Standing::Suppressed { reason, .. } => Some(reason),
        Standing::New | Standing::Expired { .. } => None,
    };
    ResultEntry {
        rule_id: finding.rule,
        rule_index: RULES.iter().position(|rule| rule.name == finding.rule),
        level: level(finding.severity),
        message: Message { text: inert(&format!("第 {} 项 {}：{}", finding.item, card.item, finding.message)) },
        locations: vec![Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri.to_string(), index: Some(0) },
                region: line.map(|start_line| Region { start_line }),
            },
            logical_locations: vec![LogicalLocation {
                fully_qualified_name: format!("{}/{name}", report.catalog.file),
                name,
                kind: "element",
            }],
        }],
        partial_fingerprints: BTreeMap::from([("yiju/v1", reported.fingerprint.clone())]),
        suppressions: suppression
            .map(|reason| Suppression { kind: "external", justification: reason.clone() })
            .into_iter()
            .collect(),
        properties: Properties {
            item: finding.item,
            column: card.cell.as_ref().map(|cell| cell.column.code()),
            expected: finding.expected.clone(),
            evidence: card.official.into_iter().map(|official| official.id).collect(),
        },
    }
}

/// A file name as a relative URI reference (RFC 3986): all but unreserved characters percent-encoded.
fn uri(name: &str) -> String {
    let mut uri = String::new();
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
