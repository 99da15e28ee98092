//! `not-in-force`: the version meant is promulgated but takes effect later.

use super::row::in_marks;
use super::{Finding, Row, Rule};
use crate::check::Severity;
use crate::law::Status;
use crate::quote::Place;

pub const RULE: Rule = Rule { name: "not-in-force", severity: Severity::Error, doc: DOC, check };

const DOC: &str = "\
# 所引文件尚未施行

所引文件已经公布，但在核对之日还没有施行。同一文件有现行文本的，指出现行文本和对应条款。

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
        let now = regulation.version_on(row.checker.today).filter(|v| *v != document.version);
        let now = now.map(|version| Place { version, ..document.clone() });
        let pairs = now.as_ref().map_or(Vec::new(), |now| row.correspondence(link, now));
        let still = now.as_ref().map_or(String::new(), |now| format!("；现行的仍是{}", row.named_version(now)));
        let message = format!(
            "{}{}尚未施行{start}{still}{}",
            in_marks(&regulation.title),
            if now.is_some() { format!("的{}", row.named_version(&document)) } else { String::new() },
            row.told_correspondence(&pairs)
        );
        let labels: Vec<String> = pairs.iter().map(|(_, own)| row.label(own)).collect();
        let expected = now.map_or(String::new(), |now| {
            format!("{}（{}）{}", in_marks(&regulation.title), row.named_version(&now), labels.join("、"))
        });
        let finding = row.finding(&RULE, Some(link), message).expecting(expected);
        findings.push(pairs.into_iter().fold(finding, |finding, (_, own)| finding.at(own)));
    }
}
