//! [`Checker`]: reads, resolves and compares a catalog's citations and runs every rule: [`check`] gives [`Checked`].

use super::finding::{Finding, Severity};
use super::link::{self, Link, Looked};
use super::region::Region;
use super::rules::{RULES, Row};
use super::successors::Successors;
use super::verdict::{self, Depth, Verdict};
use crate::catalog::{Catalog, Field, Item};
use crate::cite::names::Names;
use crate::cite::{Citation, Resolution, resolve, row};
use crate::law::{Corpus, EffectLevel};
use crate::quote::{self, Place};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Which clauses might justify an item, best first; `missing-basis` proposes them.
pub type Propose<'a> = dyn Fn(&Item) -> Vec<Place> + Sync + 'a;

/// What a check needs to know.
#[derive(Clone, Copy)]
pub struct Checker<'a> {
    pub corpus: &'a Corpus,
    pub names: &'a Names,
    /// Built for this very corpus.
    pub quotes: &'a quote::Index,
    /// The day on which 时效 is judged and bare titles mean the version in force.
    pub today: Date,
    /// Suggestions for items without a basis, where the caller has them.
    pub propose: Option<&'a Propose<'a>>,
}

/// One catalog checked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Checked {
    /// Every citation that is given as a basis, in the order of the catalog; mentions are none.
    pub links: Vec<Link>,
    /// For each link.
    pub verdicts: Vec<(Verdict, Depth)>,
    /// By item, then in the order of [`RULES`].
    pub findings: Vec<Finding>,
    pub summary: Summary,
}

/// Counts; all six verdicts and all three severities, also where they are 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    pub items: usize,
    pub citations: usize,
    /// In the order of [`Verdict::ALL`].
    pub verdicts: [usize; 6],
    /// Errors, warnings, notices.
    pub findings: [usize; 3],
}

impl Summary {
    pub fn verdict(&self, verdict: Verdict) -> usize {
        Verdict::ALL.iter().position(|v| *v == verdict).map_or(0, |at| self.verdicts[at])
    }

    pub fn severity(&self, severity: Severity) -> usize {
        self.findings[severity as usize]
    }
}

/// Checks every item of a catalog.
pub fn check(checker: &Checker<'_>, catalog: &Catalog) -> Checked {
    let looked = Looked::default();
    let rows = (0..catalog.items.len()).into_par_iter();
    let linked: Vec<Vec<Link>> = rows.map(|at| link_item(checker, catalog, at, &looked)).collect();
    let mut checked = Checked::default();
    for mut link in linked.into_iter().flatten() {
        link.index = checked.links.len();
        checked.verdicts.push(verdict::judge(&link));
        checked.links.push(link);
    }
    let mut from = 0;
    let mut rows = Vec::with_capacity(catalog.items.len());
    let successors = Successors::default();
    let twins = twins(catalog);
    for item in &catalog.items {
        let to = from + checked.links[from..].iter().take_while(|link| link.item == item.row).count();
        let twin = twins.get(&item.row).copied();
        rows.push(Row { checker, catalog, item, links: &checked.links[from..to], successors: &successors, twin });
        from = to;
    }
    checked.findings = rows.par_iter().flat_map_iter(judge_row).collect();
    checked.summary = Summary { items: catalog.items.len(), citations: checked.links.len(), ..Summary::default() };
    for (verdict, _) in &checked.verdicts {
        if let Some(at) = Verdict::ALL.iter().position(|v| v == verdict) {
            checked.summary.verdicts[at] += 1;
        }
    }
    for finding in &checked.findings {
        checked.summary.findings[finding.severity as usize] += 1;
    }
    checked
}

/// Items that say word for word what an earlier one says, and which. Without a level of its own an item may only have
/// lost what tells it from others.
fn twins(catalog: &Catalog) -> HashMap<u32, u32> {
    let mut first: HashMap<(Vec<&str>, Vec<&str>), u32> = HashMap::new();
    let mut twins = HashMap::new();
    for item in catalog.items.iter().filter(|item| item.path.iter().any(|level| !level.trim().is_empty())) {
        let path = item.path.iter().map(String::as_str).collect();
        let cells = item.fields.values().map(|cell| cell.text.as_str()).chain(item.other.values().map(String::as_str));
        match first.entry((path, cells.collect())) {
            Entry::Occupied(known) => {
                twins.insert(item.row, *known.get());
            }
            Entry::Vacant(new) => {
                new.insert(item.row);
            }
        }
    }
    twins
}

fn link_item(checker: &Checker<'_>, catalog: &Catalog, at: usize, looked: &Looked) -> Vec<Link> {
    let item = &catalog.items[at];
    let here = region_of(catalog, item);
    let cited: Vec<(Citation, Resolution)> = row::read_in(&catalog.items, at, checker.names)
        .into_iter()
        .filter(|citation| !citation.mention)
        .map(|citation| {
            let resolution = resolve(&citation, checker.corpus, checker.today);
            (citation, resolution)
        })
        .collect();
    let link = |(at, (citation, resolution)): (usize, &(Citation, Resolution))| {
        let lender = link::borrowed(at, &cited);
        let (citation, resolution) = (citation.clone(), resolution.clone());
        let Checker { corpus, quotes, today, .. } = *checker;
        let mut link = link::link(corpus, quotes, looked, today, item.row, citation, resolution, lender);
        link.footing.elsewhere = home_of(corpus, &link).is_apart_from(&here);
        link
    };
    cited.iter().enumerate().map(link).collect()
}

/// Where the publishing body is.
fn region_of(catalog: &Catalog, item: &Item) -> Region {
    let named = [catalog.region.as_deref(), Some(catalog.publisher.as_str()), Some(item.text(Field::Publisher))];
    let regions = named.into_iter().flatten().map(|name| Region::of(name.trim()));
    regions.into_iter().find(|region| *region != Region::default()).unwrap_or_default()
}

/// Where a local document is in force; nowhere in particular for any other.
fn home_of(corpus: &Corpus, link: &Link) -> Region {
    use EffectLevel::{InternalRule, LocalDocument, LocalGovernmentRule, LocalRegulation, Undetermined};
    let Some(regulation) = link.regulation().and_then(|at| corpus.regulations().get(at)) else {
        return link.citation.title.as_deref().map(Region::of).unwrap_or_default();
    };
    match regulation.level {
        LocalRegulation | LocalGovernmentRule | LocalDocument | InternalRule => {
            let issuer = Region::of(&regulation.issuer);
            if issuer == Region::default() { Region::of(&regulation.title) } else { issuer }
        }
        Undetermined => Region::of(&regulation.title),
        _ => Region::default(),
    }
}

fn judge_row(row: &Row<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        (rule.check)(row, &mut findings);
    }
    findings
}
