//! `quote-not-found`: the words stand nowhere, though the cited document is here whole.

use super::row::excerpt;
use super::{Finding, Row, Rule};
use crate::check::Severity;
use crate::check::footing::Quoted;

pub const RULE: Rule = Rule { name: "quote-not-found", severity: Severity::Error, doc: DOC, check };

const DOC: &str = "\
# 查无此文

法规库收有所引文件的全文，但引文在所引条款、在该文件、在库中其他文件里都找不到。只收节录或者只有目录信息的文件不作这种判断，记为未核。

## 为什么要紧

这样的“引文”多半是转述、编写或者出自别的文件，不能当作条文。

## 会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《中华人民共和国政府信息公开条例》 | 第二十条 各单位要把群众关心的医保经办流程张贴在服务大厅醒目位置并安排专人讲解。 |

## 不会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《中华人民共和国政府信息公开条例》 | 第十九条 对涉及公众利益调整、需要公众广泛知晓或者需要公众参与决策的政府信息，行政机关应当主动公开。 |
| 《中国共产党党务公开条例（试行）》 | 第十条 本地区党的重要会议、活动和重要人事任免情况。 |

## 怎么改

照官方文本重新摘录，或者写明引文的真实出处。不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for link in row.links {
        if link.footing.words != Quoted::Nowhere {
            continue;
        }
        let (Some(quote), Some(document)) = (&link.citation.quote, row.place_of(link)) else { continue };
        let message =
            format!("{}里没有“{}”这段文字，库中其他文件里也没有", row.cited_as(&document), excerpt(&quote.text, 24));
        let finding = row.finding(&RULE, Some(link), message);
        findings.push(match link.matches.first() {
            Some(nearest) => finding.shown_by(nearest),
            None => finding,
        });
    }
}
