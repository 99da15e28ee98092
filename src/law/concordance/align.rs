//! [`links`]: which old unit gave words to which new one.
//!
//! Three passes. Pairs: units alike beyond doubt first, the others with what stands around them as evidence. Sentences:
//! one that its own pair does not explain, and that stands in another unit that its pair does not explain either, went
//! there. Leftovers: a unit without a pair is a part of the one that covers it, the old ones in what the new have, the
//! new ones in what the old have lost.

use super::likeness::{Bag, Unit, Units};
use std::collections::{BTreeMap, BTreeSet};

/// A pair this alike, and this much more alike than any rival, is beyond doubt.
const ANCHOR: f32 = 0.5;
const MARGIN: f32 = 0.15;
/// What standing between the same neighbours is worth.
const IN_ORDER: f32 = 0.15;
/// Below this likeness units are no pair; between the same neighbours, below the second.
const LIKE: f32 = 0.3;
const LIKE_IN_ORDER: f32 = 0.15;
/// A unit with this share of its words in another is a part of it; between the same neighbours, with the second.
const PART: f32 = 0.38;
const PART_IN_ORDER: f32 = 0.15;
/// A new unit that an old one covers so far, and whose pair does not have this much of it, is a part of the old one.
const COVERED: f32 = 0.5;
const GAIN: f32 = 0.12;
/// A sentence with more than this in its unit's pair is explained by it.
const EXPLAINED: f32 = 0.6;
/// The share of the shorter of two sentences that makes them one, and how much more that is than their own pairs have.
const SENTENCE: f32 = 0.55;
const MORE: f32 = 0.25;
/// The share of the smaller unit that sentences must have taken along to count.
const TAKEN: f32 = 0.12;
/// A sentence says something with the weight of so many sequences that stand nowhere else.
const SAYS: f32 = 3.0;

/// Pairs of positions (old, new); a unit that stands in none is dropped or new.
pub(super) fn links(units: &Units<'_>) -> BTreeSet<(usize, usize)> {
    let mut aligner = Aligner::of(units);
    aligner.anchors();
    aligner.pairs();
    aligner.between_neighbours();
    let pairs = aligner.of_old.iter().enumerate().filter_map(|(o, n)| Some((o, (*n)?)));
    let mut links: BTreeSet<(usize, usize)> = pairs.collect();
    links.extend(aligner.sentences());
    links.extend(aligner.old_leftovers());
    let explained: BTreeSet<usize> = links.iter().map(|&(_, n)| n).collect();
    links.extend((0..units.new.len()).filter(|n| !explained.contains(n)).filter_map(|n| aligner.source(n)));
    links
}

struct Aligner<'u, 'p> {
    old: &'u [Unit<'p>],
    new: &'u [Unit<'p>],
    /// The least weight of a sentence that says something.
    says: f32,
    /// Shared weight, by old and new.
    shared: Vec<Vec<f32>>,
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
}

/// A sentence that its unit's pair does not explain.
struct Open<'u> {
    unit: usize,
    bag: &'u Bag,
    /// The share that the pair has.
    own: f32,
}

impl<'u, 'p> Aligner<'u, 'p> {
    fn of(units: &'u Units<'p>) -> Self {
        let Units { old, new, rarest } = units;
        let shared = old.iter().map(|o| new.iter().map(|n| o.bag.shared(&n.bag)).collect()).collect();
        let (of_old, of_new) = (vec![None; old.len()], vec![None; new.len()]);
        Aligner { old, new, says: SAYS * rarest, shared, of_old, of_new }
    }

    fn shared(&self, o: usize, n: usize) -> f32 {
        self.shared.get(o).and_then(|row| row.get(n)).copied().unwrap_or_default()
    }

    /// How alike two are: the mean of what both have of both, and of the smaller.
    fn like(&self, o: usize, n: usize) -> f32 {
        let (old, new) = (&self.old[o], &self.new[n]);
        let (a, b) = (old.bag.total, new.bag.total);
        if old.words == new.words {
            return 1.0;
        }
        if a <= 0.0 || b <= 0.0 {
            return 0.0;
        }
        let shared = self.shared(o, n);
        shared / (a + b) + shared / a.min(b) / 2.0
    }

    /// The share of an old unit that a new one has.
    fn covered(&self, o: usize, n: usize) -> f32 {
        let total = self.old[o].bag.total;
        if total > 0.0 { self.shared(o, n) / total } else { 0.0 }
    }

    fn pair(&mut self, o: usize, n: usize) {
        if self.of_old[o].is_none() && self.of_new[n].is_none() {
            (self.of_old[o], self.of_new[n]) = (Some(n), Some(o));
        }
    }

    fn anchors(&mut self) {
        let like: Vec<Vec<f32>> =
            (0..self.old.len()).map(|o| (0..self.new.len()).map(|n| self.like(o, n)).collect()).collect();
        for (o, row) in like.iter().enumerate() {
            let Some((n, best)) = row.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1)) else { continue };
            let beside = row.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, like)| *like);
            let above = like.iter().enumerate().filter(|(other, _)| *other != o).map(|(_, row)| row[n]);
            let rival = beside.chain(above).fold(0.0, f32::max);
            if best >= ANCHOR && best - rival >= MARGIN {
                self.pair(o, n);
            }
        }
    }

    /// The pairs of the nearest paired units before and after an old one; new units between them stand in order.
    fn neighbours(&self, o: usize) -> (Option<usize>, Option<usize>) {
        let before = self.of_old.iter().take(o).rev().find_map(|n| *n);
        let after = self.of_old.iter().skip(o + 1).find_map(|n| *n);
        (before, after)
    }

    fn in_order((before, after): (Option<usize>, Option<usize>), n: usize) -> bool {
        before.is_none_or(|before| before < n) && after.is_none_or(|after| n < after)
    }

    /// Positions between the neighbours' pairs, with them.
    fn place(&self, o: usize) -> std::ops::Range<usize> {
        let (before, after) = self.neighbours(o);
        before.unwrap_or(0)..after.map_or(self.new.len(), |after| after + 1)
    }

    /// Best first; among equals the one nearest to where it stood.
    fn best_first(&self, mut scored: Vec<(f32, usize, usize)>) -> Vec<(f32, usize, usize)> {
        let way = |o: usize, n: usize| (o as f32 / self.old.len() as f32 - n as f32 / self.new.len() as f32).abs();
        scored.sort_by(|a, b| {
            b.0.total_cmp(&a.0).then(way(a.1, a.2).total_cmp(&way(b.1, b.2))).then((a.2, a.1).cmp(&(b.2, b.1)))
        });
        scored
    }

    fn free(&self) -> Vec<(usize, usize)> {
        let old = (0..self.old.len()).filter(|&o| self.of_old[o].is_none());
        let new: Vec<usize> = (0..self.new.len()).filter(|&n| self.of_new[n].is_none()).collect();
        old.flat_map(|o| new.iter().map(move |&n| (o, n))).collect()
    }

    fn pairs(&mut self) {
        let mut scored = Vec::new();
        for (o, n) in self.free() {
            let like = self.like(o, n);
            if like >= LIKE {
                let in_order = Self::in_order(self.neighbours(o), n);
                scored.push((like + if in_order { IN_ORDER } else { 0.0 }, o, n));
            }
        }
        for (_, o, n) in self.best_first(scored) {
            self.pair(o, n);
        }
    }

    /// Fainter likeness is enough where the neighbours say so, unless a neighbour's pair has more of the words.
    fn between_neighbours(&mut self) {
        let free = self.free().into_iter().filter(|&(o, n)| self.like(o, n) >= LIKE_IN_ORDER);
        let scored = free.map(|(o, n)| (self.covered(o, n), o, n)).collect();
        for (covered, o, n) in self.best_first(scored) {
            let most = self.place(o).map(|m| self.covered(o, m)).fold(0.0, f32::max);
            if Self::in_order(self.neighbours(o), n) && covered >= most {
                self.pair(o, n);
            }
        }
    }

    fn open<'a>(&self, units: &'a [Unit<'p>], others: &[Unit<'p>], pairs: &[Option<usize>]) -> Vec<Open<'a>> {
        let mut open = Vec::new();
        for (at, (unit, pair)) in units.iter().zip(pairs).enumerate() {
            let pair = pair.and_then(|pair| others.get(pair));
            for bag in unit.sentences.iter().filter(|bag| bag.total >= self.says) {
                let own = pair.map_or(0.0, |pair| bag.covered_by(&pair.bag));
                if own < EXPLAINED {
                    open.push(Open { unit: at, bag, own });
                }
            }
        }
        open
    }

    /// Where sentences went that their own pair does not explain.
    fn sentences(&self) -> Vec<(usize, usize)> {
        let old = self.open(self.old, self.new, &self.of_old);
        let new = self.open(self.new, self.old, &self.of_new);
        // For each sentence of either side the likest of the other: (likeness, its position, shared weight).
        let mut best: [BTreeMap<usize, (f32, usize, f32)>; 2] = Default::default();
        for (i, left) in old.iter().enumerate() {
            for (j, right) in new.iter().enumerate().filter(|(_, right)| self.of_old[left.unit] != Some(right.unit)) {
                let shared = left.bag.shared(right.bag);
                let share = shared / left.bag.total.min(right.bag.total);
                if share < SENTENCE || left.own.max(right.own) > share - MORE {
                    continue;
                }
                let like = 2.0 * shared / (left.bag.total + right.bag.total);
                for (side, at, other) in [(0, i, j), (1, j, i)] {
                    let known = best[side].entry(at).or_insert((like, other, shared));
                    if known.0 < like {
                        *known = (like, other, shared);
                    }
                }
            }
        }
        let [of_old, of_new] = best;
        let mut found: BTreeMap<(usize, usize), f32> = of_old.into_iter().map(|(i, (_, j, s))| ((i, j), s)).collect();
        found.extend(of_new.into_iter().map(|(j, (_, i, s))| ((i, j), s)));
        let mut taken: BTreeMap<(usize, usize), f32> = BTreeMap::new();
        for ((i, j), shared) in found {
            *taken.entry((old[i].unit, new[j].unit)).or_default() += shared;
        }
        let least = |o: usize, n: usize| TAKEN * self.old[o].bag.total.min(self.new[n].bag.total);
        taken.into_iter().filter(|&((o, n), weight)| weight >= least(o, n)).map(|(link, _)| link).collect()
    }

    /// Old units without a pair, each with the new one that has most of it.
    fn old_leftovers(&self) -> Vec<(usize, usize)> {
        let most = |o: usize, among: std::ops::Range<usize>| {
            among.map(|n| (self.covered(o, n), n)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        };
        let holder = |o: usize| {
            let anywhere = most(o, 0..self.new.len()).filter(|best| best.0 >= PART);
            anywhere.or_else(|| most(o, self.place(o)).filter(|best| best.0 >= PART_IN_ORDER))
        };
        let free = (0..self.old.len()).filter(|&o| self.of_old[o].is_none());
        free.filter_map(|o| holder(o).map(|(_, n)| (o, n))).collect()
    }

    /// The old unit that a new one without any is a part of.
    fn source(&self, n: usize) -> Option<(usize, usize)> {
        let unit = &self.new[n].bag;
        let mut best: Option<(f32, usize)> = None;
        for (o, old) in self.old.iter().enumerate() {
            let covered = unit.covered_by(&old.bag);
            let gain = match self.of_old[o] {
                Some(pair) => unit.covered_by(&old.bag.without(&self.new[pair].bag)),
                None => covered,
            };
            if (gain >= PART || covered >= COVERED && gain >= GAIN) && best.is_none_or(|(most, _)| covered > most) {
                best = Some((covered, o));
            }
        }
        best.map(|(_, o)| (o, n))
    }
}
