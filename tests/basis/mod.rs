//! basis: end to end, on the shipped corpus and catalogs.

use std::path::Path;
use std::sync::OnceLock;
use yiju::snapshot::{Snapshot, Sources};

pub fn snapshot() -> &'static Snapshot {
    static SNAPSHOT: OnceLock<(tempfile::TempDir, Snapshot)> = OnceLock::new();
    let built = SNAPSHOT.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let corpora = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")];
        let sources = Sources { corpora, index: dir.path().into(), ..Sources::default() };
        let snapshot = Snapshot::open(&sources, "2026-11-22".parse().unwrap()).unwrap();
        (dir, snapshot)
    });
    &built.1
}

#[test]
fn a_usual_item_gets_its_clause_with_reasons() {
    let proposed = snapshot().propose("部门预算公开", 3).unwrap();
    assert_eq!(proposed[0].id, "yusuan-fa@2018-12-29/a14.p2");
    assert!(proposed[0].words.contains(&"预算".to_string()));
    assert!(!proposed[0].precedents.is_empty());
}

#[test]
fn what_bodies_usually_cite_is_proposed_for_an_item_in_other_words() {
    let proposed = snapshot().propose("中长期规划 本单位五年规划全文", 5).unwrap();
    assert!(
        proposed.iter().any(|one| one.id.starts_with("zhengfu-xinxi-gongkai-tiaoli@2019-04-03/a20")),
        "{proposed:?}"
    );
}

/// 条例 第二十条 is one 款 of fifteen 项: an item that one of them names is not sent to the whole article.
#[test]
fn an_item_is_proposed_the_place_that_names_it() {
    for (item, place) in [
        ("部门预算公开", "a20.p1.i7"),
        ("机构职能 办公地址 联系方式", "a20.p1.i2"),
        ("国民经济和社会发展统计信息", "a20.p1.i4"),
        ("行政事业性收费项目及其依据、标准", "a20.p1.i8"),
        ("突发公共事件的应急预案", "a20.p1.i12"),
        ("公务员招考录用结果", "a20.p1.i14"),
    ] {
        let id = format!("zhengfu-xinxi-gongkai-tiaoli@2019-04-03/{place}");
        let proposed: Vec<_> = snapshot().propose(item, 5).unwrap().into_iter().map(|one| one.id).collect();
        assert!(proposed.contains(&id), "{item}: {proposed:?}");
    }
}

/// Items of bodies of many kinds, with the clauses that order their disclosure: `id/locator` without the version, an
/// article or one place in it; `*` is any place of that document.
#[test]
fn items_of_other_bodies_get_their_clause() {
    #[derive(serde::Deserialize)]
    struct Gold {
        item: String,
        clauses: Vec<String>,
    }
    let unit = |place: &str| yiju::search::unit::unit_id(place).to_string();
    for (file, least_first, least_among) in [
        ("first.jsonl", 0.85, 0.95),
        ("second.jsonl", 0.85, 0.95),
        ("third.jsonl", 0.8, 0.85),
        ("fourth.jsonl", 0.85, 0.95),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/basis").join(file);
        let text = std::fs::read_to_string(path).unwrap();
        let golds: Vec<Gold> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let (mut first, mut among) = (0, 0);
        for gold in &golds {
            let proposed = snapshot().propose(&gold.item, 5).unwrap();
            let fits = |id: &str| {
                let (regulation, rest) = id.split_once('@').unwrap();
                let place = format!("{regulation}/{}", rest.split_once('/').unwrap().1);
                gold.clauses.iter().any(|clause| {
                    let whole = clause.strip_suffix('*').is_some_and(|document| place.starts_with(document));
                    whole || unit(clause) == unit(&place)
                })
            };
            let rank = proposed.iter().position(|one| fits(&one.id));
            first += usize::from(rank == Some(0));
            among += usize::from(rank.is_some());
            if rank.is_none() {
                println!("{}: {:?}", gold.item, proposed.iter().map(|one| &one.id).collect::<Vec<_>>());
            }
        }
        let share = |count: usize| count as f64 / golds.len() as f64;
        assert!(share(first) >= least_first, "{file}: {}", share(first));
        assert!(share(among) >= least_among, "{file}: {}", share(among));
    }
}

#[test]
fn where_nothing_fits_nothing_is_proposed() {
    for item in ["", "的", "量子纠缠实验", "shopping list", "红烧肉的做法", "世界杯比赛结果", "手机评测"]
    {
        assert_eq!(snapshot().propose(item, 5).unwrap(), [], "{item}");
    }
}

#[test]
fn a_citation_in_any_form_opens_its_clause_first() {
    use yiju::search::Query;
    for (typed, id) in [
        ("预算法14条2款", "yusuan-fa@2018-12-29/a14.p2"),
        ("信息公开条例 第二十条（七）", "zhengfu-xinxi-gongkai-tiaoli@2019-04-03/a20.p1.i7"),
        ("《预算法》第五条", "yusuan-fa@2018-12-29/a5"),
        ("国办发[2018]118号", "guobanfa-2018-118@2018-12-05/s0.p1"),
        ("预算法", "yusuan-fa@2018-12-29/a1"),
        ("请问预算法第十四条第二款是怎么说的", "yusuan-fa@2018-12-29/a14.p2"),
        ("預算法十四條第二款", "yusuan-fa@2018-12-29/a14.p2"),
        ("yusuan-fa/a14.p2", "yusuan-fa@2018-12-29/a14.p2"),
    ] {
        let results = snapshot().search(&Query::new(typed, snapshot().today)).unwrap();
        assert!(results.understood.is_some(), "{typed}");
        assert_eq!(results.hits[0].id, id, "{typed}");
    }
}

#[test]
fn inside_one_regulation_a_bare_clause_is_its_own() {
    use yiju::search::Query;
    let mut query = Query::new("14条2款", snapshot().today);
    query.filters.regulation = Some("yusuan-fa".into());
    assert_eq!(snapshot().search(&query).unwrap().hits[0].id, "yusuan-fa@2018-12-29/a14.p2");
}

#[test]
fn what_is_named_and_not_there_is_told() {
    use yiju::search::Query;
    for (typed, told) in [
        ("《某某市公开办法》第五条", "不等于不存在"),
        ("预算法第五百条", "没有第五百条"),
        ("政府信息公开条例（国务院令第492号）第二十条", ""),
    ] {
        let notes = snapshot().search(&Query::new(typed, snapshot().today)).unwrap().notes;
        assert_eq!(notes.is_empty(), told.is_empty(), "{typed}: {notes:?}");
        assert!(notes.iter().all(|note| note.contains(told)), "{typed}: {notes:?}");
    }
}

#[test]
fn a_name_with_a_typing_error_or_in_pinyin_is_asked_back() {
    use yiju::search::Query;
    for (typed, title) in [
        ("政府信息公天条例", "《中华人民共和国政府信息公开条例》"),
        ("yusuanfa", "《中华人民共和国预算法》"),
        ("部门预算什么时候公开", ""),
    ] {
        let notes = snapshot().search(&Query::new(typed, snapshot().today)).unwrap().notes;
        assert_eq!(notes.iter().any(|note| note.contains("是不是想找")), !title.is_empty(), "{typed}: {notes:?}");
        assert!(notes.iter().all(|note| note.contains(title)), "{typed}: {notes:?}");
    }
}

#[test]
fn names_are_suggested_by_title_alias_number_and_initials() {
    let suggestions = yiju::search::Suggestions::of(&snapshot().corpus);
    for (typed, id) in [
        ("ysf", "yusuan-fa"),
        ("预算法实", "yusuan-fa-shishi-tiaoli"),
        ("國辦發2018", "guobanfa-2018-118"),
        ("yusuanfa", "yusuan-fa"),
    ] {
        let found = suggestions.suggest(typed, 5);
        assert!(found.iter().any(|one| one.regulation == id), "{typed}: {found:?}");
    }
    let near = suggestions.suggest("政府信息公天条例", 3);
    assert!(near[0].near && near[0].regulation == "zhengfu-xinxi-gongkai-tiaoli", "{near:?}");
    assert!(suggestions.suggest("", 5).is_empty());
}
