//! `superseded-version`: number or year name a version that a later one has replaced.

use super::row::in_marks;
use super::{Finding, Row, Rule};
use crate::check::{Link, Severity};
use crate::law::Status;
use crate::quote::{Match, Place};

pub const RULE: Rule = Rule { name: "superseded-version", severity: Severity::Error, doc: DOC, check };

const DOC: &str = "\
# 引的是旧版本

所写文号或者年份指的是已经被修订、修正的版本。同时列出现行版本，以及所引条款在现行文本里的对应条款（按两个文本的文字推算）。以后各次都是“修正”的法律沿用原来的主席令号，引原来的令号不算引旧版本。

## 为什么要紧

修订往往重排条号。2007年《政府信息公开条例》的第十条，在2019年的文本里是第二十条；照旧条号去查现行文本，看到的是另一回事。

## 会报告

| 公开依据 |
| --- |
| 《中华人民共和国政府信息公开条例》（国务院令第492号）第十条 |

## 不会报告

| 公开依据 |
| --- |
| 《中华人民共和国政府信息公开条例》（国务院令第711号）第二十条 |
| 《中华人民共和国社会保险法》（主席令第35号）第七十条 |
| 《中华人民共和国政府信息公开条例》第二十条 |

## 怎么改

改引现行版本的文号和条款。条款的对应由文字推算，供人判断，不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for link in row.documents() {
        let (Some(Status::Superseded), Some(document)) = (link.footing.status, row.place_of(link)) else { continue };
        let Some(regulation) = row.regulation(&document) else { continue };
        let Some(current) = regulation.version_on(row.checker.today).filter(|v| *v != document.version) else {
            continue;
        };
        let current = Place { version: current, ..document.clone() };
        let mut pairs = row.correspondence(link, &current);
        if pairs.is_empty()
            && let (Some(old), Some(new)) = (link.provisions.iter().flatten().next(), words_in(link, &current))
        {
            pairs.push((old.clone(), new));
        }
        let message = format!(
            "{}的{}已被修改，现行的是{}{}",
            in_marks(&regulation.title),
            row.named_version(&document),
            row.named_version(&current),
            row.told_correspondence(&pairs)
        );
        let labels: Vec<String> = pairs.iter().map(|(_, new)| row.label(new)).collect();
        let expected =
            format!("{}（{}）{}", in_marks(&regulation.title), row.named_version(&current), labels.join("、"));
        let finding = row.finding(&RULE, Some(link), message).expecting(expected);
        findings.push(pairs.into_iter().fold(finding, |finding, (_, new)| finding.at(new)));
    }
}

/// Where the quoted words stand in the current text: all there is to tell by where the old text is not here.
fn words_in(link: &Link, current: &Place) -> Option<Place> {
    let here = |m: &&Match| (m.place.regulation, m.place.version) == (current.regulation, current.version);
    link.matches.iter().find(|m| here(m) && m.same_words).map(|m| m.place.clone())
}
