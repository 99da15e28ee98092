//! [`Sheet`]: a checked catalog on a page: tallies, then every item with its citations, verdicts and findings.

use crate::catalog::Field;
use crate::check::{Applicability, Severity, Verdict, rules};
use crate::report::card::{Card, item_name};
use crate::report::layout::{Run, Tone};
use crate::report::{Report, Reported};
use std::collections::BTreeMap;

pub struct Sheet {
    pub title: String,
    pub publisher: String,
    pub source: Option<String>,
    pub items: usize,
    pub citations: usize,
    pub verdicts: Vec<Tally>,
    pub severities: Vec<Tally>,
    /// Documents that could not be checked against, with how often they are cited.
    pub unchecked: Vec<(String, usize)>,
    pub notes: Vec<String>,
    pub rows: Vec<Row>,
    /// The verdict or severity that the rows are narrowed to.
    pub only: Option<String>,
}

/// How many of a kind; `code` is its class and its name in an address.
pub struct Tally {
    pub code: &'static str,
    pub name: &'static str,
    pub count: usize,
}

pub struct Row {
    pub number: u32,
    pub name: String,
    pub fields: Vec<(&'static str, String)>,
    pub citations: Vec<Cited>,
    pub findings: Vec<Found>,
}

pub struct Cited {
    pub words: String,
    pub verdict: Verdict,
    pub depth: &'static str,
    /// Address and title of the document, where it is known and no clause is named.
    pub document: Option<(String, String)>,
    /// Address and name of each clause named.
    pub clauses: Vec<(String, String)>,
}

pub struct Found {
    pub rule: &'static str,
    pub rule_title: String,
    pub class: &'static str,
    pub severity: &'static str,
    pub message: String,
    pub expected: Option<String>,
    pub card: Card,
}

impl Found {
    pub fn repair_name(&self) -> &'static str {
        match self.card.repair.as_ref().map(|repair| repair.applicability) {
            Some(Applicability::Safe) => "可稳妥改正",
            _ => "可改，须经人核定",
        }
    }
}

/// The element that shows a run of words; empty for none.
pub fn element(run: &Run) -> &'static str {
    match run.tone {
        Tone::Mark => "mark",
        Tone::Delete => "del",
        Tone::Insert => "ins",
        _ => "span",
    }
}

pub fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    }
}

impl Sheet {
    /// `only` narrows the rows to those with a verdict or a severity of that code.
    pub fn of(report: &Report<'_>, only: Option<&str>) -> Self {
        let catalog = report.catalog;
        let (verdicts, severities) = (report.verdict_counts(), report.severity_counts());
        let only = only.filter(|code| !code.is_empty());
        let rows = rows(report).into_iter().filter(|row| {
            only.is_none_or(|code| {
                row.citations.iter().any(|c| c.verdict.code() == code) || row.findings.iter().any(|f| f.class == code)
            })
        });
        Sheet {
            title: if catalog.title.is_empty() { catalog.file.clone() } else { catalog.title.clone() },
            publisher: catalog.publisher.clone(),
            source: catalog.source.clone(),
            items: catalog.items.len(),
            citations: report.links.len(),
            verdicts: Verdict::ALL.map(|v| Tally { code: v.code(), name: v.name(), count: verdicts.get(v) }).into(),
            severities: [Severity::Error, Severity::Warning, Severity::Notice]
                .map(|s| Tally { code: severity_class(s), name: s.name(), count: severities.get(s) })
                .into(),
            unchecked: report.unchecked(),
            notes: catalog.notes.clone(),
            rows: rows.collect(),
            only: only.map(str::to_string),
        }
    }
}

/// Every item, in the order of the catalog.
pub fn rows(report: &Report<'_>) -> Vec<Row> {
    let mut found: BTreeMap<u32, Vec<Found>> = BTreeMap::new();
    for reported in &report.findings {
        found.entry(reported.finding.item).or_default().push(shown(report, reported));
    }
    let mut cited: BTreeMap<u32, Vec<Cited>> = BTreeMap::new();
    for (link, (verdict, depth)) in report.links.iter().zip(report.verdicts) {
        let item = report.item(link.item);
        let column = link.citation.column.unwrap_or(Field::Basis);
        let words = item.map_or("", |item| link.citation.span.of(item.text(column)));
        let clauses = link.provisions.iter().flatten().filter_map(|place| report.views.at(place));
        let document = || {
            let regulation = report.views.corpus.regulations().get(link.regulation()?)?;
            Some((format!("/r/{}", regulation.id), regulation.title.clone()))
        };
        let clauses: Vec<_> =
            clauses.map(|c| (format!("/r/{}", c.id()), format!("{}{}", c.regulation.title, c.label()))).collect();
        cited.entry(link.item).or_default().push(Cited {
            words: words.split_whitespace().collect(),
            verdict: *verdict,
            depth: depth.name(),
            document: clauses.is_empty().then(document).flatten(),
            clauses,
        });
    }
    const SHOWN: [Field; 10] = [
        Field::Content,
        Field::Basis,
        Field::Clause,
        Field::EffectLevel,
        Field::Deadline,
        Field::Publisher,
        Field::Channel,
        Field::Disclosure,
        Field::Audience,
        Field::Department,
    ];
    let row = |item: &crate::catalog::Item| {
        let filled = SHOWN.into_iter().filter(|field| !item.text(*field).trim().is_empty());
        Row {
            number: item.row,
            name: item_name(item),
            fields: filled.map(|field| (field.name(), item.text(field).trim().to_string())).collect(),
            citations: cited.remove(&item.row).unwrap_or_default(),
            findings: found.remove(&item.row).unwrap_or_default(),
        }
    };
    report.catalog.items.iter().map(row).collect()
}

fn shown(report: &Report<'_>, reported: &Reported<'_>) -> Found {
    let finding = reported.finding;
    Found {
        rule: finding.rule,
        rule_title: rules::rule(finding.rule).map(|rule| rule.doc().title).unwrap_or_default(),
        class: severity_class(finding.severity),
        severity: finding.severity.name(),
        message: finding.message.clone(),
        expected: finding.expected.clone(),
        card: Card::of(report, reported),
    }
}
