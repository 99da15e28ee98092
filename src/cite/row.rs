//! [`read`]: the citations of one catalog item, read from its basis, clause and content cells together.

use super::antecedent::{Antecedents, Named};
use super::assemble::{assemble, list_mark, starts_line};
use super::citation::{Citation, CitedNumber};
use super::cursor::{Cursor, Meter, is_han};
use super::heads::{Head, heads};
use super::names::Names;
use super::outline;
use super::quotation::{Reading, has_words};
use super::unmarked;
use crate::catalog::{Field, Item};
use crate::text::Span;

/// A clause cell with fewer characters (无, 详见附件) quotes nothing.
const SHORTEST_QUOTE: usize = 6;

/// Reads an item's citations: those of 公开依据, then of 条款内容, then what 公开内容 mentions.
///
/// A clause without a title belongs to the document that the basis cell names: by the number in a numbered list,
/// by order, or because it names only one. Where that leaves several, the citation has no title.
pub fn read(item: &Item, names: &Names) -> Vec<Citation> {
    let basis_text = item.text(Field::Basis);
    let mut citations = cell(basis_text, Field::Basis, names, Antecedents::default());
    numbers_beside(item, names, &mut citations);
    let basis = documents(basis_text, &citations);
    citations.extend(cell(item.text(Field::Clause), Field::Clause, names, Antecedents::of_basis(basis)));
    let mentions = cell(item.text(Field::Content), Field::Content, names, Antecedents::default());
    citations.extend(mentions.into_iter().map(|mention| Citation { mention: true, quote: None, ..mention }));
    citations
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
    if reading == Reading::Basis && heads.iter().all(|h| h.title.is_none() && h.locators.is_empty()) {
        unmarked::add_segments(text, &mut heads);
    }
    if reading == Reading::Clause
        && let Some(opening) = opening(text, &heads, &meter)
    {
        heads.insert(0, opening);
    }
    if reading == Reading::Clause {
        order_lines(text, &mut heads, antecedents.basis.len());
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

/// The words with which a clause cell begins, where no citation does: a point of a notice (（六）…), or bare text.
fn opening(text: &str, heads: &[Head], meter: &Meter) -> Option<Head> {
    let first = heads.first().map_or(text.len(), |head| head.span.start);
    let mut cursor = Cursor::new(text, 0, meter);
    cursor.skip_space();
    let start = cursor.at;
    if !has_words(text.get(..first)?) {
        // 二、（六） alone is a pinpoint; before a title it is a list number.
        let point = outline::outline(&mut cursor).filter(|point| point.span.end == text.trim_end().len())?;
        return Some(Head { span: point.span, locators: vec![point], ..Head::default() });
    }
    let mut head = Head { span: Span::new(start, start), ..Head::default() };
    match outline::outline(&mut cursor).filter(|_| cursor.at <= first) {
        Some(point) => {
            head.span = point.span;
            head.locators = vec![point];
        }
        None if text.chars().filter(|&c| is_han(c)).count() < SHORTEST_QUOTE => return None,
        None => {}
    }
    Some(head)
}

/// The documents of the basis cell, each once, with the list number before it.
fn documents(text: &str, citations: &[Citation]) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    for citation in citations.iter().filter(|c| !c.mention && (c.title_span.is_some() || c.number.is_some())) {
        let list_number = list_mark(text, citation.span.start).map(|(n, _)| n);
        let known = named.iter().any(|n| n.title == citation.title && citation.title.is_some());
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
