//! [`Units`]: the articles, or the points of a notice, as bags of weighed two-character sequences, whole and sentence
//! by sentence.
//!
//! A sequence weighs the more, the fewer units of both versions have it: 政府信息公开工作主管部门 in every article says
//! little. The number of a provision that the words refer to (本条例第九条) is left out: it changes where nothing else
//! does.

use crate::law::provision::{Level, Provision};
use crate::text::fold;
use std::cmp::Ordering;
use std::collections::HashMap;

/// What no sequence weighs less than.
const LEAST: f32 = 0.1;

/// The units of two versions, weighed together.
pub(super) struct Units<'p> {
    pub old: Vec<Unit<'p>>,
    pub new: Vec<Unit<'p>>,
    /// What a sequence weighs that only one unit has.
    pub rarest: f32,
}

pub(super) struct Unit<'p> {
    pub provision: &'p Provision,
    /// Folded, to tell layout from words.
    pub words: String,
    pub bag: Bag,
    pub sentences: Vec<Bag>,
}

/// Two-character sequences, sorted, repeats kept.
#[derive(Clone, Default)]
pub(super) struct Bag {
    pairs: Vec<Pair>,
    /// The sum of the weights.
    pub total: f32,
}

#[derive(Clone, Copy)]
struct Pair {
    letters: (char, char),
    weight: f32,
}

impl<'p> Units<'p> {
    pub fn of(old: &'p Provision, new: &'p Provision) -> Self {
        let (mut old, mut new) = (units(old), units(new));
        let mut holders: HashMap<(char, char), u32> = HashMap::new();
        for unit in old.iter().chain(&new) {
            let mut last = None;
            for pair in unit.bag.pairs.iter().filter(|pair| last.replace(pair.letters) != Some(pair.letters)) {
                *holders.entry(pair.letters).or_default() += 1;
            }
        }
        let count = (old.len() + new.len()) as f32;
        let weight = |letters: &(char, char)| (count / holders.get(letters).copied().unwrap_or(1) as f32).ln() + LEAST;
        for unit in old.iter_mut().chain(&mut new) {
            unit.bag.weigh(weight);
            unit.sentences.iter_mut().for_each(|sentence| sentence.weigh(weight));
        }
        Units { old, new, rarest: count.max(1.0).ln() + LEAST }
    }
}

impl Bag {
    fn of(text: &str) -> Self {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let pair = |w: &[char]| Pair { letters: (w[0], w[1]), weight: 0.0 };
        let mut pairs: Vec<Pair> = letters.windows(2).map(pair).collect();
        pairs.sort_unstable_by_key(|pair| pair.letters);
        Bag { pairs, total: 0.0 }
    }

    fn weigh(&mut self, weight: impl Fn(&(char, char)) -> f32) {
        self.pairs.iter_mut().for_each(|pair| pair.weight = weight(&pair.letters));
        self.total = self.pairs.iter().map(|pair| pair.weight).sum();
    }

    /// Several as one.
    pub fn joined<'b>(bags: impl Iterator<Item = &'b Bag>) -> Bag {
        let mut joined = Bag::default();
        for bag in bags {
            joined.pairs.extend(&bag.pairs);
            joined.total += bag.total;
        }
        joined.pairs.sort_unstable_by_key(|pair| pair.letters);
        joined
    }

    /// The weight of what both have.
    pub fn shared(&self, other: &Bag) -> f32 {
        let (mut a, mut b) = (self.pairs.iter().peekable(), other.pairs.iter().peekable());
        let mut shared = 0.0;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.letters.cmp(&y.letters) {
                Ordering::Less => a.next(),
                Ordering::Greater => b.next(),
                Ordering::Equal => {
                    shared += x.weight;
                    a.next();
                    b.next()
                }
            };
        }
        shared
    }

    /// What this has and the other has not.
    pub fn without(&self, other: &Bag) -> Bag {
        let mut rest = Bag::default();
        let mut others = other.pairs.iter().peekable();
        for pair in &self.pairs {
            while others.next_if(|other| other.letters < pair.letters).is_some() {}
            if others.next_if(|other| other.letters == pair.letters).is_none() {
                rest.pairs.push(*pair);
                rest.total += pair.weight;
            }
        }
        rest
    }

    /// The share of this one's weight that the other has, 0–1.
    pub fn covered_by(&self, other: &Bag) -> f32 {
        if self.total > 0.0 { self.shared(other) / self.total } else { 0.0 }
    }

    /// The share of both that both have, 0–1.
    pub fn likeness(&self, other: &Bag) -> f32 {
        let total = self.total + other.total;
        if total > 0.0 { (2.0 * self.shared(other) / total).min(1.0) } else { 1.0 }
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
            let told = without_numbers(&words);
            let sentences = told.split(['。', ';', ':', '；', '：', '\n']).map(Bag::of);
            let sentences = sentences.filter(|bag| !bag.pairs.is_empty()).collect();
            Unit { provision, bag: Bag::of(&told), sentences, words }
        })
        .collect()
}

/// The words without the numbers of provisions that they refer to.
fn without_numbers(words: &str) -> String {
    const NUMERALS: &str = "零〇一二三四五六七八九十百千0123456789";
    let mut told = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('第') {
        let numeral = after.find(|c| !NUMERALS.contains(c)).unwrap_or(after.len());
        let unit = after[numeral..].chars().next().filter(|c| matches!(c, '条' | '款' | '项' | '目'));
        told.push_str(before);
        rest = match unit {
            Some(unit) if numeral > 0 => &after[numeral + unit.len_utf8()..],
            _ => {
                told.push('第');
                after
            }
        };
    }
    told + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_other_provisions_are_no_words() {
        for (words, told) in [
            ("依照本条例第九条的规定", "依照本条例的规定"),
            ("除本法第十条、第十一条第二款规定外", "除本法、规定外"),
            ("征求第三方的意见，第二条", "征求第三方的意见，"),
            ("第一百二十条之一", "之一"),
            ("第", "第"),
        ] {
            assert_eq!(without_numbers(words), told);
        }
    }

    #[test]
    fn what_one_has_and_another_has_not_is_what_is_left() {
        let bag = |text: &str| {
            let mut bag = Bag::of(text);
            bag.weigh(|_| 1.0);
            bag
        };
        let (a, b) = (bag("甲乙丙丁甲乙"), bag("甲乙丁"));
        let rest = a.without(&b);
        assert_eq!((a.total, a.shared(&b), rest.total), (5.0, 1.0, 4.0));
        assert_eq!(rest.shared(&b), 1.0, "the second 甲乙 stays");
    }
}
