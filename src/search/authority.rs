//! [`authority`]: how much a regulation counts before its words are looked at, from the corpus alone.
//!
//! A regulation that others refer to, and one that orders a whole field in many articles, answers more questions
//! than an amendment or a special rule. Both are counted, none is named.

use crate::law::Corpus;
use crate::text::fold;
use std::collections::{HashMap, HashSet};

/// What one more power of e of referring articles adds.
const CITED: f32 = 0.06;
/// What one more power of e of own articles adds.
const EXTENT: f32 = 0.05;

/// Counts references and articles while an index is built.
pub(super) struct Authority {
    /// Folded name → position of the regulation.
    names: HashMap<String, usize>,
    cited: Vec<u32>,
    units: Vec<u32>,
}

impl Authority {
    pub fn new(corpus: &Corpus) -> Self {
        let regulations = corpus.regulations();
        let mut names = HashMap::new();
        for (at, regulation) in regulations.iter().enumerate() {
            for name in regulation.names() {
                let key = fold::key(name);
                if let Some(short) = key.strip_prefix("中华人民共和国") {
                    names.entry(short.to_string()).or_insert(at);
                }
                names.entry(key).or_insert(at);
            }
        }
        Authority { names, cited: vec![0; regulations.len()], units: vec![0; regulations.len()] }
    }

    /// Counts one unit of the regulation at `own`, and each other regulation that it names.
    pub fn count(&mut self, own: usize, text: &str) {
        if let Some(units) = self.units.get_mut(own) {
            *units += 1;
        }
        let titles = text.split('《').skip(1).filter_map(|rest| rest.split_once('》')).map(|(title, _)| title);
        let named: HashSet<usize> =
            titles.filter_map(|title| self.names.get(&fold::key(title)).copied()).filter(|&at| at != own).collect();
        for at in named {
            self.cited[at] += 1;
        }
    }

    /// A factor of at least 1 for each regulation, in the order of the corpus.
    pub fn factors(&self) -> Vec<f32> {
        let factor = |(&cited, &units): (&u32, &u32)| {
            (1.0 + CITED * (1.0 + cited as f32).ln()) * (1.0 + EXTENT * (units.max(1) as f32).ln())
        };
        self.cited.iter().zip(&self.units).map(factor).collect()
    }
}
