//! `quote-punctuation`: the quoted words are right, the marks between them are not.

use super::row::excerpt;
use super::{Finding, Row, Rule};
use crate::check::Severity;
use crate::check::footing::Quoted;
use crate::quote::{Change, Match};

pub const RULE: Rule = Rule { name: "quote-punctuation", severity: Severity::Notice, doc: DOC, check };

const DOC: &str = "\
# 引文标点与原文不同

引文里有标点与原文不同：顿号写成逗号，漏了引号或者书名号，等等。全角半角、空格、项号、句末用句号还是分号，不算不同。

## 为什么要紧

标点不同多半不改变意思，但“、”和“，”能改变列举的层次。条款内容一栏宜与原文一致。

## 会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《中华人民共和国政府信息公开条例》 | 第二十条（六）实施行政处罚，行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定。 |

## 不会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《中华人民共和国政府信息公开条例》 | 第二十条 (六) 实施行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定； |

## 怎么改

照原文改标点，不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for link in row.links {
        use Quoted::{Abridged, CutOff, Differ, Right};
        let (Right(at) | Abridged(at) | CutOff(at) | Differ(at)) = link.footing.words else { continue };
        let Some(found) = link.matches.get(at).filter(|found| !found.same_marks) else { continue };
        let Some(told) = first_difference(found) else { continue };
        let message = format!("引文标点与{}不同：{told}", row.cited_as(&found.place));
        findings.push(row.finding(&RULE, Some(link), message).shown_by(found));
    }
}

/// “处罚，行政”应为“处罚、行政”: the first marks that differ, with two characters on each side.
fn first_difference(found: &Match) -> Option<String> {
    let is_change =
        |at: &usize| found.diff.get(*at).is_some_and(|segment| segment.0 != Change::Equal && segment.is_marks());
    let at = (0..found.diff.len()).find(is_change)?;
    let marks = |change: Change| -> &str {
        let near = found.diff.iter().skip(at).take(2).filter(|segment| segment.0 == change && segment.is_marks());
        near.map(|segment| segment.1.as_str()).next().unwrap_or_default()
    };
    let (own, official) = (marks(Change::Delete), marks(Change::Insert));
    let equal = |at: usize| found.diff.get(at).filter(|s| s.0 == Change::Equal).map_or("", |s| s.1.as_str());
    let before: Vec<char> = at.checked_sub(1).map_or("", equal).chars().rev().take(2).collect();
    let before: String = before.into_iter().rev().collect();
    let taken = usize::from(!own.is_empty()) + usize::from(!official.is_empty());
    let after: String = equal(at + taken).chars().take(2).collect();
    let shown = |marks: &str| excerpt(&format!("{before}{marks}{after}"), 24);
    Some(format!("“{}”应为“{}”", shown(own), shown(official)))
}
