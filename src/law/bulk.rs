//! [`Bulk`]: `articles.jsonl` (one article a line, fields of many collections of Chinese law) → regulations of a pack.

use super::locator::Locator;
use super::pack::{Frame, PackWriter};
use super::parse::{ParseError, parse_lenient};
use super::provision::{Located, Provision, locate};
use super::record::{RegulationRecord, VersionRecord};
use super::regulation::{Coverage, EffectLevel, Event, Validity};
use super::slug::Slugs;
use crate::text::fold;
use crate::text::numeral;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;
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
    /// The text in the corpus format, growing.
    text: String,
    chapter: String,
    articles: Vec<Article>,
}

/// What a row says stands at an article, to be compared with what is read back.
struct Article {
    label: String,
    text: String,
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
            text: format!("{}\n", row.law.trim()),
            chapter: String::new(),
            articles: Vec::new(),
        }
    }

    fn add(&mut self, row: &Row<'_>) {
        for (own, told) in [(&mut self.effective, &row.eff), (&mut self.status, &row.status)] {
            if own.is_empty() {
                own.push_str(told);
            }
        }
        self.open_chapter(&row.chapter);
        let label = row.article.trim();
        let text = row.text.trim();
        match row.kind.as_ref() {
            "whole" => {
                let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
                let has_title = fold::key(first) == fold::key(&self.title);
                self.text.push_str(if has_title { rest } else { text });
            }
            "section" => {
                if let Some(n) = numeral::parse(label.trim_start_matches("条目")) {
                    self.text.push_str(&format!("{}、", numeral::chinese(n)));
                }
                self.text.push_str(text);
            }
            _ => {
                self.text.push_str(&format!("{label}　{text}"));
                self.articles.push(Article { label: label.into(), text: text.into() });
            }
        }
        self.text.push('\n');
    }

    /// Prints the headings of a chapter path (`第一编 总则/第二章 犯罪`) that are not open already.
    fn open_chapter(&mut self, path: &str) {
        if path == self.chapter {
            return;
        }
        let open: Vec<&str> = self.chapter.split('/').collect();
        let same = path.split('/').zip(&open).take_while(|(a, b)| a == *b).count();
        for heading in path.split('/').skip(same).map(str::trim).filter(|h| !h.is_empty()) {
            // 第一章 总则 is printed with a full-width space, as in the official texts.
            match heading.split_once(char::is_whitespace).filter(|_| heading.starts_with('第')) {
                Some((number, words)) => self.text.push_str(&format!("{number}　{}", words.trim())),
                None => self.text.push_str(heading),
            }
            self.text.push('\n');
        }
        self.chapter = path.into();
    }

    fn finish(self, today: Date) -> Result<(RegulationRecord, Frame, Option<String>), BulkError> {
        let document = |message: String| BulkError::Document { title: self.title.clone(), message };
        let (root, repeats) = parse_lenient(&self.text).map_err(|e| document(e.to_string()))?;
        let unsure = self.differences(&root, &repeats);
        let frame = Frame::of(&self.text).map_err(|e| document(e.to_string()))?;
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
        let differs = |article: &&Article| {
            let found = article.label.parse::<Locator>().map(|locator| locate(root, &locator));
            !matches!(found, Ok(Located::Found(p)) if plain(&p.full_text()) == plain(&article.text))
        };
        let places: Vec<&str> = self.articles.iter().filter(differs).map(|a| a.label.as_str()).collect();
        let first = places.first().map(|place| format!("{place}等{}条与原记录不能逐字对应", places.len()));
        let repeat = repeats.first().map(|e| format!("{e}，共{}处重复", repeats.len()));
        first.or(repeat).map(|what| format!("《{}》：{what}", self.title))
    }
}
