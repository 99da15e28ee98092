//! `number-mismatch`: title and document number name different documents.

use super::row::in_marks;
use super::{Finding, Row, Rule};
use crate::check::{Applicability, Link, Severity};
use crate::cite::Resolution;

pub const RULE: Rule = Rule { name: "number-mismatch", severity: Severity::Error, doc: DOC, check };

const DOC: &str = "\
# 名称与文号对不上

一个文号只属于一件文件。所写文号不是这个名称的文件的文号：或者属于另一件文件，或者不属于法规库里任何文件。

## 为什么要紧

名称和文号互相印证。对不上说明至少一个写错了，读者按文号会查到别的文件或者什么也查不到。

## 会报告

| 公开依据 |
| --- |
| 《中华人民共和国政府信息公开条例》（国务院令第11号）第二十条第（七）项 |
| 《国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见》（国办发〔2018〕18号） |
| 《中华人民共和国政府信息公开条例》（国务院令第729号）第二十条 |

## 不会报告

| 公开依据 |
| --- |
| 《中华人民共和国政府信息公开条例》（国务院令 第711号）第二十条第（七）项 |
| 《国务院办公厅关于印发政府网站发展指引的通知》（国办发[2017]47号） |

## 怎么改

改成该文件的文号。所写文号不属于任何文件时，只可能是笔误，可自动修改；属于另一件文件时，要先弄清引的是哪一件，不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for link in row.links {
        let Some(number) = link.citation.number.as_ref().filter(|number| number.own) else { continue };
        let Some((regulation, names)) = disagreement(row, link) else { continue };
        let Some(titled) = row.checker.corpus.regulations().get(regulation) else { continue };
        let version = match &link.resolution {
            Resolution::Found(found) => found.version,
            _ => titled.version_on(row.checker.today),
        };
        let own = version.and_then(|v| titled.versions.get(v)?.number.as_ref());
        let own = own.or_else(|| titled.versions.iter().rev().find_map(|v| v.number.as_ref()));
        let right = own.map_or(String::new(), |own| format!("，其文号是{own}"));
        let other = names.and_then(|at| row.checker.corpus.regulations().get(at));
        let name = in_marks(&titled.title);
        let message = match other {
            Some(other) => {
                format!("“{}”是{}的文号，不是{name}的{right}", number.text, in_marks(&other.title))
            }
            None => format!("“{}”不是{name}的文号{right}", number.text),
        };
        let edit = own.filter(|_| row.wrote_number(link)).and_then(|own| row.edit(link, number.span, own.to_string()));
        let applicability = if other.is_none() { Applicability::Safe } else { Applicability::Unsafe };
        let finding = row.finding(&RULE, Some(link), message).expecting(own.map_or(String::new(), |n| n.to_string()));
        findings.push(finding.repaired(applicability, edit.into_iter().collect()));
    }
}

/// The regulation that the title names, and what the number names instead, if anything.
fn disagreement(row: &Row<'_>, link: &Link) -> Option<(usize, Option<usize>)> {
    match &link.resolution {
        Resolution::Found(found) => found.number_disagrees.as_ref().map(|other| (found.regulation, other.names)),
        // Several documents bear the title; none of them the number.
        Resolution::Ambiguous(_) | Resolution::NotInCorpus(_) => {
            let number = link.citation.number.as_ref()?.number.as_ref()?;
            let titled = row.checker.corpus.by_name(link.citation.title.as_deref()?);
            let [only] = titled[..] else { return None };
            let at = |id: &str| row.checker.corpus.regulations().iter().position(|r| r.id == id);
            let named = row.checker.corpus.by_number(number);
            let other = named.first().filter(|(r, _)| r.id != only.id)?;
            Some((at(&only.id)?, at(&other.0.id)))
        }
    }
}
