//! `quote-differs`: words of the quotation are not those of the cited clause.

use super::row::excerpt;
use super::{Finding, Row, Rule};
use crate::check::footing::Quoted;
use crate::check::{Applicability, Edit, Link, Severity};
use crate::quote::{Change, Match, Segment};
use crate::text::Span;

pub const RULE: Rule = Rule { name: "quote-differs", severity: Severity::Error, doc: DOC, check };

const DOC: &str = "\
# 引文与原文有出入

引文出自所引条款，但有字词写错、漏掉或者添了。标点、全半角、空格和项号不算字词；整句、整项不引也不算。

## 为什么要紧

“依照”写成“依据”、“实施”写成“试”，法条的意思就可能变了。条款内容一栏应当一字不差。

## 会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《中华人民共和国政府信息公开条例》 | 第二十条（六）试行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定。 |
| 《中华人民共和国预算法实施条例》 | 第六条 一般性转移支付向社会公开应细化到地区。 |

## 不会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《中华人民共和国政府信息公开条例》 | 第二十条(六)实施行政处罚,行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定。 |
| 《中华人民共和国预算法实施条例》 | 第六条 一般性转移支付向社会公开应当细化到地区。 |

## 怎么改

照原文改回来。只差几个字、其余完全相同的可自动修改；差得多的列出对照，供人决定。
";

/// Differences shown in a message, and changed at most by a safe repair.
const SHOWN: usize = 3;
const SLIPS: usize = 4;

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for link in row.links {
        let Quoted::Differ(at) = link.footing.words else { continue };
        let Some(found) = link.matches.get(at) else { continue };
        let differences = differences(&found.diff);
        let message = format!("引文与{}不一致：{}", row.cited_as(&found.place), differences.join("；"));
        let slip = found.changed <= SLIPS && found.likeness >= 0.9;
        let applicability = if slip { Applicability::Safe } else { Applicability::Unsafe };
        let edits = if found.likeness >= 0.8 { edits(row, link, found) } else { Vec::new() };
        findings.push(row.finding(&RULE, Some(link), message).shown_by(found).repaired(applicability, edits));
    }
}

/// “依据”应为“依照” and the like, in the order of the text, marks left out.
fn differences(diff: &[Segment]) -> Vec<String> {
    let mut told = Vec::new();
    let mut at = 0;
    while let Some(Segment(change, words)) = diff.get(at) {
        let next = diff.get(at + 1).filter(|next| next.0 == Change::Insert && !next.is_marks());
        let marks = diff.get(at).is_some_and(Segment::is_marks);
        match (change, next) {
            (Change::Delete, Some(Segment(_, official))) if !marks => {
                let whole = || (excerpt(words, 20), excerpt(official, 20));
                let (own, official) = in_context(diff, at, 2, words, official).unwrap_or_else(whole);
                told.push(format!("“{own}”应为“{official}”"));
                at += 1;
            }
            (Change::Delete, None) if !marks => told.push(match in_context(diff, at, 1, words, "") {
                Some((own, official)) => format!("“{own}”应为“{official}”"),
                None => format!("多出“{}”", excerpt(words, 20)),
            }),
            (Change::Insert, _) if !marks => told.push(match in_context(diff, at, 1, "", words) {
                Some((own, official)) => format!("“{own}”应为“{official}”"),
                None => format!("漏了“{}”", excerpt(words, 20)),
            }),
            _ => {}
        }
        at += 1;
    }
    let more = told.len().saturating_sub(SHOWN);
    told.truncate(SHOWN);
    if more > 0 {
        told.push(format!("另有{more}处"));
    }
    told
}

/// Characters that are no word of their own meaning: they are told with the words around them.
const PARTICLES: &str = "和与及或的地得之其并且等以为应当该将把被于在对由向从各每所";

/// A single changed character is told with its neighbours: 依据 for 依照, not 据 for 照; 信息和数据 for 信息及数据. The
/// change takes up `segments` of the diff.
fn in_context(diff: &[Segment], at: usize, segments: usize, own: &str, official: &str) -> Option<(String, String)> {
    if own.chars().count().max(official.chars().count()) != 1 {
        return None;
    }
    let equal = |at: usize| diff.get(at).filter(|s| s.0 == Change::Equal).map_or("", |s| s.1.as_str());
    let before: Vec<char> = equal(at.wrapping_sub(1)).chars().rev().take_while(|c| c.is_alphanumeric()).collect();
    let after: Vec<char> = equal(at + segments).chars().take_while(|c| c.is_alphanumeric()).collect();
    let particle = own.chars().chain(official.chars()).any(|c| PARTICLES.contains(c));
    let (left, right) = match (own.is_empty() || official.is_empty(), particle) {
        (true, _) => (2, 2),
        (false, true) => (2, 2),
        (false, false) => (1, usize::from(before.is_empty())),
    };
    let left: String = before.iter().take(left).rev().collect();
    let right: String = after.iter().take(right).collect();
    (!left.is_empty() || !right.is_empty()).then(|| (format!("{left}{own}{right}"), format!("{left}{official}{right}")))
}

/// The repairs of a match, moved to where the quotation stands in its cell.
fn edits(row: &Row<'_>, link: &Link, found: &Match) -> Vec<Edit> {
    let Some(quote) = &link.citation.quote else { return Vec::new() };
    if quote.span.of(row.cell(link)) != quote.text {
        return Vec::new();
    }
    let moved = |span: Span| Span::new(quote.span.start + span.start, quote.span.start + span.end);
    found.repairs.iter().filter_map(|(span, text)| row.edit(link, moved(*span), text.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Change::{Delete, Equal, Insert};

    #[test]
    fn a_changed_character_is_told_with_the_words_around_it() {
        for (diff, told) in [
            (&[(Equal, "应当依"), (Delete, "据"), (Insert, "照"), (Equal, "本条例")][..], "“依据”应为“依照”"),
            (&[(Equal, "公开信息"), (Delete, "和"), (Insert, "及"), (Equal, "数据")], "“信息和数据”应为“信息及数据”"),
            (&[(Equal, "公开应"), (Insert, "当"), (Equal, "细化到地区")], "“开应细化”应为“开应当细化”"),
            (&[(Delete, "试行"), (Insert, "实施"), (Equal, "行政处罚")], "“试行”应为“实施”"),
            (&[(Equal, "其依据、标准"), (Delete, "和减免政策"), (Equal, "；")], "多出“和减免政策”"),
            (&[(Equal, "，"), (Delete, "甲"), (Insert, "乙"), (Equal, "方")], "“甲方”应为“乙方”"),
        ] {
            let diff: Vec<Segment> = diff.iter().map(|(change, words)| Segment(*change, words.to_string())).collect();
            assert_eq!(differences(&diff), [told]);
        }
    }
}
