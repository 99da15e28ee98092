//! [`Footing`]: how a citation compares with the official text, worked out once for the verdict and for every rule.

use crate::cite::{Citation, Resolution};
use crate::law::locator::{ArticleLocator, Locator};
use crate::law::provision::{Level, Located, Provision, locate};
use crate::law::{Corpus, Coverage, Status};
use crate::quote::index::LEAST_WORDS;
use crate::quote::words::Words;
use crate::quote::{self, Change, Dropped, Match, is_within};
use jiff::civil::Date;

/// What stands at one locator.
#[derive(Debug, Clone, PartialEq)]
pub enum Spot {
    /// Locator ids; several where the citation leaves out a 款 and more than one fits.
    Found(Vec<String>),
    /// The text is here whole and has no such place; the deepest place on the way that it has.
    Missing { deepest: Option<String> },
    /// The text, or this part of it, is not here.
    Unknown,
}

/// How the quoted words stand; numbers are positions in `Link::matches`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quoted {
    /// No quotation, or too few words to tell anything.
    #[default]
    None,
    /// Unchanged at the cited place.
    Right(usize),
    /// Unchanged at the cited place, with whole sentences left out in between and no ellipsis.
    Abridged(usize),
    /// Unchanged at the cited place, but cut off inside a sentence.
    CutOff(usize),
    /// At the cited place with words changed.
    Differ(usize),
    /// Better somewhere else than at the cited place.
    Elsewhere(usize),
    /// Nowhere, though the cited document is here whole.
    Nowhere,
    /// Not found, and the cited document is not here whole.
    Unknown,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Footing {
    /// 时效 of the version meant, today; none where no version is known.
    pub status: Option<Status>,
    pub coverage: Option<Coverage>,
    /// For each locator of the citation.
    pub spots: Vec<Spot>,
    pub words: Quoted,
    /// Where the citation says 款 and 项 is meant: number of the locator in the citation, and the 项's locator id.
    pub item_meant: Vec<(usize, String)>,
    /// A local document of a place where the publishing body is not.
    pub elsewhere: bool,
}

/// Quotations are compared with the cited place from this likeness on.
const AT_PLACE: f32 = 0.65;
/// Words are said to be those of another place from this likeness on.
const ELSEWHERE: f32 = 0.8;

/// The cited places: those that the locators name, or the whole version when they name none that exists.
pub fn cited_places(corpus: &Corpus, citation: &Citation, resolution: &Resolution) -> (Vec<Spot>, Vec<quote::Place>) {
    let Resolution::Found(found) = resolution else { return (Vec::new(), Vec::new()) };
    let Some(version) = found.version else { return (Vec::new(), Vec::new()) };
    let Some(text) = corpus.regulations().get(found.regulation).and_then(|r| r.versions.get(version)) else {
        return (Vec::new(), Vec::new());
    };
    let places: Vec<Spot> = citation
        .locators
        .iter()
        .map(|cited| match text.provisions() {
            Some(root) => stands(root, &cited.locator, text.coverage),
            None => Spot::Unknown,
        })
        .collect();
    let at = |locator: String| quote::Place { regulation: found.regulation, version, locator };
    let mut cited: Vec<quote::Place> = Vec::new();
    for id in places.iter().filter_map(|place| if let Spot::Found(ids) = place { Some(ids) } else { None }).flatten() {
        // The ids of articles do not say which chapter they stand in.
        let articles = text.provisions().map_or(Vec::new(), |root| articles_of(root, id));
        match articles.is_empty() {
            true => cited.push(at(id.clone())),
            false => cited.extend(articles.into_iter().map(at)),
        }
    }
    if cited.is_empty() {
        cited.push(at(String::new()));
    }
    (places, cited)
}

/// The articles of a chapter, part or section; none for any other provision.
fn articles_of(root: &Provision, id: &str) -> Vec<String> {
    let own = |p: &Provision| p.locator.as_ref().map(Locator::id);
    let division = root.walk().find(|p| p.is_division() && own(p).as_deref() == Some(id));
    let articles = division.into_iter().flat_map(Provision::walk).filter(|p| p.level == Level::Article);
    articles.filter_map(own).collect()
}

fn stands(root: &Provision, locator: &Locator, coverage: Coverage) -> Spot {
    let id = |p: &Provision| p.locator.as_ref().map(Locator::id);
    match locate(root, locator) {
        Located::Found(found) => Spot::Found(id(found).into_iter().collect()),
        Located::Several(found) => Spot::Found(found.into_iter().filter_map(id).collect()),
        // An outline point cited by its innermost number alone may be numbered otherwise; only articles are certain.
        Located::Missing { deepest } if coverage == Coverage::Full => Spot::Missing { deepest: deepest.and_then(id) },
        Located::Missing { .. } => Spot::Unknown,
    }
}

/// Works out the standing of one citation whose quotation has been looked for.
pub fn footing(
    corpus: &Corpus,
    citation: &Citation,
    resolution: &Resolution,
    places: Vec<Spot>,
    cited: &[quote::Place],
    matches: &[Match],
    today: Date,
) -> Footing {
    let version = match resolution {
        Resolution::Found(found) => corpus
            .regulations()
            .get(found.regulation)
            .and_then(|r| found.version.and_then(|v| r.versions.get(v).map(|version| (r, v, version)))),
        _ => None,
    };
    let status = version.map(|(regulation, v, _)| corpus.status(regulation, v, today));
    let coverage = version.map(|(_, _, version)| version.coverage);
    let mut words = quoted_words(citation, coverage, cited, matches);
    let root = version.and_then(|(_, _, version)| version.provisions());
    let item_meant = root.map_or(Vec::new(), |root| item_meant(root, citation, &places, words, cited, matches));
    if let Quoted::Elsewhere(at) = words
        && let Some(found) = matches.get(at)
        && item_meant.iter().any(|(_, item)| is_within(&found.place.locator, item))
    {
        words = at_place(matches, at);
    }
    Footing { status, coverage, spots: places, words, item_meant, elsewhere: false }
}

fn quoted_words(citation: &Citation, coverage: Option<Coverage>, cited: &[quote::Place], matches: &[Match]) -> Quoted {
    let Some(quote) = &citation.quote else { return Quoted::None };
    let length = Words::of(&quote.text).len();
    let Some(coverage) = coverage else { return Quoted::Unknown };
    let here = matches.iter().position(|m| stands_in(m, cited));
    if let Some(at) = here.filter(|&at| matches[at].same_words) {
        return at_place(matches, at);
    }
    if length < LEAST_WORDS {
        return Quoted::None;
    }
    let other = matches.iter().position(|m| !stands_in(m, cited));
    // Only a text that is here whole lets anybody say that the words are another document's.
    let may_judge = |at: &usize| {
        let place = &matches[*at].place;
        let same = cited.iter().any(|c| (c.regulation, c.version) == (place.regulation, place.version));
        coverage == Coverage::Full || same
    };
    let other = other.filter(may_judge).filter(|&at| matches[at].likeness >= ELSEWHERE);
    match (here, other) {
        (Some(here), Some(other)) if better(&matches[other], &matches[here]) => Quoted::Elsewhere(other),
        (Some(here), _) if matches[here].likeness >= AT_PLACE && coverage == Coverage::Full => Quoted::Differ(here),
        (Some(here), _) if matches[here].likeness >= ELSEWHERE => Quoted::Differ(here),
        (_, Some(other)) => Quoted::Elsewhere(other),
        (Some(here), _) if coverage == Coverage::Full && wraps(&matches[here]) => Quoted::Differ(here),
        _ if coverage == Coverage::Full => Quoted::Nowhere,
        _ => Quoted::Unknown,
    }
}

/// The words stand clearly better at the other place: a slip of a word or two here weighs more than chance there.
fn better(other: &Match, here: &Match) -> bool {
    (here.likeness < ELSEWHERE && other.likeness > here.likeness + 0.1)
        || (here.changed >= 4 && other.changed * 4 <= here.changed)
}

/// The quotation has most words of the provision, and many of its own between them: an earlier text of it, or
/// words put in.
fn wraps(here: &Match) -> bool {
    const TELLING: usize = 12;
    let words = |change: Change| -> usize {
        let segments = here.diff.iter().filter(|segment| segment.0 == change);
        segments.map(|segment| segment.1.chars().filter(|c| c.is_alphanumeric()).count()).sum()
    };
    let (kept, lost) = (words(Change::Equal), words(Change::Insert));
    !here.place.locator.is_empty() && kept >= TELLING && lost * 3 <= kept
}

fn at_place(matches: &[Match], at: usize) -> Quoted {
    match matches.get(at) {
        Some(found) if !found.same_words => Quoted::Differ(at),
        Some(found) if found.cut_off => Quoted::CutOff(at),
        Some(found) if found.dropped != Dropped::Nothing => Quoted::Abridged(at),
        _ => Quoted::Right(at),
    }
}

/// Whether the words stand in the cited places, running on into the next provision at most.
fn stands_in(found: &Match, cited: &[quote::Place]) -> bool {
    let within = |place: &quote::Place| {
        cited.iter().any(|c| {
            (c.regulation, c.version) == (place.regulation, place.version) && is_within(&place.locator, &c.locator)
        })
    };
    // The lead-in of a list belongs to each of its items.
    let leads_in = |place: &quote::Place| {
        cited.iter().any(|c| {
            (c.regulation, c.version) == (place.regulation, place.version) && is_within(&c.locator, &place.locator)
        })
    };
    let inside = found.parts.iter().filter(|part| within(part)).count();
    within(&found.place)
        || (inside > 0 && found.parts.iter().all(|part| within(part) || leads_in(part)))
        || inside * 2 > found.parts.len()
}

/// 第二十条第七款 of an article that has one 款 and a list, or 第二十条第一款 quoting 第（一）项: 项 is meant.
fn item_meant(
    root: &Provision,
    citation: &Citation,
    places: &[Spot],
    words: Quoted,
    cited: &[quote::Place],
    matches: &[Match],
) -> Vec<(usize, String)> {
    let mut meant = Vec::new();
    for (at, (locator, place)) in citation.locators.iter().zip(places).enumerate() {
        let Locator::Article(own) = &locator.locator else { continue };
        let (Some(number), None) = (own.paragraph, own.item) else { continue };
        let Some(item) = same_numbered_item(root, own, number) else { continue };
        match place {
            Spot::Missing { deepest: Some(_) } => meant.push((at, item)),
            // The paragraph exists: only a quotation of the item alone, without the words that lead in, shows it.
            Spot::Found(_) => {
                let quoted = match words {
                    Quoted::Right(n)
                    | Quoted::Abridged(n)
                    | Quoted::CutOff(n)
                    | Quoted::Differ(n)
                    | Quoted::Elsewhere(n) => matches.get(n),
                    _ => None,
                };
                let alone = quoted.is_some_and(|m| {
                    m.parts.iter().all(|part| {
                        is_within(&part.locator, &item)
                            && cited.iter().any(|c| (c.regulation, c.version) == (part.regulation, part.version))
                    })
                });
                if alone {
                    meant.push((at, item));
                }
            }
            _ => {}
        }
    }
    meant
}

/// The only 项 of the article with this number.
fn same_numbered_item(root: &Provision, own: &ArticleLocator, number: u32) -> Option<String> {
    let item = ArticleLocator { paragraph: None, item: Some(number), ..own.clone() };
    match locate(root, &item.into()) {
        Located::Found(found) if found.level == Level::Item => found.locator.as_ref().map(Locator::id),
        _ => None,
    }
}
