//! [`read`] and [`lookup`]: a typed citation or id → the provisions it names, as they stood on a day.

use super::citation::{Citation, Resolution};
use super::typed_number::typed_number;
use super::{Names, resolve, scan};
use crate::law::provision::{Located, Provision, locate};
use crate::law::{Corpus, Coverage, Locator, ProvisionRef, Regulation, Status};
use crate::search::lexicon;
use jiff::civil::Date;

/// Why nothing can be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    #[error("“{0}”里读不出引用。请写成“预算法第十四条第二款”或 yusuan-fa/a14.p2")]
    NoCitation(String),
    #[error("法规库里没有{title}（没有收录，不等于不存在）{}", near_titles(near))]
    NotInCorpus { title: String, near: Vec<String> },
    #[error("不能确定是哪一件{}。请写全题名或文号", possible(.0))]
    Ambiguous(Vec<String>),
    #[error("《{title}》在{date}还没有施行的文本，最早的自{first}起施行")]
    NotYet { title: String, date: Date, first: Date },
    #[error("《{title}》{version}的文本{tenure}，法规库里只有著录，没有正文。可用 yiju import 导入正文")]
    NoText { title: String, version: String, tenure: String },
    #[error("《{title}》{version}的文本里没有{place}{hint}")]
    NoPlace { title: String, version: String, place: String, hint: String },
    #[error("{place}不止一处：{}。请写明是哪一处", labels.join("、"))]
    Several { place: String, labels: Vec<String> },
    #[error("《{title}》{version}的文本，法规库里只有节录，未收{place}（未核，不等于不存在）")]
    NotInExcerpt { title: String, version: String, place: String },
    #[error("《{title}》{version}的正文读不出来：{reason}")]
    Broken { title: String, version: String, reason: String },
}

fn possible(titles: &[String]) -> String {
    if titles.is_empty() { String::new() } else { format!("，可能是{}", titles.join("、")) }
}

fn near_titles(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("；名称相近的有{}", near.join("、")) }
}

/// What a typed text names: an id, or citations with or without other words beside them.
#[derive(Debug, Default)]
pub struct Reading<'c> {
    /// 《预算法》第十四条, for the reader; empty when nothing is named.
    pub says: String,
    /// The clauses named, in the order of the text.
    pub clauses: Vec<ProvisionRef<'c>>,
    /// The regulations named that were found, and the version meant.
    pub regulations: Vec<(&'c Regulation, Option<usize>)>,
    /// The words beside the names.
    pub rest: String,
    /// What is named and cannot be shown.
    pub missing: Vec<LookupError>,
    /// Where title and number name different documents, in Chinese.
    pub notes: Vec<String>,
}

/// Reads what was typed. `within` is the regulation that a bare 第十四条 belongs to. Texts are those in force on `on`,
/// where it is given, else `today`, unless the words name another.
pub fn read<'c>(
    typed: &str,
    corpus: &'c Corpus,
    names: &Names,
    within: Option<&Regulation>,
    today: Date,
    on: Option<Date>,
) -> Reading<'c> {
    let asked = Asked { corpus, today, on };
    if let Some(found) = asked.by_id(typed.trim()) {
        let mut reading = Reading::default();
        match found {
            Ok(clauses) => {
                let named = clauses.first().map(|one| format!("《{}》", one.regulation.title)).unwrap_or_default();
                let labels: Vec<String> = clauses.iter().map(ProvisionRef::label).collect();
                reading.says = named + &labels.join("、");
                reading.regulations = clauses.iter().take(1).map(|one| (one.regulation, Some(one.version))).collect();
                reading.clauses = clauses.into_iter().filter(|one| one.provision.locator.is_some()).collect();
            }
            Err(error) => reading.missing.push(error),
        }
        return reading;
    }
    if let Some((number, note)) = typed_number(typed, corpus) {
        let mut reading = asked.cited(&number, names, within);
        reading.notes.extend(note);
        return reading;
    }
    let reading = asked.cited(typed, names, within);
    // 请问预算法第十四条: words of politeness before a bare name look like a part of it.
    let plain = lexicon::without_stop_phrases(typed);
    if reading.regulations.is_empty() && plain != typed {
        let second = asked.cited(&plain, names, within);
        if !second.regulations.is_empty() {
            return second;
        }
    }
    reading
}

/// A corpus, asked on a day for what stood then or, without a day, stands today.
#[derive(Clone, Copy)]
struct Asked<'c> {
    corpus: &'c Corpus,
    today: Date,
    on: Option<Date>,
}

impl<'c> Asked<'c> {
    fn date(self) -> Date {
        self.on.unwrap_or(self.today)
    }

    fn cited(self, typed: &str, names: &Names, within: Option<&Regulation>) -> Reading<'c> {
        let mut reading = Reading { rest: typed.to_string(), ..Reading::default() };
        let mut said = Vec::new();
        // The title stands before the words while they are read, so that what follows it belongs to it.
        let before = within.map(|regulation| format!("《{}》", regulation.title)).unwrap_or_default();
        let text = format!("{before}{typed}");
        for citation in scan(&text, names) {
            let named = citation.title.is_some() || citation.number.is_some();
            let own = citation.span.end > before.len();
            let words = text.get(citation.span.start.max(before.len())..citation.span.end).unwrap_or_default();
            if named && own && !words.is_empty() {
                said.extend(reading.add(&citation, words, self));
            }
        }
        reading.says = said.join("；");
        reading
    }

    /// The whole of what was typed, taken for a title that running text would not show.
    fn unnamed(self, typed: &str) -> Result<Vec<ProvisionRef<'c>>, LookupError> {
        let title = typed.trim_matches(['《', '》']);
        let mut reading = Reading { rest: typed.into(), ..Reading::default() };
        reading.add(&bare(title), typed, self);
        match (reading.missing.pop(), reading.regulations.pop()) {
            (Some(error), _) => Err(error),
            (None, Some((regulation, _))) => {
                places(self.corpus, regulation, self.version_on(regulation)?, &[], self.date())
            }
            (None, None) => Err(LookupError::NoCitation(typed.into())),
        }
    }

    /// `None`: not an id of this corpus.
    fn by_id(self, typed: &str) -> Option<Result<Vec<ProvisionRef<'c>>, LookupError>> {
        let (document, place) = typed.split_once('/').map_or((typed, None), |(d, p)| (d, Some(p)));
        let (id, version) = document.split_once('@').map_or((document, None), |(id, v)| (id, Some(v)));
        let regulation = self.corpus.get(id)?;
        let no_place = |place: &str, version: String| LookupError::NoPlace {
            title: regulation.title.clone(),
            version,
            place: format!("“{place}”"),
            hint: String::new(),
        };
        let version = match version {
            Some(name) => match regulation.version_by_id(name) {
                Some(at) => Some(at),
                None => return Some(Err(no_place(name, String::new()))),
            },
            None => match self.version_on(regulation) {
                Ok(at) => at,
                Err(error) => return Some(Err(error)),
            },
        };
        let locator = match place.map(Locator::from_id).transpose() {
            Ok(locator) => locator,
            Err(_) => return Some(Err(no_place(place.unwrap_or_default(), String::new()))),
        };
        Some(places(self.corpus, regulation, version, &locator.iter().collect::<Vec<_>>(), self.date()))
    }

    /// On a day that was asked for, a text must have been in force by then.
    fn version_on(self, regulation: &Regulation) -> Result<Option<usize>, LookupError> {
        let date = self.date();
        let all = 0..regulation.versions.len();
        let begun = all.clone().rev().find(|&v| {
            !matches!(regulation.status(v, date), Status::NotYet | Status::Unknown)
                && regulation.versions[v].starts().is_some()
        });
        let first = regulation.versions.iter().filter_map(|v| v.starts()).min();
        match (self.on, begun, first) {
            (Some(date), None, Some(first)) if first > date => {
                Err(LookupError::NotYet { title: regulation.title.clone(), date, first })
            }
            _ => Ok(regulation.version_on(date)),
        }
    }
}

impl<'c> Reading<'c> {
    /// Takes up one citation, written as `words`; what it says, where it was found.
    fn add(&mut self, citation: &Citation, words: &str, asked: Asked<'c>) -> Option<String> {
        let corpus = asked.corpus;
        let alone = self.rest.trim() == words.trim();
        let titles = |several: Vec<usize>| -> Vec<String> {
            let found = several.into_iter().filter_map(|at| corpus.regulations().get(at));
            found.map(|regulation| format!("《{}》", regulation.title)).collect()
        };
        let found = match resolve(citation, corpus, asked.date()) {
            Resolution::Found(found) => found,
            // A name in the middle of a question may be no name at all.
            _ if citation.locators.is_empty() && !alone => return None,
            Resolution::Ambiguous(several) => {
                self.missing.push(LookupError::Ambiguous(titles(several)));
                return None;
            }
            Resolution::NotInCorpus(unknown) => {
                let number = citation.number.as_ref().map(|number| number.text.clone());
                let title = citation.title.as_ref().map(|title| format!("《{title}》")).or(number)?;
                let near = titles(unknown.near.into_iter().map(|(at, _)| at).collect());
                self.missing.push(LookupError::NotInCorpus { title, near });
                return None;
            }
        };
        let regulation = corpus.regulations().get(found.regulation)?;
        self.rest = self.rest.replacen(words, " ", 1);
        if let Some(disagrees) = &found.number_disagrees {
            let whose = disagrees.names.and_then(|at| corpus.regulations().get(at));
            let whose = whose.map_or("库中没有这个文号".into(), |r| format!("这个文号是《{}》的", r.title));
            self.notes.push(format!("名称与文号不一致：{whose}。以下按名称打开"));
        }
        let version = match dated(citation) {
            true => Ok(found.version),
            false => asked.version_on(regulation),
        };
        let locators: Vec<&Locator> = citation.locators.iter().map(|cited| &cited.locator).collect();
        self.regulations.push((regulation, version.as_ref().ok().copied().flatten()));
        for locator in &locators {
            let version = version.clone();
            match version.and_then(|v| places(corpus, regulation, v, &[locator], asked.date())) {
                Ok(found) => self.clauses.extend(found),
                Err(error) => self.missing.push(error),
            }
        }
        let places: Vec<String> = locators.into_iter().map(ToString::to_string).collect();
        Some(format!("《{}》{}", regulation.title, places.join("、")))
    }
}

/// Whether the words name a version.
fn dated(citation: &Citation) -> bool {
    citation.version_year.is_some() || citation.number.is_some()
}

/// What a typed citation or id names. A citation with several locators gives several provisions; one without any, and
/// an id without a place, give the whole text. Without `on`, the text in force `today`.
///
/// # Errors
/// [`LookupError`], one line for the person who typed it.
pub fn lookup<'c>(
    typed: &str,
    corpus: &'c Corpus,
    names: impl FnOnce() -> Names,
    today: Date,
    on: Option<Date>,
) -> Result<Vec<ProvisionRef<'c>>, LookupError> {
    let typed = typed.trim();
    let asked = Asked { corpus, today, on };
    if let Some(found) = asked.by_id(typed) {
        return found;
    }
    let reading = read(typed, corpus, &names(), None, today, on);
    match (reading.missing.into_iter().next(), reading.regulations.first()) {
        (Some(error), _) => Err(error),
        (None, Some(&(regulation, version))) if reading.clauses.is_empty() => {
            let version = version.map_or_else(|| asked.version_on(regulation), |v| Ok(Some(v)))?;
            places(corpus, regulation, version, &[], asked.date())
        }
        (None, Some(_)) => Ok(reading.clauses),
        (None, None) => asked.unnamed(typed),
    }
}

/// A title and nothing else.
fn bare(title: &str) -> Citation {
    Citation {
        span: crate::text::Span::new(0, title.len()),
        column: None,
        title: Some(title.into()),
        title_span: None,
        number: None,
        version_year: None,
        locators: Vec::new(),
        quote: None,
        mention: false,
    }
}

/// What stands at an address.
///
/// # Errors
/// [`LookupError`] says how far the locator leads, or that it leads to several places.
pub fn place<'c>(
    corpus: &Corpus,
    regulation: &'c Regulation,
    version: usize,
    locator: &Locator,
    date: Date,
) -> Result<ProvisionRef<'c>, LookupError> {
    let found = places(corpus, regulation, Some(version), &[locator], date)?;
    match found.as_slice() {
        [one] => Ok(*one),
        several => {
            let labels = several.iter().map(ProvisionRef::label).collect();
            Err(LookupError::Several { place: locator.to_string(), labels })
        }
    }
}

fn places<'c>(
    corpus: &Corpus,
    regulation: &'c Regulation,
    version: Option<usize>,
    locators: &[&Locator],
    date: Date,
) -> Result<Vec<ProvisionRef<'c>>, LookupError> {
    let title = regulation.title.clone();
    let none = || LookupError::NoText { title: title.clone(), version: String::new(), tenure: String::new() };
    let at = version.ok_or_else(none)?;
    let this = regulation.versions.get(at).ok_or_else(none)?;
    let name = this.id();
    let root = match this.tree() {
        None => {
            let tenure = corpus.tenure(regulation, at, date).to_string();
            return Err(LookupError::NoText { title, version: name, tenure });
        }
        Some(Err(error)) => return Err(LookupError::Broken { title, version: name, reason: error.to_string() }),
        Some(Ok(root)) => root,
    };
    if locators.is_empty() {
        return Ok(vec![ProvisionRef { regulation, version: at, provision: root }]);
    }
    let mut found = Vec::new();
    for locator in locators {
        let reference = |provision| ProvisionRef { regulation, version: at, provision };
        match locate(root, locator) {
            Located::Found(provision) => found.push(reference(provision)),
            Located::Several(several) => found.extend(several.into_iter().map(reference)),
            Located::Missing { deepest } => {
                let (title, version, place) = (title.clone(), name.clone(), locator.to_string());
                return Err(match this.coverage {
                    Coverage::Full => {
                        LookupError::NoPlace { title, version, place, hint: hint(deepest, root, locator) }
                    }
                    _ => LookupError::NotInExcerpt { title, version, place },
                });
            }
        }
    }
    Ok(found)
}

/// What there is where the locator stops to fit.
fn hint(deepest: Option<&Provision>, root: &Provision, locator: &Locator) -> String {
    use crate::law::Level;
    let Some(deepest) = deepest else {
        let articles = root.walk().filter(|p| p.level == Level::Article && p.locator.is_some()).count();
        return if articles > 0 { format!("（全文共{articles}条）") } else { String::new() };
    };
    let place = deepest.locator.as_ref().map(ToString::to_string).unwrap_or_default();
    let paragraphs = deepest.children_of(Level::Paragraph).count();
    let items = deepest.walk().filter(|p| p.level == Level::Item).count();
    let meant = match locator {
        Locator::Article(cited) => cited.paragraph.filter(|&n| paragraphs == 1 && n as usize <= items),
        _ => None,
    };
    match (deepest.level, meant) {
        (Level::Article, Some(n)) => {
            format!("：{place}只有一款，其下有{items}项，或指第（{}）项", crate::text::numeral::chinese(n))
        }
        (Level::Article, None) => format!("：{place}共{paragraphs}款"),
        _ => format!("：{place}之下没有"),
    }
}
