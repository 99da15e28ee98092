//! [`Anchors`]: the catalog items that cite a provision, which say in a body's own words what it is about.

use super::analyzer::grams;
use super::unit::unit_id;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A word in the content of an item says less of what it cites than one of its levels.
const CONTENT: f32 = 0.5;

/// Items by the unit that they cite.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    /// How many items cite a unit.
    counts: HashMap<String, usize>,
    /// Each once for a unit: a hundred items of the same words say it once.
    said: BTreeSet<Said>,
    items: Vec<Said>,
    /// Bigram → positions of the items that hold it.
    grams: HashMap<String, Vec<u32>>,
}

/// What one item says of one unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    unit: String,
    path: String,
    content: String,
}

impl Said {
    fn weight(&self, word: &str) -> f32 {
        if self.path.contains(word) {
            1.0
        } else if self.content.contains(word) {
            CONTENT
        } else {
            0.0
        }
    }
}

impl Anchors {
    /// Notes that an item with these levels and this content cites the provision `id`.
    pub fn add(&mut self, id: &str, path: &str, content: &str) {
        let unit = unit_id(id);
        *self.counts.entry(unit.to_string()).or_default() += 1;
        let said = Said { unit: unit.into(), path: path.into(), content: content.into() };
        if !self.said.insert(said.clone()) {
            return;
        }
        let at = self.items.len() as u32;
        let held = [path, content].into_iter().flat_map(|text| grams(text).into_iter().map(|place| &text[place]));
        for gram in held.collect::<BTreeSet<&str>>() {
            self.grams.entry(gram.to_string()).or_default().push(at);
        }
        self.items.push(said);
    }

    /// How many items cite the unit `id` or something in it.
    pub fn cited_by(&self, id: &str) -> usize {
        self.counts.get(id).copied().unwrap_or_default()
    }

    /// Whether no item cites anything.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The units cited by items that hold words of the question, most alike first, each with what the item most alike
    /// says of it: the sum of the words that the two share, times their share in the question.
    pub(super) fn said(&self, asked: &[(&str, f32)]) -> Vec<(&str, f32)> {
        let total: f32 = asked.iter().map(|(_, weight)| weight).sum();
        let mut sums = BTreeMap::<u32, f32>::new();
        for &(word, weight) in asked {
            let Some(gram) = grams(word).into_iter().next().map(|place| &word[place]) else { continue };
            for &at in self.grams.get(gram).into_iter().flatten() {
                let held = self.items.get(at as usize).map_or(0.0, |item| item.weight(word));
                *sums.entry(at).or_default() += weight * held;
            }
        }
        let mut best = BTreeMap::<&str, f32>::new();
        for (at, sum) in sums.into_iter().filter(|(_, sum)| *sum > 0.0) {
            let Some(item) = self.items.get(at as usize) else { continue };
            let likeness = best.entry(&item.unit).or_default();
            *likeness = likeness.max(sum * sum / total);
        }
        let mut best: Vec<(&str, f32)> = best.into_iter().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_item_most_alike_speaks_for_its_unit() {
        let mut anchors = Anchors::default();
        for (id, path, content) in [
            ("x@d/a20.p1.i2", "机构信息 领导", "姓名、简历"),
            ("x@d/a20.p1.i2", "机构信息 领导", "姓名、简历"),
            ("x@d/a20.p1.i7", "财政信息 部门预算", ""),
            ("x@d/a14", "部门预算", ""),
            ("x@d/a9", "年度报告", ""),
        ] {
            anchors.add(id, path, content);
        }
        assert_eq!(anchors.cited_by("x@d/a20"), 3);
        for (asked, said) in [
            (vec![("领导", 2.0), ("简历", 2.0)], vec![("x@d/a20", 2.25)]),
            (vec![("预算", 1.0)], vec![("x@d/a14", 1.0), ("x@d/a20", 1.0)]),
            (vec![("领导", 1.0), ("出差", 3.0)], vec![("x@d/a20", 0.25)]),
            (vec![("彩票", 1.0)], vec![]),
            (vec![("税", 1.0)], vec![]),
            (vec![], vec![]),
        ] {
            assert_eq!(anchors.said(&asked), said, "{asked:?}");
        }
    }
}
