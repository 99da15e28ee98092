//! [`after`]: the places named right behind a title or number: 第二十条, 第三编第一章, 三、（七）, 附件2第三条.

use super::citation::CitedLocator;
use super::cited_number::is_office;
use super::cursor::{Cursor, is_han};
use super::heads::Head;
use super::outline;
use super::pinpoint;
use super::series::connect;
use crate::law::locator::{Division, DivisionKind, Locator};

/// Reads the places right behind a title or number into `head`.
pub(super) fn after(c: &mut Cursor, head: &mut Head) {
    issuer(c);
    let mark = c.at;
    let open = c.eat_any(&['(']).is_some();
    let comma = c.eat_any(&[',', ':', '、', ';']).is_some();
    let joined = !comma && (c.eat("之") || c.eat_any(&['中', '的']).is_some());
    let articles = match c.eat_any(&['(']) {
        None => pinpoint::articles(c, !comma && !joined, None).ok(),
        Some(_) => None,
    };
    if let Some(locators) = articles {
        take(head, locators);
        if open {
            c.eat_any(&[')']);
            head.span.end = c.at;
        }
        return;
    }
    c.at = mark;
    if comma || joined {
        c.eat_any(&[',', ':', '的', '中']);
    }
    if let Some(division) = outline::divisions(c) {
        // 《民法典》第三编第五百零九条: the article says it all.
        take(head, pinpoint::articles(c, false, None).unwrap_or_else(|_| vec![division]));
        return;
    }
    match (!comma).then(|| points(c)).filter(|points| !points.is_empty()) {
        Some(points) => take(head, points),
        None => c.at = mark,
    }
}

/// 《政府信息公开条例》国务院 第二十条: who issued it, between the title and its articles.
fn issuer(c: &mut Cursor) {
    const LONGEST: usize = 16;
    let mut ahead = c.clone();
    ahead.skip_space();
    let start = ahead.at;
    for _ in 0..LONGEST {
        match ahead.peek() {
            Some(next) if is_han(next) && next != '第' => ahead.bump(),
            _ => break,
        }
    }
    let office = is_office(ahead.span_from(start).of(c.text));
    ahead.skip_space();
    if office && pinpoint::starts_article(&ahead) {
        c.at = ahead.at;
    }
}

fn take(head: &mut Head, locators: Vec<CitedLocator>) {
    if let Some(last) = locators.last() {
        head.span.end = last.span.end;
    }
    head.locators = locators;
}

/// Points of a notice, articles and points of its annexes, and lists of them: 二、（四）和（五）, 附件1第5项、附件2第2项.
pub(super) fn points(c: &mut Cursor) -> Vec<CitedLocator> {
    let mut found: Vec<CitedLocator> = Vec::new();
    loop {
        let mark = c.at;
        let tie = if found.is_empty() { Some(false) } else { connect(c) };
        let Some(ranges) = tie else { break };
        let next = match found.last().map(|last| last.locator.clone()) {
            None => annexed(c),
            Some(last) => annexed(c).filter(|next| goes_on(&last, next)).map(|next| continued(&last, next)),
        };
        let Some(next) = next else {
            c.at = mark;
            break;
        };
        if let (true, Some(from), Some(to)) = (ranges, found.last().cloned(), next.first()) {
            found.extend(between(c, &from, to));
        }
        found.extend(next);
        if found.len() >= pinpoint::MOST {
            break;
        }
    }
    found
}

/// One point, or the chapter or articles of an annex: 附件2第三条第一款.
fn annexed(c: &mut Cursor) -> Option<Vec<CitedLocator>> {
    let point = outline::outline(c)?;
    let alone = match &point.locator {
        Locator::Outline(o) if o.steps.is_empty() && o.paragraph.is_none() && o.ordinal.is_none() => o.annex,
        _ => None,
    };
    let Some(annex) = alone else { return Some(vec![point]) };
    let division = outline::divisions(c);
    // 附件1第三章第五条: the article says it all.
    let mut inner = match (pinpoint::articles(c, false, None), division) {
        (Ok(articles), _) => articles,
        (Err(_), Some(division)) => vec![division],
        (Err(_), None) => return Some(vec![point]),
    };
    for cited in &mut inner {
        match &mut cited.locator {
            Locator::Article(article) => article.annex = Some(annex),
            Locator::Division(path) => path.insert(0, Division { kind: DivisionKind::Annex, number: annex }),
            Locator::Outline(_) => {}
        }
    }
    if let Some(first) = inner.first_mut() {
        first.span.start = point.span.start;
    }
    Some(inner)
}

/// Whether a point after a list mark is one more of the list: marked as a step of the last one is, or of an annex.
fn goes_on(last: &Locator, next: &[CitedLocator]) -> bool {
    match (last, next.first().map(|cited| &cited.locator)) {
        (_, Some(Locator::Outline(next))) if next.annex.is_some() => true,
        (_, Some(Locator::Article(_) | Locator::Division(_))) => true,
        (Locator::Outline(last), Some(Locator::Outline(next))) => {
            next.steps.first().is_some_and(|first| last.steps.iter().any(|step| step.marker == first.marker))
        }
        _ => false,
    }
}

/// （五） after 二、（四） is 二、（五）; 第104项 after 附件第101项 is one of that annex.
fn continued(last: &Locator, mut next: Vec<CitedLocator>) -> Vec<CitedLocator> {
    if let (Locator::Outline(last), Some(CitedLocator { locator: Locator::Outline(next), .. })) =
        (last, next.first_mut())
        && next.annex.is_none()
        && let Some(first) = next.steps.first().map(|first| first.marker)
    {
        next.annex = last.annex;
        let outer = last.steps.iter().take_while(|step| step.marker < first).copied();
        next.steps = outer.chain(next.steps.iter().copied()).collect();
    }
    next
}

/// The points between the ends of （三）至（六）.
fn between(c: &Cursor, from: &CitedLocator, to: &CitedLocator) -> Vec<CitedLocator> {
    let (Locator::Outline(first), Locator::Outline(last)) = (&from.locator, &to.locator) else { return Vec::new() };
    let (Some((a, outer)), Some((b, same))) = (first.steps.split_last(), last.steps.split_last()) else {
        return Vec::new();
    };
    let whole = first.paragraph.is_none() && last.paragraph.is_none() && first.annex == last.annex;
    if !(whole && outer == same && a.marker == b.marker) {
        return Vec::new();
    }
    let span = crate::text::Span::new(from.span.start, to.span.end);
    let place = |number| {
        let mut point = first.clone();
        if let Some(step) = point.steps.last_mut() {
            step.number = number;
        }
        CitedLocator { locator: point.into(), span }
    };
    pinpoint::between(c, a.number, b.number).map(place).collect()
}

/// 二、（四）“……”、三、（七）“……”: one more point of the document whose words were quoted last, before its own quotation.
pub(super) fn next_quoted(c: &mut Cursor, found: &[Head]) -> Option<Head> {
    /// Titles that the quoted words may hold.
    const LOOK_BACK: usize = 32;
    let last = found.iter().rev().take(LOOK_BACK).find(|head| !head.locators.is_empty())?;
    let of_points = |cited: &CitedLocator| !matches!(cited.locator, Locator::Article(_));
    let before = last.locators.last().filter(|cited| of_points(cited))?;
    c.bump();
    c.eat_any(&['、', ',', ';', '和', '及'])?;
    c.skip_space();
    let start = c.at;
    let locators = match outline::divisions(c) {
        Some(division) => vec![division],
        None => continued(&before.locator, points(c)),
    };
    let end = locators.last()?.span.end;
    matches!(c.peek_word(), Some('“' | ':')).then(|| Head {
        span: crate::text::Span::new(start, end),
        locators,
        listed: true,
        ..Head::default()
    })
}
