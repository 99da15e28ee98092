//! `duplicate-item`: an item says word for word what an earlier one says.

use super::{Finding, Row, Rule};
use crate::check::Severity;

pub const RULE: Rule = Rule { name: "duplicate-item", severity: Severity::Notice, doc: DOC, check };

const DOC: &str = "\
# 事项重复

这一项的各栏（序号除外）与前面某一项一字不差。

## 为什么要紧

多半是复制表格时留下的；两处以后改了一处，就会互相矛盾。

## 会报告

| 公开事项 | 公开内容 | 公开依据 |
| --- | --- | --- |
| 机构职能 | 机关职能、机构设置 | 《中华人民共和国政府信息公开条例》第二十条第（二）项 |
| 机构职能 | 机关职能、机构设置 | 《中华人民共和国政府信息公开条例》第二十条第（二）项 |

## 不会报告

| 公开事项 | 公开内容 | 公开依据 |
| --- | --- | --- |
| 机构职能 | 机关职能、机构设置 | 《中华人民共和国政府信息公开条例》第二十条第（二）项 |
| 机构职能 | 办公地址、联系方式 | 《中华人民共和国政府信息公开条例》第二十条第（二）项 |

## 怎么改

确属重复的删去一项，不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    if let Some(first) = row.twin {
        findings.push(row.finding(&RULE, None, format!("与第 {first} 项各栏一字不差")));
    }
}
