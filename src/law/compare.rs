//! [`Comparison`]: the corpus against independent copies of the same texts, article by article.
//!
//! A reference is a text file with four head lines (标题, 文号, 日期, 来源), an empty line and the text. It is matched
//! by its title and by the dates in its head, never by its name. White space and the bars between cells of a table are the
//! only things not compared. A notice
//! is compared in the order of its words, so that a copy that lost its line breaks can be used as well.

use super::corpus::Corpus;
use super::parse::parse_lenient;
use super::provision::{Level, Provision};
use super::regulation::{Coverage, Regulation};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// One version of the corpus beside one reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// `yusuan-fa@2018-12-29`
    pub document: String,
    pub title: String,
    pub reference: String,
    pub coverage: Coverage,
    /// How many places both have.
    pub compared: usize,
    pub differing: Vec<Difference>,
    /// Differences that `deviations.toml` explains, with the reason.
    pub deviations: Vec<(Difference, String)>,
}

/// One place whose words are not the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// 第二十条; 二、; 前言.
    pub place: String,
    /// `None`: the corpus, or the reference, has no such place.
    pub own: Option<String>,
    pub reference: Option<String>,
}

/// A reference text.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    pub file: String,
    pub title: String,
    pub dates: Vec<Date>,
    /// 2019 of （2019年文本，共56条）.
    pub year: Option<i16>,
    pub text: String,
}

/// A difference that is known and right: `corpus/deviations.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// `guobanfa-2018-118@2018-12-05`
    pub document: String,
    /// As [`Difference::place`].
    pub place: String,
    /// Why the corpus is right.
    pub reason: String,
}

impl Reference {
    /// Reads a file with its head; `None` when it has none.
    pub fn read(file: &str, content: &str) -> Option<Self> {
        let content = content.trim_start_matches('\u{FEFF}');
        let (head, text) = content.split_once("\n\n").or_else(|| content.split_once("\r\n\r\n"))?;
        let field = |name: &str| {
            let line = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(['：', ':']))?;
            Some(line.trim())
        };
        let whole = field("标题")?;
        let note = whole.rfind('（').filter(|&at| whole[at..].contains("年文本"));
        let title = whole[..note.unwrap_or(whole.len())].to_string();
        let year = note.and_then(|at| whole[at + '（'.len_utf8()..].get(..4)?.parse().ok());
        Some(Reference { file: file.into(), title, dates: dates(field("日期")?), year, text: text.into() })
    }

    /// The version of a regulation that this is a copy of: of the year that the head names, or of one of its dates.
    fn version_of(&self, regulation: &Regulation) -> Option<usize> {
        let dated = |v: usize| {
            regulation.versions[v]
                .promulgated
                .is_some_and(|date| self.dates.contains(&date) && self.year.is_none_or(|year| date.year() == year))
        };
        (0..regulation.versions.len()).rev().find(|&v| dated(v))
    }
}

fn dates(text: &str) -> Vec<Date> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.filter_map(|at| text.get(at..at + 10)?.parse().ok()).collect()
}

/// The references of a folder, by file name.
///
/// # Errors
/// What the file system reports.
pub fn references(dir: &Path) -> std::io::Result<Vec<Reference>> {
    let mut paths = std::fs::read_dir(dir)?.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let content = std::fs::read_to_string(&path)?;
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        found.extend(Reference::read(name, &content));
    }
    Ok(found)
}

/// Compares every version that holds a text and has a reference.
pub fn compare(corpus: &Corpus, references: &[Reference], deviations: &[Deviation]) -> Vec<Comparison> {
    let mut found = Vec::new();
    for reference in references {
        for regulation in corpus.by_name(&reference.title) {
            let Some(version) = reference.version_of(regulation).map(|v| &regulation.versions[v]) else { continue };
            let Some(own) = version.provisions() else { continue };
            let document = format!("{}@{}", regulation.id, version.id());
            let known = deviations.iter().filter(|d| d.document == document);
            found.push(beside(own, reference, document.clone(), version.coverage, &known.collect::<Vec<_>>()));
        }
    }
    found
}

/// The documents with a whole text that no reference covers.
pub fn without_reference(corpus: &Corpus, compared: &[Comparison]) -> Vec<String> {
    let versions = corpus.regulations().iter().flat_map(|r| r.versions.iter().map(move |v| (r, v)));
    versions
        .filter(|(_, v)| v.coverage == Coverage::Full)
        .map(|(r, v)| format!("{}@{}", r.id, v.id()))
        .filter(|document| compared.iter().all(|c| c.document != *document))
        .collect()
}

fn beside(
    own: &Provision,
    reference: &Reference,
    document: String,
    coverage: Coverage,
    known: &[&Deviation],
) -> Comparison {
    let is_articles = own.walk().any(|p| p.level == Level::Article);
    let (compared, found) =
        if is_articles { by_place(own, reference, coverage) } else { by_order(own, reference, coverage) };
    let reason = |difference: &Difference| known.iter().find(|d| d.place == difference.place);
    let (explained, differing): (Vec<_>, Vec<_>) = found.into_iter().partition(|d| reason(d).is_some());
    let explain = |d: Difference| reason(&d).map(|known| known.reason.clone()).map(|reason| (d, reason));
    let deviations = explained.into_iter().filter_map(explain).collect();
    Comparison {
        document,
        title: reference.title.clone(),
        reference: reference.file.clone(),
        coverage,
        compared,
        differing,
        deviations,
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '|').collect()
}

/// Articles and headings of divisions, each against the one with the same number.
fn by_place(own: &Provision, reference: &Reference, coverage: Coverage) -> (usize, Vec<Difference>) {
    let theirs = parse_lenient(&reference.text).map(|(root, _)| places(&root)).unwrap_or_default();
    let ours = places(own);
    let mut compared = 0;
    let mut differing = Vec::new();
    for key in ours.keys().chain(theirs.keys().filter(|key| !ours.contains_key(*key))) {
        let (own, other) = (ours.get(key), theirs.get(key));
        // An excerpt need not have everything.
        if own.is_none() && coverage == Coverage::Excerpt {
            continue;
        }
        compared += usize::from(own.is_some() && other.is_some());
        let words = |place: Option<&(String, String)>| place.map(|(_, text)| text.clone());
        if words(own) != words(other) {
            let place = own.or(other).map(|(label, _)| label.clone()).unwrap_or_default();
            differing.push(Difference { place, own: words(own), reference: words(other) });
        }
    }
    (compared, differing)
}

/// Key → label and words without white space.
fn places(root: &Provision) -> BTreeMap<String, (String, String)> {
    let mut found = BTreeMap::new();
    for node in root.walk() {
        let words = match node.level {
            Level::Article => node.full_text(),
            _ if node.is_division() => node.text.clone(),
            _ => continue,
        };
        if let Some(locator) = &node.locator {
            found.insert(sort_key(&locator.id()), (locator.to_string(), plain(&words)));
        }
    }
    found
}

/// Points and paragraphs one after the other; the lines that nobody cites (title, number, signature) may stand
/// anywhere or be missing.
fn by_order(own: &Provision, reference: &Reference, coverage: Coverage) -> (usize, Vec<Difference>) {
    let theirs = plain(&reference.text);
    let lines = own.walk().filter(|p| matches!(p.level, Level::Matter | Level::Annex));
    let matter: Vec<String> =
        lines.map(|p| plain(&format!("{}{}", p.mark, p.text))).filter(|line| !line.is_empty()).collect();
    let mut compared = 0;
    let mut differing = Vec::new();
    let (mut cursor, mut aligned) = (0, true);
    let more = |place: String, words: &str, aligned: bool| {
        let mut rest = words.to_string();
        matter.iter().for_each(|line| rest = rest.replace(line, ""));
        for date in &reference.dates {
            rest = rest.replace(&format!("{}年{}月{}日", date.year(), date.month(), date.day()), "");
        }
        let excused = coverage == Coverage::Excerpt || !aligned || rest.is_empty();
        (!excused).then_some(Difference { place, own: None, reference: Some(rest) })
    };
    for node in own.walk().filter(|p| matches!(p.level, Level::Point | Level::Paragraph) && !p.is_inline()) {
        let words = plain(&own_words(node));
        if words.is_empty() {
            continue;
        }
        compared += 1;
        let place = node.locator.as_ref().map_or_else(|| format!("第{}行", node.line), ToString::to_string);
        let rest = theirs.get(cursor..).unwrap_or_default();
        match rest.find(&words) {
            Some(at) => {
                differing.extend(more(format!("{place}之前"), &rest[..at], aligned));
                cursor += at + words.len();
                aligned = true;
            }
            None => {
                let beside: String = rest.chars().take(words.chars().count()).collect();
                differing.push(Difference { place, own: Some(words), reference: Some(beside) });
                aligned = false;
            }
        }
    }
    differing.extend(more("末尾".into(), theirs.get(cursor..).unwrap_or_default(), aligned));
    (compared, differing)
}

/// A point or paragraph with its 一是 and 二是, without the points and paragraphs below it.
fn own_words(node: &Provision) -> String {
    let inline = node.children.iter().filter(|child| child.is_inline()).map(Provision::printed);
    std::iter::once(format!("{}{}", node.mark, node.text)).chain(inline).collect()
}

/// Ids in the order of the document: every run of digits padded.
fn sort_key(id: &str) -> String {
    let mut key = String::new();
    let mut digits = String::new();
    for c in id.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            key.push_str(&format!("{digits:0>6}"));
            digits.clear();
        }
        if c != '\0' {
            key.push(c);
        }
    }
    key
}
