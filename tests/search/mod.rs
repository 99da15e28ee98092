//! search: end to end, on the shipped corpus.

mod semantic;

use std::path::Path;
use std::sync::OnceLock;
use yiju::law::{Corpus, EffectLevel, Status};
use yiju::search::{Anchors, Index, PieceKind, Query, Results, Sort};

fn corpus() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    CORPUS.get_or_init(|| Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap())
}

fn index() -> &'static Index {
    static INDEX: OnceLock<(tempfile::TempDir, Index)> = OnceLock::new();
    let built = INDEX.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open_or_build(dir.path(), corpus()).unwrap();
        (dir, index)
    });
    &built.1
}

fn query(text: &str) -> Query {
    Query::new(text, "2026-11-22".parse().unwrap())
}

fn ask(query: &Query) -> Results {
    index().search(corpus(), query, &Anchors::default()).unwrap()
}

fn ids(results: &Results) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.id.as_str()).collect()
}

#[test]
fn words_find_the_clause() {
    for (text, id) in [
        ("部门预算什么时候公开", "yusuan-fa@2018-12-29/a14"),
        ("政府信息公开的答复期限", "zhengfu-xinxi-gongkai-tiaoli@2019-04-03/a33"),
        ("哪些信息应当主动公开", "zhengfu-xinxi-gongkai-tiaoli@2019-04-03/a19"),
    ] {
        let results = ask(&query(text));
        assert!(ids(&results)[..3].contains(&id), "{text}: {:?}", ids(&results));
    }
}

#[test]
fn a_part_of_a_title_finds_that_regulation_first() {
    for (text, regulation) in [
        ("政府信息公开", "zhengfu-xinxi-gongkai-tiaoli"),
        ("預算法實施", "yusuan-fa-shishi-tiaoli"),
        ("社会保险", "shehui-baoxian-fa"),
    ] {
        assert_eq!(ask(&query(text)).hits[0].regulation, regulation, "{text}");
    }
}

#[test]
fn a_quoted_word_that_stands_nowhere_is_searched_for_as_words_with_a_note() {
    let results = ask(&query("“政府信息大公开”的答复期限"));
    assert!(!results.hits.is_empty() && results.notes[0].contains("没有原样"), "{:?}", results.notes);
}

#[test]
fn the_text_in_force_stands_before_the_superseded_one() {
    let results = ask(&query("依申请公开 答复 期限 工作日"));
    let at = |version: &str| {
        results.hits.iter().position(|h| h.version == version && h.regulation.starts_with("zhengfu-xinxi"))
    };
    assert!(at("2019-04-03").unwrap() < at("2007-04-05").unwrap_or(usize::MAX));
}

#[test]
fn filters_order_and_pages() {
    let all = ask(&query("公开"));
    assert!(all.total > 10 && all.hits.len() == 10);
    assert_eq!(all.facets.levels.values().sum::<usize>(), all.total);
    let mut laws = query("公开");
    laws.filters.levels = vec![EffectLevel::Law];
    assert!(ask(&laws).hits.iter().all(|hit| hit.level == EffectLevel::Law));
    let mut old = query("公开");
    old.filters.statuses = vec![Status::Superseded];
    assert!(ask(&old).hits.iter().all(|hit| hit.status == Status::Superseded));
    let mut one = query("公开");
    one.filters.regulation = Some("yusuan-fa".into());
    assert!(!ask(&one).hits.is_empty());
    assert!(ask(&one).hits.iter().all(|hit| hit.regulation == "yusuan-fa"));
    let mut issuer = query("公开");
    issuer.filters.issuer = Some("国务院".into());
    assert!(!ask(&issuer).hits.is_empty());
    let mut second = query("公开");
    second.offset = 5;
    assert_eq!(ids(&ask(&second))[..5], ids(&all)[5..]);
    let mut sorted = query("公开");
    sorted.sort = Sort::EffectLevel;
    let levels: Vec<EffectLevel> = ask(&sorted).hits.iter().map(|hit| hit.level).collect();
    assert!(levels.is_sorted());
}

#[test]
fn a_phrase_in_quotation_marks_stands_as_it_is() {
    let results = ask(&query("“由各部门向社会公开”"));
    assert!(!results.hits.is_empty());
    for hit in &results.hits {
        assert!(hit.text.contains("由各部门向社会公开"), "{}", hit.id);
        assert!(hit.snippet.iter().any(|p| p.kind == PieceKind::Hit && p.words.contains("由各部门向社会公开")));
    }
}

#[test]
fn strange_queries_get_an_empty_or_a_plain_answer() {
    for text in ["", " ", "？？？", "的", "“”", "“", "zzzz", "\u{0}", "第三十三条"] {
        ask(&query(text));
    }
    assert_eq!(ask(&query("")).total, 0);
    let long = "公开预算".repeat(5_000);
    assert!(!ask(&query(&long)).hits.is_empty());
}

#[test]
fn cited_items_are_counted_for_the_article_around_them() {
    let mut anchors = Anchors::default();
    anchors.add("yusuan-fa@2018-12-29/a14.p2", "部门预算", "");
    anchors.add("yusuan-fa@2018-12-29/a14", "部门决算", "");
    let results = index().search(corpus(), &query("预算 决算 二十日内 向社会公开"), &anchors).unwrap();
    let hit = results.hits.iter().find(|hit| hit.id == "yusuan-fa@2018-12-29/a14").unwrap();
    assert_eq!(hit.cited_by, 2);
}

#[test]
fn items_bring_up_what_they_cite_in_their_own_words() {
    let (list, budget) = ("zhengfu-xinxi-gongkai-tiaoli@2019-04-03/a20", "yusuan-fa@2018-12-29/a14");
    let mut anchors = Anchors::default();
    anchors.add(&format!("{list}.p1.i2"), "机构概况 领导之窗", "领导姓名、分工、简历");
    anchors.add(&format!("{budget}.p2"), "三公经费", "");
    anchors.add("no-such-law@2019-01-01/a1", "领导之窗", "");
    let with = |query: &Query| index().search(corpus(), query, &anchors).unwrap();
    for (text, id) in [("领导之窗", list), ("领导简历", list), ("三公经费", budget)] {
        let results = with(&query(text));
        assert!(ids(&results)[..3].contains(&id), "{text}: {:?}", ids(&results));
        let unique: std::collections::BTreeSet<&str> = ids(&results).into_iter().collect();
        assert_eq!(unique.len(), results.hits.len(), "{text}");
    }
    // A filter leaves out what items bring up too, and words that no item has find what they find without items.
    let mut narrowed = query("领导之窗");
    narrowed.filters.regulation = Some("yusuan-fa".into());
    assert!(with(&narrowed).hits.iter().all(|hit| hit.regulation == "yusuan-fa"));
    for text in ["转移支付", "养老金领取的条件", "“领导”"] {
        assert_eq!(ids(&with(&query(text))), ids(&ask(&query(text))), "{text}");
    }
}

#[test]
fn an_index_is_opened_again_rebuilt_when_damaged_and_written_whole() {
    let dir = tempfile::tempdir().unwrap();
    let folders = || -> Vec<_> { std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().path()).collect() };
    let first = Index::open_or_build(dir.path(), corpus()).unwrap().len();
    assert_eq!(folders().len(), 1);
    let folder = folders().remove(0);
    let written = std::fs::metadata(folder.join("meta.json")).unwrap().modified().unwrap();
    assert_eq!(Index::open_or_build(dir.path(), corpus()).unwrap().len(), first);
    assert_eq!(std::fs::metadata(folder.join("meta.json")).unwrap().modified().unwrap(), written);

    let part = std::fs::read_dir(&folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .find(|p| p.extension().is_some_and(|e| e == "idx"))
        .unwrap();
    let mut bytes = std::fs::read(&part).unwrap();
    let middle = bytes.len() / 3;
    bytes[middle] ^= 0xFF;
    std::fs::write(&part, &bytes).unwrap();
    assert_eq!(Index::open_or_build(dir.path(), corpus()).unwrap().len(), first);
    // Bounds of words that are damaged would lose units, so they are not used.
    let bounds = folder.join("bounds");
    let mut bytes_of_bounds = std::fs::read(&bounds).unwrap();
    bytes_of_bounds[8] ^= 0x7F;
    std::fs::write(&bounds, &bytes_of_bounds).unwrap();
    assert_eq!(Index::open_or_build(dir.path(), corpus()).unwrap().len(), first);
    assert_ne!(std::fs::read(&bounds).unwrap(), bytes_of_bounds);
    std::fs::write(&part, &bytes[..0]).ok();
    std::fs::remove_file(folder.join("meta.json")).ok();
    assert_eq!(Index::open_or_build(dir.path(), corpus()).unwrap().len(), first);
    assert_eq!(folders().len(), 1, "nothing half-written stays");
}

#[test]
fn a_folder_that_cannot_be_made_is_one_clear_message() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let Err(error) = Index::open_or_build(&file.path().join("data"), corpus()) else { panic!("built in a file") };
    assert!(error.to_string().starts_with("索引目录 ") && error.to_string().contains("--index"), "{error}");
}
