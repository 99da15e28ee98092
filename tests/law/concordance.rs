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

#[test]
fn the_disclosure_list_of_2007_is_found_in_2019() {
    let corpus = Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap();
    let regulation = corpus.get("zhengfu-xinxi-gongkai-tiaoli").unwrap();
    let tree = |v: usize| regulation.versions[v].provisions().unwrap();
    let concordance = Concordance::between(tree(0), tree(1));
    let became = |article: u32| {
        let locator = Locator::article(article);
        let row = concordance.rows_of(&locator, true).next().unwrap();
        row.new.iter().filter_map(|p| p.locator.as_ref()).map(Locator::id).collect::<Vec<_>>()
    };
    for (old, new) in [
        (1, &["a1"][..]),
        (3, &["a3"]),
        (8, &["a14"]),
        (9, &["a19"]),
        (10, &["a20"]),
        (11, &["a21"]),
        (17, &["a10"]),
        (19, &["a12"]),
        (21, &["a36"]),
        // What third parties' secrets are became an article of its own, beside how they are asked.
        (23, &["a15", "a32"]),
        (29, &["a46"]),
        (38, &["a56"]),
    ] {
        assert_eq!(became(old), new, "{old}");
    }
    let change = |article: u32| {
        let locator = Locator::article(article);
        concordance.rows_of(&locator, false).next().unwrap().change
    };
    assert_eq!((change(46), change(7), change(39)), (Change::Moved, Change::New, Change::New));
    let olds: usize = concordance.rows.iter().map(|r| r.old.len()).sum();
    let news: usize = concordance.rows.iter().map(|r| r.new.len()).sum();
    assert_eq!((olds, news), (38, 56), "every article stands in exactly one row");
    assert!(concordance.rows.iter().all(|r| r.change != Change::Same || r.similarity == 1.0));
}
