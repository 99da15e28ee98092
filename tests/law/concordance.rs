//! Concordance: what became of each provision from one version to the next.

use std::path::Path;
use yiju::law::concordance::{Change, Concordance, Edit, word_diff};
use yiju::law::{Corpus, Locator, Provision, parse_text};

/// Each row as `change old→new`.
fn rows(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (parse_text(old).unwrap(), parse_text(new).unwrap());
    let ids = |side: &[&Provision]| {
        side.iter().filter_map(|p| p.locator.as_ref()).map(Locator::id).collect::<Vec<_>>().join("+")
    };
    let concordance = Concordance::between(&old, &new);
    concordance.rows.iter().map(|r| format!("{} {}→{}", r.change.code(), ids(&r.old), ids(&r.new))).collect()
}

#[test]
fn every_kind_of_change_is_told() {
    let old = "某法\n第一条　为了规范公开工作，制定本法。\n第二条　机关应当公开预算决算报告；公民可以申请获取有关的信息资料。\n\
               第三条　收费标准由价格主管部门会同财政部门制定。\n第四条　本级政府每年三月发布年度报告。\n\
               第五条　监察机关负责监督检查信息公开的实施情况。\n第六条　上级机关负责考核评议信息公开的工作情况。";
    let new = "某法\n第一条　为了规范公开工作，\n制定本法。\n第二条　机关应当公开预算决算报告。\n第三条　公民可以申请获取有关的信息资料。\n\
               第四条　平台建设应当集中统一便利群众查询。\n第五条　本级政府每年三月发布年度报告。\n\
               第六条　监察机关负责监督检查信息公开的实施情况，上级机关负责考核评议信息公开的工作情况。";
    assert_eq!(
        rows(old, new),
        ["same a1→a1", "split a2→a2+a3", "new →a4", "moved a4→a5", "merged a5+a6→a6", "dropped a3→"]
    );
}

#[test]
fn layout_alone_is_no_change() {
    let old = "某法\n第一条　甲应当公开（见附件），“乙”除外。\n第二条　丙：\n（一）丁；\n（二）戊。";
    let new = "某法\n第一条 甲应当 公开(见附件)，＂乙＂除外。\n第二条　丙：\n(一) 丁；\n(二) 戊。";
    assert_eq!(rows(old, new), ["same a1→a1", "same a2→a2"]);
    let by_character = |_: &str| Vec::new();
    assert_eq!(word_diff("甲（乙） 丙", "甲(乙)丙", by_character), [(Edit::Equal, "甲(乙)丙".to_string())]);
}

#[test]
fn the_diff_is_by_words_and_loses_none() {
    let (old, new) = ("依法试行行政处罚的，\n应当公示。", "依法实施行政处罚的，应当依法公示。");
    // Words of two characters from the front: enough to see that they are kept whole.
    let words = |text: &str| {
        let at: Vec<usize> = text.char_indices().map(|(at, _)| at).step_by(2).chain([text.len()]).collect();
        at.windows(2).map(|w| w[0]..w[1]).collect()
    };
    let diff = word_diff(old, new, words);
    let side = |kept: Edit| {
        let parts = diff.iter().filter(|(edit, _)| *edit == Edit::Equal || *edit == kept);
        parts.map(|(_, text)| text.as_str()).collect::<String>()
    };
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!((plain(&side(Edit::Delete)), plain(&side(Edit::Insert))), (plain(old), plain(new)));
    assert!(diff.contains(&(Edit::Delete, "试行".into())) && diff.contains(&(Edit::Insert, "实施".into())));
}

/// Written from the two texts: every article of 2007 with the articles of 2019 that hold its content, then those that
/// took over a word of it and may be told as well. What no line names is new.
const DISCLOSURE: [(u32, &[u32], &[u32]); 38] = [
    (1, &[1], &[]),
    (2, &[2], &[]),
    (3, &[3], &[]),
    (4, &[4], &[]),
    (5, &[5], &[]),
    (6, &[6], &[]),
    (7, &[11], &[]),
    (8, &[14], &[]),
    // 机构设置、职能 and the catch-all item went into the list.
    (9, &[19], &[20]),
    (10, &[20], &[22]),
    (11, &[21], &[]),
    (12, &[21], &[22]),
    (13, &[27], &[13]),
    // The review, and what of third parties is not disclosed.
    (14, &[15, 17], &[14]),
    (15, &[23], &[]),
    (16, &[25], &[]),
    (17, &[10], &[]),
    (18, &[26], &[]),
    (19, &[12], &[]),
    (20, &[29], &[]),
    (21, &[36], &[30]),
    (22, &[37], &[]),
    (23, &[32], &[15]),
    (24, &[33], &[]),
    (25, &[41], &[29]),
    (26, &[40], &[]),
    (27, &[42], &[]),
    (28, &[43], &[]),
    (29, &[46], &[]),
    (30, &[47], &[]),
    (31, &[49], &[]),
    (32, &[50], &[]),
    (33, &[51], &[47]),
    (34, &[52], &[]),
    (35, &[53], &[]),
    (36, &[54], &[]),
    (37, &[55], &[]),
    (38, &[56], &[]),
];

#[test]
fn every_article_of_2007_is_found_in_2019() {
    let corpus = Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap();
    let regulation = corpus.get("zhengfu-xinxi-gongkai-tiaoli").unwrap();
    let tree = |v: usize| regulation.versions[v].provisions().unwrap();
    let concordance = Concordance::between(tree(0), tree(1));
    let articles = |side: &[&Provision]| -> Vec<u32> {
        let numbers = side.iter().filter_map(|p| p.locator.as_ref()).filter_map(|locator| match locator {
            Locator::Article(article) => Some(article.article.number),
            _ => None,
        });
        numbers.collect()
    };
    let mut wrong = Vec::new();
    for (old, meant, also) in DISCLOSURE {
        let locator = Locator::article(old);
        let told: Vec<u32> = concordance.rows_of(&locator, true).flat_map(|row| articles(&row.new)).collect();
        let right =
            meant.iter().all(|n| told.contains(n)) && told.iter().all(|n| meant.contains(n) || also.contains(n));
        (!right).then(|| wrong.push(format!("第{old}条：应为{meant:?}，得{told:?}")));
    }
    let known = |n: &u32| DISCLOSURE.iter().any(|(_, meant, also)| meant.contains(n) || also.contains(n));
    for row in concordance.rows.iter().filter(|row| row.change != Change::New) {
        let taken = articles(&row.new).into_iter().filter(|n| !known(n));
        wrong.extend(taken.map(|n| format!("2019年第{n}条应为新增")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let news: usize = concordance.rows.iter().map(|r| r.new.len()).sum();
    assert_eq!(news, 56, "every new article stands in exactly one row");
    assert!(concordance.rows.iter().all(|r| r.change != Change::Same || r.similarity == 1.0));
    let change = |article: u32| {
        let locator = Locator::article(article);
        concordance.rows_of(&locator, false).next().unwrap().change
    };
    assert_eq!(
        [46, 7, 39, 15, 21].map(change),
        [Change::Moved, Change::New, Change::New, Change::Split, Change::Merged]
    );
}

#[test]
fn words_that_go_across_are_told_at_both_ends() {
    // The definition went to where the scope stands, the grading stayed.
    let old = "某法\n第一条　突发事件的预防与应急准备、监测与预警、应急处置与救援等应对活动，适用本法。\n\
               第二条　本法所称突发事件，是指突然发生，造成严重社会危害，需要采取处置措施予以应对的自然灾害和事故灾难。\n\
               按照危害程度、影响范围等因素，自然灾害、事故灾难分为特别重大、重大、较大和一般四级。";
    let new = "某法\n第一条　本法所称突发事件，是指突然发生，造成严重社会危害，需要采取处置措施予以应对的自然灾害和事故灾难。\n\
               突发事件的预防与应急准备、监测与预警、应急处置与救援等应对活动，适用本法。\n\
               第二条　按照危害程度、影响范围等因素，自然灾害、事故灾难分为特别重大、重大、较大和一般四级。";
    assert_eq!(rows(old, new), ["merged a1+a2→a1", "split a2→a2"]);
}

#[test]
fn a_copy_of_a_rule_elsewhere_takes_nothing_from_where_it_stays() {
    let grades = |what: &str| {
        format!("{what}级别按照危害程度和影响范围分为一级、二级、三级和四级，一级为最高级别，划分标准由国务院制定。")
    };
    let old = format!(
        "某法\n第一条　为了应对突发事件，制定本法。\n第二条　{}\n第三条　本法自公布之日起施行。",
        grades("预警")
    );
    let new = format!(
        "某法\n第一条　为了应对突发事件，制定本法。\n第二条　{}\n第三条　国家建立健全应急响应制度。响应{}\n第四条　本法自公布之日起施行。",
        grades("预警"),
        grades("")
    );
    assert_eq!(rows(&old, &new), ["same a1→a1", "same a2→a2", "new →a3", "moved a3→a4"]);
}
