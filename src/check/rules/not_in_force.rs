//! `not-in-force`: the version meant is promulgated but takes effect later.

use super::row::in_marks;
use super::{Finding, Row, Rule};
use crate::check::Severity;
use crate::law::Status;

pub const RULE: Rule = Rule { name: "not-in-force", severity: Severity::Error, doc: DOC, check };

const DOC: &str = "\
# 所引文件尚未施行

所引文件已经公布，但在核对之日还没有施行。

## 为什么要紧

没有施行的规定还不能作为公开的依据；施行之日起才可以引用。

## 会报告

| 公开依据 |
| --- |
| 《中华人民共和国医疗保障法》第十条 |

## 不会报告

| 公开依据 |
| --- |
| 《中华人民共和国社会保险法》第八十七条 |

## 怎么改

施行之前改引现行规定，不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for link in row.documents() {
        let (Some(Status::NotYet), Some(document)) = (link.footing.status, row.place_of(link)) else { continue };
        let Some(regulation) = row.regulation(&document) else { continue };
        let start = row.version(&document).and_then(|v| v.effective.or(v.promulgated));
        let start = start.map_or(String::new(), |d| format!("，自{}年{}月{}日起施行", d.year(), d.month(), d.day()));
        findings.push(row.finding(&RULE, Some(link), format!("{}尚未施行{start}", in_marks(&regulation.title))));
    }
}
