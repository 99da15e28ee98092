//! The report as one HTML file that can be mailed and printed: [`write()`] fills `web/report.html`.
//!
//! Summary first, then the findings by item, all items with their verdicts, and the official text of every clause
//! named. It loads nothing and runs nothing; every word of a cell is escaped.

use super::card::{Card, CellExcerpt, Official, Repaired, item_name};
use super::layout::{Tone, inert, shorten};
use super::{Report, Reported};
use crate::check::{Applicability, Depth, Severity, Verdict};
use crate::law::ProvisionRef;
use askama::Template;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Template)]
#[template(path = "report.html", whitespace = "preserve")]
struct Pages<'a> {
    pages: Vec<Page<'a>>,
    date: String,
    program: &'static str,
}

/// One catalog.
struct Page<'a> {
    title: &'a str,
    publisher: &'a str,
    file: &'a str,
    items: usize,
    citations: usize,
    severities: Vec<Count>,
    verdicts: Vec<Count>,
    known: usize,
    suppressed: usize,
    gone: usize,
    unchecked: Vec<(String, usize)>,
    notes: &'a [String],
    groups: Vec<Group<'a>>,
    rows: Vec<Row>,
    clauses: Vec<Clause>,
}

struct Count {
    code: &'static str,
    name: &'static str,
    count: usize,
}

/// The findings of one item.
struct Group<'a> {
    row: u32,
    name: String,
    findings: Vec<Shown<'a>>,
}

struct Shown<'a> {
    rule: &'static str,
    class: &'static str,
    severity: &'static str,
    message: &'a str,
    expected: Option<&'a str>,
    note: Option<String>,
    cell: Option<CellExcerpt>,
    official: Vec<Official>,
    repair: Option<Repaired>,
}

struct Row {
    row: u32,
    name: String,
    found: bool,
    citations: Vec<Cited>,
}

struct Cited {
    words: String,
    clauses: Vec<Pointer>,
    verdict: Verdict,
    depth: Depth,
}

struct Pointer {
    id: String,
    label: String,
}

/// A clause in the appendix.
struct Clause {
    id: String,
    title: String,
    label: String,
    level: &'static str,
    version: String,
    status_name: &'static str,
    source: String,
    text: String,
}

/// By regulation, version, line and id: the order of the texts.
type Appendix = BTreeMap<(String, usize, u32, String), Clause>;

/// One page for all reports, one after the other.
///
/// # Errors
/// None that input can cause; the template's own.
pub fn write(reports: &[Report<'_>]) -> Result<String, askama::Error> {
    let date = reports.first().map_or(String::new(), |report| report.views.today.to_string());
    let pages = Pages { pages: reports.iter().map(page).collect(), date, program: env!("CARGO_PKG_VERSION") };
    // The template escapes markup; marks that turn the direction of the page are words to it.
    pages.render().map(|page| inert(&page))
}

fn page<'a>(report: &'a Report<'_>) -> Page<'a> {
    let catalog = report.catalog;
    let (known, suppressed) = report.set_aside();
    let verdicts = report.verdict_counts();
    let severities = report.severity_counts();
    let mut clauses = BTreeMap::new();
    let rows = rows(report, &mut clauses);
    let groups = groups(report, &mut clauses);
    Page {
        title: if catalog.title.is_empty() { &catalog.file } else { &catalog.title },
        publisher: &catalog.publisher,
        file: &catalog.file,
        items: catalog.items.len(),
        citations: report.links.len(),
        severities: [Severity::Error, Severity::Warning, Severity::Notice]
            .map(|s| Count { code: class(s), name: s.name(), count: severities.get(s) })
            .into(),
        verdicts: Verdict::ALL.map(|v| Count { code: v.code(), name: v.name(), count: verdicts.get(v) }).into(),
        known,
        suppressed,
        gone: report.gone,
        unchecked: report.unchecked(),
        notes: &catalog.notes,
        groups,
        rows,
        clauses: clauses.into_values().collect(),
    }
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    }
}

fn advice(applicability: &Applicability) -> &'static str {
    match applicability {
        Applicability::Safe => "可稳妥改正",
        Applicability::Unsafe => "可改，须人看过",
    }
}

fn groups<'a>(report: &'a Report<'_>, clauses: &mut Appendix) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for reported in &report.findings {
        let card = Card::of(report, reported);
        for evidence in &reported.finding.evidence {
            report.views.at(&evidence.place).into_iter().for_each(|provision| file(report, provision, clauses));
        }
        let row = reported.finding.item;
        if groups.last().is_none_or(|group| group.row != row) {
            groups.push(Group { row, name: card.item.clone(), findings: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.findings.push(shown(reported, card));
        }
    }
    groups
}

fn shown<'a>(reported: &'a Reported<'_>, card: Card) -> Shown<'a> {
    let finding = reported.finding;
    Shown {
        rule: finding.rule,
        class: if reported.standing.counts() { class(finding.severity) } else { "set-aside" },
        severity: finding.severity.name(),
        message: &finding.message,
        expected: finding.expected.as_deref(),
        note: reported.standing.note(),
        cell: card.cell,
        official: card.official,
        repair: card.repair,
    }
}

fn rows(report: &Report<'_>, clauses: &mut Appendix) -> Vec<Row> {
    let mut cited: BTreeMap<u32, Vec<Cited>> = BTreeMap::new();
    for (link, (verdict, depth)) in report.links.iter().zip(report.verdicts) {
        let cell = report.item(link.item).zip(link.citation.column).map_or("", |(item, column)| item.text(column));
        let mut pointers = Vec::new();
        for provision in link.provisions.iter().flatten().filter_map(|place| report.views.at(place)) {
            pointers.push(Pointer { id: provision.id(), label: format!("{}↓", provision.label()) });
            file(report, provision, clauses);
        }
        let words = shorten(link.citation.span.of(cell), 60).replace('\n', " ");
        let citation = Cited { words, clauses: pointers, verdict: *verdict, depth: *depth };
        cited.entry(link.item).or_default().push(citation);
    }
    let found: BTreeSet<u32> = report.findings.iter().map(|reported| reported.finding.item).collect();
    let row = |item: &crate::catalog::Item| Row {
        row: item.row,
        name: item_name(item),
        found: found.contains(&item.row),
        citations: cited.remove(&item.row).unwrap_or_default(),
    };
    report.catalog.items.iter().map(row).collect()
}

/// Puts a clause into the appendix, once.
fn file(report: &Report<'_>, provision: ProvisionRef<'_>, clauses: &mut Appendix) {
    let id = provision.id();
    let key = (provision.regulation.id.clone(), provision.version, provision.provision.line, id.clone());
    clauses.entry(key).or_insert_with(|| {
        let version = provision.version();
        Clause {
            id,
            title: provision.regulation.title.clone(),
            label: provision.label(),
            level: provision.regulation.level.name(),
            version: version.id(),
            status_name: report.views.corpus.status(provision.regulation, provision.version, report.views.today).name(),
            source: version.source.clone(),
            text: provision.provision.full_text(),
        }
    });
}
