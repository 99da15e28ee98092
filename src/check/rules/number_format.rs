//! `number-format`: a document number in brackets or an order that the drafting rules do not know.

use super::{Finding, Row, Rule};
use crate::check::{Applicability, Severity};
use crate::law::DocumentNumber;

pub const RULE: Rule = Rule { name: "number-format", severity: Severity::Notice, doc: DOC, check };

const DOC: &str = "\
# 文号写法不规范

文号读得出来，但写法不合公文格式：年份应当用六角括号〔〕，序号前不加“第”，不编虚位（不写01）；令号写作“国务院令第711号”。空格不算问题。

## 为什么要紧

写法不一，按文号检索和比对就容易漏掉。这是写法问题，不影响依据本身。

## 会报告

| 公开依据 |
| --- |
| 《国务院办公厅关于印发政府网站发展指引的通知》（国办发[2017]47号） |
| 《国务院办公厅关于印发政府网站发展指引的通知》（国办发（2017）47号） |
| 《国务院办公厅关于印发政府网站发展指引的通知》（国办发〔2017〕第47号） |

## 不会报告

| 公开依据 |
| --- |
| 《国务院办公厅关于印发政府网站发展指引的通知》（国办发〔2017〕47号） |
| 《中华人民共和国政府信息公开条例》（中华人民共和国国务院令 第711号）第二十条 |

## 怎么改

换成规范写法，可自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for link in row.links {
        let Some(cited) = link.citation.number.as_ref().filter(|number| number.own) else { continue };
        let Some(number) = &cited.number else { continue };
        let written: String = cited.text.chars().filter(|c| !c.is_whitespace()).collect();
        if is_regular(&written, number) {
            continue;
        }
        let message = format!("文号“{}”的规范写法是“{number}”", cited.text.trim());
        let edit = row.wrote_number(link).then(|| row.edit(link, cited.span, number.to_string())).flatten();
        let finding = row.finding(&RULE, Some(link), message).expecting(number.to_string());
        findings.push(finding.repaired(Applicability::Safe, edit.into_iter().collect()));
    }
}

fn is_regular(written: &str, number: &DocumentNumber) -> bool {
    match number {
        DocumentNumber::Letter { .. } => written == number.to_string() || written.ends_with(&number.to_string()),
        DocumentNumber::Order { .. } => {
            let tail = written.rsplit_once('令').map_or("", |(_, tail)| tail);
            (tail.starts_with('第') || tail.contains('年')) && tail.ends_with('号')
        }
        // Beside its title the number of an announcement needs no issuer.
        DocumentNumber::Announcement { .. } => {
            let regular = number.to_string();
            written.ends_with(&regular) || regular.ends_with(&written)
        }
    }
}
