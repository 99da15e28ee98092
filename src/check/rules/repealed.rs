//! `repealed`: the cited document is repealed.

use super::row::in_marks;
use super::{Finding, Row, Rule};
use crate::check::Severity;
use crate::law::{Event, Status};
use crate::quote::Place;

pub const RULE: Rule = Rule { name: "repealed", severity: Severity::Error, doc: DOC, check };

const DOC: &str = "\
# 所引文件已废止

所引文件在核对之日已经废止，并指出由哪一件文件废止；法规库收有新文件文本的，列出对应条款。

## 为什么要紧

废止的文件不再是依据，事项应当改引接替它的规定。

## 会报告

| 公开依据 |
| --- |
| 《中华人民共和国环境保护法》第五十三条 |

## 不会报告

| 公开依据 |
| --- |
| 《中华人民共和国预算法》第十四条 |

## 怎么改

改引现行规定。新旧条文未必一一对应，不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for link in row.documents() {
        if link.footing.status != Some(Status::Repealed) {
            continue;
        }
        let Some(document) = row.place_of(link) else { continue };
        let Some(regulation) = row.regulation(&document) else { continue };
        let corpus = row.checker.corpus;
        let successor = corpus.repealed_by(regulation).and_then(|(by, version)| {
            let at = corpus.regulations().iter().position(|r| r.id == by.id)?;
            Some((by, Place { regulation: at, version, locator: String::new() }))
        });
        let own = regulation.versions.iter().find(|v| v.event == Event::Repealed).and_then(|v| v.promulgated);
        let by = match (&successor, own) {
            (Some((by, place)), _) => {
                let date = by.versions.get(place.version).and_then(|v| v.effective.or(v.promulgated));
                let date = date.map_or(String::new(), |d| format!("自{}年{}月{}日起", d.year(), d.month(), d.day()));
                format!("，{date}由{}废止", in_marks(&by.title))
            }
            (None, Some(date)) => format!("（{}年{}月{}日）", date.year(), date.month(), date.day()),
            (None, None) => String::new(),
        };
        let pairs = successor.as_ref().map_or(Vec::new(), |(_, place)| row.correspondence(link, place));
        let message = format!("{}已废止{by}{}", in_marks(&regulation.title), row.told_correspondence(&pairs));
        let finding = row.finding(&RULE, Some(link), message);
        let labels: Vec<String> = pairs.iter().map(|(_, new)| row.label(new)).collect();
        let finding = match successor {
            Some((by, _)) => finding.expecting(format!("{}{}", in_marks(&by.title), labels.join("、"))),
            None => finding,
        };
        findings.push(pairs.into_iter().fold(finding, |finding, (_, new)| finding.at(new)));
    }
}
