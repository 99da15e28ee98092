//! [`search`]: a query understood before it is searched: a citation opens its clause first, a title narrows.

use crate::cite::{Citation, Names, Resolution, resolve, scan};
use crate::law::provision::{Located, locate};
use crate::law::{Corpus, Locator, ProvisionRef};
use crate::search::{Anchors, Hit, Index, Query, Results, SearchError, rank::Terms, snippet, unit};

impl super::Snapshot {
    /// As [`search`], with everything of this snapshot.
    ///
    /// # Errors
    /// As [`search`].
    pub fn search(&self, query: &Query) -> Result<Results, SearchError> {
        search(&self.corpus, &self.names, &self.index, &self.anchors, query)
    }
}

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
    query: &Query,
) -> Result<Results, SearchError> {
    let understood = match query.filters.regulation {
        Some(_) => None,
        None => understand(corpus, names, query),
    };
    let Some(Understood { says, rest, first, regulation }) = understood else {
        return index.search(corpus, query, anchors);
    };
    // All of one page deep enough to put the named clauses before it.
    let deep = |text: &str, regulation: Option<String>| {
        let mut deep = Query { text: text.into(), offset: 0, limit: query.offset + query.limit, ..query.clone() };
        deep.filters.regulation = regulation;
        index.search(corpus, &deep, anchors)
    };
    let mut results = deep(&query.text, None)?;
    let mut hits: Vec<Hit> = first.iter().map(|provision| hit(corpus, *provision, anchors, query)).collect();
    match (first.is_empty(), regulation, rest) {
        (true, Some(id), Some(rest)) => hits.extend(deep(&rest, Some(id))?.hits),
        // A name and nothing else: the text from its start.
        (true, Some(id), None) => hits.extend(opening(corpus, &id, anchors, query)),
        _ => {}
    }
    let known: Vec<String> = hits.iter().map(|hit| hit.id.clone()).collect();
    let units: Vec<&str> = first.iter().zip(&known).map(|(_, id)| unit::unit_id(id)).collect();
    let more = results.hits.into_iter().filter(|hit| !known.contains(&hit.id) && !units.contains(&hit.id.as_str()));
    hits.extend(more);
    results.total = results.total.max(hits.len());
    results.hits = hits.into_iter().skip(query.offset).take(query.limit).collect();
    results.understood = Some(says);
    results.query = query.text.clone();
    Ok(results)
}

/// What a query names.
struct Understood<'c> {
    /// 《预算法》第十四条, for the reader.
    says: String,
    /// The words beside the name, where there are any.
    rest: Option<String>,
    first: Vec<ProvisionRef<'c>>,
    /// Id of the one regulation named.
    regulation: Option<String>,
}

fn understand<'c>(corpus: &'c Corpus, names: &Names, query: &Query) -> Option<Understood<'c>> {
    let citations = scan(&query.text, names);
    let named = |c: &&Citation| c.title.is_some() || c.number.is_some();
    let mut first = Vec::new();
    let mut says = Vec::new();
    let mut rest = query.text.clone();
    let mut regulation = None;
    for citation in citations.iter().filter(named) {
        let Resolution::Found(found) = resolve(citation, corpus, query.on) else { continue };
        let Some(named) = corpus.regulations().get(found.regulation) else { continue };
        let version = found.version.or_else(|| named.version_on(query.on));
        let root = version.and_then(|v| named.versions.get(v)).and_then(|v| v.provisions());
        if let (Some(version), Some(root)) = (version, root) {
            for cited in &citation.locators {
                if let Located::Found(provision) = locate(root, &cited.locator) {
                    first.push(ProvisionRef { regulation: named, version, provision });
                }
            }
        }
        let places: Vec<String> = citation.locators.iter().map(|cited| cited.locator.to_string()).collect();
        says.push(format!("《{}》{}", named.title, places.join("、")));
        regulation.get_or_insert_with(|| named.id.clone());
        let words = citation.span.of(&query.text);
        if !words.is_empty() {
            rest = rest.replace(words, " ");
        }
    }
    let says = says.join("；");
    let rest = Some(rest).filter(|rest| !Terms::of(rest).is_empty());
    (!says.is_empty()).then_some(Understood { says, rest, first, regulation })
}

/// The first provisions of a regulation as it stands on the day asked about.
fn opening(corpus: &Corpus, id: &str, anchors: &Anchors, query: &Query) -> Vec<Hit> {
    let Some(regulation) = corpus.get(id) else { return Vec::new() };
    let version = regulation.version_on(query.on);
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
