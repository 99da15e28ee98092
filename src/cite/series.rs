//! [`Series`]: numbers that share one unit, as one pinpoint or a list has them: 第三、四、五项.

use super::cursor::Cursor;
use crate::text::Span;

/// Numbers listed before one unit (第三、四、五、六项); a run without unit longer than this is no locator.
pub(super) const LONGEST_LIST: usize = 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Article,
    Paragraph,
    Item,
    Subitem,
}

impl Unit {
    fn word(c: char) -> Option<Self> {
        Some(match c {
            '条' => Unit::Article,
            '款' => Unit::Paragraph,
            '项' => Unit::Item,
            '目' => Unit::Subitem,
            _ => return None,
        })
    }

    /// Characters that make a noun of the unit: 条例, 条件, 款项, 项目, 目录.
    fn makes_noun(self, next: char) -> bool {
        match self {
            Unit::Article => matches!(next, '例' | '款' | '件' | '约' | '线' | '形' | '码' | '幅'),
            Unit::Paragraph => matches!(next, '项' | '式'),
            Unit::Item => matches!(next, '目'),
            Unit::Subitem => matches!(next, '录' | '标' | '的'),
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Value {
    pub number: u32,
    pub insertion: u32,
    pub span: Span,
    /// Runs on to the next value.
    pub ranges: bool,
}

/// Numbers with the unit they share.
pub(super) struct Series {
    pub values: Vec<Value>,
    pub unit: Unit,
}

/// Where a run of numbers turned out to have no unit.
pub(super) struct NoLocator(pub usize);

/// Reads one number list and its unit. `bare`: the first 第 may be missing.
pub(super) fn series(c: &mut Cursor, bare: bool) -> Result<Series, NoLocator> {
    let from = c.at;
    c.skip_space();
    let mut values: Vec<Value> = Vec::new();
    let mut start = c.at;
    let mut marked = c.eat("第");
    let fail = |c: &mut Cursor| {
        let reached = c.at;
        c.at = from;
        Err(NoLocator(reached))
    };
    if !marked && !bare {
        return fail(c);
    }
    loop {
        let parenthesized = c.parenthesized();
        let enclosed = parenthesized.is_some();
        let Some((number, _)) = parenthesized.or_else(|| c.numeral()) else { return fail(c) };
        let span = c.span_from(start);
        values.push(Value { number, insertion: 0, span, ranges: false });
        let mark = c.at;
        c.skip_space();
        match c.peek().and_then(Unit::word) {
            Some(unit) => {
                c.bump();
                if c.peek().is_some_and(|next| unit.makes_noun(next)) {
                    return fail(c);
                }
                if unit == Unit::Article {
                    insertion(c, &mut values);
                }
                if let Some(last) = values.last_mut() {
                    last.span.end = c.at;
                }
                return Ok(Series { values, unit });
            }
            None => c.at = mark,
        }
        // 第（七） without 项, and a row of them: （一）（二）.
        let next_enclosed = c.clone().parenthesized().is_some();
        if enclosed && next_enclosed && values.len() < LONGEST_LIST {
            c.skip_space();
            start = c.at;
            continue;
        }
        let separator = (values.len() < LONGEST_LIST).then(|| connect(c)).flatten();
        match separator {
            Some(ranges)
                if c.peek_word().is_some_and(|n| n == '第' || crate::text::numeral::is_numeral(n) || is_bracket(n)) =>
            {
                if let Some(last) = values.last_mut() {
                    last.ranges = ranges;
                }
                c.skip_space();
                start = c.at;
                let again = c.eat("第");
                marked |= again;
            }
            _ if enclosed && marked => {
                c.at = mark;
                return Ok(Series { values, unit: Unit::Item });
            }
            _ => return fail(c),
        }
    }
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | '㈠'..='㈩' | '①'..='⑳' | '⑴'..='⒇')
}

/// 之一 after 条.
fn insertion(c: &mut Cursor, values: &mut [Value]) {
    let from = c.at;
    if c.eat("之")
        && let Some((n, _)) = c.numeral()
        && (1..100).contains(&n)
        && let Some(last) = values.last_mut()
    {
        last.insertion = n;
    } else {
        c.at = from;
    }
}

/// A list separator (`Some(false)`) or a range sign (`Some(true)`).
pub(super) fn connect(c: &mut Cursor) -> Option<bool> {
    if c.eat_any(&['至', '到', '-', '~']).is_some() {
        while c.eat_any(&['-']).is_some() {}
        return Some(true);
    }
    if c.eat_any(&['、', ',', '和', '及', '与', '或', '并']).is_some() {
        c.eat("者");
        return Some(false);
    }
    c.eat("以及").then_some(false)
}
