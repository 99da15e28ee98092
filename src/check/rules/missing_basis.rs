//! `missing-basis`: the item names no document at all.

use super::row::excerpt;
use super::{Finding, Row, Rule};
use crate::catalog::Field;
use crate::check::Severity;
use crate::quote::words::Words;

pub const RULE: Rule = Rule { name: "missing-basis", severity: Severity::Warning, doc: DOC, check };

const DOC: &str = "\
# 没有公开依据

这一事项没有写任何文件的名称或者文号。条款内容栏里有原文而没有文件名的，会查出原文的出处。

## 为什么要紧

主动公开要有依据；没有依据，既说不清该不该公开，也说不清何时公开。

## 会报告

| 公开事项 | 公开依据 | 条款内容 |
| --- | --- | --- |
| 部门预算 | | |
| 部门预算 | 按上级要求 | |
| 部门预算 | | 各级政府、各部门、各单位应当将政府采购的情况及时向社会公开。 |

## 不会报告

| 公开事项 | 公开依据 | 条款内容 |
| --- | --- | --- |
| 部门预算 | 《中华人民共和国预算法》第十四条 | |
| 部门预算 | | 《中华人民共和国预算法》第十四条：各级政府、各部门、各单位应当将政府采购的情况及时向社会公开。 |
| 部门预算 | 国办发〔2017〕47号 | |

## 怎么改

补写依据。有相近条款的会列出来供选择，不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    let names_document = |link: &crate::check::Link| link.citation.title.is_some() || link.citation.number.is_some();
    if row.links.iter().any(names_document) {
        return;
    }
    let clause = row.item.text(Field::Clause);
    let found = quoted_words(clause).and_then(|words| {
        let matches = row.checker.quotes.find(row.checker.corpus, words, &[]);
        matches.into_iter().find(|m| m.likeness >= 0.9)
    });
    if let Some(found) = found {
        let place = row.cited_as(&found.place);
        let message = format!("没有写公开依据；条款内容“{}”出自{place}", excerpt(clause, 16));
        findings.push(row.finding(&RULE, None, message).expecting(place).shown_by(&found));
        return;
    }
    let proposed = row.checker.propose.map_or(Vec::new(), |propose| propose(row.item));
    let named: Vec<String> = proposed.iter().map(|place| row.cited_as(place)).collect();
    let message = match named.first() {
        Some(first) => format!("没有写公开依据；可以参考{first}"),
        None => "没有写公开依据".to_string(),
    };
    let mut finding = row.finding(&RULE, None, message).expecting(named.first().cloned().unwrap_or_default());
    for place in proposed {
        finding = finding.at(place);
    }
    findings.push(finding);
}

/// Enough words to tell where they are from.
fn quoted_words(clause: &str) -> Option<&str> {
    const TELLING: usize = 12;
    (Words::of(clause).len() >= TELLING).then_some(clause)
}
