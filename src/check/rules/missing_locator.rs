//! `missing-locator`: a document is named, but not the place in it.

use super::{Finding, Row, Rule};
use crate::check::{Link, Severity};
use crate::law::{Level, Version};
use std::collections::BTreeSet;

pub const RULE: Rule = Rule { name: "missing-locator", severity: Severity::Warning, doc: DOC, check };

const DOC: &str = "\
# 只写了文件名，没有写到条款

本事项的公开依据和条款内容两栏里，对这件文件既没有写条、款、项，也没有引原文，看不出依据的是哪一条；分条的文件引了原文而没写条号的，也会指出原文所在的条款。不分条的通知、意见整件引用的，以及法规库没有收录的文件，只作提示。

## 为什么要紧

整部法规不能说明某一事项为什么公开、何时公开。写到条款才查得到、核得了。

## 会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《中华人民共和国政府信息公开条例》 | |
| 《中华人民共和国政府信息公开条例》、《中华人民共和国预算法》 | 《中华人民共和国预算法》第十四条第三款：各级政府、各部门、各单位应当将政府采购的情况及时向社会公开。 |
| 《中华人民共和国政府信息公开条例》 | 《中华人民共和国政府信息公开条例》：财政预算、决算信息。 |

## 不会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《中华人民共和国政府信息公开条例》 | 第二十条第（七）项：财政预算、决算信息。 |
| 《国务院办公厅关于印发政府网站发展指引的通知》（国办发〔2017〕47号） | 发布机构设置、主要职责和联系方式等信息。 |

## 怎么改

补上条、款、项。引文所在的条款会给出，供核对后补写；不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    let mut told: BTreeSet<String> = BTreeSet::new();
    for link in row.links {
        let name = link.title();
        if name.is_empty() || told.contains(&name) {
            continue;
        }
        let same: Vec<&Link> = row.links.iter().filter(|other| same_document(link, other)).collect();
        if same.iter().any(|other| !other.citation.locators.is_empty()) {
            continue;
        }
        let version = row.place_of(link).and_then(|place| row.version(&place));
        let articles = version.and_then(has_articles);
        let quoted = same.iter().find(|other| other.citation.quote.is_some());
        if quoted.is_some() && articles != Some(true) {
            continue;
        }
        told.insert(name.clone());
        let Some(quoted) = quoted else {
            let message = format!("{name}没有写到条款，也没有引原文，看不出依据的是哪一条");
            let citable = match (row.regulation_of(link), articles) {
                (Some(regulation), None) => !is_notice(&regulation.title),
                (known, articles) => known.is_some() && articles != Some(false),
            };
            let severity = if citable { RULE.severity } else { Severity::Notice };
            findings.push(row.finding(&RULE, Some(link), message).graded(severity));
            continue;
        };
        let place = quoted.quoted_at().filter(|m| Some(m.place.regulation) == link.regulation());
        let label = place.map_or(String::new(), |m| row.label(&m.place));
        let message = match label.as_str() {
            "" => format!("{name}引了原文，没有写条号"),
            label => format!("{name}引了原文，没有写条号；引文在{label}"),
        };
        let finding = row.finding(&RULE, Some(quoted), message).expecting(label);
        findings.push(match place {
            Some(found) => finding.shown_by(found),
            None => finding,
        });
    }
}

/// A document of this kind is cited as a whole as a rule.
fn is_notice(title: &str) -> bool {
    const KINDS: [&str; 12] =
        ["通知", "意见", "决定", "方案", "公告", "通告", "纲要", "规划", "指引", "批复", "函", "标准"];
    let title = title.trim_end_matches(['》', '）', ')', '〉']).trim_end_matches("（试行").trim_end_matches("(试行");
    KINDS.iter().any(|kind| title.ends_with(kind))
}

fn same_document(one: &Link, other: &Link) -> bool {
    match (one.regulation(), other.regulation()) {
        (Some(a), Some(b)) => a == b,
        _ => one.citation.title == other.citation.title,
    }
}

/// `None` where the corpus does not hold the text.
fn has_articles(version: &Version) -> Option<bool> {
    version.provisions().map(|root| root.walk().any(|p| p.level == Level::Article))
}
