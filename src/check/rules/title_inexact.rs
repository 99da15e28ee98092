//! `title-inexact`: the title is no name of the document that number or words prove to be meant.

use super::row::in_marks;
use super::{Finding, Row, Rule};
use crate::check::{Applicability, Link, Severity};
use crate::cite::Resolution;
use crate::quote::words::Words;
use crate::text::fold;
use std::collections::BTreeSet;

pub const RULE: Rule = Rule { name: "title-inexact", severity: Severity::Warning, doc: DOC, check };

const DOC: &str = "\
# 文件名称不准确

所写名称不是任何文件的全称或登记过的简称，但文号或者整段引文证明指的是某一件文件。只凭名称相近不会报告。

## 为什么要紧

名称差一个字就可能是另一件文件。按名称去查的人查不到，目录的依据就落了空。

## 会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《国务院办公厅关于进一步规范行政裁量权基准制订和管理工作的意见》（国办发〔2022〕27号） | |

## 不会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《政府信息公开条例》 | 第二十条第（七）项：财政预算、决算信息。 |
| 《某某县医疗保障服务规范》 | 第三条：经办机构应当公布办事指南和联系电话。 |

## 怎么改

改成文件的全称。文号与该文件相符时可自动修改。
";

/// The regulation that an unknown title stands for, where the quoted words prove it.
pub fn meant(link: &Link) -> Option<usize> {
    const PROOF: usize = 16;
    let Resolution::NotInCorpus(unknown) = &link.resolution else { return None };
    let quote = link.citation.quote.as_ref()?;
    let found = link.matches.first().filter(|m| m.same_words && Words::of(&quote.text).len() >= PROOF)?;
    let near = unknown.near.first().filter(|(_, distance)| *distance <= 2)?;
    (near.0 == found.place.regulation).then_some(near.0)
}

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    let mut told = BTreeSet::new();
    for link in row.links {
        let Some(title) = &link.citation.title else { continue };
        let by_number = matches!(link.resolution, Resolution::Found(_));
        let Some(at) = link.regulation().or_else(|| meant(link)) else { continue };
        let Some(regulation) = row.checker.corpus.regulations().get(at) else { continue };
        let known = regulation.names().any(|name| same_name(name, title));
        if known || !told.insert(title) {
            continue;
        }
        let proof = if by_number { "文号" } else { "引文" };
        let message = format!("没有名为《{title}》的文件；从{proof}看，指的是{}", in_marks(&regulation.title));
        let edit = link.citation.title_span.filter(|span| span.of(row.cell(link)).contains(title.as_str()));
        let edit = edit
            .and_then(|span| row.edit(link, span, span.of(row.cell(link)).replace(title.as_str(), &regulation.title)));
        let applicability = if by_number { Applicability::Safe } else { Applicability::Unsafe };
        let finding = row.finding(&RULE, Some(link), message).expecting(in_marks(&regulation.title));
        findings.push(finding.repaired(applicability, edit.into_iter().collect()));
    }
}

/// Whether `title` is a name of the document: exact, 中华人民共和国 aside, or wrapped as 关于印发…的通知.
fn same_name(name: &str, title: &str) -> bool {
    let key = |text: &str| fold::key(text).replace("中华人民共和国", "");
    let (name, title) = (key(name), key(title));
    name == title || (title.contains(&format!("关于印发{name}")) && title.ends_with("通知"))
}
