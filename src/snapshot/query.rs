//! [`search`]: a query understood before it is searched: a citation opens its clause first, a title narrows.

use crate::cite::Names;
use crate::cite::lookup::{Reading, read};
use crate::law::{Corpus, Locator, ProvisionRef, Regulation};
use crate::search::traditional::simplified;
use crate::search::{Anchors, Hit, Index, Query, Results, SearchError, Suggestion, rank::Terms, snippet, unit};

impl super::Snapshot {
    /// As [`search`], with everything of this snapshot.
    ///
    /// # Errors
    /// As [`search`].
    pub fn search(&self, query: &Query) -> Result<Results, SearchError> {
        let suggest = |typed: &str| self.suggestions().suggest(typed, SUGGESTED);
        search(&self.corpus, &self.names, &self.index, &self.anchors, &suggest, query)
    }
}

/// Names offered for one that is not found.
pub const SUGGESTED: usize = 3;
/// How the name of a regulation ends; a query that ends so and names none may have a typing error.
const ENDINGS: [&str; 10] = ["法", "法典", "条例", "办法", "规定", "细则", "规则", "决定", "通知", "意见"];

/// The provisions that fit a query. A citation in any form gives the clauses that it names before all others; a title
/// without a place gives the provisions of that regulation before those of others.
///
/// # Errors
/// [`SearchError`] when the index cannot be asked.
pub fn search(
    corpus: &Corpus,
    names: &Names,
    index: &Index,
    anchors: &Anchors,
    suggest: &dyn Fn(&str) -> Vec<Suggestion>,
    query: &Query,
) -> Result<Results, SearchError> {
    let within = query.filters.regulation.as_deref().and_then(|id| corpus.get(id));
    let mut reading = read(&simplified(&query.text), corpus, names, within, query.on, None);
    if let Some(within) = within {
        reading.clauses.retain(|clause| clause.regulation.id == within.id);
        reading.regulations.retain(|(regulation, _)| regulation.id == within.id);
    }
    let alone = !reading.regulations.is_empty() && Terms::of(&reading.rest).is_empty();
    // A name and nothing else has no meaning beyond it.
    let query = &Query { meaning: query.meaning && !alone, ..query.clone() };
    let mut results = if reading.regulations.is_empty() {
        index.search(corpus, query, anchors)?
    } else {
        named(corpus, index, anchors, query, &reading, within.is_some())?
    };
    let text = query.text.trim();
    let doubtful = results.hits.is_empty() || ENDINGS.iter().any(|ending| text.ends_with(ending));
    if reading.regulations.is_empty() && reading.missing.is_empty() && doubtful {
        let names: Vec<String> = suggest(text).into_iter().map(|one| format!("《{}》", one.title)).collect();
        if !names.is_empty() {
            results.notes.push(format!("是不是想找：{}", names.join("、")));
        }
    }
    let told = reading.missing.iter().map(ToString::to_string).chain(reading.notes);
    results.notes = told.chain(results.notes).collect();
    Ok(results)
}

/// What a query with names in it finds: first what is named.
fn named(
    corpus: &Corpus,
    index: &Index,
    anchors: &Anchors,
    query: &Query,
    reading: &Reading<'_>,
    narrowed: bool,
) -> Result<Results, SearchError> {
    // All of one page deep enough to put the named clauses before it.
    let deep = |text: &str, regulation: Option<String>| {
        let mut deep = Query { text: text.into(), offset: 0, limit: query.offset + query.limit, ..query.clone() };
        deep.filters.regulation = regulation.or(deep.filters.regulation);
        index.search(corpus, &deep, anchors)
    };
    let mut results = deep(&query.text, None)?;
    let mut hits: Vec<Hit> = reading.clauses.iter().map(|provision| hit(corpus, *provision, anchors, query)).collect();
    results.named = hits.iter().map(|hit| hit.id.clone()).collect();
    let alone = Terms::of(&reading.rest).is_empty();
    if let (true, Some(&(regulation, version))) = (hits.is_empty() && !narrowed, reading.regulations.first()) {
        if alone {
            results.document = version
                .and_then(|v| regulation.versions.get(v))
                .map(|version| (format!("{}@{}", regulation.id, version.id()), regulation.title.clone()));
            // A name and nothing else: the text from its start.
            hits.extend(opening(corpus, regulation, version, anchors, query));
        } else {
            hits.extend(deep(&reading.rest, Some(regulation.id.clone()))?.hits);
        }
    }
    let known: Vec<String> = hits.iter().map(|hit| hit.id.clone()).collect();
    let units: Vec<&str> = results.named.iter().map(|id| unit::unit_id(id)).collect();
    let more = results.hits.into_iter().filter(|hit| !known.contains(&hit.id) && !units.contains(&hit.id.as_str()));
    hits.extend(more);
    results.total = results.total.max(hits.len());
    results.hits = hits.into_iter().skip(query.offset).take(query.limit).collect();
    results.understood = Some(reading.says.clone()).filter(|says| !says.is_empty());
    results.query = query.text.clone();
    Ok(results)
}

/// The first provisions of one text of a regulation.
fn opening(
    corpus: &Corpus,
    regulation: &Regulation,
    version: Option<usize>,
    anchors: &Anchors,
    query: &Query,
) -> Vec<Hit> {
    let root = version.and_then(|v| regulation.versions.get(v)).and_then(|v| v.provisions());
    let (Some(version), Some(root)) = (version, root) else { return Vec::new() };
    let units = unit::units(root).into_iter().take(query.offset + query.limit);
    units
        .map(|unit| hit(corpus, ProvisionRef { regulation, version, provision: unit.provision }, anchors, query))
        .collect()
}

fn hit(corpus: &Corpus, provision: ProvisionRef<'_>, anchors: &Anchors, query: &Query) -> Hit {
    let regulation = provision.regulation;
    let id = provision.id();
    let text = provision.provision.full_text();
    Hit {
        regulation: regulation.id.clone(),
        version: provision.version().id(),
        title: regulation.title.clone(),
        locator: provision.provision.locator.clone().unwrap_or_else(|| Locator::Division(Vec::new())),
        label: provision.label(),
        snippet: snippet::snippet(&text, &[]),
        text,
        level: regulation.level,
        status: corpus.status(regulation, provision.version, query.on),
        score: f32::MAX,
        cited_by: anchors.cited_by(unit::unit_id(&id)),
        id,
    }
}
