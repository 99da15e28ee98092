//! quote: where quoted words stand in the shipped corpus, and how they differ.

use std::path::Path;
use std::sync::LazyLock;
use yiju::law::Corpus;
use yiju::quote::{Change, Dropped, Edge, Index, Match, Place};

static CORPUS: LazyLock<Corpus> =
    LazyLock::new(|| Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap());
static INDEX: LazyLock<Index> = LazyLock::new(|| Index::build(&CORPUS));

const DISCLOSURE: &str = "zhengfu-xinxi-gongkai-tiaoli@2019-04-03/";
const DISCLOSURE_2007: &str = "zhengfu-xinxi-gongkai-tiaoli@2007-04-05/";
const BUDGET: &str = "yusuan-fa@2018-12-29/";
const BUDGET_RULES: &str = "yusuan-fa-shishi-tiaoli@2020-08-03/";

fn place(id: &str) -> Place {
    let (document, locator) = id.split_once('/').unwrap();
    let (regulation, version) = document.split_once('@').unwrap();
    let at = CORPUS.regulations().iter().position(|r| r.id == regulation).unwrap();
    let version = CORPUS.regulations()[at].version_by_id(version).unwrap();
    Place { regulation: at, version, locator: locator.into() }
}

fn id(place: &Place) -> String {
    let regulation = &CORPUS.regulations()[place.regulation];
    format!("{}@{}/{}", regulation.id, regulation.versions[place.version].id(), place.locator)
}

fn find(quote: &str, cited: &str) -> Vec<Match> {
    let cited: Vec<Place> = cited.split_whitespace().map(place).collect();
    INDEX.find(&CORPUS, quote, &cited)
}

fn shown(found: &Match) -> String {
    let mark = |change| match change {
        Change::Equal => ("", ""),
        Change::Delete => ("[-", "-]"),
        Change::Insert => ("[+", "+]"),
    };
    found.diff.iter().map(|s| format!("{}{}{}", mark(s.0).0, s.1, mark(s.0).1)).collect()
}

#[test]
fn words_that_stand_where_they_are_cited_are_the_only_answer() {
    for (quote, cited, place) in [
        ("财政预算、决算信息。", format!("{DISCLOSURE}a20.p1.i7"), "a20.p1.i7"),
        ("财政预算、决算信息；", format!("{DISCLOSURE}a20"), "a20.p1.i7"),
        (
            "行政机关应当依照本条例第十九条的规定，主动公开本行政机关的下列政府信息：（七）财政预算、决算信息；",
            format!("{DISCLOSURE}a20.p1.i7"),
            "",
        ),
        (
            "第二十条 行政机关应当依照本条例第十九条的规定，主动公开本行政机关的下列政府信息：\n(七) 财政预算、决算信息",
            format!("{DISCLOSURE}a20"),
            "a20.p1.i7",
        ),
        (
            "(六)加强事后公开。行政执法机关要在执法决定作出之日起20个工作日内,向社会公布执法机关、执法对象、执法类别、执法结论等信息,接受社会监督",
            "guobanfa-2018-118@2018-12-05/s2.6".into(),
            "s2.6",
        ),
    ] {
        let found = find(quote, &cited);
        if place.is_empty() {
            continue;
        }
        assert_eq!(found.len(), 1, "{quote}");
        assert!(found[0].same_words, "{quote}: {}", shown(&found[0]));
        assert_eq!(found[0].place.locator, place, "{quote}");
    }
}

#[test]
fn changed_and_lost_words_are_shown_character_by_character() {
    for (quote, cited, diff) in [
        (
            "试行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定。",
            format!("{DISCLOSURE}a20.p1.i6"),
            "[-试-][+实施+]行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定。",
        ),
        (
            "一般性转移支付向社会公开应细化到地区。",
            format!("{BUDGET_RULES}a6"),
            "一般性转移支付向社会公开应[+当+]细化到地区。",
        ),
        (
            "行政机关应当依据本条例第二十条、第二十一条的规定，确定主动公开政府信息的具体内容，并按照上级行政机关的部署，不断增加主动公开的内容。",
            format!("{DISCLOSURE}a22"),
            "行政机关应当依[-据-][+照+]本条例第二十条、第二十一条的规定，确定主动公开政府信息的具体内容，并按照上级行政机关的部署，不断增加主动公开的内容。",
        ),
    ] {
        let found = find(quote, &cited);
        assert!(!found[0].same_words && found[0].changed <= 3, "{} {}", found[0].changed, shown(&found[0]));
        assert_eq!(shown(&found[0]), diff);
    }
}

#[test]
fn words_of_another_place_are_found_there_first() {
    for (quote, cited, places) in [
        // Words of the implementing regulation under the law's number, five paragraphs run together.
        (
            "各部门预算应当反映一般公共预算、政府性基金预算、国有资本经营预算安排给本部门及其所属各单位的所有预算资金。各部门预算收入包括本级财政安排给本部门及其所属各单位的预算拨款收入和其他收入。各部门预算支出为与部门预算收入相对应的支出，包括基本支出和项目支出。",
            format!("{BUDGET}a5"),
            vec![format!("{BUDGET_RULES}a5")],
        ),
        // Another item, another article, another version.
        ("财政预算、决算信息；", format!("{DISCLOSURE}a20.p1.i6"), vec![format!("{DISCLOSURE}a20.p1.i7")]),
        (
            "行政机关应当建立健全政府信息发布机制，将主动公开的政府信息通过政府公报、政府网站或者其他互联网政务媒体、新闻发布会以及报刊、广播、电视等途径予以公开。",
            format!("{DISCLOSURE}a24"),
            vec![format!("{DISCLOSURE}a23.p1")],
        ),
        (
            "行政机关应当将主动公开的政府信息，通过政府公报、政府网站、新闻发布会以及报刊、广播、电视等便于公众知晓的方式公开。",
            format!("{DISCLOSURE}a23"),
            vec![format!("{DISCLOSURE_2007}a15.p1")],
        ),
        // The same words in two places: both, and the cited document first.
        (
            "涉及公众利益调整、需要公众广泛知晓或者需要公众参与决策",
            format!("{DISCLOSURE}a1"),
            vec![format!("{DISCLOSURE}a19.p1"), format!("{DISCLOSURE}a44.p2")],
        ),
    ] {
        let found: Vec<String> = find(quote, &cited).iter().map(|m| id(&m.place)).take(places.len()).collect();
        assert_eq!(found, places, "{quote}");
    }
}

#[test]
fn clauses_run_together_are_found_as_one() {
    let quote = "部门预算、决算支出按其功能分类应当公开到项；按其经济性质分类，基本支出应当公开到款。第十四条 政府性基金预算收入包括政府性基金各项目收入和转移性收入。";
    let found = &find(quote, &format!("{BUDGET}a5"))[0];
    let parts: Vec<&str> = found.parts.iter().map(|p| p.locator.as_str()).collect();
    assert!(found.same_words, "{}", shown(found));
    assert_eq!(parts, ["a6.p3", "a14.p1"]);
}

#[test]
fn what_is_left_out_is_told_from_what_differs() {
    let sentence = "经本级政府财政部门批复的部门预算、决算及报表，应当在批复后二十日内由各部门向社会公开，并对部门预算、决算中机关运行经费的安排、使用情况等重要事项作出说明。";
    for (quote, start, end, dropped, cut_off) in [
        (sentence.to_string(), Edge::Sentence, Edge::Sentence, Dropped::Nothing, false),
        // Stops at a comma, stops inside a clause, starts inside one.
        (sentence[..sentence.find("，并对").unwrap()].into(), Edge::Sentence, Edge::Clause, Dropped::Nothing, true),
        (sentence[..sentence.find("部门向社会").unwrap()].into(), Edge::Sentence, Edge::Inside, Dropped::Nothing, true),
        (sentence[sentence.find("在批复后").unwrap()..].into(), Edge::Inside, Edge::Sentence, Dropped::Nothing, true),
        // An ellipsis says that words are left out.
        (
            sentence.replace("应当在批复后二十日内由各部门向社会公开，", "……"),
            Edge::Sentence,
            Edge::Sentence,
            Dropped::Nothing,
            false,
        ),
        (
            sentence.replace("应当在批复后二十日内由各部门向社会公开，", ""),
            Edge::Sentence,
            Edge::Sentence,
            Dropped::Clauses,
            true,
        ),
    ] {
        let found = &find(&quote, &format!("{BUDGET}a14.p2"))[0];
        assert!(found.same_words, "{quote}: {}", shown(found));
        assert_eq!((found.start, found.end, found.dropped, found.cut_off), (start, end, dropped, cut_off), "{quote}");
    }
}

#[test]
fn width_and_marks_are_no_words() {
    let quote = "各级政府、各部门、各单位，应当将政府采购的情况及时向社会公开.";
    let found = &find(quote, &format!("{BUDGET}a14.p3"))[0];
    assert!(found.same_words && !found.same_marks);
    assert!(found.diff.iter().filter(|s| s.0 != Change::Equal).all(|s| s.is_marks()));
}

#[test]
fn words_of_no_text_are_nowhere() {
    for quote in ["天高云淡望断南飞雁不到长城非好汉", "", "。。。", "的"] {
        assert_eq!(find(quote, &format!("{BUDGET}a14")), [], "{quote}");
    }
}
