//! [`Matrix`]: which of the things that clauses order a body to disclose have an item in a catalog, and which have none.
//!
//! A duty is matched by the clause that an item cites, by the official words that it quotes, or, more weakly, by the
//! words of the item itself; every match says how. No match is no proof that a duty is neglected.

use super::Link;
use crate::catalog::{Catalog, Item};
use crate::law::{Corpus, ProvisionRef};
use crate::text::fold;
use jiff::civil::Date;
use serde::Serialize;

/// Something that a clause orders to be disclosed.
#[derive(Debug, Clone, Copy)]
pub struct Duty {
    /// The clause, without a version.
    pub clause: &'static str,
    /// 财政预算、决算
    pub name: &'static str,
    pub bearer: Bearer,
    /// Words of an item that is about it; any of them does.
    pub words: &'static [&'static str],
}

/// Whom a clause binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bearer {
    /// Every administrative organ.
    Every,
    /// Those whose work it is: a body without such work has nothing to disclose.
    ByFunction,
}

impl Bearer {
    pub fn name(self) -> &'static str {
        match self {
            Bearer::Every => "各机关",
            Bearer::ByFunction => "视职责",
        }
    }
}

use Bearer::{ByFunction, Every};

const fn duty(clause: &'static str, name: &'static str, bearer: Bearer, words: &'static [&'static str]) -> Duty {
    Duty { clause, name, bearer, words }
}

/// The duties of 政府信息公开条例 第十九条–第二十一条 and its reports, of budgets, procurement and enforcement.
///
/// 第十九条 is the general duty that 第二十条 and 第二十一条 spell out, and 第二十条第（十五）项 points to other laws:
/// neither names a thing, so neither is a row.
pub const DUTIES: &[Duty] = &[
    duty("zhengfu-xinxi-gongkai-tiaoli/a12.p1", "公开指南和公开目录", Every, &["公开指南", "公开目录"]),
    duty(
        "zhengfu-xinxi-gongkai-tiaoli/a20.p1.i1",
        "行政法规、规章和规范性文件",
        Every,
        &["规范性文件", "政策文件", "规章", "部门文件"],
    ),
    duty(
        "zhengfu-xinxi-gongkai-tiaoli/a20.p1.i2",
        "机关职能、机构设置、联系方式、负责人",
        Every,
        &["机构职能", "机关职能", "机构设置", "机构概况", "主要职责", "内设机构", "机构领导", "领导信息", "负责人"],
    ),
    duty("zhengfu-xinxi-gongkai-tiaoli/a20.p1.i3", "发展规划、专项规划、区域规划", ByFunction, &["规划"]),
    duty(
        "zhengfu-xinxi-gongkai-tiaoli/a20.p1.i4",
        "国民经济和社会发展统计",
        ByFunction,
        &["统计信息", "统计数据", "统计公报"],
    ),
    duty(
        "zhengfu-xinxi-gongkai-tiaoli/a20.p1.i5",
        "行政许可和其他对外管理服务",
        ByFunction,
        &["行政许可", "办事指南", "服务指南", "政务服务事项", "公共服务事项"],
    ),
    duty("zhengfu-xinxi-gongkai-tiaoli/a20.p1.i6", "行政处罚、行政强制", ByFunction, &["行政处罚", "行政强制"]),
    duty("zhengfu-xinxi-gongkai-tiaoli/a20.p1.i7", "财政预算、决算", Every, &["预算", "决算"]),
    duty(
        "zhengfu-xinxi-gongkai-tiaoli/a20.p1.i8",
        "行政事业性收费",
        ByFunction,
        &["行政事业性收费", "收费项目", "收费清单", "收费标准"],
    ),
    duty("zhengfu-xinxi-gongkai-tiaoli/a20.p1.i9", "政府集中采购", ByFunction, &["政府采购", "集中采购"]),
    duty("zhengfu-xinxi-gongkai-tiaoli/a20.p1.i10", "重大建设项目", ByFunction, &["重大建设项目", "重大项目"]),
    duty(
        "zhengfu-xinxi-gongkai-tiaoli/a20.p1.i11",
        "扶贫、教育、医疗、社会保障、就业政策措施",
        ByFunction,
        &["扶贫", "教育政策", "医疗政策", "医疗保障政策", "医保政策", "社会保障", "促进就业", "乡村振兴"],
    ),
    duty(
        "zhengfu-xinxi-gongkai-tiaoli/a20.p1.i12",
        "突发公共事件应急",
        ByFunction,
        &["应急预案", "预警", "突发公共事件", "突发事件"],
    ),
    duty(
        "zhengfu-xinxi-gongkai-tiaoli/a20.p1.i13",
        "环保、卫生、安全生产、食药、质量监督检查",
        ByFunction,
        &["环境保护", "公共卫生", "安全生产", "食品药品", "产品质量", "监督检查"],
    ),
    duty(
        "zhengfu-xinxi-gongkai-tiaoli/a20.p1.i14",
        "公务员招考",
        ByFunction,
        &["公务员招", "招考", "招录", "人员招聘"],
    ),
    duty(
        "zhengfu-xinxi-gongkai-tiaoli/a21",
        "市政、公共服务、征收、社会救助等（第二十一条）",
        ByFunction,
        &["市政建设", "公益事业", "土地征收", "房屋征收", "治安管理", "社会救助", "医疗救助"],
    ),
    duty(
        "zhengfu-xinxi-gongkai-tiaoli/a49.p1",
        "政府信息公开工作年度报告",
        Every,
        &["公开年报", "公开工作年度报告", "公开年度报告"],
    ),
    duty("yusuan-fa/a14.p1", "政府预算、决算及报告", ByFunction, &["政府预算", "政府决算", "预算执行情况"]),
    duty("yusuan-fa/a14.p2", "部门预算、决算及报表", Every, &["部门预算", "部门决算"]),
    duty("yusuan-fa/a14.p3", "政府采购情况", ByFunction, &["政府采购"]),
    duty(
        "yusuan-fa-shishi-tiaoli/a6.p4",
        "所属单位预算、决算",
        ByFunction,
        &["单位预算", "单位决算", "中心预算", "中心决算"],
    ),
    duty("zhengfu-caigou-fa/a11", "政府采购信息", ByFunction, &["政府采购"]),
    duty("zhengfu-caigou-fa/a63", "政府采购项目的采购标准", ByFunction, &["采购标准"]),
    duty(
        "guobanfa-2018-118/s2.4",
        "行政执法事前公开",
        ByFunction,
        &["执法主体", "执法人员", "执法流程", "执法依据", "随机抽查", "权责清单", "权力清单"],
    ),
    duty(
        "guobanfa-2018-118/s2.6",
        "行政执法决定和统计年报",
        ByFunction,
        &["执法决定", "处罚决定", "执法统计年报", "执法结果", "行政许可决定"],
    ),
];

/// The duties that an item's own words speak of, those with the most telling word first; `publisher` says nothing of
/// the thing and is left out of the words.
pub fn duties_of(item: &Item, publisher: &str) -> Vec<&'static Duty> {
    let words = subject(item, publisher);
    let telling = |duty: &Duty| {
        let spoken = duty.words.iter().filter(|word| words.contains(&fold::key(word)));
        spoken.map(|word| word.chars().count()).max()
    };
    let mut found: Vec<(usize, &Duty)> = DUTIES.iter().filter_map(|duty| Some((telling(duty)?, duty))).collect();
    found.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
    found.into_iter().map(|(_, duty)| duty).collect()
}

/// 某某医疗保障局机构概况 is not about 医疗保障: a body's own name says nothing of the thing.
fn subject(item: &Item, publisher: &str) -> String {
    let words = fold::key(&item.subject());
    match fold::key(publisher) {
        name if name.is_empty() => words,
        name => words.replace(&name, ""),
    }
}

/// How an item was found to answer a duty, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// It cites the clause.
    Cited,
    /// It quotes the clause, whatever place it names.
    Quoted,
    /// Its own words speak of the thing; a person should look.
    Worded,
}

impl How {
    pub fn name(self) -> &'static str {
        match self {
            How::Cited => "依据引到该条款",
            How::Quoted => "引文出自该条款",
            How::Worded => "仅事项文字相近",
        }
    }
}

/// The items of one catalog that answer one duty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The surest way of those below; `None` where no item was found.
    pub how: Option<How>,
    pub items: Vec<Answering>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answering {
    /// `Item::row`
    pub item: u32,
    pub how: How,
}

/// One duty against all catalogs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DutyRow {
    /// The clause in the version in force; without a version where the corpus lacks it.
    pub provision: String,
    pub title: String,
    pub label: String,
    pub name: &'static str,
    pub bearer: Bearer,
    /// One a catalog, in their order.
    pub answers: Vec<Answer>,
}

/// Duties × catalogs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matrix {
    pub catalogs: Vec<String>,
    pub duties: Vec<DutyRow>,
}

/// Sets every duty against every catalog and its links.
pub fn coverage(corpus: &Corpus, today: Date, catalogs: &[(&Catalog, &[Link])]) -> Matrix {
    let row = |duty: &Duty| {
        let clause = corpus.provision(duty.clause, today);
        let answers = catalogs.iter().map(|(catalog, links)| answer(duty, clause, corpus, catalog, links));
        DutyRow {
            provision: clause.map_or_else(|| duty.clause.to_string(), |clause| clause.id()),
            title: clause.map_or(String::new(), |clause| clause.regulation.title.clone()),
            label: clause.map_or(String::new(), |clause| clause.label()),
            name: duty.name,
            bearer: duty.bearer,
            answers: answers.collect(),
        }
    };
    let title = |catalog: &Catalog| match catalog.title.is_empty() {
        true => catalog.file.clone(),
        false => catalog.title.clone(),
    };
    Matrix {
        catalogs: catalogs.iter().map(|(catalog, _)| title(catalog)).collect(),
        duties: DUTIES.iter().map(row).collect(),
    }
}

fn answer(duty: &Duty, clause: Option<ProvisionRef<'_>>, corpus: &Corpus, catalog: &Catalog, links: &[Link]) -> Answer {
    let inside = |place: &crate::quote::Place| {
        let own = clause.and_then(|clause| clause.provision.locator.as_ref()).map(|locator| locator.id());
        let same = corpus.regulations().get(place.regulation).zip(clause).is_some_and(|(regulation, clause)| {
            regulation.id == clause.regulation.id && place.version == clause.version
        });
        same && own.is_some_and(|own| {
            place.locator.strip_prefix(&own).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    };
    let how = |item: &Item| {
        let mut best = None;
        for link in links.iter().filter(|link| link.item == item.row) {
            let cited = link.provisions.iter().flatten().any(inside);
            let quoted = link.matches.iter().any(|found| found.same_words && inside(&found.place));
            let how = cited.then_some(How::Cited).or(quoted.then_some(How::Quoted));
            best = [best, how].into_iter().flatten().min();
        }
        let words = subject(item, &catalog.publisher);
        best.or_else(|| duty.words.iter().any(|word| words.contains(&fold::key(word))).then_some(How::Worded))
    };
    let items: Vec<Answering> =
        catalog.items.iter().filter_map(|item| Some(Answering { item: item.row, how: how(item)? })).collect();
    Answer { how: items.iter().map(|item| item.how).min(), items }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Field, FieldCell};

    fn shipped() -> Corpus {
        Corpus::load(&[std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap()
    }

    #[test]
    fn every_duty_names_a_clause_of_the_corpus() {
        let corpus = shipped();
        let today = "2026-11-22".parse().unwrap();
        for duty in DUTIES {
            let clause = corpus.provision(duty.clause, today).unwrap_or_else(|| panic!("{}", duty.clause));
            assert!(clause.id().contains(duty.clause.split_once('/').unwrap().0));
        }
    }

    #[test]
    fn a_match_says_how_it_was_made_and_no_match_stays_none() {
        let corpus = shipped();
        let mut item = Item { row: 4, path: vec!["财政信息".into(), "部门预算".into()], ..Default::default() };
        item.fields.insert(Field::Content, FieldCell { text: "预算表".into(), ..Default::default() });
        let catalog = Catalog { title: "目录".into(), items: vec![item], ..Default::default() };
        let matrix = coverage(&corpus, "2026-11-22".parse().unwrap(), &[(&catalog, &[])]);
        let answer = |name: &str| &matrix.duties.iter().find(|duty| duty.name == name).unwrap().answers[0];
        assert_eq!(answer("部门预算、决算及报表").items, [Answering { item: 4, how: How::Worded }]);
        assert_eq!(answer("公务员招考"), &Answer::default());
    }
}
