//! `quote-incomplete`: the quotation stops or starts inside a sentence, or leaves words out without saying so.

use super::row::excerpt;
use super::{Finding, Row, Rule};
use crate::check::Severity;
use crate::check::footing::Quoted;
use crate::quote::{Change, Dropped, Edge, Match};

pub const RULE: Rule = Rule { name: "quote-incomplete", severity: Severity::Warning, doc: DOC, check };

const DOC: &str = "\
# 引文不完整

引文在一句话中间断开，从一句话中间起头，或者中间略去一部分而没有用省略号。只引整句、整项、整款是正当的节引，不报告；中间略去整句而没有省略号的，只作提示。

## 为什么要紧

半句话可能丢掉条件和例外（“但是……除外”），意思就变了。多半是单元格截断或者复制漏了。

## 会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《中华人民共和国预算法》 | 第十四条 经本级政府财政部门批复的部门预算、决算及报表，应当在批复后二十日内由各部门向社会公开，并对部门预算、 |
| 《中华人民共和国预算法》 | 第十四条 经本级政府财政部门批复的部门预算、决算及报表，并对部门预算、决算中机关运行经费的安排、使用情况等重要事项作出说明。 |

## 不会报告

| 公开依据 | 条款内容 |
| --- | --- |
| 《中华人民共和国预算法》 | 第十四条 经本级政府财政部门批复的部门预算、决算及报表，……并对部门预算、决算中机关运行经费的安排、使用情况等重要事项作出说明。 |
| 《中华人民共和国政府信息公开条例》 | 第二十条 行政机关应当依照本条例第十九条的规定，主动公开本行政机关的下列政府信息：（七）财政预算、决算信息； |
| 《中华人民共和国政府信息公开条例》 | 第二十六条 属于主动公开范围的政府信息，应当自该政府信息形成或者变更之日起20个工作日内及时公开。 |

## 怎么改

补全原文，或者在略去的地方加省略号。不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for link in row.links {
        let (Quoted::CutOff(at) | Quoted::Abridged(at) | Quoted::Differ(at)) = link.footing.words else { continue };
        let Some(found) = link.matches.get(at) else { continue };
        let place = row.cited_as(&found.place);
        if found.cut_off {
            let message = format!("引文不完整（{place}）：{}", what_is_missing(found).join("，"));
            findings.push(row.finding(&RULE, Some(link), message).shown_by(found));
        } else if found.dropped == Dropped::Sentences {
            let message = format!("引文略去了{place}的整句而没有用省略号");
            findings.push(row.finding(&RULE, Some(link), message).graded(Severity::Notice).shown_by(found));
        }
    }
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

fn what_is_missing(found: &Match) -> Vec<String> {
    let inserted = |at: usize| {
        found.diff.get(at).filter(|s| s.0 == Change::Insert).map(|s| excerpt(s.1.trim_matches(is_mark), 24))
    };
    let mut missing = Vec::new();
    if found.start == Edge::Inside {
        missing.push(match inserted(0) {
            Some(words) => format!("从句子中间起头，前面是“{words}”"),
            None => "从句子中间起头".into(),
        });
    }
    if found.dropped == Dropped::Clauses {
        missing.push("中间略去了一部分，没有用省略号".into());
    }
    if found.end != Edge::Sentence {
        missing.push(match inserted(found.diff.len().saturating_sub(1)) {
            Some(words) => format!("在句子中间断开，后面还有“{words}”"),
            None => "在句子中间断开".into(),
        });
    }
    missing
}
