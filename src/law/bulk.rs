//! [`Bulk`]: `articles.jsonl` (one article a line, fields of many collections of Chinese law) → regulations of a pack.

use super::effect::EffectLevel;
use super::locator::{ArticleNumber, Locator};
use super::pack::{Frame, PackWriter};
use super::parse::{ParseError, parse_lenient};
use super::provision::{Level, Located, Provision, locate};
use super::record::{RegulationRecord, VersionRecord};
use super::regulation::{Coverage, Event, Validity};
use super::slug::Slugs;
use crate::text::fold;
use crate::text::numeral;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::BufRead;
use std::path::Path;

/// Why a bulk file is refused; nothing has been written.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    #[error("读不下去：{0}。请检查文件是否完整")]
    Unreadable(#[from] std::io::Error),
    #[error("第{line}行不是条文记录：{message}。每行应是一个 JSON 对象，至少有 law、level、article、text")]
    Row { line: usize, message: String },
    #[error("文件里没有条文记录")]
    Empty,
    #[error("《{title}》的文本写不进法规包：{message}")]
    Document { title: String, message: String },
}

/// One line of the file.
#[derive(Deserialize)]
struct Row<'r> {
    #[serde(borrow)]
    law: Cow<'r, str>,
    #[serde(borrow, default)]
    short: Cow<'r, str>,
    #[serde(borrow)]
    level: Cow<'r, str>,
    #[serde(borrow, default)]
    date: Cow<'r, str>,
    #[serde(borrow)]
    article: Cow<'r, str>,
    #[serde(borrow, default)]
    chapter: Cow<'r, str>,
    #[serde(borrow)]
    text: Cow<'r, str>,
    #[serde(borrow, default)]
    src: Cow<'r, str>,
    #[serde(borrow, default)]
    eff: Cow<'r, str>,
    #[serde(borrow, default)]
    status: Cow<'r, str>,
    #[serde(borrow, default)]
    kind: Cow<'r, str>,
}

/// One document as its rows give it.
struct Draft {
    title: String,
    short: String,
    level: String,
    date: String,
    effective: String,
    status: String,
    source: String,
    rows: Vec<Passage>,
}

/// What a row gives of a document's text.
struct Passage {
    /// 第一编 总则/第二章 犯罪
    chapter: String,
    /// 第一条; 条目二 of a section.
    label: String,
    text: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Article,
    /// A point of a document without articles.
    Section,
    Whole,
}

/// What an import read, and of what it is not sure.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Imported {
    pub documents: usize,
    pub articles: usize,
    /// Titles whose text has something in it that could not be given a place: `《X》：第3行：…`.
    pub unsure: Vec<String>,
}

/// All documents of a bulk file, in its order.
#[derive(Default)]
pub struct Bulk {
    drafts: Vec<Draft>,
    by_title: HashMap<(String, String), usize>,
    articles: usize,
}

impl Bulk {
    /// Reads rows to the end; `progress` is told how many bytes of plain JSON have been read.
    ///
    /// # Errors
    /// [`BulkError`] with the line.
    pub fn read(mut lines: impl BufRead, progress: impl Fn(u64)) -> Result<Self, BulkError> {
        let mut bulk = Bulk::default();
        let mut line = String::new();
        let mut read = 0u64;
        for number in 1.. {
            line.clear();
            let bytes = lines.read_line(&mut line)?;
            if bytes == 0 {
                break;
            }
            read += bytes as u64;
            if number % 1024 == 0 {
                progress(read);
            }
            let content = line.trim_start_matches('\u{FEFF}').trim();
            if content.is_empty() {
                continue;
            }
            let row: Row<'_> =
                serde_json::from_str(content).map_err(|e| BulkError::Row { line: number, message: e.to_string() })?;
            if row.law.trim().is_empty() || row.text.trim().is_empty() {
                return Err(BulkError::Row { line: number, message: "law 或 text 是空的".into() });
            }
            bulk.add(&row);
        }
        if bulk.drafts.is_empty() { Err(BulkError::Empty) } else { Ok(bulk) }
    }

    /// How many articles and documents were read.
    pub fn counts(&self) -> (usize, usize) {
        (self.articles, self.drafts.len())
    }

    fn add(&mut self, row: &Row<'_>) {
        self.articles += 1;
        let key = (row.law.to_string(), row.date.to_string());
        let at = *self.by_title.entry(key).or_insert_with(|| {
            self.drafts.push(Draft::new(row));
            self.drafts.len() - 1
        });
        if let Some(draft) = self.drafts.get_mut(at) {
            draft.add(row);
        }
    }

    /// Structures every document, reads each article back, and gives what is to be written.
    ///
    /// `today` is the day of which the file tells its states. `progress` is told of each document done.
    ///
    /// # Errors
    /// [`BulkError::Document`].
    pub fn pack(self, today: Date, progress: impl Fn(usize) + Sync) -> Result<(PackWriter, Imported), BulkError> {
        let mut imported = Imported { articles: self.articles, documents: self.drafts.len(), ..Default::default() };
        let done = std::sync::atomic::AtomicUsize::new(0);
        let finished: Vec<_> = self
            .drafts
            .into_par_iter()
            .map(|draft| {
                let finished = draft.finish(today);
                progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1);
                finished
            })
            .collect::<Result<_, _>>()?;
        // Versions of one title belong to one regulation.
        let mut regulations: Vec<(RegulationRecord, Vec<Option<Frame>>)> = Vec::new();
        let mut by_title: HashMap<String, usize> = HashMap::new();
        for (record, frame, unsure) in finished {
            imported.unsure.extend(unsure);
            match by_title.get(&record.title).and_then(|&at| regulations.get_mut(at)) {
                Some((known, frames)) => {
                    known.versions.extend(record.versions);
                    frames.push(Some(frame));
                }
                None => {
                    by_title.insert(record.title.clone(), regulations.len());
                    regulations.push((record, vec![Some(frame)]));
                }
            }
        }
        let mut writer = PackWriter::default();
        let mut slugs = Slugs::default();
        for (record, frames) in regulations {
            let date = record.versions.first().and_then(|v| v.promulgated).map(|d| d.to_string());
            let id = slugs.give(&record.title, &date.unwrap_or_default());
            writer.push(id, record, &frames);
        }
        Ok((writer, imported))
    }

    /// Reads a bulk file, plain or zstd by its name, and writes `<into>/packs/<name>.pack`, whole or not at all.
    ///
    /// # Errors
    /// [`BulkError`].
    pub fn writer_path(file_name: &str, into: &Path) -> std::path::PathBuf {
        let name = file_name.trim_end_matches(".zst").trim_end_matches(".jsonl");
        into.join("packs").join(format!("{name}.pack"))
    }
}

impl Draft {
    fn new(row: &Row<'_>) -> Self {
        Draft {
            title: row.law.trim().into(),
            short: row.short.trim().into(),
            level: row.level.to_string(),
            date: row.date.to_string(),
            effective: String::new(),
            status: String::new(),
            source: row.src.to_string(),
            rows: Vec::new(),
        }
    }

    fn add(&mut self, row: &Row<'_>) {
        for (own, told) in [(&mut self.effective, &row.eff), (&mut self.status, &row.status)] {
            if own.is_empty() {
                own.push_str(told);
            }
        }
        self.rows.push(Passage {
            chapter: row.chapter.to_string(),
            label: row.article.trim().into(),
            text: row.text.trim().into(),
            kind: match row.kind.as_ref() {
                "whole" => Kind::Whole,
                "section" => Kind::Section,
                _ => Kind::Article,
            },
        });
    }

    /// Takes out rows that stand twice, and puts articles in their order where a collection has them in another (编 by
    /// 编 in the order of its files). A document whose numbers start again is left as it is.
    fn arrange(&mut self) {
        let mut seen = HashSet::new();
        self.rows.retain(|row| seen.insert((row.label.clone(), fold::key(&row.text))));
        let number = |row: &Passage| match row.label.parse() {
            Ok(Locator::Article(own)) if row.kind == Kind::Article && own == own.whole() => Some(own.article),
            _ => None,
        };
        let numbers: Option<Vec<ArticleNumber>> = self.rows.iter().map(number).collect();
        let Some(numbers) = numbers else { return };
        let unique = numbers.iter().collect::<HashSet<_>>().len() == numbers.len();
        if unique && !numbers.is_sorted() {
            self.rows.sort_by_key(number);
        }
    }

    /// The text in the corpus format.
    fn text(&self) -> String {
        let mut text = format!("{}\n", self.title);
        let mut open = "";
        for row in &self.rows {
            headings(open, &row.chapter, &mut text);
            open = &row.chapter;
            match row.kind {
                Kind::Whole => {
                    let (first, rest) = row.text.split_once('\n').unwrap_or((&row.text, ""));
                    let has_title = fold::key(first) == fold::key(&self.title);
                    text.push_str(if has_title { rest } else { &row.text });
                }
                Kind::Section => {
                    if let Some(n) = numeral::parse(row.label.trim_start_matches("条目")) {
                        text.push_str(&format!("{}、", numeral::chinese(n)));
                    }
                    text.push_str(&row.text);
                }
                Kind::Article => text.push_str(&format!("{}　{}", row.label, row.text)),
            }
            text.push('\n');
        }
        text
    }

    fn finish(mut self, today: Date) -> Result<(RegulationRecord, Frame, Option<String>), BulkError> {
        self.arrange();
        let document = |message: String| BulkError::Document { title: self.title.clone(), message };
        let text = self.text();
        let (root, repeats) = parse_lenient(&text).map_err(|e| document(e.to_string()))?;
        let unsure = self.differences(&root, &repeats);
        let frame = Frame::of(&text).map_err(|e| document(e.to_string()))?;
        let validity = match self.status.as_str() {
            "已废止" => Validity::Repealed,
            "已被修改" | "已修改" => Validity::Superseded,
            "" | "现行有效" | "有效" | "尚未施行" => Validity::InForce,
            _ => Validity::Unknown,
        };
        let date = |text: &str| text.parse::<Date>().ok();
        let effective = date(&self.effective);
        // Told to be not yet in force, without the day: nothing can be computed.
        let undated = self.status == "尚未施行" && effective.is_none();
        let record = RegulationRecord {
            aliases: if self.short.is_empty() || self.short == self.title { vec![] } else { vec![self.short] },
            title: self.title,
            issuer: String::new(),
            level: EffectLevel::from_name(&self.level).unwrap_or(EffectLevel::Undetermined),
            carries: None,
            versions: vec![VersionRecord {
                promulgated: date(&self.date),
                effective,
                number: None,
                event: Event::Promulgated,
                coverage: Coverage::Full,
                validity: Some(if undated { Validity::Unknown } else { validity }),
                validity_on: Some(today),
                source: self.source,
                repeals: vec![],
            }],
        };
        Ok((record, frame, unsure))
    }

    /// What does not stand in the tree as the rows have it: one line for the document.
    fn differences(&self, root: &Provision, repeats: &[ParseError]) -> Option<String> {
        let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        // The heading of the next chapter and the annexes stand in the row of the article before them.
        let is_apart = |p: &&Provision| match &p.locator {
            Some(Locator::Article(own)) => own.annex.is_some(),
            Some(Locator::Division(_) | Locator::Outline(_)) => true,
            None => p.level == Level::Matter,
        };
        let apart: HashSet<String> =
            root.walk().filter(is_apart).map(|p| plain(&format!("{}{}", p.mark, p.text))).collect();
        let differs = |row: &&Passage| {
            let mut own: Vec<String> = row.text.lines().map(plain).filter(|line| !line.is_empty()).collect();
            while own.len() > 1 && own.last().is_some_and(|line| apart.contains(line)) {
                own.pop();
            }
            let found = row.label.parse::<Locator>().map(|locator| locate(root, &locator));
            !matches!(found, Ok(Located::Found(p)) if plain(&p.full_text()) == own.concat())
        };
        let articles = self.rows.iter().filter(|row| row.kind == Kind::Article);
        let places: Vec<&str> = articles.filter(differs).map(|row| row.label.as_str()).collect();
        let first = places.first().map(|place| format!("{place}等{}条与原记录不能逐字对应", places.len()));
        let repeat = repeats.first().map(|e| format!("{e}，共{}处重复", repeats.len()));
        first.or(repeat).map(|what| format!("《{}》：{what}", self.title))
    }
}

/// Prints the headings of a chapter path (`第一编 总则/第二章 犯罪`) that are not open already.
fn headings(open: &str, path: &str, text: &mut String) {
    if path == open {
        return;
    }
    let open: Vec<&str> = open.split('/').collect();
    let same = path.split('/').zip(&open).take_while(|(a, b)| a == *b).count();
    for heading in path.split('/').skip(same).map(str::trim).filter(|h| !h.is_empty()) {
        // 第九章　信息公开第一百三十七条 公民…: a row that lost its line breaks.
        let lost = heading.match_indices('第').skip(1).map(|(at, _)| at).find(|&at| is_article(&heading[at..]));
        let (heading, article) = lost.map_or((heading, ""), |at| heading.split_at(at));
        // 第一章 总则 is printed with a full-width space, as in the official texts.
        match heading.split_once(char::is_whitespace).filter(|_| heading.starts_with('第')) {
            Some((number, words)) => text.push_str(&format!("{number}　{}", words.trim())),
            None => text.push_str(heading),
        }
        text.push('\n');
        if !article.is_empty() {
            text.push_str(article);
            text.push('\n');
        }
    }
}

/// 第一百三十七条 and white space.
fn is_article(text: &str) -> bool {
    let number = text.split_once('条').filter(|(_, rest)| rest.starts_with(char::is_whitespace));
    number.is_some_and(|(number, _)| format!("{number}条").parse::<Locator>().is_ok())
}
