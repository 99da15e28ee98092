//! [`Concordance`]: which provision of an older version became which of a newer one, computed from the words.
//!
//! Units are articles, and in a notice its points and paragraphs. White space, width and the shape of marks are
//! layout, not words: a difference in them alone is no change. Units are alike by the two-character sequences they
//! share, each weighing more the fewer units have it: 政府信息公开工作主管部门 in every article says little.
//!
//! For a side-by-side page: [`Concordance::between`] gives the rows in their order ([`Change::name`] is the word to
//! show), and [`Correspondence::diff`] the words of a row, ready to print; [`Concordance::rows_of`] finds the rows of one
//! provision.

mod align;
mod diff;
mod likeness;

pub use diff::{Edit, word_diff};

use super::locator::Locator;
use super::provision::Provision;
use likeness::{Bag, Unit, Units};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What became of a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// The same words under the same number.
    Same,
    /// The same words under another number.
    Moved,
    /// Other words, under whichever number.
    Changed,
    /// One became several.
    Split,
    /// Several became one.
    Merged,
    New,
    Dropped,
}

impl Change {
    pub fn name(self) -> &'static str {
        match self {
            Change::Same => "未变",
            Change::Moved => "移动",
            Change::Changed => "修改",
            Change::Split => "拆分",
            Change::Merged => "合并",
            Change::New => "新增",
            Change::Dropped => "删除",
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Change::Same => "same",
            Change::Moved => "moved",
            Change::Changed => "changed",
            Change::Split => "split",
            Change::Merged => "merged",
            Change::New => "new",
            Change::Dropped => "dropped",
        }
    }
}

/// One row of the side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Correspondence<'p> {
    pub change: Change,
    pub old: Vec<&'p Provision>,
    pub new: Vec<&'p Provision>,
    /// 0–1: the weighed share of two-character sequences that both sides have; 1 where the words are the same.
    pub similarity: f32,
}

/// All rows: in the order of the new version, then what was dropped. A new provision stands in one row; an old one too,
/// unless its words went into one that has words of others as well: it stands in the row of each.
#[derive(Debug, Clone, PartialEq)]
pub struct Concordance<'p> {
    pub rows: Vec<Correspondence<'p>>,
}

impl<'p> Concordance<'p> {
    /// Compares two trees of one regulation.
    pub fn between(old: &'p Provision, new: &'p Provision) -> Self {
        let units = Units::of(old, new);
        let links = align::links(&units);
        let mut rows = Vec::new();
        for (from, into) in groups(&links, units.old.len(), units.new.len()) {
            if from.len() < 2 || into.len() < 2 {
                rows.push(row(&units, &from, &into, false));
                continue;
            }
            for n in into {
                let sources: Vec<usize> = links.iter().filter(|link| link.1 == n).map(|link| link.0).collect();
                let elsewhere = links.iter().any(|link| link.1 != n && sources.contains(&link.0));
                rows.push(row(&units, &sources, &[n], elsewhere));
            }
        }
        // A dropped provision stands after what is in force.
        rows.sort_by_key(|row| row.new.is_empty());
        Concordance { rows }
    }

    /// The rows in which a provision of the old (`true`) or new version, or the article around it, takes part.
    pub fn rows_of<'a>(&'a self, locator: &'a Locator, old: bool) -> impl Iterator<Item = &'a Correspondence<'p>> {
        let id = locator.id();
        self.rows.iter().filter(move |row| {
            let side = if old { &row.old } else { &row.new };
            let ids = side.iter().filter_map(|p| p.locator.as_ref()).map(Locator::id);
            ids.into_iter().any(|own| id == own || id.strip_prefix(&own).is_some_and(|rest| rest.starts_with('.')))
        })
    }
}

impl Correspondence<'_> {
    /// The words of the row with what went and what came, by words (`words` as for [`word_diff`]); several provisions
    /// of one side stand on lines of their own. One stretch that is equal where only number or layout changed.
    pub fn diff(&self, words: impl Fn(&str) -> Vec<Range<usize>>) -> Vec<(Edit, String)> {
        let text = |side: &[&Provision]| side.iter().map(|p| p.full_text()).collect::<Vec<_>>().join("\n");
        match self.change {
            Change::Same | Change::Moved => vec![(Edit::Equal, text(&self.new))],
            _ => word_diff(&text(&self.old), &text(&self.new), words),
        }
    }
}

/// `elsewhere`: words of the old side stand in other rows as well.
fn row<'p>(units: &Units<'p>, from: &[usize], into: &[usize], elsewhere: bool) -> Correspondence<'p> {
    let olds: Vec<&Unit<'p>> = from.iter().filter_map(|&o| units.old.get(o)).collect();
    let news: Vec<&Unit<'p>> = into.iter().filter_map(|&n| units.new.get(n)).collect();
    let joint = |side: &[&Unit<'p>]| Bag::joined(side.iter().map(|unit| &unit.bag));
    let similarity = match (olds.as_slice(), news.as_slice()) {
        ([], _) | (_, []) => 0.0,
        ([o], [n]) if o.words == n.words => 1.0,
        _ => joint(&olds).likeness(&joint(&news)),
    };
    let change = match (olds.as_slice(), news.as_slice()) {
        ([], _) => Change::New,
        (_, []) => Change::Dropped,
        ([o], [n]) if o.words == n.words && o.provision.locator == n.provision.locator => Change::Same,
        ([o], [n]) if o.words == n.words => Change::Moved,
        ([_], [_]) if !elsewhere => Change::Changed,
        ([_], _) => Change::Split,
        _ => Change::Merged,
    };
    let provisions = |side: &[&Unit<'p>]| side.iter().map(|u| u.provision).collect();
    Correspondence { change, old: provisions(&olds), new: provisions(&news), similarity }
}

/// What hangs together: the positions of the old and of the new side, in the order of the first new one, then of the
/// old ones.
fn groups(links: &BTreeSet<(usize, usize)>, old: usize, new: usize) -> Vec<(Vec<usize>, Vec<usize>)> {
    // The group of each unit, new ones first: every link joins two groups under the smaller name.
    let mut group: Vec<usize> = (0..new + old).collect();
    for &(o, n) in links {
        let (a, b) = (group[n], group[new + o]);
        group.iter_mut().filter(|own| **own == a.max(b)).for_each(|own| *own = a.min(b));
    }
    let mut found: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, name) in group.into_iter().enumerate() {
        let (from, into) = found.entry(name).or_default();
        if at < new { into.push(at) } else { from.push(at - new) }
    }
    found.into_values().collect()
}
