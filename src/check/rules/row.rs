//! [`Row`]: one item with its links, as a rule sees it, and what rules say about places in common.

use super::Rule;
use crate::catalog::{Catalog, Field, Item};
use crate::check::checker::Checker;
use crate::check::finding::{Applicability, Edit, Evidence, Finding, Fix, Severity};
use crate::check::link::Link;
use crate::check::successors::Successors;
use crate::cite::{Resolution, row::is_ditto};
use crate::law::locator::Locator;
use crate::law::provision::{Located, locate};
use crate::law::{ProvisionRef, Regulation, Version};
use crate::quote::{Match, Place, is_within};
use crate::text::Span;
use std::collections::BTreeSet;

pub struct Row<'a> {
    pub checker: &'a Checker<'a>,
    pub catalog: &'a Catalog,
    pub item: &'a Item,
    /// Those of this item, in order.
    pub links: &'a [Link],
    pub successors: &'a Successors,
    /// An earlier item that says the same word for word.
    pub twin: Option<u32>,
}

impl<'a> Row<'a> {
    /// The body whose catalog it is; where the file does not say, the one that the item names.
    pub fn publisher(&self) -> &'a str {
        match self.catalog.publisher.trim() {
            "" => self.item.text(Field::Publisher).trim(),
            stated => stated,
        }
    }

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

    pub fn regulation_of(&self, link: &Link) -> Option<&'a Regulation> {
        self.checker.corpus.regulations().get(link.regulation()?)
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

    /// What the provisions that the item cites of a document became in another text: cited and corresponding places.
    pub fn correspondence(&self, link: &Link, other: &Place) -> Vec<(Place, Place)> {
        const SHOWN: usize = 8;
        let same_document = |own: &&Link| own.regulation() == link.regulation();
        let cited = self.links.iter().filter(same_document).flat_map(|link| link.provisions.iter().flatten());
        let mut pairs: Vec<(Place, Place)> = Vec::new();
        for old in cited.take(SHOWN) {
            for new in self.successors.of(self.checker.corpus, self.checker.quotes, old, other) {
                let pair = (old.clone(), new);
                if !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
        }
        pairs
    }

    /// ；对应条款：第十条第（九）项→第二十条第（十一）项; empty where nothing corresponds.
    pub fn told_correspondence(&self, pairs: &[(Place, Place)]) -> String {
        let told: Vec<String> =
            pairs.iter().map(|(old, new)| format!("{}→{}", self.label(old), self.label(new))).collect();
        if told.is_empty() { String::new() } else { format!("；对应条款：{}", told.join("、")) }
    }

    /// 国务院令第711号, or 2018年文本 where the version has no number; empty for an undated one.
    pub fn named_version(&self, place: &Place) -> String {
        let version = self.version(place);
        let number = version.and_then(|v| v.number.as_ref()).map(|n| n.to_string());
        number.or_else(|| version?.promulgated.map(|d| format!("{}年文本", d.year()))).unwrap_or_default()
    }

    /// A remark where the words stand, under the very number that is cited, in another version of the document.
    pub fn old_number(&self, link: &Link, locator: usize) -> Option<String> {
        let cited = &link.citation.locators.get(locator)?.locator;
        let document = self.place_of(link)?;
        let bare = self.links.iter().filter(|other| other.citation.locators.is_empty());
        let matches = std::iter::once(link).chain(bare).flat_map(|link| &link.matches);
        let mut others = matches.filter(|m| {
            m.same_words && m.place.regulation == document.regulation && m.place.version != document.version
        });
        let under_it = |found: &&Match| {
            let root = self.version(&found.place).and_then(|version| version.provisions());
            match root.map(|root| locate(root, cited)) {
                Some(Located::Found(p)) => {
                    p.locator.as_ref().is_some_and(|own| is_within(&found.place.locator, &own.id()))
                }
                _ => false,
            }
        };
        let found = others.find(under_it)?;
        Some(format!("；{}有同样的文字，条号可能沿用了旧文本", self.cited_as(&found.place)))
    }

    /// One link for each text of the item, the first that means it: what is wrong with a document is told once.
    pub fn documents(&self) -> impl Iterator<Item = &'a Link> + use<'a> {
        let mut seen = BTreeSet::new();
        let text = |link: &Link| match &link.resolution {
            Resolution::Found(found) => Some((found.regulation, found.version)),
            _ => None,
        };
        self.links.iter().filter(move |link| text(link).is_some_and(|at| seen.insert(at)))
    }

    pub fn finding(&self, rule: &Rule, link: Option<&Link>, message: String) -> Finding {
        let blank = Finding::new(rule.name, rule.severity, self.item.row);
        Finding { citation: link.map(|link| link.index), message, ..blank }
    }

    /// The words of the cell that a citation stands in.
    pub fn cell(&self, link: &Link) -> &'a str {
        link.citation.column.map_or("", |column| self.item.text(column))
    }

    /// Whether the number stands in the cell of the citation, not in a column of its own.
    pub fn wrote_number(&self, link: &Link) -> bool {
        link.citation.number.as_ref().is_some_and(|number| number.span.of(self.cell(link)) == number.text)
    }

    /// Replaces a stretch of the cell that the citation stands in; none where the stretch does not fit the cell.
    pub fn edit(&self, link: &Link, span: Span, text: String) -> Option<Edit> {
        let column = link.citation.column?;
        // 同上 is not where the words to be changed stand.
        let words = self.cell(link).get(span.start..span.end)?;
        (!is_ditto(words)).then_some(Edit { column, span, text })
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
