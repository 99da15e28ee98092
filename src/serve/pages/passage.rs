//! [`Line`]: a natural paragraph of a regulation on a page, its words in [`Run`]s that each have an address.

use super::references::Reference;
use crate::law::{Level, Provision, ProvisionRef, Regulation};

/// One natural paragraph as printed, or a heading.
pub struct Line {
    pub kind: Kind,
    pub runs: Vec<Run>,
    /// 条, or a point of the first order: what a note beside the text is about.
    pub opens: bool,
    /// The cells of a row of a table; none on any other line.
    pub cells: Vec<String>,
    /// Whether the row is the first of its table, and whether it is the last.
    pub edges: (bool, bool),
}

/// The words of one node on a line: 第二十条 and its first 款 share one, 一是 and 二是 stand inside one.
pub struct Run {
    /// The locator's id, an anchor on the page; empty where nobody cites the words.
    pub id: String,
    /// `第二十条第（七）项`
    pub label: String,
    /// `第二十条　` or `（七）`, as printed.
    pub mark: String,
    pub words: String,
    /// The words are the heading of a point and nothing else.
    pub is_title: bool,
    /// In the order of the words.
    pub references: Vec<Reference>,
}

impl Run {
    /// The words, cut where a reference begins or ends.
    pub fn pieces(&self) -> Vec<(&str, Option<&Reference>)> {
        let mut pieces = Vec::new();
        let mut at = 0;
        for reference in &self.references {
            pieces.extend(self.words.get(at..reference.span.start).map(|words| (words, None)));
            pieces.extend(self.words.get(reference.span.clone()).map(|words| (words, Some(reference))));
            at = reference.span.end;
        }
        pieces.extend(self.words.get(at..).map(|words| (words, None)));
        pieces
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Matter,
    /// 各省、自治区、直辖市人民政府：
    Addressed,
    /// Who signed, and on which day.
    Signed,
    /// 编, 分编, 章
    Chapter,
    Section,
    Words,
    Gap,
}

impl Kind {
    pub fn is_heading(self) -> bool {
        matches!(self, Kind::Chapter | Kind::Section)
    }

    pub fn class(self) -> &'static str {
        match self {
            Kind::Matter => "matter",
            Kind::Addressed => "matter addressed",
            Kind::Signed => "matter signed",
            Kind::Chapter => "head",
            Kind::Section => "head sec",
            Kind::Words => "line",
            Kind::Gap => "gap",
        }
    }
}

impl Line {
    /// The class of the line in the style sheet.
    pub fn class(&self) -> &'static str {
        match self.runs.as_slice() {
            [only] if only.is_title => "line title",
            _ => self.kind.class(),
        }
    }

    /// The clause that the line begins with where no mark leads to it: a 款 after the first.
    pub fn unmarked(&self) -> Option<&Run> {
        self.runs.first().filter(|run| self.kind == Kind::Words && run.mark.is_empty() && !run.id.is_empty())
    }

    /// The address of the line: that of its first run.
    pub fn id(&self) -> &str {
        self.runs.first().map_or("", |run| &run.id)
    }

    pub fn is_row(&self) -> bool {
        !self.cells.is_empty()
    }

    /// The words without any markup.
    pub fn text(&self) -> String {
        self.runs.iter().flat_map(|run| [run.mark.as_str(), run.words.as_str()]).collect()
    }
}

/// The lines of one version, in the order of the text.
pub fn lines(regulation: &Regulation, version: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(root) = regulation.versions.get(version).and_then(|v| v.provisions()) {
        root.children.iter().for_each(|child| add(regulation, version, child, &mut lines));
    }
    frame(&mut lines);
    tables(&mut lines);
    lines
}

/// Tells which rows begin and end a table.
fn tables(lines: &mut [Line]) {
    let rows: Vec<bool> = lines.iter().map(Line::is_row).collect();
    let is_row = |at: Option<usize>| at.and_then(|at| rows.get(at)).copied().unwrap_or(false);
    for (at, line) in lines.iter_mut().enumerate() {
        line.edges = (!is_row(at.checked_sub(1)), !is_row(at.checked_add(1)));
    }
}

/// Tells whom a document addresses, and who signed it: the last day that stands alone, and the line before.
fn frame(lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|line| line.kind == Kind::Matter && line.text().trim_end().ends_with('：')) {
        line.kind = Kind::Addressed;
    }
    let is_day = |text: &str| text.ends_with('日') && text.contains('月') && text.chars().count() <= 14;
    let day = lines.iter().rposition(|line| line.kind == Kind::Matter && is_day(line.text().trim()));
    let Some(day) = day.filter(|&day| lines.iter().take(day).any(|line| line.kind == Kind::Words)) else { return };
    let signed = lines.iter_mut().take(day + 1).rev().take(2).take_while(|line| line.kind == Kind::Matter);
    signed.for_each(|line| line.kind = Kind::Signed);
}

/// The lines of one provision and all below it.
pub fn lines_of(place: ProvisionRef<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    add(place.regulation, place.version, place.provision, &mut lines);
    tables(&mut lines);
    lines
}

fn add(regulation: &Regulation, version: usize, node: &Provision, lines: &mut Vec<Line>) {
    let run = Run {
        id: node.locator.as_ref().map(|locator| locator.id()).unwrap_or_default(),
        label: ProvisionRef { regulation, version, provision: node }.label(),
        mark: node.mark.clone(),
        words: node.text.clone(),
        is_title: node.level == Level::Point && node.heading_len > 0 && node.heading_len >= node.text.trim_end().len(),
        references: Vec::new(),
    };
    match lines.last_mut().filter(|line| node.is_inline() || line.is_open()) {
        Some(line) => line.runs.push(run),
        None => {
            let cells = node.cells().into_iter().flatten().map(str::to_string).collect();
            lines.push(Line { kind: kind(node), runs: vec![run], opens: opens(node), cells, edges: (false, false) });
        }
    }
    node.children.iter().for_each(|child| add(regulation, version, child, lines));
}

impl Line {
    /// Nothing but marks and a heading so far: what follows stands on the same line.
    fn is_open(&self) -> bool {
        self.kind == Kind::Words
            && self.runs.last().is_some_and(|run| match run.words.as_str() {
                "" => self.text().is_empty() || run.mark.is_empty() || run.mark.ends_with(['\u{3000}', ' ']),
                words => words.ends_with(['\u{3000}', ' ', '】']),
            })
    }
}

fn kind(node: &Provision) -> Kind {
    match node.level {
        Level::Matter => Kind::Matter,
        Level::Gap => Kind::Gap,
        Level::Part | Level::SubPart | Level::Chapter => Kind::Chapter,
        Level::Section => Kind::Section,
        _ => Kind::Words,
    }
}

fn opens(node: &Provision) -> bool {
    let first_order = node.locator.as_ref().is_some_and(|locator| !locator.id().contains('.'));
    node.level == Level::Article || (node.level == Level::Point && first_order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Corpus;
    use std::path::Path;

    #[test]
    fn the_lines_are_the_text_as_promulgated() {
        let corpus = Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap();
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        for regulation in corpus.regulations() {
            for (at, version) in regulation.versions.iter().enumerate() {
                let Some(text) = version.text() else { continue };
                let shown: String = lines(regulation, at).iter().map(|line| line.text() + "\n").collect();
                assert_eq!(plain(&shown), plain(text), "{}", regulation.id);
                let full = text.lines().filter(|l| !l.trim().is_empty()).count();
                assert_eq!(lines(regulation, at).len(), full, "{}@{}", regulation.id, version.id());
            }
        }
    }

    #[test]
    fn an_article_and_its_first_paragraph_share_a_line_and_keep_their_addresses() {
        let corpus = Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap();
        let regulation = corpus.get("zhengfu-xinxi-gongkai-tiaoli").unwrap();
        let lines = lines(regulation, 1);
        let ids = |line: &Line| line.runs.iter().map(|run| run.id.clone()).collect::<Vec<_>>();
        let at = lines.iter().position(|line| line.id() == "a20").unwrap();
        assert_eq!(ids(&lines[at]), ["a20", "a20.p1"]);
        assert!(lines[at].opens);
        assert_eq!(ids(&lines[at + 7]), ["a20.p1.i7"]);
        assert_eq!(lines[at + 7].runs[0].label, "第二十条第（七）项");
    }
}
