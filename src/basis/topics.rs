//! [`Topics`]: what catalogs call the things that disclosure clauses enumerate, and the places that enumerate them.
//!
//! Catalogs have their own words (低保) for what the law lists in others (社会救助); `index/topics.toml` has both.

use super::own_name;
use crate::law::Corpus;
use crate::search::{Anchors, Index, Query, SearchError};
use aho_corasick::{AhoCorasick, MatchKind};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

const FILE: &str = include_str!("../../index/topics.toml");
/// How clauses order disclosure.
const ORDERS: [&str; 3] = ["主动公开", "向社会公开", "向社会公布"];
/// Clauses read for one order, and for one phrase that needs none.
const ORDERED: usize = 200;
const NAMED: usize = 10;
/// A word in the content of an item counts less than one in its levels.
const CONTENT: f32 = 0.5;
/// What a heading ends with is what it is about: 食品安全行政处罚 is a penalty.
const LAST: f32 = 1.5;
/// The longest heading, in characters.
const HEADING: usize = 12;
/// What may stand behind it.
const ENDINGS: [&str; 6] = ["公开", "公示", "信息", "情况", "事项", "结果"];

#[derive(Deserialize)]
struct File {
    topic: Vec<Topic>,
}

/// One thing that is disclosed.
#[derive(Deserialize)]
struct Topic {
    /// Its names in clauses that order disclosure.
    #[serde(default)]
    lists: Vec<String>,
    /// Its names that need no order beside them.
    #[serde(default)]
    anywhere: Vec<String>,
    /// What catalogs call it.
    terms: Vec<String>,
}

struct Lexicon {
    topics: Vec<Topic>,
    terms: AhoCorasick,
    /// Positions of the topics of each term.
    meant: Vec<BTreeSet<usize>>,
}

/// The places of a corpus that enumerate topics.
#[derive(Debug, Default)]
pub struct Topics(Vec<(String, BTreeSet<usize>)>);

fn lexicon() -> Option<&'static Lexicon> {
    static LEXICON: OnceLock<Option<Lexicon>> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::read(FILE)).as_ref()
}

impl Lexicon {
    fn read(file: &str) -> Option<Self> {
        let topics = toml::from_str::<File>(file).ok()?.topic;
        let mut terms: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (at, topic) in topics.iter().enumerate() {
            for term in topic.terms.iter().chain(&topic.lists).chain(&topic.anywhere) {
                terms.entry(term).or_default().insert(at);
            }
        }
        let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(terms.keys()).ok()?;
        let meant = terms.into_values().collect();
        Some(Lexicon { topics, terms: search, meant })
    }
}

impl Topics {
    /// Reads the clauses of a corpus that order disclosure.
    ///
    /// # Errors
    /// [`SearchError`] when the index cannot be asked.
    pub fn of(corpus: &Corpus, index: &Index, on: Date) -> Result<Self, SearchError> {
        let Some(lexicon) = lexicon() else { return Ok(Topics::default()) };
        let mut places: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let mut read = |phrase: &str, limit: usize, named: bool| -> Result<(), SearchError> {
            let query = Query { limit, meaning: false, ..Query::new(format!("“{phrase}”"), on) };
            let found = index.search(corpus, &query, &Anchors::default())?;
            let found = found.hits.iter().filter(|hit| hit.text.contains(phrase));
            for unit in found.filter_map(|hit| corpus.provision(&hit.id, on)) {
                for place in unit.provision.walk().filter(|place| place.locator.is_some()) {
                    let held = lexicon.topics.iter().enumerate().filter(|(_, topic)| {
                        let names = if named { &topic.anywhere } else { &topic.lists };
                        names.iter().any(|name| place.text.contains(name.as_str()))
                    });
                    let held: BTreeSet<usize> = held.map(|(at, _)| at).collect();
                    if !held.is_empty() {
                        let place = crate::law::ProvisionRef { provision: place, ..unit };
                        places.entry(place.id()).or_default().extend(held);
                    }
                }
            }
            Ok(())
        };
        for order in ORDERS {
            read(order, ORDERED, false)?;
        }
        for phrase in lexicon.topics.iter().flat_map(|topic| &topic.anywhere) {
            read(phrase, NAMED, true)?;
        }
        Ok(Topics(places.into_iter().collect()))
    }

    /// The places that enumerate what an item is about, best first, each with its share (0–1) in what the item says.
    pub fn said(&self, item: &str) -> Vec<(&str, f32)> {
        let Some(lexicon) = lexicon() else { return Vec::new() };
        let (mut levels, mut content) = super::parts(item);
        // What lists nothing is one more heading.
        let headings = content.iter().take_while(|part| is_heading(part)).count();
        levels.extend(content.drain(..headings));
        let mut told: Vec<(&BTreeSet<usize>, f32)> = Vec::new();
        let mut shares = Vec::new();
        for (parts, weight, last) in [(levels, 1.0, LAST), (content, CONTENT, 1.0)] {
            let (mut all, mut here) = (0.0, 0.0);
            for part in parts {
                let part = without_ending(own_name(part));
                all += weight * part.chars().count() as f32;
                for found in lexicon.terms.find_iter(part) {
                    let length = part[found.range()].chars().count() as f32;
                    here += weight * length;
                    let Some(meant) = lexicon.meant.get(found.pattern().as_usize()) else { continue };
                    told.push((meant, weight * length * if found.end() == part.len() { last } else { 1.0 }));
                }
            }
            shares.push((here, all));
        }
        let sum: f32 = told.iter().map(|(_, weight)| weight).sum();
        if sum == 0.0 {
            return Vec::new();
        }
        // The levels may say it alone, however much a content tells beside it.
        let levels = shares.first().map_or(0.0, |(here, all)| here / f32::max(*all, 1.0));
        let whole = shares.iter().map(|(here, _)| here).sum::<f32>() / shares.iter().map(|(_, all)| all).sum::<f32>();
        let strength = levels.max(whole).sqrt();
        let share = |held: &BTreeSet<usize>| {
            told.iter().filter(|(meant, _)| !meant.is_disjoint(held)).map(|(_, weight)| weight).sum::<f32>() / sum
        };
        let mut said: Vec<(&str, f32)> =
            self.0.iter().map(|(id, held)| (id.as_str(), share(held) * strength)).filter(|(_, s)| *s > 0.0).collect();
        said.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        said
    }
}

fn is_heading(part: &str) -> bool {
    part.chars().count() <= HEADING && !part.contains(['、', '，', '；', '。', ',', ';'])
}

/// A heading without what every heading may end with.
fn without_ending(mut part: &str) -> &str {
    while let Some(rest) = ENDINGS.iter().find_map(|ending| part.strip_suffix(ending)).filter(|rest| !rest.is_empty()) {
        part = rest;
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_can_be_read_and_each_name_stands_in_the_corpus() {
        let lexicon = lexicon().unwrap();
        let corpus = Corpus::embedded().unwrap();
        let texts: Vec<&str> =
            corpus.regulations().iter().flat_map(|r| &r.versions).filter_map(|version| version.text()).collect();
        for name in lexicon.topics.iter().flat_map(|topic| topic.lists.iter().chain(&topic.anywhere)) {
            assert!(texts.iter().any(|text| text.contains(name.as_str())), "{name}");
        }
    }

    #[test]
    fn a_place_has_its_share_in_what_an_item_says() {
        let lexicon = lexicon().unwrap();
        let topic = |name: &str| {
            lexicon
                .topics
                .iter()
                .position(|t| t.lists.iter().any(|own| own == name))
                .into_iter()
                .collect::<BTreeSet<_>>()
        };
        let places = [
            ("penalty", "行政处罚"),
            ("inspection", "监督检查情况"),
            ("relief", "社会救助"),
            ("budget", "财政预算、决算"),
        ];
        let topics = Topics(places.map(|(id, name)| (id.to_string(), topic(name))).to_vec());
        for (item, first) in [
            ("低保对象名单", Some("relief")),
            ("食品安全 行政处罚", Some("penalty")),
            ("食品抽检信息", Some("inspection")),
            ("某某市财政局 三公经费", Some("budget")),
            ("红烧肉的做法", None),
            ("", None),
        ] {
            assert_eq!(topics.said(item).first().map(|(id, _)| *id), first, "{item}");
        }
    }
}
