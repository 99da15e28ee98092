//! [`articles`]: 第二十条第一款第（七）项, lists and ranges of them.
//!
//! The grammar stands in the module documentation of [`cite`](super).

use super::citation::CitedLocator;
use super::cursor::Cursor;
use super::outline::divisions;
use super::series::{LONGEST_LIST, NoLocator, Series, Unit, Value, connect, series};
use crate::law::locator::{ArticleLocator, ArticleNumber, Locator};
use crate::text::Span;

/// A range that spans more gives its two ends alone.
const LONGEST_RANGE: u32 = 300;
/// Locators one citation may have.
pub(super) const MOST: usize = 600;

/// Whether 第N条 starts here: an article, not an ordinal of something else.
pub(super) fn starts_article(c: &Cursor) -> bool {
    let mut ahead = c.clone();
    ahead.peek() == Some('第') && matches!(series(&mut ahead, false), Ok(Series { unit: Unit::Article, .. }))
}

/// Whether an article starts here and nothing follows its pinpoints before `end`.
pub(super) fn is_all(c: &Cursor, end: usize) -> bool {
    let mut ahead = c.clone();
    starts_article(c)
        && articles(&mut ahead, false, None).is_ok()
        && super::cursor::back_over_space(c.text, end) <= ahead.at
}

/// The article, 款 and 项 that a locator without 条 continues.
pub(super) type Context<'a> = Option<&'a ArticleLocator>;

/// Reads as many pinpoints of articles as run on from here.
///
/// `bare`: 14条 without 第 is an article here, because a title stands right before it.
pub(super) fn articles(c: &mut Cursor, bare: bool, context: Context) -> Result<Vec<CitedLocator>, NoLocator> {
    let start = c.at;
    let first = series(c, bare)?;
    let mut run = Run { locators: Vec::new(), current: context.cloned(), rank: None };
    if first.unit != Unit::Article && context.is_none() {
        let reached = c.at;
        c.at = start;
        return Err(NoLocator(reached));
    }
    run.add(c, first, None);
    while run.locators.len() < MOST && run.go_on(c) {}
    Ok(run.locators)
}

/// What has been read of a run of locators.
struct Run {
    locators: Vec<CitedLocator>,
    current: Option<ArticleLocator>,
    rank: Option<Unit>,
}

/// How a series is tied to what stands before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tie {
    Inner,
    List,
    Range,
}

impl Run {
    /// Reads the next series where there is one that fits.
    fn go_on(&mut self, c: &mut Cursor) -> bool {
        let from = c.at;
        let rank = self.rank.unwrap_or(Unit::Article);
        // Further in: 第一款第（七）项, （七）, 的第七项; most often a mark that says that nothing is.
        if rank < Unit::Subitem
            && !matches!(c.raw(), None | Some('、' | '，' | '。' | '；' | '至' | '和' | '及' | '规'))
        {
            let mark = c.at;
            let spaced = c.skip_space();
            if c.eat("的") && c.peek_word() != Some('第') {
                c.at = mark;
            }
            if self.set_off(c) {
                return true;
            }
            if let Some(inner) = self.inner(c, spaced)
                && inner.unit > rank
            {
                self.add(c, inner, Some(Tie::Inner));
                return true;
            }
            c.at = mark;
        }
        let Some(ranges) = connect(c) else {
            c.at = from;
            return false;
        };
        let mark = c.at;
        let mut next = series(c, true);
        if next.is_err() && !ranges && divisions(c).is_some() {
            // 第二十一条，第三章第二十三条: the article says it all.
            next = series(c, false).and_then(|s| if s.unit == Unit::Article { Ok(s) } else { Err(NoLocator(mark)) });
        }
        match next {
            Ok(next) if !ranges || next.unit == rank => {
                self.add(c, next, Some(if ranges { Tie::Range } else { Tie::List }));
                true
            }
            _ => {
                c.at = from;
                false
            }
        }
    }

    /// 第五十条：第一款 超过…: the 款 that the quoted words are of, after a colon and before space or another one.
    fn set_off(&mut self, c: &mut Cursor) -> bool {
        let from = c.at;
        let rank = self.rank.unwrap_or(Unit::Article);
        if c.eat_any(&[':']).is_some()
            && c.peek_word() == Some('第')
            && let Ok(inner) = series(c, false)
            && inner.unit > rank
            && c.peek().is_some_and(|next| super::cursor::is_space(next) || next == ':')
        {
            self.add(c, inner, Some(Tie::Inner));
            return true;
        }
        c.at = from;
        false
    }

    fn inner(&mut self, c: &mut Cursor, spaced: bool) -> Option<Series> {
        let from = c.at;
        if let Ok(series) = series(c, true) {
            return Some(series);
        }
        c.at = from;
        let mut values = Vec::new();
        // （七） alone, ㈦, ⑦; a list of them with 、
        loop {
            c.skip_space();
            let start = c.at;
            let Some((number, _)) = c.parenthesized() else { break };
            values.push(Value { number, insertion: 0, span: c.span_from(start), ranges: false });
            let mark = c.at;
            match connect(c) {
                Some(ranges) if c.clone().parenthesized().is_some() => {
                    if let Some(last) = values.last_mut() {
                        last.ranges = ranges;
                    }
                }
                _ => {
                    c.at = mark;
                    if c.clone().parenthesized().is_none() {
                        break;
                    }
                }
            }
            if values.len() >= LONGEST_LIST {
                break;
            }
        }
        if !values.is_empty() {
            return Some(Series { values, unit: Unit::Item });
        }
        // 第二十条7、财政预算: an item numbered as the cell's own list would be.
        c.at = from;
        let start = c.at;
        if !spaced
            && let Some((number, true)) = c.numeral()
            && c.eat_any(&['、', '.']).is_some()
            && !c.peek_word().is_some_and(|n| n == '第' || n == '《' || crate::text::numeral::is_numeral(n))
        {
            let span = c.span_from(start);
            return Some(Series {
                values: vec![Value { number, insertion: 0, span, ranges: false }],
                unit: Unit::Item,
            });
        }
        c.at = from;
        None
    }

    fn add(&mut self, c: &Cursor, series: Series, tie: Option<Tie>) {
        if tie == Some(Tie::Inner) {
            // The place read last is only the way to this one.
            if let Some(last) = self.locators.pop() {
                self.push_all(c, &series, Some(last.span.start));
            }
        } else {
            let range_from = (tie == Some(Tie::Range)).then(|| self.locators.last().cloned()).flatten();
            if let (Some(from), Some(to)) = (range_from, series.values.first()) {
                self.expand(c, &from, series.unit, to);
            }
            self.push_all(c, &series, None);
        }
        self.rank = Some(series.unit);
    }

    fn push_all(&mut self, c: &Cursor, series: &Series, joined_from: Option<usize>) {
        let mut previous: Option<Value> = None;
        for value in &series.values {
            let Some(path) = self.path(series.unit, value) else { continue };
            if let Some(before) = previous.filter(|p| p.ranges && p.insertion == 0 && value.insertion == 0) {
                for n in between(c, before.number, value.number) {
                    let middle = Value {
                        number: n,
                        insertion: 0,
                        span: Span::new(before.span.start, value.span.end),
                        ranges: false,
                    };
                    self.push_value(series.unit, &middle, None);
                }
            }
            let from = joined_from.filter(|_| previous.is_none());
            self.push_path(path, value.span, from);
            previous = Some(*value);
        }
    }

    fn push_value(&mut self, unit: Unit, value: &Value, from: Option<usize>) {
        if let Some(path) = self.path(unit, value) {
            self.push_path(path, value.span, from);
        }
    }

    fn push_path(&mut self, path: ArticleLocator, span: Span, from: Option<usize>) {
        if self.locators.len() >= MOST {
            return;
        }
        let span = Span::new(from.unwrap_or(span.start), span.end);
        self.current = Some(path.clone());
        self.locators.push(CitedLocator { locator: path.into(), span });
    }

    /// The places between the ends of 第十条至第十四条.
    fn expand(&mut self, c: &Cursor, from: &CitedLocator, unit: Unit, to: &Value) {
        let Locator::Article(first) = &from.locator else { return };
        let start = match unit {
            Unit::Article => Some(first.article.number),
            Unit::Paragraph => first.paragraph,
            Unit::Item => first.item,
            Unit::Subitem => first.subitem,
        };
        let span = Span::new(from.span.start, to.span.end);
        for n in start.into_iter().flat_map(|start| between(c, start, to.number)) {
            self.push_value(unit, &Value { number: n, insertion: 0, span, ranges: false }, None);
        }
    }

    /// The place of a number under what stands before it.
    fn path(&self, unit: Unit, value: &Value) -> Option<ArticleLocator> {
        if unit == Unit::Article {
            let article = ArticleNumber { number: value.number, insertion: value.insertion };
            return (value.number > 0).then(|| ArticleLocator::article(article));
        }
        let mut path = self.current.clone()?;
        match unit {
            Unit::Article => {}
            Unit::Paragraph => {
                path.paragraph = Some(value.number);
                (path.item, path.subitem) = (None, None);
            }
            Unit::Item => {
                path.item = Some(value.number);
                path.subitem = None;
            }
            Unit::Subitem => path.subitem = Some(value.number),
        }
        Some(path)
    }
}

/// The numbers between the ends of a range; none where it is turned round or too long to mean each of them.
pub(super) fn between(c: &Cursor, from: u32, to: u32) -> std::ops::Range<u32> {
    let fits = from < to && to - from <= LONGEST_RANGE && c.may_expand((to - from) as usize);
    if fits { from + 1..to } else { 0..0 }
}
