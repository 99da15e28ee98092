//! `effect-level-mismatch`: the 效力位阶 column does not say what the cited documents are.

use super::row::in_marks;
use super::{Finding, Row, Rule};
use crate::catalog::Field;
use crate::check::effect::{self, Label};
use crate::check::{Link, Severity};
use crate::law::EffectLevel;
use std::collections::BTreeSet;

pub const RULE: Rule = Rule { name: "effect-level-mismatch", severity: Severity::Warning, doc: DOC, check };

const DOC: &str = "\
# 效力位阶与所引文件不符

效力位阶一栏没有写出某件所引文件的位阶，或者写了一个没有任何所引文件与之相当的位阶。一格里几件文件、几个位阶的，逐件核对。法规库没有收录的文件，只有从名称就能断定不是法律、行政法规的（如某局党组的工作细则、某省的办法）才报告。

## 为什么要紧

位阶说明依据的分量。党组文件标成行政法规，国务院部门的通知跟着法律一起标成“法律、行政法规”，都会误导读者。

## 会报告

| 公开依据 | 效力位阶 |
| --- | --- |
| 《中华人民共和国预算法》第十四条 | 行政法规 |
| 《中华人民共和国政府信息公开条例》第二十条、《中共某某县医疗保障局党组工作规则》第三条 | 行政法规 |
| 《中华人民共和国政府信息公开条例》第二十条 | 法律、行政法规 |

## 不会报告

| 公开依据 | 效力位阶 |
| --- | --- |
| 《中华人民共和国预算法》第十四条、《中华人民共和国政府信息公开条例》第二十条 | 法律、行政法规 |
| 《国务院办公厅关于印发政府网站发展指引的通知》（国办发〔2017〕47号） | 规范性文件 |
| 《某某条例》第三条 | 行政法规 |

## 怎么改

按文件的制定机关和公布形式改写这一栏，不自动修改。
";

/// A document of the row and the levels it can have.
struct Cited<'a> {
    link: &'a Link,
    name: String,
    levels: Vec<EffectLevel>,
}

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    let labels = effect::labels(row.item.text(Field::EffectLevel));
    if labels.is_empty() {
        return;
    }
    let (cited, all_known) = documents(row);
    let covers = |label: &Label, document: &Cited<'_>| label.levels.iter().any(|level| document.levels.contains(level));
    for document in &cited {
        if labels.iter().any(|label| covers(label, document)) {
            continue;
        }
        let said: Vec<&str> = labels.iter().map(|label| label.text.as_str()).collect();
        let (message, expected) = match document.levels[..] {
            [level] => (format!("{}是{level}，效力位阶栏写的是“{}”", document.name, said.join("、")), level.name()),
            _ => (format!("{}不是“{}”", document.name, said.join("、")), ""),
        };
        findings.push(row.finding(&RULE, Some(document.link), message).expecting(expected));
    }
    if !all_known || cited.is_empty() || findings.iter().any(|f| f.rule == RULE.name) {
        return;
    }
    for label in labels.iter().filter(|label| !cited.iter().any(|document| covers(label, document))) {
        let message = if label.levels.is_empty() {
            format!("“{}”不是效力位阶", label.text)
        } else {
            format!("效力位阶栏写有“{}”，所引文件里没有这一位阶的", label.text)
        };
        let mut levels: Vec<&str> = cited.iter().flat_map(|c| c.levels.iter().map(|l| l.name())).collect();
        levels.dedup();
        findings.push(row.finding(&RULE, None, message).expecting(levels.join("、")));
    }
}

/// The documents of the row, each once, and whether the corpus knows them all.
fn documents<'a>(row: &Row<'a>) -> (Vec<Cited<'a>>, bool) {
    let mut cited = Vec::new();
    let mut all_known = true;
    let mut seen = BTreeSet::new();
    for link in row.links {
        let regulation = link.regulation().and_then(|at| row.checker.corpus.regulations().get(at));
        let (name, levels) = match (regulation, &link.citation.title) {
            (Some(regulation), _) if regulation.level == EffectLevel::Undetermined => {
                all_known = false;
                continue;
            }
            (Some(regulation), _) => (in_marks(&regulation.title), vec![regulation.level]),
            (None, Some(title)) => match effect::possible(title) {
                Some(levels) => (format!("《{title}》"), levels.to_vec()),
                None => {
                    all_known = false;
                    continue;
                }
            },
            (None, None) => continue,
        };
        if seen.insert(name.clone()) {
            cited.push(Cited { link, name, levels });
        }
    }
    (cited, all_known)
}
