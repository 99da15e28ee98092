//! [`Line`]s of an official file: its paragraphs and the rows of its tables, each as it will stand in the corpus.

use crate::import::{Block, Document, Origin, Table};
use crate::law::parse::{is_structural, line};
use crate::text::fold::fold as folded;

pub(super) struct Line {
    pub text: String,
    pub origin: Origin,
    /// `# ` of Markdown, a title style.
    pub heading: Option<u8>,
}

/// Label → value of the head table of a government page (索引号, 发文字号, 成文日期 …).
pub(super) type Stated = Vec<(String, String)>;

pub(super) fn place(origin: &Origin) -> String {
    origin.line.map_or_else(|| "文件中".into(), |line| format!("第{line}行"))
}

pub(super) fn lines(document: &Document, unsure: &mut Vec<String>) -> (Vec<Line>, Stated) {
    let (mut lines, mut stated): (Vec<Line>, Stated) = (Vec::new(), Vec::new());
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let stated_here = paragraph.text.split_once(['：', ':']).and_then(|(l, v)| Some((label(l)?, v)));
                match stated_here {
                    Some((label, value)) => stated.push((label, value.trim().into())),
                    None => add(&mut lines, &paragraph.text, &paragraph.origin, paragraph.heading),
                }
            }
            Block::Table(table) => {
                let cells: Vec<&str> =
                    table.rows.iter().flat_map(|r| &r.cells).filter(|c| !c.covered).map(|c| c.text.as_str()).collect();
                let told: Stated =
                    cells.windows(2).filter_map(|pair| Some((label(pair[0])?, pair[1].trim().to_string()))).collect();
                if told.is_empty() {
                    unsure.push(format!("{}的表格已按行转成文字，请与原件核对", place(&table.origin)));
                    add_table(&mut lines, table);
                }
                stated.extend(told);
            }
        }
    }
    rows_by_tabs(&mut lines);
    (lines, stated)
}

fn label(text: &str) -> Option<String> {
    const LABELS: [&str; 8] = ["标题", "名称", "发文字号", "文号", "发文机关", "发布机构", "成文日期", "发布日期"];
    let text = folded(text).text;
    LABELS.iter().find(|l| text.trim_end_matches(':') == **l).map(|l| l.to_string())
}

fn add(lines: &mut Vec<Line>, text: &str, origin: &Origin, heading: Option<u8>) {
    for (line, n) in text.lines().zip(0..) {
        let markdown = line.trim_start().bytes().take_while(|&b| b == b'#').count();
        let line = line.trim().trim_start_matches('#').replace("**", "");
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        if line.is_empty() {
            continue;
        }
        let origin = Origin { line: origin.line.map(|l| l + n), ..origin.clone() };
        let heading = heading.or((markdown > 0).then_some(markdown as u8));
        lines.push(Line { text: with_plain_mark(line), origin, heading });
    }
}

/// 第 一 条 为了 → 第一条　为了: a number without white space in it, and a full-width space after it.
fn with_plain_mark(text: &str) -> String {
    let plain = |mark: &str| mark.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let spaced = |mark: &str, rest: &str| match mark.ends_with(char::is_whitespace) {
        true => format!("{}　{rest}", plain(mark)),
        false => format!("{}{rest}", plain(mark)),
    };
    if let Some(article) = line::article(text).filter(|article| article.spaced) {
        spaced(article.mark, article.rest)
    } else if let Some(division) = line::division(text) {
        spaced(division.mark, division.rest)
    } else if let Some(item) = line::marked(text).filter(|item| item.mark.starts_with(['（', '('])) {
        plain(item.mark) + item.rest
    } else {
        text.into()
    }
}

/// A row a line; what the reader of plain text put between two tables is a row of one cell, and a line of the text.
fn add_table(lines: &mut Vec<Line>, table: &Table) {
    let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let is_row = |cells: usize| columns > 1 && cells > 1;
    let cells = table.rows.iter().filter(|row| is_row(row.cells.len())).flat_map(|row| &row.cells);
    let is_layout = is_layout(&cells.map(|cell| cell.text.as_str()).collect::<Vec<_>>());
    for row in &table.rows {
        let words = row.cells.iter().map(|c| if c.covered { "" } else { c.text.trim() });
        match is_layout || !is_row(row.cells.len()) {
            true => words.filter(|words| !words.is_empty()).for_each(|w| add(lines, w, &row.origin, None)),
            false => add(lines, &table_row(words), &row.origin, None),
        }
    }
}

/// A table that only places the page: one column, or the text itself in a cell.
fn is_layout(cells: &[&str]) -> bool {
    const LINES: usize = 8;
    cells.len() < 2 || cells.iter().any(|cell| cell.lines().count() > LINES || cell.lines().any(is_article))
}

fn is_article(line: &str) -> bool {
    is_structural(line) && line.trim_start().starts_with('第')
}

/// `| 规章 | 3 | 0 |`; nothing for a row without words.
fn table_row<'t>(cells: impl Iterator<Item = &'t str>) -> String {
    let plain = |cell: &str| cell.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "｜");
    let cells: Vec<String> = cells.map(plain).collect();
    if cells.iter().all(String::is_empty) {
        return String::new();
    }
    cells.iter().fold("|".into(), |row, cell| if cell.is_empty() { row + " |" } else { row + " " + cell + " |" })
}

/// Lines set off by tabs, two and more together, are rows of a table.
fn rows_by_tabs(lines: &mut [Line]) {
    // 第一条	…, 一、	…: the tab only sets the number off.
    let is_row = |text: &str| {
        let number = line::marked(text).is_some_and(|item| item.mark.contains('\t'));
        text.contains('\t') && !number && !is_article(text)
    };
    let tabbed: Vec<bool> = lines.iter().map(|line| is_row(&line.text)).collect();
    let at = |n: usize| tabbed.get(n).copied().unwrap_or(false);
    for (n, line) in lines.iter_mut().enumerate() {
        if at(n) && (at(n + 1) || n > 0 && at(n - 1)) {
            line.text = table_row(line.text.split('\t'));
        }
    }
}

/// Takes out 目录 and the headings listed under it: they come again in the text.
pub(super) fn without_contents(body: &mut Vec<&Line>) {
    let plain = |text: &str| -> String {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·')).into()
    };
    let Some(start) = body.iter().position(|l| plain(&l.text) == "目录") else { return };
    let Some(first) = body.get(start + 1).map(|l| plain(&l.text)) else { return };
    let again = body.iter().skip(start + 2).position(|l| plain(&l.text) == first);
    if let Some(again) = again {
        body.drain(start..start + 2 + again);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_written_as_the_corpus_writes_them() {
        for (printed, kept) in [
            ("第 一 条　　为了", "第一条　为了"),
            ("第一条 为了 规范", "第一条　为了 规范"),
            ("第二十条之一\t甲", "第二十条之一　甲"),
            ("第 三 章 总　则", "第三章　总　则"),
            ("（ 一 ） 甲", "（一）甲"),
            ("第一条【目的】为了", "第一条【目的】为了"),
            ("第三条规定的", "第三条规定的"),
            ("1. 甲", "1. 甲"),
        ] {
            assert_eq!(with_plain_mark(printed), kept);
        }
    }
}
