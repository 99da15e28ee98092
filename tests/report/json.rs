//! The shapes that other programs lean on, key by key.

use serde_json::{Value, json};
use std::path::Path;
use yiju::catalog::item::{Catalog, Field, FieldCell, Item};
use yiju::check::{Applicability, Depth, Edit, Evidence, Finding, Fix, Link, Severity, Verdict};
use yiju::cite::citation::{Citation, CitedLocator, CitedNumber, Quote, Resolution, Resolved, Unknown};
use yiju::import::Origin;
use yiju::law::{Corpus, Locator};
use yiju::quote::{Change, Place, Segment};
use yiju::report::json::{Cells, ItemView, Views};
use yiju::text::Span;

fn corpus() -> Corpus {
    Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::new(start, start + part.len())
}

fn place(corpus: &Corpus, id: &str) -> Place {
    let provision = corpus.provision(id, "2026-11-22".parse().unwrap()).unwrap();
    let regulation = corpus.regulations().iter().position(|r| r.id == provision.regulation.id).unwrap();
    Place {
        regulation,
        version: provision.version,
        locator: provision.provision.locator.as_ref().map(Locator::id).unwrap(),
    }
}

#[test]
fn a_provision_has_its_address_its_words_and_its_standing() {
    let corpus = corpus();
    let views = Views::new(&corpus, "2026-11-22".parse().unwrap());
    let provision = corpus.provision("zhengfu-xinxi-gongkai-tiaoli@2007-04-05/a10.i4", views.today).unwrap();
    assert_eq!(
        serde_json::to_value(views.provision(provision)).unwrap(),
        json!({
            "id": "zhengfu-xinxi-gongkai-tiaoli@2007-04-05/a10.p1.i4",
            "regulation": "zhengfu-xinxi-gongkai-tiaoli",
            "version": "2007-04-05",
            "title": "中华人民共和国政府信息公开条例",
            "locator": {"article": "10", "paragraph": 1, "item": 4, "subitem": null},
            "label": "第十条第（四）项",
            "text": "财政预算、决算报告；",
            "status": "superseded",
            "level": "行政法规",
        })
    );
}

#[test]
fn a_citation_counts_code_points_and_says_what_it_means() {
    let corpus = corpus();
    let views = Views::new(&corpus, "2026-11-22".parse().unwrap());
    let text = "依据：《预算法》（主席令第22号）第十四条、第二百条：经本级政府财政部门批复";
    let law = place(&corpus, "yusuan-fa/a14");
    let citation = Citation {
        span: Span::new(span(text, "《预算法》").start, span(text, "第二百条").end),
        column: None,
        title: Some("预算法".into()),
        title_span: None,
        number: Some(CitedNumber {
            text: "主席令第22号".into(),
            span: span(text, "主席令第22号"),
            number: None,
            own: true,
        }),
        version_year: None,
        locators: vec![
            CitedLocator { locator: Locator::article(14), span: span(text, "第十四条") },
            CitedLocator { locator: Locator::article(200), span: span(text, "第二百条") },
        ],
        quote: Some(Quote {
            text: "经本级政府财政部门批复".into(), span: span(text, "经本级政府财政部门批复")
        }),
        mention: false,
    };
    let found =
        Resolution::Found(Resolved { regulation: law.regulation, version: Some(law.version), number_disagrees: None });
    let view = serde_json::to_value(views.citation(&citation, &found, text)).unwrap();
    assert_eq!(keys(&view), ["document_number", "locators", "quote", "resolution", "span", "text", "title"]);
    assert_eq!(view["text"], "《预算法》（主席令第22号）第十四条、第二百条");
    assert_eq!(view["span"], json!([3, 26]));
    assert_eq!(view["quote"], json!({"text": "经本级政府财政部门批复", "span": [27, 38]}));
    assert_eq!(view["locators"][1], json!({"article": "200", "paragraph": null, "item": null, "subitem": null}));
    let resolution = &view["resolution"];
    assert_eq!(keys(resolution), ["candidates", "full_title", "provisions", "regulation", "status"]);
    assert_eq!(resolution["status"], "found");
    assert_eq!(resolution["full_title"], "中华人民共和国预算法");
    assert_eq!(resolution["provisions"].as_array().unwrap().len(), 1, "article 200 does not exist");

    let near = Resolution::NotInCorpus(Unknown { near: vec![(law.regulation, 4)] });
    let view = serde_json::to_value(views.citation(&citation, &near, text)).unwrap();
    assert_eq!(view["resolution"]["status"], "not-in-corpus");
    assert_eq!(view["resolution"]["regulation"], Value::Null);
    assert_eq!(view["resolution"]["candidates"][0]["distance"], 4);
}

#[test]
fn a_check_counts_spans_in_the_cell_of_the_citation() {
    let corpus = corpus();
    let views = Views::new(&corpus, "2026-11-22".parse().unwrap());
    let basis = "见《政府信息公开条例》第二十条第七款";
    let mut item = Item { row: 7, path: vec!["财政预决算".into(), "部门预算".into()], ..Default::default() };
    item.origin = Origin::line(9);
    item.fields.insert(Field::Basis, FieldCell::new(basis, Origin::line(9)));
    let catalog = Catalog { file: "目录.txt".into(), items: vec![item], ..Default::default() };
    assert_eq!(
        serde_json::to_value(ItemView::of(&catalog.items[0], &catalog)).unwrap(),
        json!({
            "row": 7, "path": ["财政预决算", "部门预算"], "content": "", "basis": basis, "clause": "", "effect_level": "",
            "deadline": "", "publisher": "", "channel": "", "audience": "", "department": "", "disclosure": "",
            "origin": {"file": "目录.txt", "line": 9},
        })
    );

    let official = place(&corpus, "zhengfu-xinxi-gongkai-tiaoli/a20.i7");
    let link = Link {
        item: 7,
        index: 0,
        citation: Citation {
            span: span(basis, "《政府信息公开条例》第二十条第七款"),
            column: Some(Field::Basis),
            title: Some("政府信息公开条例".into()),
            title_span: None,
            number: None,
            version_year: None,
            locators: Vec::new(),
            quote: None,
            mention: true,
        },
        resolution: Resolution::Ambiguous(vec![official.regulation]),
        provisions: Vec::new(),
        matches: Vec::new(),
        footing: Default::default(),
    };
    let mut cells = Cells::of(&catalog);
    let checked = views.checked(&link, Verdict::NoLongerValid, Depth::Provision, &mut cells);
    let view = serde_json::to_value(checked).unwrap();
    assert_eq!(
        keys(&view),
        [
            "column",
            "depth",
            "document_number",
            "item",
            "locators",
            "mention",
            "quote",
            "resolution",
            "span",
            "text",
            "title",
            "verdict"
        ]
    );
    assert_eq!((&view["item"], &view["column"], &view["span"]), (&json!(7), &json!("basis"), &json!([1, 18])));
    assert_eq!((&view["verdict"], &view["depth"]), (&json!("no-longer-valid"), &json!("provision")));
    assert_eq!(view["resolution"]["candidates"][0]["regulation"], "zhengfu-xinxi-gongkai-tiaoli");

    let finding = Finding {
        rule: "paragraph-for-item",
        severity: Severity::Error,
        item: 7,
        citation: Some(0),
        message: "第二十条只有一款".into(),
        expected: Some("第二十条第（七）项".into()),
        evidence: vec![Evidence {
            place: official,
            diff: vec![Segment(Change::Equal, "财政".into()), Segment(Change::Insert, "预算".into())],
        }],
        fix: Some(Fix {
            applicability: Applicability::Safe,
            edits: vec![Edit { column: Field::Basis, span: span(basis, "第七款"), text: "第（七）项".into() }],
        }),
    };
    let view = serde_json::to_value(views.finding(&finding, &mut cells)).unwrap();
    assert_eq!(view["severity"], "error");
    assert_eq!(view["evidence"][0]["diff"], json!([["equal", "财政"], ["insert", "预算"]]));
    assert_eq!(view["evidence"][0]["provision"]["label"], "第二十条第（七）项");
    assert_eq!(
        view["fix"],
        json!({"applicability": "safe", "edits": [{"column": "basis", "span": [15, 18], "text": "第（七）项"}]})
    );
}
