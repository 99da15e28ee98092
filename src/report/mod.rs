//! What leaves the program: [`Report`] is one catalog checked, [`json::Views`] gives every JSON shape, and each other
//! module writes one format of it.

pub mod akn;
pub mod card;
pub mod coverage;
pub mod html;
pub mod json;
pub mod jsonld;
pub mod layout;
pub mod sarif;
pub mod text;
pub mod xlsx;

use crate::catalog::{Catalog, Item};
use crate::check::{Baseline, Checked, Depth, Finding, Link, Settings, Severity, Standing, Verdict, fingerprints};
use json::{CatalogHead, Cells, CheckView, FindingView, SeverityCounts, SummaryView, VerdictCounts, Views};
use std::collections::BTreeMap;

/// One catalog checked, with how each finding stands: what every format is given.
pub struct Report<'a> {
    pub views: Views<'a>,
    pub catalog: &'a Catalog,
    pub links: &'a [Link],
    /// One a link.
    pub verdicts: &'a [(Verdict, Depth)],
    /// By item, then citation.
    pub findings: Vec<Reported<'a>>,
    /// Entries of the baseline that no finding bears any more.
    pub gone: usize,
}

/// A finding, named and placed.
pub struct Reported<'a> {
    pub finding: &'a Finding,
    pub fingerprint: String,
    pub standing: Standing,
}

impl<'a> Report<'a> {
    /// `checked` has gone through [`Settings::apply`] already; suppressions weigh more than the baseline.
    pub fn new(
        views: Views<'a>,
        catalog: &'a Catalog,
        checked: &'a Checked,
        settings: &Settings,
        baseline: &Baseline,
    ) -> Self {
        let prints = fingerprints(catalog, &checked.links, &checked.findings);
        let gone = baseline.gone(&prints.iter().map(String::as_str).collect::<Vec<_>>()).count();
        let items: BTreeMap<u32, &Item> = catalog.items.iter().map(|item| (item.row, item)).collect();
        let findings = checked.findings.iter().zip(prints).map(|(finding, fingerprint)| {
            let item = items.get(&finding.item).copied();
            let standing = match settings.standing(finding, item, &fingerprint, views.today) {
                Standing::New => baseline.standing(&fingerprint, views.today),
                set_aside => set_aside,
            };
            Reported { finding, fingerprint, standing }
        });
        let findings = findings.collect();
        Report { views, catalog, links: &checked.links, verdicts: &checked.verdicts, findings, gone }
    }

    /// The JSON of a check.
    pub fn view(&self) -> CheckView {
        let mut cells = Cells::of(self.catalog);
        let checked = self.links.iter().zip(self.verdicts);
        let citations = checked.map(|(link, (verdict, depth))| self.views.checked(link, *verdict, *depth, &mut cells));
        let citations = citations.collect();
        let findings = self.findings.iter().map(|reported| FindingView {
            fingerprint: Some(reported.fingerprint.clone()),
            standing: Some(reported.standing.code()),
            reason: reported.standing.reason().map(str::to_string),
            ..self.views.finding(reported.finding, &mut cells)
        });
        let findings = findings.collect();
        let (known, suppressed) = self.set_aside();
        CheckView {
            catalog: CatalogHead {
                title: self.catalog.title.clone(),
                publisher: self.catalog.publisher.clone(),
                items: self.catalog.items.len(),
                file: self.catalog.file.clone(),
            },
            citations,
            findings,
            summary: SummaryView {
                items: self.catalog.items.len(),
                citations: self.links.len(),
                verdicts: self.verdict_counts(),
                findings: self.severity_counts(),
                known,
                suppressed,
            },
        }
    }

    pub fn verdict_counts(&self) -> VerdictCounts {
        VerdictCounts::of(self.verdicts.iter().map(|(verdict, _)| *verdict))
    }

    /// Findings that count, by severity.
    pub fn severity_counts(&self) -> SeverityCounts {
        SeverityCounts::of(self.counting().map(|reported| reported.finding.severity))
    }

    /// New findings, and those whose acceptance has run out.
    pub fn counting(&self) -> impl Iterator<Item = &Reported<'_>> {
        self.findings.iter().filter(|reported| reported.standing.counts())
    }

    /// How many findings are known, and how many set aside.
    pub fn set_aside(&self) -> (usize, usize) {
        let count = |test: fn(&Standing) -> bool| self.findings.iter().filter(|r| test(&r.standing)).count();
        (
            count(|standing| matches!(standing, Standing::Known { .. })),
            count(|standing| matches!(standing, Standing::Suppressed { .. })),
        )
    }

    /// The documents of citations that could not be checked, most cited first, with how often.
    pub fn unchecked(&self) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (link, (verdict, _)) in self.links.iter().zip(self.verdicts) {
            if *verdict == Verdict::NotChecked {
                let citation = &link.citation;
                let number = citation.number.as_ref().map(|number| number.text.clone());
                let name = citation.title.as_ref().map(|title| format!("《{title}》")).or(number);
                *counts.entry(name.unwrap_or_else(|| "未写明的文件".into())).or_default() += 1;
            }
        }
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
    }

    /// The official text of the clause that proves a finding, whole.
    pub fn proof(&self, reported: &Reported<'_>) -> Option<String> {
        let place = &reported.finding.evidence.first()?.place;
        self.views.at(place).map(|provision| provision.provision.full_text())
    }

    pub fn item(&self, row: u32) -> Option<&Item> {
        let guess = self.catalog.items.get((row as usize).wrapping_sub(1)).filter(|item| item.row == row);
        guess.or_else(|| self.catalog.items.iter().find(|item| item.row == row))
    }

    /// The gravest severity among the findings that count.
    pub fn worst(&self) -> Option<Severity> {
        self.counting().map(|reported| reported.finding.severity).min()
    }
}
