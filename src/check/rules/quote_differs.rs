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
                let (own, official) = with_neighbour(diff, at, words, official);
                told.push(format!("“{own}”应为“{official}”"));
                at += 1;
            }
            (Change::Delete, None) if !marks => told.push(format!("多出“{}”", excerpt(words, 20))),
            (Change::Insert, _) if !marks => told.push(format!("漏了“{}”", excerpt(words, 20))),
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

/// A single changed character is told with the one before it: 依据 for 依照, not 据 for 照.
fn with_neighbour(diff: &[Segment], at: usize, own: &str, official: &str) -> (String, String) {
    let before = at.checked_sub(1).and_then(|at| diff.get(at)).filter(|s| s.0 == Change::Equal);
    let last = before.and_then(|s| s.1.chars().next_back()).filter(|c| c.is_alphanumeric());
    let short = own.chars().count() == 1 && official.chars().count() == 1;
    match last.filter(|_| short) {
        Some(c) => (format!("{c}{own}"), format!("{c}{official}")),
        None => (excerpt(own, 20), excerpt(official, 20)),
    }
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
