//! [`Basis`]: which clause justifies an item, with the words that fit and the precedents of other bodies.
//!
//! Three witnesses speak: items of other bodies that are about the same thing, through the clauses they cite rightly;
//! the words of the clauses themselves; and what the law enumerates under another name than catalogs do. When none has
//! anything to say, nothing is proposed.

mod precedent;
mod topics;

pub use precedent::{Precedent, Precedents};
pub use topics::Topics;

use crate::law::{Corpus, EffectLevel, Provision, ProvisionRef, Status};
use crate::search::rank::Terms;
use crate::search::unit::unit_id;
use crate::search::{Anchors, Index, Query, SearchError, lexicon};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What likeness of the closest precedents weighs against words.
const PRECEDENTS: f32 = 1.0;
const WORDS: f32 = 0.5;
/// What it weighs that a clause enumerates what the item is about.
const TOPIC: f32 = 0.5;
/// From this share on, the place that enumerates it is the one that is meant.
const MEANT: f32 = 0.4;
/// What a document of one place or one body counts for anybody.
const LOCAL: f32 = 0.5;
const INTERNAL: f32 = 0.2;
/// Below this score a proposal would be a guess.
const LEAST: f32 = 0.16;
/// What the share of all items that cite a unit weighs: the lists of what every body discloses are cited for nearly
/// everything, whatever words an item has for it.
const USUAL: f32 = 0.4;
/// How many of the units that are cited most are candidates for every item.
const USUALS: usize = 3;
/// How alike the closest precedent must be for the usual clauses to be candidates.
const AKIN: f32 = 0.15;
/// How many provisions the words propose.
const PROPOSED: usize = 40;
/// So much more of the item must stand in another 项 than in the one that others cite to be proposed in its place.
const ELSEWHERE: f32 = 0.3;
/// How many times as much of the item a place must hold as its sisters to be named before them.
const LEADS: f32 = 1.5;
/// Share of the item's telling words that a provision must hold to be proposed by words alone.
const COVERED: f32 = 0.5;

/// One clause that may justify an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Id of the provision, as in `Corpus::provision`.
    pub id: String,
    pub score: f32,
    /// Words of the item that stand in the provision.
    pub words: Vec<String>,
    /// Items that cite it, most alike first.
    pub precedents: Vec<Precedent>,
}

/// Everything that proposals are made from.
pub struct Basis<'a> {
    pub corpus: &'a Corpus,
    pub index: &'a Index,
    pub precedents: &'a Precedents,
    pub topics: &'a Topics,
    /// Whether the semantic side may be asked, where there is one.
    pub meaning: bool,
    /// The day on which a clause must be in force.
    pub on: Date,
}

impl Basis<'_> {
    /// The clauses that may justify an item, best first; none when nothing fits. `except` leaves out the precedents
    /// of one catalog.
    ///
    /// # Errors
    /// [`SearchError`] when the index cannot be asked.
    pub fn propose(&self, item: &str, limit: usize, except: Option<&str>) -> Result<Vec<Proposal>, SearchError> {
        let telling = telling(item);
        let terms = Terms::of(&telling);
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let mut units: BTreeMap<String, Witness> = BTreeMap::new();
        let alike = self.precedents.alike(&Described::of(item), except);
        // An item that hardly shares a word with any item elsewhere is none that bodies disclose.
        let usual = alike.first().is_some_and(|(likeness, _)| *likeness >= AKIN);
        if usual {
            for (unit, share) in self.precedents.usual(except).into_iter().take(USUALS) {
                units.entry(unit).or_default().usual = share;
            }
        }
        for (likeness, precedent) in alike {
            for id in &precedent.cites {
                let witness = units.entry(unit_id(id).to_string()).or_default();
                witness.add(id, likeness, precedent.precedent.clone());
            }
        }
        for (id, share) in self.topics.said(item) {
            let witness = units.entry(unit_id(id).to_string()).or_default();
            match &mut witness.enumerated {
                Some((_, best)) if *best > share => {}
                // Two places that say as much: neither is meant.
                Some((place, best)) if *best == share => *place = unit_id(id).to_string(),
                other => *other = Some((id.to_string(), share)),
            }
        }
        for (unit, share) in self.precedents.usual(except) {
            if let Some(witness) = units.get_mut(&unit).filter(|witness| usual || witness.enumerated.is_some()) {
                witness.usual = share;
            }
        }
        let query = Query { limit: PROPOSED, meaning: self.meaning, ..Query::new(&telling, self.on) };
        let found = self.index.search(self.corpus, &query, &Anchors::default())?;
        let best = found.hits.first().map_or(1.0, |hit| hit.score.max(f32::MIN_POSITIVE));
        for hit in found.hits {
            let covered = covered(&terms, &hit.text);
            let witness = units.entry(hit.id).or_default();
            witness.words = covered * (0.5 + 0.5 * hit.score / best);
        }
        let mut proposals: Vec<Proposal> =
            units.into_iter().filter_map(|(unit, witness)| self.proposal(&unit, witness, &terms)).collect();
        proposals.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
        proposals.truncate(limit);
        Ok(proposals)
    }

    fn proposal(&self, unit: &str, witness: Witness, terms: &Terms) -> Option<Proposal> {
        let provision = self.corpus.provision(unit, self.on)?;
        let status = self.corpus.status(provision.regulation, provision.version, self.on);
        let standing = match status {
            Status::InForce | Status::Unknown => 1.0,
            _ => 0.2,
        };
        let reach = match provision.regulation.level {
            EffectLevel::InternalRule => INTERNAL,
            EffectLevel::LocalRegulation | EffectLevel::LocalGovernmentRule | EffectLevel::LocalDocument => LOCAL,
            _ => 1.0,
        };
        let votes = witness.votes();
        let words = if votes > 0.0 || witness.words >= COVERED { witness.words } else { 0.0 };
        let (place, topic) = witness.enumerated.as_ref().map_or((None, 0.0), |(id, share)| (Some(id), *share));
        let score = (PRECEDENTS * votes + WORDS * words + USUAL * witness.usual + TOPIC * topic) * standing * reach;
        if score < LEAST {
            return None;
        }
        let cited = witness.most_cited().and_then(|id| self.corpus.provision(id, self.on));
        let narrowed = self.narrowed(provision, terms);
        let said = |one: ProvisionRef<'_>| covered(terms, &one.provision.full_text());
        // What others cite is the place, unless the item's own words stand in another one, or in a part of it.
        let parted =
            |whole: ProvisionRef<'_>| whole.provision.walk().skip(1).any(|p| std::ptr::eq(p, narrowed.provision));
        let stands = |cited: ProvisionRef<'_>| said(narrowed) < said(cited) + ELSEWHERE && !parted(cited);
        let enumerated = place.filter(|id| (topic >= MEANT || topic > votes) && *id != unit);
        let enumerated = enumerated.and_then(|id| self.corpus.provision(id, self.on));
        let exact = enumerated.or(cited.filter(|&cited| stands(cited))).unwrap_or(narrowed);
        let (id, text) = (exact.id(), exact.provision.full_text());
        let words = terms.marks().into_iter().map(|(word, _)| word).filter(|word| text.contains(word.as_str()));
        let words = words.collect();
        let mut precedents: Vec<(f32, Precedent)> = witness.precedents;
        precedents.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut seen = BTreeSet::new();
        let precedents =
            precedents.into_iter().map(|(_, one)| one).filter(|one| seen.insert(one.clone())).take(5).collect();
        Some(Proposal { id, score, words, precedents })
    }

    /// The one 款 or 项 that holds nearly all of the words that the article holds. An item reads with the lead-in that it
    /// completes; where several hold them, none is meant more than the others.
    fn narrowed<'c>(&self, unit: ProvisionRef<'c>, terms: &Terms) -> ProvisionRef<'c> {
        let whole = covered(terms, &unit.provision.full_text());
        if whole == 0.0 {
            return unit;
        }
        let mut narrow = unit.provision;
        let mut before = narrow.text.clone();
        while covered(terms, &before) < 0.9 * whole {
            let holds = |p: &&Provision| covered(terms, &format!("{before}{}", p.full_text())) >= 0.9 * whole;
            let mut below = narrow.children.iter().filter(|p| p.locator.is_some()).filter(holds);
            let only = match (below.next(), below.next()) {
                (Some(only), None) => only,
                (None, _) => match leading(narrow, terms) {
                    Some(leading) => leading,
                    None => break,
                },
                _ => break,
            };
            narrow = only;
            before.push_str(&narrow.text);
        }
        ProvisionRef { provision: narrow, ..unit }
    }
}

/// The one place below that holds clearly more of the words than its sisters, where none holds nearly all.
fn leading<'p>(holder: &'p Provision, terms: &Terms) -> Option<&'p Provision> {
    let own = |place: &Provision| covered(terms, &place.full_text());
    let mut below: Vec<(f32, &Provision)> =
        holder.children.iter().filter(|p| p.locator.is_some()).map(|place| (own(place), place)).collect();
    below.sort_by(|a, b| b.0.total_cmp(&a.0));
    let second = below.get(1).map_or(0.0, |(own, _)| *own);
    below.first().filter(|(own, _)| *own >= LEADS * second && *own > 0.0).map(|(_, place)| *place)
}

/// What is known in favour of one unit.
#[derive(Default)]
struct Witness {
    /// 0–1: how much of the item the provision says.
    words: f32,
    /// 0–1: the share of all items that cite it.
    usual: f32,
    /// The place in it that enumerates what the item is about, with its share (0–1); the unit itself for several.
    enumerated: Option<(String, f32)>,
    /// Best likeness by catalog.
    bodies: BTreeMap<String, f32>,
    /// Id as cited → sum of likeness.
    cited: BTreeMap<String, f32>,
    precedents: Vec<(f32, Precedent)>,
}

impl Witness {
    fn add(&mut self, id: &str, likeness: f32, precedent: Precedent) {
        let best = self.bodies.entry(precedent.catalog.clone()).or_default();
        *best = best.max(likeness);
        *self.cited.entry(id.to_string()).or_default() += likeness;
        self.precedents.push((likeness, precedent));
    }

    /// The closest body counts whole, each further one less, and a clause cited by many alike items a little more.
    fn votes(&self) -> f32 {
        let mut bodies: Vec<f32> = self.bodies.values().copied().collect();
        bodies.sort_by(|a, b| b.total_cmp(a));
        let closest: f32 = bodies.iter().zip([1.0, 0.4, 0.2, 0.1]).map(|(likeness, weight)| likeness * weight).sum();
        let sum: f32 = self.cited.values().sum();
        closest + 0.05 * (1.0 + sum).ln()
    }

    fn most_cited(&self) -> Option<&str> {
        let best = self.cited.iter().max_by(|a, b| a.1.total_cmp(b.1).then_with(|| b.0.cmp(a.0)));
        best.map(|(id, _)| id.as_str())
    }
}

/// What an item is called and what it holds.
#[derive(Debug, Clone, Default)]
struct Described {
    whole: Terms,
    /// Its levels without the content: a long content would drown them.
    head: Terms,
}

impl Described {
    /// Of the words of an item, levels and content with a space between: the longest stretch is the content.
    fn of(item: &str) -> Self {
        let (levels, _) = parts(item);
        let head = if levels.is_empty() { item.to_string() } else { levels.join(" ") };
        Described { whole: Terms::of(&telling(item)), head: Terms::of(&telling(&head)) }
    }
}

/// The levels of an item, and its content and what follows: the longest of several stretches.
fn parts(item: &str) -> (Vec<&str>, Vec<&str>) {
    let parts: Vec<&str> = item.split_whitespace().collect();
    let longest = parts.iter().map(|part| part.len()).max().unwrap_or_default();
    match parts.iter().position(|part| part.len() == longest).filter(|_| parts.len() > 1) {
        Some(content) => (parts[..content].to_vec(), parts[content..].to_vec()),
        None => (parts, Vec::new()),
    }
}

/// A heading without the name of the body that it begins with: 某某市医疗保障局基金中心决算 is 决算.
fn own_name(part: &str) -> &str {
    let place = part.char_indices().skip(2).find(|(_, c)| matches!(c, '省' | '市' | '县' | '区' | '旗' | '镇' | '乡'));
    let Some((place, _)) = place else { return part };
    let behind = |organs: &[&str], text: &str| {
        organs.iter().filter_map(|organ| text.rfind(organ).map(|at| at + organ.len())).max()
    };
    let Some(end) = behind(&["局", "委员会", "人民政府", "厅"], &part[place..]).map(|end| place + end) else {
        return part;
    };
    let rest = &part[end..];
    let rest = behind(&["中心", "大队", "支队"], rest).map_or(rest, |end| &rest[end..]);
    if rest.is_empty() { part } else { rest }
}

/// An item without the words that every item has.
fn telling(item: &str) -> String {
    let mut text = item.split_whitespace().map(own_name).collect::<Vec<_>>().join(" ");
    for common in
        ["主动公开", "公开事项", "公开内容", "相关信息", "有关信息", "及其他", "等信息", "其他", "结果", "情况"]
    {
        text = text.replace(common, " ");
    }
    if text.trim().is_empty() { item.to_string() } else { text }
}

/// Share of the telling words that stand in a text.
fn covered(terms: &Terms, text: &str) -> f32 {
    let own = terms
        .words
        .iter()
        .filter(|(word, weight)| **weight >= 1.0 && word.chars().count() > 1 && !lexicon::is_stopword(word));
    let (mut all, mut here) = (0.0, 0.0);
    for (word, _) in own {
        let weight = word.chars().count() as f32;
        all += weight;
        if text.contains(word.as_str()) {
            here += weight;
        }
    }
    if all == 0.0 { 0.0 } else { here / all }
}
