//! [`Concordance`]: which provision of an older version became which of a newer one, computed from the words.
//!
//! Units are articles, and in a notice its points and paragraphs. White space, width and the shape of marks are
//! layout, not words: a difference in them alone is no change. Units are alike by the two-character sequences they
//! share, each weighing more the fewer units have it: 政府信息公开工作主管部门 in every article says little.
//!
//! For a side-by-side page: [`Concordance::between`] gives the rows in their order ([`Change::name`] is the word to
//! show), and [`Correspondence::diff`] the words of a row, ready to print; [`Concordance::rows_of`] finds the rows of one
//! provision.

use super::locator::Locator;
use super::provision::{Level, Provision};
use crate::text::fold;
use std::collections::HashMap;
use std::ops::Range;

/// Pairs below this likeness are no pair.
const LIKE: f32 = 0.2;
/// As [`LIKE`], between two whose neighbours are a pair.
const LIKE_IN_PLACE: f32 = 0.15;
/// A unit that has this share of its words in another is a part of it.
const PART: f32 = 0.38;

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

/// All rows: in the order of the new version, then what was dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct Concordance<'p> {
    pub rows: Vec<Correspondence<'p>>,
}

struct Unit<'p> {
    provision: &'p Provision,
    words: String,
    /// Two-character sequences, sorted, repeats kept.
    pairs: Vec<Pair>,
    /// The sum of their weights.
    total: f32,
}

/// A two-character sequence and its weight.
#[derive(Clone, Copy)]
struct Pair {
    letters: (char, char),
    weight: f32,
}

impl<'p> Concordance<'p> {
    /// Compares two trees of one regulation.
    pub fn between(old: &'p Provision, new: &'p Provision) -> Self {
        let (mut old, mut new) = (units(old), units(new));
        weigh(&mut old, &mut new);
        let mut of_new = pairs(&old, &new);
        // Each unit left over may be a part of one that has its pair already.
        let mut sources: Vec<Vec<usize>> = of_new.iter().map(|at| at.iter().copied().collect()).collect();
        let mut parts: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut used = vec![false; old.len()];
        of_new.iter().flatten().for_each(|&o| used[o] = true);
        for (o, unit) in old.iter().enumerate().filter(|(o, _)| !used[*o]) {
            let best = best_holder(unit, &new).filter(|&n| of_new[n].is_some());
            if let Some(n) = best {
                sources[n].push(o);
            }
        }
        let merged: Vec<usize> = sources.iter().flatten().copied().collect();
        for n in 0..new.len() {
            if sources[n].is_empty()
                && let Some(o) = best_holder(&new[n], &old)
                && let Some(first) = of_new.iter().position(|at| *at == Some(o))
            {
                parts.entry(first).or_default().push(n);
                of_new[n] = Some(o);
            }
        }
        let joined: Vec<usize> = parts.values().flatten().copied().collect();
        let mut rows = Vec::new();
        for n in (0..new.len()).filter(|n| !joined.contains(n)) {
            let mut into = vec![n];
            into.extend(parts.get(&n).into_iter().flatten());
            sources[n].sort_unstable();
            into.sort_unstable();
            rows.push(row(&old, &new, &sources[n], &into));
        }
        for (o, unit) in old.iter().enumerate().filter(|(o, _)| !merged.contains(o)) {
            debug_assert!(!used[o]);
            rows.push(Correspondence {
                change: Change::Dropped,
                old: vec![unit.provision],
                new: Vec::new(),
                similarity: 0.0,
            });
        }
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

fn row<'p>(old: &[Unit<'p>], new: &[Unit<'p>], from: &[usize], into: &[usize]) -> Correspondence<'p> {
    let (olds, news): (Vec<&Unit<'p>>, Vec<&Unit<'p>>) =
        (from.iter().map(|&o| &old[o]).collect(), into.iter().map(|&n| &new[n]).collect());
    let joint = |side: &[&Unit<'p>]| {
        let mut pairs: Vec<Pair> = side.iter().flat_map(|u| u.pairs.iter().copied()).collect();
        pairs.sort_unstable_by_key(|pair| pair.letters);
        pairs
    };
    let total = |side: &[&Unit<'p>]| side.iter().map(|u| u.total).sum::<f32>();
    let similarity = match olds.as_slice() {
        [] => 0.0,
        _ => likeness(common(&joint(&olds), &joint(&news)), total(&olds) + total(&news)),
    };
    let change = match (olds.as_slice(), news.as_slice()) {
        ([], _) => Change::New,
        ([o], [n]) if o.words == n.words && o.provision.locator == n.provision.locator => Change::Same,
        ([o], [n]) if o.words == n.words => Change::Moved,
        ([_], [_]) => Change::Changed,
        ([_], _) => Change::Split,
        _ => Change::Merged,
    };
    let provisions = |side: &[&Unit<'p>]| side.iter().map(|u| u.provision).collect();
    Correspondence { change, old: provisions(&olds), new: provisions(&news), similarity }
}

/// The old unit of each new one, best likeness first, one to one.
fn pairs(old: &[Unit<'_>], new: &[Unit<'_>]) -> Vec<Option<usize>> {
    let mut scored = Vec::new();
    for (n, unit) in new.iter().enumerate() {
        for (o, other) in old.iter().enumerate() {
            let like = likeness(common(&other.pairs, &unit.pairs), other.total + unit.total);
            if like >= LIKE_IN_PLACE || unit.words == other.words {
                let same_place = unit.provision.locator == other.provision.locator;
                scored.push((like, same_place, o, n));
            }
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then((a.3, a.2).cmp(&(b.3, b.2))));
    let (mut of_new, mut taken) = (vec![None; new.len()], vec![false; old.len()]);
    for in_place in [false, true] {
        for &(like, _, o, n) in &scored {
            let follows = || n > 0 && o > 0 && of_new[n - 1] == Some(o - 1);
            let precedes = || of_new.get(n + 1) == Some(&Some(o + 1));
            let fits = like >= LIKE || old[o].words == new[n].words || in_place && (follows() || precedes());
            if fits && of_new[n].is_none() && !taken[o] {
                of_new[n] = Some(o);
                taken[o] = true;
            }
        }
    }
    of_new
}

/// The unit that has most of this one's words, if it has [`PART`] of them.
fn best_holder(unit: &Unit<'_>, among: &[Unit<'_>]) -> Option<usize> {
    if unit.total <= 0.0 {
        return None;
    }
    let share = |other: &Unit<'_>| common(&unit.pairs, &other.pairs) / unit.total;
    let best = among.iter().map(share).enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    (best.1 >= PART).then_some(best.0)
}

fn likeness(shared: f32, total: f32) -> f32 {
    if total > 0.0 { (2.0 * shared / total).min(1.0) } else { 1.0 }
}

/// The weight of what two sorted lists share.
fn common(a: &[Pair], b: &[Pair]) -> f32 {
    let (mut i, mut j, mut shared) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.letters.cmp(&y.letters) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += x.weight;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    shared
}

/// Gives each sequence its weight: the rarer among the units of both versions, the heavier; none weighs nothing.
fn weigh<'p>(old: &mut [Unit<'p>], new: &mut [Unit<'p>]) {
    const LEAST: f32 = 0.1;
    let mut holders: HashMap<(char, char), u32> = HashMap::new();
    for unit in old.iter().chain(new.iter()) {
        let mut last = None;
        for pair in unit.pairs.iter().filter(|pair| last.replace(pair.letters) != Some(pair.letters)) {
            *holders.entry(pair.letters).or_default() += 1;
        }
    }
    let units = (old.len() + new.len()) as f32;
    for unit in old.iter_mut().chain(new) {
        for pair in &mut unit.pairs {
            let holders = holders.get(&pair.letters).copied().unwrap_or(1);
            pair.weight = (units / holders as f32).ln() + LEAST;
        }
        unit.total = unit.pairs.iter().map(|pair| pair.weight).sum();
    }
}

fn units(root: &Provision) -> Vec<Unit<'_>> {
    let is_articles = root.walk().any(|p| p.level == Level::Article);
    let is_unit = |p: &&Provision| match p.level {
        Level::Article => true,
        Level::Point | Level::Paragraph => !is_articles && !p.is_inline(),
        _ => false,
    };
    root.walk()
        .filter(is_unit)
        .filter(|p| p.locator.is_some())
        .map(|provision| {
            let words = if provision.level == Level::Article { provision.full_text() } else { provision.text.clone() };
            let words = fold::fold(&words).text;
            let letters: Vec<char> = words.chars().filter(|c| c.is_alphanumeric()).collect();
            let pair = |w: &[char]| Pair { letters: (w[0], w[1]), weight: 0.0 };
            let mut pairs: Vec<Pair> = letters.windows(2).map(pair).collect();
            pairs.sort_unstable_by_key(|pair| pair.letters);
            Unit { provision, words, pairs, total: 0.0 }
        })
        .collect()
}

/// A stretch of words: kept, taken out of the old text, or put into the new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Equal,
    Delete,
    Insert,
}

/// The difference between two texts, word by word; `words` gives the words of a text as byte ranges, and what lies
/// between them is taken character by character. Layout alone is [`Edit::Equal`].
pub fn word_diff(old: &str, new: &str, words: impl Fn(&str) -> Vec<Range<usize>>) -> Vec<(Edit, String)> {
    let (old, new) = (tokens(old, &words), tokens(new, &words));
    let keys = |side: &[&str]| side.iter().map(|t| fold::fold(t).text).collect::<Vec<_>>();
    let (old_keys, new_keys) = (keys(&old), keys(&new));
    let mut out: Vec<(Edit, String)> = Vec::new();
    let mut push = |edit: Edit, text: &str| match out.last_mut() {
        Some((last, words)) if *last == edit => words.push_str(text),
        _ => out.push((edit, text.into())),
    };
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, &old_keys, &new_keys) {
        let (tag, before, after) = op.as_tag_tuple();
        if tag == similar::DiffTag::Equal {
            new[after].iter().for_each(|t| push(Edit::Equal, t));
            continue;
        }
        old[before].iter().for_each(|t| push(Edit::Delete, t));
        new[after].iter().for_each(|t| push(Edit::Insert, t));
    }
    out
}

/// Words, and the characters between them; white space goes with what stands before it.
fn tokens(text: &str, words: impl Fn(&str) -> Vec<Range<usize>>) -> Vec<&str> {
    let mut bounds: Vec<usize> = Vec::new();
    let mut at = 0;
    for word in words(text).into_iter().filter(|w| !w.is_empty()) {
        if word.start < at || text.get(word.clone()).is_none() {
            continue;
        }
        bounds.extend(text[at..word.start].char_indices().map(|(i, _)| at + i));
        bounds.push(word.start);
        at = word.end;
    }
    bounds.extend(text[at..].char_indices().map(|(i, _)| at + i));
    bounds.push(text.len());
    bounds.dedup();
    let mut found: Vec<&str> = Vec::new();
    let mut start = 0;
    for pair in bounds.windows(2) {
        let token = &text[pair[0]..pair[1]];
        if token.chars().all(char::is_whitespace) && pair[0] > start {
            continue;
        }
        if pair[0] > start {
            found.push(&text[start..pair[0]]);
        }
        start = pair[0];
    }
    if start < text.len() {
        found.push(&text[start..]);
    }
    found
}
