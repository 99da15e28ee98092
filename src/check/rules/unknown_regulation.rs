//! `unknown-regulation`: the corpus lacks the document.

use super::row::in_marks;
use super::{Finding, Row, Rule, title_inexact};
use crate::catalog::Field;
use crate::check::Severity;
use crate::cite::Resolution;
use std::collections::BTreeSet;

pub const RULE: Rule = Rule { name: "unknown-regulation", severity: Severity::Notice, doc: DOC, check };

const DOC: &str = "\
# 法规库里没有所引文件

按全称、登记过的简称和文号都找不到所引文件，或者同名的有几件、分不清指哪一件。名称相近的会作为线索列出，并写明相差几个字，但不会当成同一件。

## 为什么要紧

没有收录就无从核对。本条只说“未核”，既不说它有效，也不说它不存在；把官方文本导入法规库后就能核对。

## 会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《某某县医疗保障服务规范》 | 第三条：经办机构应当公布办事指南和联系电话。 |

## 不会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《政府信息公开条例》 | 第二十条第（七）项：财政预算、决算信息。 |

## 怎么改

核对名称；名称无误的，用 yiju import 导入官方文本。不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    let mut told = BTreeSet::new();
    for link in row.links {
        let name = match (&link.citation.title, &link.citation.number) {
            (Some(title), _) => format!("《{title}》"),
            (None, Some(number)) => format!("“{}”", number.text),
            // 本条例, 条例, 同上: words for a document that nothing before them names.
            (None, None) if link.citation.column == Some(Field::Basis) => {
                format!("“{}”", link.citation.span.of(row.cell(link)))
            }
            (None, None) => continue,
        };
        let title = |at: usize| row.checker.corpus.regulations().get(at).map(|r| in_marks(&r.title));
        let message = match &link.resolution {
            Resolution::Found(_) => continue,
            _ if row
                .links
                .iter()
                .any(|l| l.citation.title == link.citation.title && title_inexact::meant(l).is_some()) =>
            {
                continue;
            }
            Resolution::Ambiguous(several) if several.is_empty() => {
                format!("{name}所指不明：前文没有它所指的文件，未核对")
            }
            Resolution::Ambiguous(several) => {
                let titles: Vec<String> = several.iter().filter_map(|&at| title(at)).collect();
                format!("{name}可能指{}，分不清是哪一件，未核对", titles.join("或"))
            }
            Resolution::NotInCorpus(unknown) => match unknown.near.first() {
                Some(&(at, distance)) => format!(
                    "法规库没有收录{name}，未核对；名称最接近的是{}（相差{distance}个字），不能认作同一件",
                    title(at).unwrap_or_default()
                ),
                None => format!("法规库没有收录{name}，未核对"),
            },
        };
        if told.insert(name) {
            findings.push(row.finding(&RULE, Some(link), message));
        }
    }
}
