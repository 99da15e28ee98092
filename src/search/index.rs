//! [`Index`]: the provisions of a corpus, ready to be asked; built when needed, opened by memory map.

use super::anchors::Anchors;
use super::bounds::Bounds;
use super::build::{self, Fields};
use super::error::SearchError;
use super::lists::Lists;
use super::query::{Filters, Query, Sort, phrases};
use super::rank::{DEPTH, Ranked, Terms, prior};
use super::results::{Facets, Hit, Results};
use super::semantic::Semantic;
use super::snippet::snippet;
use super::titles::Titles;
use super::traditional::simplified;
use crate::law::{Corpus, Locator, Regulation, Status};
use crate::text::fold::fold;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;
use tantivy::schema::Value;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher, TantivyDocument};

/// Indexes up to this size are checked byte for byte when opened; larger ones by the sizes of their files.
const CHECKED_SIZE: u64 = 16 << 20;

/// The index of one corpus; it must be asked with the corpus that it was opened for.
pub struct Index {
    reader: IndexReader,
    pub(super) fields: Fields,
    pub(super) lists: Lists,
    /// Position of each version of the corpus: of its regulation, and in the regulation.
    pub(super) versions: Vec<(usize, usize)>,
    /// One factor a regulation.
    authority: Vec<f32>,
    /// How the versions stand on the day last asked about.
    standing: Mutex<Option<Arc<Standing>>>,
    titles: Titles,
    pub(super) semantic: Option<Arc<Semantic>>,
    /// The row of the vector of each unit, and how many vectors there were then.
    pub(super) rows: Mutex<Option<(usize, Arc<Vec<u32>>)>>,
}

/// How the versions stand on one day, in the order of [`Index::versions`].
struct Standing {
    on: Date,
    statuses: Vec<Status>,
    /// What each counts before words and filters are looked at.
    priors: Vec<f32>,
}

impl Index {
    /// Opens the index of `corpus` below `dir`; builds it when there is none, or one that is incomplete or damaged.
    ///
    /// # Errors
    /// [`SearchError::Unwritable`] when it must be built and cannot be written; the others when the engine fails.
    pub fn open_or_build(dir: &Path, corpus: &Corpus) -> Result<Self, SearchError> {
        let stamp = build::stamp(corpus);
        let folder = build::folder(dir, stamp);
        if build::is_complete(&folder)
            && let Ok(index) = Self::open(&folder, corpus)
        {
            return Ok(index);
        }
        Self::build(dir, corpus)
    }

    /// Builds the index anew, whatever is there.
    ///
    /// # Errors
    /// As [`Index::open_or_build`].
    pub fn build(dir: &Path, corpus: &Corpus) -> Result<Self, SearchError> {
        let stamp = build::stamp(corpus);
        let folder = build::folder(dir, stamp);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)
                .map_err(|source| SearchError::Unwritable { path: folder.clone(), source })?;
        }
        let folder = build::build(dir, corpus, stamp)?;
        Self::open(&folder, corpus)
    }

    fn open(folder: &Path, corpus: &Corpus) -> Result<Self, SearchError> {
        let open = |e: tantivy::TantivyError| SearchError::Open(e.to_string());
        let index = tantivy::Index::open_in_dir(folder).map_err(open)?;
        let (schema, fields) = build::schema();
        if index.schema() != schema {
            return Err(SearchError::Open("索引的字段与本程序不符".into()));
        }
        if size(folder) <= CHECKED_SIZE && !index.validate_checksum().map_err(open)?.is_empty() {
            return Err(SearchError::Open("索引文件已损坏".into()));
        }
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(open)?;
        let authority = build::read_authority(folder).map_err(|e| SearchError::Open(e.to_string()))?;
        if authority.len() != corpus.regulations().len() {
            return Err(SearchError::Open("索引与法规库不符".into()));
        }
        let bounds = Bounds::read(folder).map_err(|e| SearchError::Open(e.to_string()))?;
        let lists = Lists::open(&reader.searcher(), fields, bounds).map_err(open)?;
        let versions = corpus.regulations().iter().enumerate();
        let versions = versions.flat_map(|(at, regulation)| (0..regulation.versions.len()).map(move |v| (at, v)));
        Ok(Index {
            reader,
            fields,
            lists,
            versions: versions.collect(),
            authority,
            standing: Mutex::new(None),
            titles: Titles::of(corpus),
            semantic: None,
            rows: Mutex::new(None),
        })
    }

    /// How many provisions the index holds.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Bytes of its files, as far as the engine can tell.
    pub fn bytes(&self) -> u64 {
        self.reader.searcher().space_usage().map_or(0, |usage| usage.total().get_bytes())
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The provisions that fit a query, best first.
    ///
    /// # Errors
    /// [`SearchError::Ask`] when the engine cannot read its files.
    pub fn search(&self, corpus: &Corpus, query: &Query, anchors: &Anchors) -> Result<Results, SearchError> {
        let start = Instant::now();
        let ask = |e: tantivy::TantivyError| SearchError::Ask(e.to_string());
        let (phrases, words) = phrases(&simplified(&query.text));
        let terms = Terms::of(&words);
        let standing = self.standing(corpus, query.on);
        let priors = self.priors(corpus, &query.filters, &standing, &words);
        let searcher = self.reader.searcher();
        let (mut ranked, mut more) = self.rank(&terms, &phrases, &priors)?;
        let mut notes = Vec::new();
        let mut texts = Vec::new();
        if !phrases.is_empty() {
            (ranked, texts) = self.holding(&searcher, ranked, &phrases)?;
            if ranked.is_empty() {
                (ranked, more) = self.rank(&terms, &[], &priors)?;
                if !ranked.is_empty() {
                    notes.push(format!("没有原样写着“{}”的条文，以下按词语检索", phrases.join("”“")));
                }
            }
        }
        if phrases.is_empty() {
            self.by_anchors(corpus, anchors, &terms, &priors, &mut ranked).map_err(ask)?;
        }
        if query.meaning {
            let priors = phrases.is_empty().then_some(&*priors);
            notes.extend(self.by_meaning(&query.text, priors, &mut ranked, &mut texts).map_err(ask)?);
        }
        let entry = |one: &Ranked| {
            let &(at, v) = self.versions.get(one.version)?;
            Some((corpus.regulations().get(at)?, v, *standing.statuses.get(one.version)?))
        };
        if query.sort == Sort::EffectLevel {
            ranked.sort_by_key(|one| entry(one).map(|(regulation, ..)| regulation.level));
            texts.clear();
        }
        let facets = facets(ranked.iter().filter_map(entry));
        let mut marks = terms.marks();
        marks.extend(phrases.into_iter().map(|phrase| (phrase, 5.0)));
        let mut hits = Vec::new();
        for (rank, one) in ranked.iter().enumerate().skip(query.offset).take(query.limit) {
            let Some((regulation, v, status)) = entry(one) else { continue };
            let (text, place) = match texts.get(rank) {
                Some(stored) => stored.clone(),
                None => self.stored(&searcher, *one)?,
            };
            let Ok(locator) = place.parse::<Locator>() else { continue };
            let version = regulation.versions[v].id();
            let id = format!("{}@{version}/{}", regulation.id, locator.id());
            hits.push(Hit {
                cited_by: anchors.cited_by(&id),
                regulation: regulation.id.clone(),
                version,
                title: regulation.title.clone(),
                label: place,
                snippet: snippet(&text, &marks),
                text,
                level: regulation.level,
                status,
                score: one.score,
                locator,
                id,
            });
        }
        Ok(Results {
            query: query.text.clone(),
            understood: None,
            named: Vec::new(),
            document: None,
            notes,
            total: ranked.len(),
            more,
            took: start.elapsed(),
            facets,
            hits,
        })
    }

    fn entries<'c>(&self, corpus: &'c Corpus) -> impl Iterator<Item = (&'c Regulation, usize)> {
        self.versions.iter().filter_map(|&(at, v)| Some((corpus.regulations().get(at)?, v)))
    }

    /// How much each version counts before its words are looked at; 0 for those that are filtered out.
    fn priors<'s>(&self, corpus: &Corpus, filters: &Filters, standing: &'s Standing, words: &str) -> Cow<'s, [f32]> {
        let titles = self.titles.factors(words);
        if titles.is_empty() && *filters == Filters::default() {
            return Cow::Borrowed(&standing.priors);
        }
        let one = |((&(at, _), &status), &prior): ((&(usize, usize), &Status), &f32)| {
            let fits = corpus.regulations().get(at).is_some_and(|regulation| fits(filters, regulation, status));
            if fits { prior * titles.get(&at).unwrap_or(&1.0) } else { 0.0 }
        };
        self.versions.iter().zip(&standing.statuses).zip(&standing.priors).map(one).collect()
    }

    fn standing(&self, corpus: &Corpus, on: Date) -> Arc<Standing> {
        let mut known = self.standing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(standing) = known.as_ref().filter(|standing| standing.on == on) {
            return Arc::clone(standing);
        }
        let statuses: Vec<Status> =
            self.entries(corpus).map(|(regulation, v)| corpus.status(regulation, v, on)).collect();
        let prior = |(&(at, _), &status): (&(usize, usize), &Status)| {
            Some(prior(corpus.regulations().get(at)?.level, status) * self.authority.get(at)?)
        };
        let priors = self.versions.iter().zip(&statuses).map(|one| prior(one).unwrap_or(0.0)).collect();
        let standing = Arc::new(Standing { on, statuses, priors });
        *known = Some(Arc::clone(&standing));
        standing
    }

    /// The units that hold all phrases as they are, and the text and locator of each.
    fn holding(
        &self,
        searcher: &Searcher,
        ranked: Vec<Ranked>,
        phrases: &[String],
    ) -> Result<(Vec<Ranked>, Vec<Stored>), SearchError> {
        let folded: Vec<String> = phrases.iter().map(|phrase| fold(phrase).text).collect();
        let (mut kept, mut texts) = (Vec::new(), Vec::new());
        for one in ranked {
            let (text, place) = self.stored(searcher, one)?;
            let text_folded = fold(&text).text;
            if folded.iter().all(|phrase| text_folded.contains(phrase.as_str())) {
                kept.push(one);
                texts.push((text, place));
            }
        }
        Ok((kept, texts))
    }

    /// The units that fit best, and whether there are more.
    fn rank(&self, terms: &Terms, phrases: &[String], priors: &[f32]) -> Result<(Vec<Ranked>, bool), SearchError> {
        let found = self.lists.best(&terms.asked(self.fields, phrases), priors, DEPTH);
        found.map_err(|e| SearchError::Ask(e.to_string()))
    }

    /// Where the units stand that the words of a question find, best first.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn candidates(&self, corpus: &Corpus, query: &Query) -> Result<Vec<DocAddress>, SearchError> {
        let (_, words) = phrases(&simplified(&query.text));
        let terms = Terms::of(&words);
        let standing = self.standing(corpus, query.on);
        let priors = self.priors(corpus, &query.filters, &standing, &words);
        let (ranked, _) = self.rank(&terms, &[], &priors)?;
        Ok(ranked.into_iter().map(|one| one.address).collect())
    }

    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// The title of the regulation that holds a unit, and the unit's text.
    pub(super) fn titled(&self, corpus: &Corpus, searcher: &Searcher, address: DocAddress) -> Option<(String, String)> {
        let versions = searcher.segment_reader(address.segment_ord).fast_fields().u64(build::VERSION).ok()?;
        let version = versions.first(address.doc_id)? as usize;
        let &(at, _) = self.versions.get(version)?;
        let (text, _) = self.stored(searcher, Ranked { address, version, score: 0.0 }).ok()?;
        Some((corpus.regulations().get(at)?.title.clone(), text))
    }

    /// The text and the locator of a unit.
    fn stored(&self, searcher: &Searcher, one: Ranked) -> Result<Stored, SearchError> {
        let document: TantivyDocument = searcher.doc(one.address).map_err(|e| SearchError::Ask(e.to_string()))?;
        let field = |field| document.get_first(field).and_then(|v| v.as_str()).unwrap_or_default().to_string();
        Ok((field(self.fields.words), field(self.fields.place)))
    }
}

/// Text and locator of a unit.
type Stored = (String, String);

/// How many of these are of each kind.
fn facets<'c>(entries: impl Iterator<Item = (&'c Regulation, usize, Status)>) -> Facets {
    let mut facets = Facets::default();
    let (mut regulations, mut issuers) = (BTreeMap::<&str, usize>::new(), BTreeMap::<&str, usize>::new());
    for (regulation, _, status) in entries {
        *facets.levels.entry(regulation.level).or_default() += 1;
        *facets.statuses.entry(status).or_default() += 1;
        *regulations.entry(&regulation.id).or_default() += 1;
        *issuers.entry(&regulation.issuer).or_default() += 1;
    }
    let owned = |counts: BTreeMap<&str, usize>| counts.into_iter().map(|(name, n)| (name.to_string(), n)).collect();
    Facets { regulations: owned(regulations), issuers: owned(issuers), ..facets }
}

fn fits(filters: &Filters, regulation: &Regulation, status: Status) -> bool {
    (filters.levels.is_empty() || filters.levels.contains(&regulation.level))
        && (filters.statuses.is_empty() || filters.statuses.contains(&status))
        && filters.issuer.as_ref().is_none_or(|issuer| regulation.issuer.contains(issuer.as_str()))
        && filters.regulation.as_ref().is_none_or(|id| regulation.id == *id)
}

fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(Result::ok).filter_map(|entry| entry.metadata().ok()).map(|m| m.len()).sum()
}
