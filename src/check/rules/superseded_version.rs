//! `superseded-version`: number or year name a version that a later one has replaced.

use super::row::in_marks;
use super::{Finding, Row, Rule};
use crate::check::{Link, Severity};
use crate::law::Status;
use crate::quote::Place;

pub const RULE: Rule = Rule { name: "superseded-version", severity: Severity::Error, doc: DOC, check };

const DOC: &str = "\
# 引的是旧版本

所写文号或者年份指的是已经被修订、修正的版本。同时列出现行版本，以及与所引条款文字最接近的现行条款。

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
| 《中华人民共和国政府信息公开条例》第二十条 |

## 怎么改

改引现行版本的文号和条款。条款的对应只是文字上的接近，供人判断，不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for link in row.documents() {
        let (Some(Status::Superseded), Some(document)) = (link.footing.status, row.place_of(link)) else { continue };
        let Some(regulation) = row.regulation(&document) else { continue };
        let Some(current) = regulation.version_on(row.checker.today).filter(|v| *v != document.version) else {
            continue;
        };
        let current = Place { version: current, ..document.clone() };
        let named = |place: &Place| {
            let version = row.version(place);
            let number = version.and_then(|v| v.number.as_ref()).map(|n| n.to_string());
            number.or_else(|| version?.promulgated.map(|d| format!("{}年文本", d.year()))).unwrap_or_default()
        };
        let concordance = concordance(row, link, &current);
        let told: Vec<String> =
            concordance.iter().map(|(old, new)| format!("{}→{}", row.label(old), row.label(new))).collect();
        let moved = if told.is_empty() { String::new() } else { format!("；对应条款：{}", told.join("、")) };
        let message = format!(
            "{}的{}已被修改，现行的是{}{moved}",
            in_marks(&regulation.title),
            named(&document),
            named(&current)
        );
        let labels: Vec<String> = concordance.iter().map(|(_, new)| row.label(new)).collect();
        let expected = format!("{}（{}）{}", in_marks(&regulation.title), named(&current), labels.join("、"));
        let mut finding = row.finding(&RULE, Some(link), message).expecting(expected);
        for (_, new) in concordance {
            finding = finding.at(new);
        }
        findings.push(finding);
    }
}

/// Provisions less alike than this are not shown as the same.
const LIKE: f32 = 0.6;

/// For each cited provision the one of the current version whose words are nearest, if any are near.
fn concordance(row: &Row<'_>, link: &Link, current: &Place) -> Vec<(Place, Place)> {
    let same_document = |other: &&Link| other.regulation() == link.regulation();
    let cited = row.links.iter().filter(same_document).flat_map(|link| link.provisions.iter().flatten());
    let mut pairs: Vec<(Place, Place)> = Vec::new();
    for old in cited.take(8) {
        let Some(provision) = row.provision(old) else { continue };
        let words = provision.provision.full_text();
        let matches = row.checker.quotes.find(row.checker.corpus, &words, std::slice::from_ref(current));
        let new = matches.into_iter().find(|m| {
            (m.place.regulation, m.place.version) == (current.regulation, current.version) && m.likeness >= LIKE
        });
        if let Some(new) = new
            && !pairs.iter().any(|(known, _)| known == old)
        {
            pairs.push((old.clone(), new.place));
        }
    }
    pairs
}
