//! [`Provision`]: one node of a regulation's tree, from 编 down to 目, or a point of a notice.

use super::locator::{ArticleLocator, Division, DivisionKind, Locator, Marker, OutlineLocator, OutlineStep};
use serde::{Deserialize, Serialize};

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// The whole version; holds everything else and has no locator of its own.
    Root,
    Part,
    SubPart,
    Chapter,
    Section,
    Article,
    /// 款; in a notice, a natural paragraph that has no number.
    Paragraph,
    Item,
    Subitem,
    /// A numbered point of a notice, at any depth; 一是 inside a paragraph too.
    Point,
    Annex,
    /// A line nobody cites: title, promulgation note, document number, addressee, signature, date.
    Matter,
    /// Marks, in an excerpt, that words of the official text are left out here.
    Gap,
}

/// A node: its own words and its children, in the order of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Provision {
    pub level: Level,
    /// `None` for [`Level::Root`], [`Level::Matter`] and [`Level::Gap`].
    pub locator: Option<Locator>,
    /// The mark as printed, with the white space after it: `第二十条　`, `（七）`; empty for a 款.
    pub mark: String,
    /// The node's own words after the mark; the words of its children are theirs.
    pub text: String,
    /// How many bytes of `text`, from its start, are a heading.
    pub heading_len: usize,
    pub children: Vec<Provision>,
    /// Line of the text file on which the node starts, from 1.
    pub line: u32,
}

impl Provision {
    /// 总则; 立法目的 of 【立法目的】; the first sentence of a point, without its 。
    pub fn heading(&self) -> Option<&str> {
        let heading = self.text.get(..self.heading_len)?.trim_end_matches('。').trim_matches(['【', '】']);
        (!heading.is_empty()).then_some(heading)
    }

    /// This node and all below it, in the order of the text.
    pub fn walk(&self) -> impl Iterator<Item = &Provision> {
        let mut stack = vec![self];
        std::iter::from_fn(move || {
            let node = stack.pop()?;
            stack.extend(node.children.iter().rev());
            Some(node)
        })
    }

    /// The words of the node and of all below it as printed, a natural paragraph a line, without the node's own mark.
    pub fn full_text(&self) -> String {
        let mut out = self.text.clone();
        self.children.iter().for_each(|child| child.print(&mut out));
        out
    }

    /// As [`Provision::full_text`], with the node's own mark.
    pub fn printed(&self) -> String {
        let mut out = String::new();
        self.print(&mut out);
        out
    }

    fn print(&self, out: &mut String) {
        let continues_line = out.is_empty() || out.ends_with(['\u{3000}', ' ', '】']) || self.is_inline();
        if !(continues_line || self.mark.is_empty() && self.text.is_empty()) {
            out.push('\n');
        }
        out.push_str(&self.mark);
        out.push_str(&self.text);
        self.children.iter().for_each(|child| child.print(out));
    }

    /// 一是 stands inside its paragraph, not on a line of its own.
    pub fn is_inline(&self) -> bool {
        matches!(&self.locator, Some(Locator::Outline(o)) if o.ordinal.is_some())
    }

    /// The cells of a row of a table, `| 规章 | | |`; `None` for all other words.
    pub fn cells(&self) -> Option<Vec<&str>> {
        let row = Some(self.text.trim()).filter(|text| super::parse::line::is_row(text))?;
        Some(row.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect())
    }

    /// 编, 分编, 章 or 节.
    pub fn is_division(&self) -> bool {
        matches!(self.level, Level::Part | Level::SubPart | Level::Chapter | Level::Section)
    }

    pub fn children_of(&self, level: Level) -> impl Iterator<Item = &Provision> {
        self.children.iter().filter(move |c| c.level == level)
    }
}

/// What stands at a locator in one tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Located<'p> {
    Found(&'p Provision),
    /// The locator leaves out a 款 or an outer point, and several places fit.
    Several(Vec<&'p Provision>),
    /// Nothing stands there; the deepest place on the way that does exist.
    Missing {
        deepest: Option<&'p Provision>,
    },
}

/// Finds a locator below `root`.
///
/// A 款 left out before 项 is right where one 款 alone has that 项 (立法技术规范). A cited outline may start at an
/// inner point: `（六）` finds 二、（六） when it is the only one.
pub fn locate<'p>(root: &'p Provision, locator: &Locator) -> Located<'p> {
    match locator {
        Locator::Article(article) => locate_article(root, article),
        Locator::Outline(cited) => {
            let exact = root.walk().find(|p| p.locator.as_ref().is_some_and(|own| own.same_place(locator)));
            if let (Some(found), true) = (exact, fits_markers(exact, locator)) {
                return Located::Found(found);
            }
            let found = points(root, cited);
            // 2、（4） is how 二、（四） is written where a form knows no other numerals.
            let lifted = if found.is_empty() { lifted(cited) } else { None };
            several(lifted.map_or(found, |lifted| points(root, &lifted)), None)
        }
        Locator::Division(path) => {
            let fits = |p: &&Provision, annexed: bool| match &p.locator {
                Some(Locator::Division(own)) => leads_to(own, path) && (annexed || !is_annexed(own)),
                _ => false,
            };
            let own: Vec<&Provision> = root.walk().filter(|p| fits(p, false)).collect();
            // 第二章 is one of the text itself, where it has any.
            several(if own.is_empty() { root.walk().filter(|p| fits(p, true)).collect() } else { own }, None)
        }
    }
}

/// The points that a cited outline may mean: those whose path ends as it does.
fn points<'p>(root: &'p Provision, cited: &OutlineLocator) -> Vec<&'p Provision> {
    let fits = |own: &OutlineLocator| {
        own.steps.ends_with(&cited.steps)
            && own.paragraph.is_none() == cited.paragraph.is_none()
            && (cited.paragraph.is_none() || own.paragraph == cited.paragraph)
            && own.ordinal == cited.ordinal
            && (cited.annex.is_none() || own.annex == cited.annex)
    };
    root.walk().filter(|p| matches!(&p.locator, Some(Locator::Outline(own)) if fits(own))).collect()
}

/// 2、（4） with the markers of 二、（四）; `None` where a step is written in Chinese numerals.
fn lifted(cited: &OutlineLocator) -> Option<OutlineLocator> {
    let steps = cited.steps.iter().map(|step| {
        let marker = match step.marker {
            Marker::Arabic => Marker::Han,
            Marker::ArabicParenthesized => Marker::HanParenthesized,
            Marker::Han | Marker::HanParenthesized => return None,
        };
        Some(OutlineStep { marker, number: step.number })
    });
    let steps: Vec<OutlineStep> = steps.collect::<Option<_>>()?;
    (!steps.is_empty()).then(|| OutlineLocator { steps, ..cited.clone() })
}

/// 第二编第六章 leads to 第二编第二分编第六章: outer divisions may be left out.
fn leads_to(own: &[Division], cited: &[Division]) -> bool {
    let mut steps = own.iter();
    own.last() == cited.last() && cited.iter().all(|step| steps.any(|own| own == step))
}

fn is_annexed(path: &[Division]) -> bool {
    path.first().is_some_and(|outermost| outermost.kind == DivisionKind::Annex)
}

/// An id names a place whatever its markers; a citation as written must fit the printed markers.
fn fits_markers(found: Option<&Provision>, cited: &Locator) -> bool {
    match (found.and_then(|p| p.locator.as_ref()), cited) {
        (Some(Locator::Outline(own)), Locator::Outline(cited)) => {
            own.steps == cited.steps
                || cited.steps.iter().zip(super::locator::Marker::ORDER).all(|(step, marker)| step.marker == marker)
        }
        _ => true,
    }
}

fn several<'p>(mut found: Vec<&'p Provision>, deepest: Option<&'p Provision>) -> Located<'p> {
    match found.len() {
        0 => Located::Missing { deepest },
        1 => Located::Found(found.remove(0)),
        _ => Located::Several(found),
    }
}

fn locate_article<'p>(root: &'p Provision, cited: &ArticleLocator) -> Located<'p> {
    let is_cited = |p: &&Provision| match &p.locator {
        Some(Locator::Article(own)) => p.level == Level::Article && *own == cited.whole(),
        _ => false,
    };
    let Some(article) = root.walk().find(is_cited) else { return Located::Missing { deepest: None } };
    let number_of = |p: &Provision, level: Level| match &p.locator {
        Some(Locator::Article(own)) => match level {
            Level::Paragraph => own.paragraph,
            Level::Item => own.item,
            _ => own.subitem,
        },
        _ => None,
    };
    let mut places = vec![article];
    let mut deepest = article;
    for (level, wanted) in
        [(Level::Paragraph, cited.paragraph), (Level::Item, cited.item), (Level::Subitem, cited.subitem)]
    {
        let Some(wanted) = wanted else {
            // A level left out is passed through, if something below it is cited.
            let below = match level {
                Level::Paragraph => cited.item.or(cited.subitem),
                Level::Item => cited.subitem,
                _ => None,
            };
            if below.is_some() {
                // After a gap of an excerpt an item stands in the article, for nobody knows its 款.
                places = places.iter().flat_map(|&p| std::iter::once(p).chain(p.children_of(level))).collect();
            }
            continue;
        };
        let next: Vec<&Provision> =
            places.iter().flat_map(|p| p.children_of(level)).filter(|p| number_of(p, level) == Some(wanted)).collect();
        if next.is_empty() {
            return Located::Missing { deepest: Some(deepest) };
        }
        deepest = next[0];
        places = next;
    }
    several(places, Some(deepest))
}
