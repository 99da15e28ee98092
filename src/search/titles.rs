//! [`Titles`]: regulations of whose name a short query is a part: 政府信息公开 means the regulation before all that
//! mention it.

use crate::law::Corpus;
use crate::text::fold;
use std::collections::HashMap;

/// The shortest and the longest query, in characters, that is looked up as part of a name.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=24;
/// What a whole name adds to the factor of its regulation; a part of it adds its share.
const WHOLE: f32 = 1.0;
const COUNTRY: &str = "中华人民共和国";

/// All names of a corpus by their pairs of neighbouring characters.
pub(super) struct Titles {
    /// Folded name without the country, and the position of its regulation.
    names: Vec<(String, usize)>,
    pairs: HashMap<(char, char), Vec<u32>>,
}

impl Titles {
    pub fn of(corpus: &Corpus) -> Self {
        let mut names = Vec::new();
        for (at, regulation) in corpus.regulations().iter().enumerate() {
            for name in regulation.names() {
                let key = fold::key(name);
                names.push((key.strip_prefix(COUNTRY).map_or(key.clone(), str::to_string), at));
            }
        }
        let mut pairs: HashMap<(char, char), Vec<u32>> = HashMap::new();
        for (at, (name, _)) in names.iter().enumerate() {
            for pair in name.chars().zip(name.chars().skip(1)) {
                let list = pairs.entry(pair).or_default();
                if list.last() != Some(&(at as u32)) {
                    list.push(at as u32);
                }
            }
        }
        Titles { names, pairs }
    }

    /// Position and factor of each regulation of whose name the query is a part.
    pub fn factors(&self, query: &str) -> HashMap<usize, f32> {
        let mut factors = HashMap::new();
        let key = fold::key(query.trim());
        let key = key.strip_prefix(COUNTRY).unwrap_or(&key);
        let length = key.chars().count();
        if !LENGTHS.contains(&length) {
            return factors;
        }
        let lists = key.chars().zip(key.chars().skip(1)).map(|pair| self.pairs.get(&pair));
        let Some(lists) = lists.collect::<Option<Vec<_>>>() else { return factors };
        let rarest = lists.into_iter().min_by_key(|list| list.len());
        for (name, at) in rarest.into_iter().flatten().filter_map(|&at| self.names.get(at as usize)) {
            if name.contains(key) {
                let factor = 1.0 + WHOLE * length as f32 / name.chars().count().max(1) as f32;
                let best = factors.entry(*at).or_insert(factor);
                *best = best.max(factor);
            }
        }
        factors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_name_raises_its_regulation_by_its_share() {
        let corpus = Corpus::embedded().unwrap();
        let titles = Titles::of(&corpus);
        let factor = |query: &str, id: &str| {
            let at = corpus.regulations().iter().position(|r| r.id == id).unwrap();
            titles.factors(query).get(&at).copied().unwrap_or(1.0)
        };
        assert!((factor("政府信息公开", "zhengfu-xinxi-gongkai-tiaoli") - 1.75).abs() < 1e-6);
        assert_eq!(factor("政府信息公开", "yusuan-fa"), 1.0);
        assert_eq!(factor("政府信息公开条例", "zhengfu-xinxi-gongkai-tiaoli"), 2.0);
        for none in ["公开", "", "政府信息公开条例第二十条说了什么", "信息与公开"] {
            assert_eq!(factor(none, "zhengfu-xinxi-gongkai-tiaoli"), 1.0, "{none}");
        }
    }
}
