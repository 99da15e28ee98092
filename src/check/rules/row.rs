//! [`Row`]: one item with its links, as a rule sees it, and what rules say about places in common.

use super::Rule;
use crate::catalog::{Catalog, Item};
use crate::check::checker::Checker;
use crate::check::finding::{Applicability, Edit, Evidence, Finding, Fix, Severity};
use crate::check::link::Link;
use crate::cite::Resolution;
use crate::law::locator::Locator;
use crate::law::provision::{Located, locate};
use crate::law::{ProvisionRef, Regulation, Version};
use crate::quote::{Match, Place};
use crate::text::Span;
use std::collections::BTreeSet;

pub struct Row<'a> {
    pub checker: &'a Checker<'a>,
    pub catalog: &'a Catalog,
    pub item: &'a Item,
    /// Those of this item, in order.
    pub links: &'a [Link],
}

impl<'a> Row<'a> {
    pub fn regulation(&self, place: &Place) -> Option<&'a Regulation> {
        self.checker.corpus.regulations().get(place.regulation)
    }

    pub fn version(&self, place: &Place) -> Option<&'a Version> {
        self.regulation(place)?.versions.get(place.version)
    }

    /// The provision at a place; none for a whole version.
    pub fn provision(&self, place: &Place) -> Option<ProvisionRef<'a>> {
        let regulation = self.regulation(place)?;
        let root = self.version(place)?.provisions()?;
        match locate(root, &Locator::from_id(&place.locator).ok()?) {
            Located::Found(provision) => Some(ProvisionRef { regulation, version: place.version, provision }),
            _ => None,
        }
    }

    /// 第二十条第（七）项; empty for a whole version. A 款 that is alone in its article is the article.
    pub fn label(&self, place: &Place) -> String {
        let Some(provision) = self.provision(place) else { return String::new() };
        let label = provision.label();
        match label.strip_suffix("第一款") {
            Some(article) if provision.paragraphs_of_article() == 1 => article.into(),
            _ => label,
        }
    }

    /// 《中华人民共和国预算法》第十四条第二款; with the year where an older version is meant.
    pub fn cited_as(&self, place: &Place) -> String {
        let Some(regulation) = self.regulation(place) else { return String::new() };
        let newest = regulation.version_on(self.checker.today) == Some(place.version);
        let date = regulation.versions.get(place.version).and_then(|v| v.promulgated);
        let year = date.filter(|_| !newest).map_or(String::new(), |date| format!("（{}年文本）", date.year()));
        format!("{}{year}{}", in_marks(&regulation.title), self.label(place))
    }

    /// The version that a link means.
    pub fn place_of(&self, link: &Link) -> Option<Place> {
        match &link.resolution {
            Resolution::Found(found) => {
                Some(Place { regulation: found.regulation, version: found.version?, locator: String::new() })
            }
            _ => None,
        }
    }

    /// One link for each regulation of the item, the first that means it: what is wrong with a document is told once.
    pub fn documents(&self) -> impl Iterator<Item = &'a Link> + use<'a> {
        let mut seen = BTreeSet::new();
        self.links.iter().filter(move |link| link.regulation().is_some_and(|at| seen.insert(at)))
    }

    pub fn finding(&self, rule: &Rule, link: Option<&Link>, message: String) -> Finding {
        Finding {
            rule: rule.name,
            severity: rule.severity,
            item: self.item.row,
            citation: link.map(|link| link.index),
            message,
            expected: None,
            evidence: Vec::new(),
            fix: None,
        }
    }

    /// The words of the cell that a citation stands in.
    pub fn cell(&self, link: &Link) -> &'a str {
        link.citation.column.map_or("", |column| self.item.text(column))
    }

    /// Replaces a stretch of the cell that the citation stands in; none where the stretch does not fit the cell.
    pub fn edit(&self, link: &Link, span: Span, text: String) -> Option<Edit> {
        let column = link.citation.column?;
        self.cell(link).get(span.start..span.end)?;
        Some(Edit { column, span, text })
    }
}

impl Finding {
    pub(super) fn graded(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    pub(super) fn expecting(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into()).filter(|words| !words.is_empty());
        self
    }

    pub(super) fn shown_by(mut self, found: &Match) -> Self {
        self.evidence.push(Evidence { place: found.place.clone(), diff: found.diff.clone() });
        self
    }

    /// A provision as proof, no words compared.
    pub(super) fn at(mut self, place: Place) -> Self {
        self.evidence.push(Evidence { place, diff: Vec::new() });
        self
    }

    pub(super) fn repaired(mut self, applicability: Applicability, edits: Vec<Edit>) -> Self {
        if !edits.is_empty() {
            self.fix = Some(Fix { applicability, edits });
        }
        self
    }
}

/// A title in 《》; marks inside it are 〈〉.
pub fn in_marks(title: &str) -> String {
    format!("《{}》", title.replace('《', "〈").replace('》', "〉"))
}

/// The first words of a text, for a message.
pub fn excerpt(text: &str, most: usize) -> String {
    let text = text.trim();
    let mut short: String = text.chars().take(most).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
