//! `missing-basis`: the item names no document at all.

use super::row::excerpt;
use super::{Finding, Row, Rule};
use crate::catalog::Field;
use crate::check::Severity;
use crate::check::coverage::{Duty, duties_of};
use crate::quote::Place;
use crate::quote::words::Words;

pub const RULE: Rule = Rule { name: "missing-basis", severity: Severity::Warning, doc: DOC, check };

const DOC: &str = "\
# 没有公开依据

这一事项没有写任何文件的名称或者文号；写“无”“—”“/”的等于没写。条款内容栏里有原文而没有文件名的，会查出原文的出处。文件没有标明合并单元格、而按合并沿用了上一行依据的，作为提示列出。

## 为什么要紧

主动公开要有依据；没有依据，既说不清该不该公开，也说不清何时公开。

## 会报告

| 公开事项 | 公开依据 | 条款内容 |
| --- | --- | --- |
| 部门预算 | | |
| 部门预算 | 按上级要求 | |
| 部门预算 | — | 无 |
| 部门预算 | | 各级政府、各部门、各单位应当将政府采购的情况及时向社会公开。 |

## 不会报告

| 公开事项 | 公开依据 | 条款内容 |
| --- | --- | --- |
| 部门预算 | 《中华人民共和国预算法》第十四条 | |
| 部门预算 | | 《中华人民共和国预算法》第十四条：各级政府、各部门、各单位应当将政府采购的情况及时向社会公开。 |
| 部门预算 | 国办发〔2017〕47号 | |

## 怎么改

补写依据。规定了这类事项的条款会列出来供选择，更多的可用 yiju basis 查找；不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    // 本条例第二十条 in the basis cell is a basis, though an unclear one.
    let names_document = |link: &crate::check::Link| {
        let citation = &link.citation;
        citation.title.is_some() || citation.number.is_some() || citation.column == Some(Field::Basis)
    };
    if row.links.iter().any(names_document) {
        if row.item.carried {
            let message = "这一行没有写公开依据，按合并单元格沿用了上一行的；文件没有标明合并，请核对";
            findings.push(row.finding(&RULE, None, message.into()).graded(Severity::Notice));
        }
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
    let proposed = proposals(row);
    let named: Vec<String> = proposed.iter().map(|place| row.cited_as(place)).collect();
    let written = row.item.text(Field::Basis).trim();
    let missing = match is_blank(written) {
        true => "没有写公开依据".to_string(),
        false => format!("公开依据写的是“{}”，没有写明是哪一件文件", excerpt(written, 24)),
    };
    let message = match named.first() {
        Some(first) => format!("{missing}；可以参考{first}"),
        None => format!("{missing}；可用 yiju basis 查找"),
    };
    let mut finding = row.finding(&RULE, None, message).expecting(named.first().cloned().unwrap_or_default());
    for place in proposed {
        finding = finding.at(place);
    }
    findings.push(finding);
}

/// What the caller proposes; else the clauses that order the thing to be disclosed which the item's words name.
fn proposals(row: &Row<'_>) -> Vec<Place> {
    const SHOWN: usize = 2;
    if let Some(propose) = row.checker.propose {
        return propose(row.item);
    }
    let corpus = row.checker.corpus;
    let place = |duty: &Duty| {
        let clause = corpus.provision(duty.clause, row.checker.today)?;
        let regulation = corpus.regulations().iter().position(|own| own.id == clause.regulation.id)?;
        let locator = clause.provision.locator.as_ref()?.id();
        Some(Place { regulation, version: clause.version, locator })
    };
    duties_of(row.item, &row.catalog.publisher).into_iter().filter_map(place).take(SHOWN).collect()
}

/// —, 无, / and the like say that there is none.
fn is_blank(cell: &str) -> bool {
    let words: String = cell.chars().filter(|c| c.is_alphanumeric()).collect();
    matches!(words.as_str(), "" | "无" | "暂无" | "没有" | "空" | "略" | "待定" | "待补充")
}

/// Enough words to tell where they are from.
fn quoted_words(clause: &str) -> Option<&str> {
    const TELLING: usize = 12;
    (Words::of(clause).len() >= TELLING).then_some(clause)
}
