//! [`resolve`]: which document of the corpus a citation means; exact name or number, never a likeness.

use super::anaphor::KINDS;
use super::citation::{Citation, NumberDisagrees, Resolution, Resolved, Unknown};
use super::title::is_edition;
use crate::law::number::DocumentNumber;
use crate::law::{Corpus, Event, Regulation};
use crate::text::fold;
use jiff::civil::Date;

/// Near titles suggested at most.
const SUGGESTIONS: usize = 3;
/// A document that the number names may be called by a title that differs in at most this share of its characters.
const LOOSE: f64 = 0.34;
/// A suggestion differs in at most a third of its title and this many characters …
const FEW: usize = 3;
/// … or, long, in at most this share of them: a notice without its issuer.
const SHARE: f64 = 0.2;
const COUNTRY: &str = "中华人民共和国";

/// Finds the document and version that a citation means on `date` (the catalog's, else today).
///
/// The title, an alias or what a notice carries must agree exactly, or the number must; a title and a number that
/// name different documents are both given. Several documents of one name stay several. Words that name no document
/// by themselves (本条例 or 《条例》 with nothing before them) are `Ambiguous` without candidates.
pub fn resolve(citation: &Citation, corpus: &Corpus, date: Date) -> Resolution {
    let number = citation.number.as_ref().and_then(|n| n.number.as_ref());
    let numbered = number.map(|n| by_number(corpus, n)).unwrap_or_default();
    let titled = citation.title.as_deref().map(|title| by_title(corpus, title)).unwrap_or_default();
    let found = |regulation: usize, disagrees: Option<NumberDisagrees>| {
        let version = version(corpus, regulation, &numbered, citation.version_year, date);
        Resolution::Found(Resolved { regulation, version, number_disagrees: disagrees })
    };
    match titled.as_slice() {
        [] => unnamed(citation, corpus, &numbered, found),
        [one] => found(*one, disagreement(corpus, *one, number, &numbered)),
        several => {
            let agreeing: Vec<usize> =
                several.iter().copied().filter(|at| numbered.iter().any(|(by, _)| by == at)).collect();
            match agreeing.as_slice() {
                [one] => found(*one, None),
                _ => Resolution::Ambiguous(several.to_vec()),
            }
        }
    }
}

/// No document has the title, or there is none: the number alone decides, where the title does not speak against it.
fn unnamed(
    citation: &Citation,
    corpus: &Corpus,
    numbered: &[(usize, usize)],
    found: impl Fn(usize, Option<NumberDisagrees>) -> Resolution,
) -> Resolution {
    let mut regulations: Vec<usize> = numbered.iter().map(|&(at, _)| at).collect();
    regulations.dedup();
    let title = citation.title.as_deref().unwrap_or_default();
    let number = citation.number.as_ref().and_then(|cited| cited.number.as_ref());
    match regulations.as_slice() {
        [] if citation.number.is_none() && names_nothing(title) => Resolution::Ambiguous(Vec::new()),
        [] => Resolution::NotInCorpus(Unknown { near: near(corpus, title) }),
        [one] if title.is_empty() || KINDS.contains(&title) || is_near(corpus, *one, title) => found(*one, None),
        [_] if number.is_some_and(is_counted_anew) => Resolution::NotInCorpus(Unknown { near: near(corpus, title) }),
        several => Resolution::Ambiguous(several.to_vec()),
    }
}

/// 本条例, 《条例》, 实施办法: a kind of document, not one of them.
fn names_nothing(title: &str) -> bool {
    let kind = title.strip_prefix(['本', '该', '同']).unwrap_or(title);
    title.is_empty() || KINDS.contains(&kind)
}

fn position(corpus: &Corpus, regulation: &Regulation) -> Option<usize> {
    corpus.regulations().iter().position(|r| r.id == regulation.id)
}

fn positions(corpus: &Corpus, found: &[&Regulation]) -> Vec<usize> {
    let mut at: Vec<usize> = found.iter().filter_map(|r| position(corpus, r)).collect();
    at.sort_unstable();
    at.dedup();
    at
}

fn by_number(corpus: &Corpus, number: &DocumentNumber) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> =
        corpus.by_number(number).into_iter().filter_map(|(r, v)| Some((position(corpus, r)?, v))).collect();
    found.sort_unstable();
    found
}

/// Documents of exactly this name; 中华人民共和国 present or not, and the wrapper of a carried document.
fn by_title(corpus: &Corpus, title: &str) -> Vec<usize> {
    let exact = positions(corpus, &corpus.by_name(title));
    if !exact.is_empty() {
        return exact;
    }
    let country = match title.strip_prefix(COUNTRY) {
        Some(short) => corpus.by_name(short),
        None => corpus.by_name(&format!("{COUNTRY}{title}")),
    };
    if !country.is_empty() {
        return positions(corpus, &country);
    }
    // 《行政处罚法（2021年版）》 and 《产业结构调整指导目录（2024年本）》 look alike; only of some it is the title.
    if let Some(open) = title.rfind(['（', '(']).filter(|&open| open > 0 && is_edition(&title[open..])) {
        return by_title(corpus, &title[..open]);
    }
    let Some((issuer, carried)) = carried(title) else { return Vec::new() };
    let wrapped: Vec<&Regulation> = corpus
        .by_name(carried)
        .into_iter()
        .filter(|r| r.carries.as_deref().is_some_and(|c| fold::key(c) == fold::key(carried)))
        .filter(|r| issuer.is_empty() || fold::key(&r.issuer) == fold::key(issuer))
        .collect();
    positions(corpus, &wrapped)
}

/// 财政部关于印发〈X〉的通知: who issued the wrapper, and X.
fn carried(title: &str) -> Option<(&str, &str)> {
    let (issuer, rest) = ["关于印发", "关于转发", "印发", "转发"].iter().find_map(|verb| title.split_once(verb))?;
    let carried = rest.strip_suffix("的通知").or_else(|| rest.strip_suffix("通知"))?;
    Some((issuer, carried))
}

/// The version that the words name: by number, by year, else the one in force.
fn version(
    corpus: &Corpus,
    regulation: usize,
    numbered: &[(usize, usize)],
    year: Option<u32>,
    date: Date,
) -> Option<usize> {
    let this = corpus.regulations().get(regulation)?;
    if let Some(year) = year {
        let of_year = |date: Option<Date>| date.is_some_and(|d| i64::from(d.year()) == i64::from(year));
        return this
            .versions
            .iter()
            .rposition(|v| of_year(v.promulgated))
            .or_else(|| this.versions.iter().rposition(|v| of_year(v.effective)));
    }
    let by_number = numbered.iter().rev().find(|(at, _)| *at == regulation).map(|&(_, v)| v);
    let current = this.version_on(date);
    // 修正 leaves a law the number it was promulgated with; only 修订 gives the text a new one.
    let keeps_number = |old: usize| {
        current.is_some_and(|current| {
            current > old && this.versions[old + 1..=current].iter().all(|later| later.event == Event::Amended)
        })
    };
    by_number.filter(|&old| !keeps_number(old)).or(current)
}

/// What the number says against the title.
fn disagreement(
    corpus: &Corpus,
    regulation: usize,
    number: Option<&DocumentNumber>,
    numbered: &[(usize, usize)],
) -> Option<NumberDisagrees> {
    let number = number?;
    if numbered.iter().any(|(at, _)| *at == regulation) {
        return None;
    }
    let versions = &corpus.regulations().get(regulation)?.versions;
    // A version whose number is not recorded may be the one that bears this number.
    let all_known = !versions.is_empty() && versions.iter().all(|v| v.number.is_some());
    if let Some(&(names, _)) = numbered.first().filter(|_| all_known || !is_counted_anew(number)) {
        return Some(NumberDisagrees { names: Some(names) });
    }
    let same = versions.iter().any(|v| v.number.as_ref() == Some(number));
    (all_known && !same).then_some(NumberDisagrees { names: None })
}

fn is_near(corpus: &Corpus, regulation: usize, title: &str) -> bool {
    let key: Vec<char> = core(title).chars().collect();
    let loose = |longer: usize| (longer as f64 * LOOSE) as usize;
    let names = corpus.regulations().get(regulation).map(Regulation::names);
    names.is_some_and(|mut names| names.any(|name| distance(&key, &core(name), loose).is_some()))
}

/// 主席令第二十一号: every term of office counts its orders anew, so that such a number is borne by several laws.
fn is_counted_anew(number: &DocumentNumber) -> bool {
    matches!(number, DocumentNumber::Order { issuer, .. } if issuer == "主席")
}

/// Titles that differ little from `title`, nearest first: suggestions, nothing more.
fn near(corpus: &Corpus, title: &str) -> Vec<(usize, usize)> {
    let key: Vec<char> = core(title).chars().collect();
    let few = |longer: usize| (longer / 3).min(FEW).max((longer as f64 * SHARE) as usize);
    let mut near: Vec<(usize, usize)> = corpus
        .regulations()
        .iter()
        .enumerate()
        .filter_map(|(at, r)| Some((at, r.names().filter_map(|name| distance(&key, core(name).as_str(), few)).min()?)))
        .collect();
    near.sort_by_key(|&(at, distance)| (distance, at));
    near.truncate(SUGGESTIONS);
    near
}

/// A title as it is compared: without the name of the country, which every law bears.
fn core(title: &str) -> String {
    let key = fold::key(title);
    key.strip_prefix(COUNTRY).map(str::to_string).unwrap_or(key)
}

/// The edit distance of two titles where it is at most what `most` gives for the length of the longer one.
fn distance(key: &Vec<char>, name: &str, most: impl Fn(usize) -> usize) -> Option<usize> {
    let other: Vec<char> = fold::key(name).chars().collect();
    let most = most(key.len().max(other.len()));
    if key.is_empty() || key.len().abs_diff(other.len()) > most {
        return None;
    }
    let distance = strsim::generic_levenshtein(key, &other);
    (distance <= most).then_some(distance)
}
