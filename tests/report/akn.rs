//! Akoma Ntoso: the whole shipped corpus goes out and comes back as the same trees, with ids by the convention.

use std::collections::BTreeSet;
use std::path::Path;
use yiju::law::{Corpus, Locator, Provision, parse_text};
use yiju::report::akn;

fn shipped() -> Corpus {
    Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap()
}

#[test]
fn every_shipped_text_round_trips_through_the_tree() {
    let corpus = shipped();
    let mut texts = 0;
    for regulation in corpus.regulations() {
        for (v, version) in regulation.versions.iter().enumerate() {
            let Some(tree) = version.provisions() else { continue };
            let xml = akn::write(&corpus, regulation, v).unwrap();
            let back = parse_text(&akn::read(&xml).unwrap()).unwrap();
            assert_eq!(shape(&back), shape(tree), "{}", regulation.id);
            texts += 1;
        }
    }
    assert!(texts >= 18);
}

/// A tree without line numbers, one line a node.
fn shape(root: &Provision) -> Vec<String> {
    let line = |p: &Provision| {
        let id = p.locator.as_ref().map(Locator::id).unwrap_or_default();
        format!("{:?} {id} {} {}|{}", p.level, p.mark, p.heading().unwrap_or_default(), p.text)
    };
    root.walk().map(line).collect()
}

#[test]
fn the_document_names_its_work_its_expression_and_its_life() {
    let corpus = shipped();
    let regulation = corpus.get("zhengfu-xinxi-gongkai-tiaoli").unwrap();
    let xml = akn::write(&corpus, regulation, 1).unwrap();
    let work = "/akn/cn/act/2007-04-05/zhengfu-xinxi-gongkai-tiaoli";
    for part in [
        "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">",
        &format!(
            "<FRBRWork><FRBRthis value=\"{work}/!main\"/><FRBRuri value=\"{work}\"/><FRBRdate date=\"2007-04-05\""
        ),
        &format!("<FRBRExpression><FRBRthis value=\"{work}/zho@2019-04-03/!main\"/>"),
        "<FRBRlanguage language=\"zho\"/>",
        "<FRBRnumber value=\"国务院令第711号\"/>",
        "<eventRef eId=\"evt_1\" date=\"2008-05-01\" source=\"#issuer\" type=\"generation\"/>",
        "<eventRef eId=\"evt_2\" date=\"2019-05-15\" source=\"#issuer\" type=\"amendment\"/>",
        "<hcontainer name=\"item\" eId=\"art_20__para_1__item_7\"><num>（七）</num><content><p>财政预算、决算信息；</p></content>",
        "<chapter eId=\"chp_1\"><num>第一章　</num><heading>总则</heading>",
    ] {
        assert!(xml.contains(part), "{part}");
    }
}

/// Steps joined by two underscores, each an abbreviation of the naming convention, an underscore and a number; a name
/// alone for what metadata refers to.
fn follows_the_convention(id: &str) -> bool {
    const METADATA: [&str; 3] = ["yiju", "issuer", "repealing"];
    const CODES: [&str; 17] = [
        "evt",
        "annex",
        "part",
        "subpart",
        "chp",
        "sec",
        "subsec",
        "art",
        "para",
        "point",
        "indent",
        "al",
        "item",
        "subitem",
        "ordinal",
        "paragraph",
        "hcontainer",
    ];
    let is_number = |number: &str| {
        let number = number.strip_prefix("nn-").unwrap_or(number);
        !number.is_empty() && number.split('-').all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    let is_step = |step: &str| step.split_once('_').is_some_and(|(code, n)| CODES.contains(&code) && is_number(n));
    METADATA.contains(&id) || id.split("__").all(is_step)
}

#[test]
fn ids_are_unique_and_name_the_place() {
    let corpus = shipped();
    for regulation in corpus.regulations() {
        for v in 0..regulation.versions.len() {
            let Ok(xml) = akn::write(&corpus, regulation, v) else { continue };
            let ids: Vec<&str> = xml.split("eId=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let unique: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(unique.len(), ids.len(), "{}", regulation.id);
            assert!(ids.iter().all(|id| follows_the_convention(id)), "{}: {ids:?}", regulation.id);
            let named = regulation.provisions(v).count();
            assert!(ids.len() > named, "{}: every citable provision has an id", regulation.id);
        }
    }
    for (locator, id) in [
        ("第一百二十条之一", "art_120-1"),
        ("第三章第一节", "chp_3__sec_1"),
        ("二、（六）第一段", "sec_2__subsec_6__al_1"),
        ("二、（六）1.（2）", "sec_2__subsec_6__point_1__indent_2"),
        ("附件1二、", "annex_1__sec_2"),
    ] {
        assert_eq!(akn::eid(&locator.parse().unwrap()), id);
    }
}

#[test]
fn what_is_no_akoma_ntoso_is_refused() {
    for xml in
        ["", "no xml", "<akomaNtoso><act><body>", "<a><b></a>", "<akomaNtoso><act><meta>x</meta></act></akomaNtoso>"]
    {
        assert!(akn::read(xml).is_err(), "{xml}");
    }
}
