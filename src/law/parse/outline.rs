//! Notices: preamble, then points 一、 → （一） → 1. → （1）, 一是/二是 inside a paragraph, signature, date, annexes.

use super::line;
use super::{Builder, node};
use crate::law::locator::{Locator, Marker, OutlineLocator, OutlineStep};
use crate::law::provision::{Level, Provision};
use crate::text::numeral;

const ANNEX: u32 = 1;
const FIRST_POINT: u32 = 2;
const PARAGRAPH: u32 = 9;

pub fn build(lines: &[(u32, &str)]) -> Provision {
    let mut tree = Builder::new();
    // After a gap nobody knows which outer point the next one belongs to, until a 一、 or an annex says.
    let mut adrift = false;
    for (at, &(number, text)) in lines.iter().enumerate() {
        if line::is_gap(text) {
            tree.close(FIRST_POINT);
            tree.leaf(node(Level::Gap, None, "", text, number));
            adrift = true;
        } else if line::is_row(text) {
            tree.leaf(node(Level::Paragraph, None, "", text, number));
        } else if let Some(annex) = line::annex(text, lines.get(at + 1).map(|l| l.1)) {
            adrift = false;
            let locator = OutlineLocator { annex: Some(annex.number), ..Default::default() };
            tree.push(ANNEX, node(Level::Annex, Some(locator.into()), annex.mark, annex.rest, number));
        } else if lists_annex(lines, at) {
            tree.close(PARAGRAPH);
            tree.leaf(node(Level::Matter, None, "", text, number));
        } else if let Some(point) = line::marked(text) {
            adrift &= point.marker != Marker::Han;
            open_point(&mut tree, &point, number, adrift);
        } else if at == 0 || is_matter(text) || is_addressee(&tree, text) {
            tree.close(PARAGRAPH);
            tree.leaf(node(Level::Matter, None, "", text, number));
        } else {
            open_paragraph(&mut tree, text, number, adrift);
        }
    }
    tree.finish()
}

/// 2.考核指标 below 附件：1.任务分解表: the list of annexes goes on, no point begins.
fn lists_annex(lines: &[(u32, &str)], at: usize) -> bool {
    let number = |line: &str| line::marked(line).filter(|m| m.marker == Marker::Arabic).map(|m| m.number);
    let Some(own) = number(lines[at].1).filter(|own| *own > 1) else { return false };
    let first = at.checked_sub(own as usize - 1).and_then(|first| lines.get(first));
    let listed = first.and_then(|(_, line)| line.strip_prefix("附件")?.trim_start().strip_prefix(['：', ':']));
    listed.and_then(|line| number(line.trim_start())) == Some(1)
        && lines[at - (own as usize - 2)..at].iter().zip(2..).all(|((_, line), n)| number(line) == Some(n))
}

/// Signature, date, document number, the title of a carried document: lines that are no sentence.
fn is_matter(text: &str) -> bool {
    let ends_sentence = text.ends_with(['。', '；', '”', '！', '？', '）']) && !text.starts_with('（');
    !(ends_sentence || text.ends_with(['：', ':', '，']))
}

/// 各省、自治区…： before the first words of the notice.
fn is_addressee(tree: &Builder, text: &str) -> bool {
    let begun = tree.open.iter().map(|(_, p)| p).chain(&tree.open[0].1.children);
    let begun = begun.into_iter().any(|p| matches!(p.level, Level::Point | Level::Paragraph));
    let names_bodies = text.starts_with('各') || text.starts_with("国务院") && text.contains(['，', '、']);
    !begun && names_bodies && text.ends_with(['：', ':']) && !text.contains('。')
}

fn open_point(tree: &mut Builder, point: &line::MarkedLine<'_>, number: u32, adrift: bool) {
    let rank = FIRST_POINT + point.marker as u32;
    tree.close(rank);
    let mut locator = enclosing(tree, adrift);
    locator.steps.push(OutlineStep { marker: point.marker, number: point.number });
    let (words, ordinals) = split_ordinals(point.rest);
    let mut opened = node(Level::Point, Some(locator.clone().into()), point.mark, words, number);
    opened.heading_len = heading_len(words, point.marker);
    opened.children = ordinal_nodes(&locator, &ordinals, number);
    tree.push(rank, opened);
}

/// A heading ends at the first 。; a line without one is all heading, unless it is a sentence of its own.
fn heading_len(words: &str, marker: Marker) -> usize {
    match words.find('。') {
        Some(at) if at + '。'.len_utf8() < words.len() || marker <= Marker::HanParenthesized => at + '。'.len_utf8(),
        Some(_) => 0,
        None => words.len(),
    }
}

fn open_paragraph(tree: &mut Builder, text: &str, number: u32, adrift: bool) {
    tree.close(PARAGRAPH);
    let mut locator = enclosing(tree, adrift);
    let beside = |p: &&Provision| match &p.locator {
        Some(Locator::Outline(other)) => other.steps == locator.steps,
        _ => false,
    };
    locator.paragraph = Some(tree.top().children_of(Level::Paragraph).filter(beside).count() as u32 + 1);
    let (words, ordinals) = split_ordinals(text);
    let mut opened = node(Level::Paragraph, Some(locator.clone().into()), "", words, number);
    opened.children = ordinal_nodes(&locator, &ordinals, number);
    tree.push(PARAGRAPH, opened);
}

fn enclosing(tree: &Builder, adrift: bool) -> OutlineLocator {
    let mut locator = match tree.open.iter().rev().find_map(|(_, p)| p.locator.as_ref()) {
        Some(Locator::Outline(outline)) => outline.clone(),
        _ => OutlineLocator::default(),
    };
    if adrift && locator.steps.is_empty() {
        locator.steps.push(OutlineStep::UNKNOWN);
    }
    locator
}

/// 一是…；二是…： from where they start, each with its mark. Only a sequence from 一是 to at least 二是 counts.
fn split_ordinals(text: &str) -> (&str, Vec<(u32, &str, &str)>) {
    let mut starts = Vec::new();
    let mut from = 0;
    for n in 1u32.. {
        let mark = numeral::chinese(n) + "是";
        let Some(at) = find_ordinal(&text[from..], &mark).map(|at| from + at) else { break };
        starts.push((n, at, mark.len()));
        from = at + mark.len();
    }
    if starts.len() < 2 {
        return (text, Vec::new());
    }
    let ends = starts.iter().skip(1).map(|s| s.1).chain([text.len()]);
    let ordinals = starts.iter().zip(ends).map(|(&(n, at, len), end)| (n, &text[at..at + len], &text[at + len..end]));
    (&text[..starts[0].1], ordinals.collect())
}

/// 一是 at the start of a clause: 统一是 and 唯一是 are words.
fn find_ordinal(text: &str, mark: &str) -> Option<usize> {
    text.match_indices(mark).map(|(at, _)| at).find(|&at| {
        text[..at]
            .chars()
            .next_back()
            .is_none_or(|before| matches!(before, '。' | '；' | '：' | '，' | '、' | ';' | ':' | ',' | '　'))
    })
}

fn ordinal_nodes(parent: &OutlineLocator, ordinals: &[(u32, &str, &str)], line: u32) -> Vec<Provision> {
    ordinals
        .iter()
        .map(|&(n, mark, words)| {
            let locator = OutlineLocator { ordinal: Some(n), ..parent.clone() };
            node(Level::Point, Some(locator.into()), mark, words, line)
        })
        .collect()
}
