//! `quote-from-elsewhere`: the quoted words are those of another place, version or regulation.

use super::no_such_provision::starts_with_article;
use super::{Finding, Row, Rule};
use crate::check::footing::{Quoted, Spot};
use crate::check::{Applicability, Link, Severity};
use crate::quote::Place;

pub const RULE: Rule = Rule { name: "quote-from-elsewhere", severity: Severity::Error, doc: DOC, check };

const DOC: &str = "\
# 引文出自别处

引文不是所引条款的文字，而是同一文件另一条、另一项的，是旧版本的，或者是另一件文件的。

## 为什么要紧

条款和引文各说各的，至少有一个是错的。把实施条例的条文当成法律来引，效力位阶也跟着错；把旧条例的条文挂在新条号下，引的是已经失效的规定。

## 会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《预算法》 | 《预算法》第六条 一般性转移支付向社会公开应当细化到地区。专项转移支付向社会公开应当细化到地区和项目。 |
| 《中华人民共和国政府信息公开条例》 | 第二十条第（六）项：行政事业性收费项目及其依据、标准； |
| 《中华人民共和国政府信息公开条例》 | 第二十三条 行政机关应当将主动公开的政府信息，通过政府公报、政府网站、新闻发布会以及报刊、广播、电视等便于公众知晓的方式公开。 |

## 不会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《预算法实施条例》 | 第六条 一般性转移支付向社会公开应当细化到地区。专项转移支付向社会公开应当细化到地区和项目。 |
| 《中华人民共和国政府信息公开条例》 | 第二十条 行政机关应当依照本条例第十九条的规定，主动公开本行政机关的下列政府信息：（七）财政预算、决算信息； |

## 怎么改

先确定是条款写错了还是引文抄错了：给出引文实际所在的条款供选择，不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for link in row.links {
        let Quoted::Elsewhere(at) = link.footing.words else { continue };
        let (Some(found), Some(document)) = (link.matches.get(at), row.place_of(link)) else { continue };
        let same_version = (found.place.regulation, found.place.version) == (document.regulation, document.version);
        // A locator that leads nowhere, and whose meaning the words show, is one defect and told as that.
        if same_version && link.footing.spots.iter().any(|spot| matches!(spot, Spot::Missing { .. })) {
            continue;
        }
        let stands = row.cited_as(&found.place);
        let message = if same_version {
            let old = row.old_number(link, 0).unwrap_or_default();
            format!("引文不是{}的文字，而在{}{old}", cited(row, link), row.label(&found.place))
        } else if found.place.regulation == document.regulation {
            format!("引文是旧文本的文字（{stands}），不是现行的{}{}", link.title(), cited(row, link))
        } else {
            format!("引文是{stands}的文字，不是{}{}的", link.title(), cited(row, link))
        };
        let expected = if same_version { row.label(&found.place) } else { stands };
        let mut finding = row.finding(&RULE, Some(link), message).expecting(expected).shown_by(found);
        for place in link.provisions.iter().flatten().take(3) {
            finding = finding.at(place.clone());
        }
        findings.push(finding.repaired(Applicability::Unsafe, edit(row, link, &found.place, same_version)));
    }
}

/// The locators as they mean to say, 所引条款 where there are none.
fn cited(row: &Row<'_>, link: &Link) -> String {
    let mut labels: Vec<String> = link.citation.locators.iter().map(|cited| cited.locator.to_string()).collect();
    if labels.is_empty() {
        labels = link.provisions.iter().flatten().map(|place| row.label(place)).collect();
    }
    if labels.is_empty() { "所引文件".into() } else { labels.join("、") }
}

fn edit(row: &Row<'_>, link: &Link, place: &Place, same_version: bool) -> Vec<crate::check::Edit> {
    match &link.citation.locators[..] {
        [only] if same_version && starts_with_article(only.span.of(row.cell(link))) => {
            row.edit(link, only.span, row.label(place)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
