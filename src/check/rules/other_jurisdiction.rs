//! `other-jurisdiction`: a local document of a place where the publishing body is not.

use super::row::in_marks;
use super::{Finding, Row, Rule};
use crate::check::Severity;
use std::collections::BTreeSet;

pub const RULE: Rule = Rule { name: "other-jurisdiction", severity: Severity::Error, doc: DOC, check };

const DOC: &str = "\
# 引了外地的文件

所引的地方性法规、规章、地方文件或者单位内部制度，制定机关所在的省、市、县与公开主体所在的不是一处，也不是上下级。地名从公开主体和文件的名称读出，有一处拿不准就不报告：只写了县名的机关引外省文件，看不出这个县在哪个省，不报告。

## 为什么要紧

地方的规定只在当地有效。多半是照抄外地目录时没有换掉，等于没有依据。

## 会报告

| 公开事项 | 公开依据 | 公开主体 |
| --- | --- | --- |
| 权力清单 | 《内蒙古自治区行政权力监督管理办法》第六条 | 湖北省武汉市硚口区医疗保障局 |
| 垃圾分类 | 《宜昌市城市管理条例》第八条 | 武汉市城市管理委员会 |
| 公开制度 | 《中牟县医疗保障局政府信息公开制度》第三条 | 巨野县医疗保障局 |

## 不会报告

| 公开事项 | 公开依据 | 公开主体 |
| --- | --- | --- |
| 权力清单 | 《内蒙古自治区行政权力监督管理办法》第六条 | 内蒙古自治区鄂尔多斯市医疗保障局 |
| 公开制度 | 《湖北省政府信息公开规定》第七条 | 武汉市硚口区医疗保障局 |
| 公开制度 | 《湖北省政府信息公开规定》第七条 | 巨野县医疗保障局 |

## 怎么改

换成本地的规定，或者国家的法律、行政法规。不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    let mut told = BTreeSet::new();
    for link in row.links.iter().filter(|link| link.footing.elsewhere) {
        let name = row.regulation_of(link).map(|r| in_marks(&r.title)).unwrap_or_else(|| link.title());
        if told.insert(name.clone()) {
            let whose = row.publisher();
            findings.push(row.finding(&RULE, Some(link), format!("{name}是外地的规定，不适用于{whose}")));
        }
    }
}
