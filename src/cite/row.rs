//! [`read_in`]: the citations of one catalog item, read from its basis, clause and content cells together.

use super::antecedent::{Antecedents, Named};
use super::assemble::{assemble, list_mark, starts_line};
use super::citation::{Citation, CitedLocator, CitedNumber};
use super::cursor::{Cursor, Meter, back_over_space, before, is_han, is_space, plain};
use super::heads::{Head, heads};
use super::lead::lead_in;
use super::names::Names;
use super::outline;
use super::places;
use super::quotation::{Reading, has_words};
use super::unmarked;
use crate::catalog::{Field, Item};
use crate::law::locator::{Locator, Marker};
use crate::text::Span;

/// A clause cell with fewer characters (无, 详见附件) quotes nothing.
const SHORTEST_QUOTE: usize = 6;

/// Rows gone back over for what 同上 means.
const LOOK_BACK: usize = 200;

/// Reads an item's citations: those of 公开依据, then of 条款内容, then what 公开内容 mentions.
///
/// A clause without a title belongs to the document that the basis cell names: by the number in a numbered list,
/// by order, or because it names only one. Where that leaves several, the citation has no title.
pub fn read(item: &Item, names: &Names) -> Vec<Citation> {
    read_in(std::slice::from_ref(item), 0, names)
}

/// As [`read`], for the item at `at` of a catalog: 同上 as a whole cell stands for each citation that the same cell of
/// the nearest row above makes, with its clauses; the words quoted there are not said here.
pub fn read_in(items: &[Item], at: usize, names: &Names) -> Vec<Citation> {
    let Some(item) = items.get(at) else { return Vec::new() };
    let (mut citations, documents) = basis(items, at, names);
    match ditto(item, Field::Clause).zip(above(items, at, Field::Clause)) {
        Some((span, above)) => citations.extend(said_again(clause(items, above, names), span)),
        None => {
            citations.extend(cell(item.text(Field::Clause), Field::Clause, names, Antecedents::of_basis(documents)))
        }
    }
    let mentions = cell(item.text(Field::Content), Field::Content, names, Antecedents::default());
    citations.extend(mentions.into_iter().map(|mention| Citation { mention: true, quote: None, ..mention }));
    citations
}

/// The citations of the basis cell, and the documents that they name.
fn basis(items: &[Item], at: usize, names: &Names) -> (Vec<Citation>, Vec<Named>) {
    let item = &items[at];
    let own = |item: &Item| {
        let mut citations = cell(item.text(Field::Basis), Field::Basis, names, Antecedents::default());
        numbers_beside(item, names, &mut citations);
        citations
    };
    let again = ditto(item, Field::Basis).zip(above(items, at, Field::Basis));
    let citations = again.map(|(span, above)| said_again(own(&items[above]), span));
    match citations.filter(|citations| !citations.is_empty()) {
        Some(citations) => {
            let documents = documents("", &citations);
            (citations, documents)
        }
        None => {
            let citations = own(item);
            let documents = documents(item.text(Field::Basis), &citations);
            (citations, documents)
        }
    }
}

/// The citations of the clause cell, which says more than 同上.
fn clause(items: &[Item], at: usize, names: &Names) -> Vec<Citation> {
    let (_, documents) = basis(items, at, names);
    cell(items[at].text(Field::Clause), Field::Clause, names, Antecedents::of_basis(documents))
}

/// The nearest row above whose cell says more than 同上.
fn above(items: &[Item], at: usize, field: Field) -> Option<usize> {
    let from = at.saturating_sub(LOOK_BACK);
    (from..at).rev().find(|&above| ditto(&items[above], field).is_none())
}

/// 同上, where the cell says nothing else.
fn ditto(item: &Item, field: Field) -> Option<Span> {
    let text = item.text(field);
    let words = text.trim_matches(|c: char| is_space(c) || matches!(plain(c), '。' | '.' | ';' | '(' | ')'));
    let start = text.find(words)?;
    is_ditto(words).then(|| Span::new(start, start + words.len()))
}

/// Whether words say nothing but that the row above says it.
pub fn is_ditto(words: &str) -> bool {
    const WORDS: &[&str] = &["同上", "同上条", "同上款", "同前", "同上行", "依据同上", "〃", "″"];
    WORDS.contains(&words)
}

/// What citations say, said again by 同上 at `span`.
fn said_again(citations: Vec<Citation>, span: Span) -> Vec<Citation> {
    let again = |citation: Citation| {
        let number = citation.number.map(|number| CitedNumber { own: false, span, ..number });
        let locators = citation.locators.into_iter().map(|cited| CitedLocator { span, ..cited }).collect();
        Citation { span, title_span: None, number, locators, quote: None, ..citation }
    };
    citations.into_iter().filter(|citation| !citation.mention).map(again).collect()
}

/// Numbers in a column of their own (文号) go to the documents of the basis cell in their order, where there are as many
/// and none has a number already; such a number has no place in the cell of its citation.
fn numbers_beside(item: &Item, names: &Names, citations: &mut [Citation]) {
    let Some((_, words)) = item.other.iter().find(|(header, _)| header.contains("文号") || header.contains("发文字号"))
    else {
        return;
    };
    let numbers: Vec<CitedNumber> =
        heads(words, names, &Meter::default()).into_iter().filter_map(|head| head.number).collect();
    let mut named: Vec<&mut Citation> = citations.iter_mut().filter(|c| !c.mention && c.title_span.is_some()).collect();
    if numbers.len() != named.len() || named.iter().any(|citation| citation.number.is_some()) {
        return;
    }
    for (citation, number) in named.iter_mut().zip(numbers) {
        citation.number = Some(CitedNumber { span: Span::default(), ..number });
    }
}

fn cell(text: &str, column: Field, names: &Names, mut antecedents: Antecedents) -> Vec<Citation> {
    let meter = Meter::default();
    let mut heads = heads(text, names, &meter);
    let reading = match column {
        Field::Clause => Reading::Clause,
        Field::Basis => Reading::Basis,
        _ => Reading::Running,
    };
    if reading == Reading::Basis && heads.iter().all(|h| h.locators.is_empty()) {
        unmarked::add_segments(text, &mut heads, &meter);
    }
    if reading == Reading::Clause {
        order_lines(text, &mut heads, antecedents.basis.len());
        if !numbered_words(text, &mut heads, &antecedents.basis)
            && let Some(opening) = opening(text, &heads, &meter)
        {
            further_points(text, &opening, &mut heads, &meter);
            heads.insert(0, opening);
        }
    }
    assemble(text, heads, reading, Some(column), &mut antecedents)
}

/// A cell of as many lines as the basis names documents, each line a bare clause, gives each document its line.
fn order_lines(text: &str, heads: &mut [Head], documents: usize) {
    let named = heads.iter().any(|h| h.title.is_some() || h.number.is_some());
    let begins = |h: &Head| h.anaphor.is_none() && starts_line(text, h.span.start);
    if documents < 2 || named || heads.iter().filter(|h| begins(h)).count() != documents {
        return;
    }
    for (head, order) in heads.iter_mut().filter(|h| begins(h)).zip(1..) {
        head.order = Some(order);
    }
}

/// 1.甲…… 2.乙…… beside 1.《A》 2.《B》: words quoted by the numbers of their documents, without a clause or title.
fn numbered_words(text: &str, heads: &mut Vec<Head>, documents: &[Named]) -> bool {
    let numbers: Vec<u32> = documents.iter().filter_map(|named| named.list_number).collect();
    if numbers.len() < 2 || numbers.len() != documents.len() {
        return false;
    }
    let lines = |start: usize| starts_line(text, start);
    let sentences = |start: usize| {
        lines(start) || before(text, back_over_space(text, start)).is_some_and(|p| "。；;.！”".contains(p))
    };
    let Some(places) = numbered(text, &numbers, lines).or_else(|| numbered(text, &numbers, sentences)) else {
        return false;
    };
    for at in places {
        let own = |head: &Head| head.span.start == at && head.title.is_none() && head.anaphor.is_none();
        match heads.iter_mut().find(|head| own(head)) {
            Some(head) => head.listed = true,
            None => heads.push(Head { span: Span::new(at, at), listed: true, ..Head::default() }),
        }
    }
    heads.sort_by_key(|head| (head.span.start, head.span.end));
    true
}

/// Where the words after each list number begin; none unless every number stands there once, in order, in one form.
fn numbered(text: &str, numbers: &[u32], free: impl Fn(usize) -> bool) -> Option<Vec<usize>> {
    let mut places: Vec<usize> = Vec::new();
    let mut form = None;
    for (at, c) in text.char_indices() {
        let Some(&wanted) = numbers.get(places.len()).filter(|_| !is_space(c) && c != '《') else { continue };
        let Some((_, start)) = list_mark(text, at).filter(|&(n, start)| n == wanted && free(start)) else { continue };
        let own = mark_form(text, start, back_over_space(text, at));
        if form.is_none_or(|form| form == own) {
            form = Some(own);
            places.push(at);
        }
    }
    (places.len() == numbers.len()).then_some(places)
}

/// What a list number is written with: its first character where that is no numeral, and its last.
fn mark_form(text: &str, start: usize, end: usize) -> (bool, Option<char>) {
    let open = text.get(start..end).is_some_and(|mark| mark.starts_with(['(', '（']));
    let close = before(text, end).map(plain);
    (open, close.filter(|c| !matches!(c, '①'..='⑳')))
}

/// The words with which a clause cell begins, where no citation does: a point of a notice (（六）…), or bare text.
fn opening(text: &str, heads: &[Head], meter: &Meter) -> Option<Head> {
    let first = heads.first().map_or(text.len(), |head| head.span.start);
    let mut cursor = Cursor::new(text, 0, meter);
    cursor.skip_space();
    let start = cursor.at;
    let located = |locators: Vec<CitedLocator>| {
        let end = locators.last()?.span.end;
        Some(Head { span: Span::new(start, end), locators, ..Head::default() })
    };
    if !has_words(text.get(..first)?) {
        // 二、（六） alone is a pinpoint; before a title it is a list number.
        return located(places::points(&mut cursor)).filter(|head| head.span.end == text.trim_end().len());
    }
    if let Some(division) = outline::divisions(&mut cursor) {
        let rest = text.get(division.span.end..first)?.trim_matches(is_space);
        // 第三章 主动公开 第十九条: a heading on the way to an article has no sentence.
        let spaced = text.get(division.span.end..).is_some_and(|rest| rest.starts_with(is_space));
        if rest.is_empty() || rest.starts_with(['：', ':']) || spaced && rest.contains(['。', '；', '，']) {
            return located(vec![division]);
        }
        cursor.at = start;
    }
    let points = places::points(&mut cursor);
    match located(points).filter(|head| head.span.end <= first) {
        Some(head) => Some(head),
        None if text.chars().filter(|&c| is_han(c)).count() < SHORTEST_QUOTE => None,
        None => Some(Head { span: Span::new(start, start), ..Head::default() }),
    }
}

/// The further points of a notice that a clause cell quotes line by line, after one with which it begins.
fn further_points(text: &str, opening: &Head, heads: &mut Vec<Head>, meter: &Meter) {
    let of_points =
        |head: &Head| matches!(head.locators.as_slice(), [CitedLocator { locator: Locator::Outline(_), .. }]);
    if !of_points(opening) {
        return;
    }
    let mut found: Vec<Head> = Vec::new();
    for (at, _) in text.match_indices('\n').filter(|&(at, _)| at >= opening.span.end) {
        let mut cursor = Cursor::new(text, at, meter);
        cursor.skip_space();
        let start = cursor.at;
        let locators = places::points(&mut cursor);
        // 1. and （一） may be points inside the words quoted, which are told from citations by what they follow.
        let outermost = matches!(locators.first().map(|cited| &cited.locator), Some(Locator::Outline(point))
            if point.steps.first().is_some_and(|step| step.marker == Marker::Han));
        let next = heads.partition_point(|head| head.span.end <= start);
        let free = heads.get(next).is_none_or(|head| cursor.at <= head.span.start)
            && found.last().is_none_or(|head| head.span.end <= start);
        if let (true, true, Some(last)) = (outermost, free, locators.last()) {
            found.push(Head { span: Span::new(start, last.span.end), locators, listed: true, ..Head::default() });
        }
    }
    heads.append(&mut found);
    heads.sort_by_key(|head| (head.span.start, head.span.end));
}

/// The documents of the basis cell, each once, with the list number before it.
fn documents(text: &str, citations: &[Citation]) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    for citation in citations.iter().filter(|c| !c.mention && (c.title.is_some() || c.number.is_some())) {
        let titled = citation.title_span.is_some_and(|title| title.start == citation.span.start);
        let list_number = lead_in(text, 0, citation.span.start, titled).number;
        let same = |n: &Named| n.title == citation.title && (list_number.is_none() || n.list_number == list_number);
        let known = citation.title.is_some() && named.iter().any(same);
        if !known {
            named.push(Named {
                title: citation.title.clone(),
                number: citation.number.clone(),
                version_year: citation.version_year,
                list_number,
            });
        }
    }
    named
}
