//! Plain official text → tree of [`Provision`]s: 编章节条款项目 for regulations, 一、（一）1.（1） and 一是 for notices.
//!
//! One natural paragraph a line. 款 is a natural paragraph of an article; the paragraph that introduces a list and
//! the list itself are one 款 (立法技术规范). A text without 第N条 is read as an outline. A line `| … | … |` is a row of a
//! table: words of the place that it follows, without a number.

mod articles;
pub(super) mod line;
mod outline;

use super::locator::{Locator, Marker};
use super::provision::{Level, Provision};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Why a text cannot be structured, and on which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    #[error("文本是空的，没有可读的条文")]
    Empty,
    #[error("第{line}行：“{text}”像是标题或条号，但其中的数字读不出来")]
    BrokenHeading { line: u32, text: String },
    #[error("第{line}行：{label}重复出现，前一次在第{first}行")]
    Duplicate { line: u32, first: u32, label: String },
    #[error("{0}")]
    Unreadable(String),
}

/// Structures a whole text.
///
/// # Errors
/// [`ParseError`] when the text is empty, a heading's number cannot be read, or a number stands twice.
pub fn parse_text(text: &str) -> Result<Provision, ParseError> {
    let mut root = structure(text, false)?;
    // Forms and tables of an annex number as they like: what repeats there loses its place, and nothing else.
    let annexed = |e: &ParseError| matches!(e, ParseError::Duplicate { label, .. } if label.starts_with("附件"));
    match repeats(&mut root).into_iter().find(|e| !annexed(e)) {
        Some(error) => Err(error),
        None => Ok(root),
    }
}

/// Structures a text that nobody has proof-read: what [`parse_text`] refuses is kept as words without a locator, and
/// told.
///
/// # Errors
/// [`ParseError::Empty`].
pub fn parse_lenient(text: &str) -> Result<(Provision, Vec<ParseError>), ParseError> {
    let mut root = structure(text, true)?;
    let repeats = repeats(&mut root);
    Ok((root, repeats))
}

/// Whether a line opens an article, a division or an outermost point: the body of a text has begun.
pub fn is_structural(line: &str) -> bool {
    line::article(line).is_some_and(|a| a.spaced)
        || line::division(line).is_some()
        || line::marked(line).is_some_and(|m| m.marker <= Marker::HanParenthesized)
}

fn structure(text: &str, lenient: bool) -> Result<Provision, ParseError> {
    let lines: Vec<(u32, &str)> = text
        .lines()
        .zip(1..)
        .map(|(line, number)| (number, line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')))
        .filter(|(_, line)| !line.is_empty())
        .collect();
    if lines.is_empty() {
        return Err(ParseError::Empty);
    }
    let is_articles = lines.iter().any(|(_, line)| line::article(line).is_some_and(|a| a.spaced));
    if is_articles { articles::build(&lines, lenient) } else { Ok(outline::build(&lines)) }
}

/// What stands twice. The second of two loses its locator, and all below it with it.
fn repeats(root: &mut Provision) -> Vec<ParseError> {
    fn visit(node: &mut Provision, seen: &mut HashMap<String, u32>, found: &mut Vec<ParseError>) {
        if let Some(locator) = &node.locator {
            match seen.entry(locator.id()) {
                Entry::Occupied(first) => {
                    let label = locator.to_string();
                    found.push(ParseError::Duplicate { line: node.line, first: *first.get(), label });
                    if !node.is_division() {
                        return forget(node);
                    }
                    // The articles of a chapter have their numbers whatever the chapter's.
                    node.locator = None;
                }
                Entry::Vacant(free) => {
                    free.insert(node.line);
                }
            }
        }
        node.children.iter_mut().for_each(|child| visit(child, seen, found));
    }
    fn forget(node: &mut Provision) {
        node.locator = None;
        node.children.iter_mut().for_each(forget);
    }
    let mut found = Vec::new();
    visit(root, &mut HashMap::new(), &mut found);
    found
}

/// Builds a tree from nodes that come in the order of the text, each closing those of its own rank and deeper.
struct Builder {
    /// The open nodes from the root down, with their ranks.
    open: Vec<(u32, Provision)>,
}

impl Builder {
    fn new() -> Self {
        Builder { open: vec![(0, node(Level::Root, None, "", "", 0))] }
    }

    /// Opens `node` below the innermost open node of a lower rank.
    fn push(&mut self, rank: u32, node: Provision) {
        self.close(rank);
        self.open.push((rank, node));
    }

    /// Adds a node that holds nothing to the innermost open one.
    fn leaf(&mut self, node: Provision) {
        self.top().children.push(node);
    }

    fn top(&mut self) -> &mut Provision {
        let last = self.open.len() - 1;
        &mut self.open[last].1
    }

    /// The innermost open node of this level.
    fn innermost(&self, level: Level) -> Option<&Provision> {
        self.open.iter().rev().map(|(_, p)| p).find(|p| p.level == level)
    }

    fn close(&mut self, rank: u32) {
        while self.open.len() > 1 && self.open[self.open.len() - 1].0 >= rank {
            if let Some((_, done)) = self.open.pop() {
                self.top().children.push(done);
            }
        }
    }

    fn finish(mut self) -> Provision {
        self.close(1);
        self.open.remove(0).1
    }
}

fn node(level: Level, locator: Option<Locator>, mark: &str, text: &str, line: u32) -> Provision {
    Provision { level, locator, mark: mark.into(), text: text.into(), heading_len: 0, children: Vec::new(), line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<String> {
        parse_text(text).unwrap().walk().filter_map(|p| p.locator.as_ref().map(Locator::id)).collect()
    }

    #[test]
    fn the_lead_in_and_its_list_are_one_paragraph() {
        let text = "某条例\n第一章　总则\n第一条　为了规范，制定本条例。\n第三人有权知道。\n第二条　应当公开下列信息：\n（一）甲；\n1.子；\n2.丑；\n（二）乙。\n以上信息应当更新。\n第二条之一　附加。";
        assert_eq!(
            ids(text),
            [
                "ch1",
                "a1",
                "a1.p1",
                "a1.p2",
                "a2",
                "a2.p1",
                "a2.p1.i1",
                "a2.p1.i1.t1",
                "a2.p1.i1.t2",
                "a2.p1.i2",
                "a2.p2",
                "a2-1",
                "a2-1.p1"
            ]
        );
    }

    #[test]
    fn a_notice_is_an_outline() {
        let text = "关于某事的通知\n国办发〔2020〕1号\n各省、自治区、直辖市人民政府：\n为做好工作，通知如下。\n一、总体要求\n（一）指导思想。坚持公开。\n要求有二：一是快；二是准。\n（二）原则\n1.文件资料。发布文件。\n二、组织\n国务院办公厅\n2020年1月1日";
        assert_eq!(ids(text), ["s0.p1", "s1", "s1.1", "s1.1.p1", "s1.1.p1.o1", "s1.1.p1.o2", "s1.2", "s1.2.1", "s2"]);
        let root = parse_text(text).unwrap();
        let heading = |id: &str| {
            root.walk()
                .find(|p| p.locator.as_ref().is_some_and(|l| l.id() == id))
                .and_then(Provision::heading)
                .map(str::to_string)
        };
        assert_eq!(heading("s1.1").as_deref(), Some("指导思想"));
        assert_eq!(heading("s1.2.1").as_deref(), Some("文件资料"));
    }

    #[test]
    fn a_table_belongs_to_what_it_follows_and_opens_nothing() {
        let law = "某法\n第一条　税率如下：\n| 级数 | 税率 |\n| 一、 | 3 |\n前款税率可以调整。\n（一）甲；\n| 第二条 | 乙 |\n（二）丙。";
        assert_eq!(ids(law), ["a1", "a1.p1", "a1.p2", "a1.p2.i1", "a1.p2.i2"]);
        let notice = "通知\n一、情况\n| 一、本年新收 | 0 |\n| （一）予以公开 | 0 |\n二、其他";
        assert_eq!(ids(notice), ["s1", "s2"]);
        for text in [law, notice] {
            assert_eq!(parse_text(text).unwrap().printed(), text);
        }
    }

    #[test]
    fn what_cannot_be_structured_is_refused_with_its_line() {
        for (text, message) in [
            ("", "文本是空的，没有可读的条文"),
            ("某法\n第一条　甲\n第一条　乙", "第3行：第一条重复出现，前一次在第2行"),
            ("某法\n第一条　甲\n第X条　乙", "第3行：“第X条　乙”像是标题或条号，但其中的数字读不出来"),
        ] {
            assert_eq!(parse_text(text).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn the_words_print_back_as_they_stood() {
        let text = "某条例\n第一条　【目的】为了规范：\n（一）甲；\n（二）乙。\n另外。";
        assert_eq!(parse_text(text).unwrap().printed(), text);
        let notice = "通知\n一、要求\n（一）思想。坚持：一是快；二是准。\n第二段话。";
        assert_eq!(parse_text(notice).unwrap().printed(), notice);
    }
}
