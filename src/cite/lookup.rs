//! [`lookup`]: a typed citation or id → the provisions it names, as they stood on a day.

use super::citation::{Citation, Resolution, Resolved};
use super::{Names, resolve, scan};
use crate::law::provision::{Located, Provision, locate};
use crate::law::{Corpus, Coverage, Locator, ProvisionRef, Regulation, Status};
use jiff::civil::Date;

/// Why nothing can be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    #[error("“{0}”里读不出引用。请写成“预算法第十四条第二款”或 yusuan-fa/a14.p2")]
    NoCitation(String),
    #[error("法规库里没有{title}（没有收录，不等于不存在）{}", near_titles(near))]
    NotInCorpus { title: String, near: Vec<String> },
    #[error("不能确定是哪一件，可能是{}。请写全题名或文号", .0.join("、"))]
    Ambiguous(Vec<String>),
    #[error("《{title}》在{date}还没有施行的文本，最早的自{first}起施行")]
    NotYet { title: String, date: Date, first: Date },
    #[error("《{title}》{version}的文本{tenure}，法规库里只有著录，没有正文。可用 yiju import 导入正文")]
    NoText { title: String, version: String, tenure: String },
    #[error("《{title}》{version}的文本里没有{place}{hint}")]
    NoPlace { title: String, version: String, place: String, hint: String },
    #[error("《{title}》{version}的文本，法规库里只有节录，未收{place}（未核，不等于不存在）")]
    NotInExcerpt { title: String, version: String, place: String },
    #[error("《{title}》{version}的正文读不出来：{reason}")]
    Broken { title: String, version: String, reason: String },
}

fn near_titles(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("；名称相近的有{}", near.join("、")) }
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
    if let Some(found) = by_id(typed, corpus, today, on) {
        return found;
    }
    let names = names();
    let citation = scan(typed, &names).into_iter().find(|c| c.title.is_some() || c.number.is_some());
    let citation = citation.unwrap_or_else(|| bare(typed));
    let date = on.unwrap_or(today);
    let title = |at: usize| corpus.regulations().get(at).map(|r| format!("《{}》", r.title)).unwrap_or_default();
    match resolve(&citation, corpus, date) {
        Resolution::Found(Resolved { regulation, version, .. }) => {
            let Some(regulation) = corpus.regulations().get(regulation) else {
                return Err(LookupError::NoCitation(typed.into()));
            };
            let dated = citation.version_year.is_some() || citation.number.is_some();
            let version = if dated { version } else { version_on(regulation, today, on)? };
            let locators: Vec<&Locator> = citation.locators.iter().map(|l| &l.locator).collect();
            places(corpus, regulation, version, &locators, date)
        }
        Resolution::Ambiguous(several) => Err(LookupError::Ambiguous(several.into_iter().map(title).collect())),
        Resolution::NotInCorpus(unknown) => {
            let near = unknown.near.iter().map(|&(at, _)| title(at)).collect();
            let number = citation.number.as_ref().map(|n| n.text.clone());
            let title = citation.title.as_ref().map(|t| format!("《{t}》")).or(number);
            Err(LookupError::NotInCorpus { title: title.unwrap_or_else(|| format!("“{typed}”")), near })
        }
    }
}

/// The whole of what was typed, taken for a title.
fn bare(typed: &str) -> Citation {
    let title = typed.trim_matches(['《', '》']);
    Citation {
        span: crate::text::Span::new(0, typed.len()),
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

/// `None`: not an id of this corpus.
fn by_id<'c>(
    typed: &str,
    corpus: &'c Corpus,
    today: Date,
    on: Option<Date>,
) -> Option<Result<Vec<ProvisionRef<'c>>, LookupError>> {
    let (document, place) = typed.split_once('/').map_or((typed, None), |(d, p)| (d, Some(p)));
    let (id, version) = document.split_once('@').map_or((document, None), |(id, v)| (id, Some(v)));
    let regulation = corpus.get(id)?;
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
        None => match version_on(regulation, today, on) {
            Ok(at) => at,
            Err(error) => return Some(Err(error)),
        },
    };
    let locator = match place.map(Locator::from_id).transpose() {
        Ok(locator) => locator,
        Err(_) => return Some(Err(no_place(place.unwrap_or_default(), String::new()))),
    };
    Some(places(corpus, regulation, version, &locator.iter().collect::<Vec<_>>(), on.unwrap_or(today)))
}

/// On a day that was asked for, a text must have been in force by then.
fn version_on(regulation: &Regulation, today: Date, on: Option<Date>) -> Result<Option<usize>, LookupError> {
    let date = on.unwrap_or(today);
    let all = 0..regulation.versions.len();
    let begun = all.clone().rev().find(|&v| {
        !matches!(regulation.status(v, date), Status::NotYet | Status::Unknown)
            && regulation.versions[v].starts().is_some()
    });
    let first = regulation.versions.iter().filter_map(|v| v.starts()).min();
    match (on, begun, first) {
        (Some(date), None, Some(first)) if first > date => {
            Err(LookupError::NotYet { title: regulation.title.clone(), date, first })
        }
        _ => Ok(regulation.version_on(date)),
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
