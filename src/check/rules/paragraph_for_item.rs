//! `paragraph-for-item`: 款 is written and 项 is meant.

use super::{Finding, Row, Rule};
use crate::check::footing::Spot;
use crate::check::{Applicability, Link, Severity};
use crate::quote::{Place, is_within};
use crate::text::Span;
use crate::text::numeral;

pub const RULE: Rule = Rule { name: "paragraph-for-item", severity: Severity::Error, doc: DOC, check };

const DOC: &str = "\
# 把“项”写成了“款”

一条里每个自然段是一款；段内（一）（二）列举的是项，引出列举的那句话和各项合起来才是一款。写“第二十条第七款”，而第二十条只有一款、分十五项，指的就是第（七）项。第一款确实存在、但引文只是第（一）项的文字时，也是把项写成了款。

## 为什么要紧

这是公开目录里最常见的错误。照“第七款”去查，查不到这一款；照“第一款”去查，看到的是整段列举而不是所引的那一项。

## 会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《中华人民共和国政府信息公开条例》 | 第二十条第七款：财政预算、决算信息。 |
| 《中华人民共和国政府信息公开条例》 | 第二十条第一款：行政法规、规章和规范性文件。 |
| 《中华人民共和国政府信息公开条例》第二十条第九款 | |

## 不会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《中华人民共和国政府信息公开条例》 | 第二十条第（七）项：财政预算、决算信息。 |
| 《中华人民共和国预算法》 | 第十四条第三款：各级政府、各部门、各单位应当将政府采购的情况及时向社会公开。 |
| 《中华人民共和国政府信息公开条例》 | 第二十条第一款：行政机关应当依照本条例第十九条的规定，主动公开本行政机关的下列政府信息：（一）行政法规、规章和规范性文件； |

## 怎么改

把“第七款”改成“第（七）项”。引文证实指的是该项时可自动修改；没有引文时供核对后修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for link in row.links {
        let Some(document) = row.place_of(link) else { continue };
        for (at, item) in &link.footing.item_meant {
            let place = Place { locator: item.clone(), ..document.clone() };
            let label = row.label(&place);
            let Some(cited) = link.citation.locators.get(*at) else { continue };
            let bare = row.links.iter().filter(|other| other.citation.locators.is_empty());
            let quoted = std::iter::once(link).chain(bare).filter_map(Link::quoted_at).find(|m| {
                (m.place.regulation, m.place.version) == (place.regulation, place.version)
                    && m.parts.iter().any(|part| is_within(&part.locator, item))
            });
            let message = match link.footing.spots.get(*at) {
                Some(Spot::Missing { .. }) => {
                    let article = row.provision(&place).map_or(0, |p| p.paragraphs_of_article());
                    format!("{}不存在：该条共{article}款，“款”应为“项”，即{label}", cited.locator)
                }
                _ => format!("引文只是{label}的文字，“{}”应写作{label}", cited.locator),
            };
            let mut finding = row.finding(&RULE, Some(link), message).expecting(label);
            finding = match quoted {
                Some(found) => finding.shown_by(found),
                None => finding.at(place),
            };
            let applicability = if quoted.is_some() { Applicability::Safe } else { Applicability::Unsafe };
            let edit = item_for_paragraph(row.cell(link), cited.span);
            let edit = edit.and_then(|(span, text)| row.edit(link, span, text));
            findings.push(finding.repaired(applicability, edit.into_iter().collect()));
        }
    }
}

/// Turns the last 第七款 of the written locator into 第（七）项, whatever stands before it.
fn item_for_paragraph(cell: &str, span: Span) -> Option<(Span, String)> {
    let written = cell.get(span.start..span.end)?;
    let end = written.rfind('款')?;
    let before = &written[..end];
    let start = before.rfind('第')?;
    let number = before[start + '第'.len_utf8()..].trim();
    numeral::parse(number)?;
    let replaced = Span::new(span.start + start, span.start + end + '款'.len_utf8());
    Some((replaced, format!("第（{number}）项")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_unit_is_rewritten() {
        for (cell, written, result) in [
            ("见第二十条第七款：财政", "第二十条第七款", "见第二十条第（七）项：财政"),
            ("第六款、第七款", "第七款", "第六款、第（七）项"),
            ("第20条第7款", "第20条第7款", "第20条第（7）项"),
        ] {
            let start = cell.rfind(written).unwrap();
            let (span, text) = item_for_paragraph(cell, Span::new(start, start + written.len())).unwrap();
            assert_eq!(format!("{}{text}{}", &cell[..span.start], &cell[span.end..]), result);
        }
    }
}
