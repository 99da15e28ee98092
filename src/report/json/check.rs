//! [`CheckView`]: one catalog checked: every citation with its verdict, every finding with its proof, and the counts.

use super::{CitationView, ProvisionView, Views};
use crate::catalog::{Catalog, Field, Item};
use crate::check::{Applicability, Depth, Evidence, Finding, Fix, Link, Severity, Verdict};
use crate::quote::Segment;
use crate::text::CodePoints;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CheckView {
    pub catalog: CatalogHead,
    pub citations: Vec<CheckedView>,
    pub findings: Vec<FindingView>,
    pub summary: SummaryView,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CatalogHead {
    pub title: String,
    pub publisher: String,
    pub items: usize,
    /// The file's name as given.
    pub file: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CheckedView {
    #[serde(flatten)]
    pub citation: CitationView,
    /// `Item::row`
    pub item: u32,
    pub column: Option<&'static str>,
    pub verdict: Verdict,
    pub depth: Depth,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FindingView {
    pub rule: &'static str,
    pub severity: Severity,
    /// `Item::row`
    pub item: u32,
    /// Position among the catalog's citations.
    pub citation: Option<usize>,
    pub message: String,
    pub expected: Option<String>,
    pub evidence: Vec<EvidenceView>,
    pub fix: Option<FixView>,
    /// Names the finding by its words, for a baseline or a suppression.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// `new`, `known`, `expired` or `suppressed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<&'static str>,
    /// Why it is known or suppressed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EvidenceView {
    pub provision: Option<ProvisionView>,
    /// From the quotation to the official words: `["equal" | "delete" | "insert", "…"]`.
    #[schema(value_type = Vec<[String; 2]>)]
    pub diff: Vec<Segment>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FixView {
    pub applicability: Applicability,
    pub edits: Vec<EditView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EditView {
    pub column: &'static str,
    pub span: [usize; 2],
    pub text: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct SummaryView {
    pub items: usize,
    pub citations: usize,
    pub verdicts: VerdictCounts,
    /// Findings that count; those known or suppressed are counted below.
    pub findings: SeverityCounts,
    pub known: usize,
    pub suppressed: usize,
}

/// All six, also where they are 0: not checked is never folded into the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub struct VerdictCounts {
    pub confirmed: usize,
    pub text_differs: usize,
    pub misplaced: usize,
    pub wrong_source: usize,
    pub no_longer_valid: usize,
    pub not_checked: usize,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeverityCounts {
    pub error: usize,
    pub warning: usize,
    pub notice: usize,
}

impl VerdictCounts {
    pub fn of(verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        let mut counts = VerdictCounts::default();
        for verdict in verdicts {
            *match verdict {
                Verdict::Confirmed => &mut counts.confirmed,
                Verdict::TextDiffers => &mut counts.text_differs,
                Verdict::Misplaced => &mut counts.misplaced,
                Verdict::WrongSource => &mut counts.wrong_source,
                Verdict::NoLongerValid => &mut counts.no_longer_valid,
                Verdict::NotChecked => &mut counts.not_checked,
            } += 1;
        }
        counts
    }

    pub fn get(&self, verdict: Verdict) -> usize {
        match verdict {
            Verdict::Confirmed => self.confirmed,
            Verdict::TextDiffers => self.text_differs,
            Verdict::Misplaced => self.misplaced,
            Verdict::WrongSource => self.wrong_source,
            Verdict::NoLongerValid => self.no_longer_valid,
            Verdict::NotChecked => self.not_checked,
        }
    }
}

impl SeverityCounts {
    pub fn of(severities: impl IntoIterator<Item = Severity>) -> Self {
        let mut counts = SeverityCounts::default();
        for severity in severities {
            *match severity {
                Severity::Error => &mut counts.error,
                Severity::Warning => &mut counts.warning,
                Severity::Notice => &mut counts.notice,
            } += 1;
        }
        counts
    }

    pub fn get(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Notice => self.notice,
        }
    }
}

/// The cells of a catalog by item and column, each counted in code points once.
pub struct Cells<'a> {
    items: BTreeMap<u32, &'a Item>,
    points: BTreeMap<(u32, Field), CodePoints<'a>>,
}

impl<'a> Cells<'a> {
    pub fn of(catalog: &'a Catalog) -> Self {
        Cells { items: catalog.items.iter().map(|item| (item.row, item)).collect(), points: BTreeMap::new() }
    }

    pub fn item(&self, row: u32) -> Option<&'a Item> {
        self.items.get(&row).copied()
    }

    /// The words of one cell; empty where there is none.
    pub fn text(&self, row: u32, column: Field) -> &'a str {
        self.item(row).map_or("", |item| item.text(column))
    }

    fn points(&mut self, row: u32, column: Field) -> &CodePoints<'a> {
        let text = self.text(row, column);
        self.points.entry((row, column)).or_insert_with(|| CodePoints::of(text))
    }
}

impl Views<'_> {
    pub fn checked(&self, link: &Link, verdict: Verdict, depth: Depth, cells: &mut Cells<'_>) -> CheckedView {
        let column = link.citation.column.unwrap_or(Field::Basis);
        let text = cells.text(link.item, column);
        let points = cells.points(link.item, column);
        CheckedView {
            citation: self.citation_in(&link.citation, &link.resolution, text, points),
            item: link.item,
            column: link.citation.column.map(Field::code),
            verdict,
            depth,
        }
    }

    pub fn finding(&self, finding: &Finding, cells: &mut Cells<'_>) -> FindingView {
        FindingView {
            rule: finding.rule,
            severity: finding.severity,
            item: finding.item,
            citation: finding.citation,
            message: finding.message.clone(),
            expected: finding.expected.clone(),
            evidence: finding.evidence.iter().map(|evidence| self.evidence(evidence)).collect(),
            fix: finding.fix.as_ref().map(|fix| fix_view(fix, finding.item, cells)),
            fingerprint: None,
            standing: None,
            reason: None,
        }
    }

    fn evidence(&self, evidence: &Evidence) -> EvidenceView {
        let provision = self.at(&evidence.place).map(|provision| self.provision(provision));
        EvidenceView { provision, diff: evidence.diff.clone() }
    }
}

fn fix_view(fix: &Fix, item: u32, cells: &mut Cells<'_>) -> FixView {
    let edits = fix.edits.iter().map(|edit| EditView {
        column: edit.column.code(),
        span: cells.points(item, edit.column).range(edit.span),
        text: edit.text.clone(),
    });
    FixView { applicability: fix.applicability, edits: edits.collect() }
}
