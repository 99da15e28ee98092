//! [`Scores`]: how exactly citations are read, against cases annotated by hand.

use crate::catalog::{Field, FieldCell, Item};
use crate::cite::{Citation, Names, row, scan};
use crate::law::number::DocumentNumber;
use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// One annotated text, or one annotated row of a catalog.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Case {
    /// A running text; else the cells of a row.
    pub text: Option<String>,
    pub content: String,
    pub basis: String,
    pub clause: String,
    pub citations: Vec<Expected>,
}

/// A citation as a person reads it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expected {
    /// The name of the cell in JSON; empty for a running text.
    pub column: String,
    pub text: String,
    pub title: Option<String>,
    pub number: Option<String>,
    /// Ids of the locators.
    pub locators: Vec<String>,
    pub quote: Option<String>,
    pub mention: bool,
}

/// Why annotated cases cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    #[error("{} 里没有标注（.jsonl）。请用 --gold 指明标注所在的目录", .0.display())]
    Empty(PathBuf),
    #[error("读不了 {}：{source}。请检查文件是否存在、有无读取权限", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{} 第 {line} 行不是一例标注：{source}", path.display())]
    Malformed { path: PathBuf, line: usize, source: serde_json::Error },
}

/// The annotated cases of a folder.
#[derive(Debug, Default)]
pub struct Gold {
    /// How many files they came from.
    pub files: usize,
    pub cases: Vec<Placed>,
}

/// A case and where it is annotated.
#[derive(Debug)]
pub struct Placed {
    /// File name and line: `forms.jsonl:12`.
    pub place: String,
    pub case: Case,
}

impl Gold {
    /// Reads every `.jsonl` of `dir/citations` where there is one, else of `dir`, in the order of their names.
    ///
    /// # Errors
    /// [`GoldError`]: nothing there, or a file that cannot be read.
    pub fn read(dir: &Path) -> Result<Self, GoldError> {
        let inner = dir.join("citations");
        let dir = if inner.is_dir() { inner } else { dir.to_path_buf() };
        let unreadable = |path: &Path| {
            let path = path.to_path_buf();
            |source| GoldError::Unreadable { path, source }
        };
        let entries = std::fs::read_dir(&dir).map_err(unreadable(&dir))?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|e| e == "jsonl"));
        paths.sort();
        let mut gold = Gold::default();
        for path in paths {
            let lines = std::fs::read_to_string(&path).map_err(unreadable(&path))?;
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            for (line, case) in Case::read_lines(&lines).map_err(|(line, source)| GoldError::Malformed {
                path: path.clone(),
                line,
                source,
            })? {
                gold.cases.push(Placed { place: format!("{name}:{line}"), case });
            }
            gold.files += 1;
        }
        if gold.cases.is_empty() { Err(GoldError::Empty(dir)) } else { Ok(gold) }
    }
}

impl Placed {
    /// What the program reads otherwise than the annotation: the text, then `-` wanted and `+` read instead.
    pub fn differences(&self, names: &Names) -> Vec<String> {
        let (found, wanted) = (self.case.found(names), &self.case.citations);
        if found == *wanted {
            return Vec::new();
        }
        let missing = wanted.iter().filter(|c| !found.contains(c)).map(|c| format!("  - {c}"));
        let spurious = found.iter().filter(|c| !wanted.contains(c)).map(|c| format!("  + {c}"));
        let head = format!("{} {}", self.place, self.case.words());
        std::iter::once(head).chain(missing).chain(spurious).collect()
    }
}

/// Right, found and wanted, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    pub right: usize,
    pub found: usize,
    pub wanted: usize,
}

impl Score {
    pub fn precision(self) -> f64 {
        if self.found == 0 { 1.0 } else { self.right as f64 / self.found as f64 }
    }

    pub fn recall(self) -> f64 {
        if self.wanted == 0 { 1.0 } else { self.right as f64 / self.wanted as f64 }
    }

    pub fn f1(self) -> f64 {
        let both = self.found + self.wanted;
        if both == 0 { 1.0 } else { 2.0 * self.right as f64 / both as f64 }
    }

    fn add(&mut self, found: &[String], wanted: &[String]) {
        let mut open: BTreeMap<&String, usize> = BTreeMap::new();
        wanted.iter().for_each(|value| *open.entry(value).or_default() += 1);
        for value in found {
            if let Some(count) = open.get_mut(value).filter(|count| **count > 0) {
                *count -= 1;
                self.right += 1;
            }
        }
        self.found += found.len();
        self.wanted += wanted.len();
    }
}

/// One score a part of the citation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scores {
    /// Title and column.
    pub titles: Score,
    pub numbers: Score,
    /// Each locator with its title.
    pub locators: Score,
    /// Quoted words, from the first to the last character.
    pub quotations: Score,
    /// The words of the citation itself, and whether it is a basis or a mention.
    pub spans: Score,
}

impl Scores {
    fn parts(&mut self) -> [&mut Score; 5] {
        [&mut self.titles, &mut self.numbers, &mut self.locators, &mut self.quotations, &mut self.spans]
    }

    pub fn named(&self) -> [(&'static str, Score); 5] {
        [
            ("titles", self.titles),
            ("numbers", self.numbers),
            ("locators", self.locators),
            ("quotations", self.quotations),
            ("spans", self.spans),
        ]
    }
}

/// A table in Chinese, one line a part.
impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "　　　 准确率  召回率  F1      标注  读出  相符")?;
        for ((_, score), name) in self.named().into_iter().zip(["题名", "文号", "条款", "引文", "起止"]) {
            let (p, r, f1) = (score.precision(), score.recall(), score.f1());
            let Score { right, found, wanted } = score;
            writeln!(f, "{name}　 {p:.4}  {r:.4}  {f1:.4} {wanted:>5} {found:>5} {right:>5}")?;
        }
        Ok(())
    }
}

/// `{"titles":{"precision":…,"recall":…,"f1":…,"right":…,"found":…,"wanted":…},…}`
impl Serialize for Scores {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.named())
    }
}

impl Serialize for Score {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct("Score", 6)?;
        fields.serialize_field("precision", &self.precision())?;
        fields.serialize_field("recall", &self.recall())?;
        fields.serialize_field("f1", &self.f1())?;
        fields.serialize_field("right", &self.right)?;
        fields.serialize_field("found", &self.found)?;
        fields.serialize_field("wanted", &self.wanted)?;
        fields.end()
    }
}

impl Case {
    /// Reads one case a line.
    ///
    /// Lines are counted from 1.
    ///
    /// # Errors
    /// The first line that is no case.
    fn read_lines(lines: &str) -> Result<Vec<(usize, Case)>, (usize, serde_json::Error)> {
        let numbered = lines.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        numbered.map(|(line, at)| Ok((at, serde_json::from_str(line).map_err(|e| (at, e))?))).collect()
    }

    /// Its text or cells in one line.
    fn words(&self) -> String {
        let cells = [self.text.as_deref().unwrap_or_default(), &self.content, &self.basis, &self.clause];
        cells.iter().filter(|cell| !cell.is_empty()).map(|c| c.replace('\n', "⏎")).collect::<Vec<_>>().join(" ｜ ")
    }

    /// What the program reads in it.
    pub fn found(&self, names: &Names) -> Vec<Expected> {
        let Some(text) = &self.text else {
            let mut item = Item { row: 1, ..Item::default() };
            let cells = [(Field::Content, &self.content), (Field::Basis, &self.basis), (Field::Clause, &self.clause)];
            for (field, text) in cells {
                item.fields.insert(field, FieldCell { text: text.clone(), ..FieldCell::default() });
            }
            let read = row::read(&item, names);
            return read.iter().map(|c| Expected::of(c, c.column.map_or("", |f| item.text(f)))).collect();
        };
        scan(text, names).iter().map(|c| Expected::of(c, text)).collect()
    }

    fn score(&self, names: &Names, scores: &mut Scores) {
        let (found, wanted) = (self.found(names), &self.citations);
        let parts: [fn(&Expected) -> Vec<String>; 5] =
            [Expected::titles, Expected::numbers, Expected::places, Expected::quotes, Expected::spans];
        for (score, part) in scores.parts().into_iter().zip(parts) {
            let all = |citations: &[Expected]| citations.iter().flat_map(part).collect::<Vec<_>>();
            score.add(&all(&found), &all(wanted));
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let none = |value: &Option<String>| value.clone().unwrap_or_else(|| "—".into());
        let mention = if self.mention { "（提及）" } else { "" };
        write!(
            f,
            "{}[{}]{mention} 题名 {} 文号 {} 条款 {} 引文 {}",
            self.column,
            self.text,
            none(&self.title),
            none(&self.number),
            self.locators.join(" "),
            none(&self.quote)
        )
    }
}

impl Expected {
    fn of(citation: &Citation, text: &str) -> Self {
        Expected {
            column: citation.column.map_or("", Field::code).to_string(),
            text: citation.span.of(text).to_string(),
            title: citation.title.clone(),
            number: citation.number.as_ref().map(|n| n.text.clone()),
            locators: citation.locators.iter().map(|l| l.locator.id()).collect(),
            quote: citation.quote.as_ref().map(|q| q.text.clone()),
            mention: citation.mention,
        }
    }

    fn key(&self) -> String {
        format!("{} {}", self.column, self.title.as_deref().map(fold::key).unwrap_or_default())
    }

    fn titles(&self) -> Vec<String> {
        self.title.iter().map(|_| format!("{} {}", self.key(), self.mention)).collect()
    }

    fn numbers(&self) -> Vec<String> {
        let canonical =
            |text: &String| DocumentNumber::parse(text).map_or_else(|_| fold::fold(text).text, |n| n.to_string());
        self.number.iter().map(|n| format!("{} {}", self.key(), canonical(n))).collect()
    }

    fn places(&self) -> Vec<String> {
        self.locators.iter().map(|id| format!("{} {} {id}", self.key(), self.mention)).collect()
    }

    fn quotes(&self) -> Vec<String> {
        self.quote.iter().map(|q| format!("{} {}", self.column, fold::fold(q).text)).collect()
    }

    fn spans(&self) -> Vec<String> {
        vec![format!("{} {} {}", self.column, fold::fold(&self.text).text, self.mention)]
    }
}

/// Scores all cases together.
pub fn measure<'c>(cases: impl IntoIterator<Item = &'c Case>, names: &Names) -> Scores {
    let mut scores = Scores::default();
    cases.into_iter().for_each(|case| case.score(names, &mut scores));
    scores
}
