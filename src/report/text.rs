//! The report for a terminal: [`write()`] prints the counts, then each finding with the cell and the official words side by side.

use super::card::{Card, CellExcerpt, Official};
use super::layout::{Line, Run, Tone, width, wrap};
use super::{Report, Reported};
use crate::check::{Applicability, Severity, Verdict};
use std::fmt::Write;

/// How a terminal shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub columns: usize,
    /// ANSI colours; without them marks are underlined by ~ and changes written [-…-]{+…+}.
    pub colour: bool,
}

impl Default for Style {
    fn default() -> Self {
        Style { columns: 100, colour: false }
    }
}

/// Below this width the official words stand under the cell, not beside it.
const SIDE_BY_SIDE: usize = 76;
const INDENT: usize = 2;

pub fn write(report: &Report<'_>, style: Style) -> String {
    let mut page = Page { out: String::new(), style };
    page.head(report);
    for reported in &report.findings {
        page.finding(report, reported);
    }
    page.tail(report);
    page.out
}

struct Page {
    out: String,
    style: Style,
}

impl Page {
    fn line(&mut self, runs: &[Run], indent: usize) {
        for line in wrap(runs, self.style.columns.saturating_sub(indent)) {
            self.row(&[(indent, &line)]);
        }
    }

    fn plain(&mut self, text: &str, indent: usize) {
        self.line(&[Run::plain(text)], indent);
    }

    fn head(&mut self, report: &Report<'_>) {
        let catalog = report.catalog;
        self.line(&[Run::new(Tone::Mark, if catalog.title.is_empty() { &catalog.file } else { &catalog.title })], 0);
        if !catalog.publisher.is_empty() {
            self.plain(&format!("公开主体：{}", catalog.publisher), 0);
        }
        self.plain(&format!("事项 {} 项，引用 {} 处，逐处核对：", catalog.items.len(), report.links.len()), 0);
        let verdicts = report.verdict_counts();
        let each = |verdict: &Verdict| format!("{} {}", verdict.name(), verdicts.get(*verdict));
        self.plain(&Verdict::ALL.iter().map(each).collect::<Vec<_>>().join("　"), INDENT);
        let counts = report.severity_counts();
        let (known, suppressed) = report.set_aside();
        let each = |severity: Severity| format!("{} {}", severity.name(), counts.get(severity));
        let mut line = [Severity::Error, Severity::Warning, Severity::Notice].map(each).join("　");
        for (word, count) in [("已知", known), ("已搁置", suppressed)] {
            if count > 0 {
                let _ = write!(line, "　（另有{word} {count}）");
            }
        }
        self.plain(&line, INDENT);
        for note in &catalog.notes {
            self.plain(&format!("注意：{note}"), INDENT);
        }
    }

    fn finding(&mut self, report: &Report<'_>, reported: &Reported<'_>) {
        let finding = reported.finding;
        let card = Card::of(report, reported);
        self.out.push('\n');
        let head = [
            Run::new(Tone::Mark, format!("[{}]", finding.severity.name())),
            Run::new(Tone::Faint, format!(" {} ", finding.rule)),
            Run::plain(format!("第 {} 项 {}", finding.item, card.item)),
        ];
        self.line(&head, 0);
        self.plain(&finding.message, INDENT);
        if let Some(note) = reported.standing.note() {
            self.plain(&note, INDENT);
        }
        let officials: Vec<&Official> = card.official.iter().take(3).collect();
        match (&card.cell, officials.first()) {
            (Some(cell), Some(first)) if self.style.columns >= SIDE_BY_SIDE => {
                self.beside(cell_column(cell), official_column(first));
                officials.iter().skip(1).for_each(|official| self.beside(Vec::new(), official_column(official)));
            }
            (cell, _) => {
                cell.iter().for_each(|cell| self.block(cell_column(cell)));
                officials.iter().for_each(|official| self.block(official_column(official)));
            }
        }
        if let Some(expected) = &finding.expected {
            self.plain(&format!("应为：{expected}"), INDENT);
        }
        if let Some(repair) = &card.repair {
            let word = match repair.applicability {
                Applicability::Safe => "可稳妥改正",
                Applicability::Unsafe => "可改，须人看过",
            };
            for (column, before, after) in &repair.changes {
                let change = match (before.is_empty(), after.is_empty()) {
                    (true, _) => format!("加上“{after}”"),
                    (_, true) => format!("删去“{before}”"),
                    _ => format!("“{before}”改为“{after}”"),
                };
                self.plain(&format!("{word}：{}中{change}", column.name()), INDENT);
            }
        }
    }

    fn block(&mut self, runs: Vec<Run>) {
        for line in wrap(&runs, self.style.columns.saturating_sub(INDENT + 2)) {
            self.row(&[(INDENT, &set_plain("│ ")), (0, &line)]);
        }
    }

    fn beside(&mut self, left: Vec<Run>, right: Vec<Run>) {
        let half = (self.style.columns.saturating_sub(INDENT + 2 + 3)) / 2;
        let (left, right) = (wrap(&left, half), wrap(&right, half));
        let empty = Line::default();
        for at in 0..left.len().max(right.len()) {
            let l = left.get(at).unwrap_or(&empty);
            let r = right.get(at).unwrap_or(&empty);
            let gap = half - l.width.min(half);
            self.row(&[(INDENT, &set_plain("│ ")), (0, l), (gap, &set_plain(" │ ")), (0, r)]);
        }
    }

    /// Pieces of one line, each after so many blanks; without colours a line of ~ under the marked ones.
    fn row(&mut self, pieces: &[(usize, &Line)]) {
        let mut text = String::new();
        let mut under = String::new();
        let mut any = false;
        for (blanks, line) in pieces {
            text.extend(std::iter::repeat_n(' ', *blanks));
            under.extend(std::iter::repeat_n(' ', *blanks));
            for run in &line.runs {
                paint(&mut text, run, self.style.colour);
                let marked = matches!(run.tone, Tone::Mark | Tone::Delete | Tone::Insert);
                any |= marked;
                let sign = match run.tone {
                    Tone::Mark => '~',
                    Tone::Delete => '-',
                    Tone::Insert => '+',
                    _ if run.text.trim() == "│" => '│',
                    _ => ' ',
                };
                match sign {
                    '│' => under.push_str(&run.text),
                    sign => under.extend(std::iter::repeat_n(sign, width(&run.text))),
                }
            }
        }
        self.out.push_str(text.trim_end());
        self.out.push('\n');
        // A heading is set off by its place; only words inside a column need the line below.
        if any && !self.style.colour && pieces.len() > 1 {
            self.out.push_str(under.trim_end());
            self.out.push('\n');
        }
    }

    fn tail(&mut self, report: &Report<'_>) {
        self.out.push('\n');
        let unchecked = report.unchecked();
        if !unchecked.is_empty() {
            let total: usize = unchecked.iter().map(|(_, count)| count).sum();
            self.plain(&format!("未核 {total} 处：法规库没有所引的文件或那一部分，不能说对，也不能说错。"), 0);
            let names = unchecked.iter().map(|(name, count)| format!("{name} {count} 处"));
            self.plain(&names.collect::<Vec<_>>().join("　"), INDENT);
        }
        if report.gone > 0 {
            self.plain(&format!("基线中有 {} 条已不再出现，可用 --update-baseline 清理。", report.gone), 0);
        }
        match report.counting().next() {
            None => self.plain("没有发现问题。", 0),
            Some(_) => self.plain("规则的说明：yiju explain 规则名", 0),
        }
    }
}

fn set_plain(text: &str) -> Line {
    Line { runs: vec![Run::plain(text)], width: width(text) }
}

fn cell_column(cell: &CellExcerpt) -> Vec<Run> {
    let place = cell.place.as_ref().map_or(String::new(), |place| format!(" {place}"));
    let mut runs = vec![Run::new(Tone::Faint, format!("{}{place}\n", cell.column.name()))];
    runs.extend(cell.words.iter().cloned());
    runs
}

fn official_column(official: &Official) -> Vec<Run> {
    let mut runs = vec![Run::new(Tone::Faint, format!("{}\n{}\n", official.name, official.standing))];
    runs.extend(official.words.iter().cloned());
    runs
}

fn paint(out: &mut String, run: &Run, colour: bool) {
    let code = match run.tone {
        Tone::Mark => "1;33",
        Tone::Delete => "9;31",
        Tone::Insert => "32",
        Tone::Faint => "2",
        Tone::Plain => "",
    };
    if colour && !code.is_empty() {
        let _ = write!(out, "\u{1b}[{code}m{}\u{1b}[0m", run.text);
    } else {
        out.push_str(&run.text);
    }
}
