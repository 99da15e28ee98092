//! A small catalog with a finding of each kind, made by hand: reports are tested without the checker.

use std::path::Path;
use std::sync::OnceLock;
use yiju::catalog::item::{Catalog, Column, Field, FieldCell, Item};
use yiju::check::{
    Applicability, Depth, Edit, Evidence, Finding, Fix, Link, Severity, Standing, Verdict, fingerprints,
};
use yiju::cite::citation::{Citation, CitedLocator, Quote, Resolution, Resolved, Unknown};
use yiju::import::Origin;
use yiju::law::{Corpus, Locator};
use yiju::quote::{Change, Place, Segment};
use yiju::report::json::Views;
use yiju::report::{Report, Reported};
use yiju::text::Span;

pub fn corpus() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    CORPUS.get_or_init(|| Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap())
}

pub fn views() -> Views<'static> {
    Views::new(corpus(), "2026-11-22".parse().unwrap())
}

pub fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::new(start, start + part.len())
}

pub fn place(id: &str) -> Place {
    let provision = corpus().provision(id, views().today).unwrap();
    let regulation = corpus().regulations().iter().position(|r| r.id == provision.regulation.id).unwrap();
    let locator = provision.provision.locator.as_ref().map(Locator::id).unwrap();
    Place { regulation, version: provision.version, locator }
}

pub struct Sample {
    pub catalog: Catalog,
    pub links: Vec<Link>,
    pub verdicts: Vec<(Verdict, Depth)>,
    pub findings: Vec<Finding>,
}

fn item(row: u32, path: &[&str], cells: &[(Field, &str)]) -> Item {
    let origin = Origin::line(row + 2);
    let mut item = Item { row, path: path.iter().map(|p| p.to_string()).collect(), ..Default::default() };
    item.origin = origin.clone();
    for (field, text) in cells {
        let cell = FieldCell { text: text.to_string(), origin: origin.clone(), ..Default::default() };
        item.fields.insert(*field, cell);
    }
    item
}

fn link(item: &Item, index: usize, cited: &str, title: &str, quote: Option<&str>, resolution: Resolution) -> Link {
    let cell = item.text(Field::Clause);
    Link {
        item: item.row,
        index,
        citation: Citation {
            span: span(cell, cited),
            column: Some(Field::Clause),
            title: Some(title.into()),
            title_span: None,
            number: None,
            version_year: None,
            locators: vec![CitedLocator { locator: Locator::article(20), span: span(cell, cited) }],
            quote: quote.map(|quote| Quote { text: quote.into(), span: span(cell, quote) }),
            mention: false,
        },
        resolution,
        provisions: Vec::new(),
        matches: Vec::new(),
        footing: Default::default(),
    }
}

pub fn sample() -> Sample {
    let rule = place("zhengfu-xinxi-gongkai-tiaoli/a20.i7");
    let penal = place("zhengfu-xinxi-gongkai-tiaoli/a20.i6");
    let found = |place: &Place| {
        Resolution::Found(Resolved {
            regulation: place.regulation,
            version: Some(place.version),
            number_disagrees: None,
        })
    };
    let items = vec![
        item(
            1,
            &["财政预决算", "部门预算"],
            &[
                (Field::Content, "部门预算及说明"),
                (Field::Basis, "《中华人民共和国政府信息公开条例》国务院令 第711号"),
                (Field::Clause, "第二十条第七款:财政预算、决算信息。"),
                (Field::Deadline, "批复后20个工作日内"),
            ],
        ),
        item(
            2,
            &["行政执法", "行政处罚"],
            &[
                (Field::Content, "处罚依据、条件、程序"),
                (Field::Basis, "《中华人民共和国政府信息公开条例》"),
                (
                    Field::Clause,
                    "《中华人民共和国政府信息公开条例》第二十条（六） 试行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定；",
                ),
                (Field::Deadline, "及时公开"),
            ],
        ),
        item(
            3,
            &["<script>alert(1)</script>", "=cmd|' /C calc'!A0"],
            &[
                (Field::Content, "\u{1b}[31m控制字符"),
                (Field::Basis, ""),
                (Field::Clause, "《某市财务管理办法》第三条"),
                (Field::Deadline, "@SUM(1+1)"),
            ],
        ),
    ];
    let links = vec![
        link(
            &items[0],
            0,
            "第二十条第七款",
            "中华人民共和国政府信息公开条例",
            Some("财政预算、决算信息。"),
            found(&rule),
        ),
        link(
            &items[1],
            1,
            "《中华人民共和国政府信息公开条例》第二十条（六）",
            "中华人民共和国政府信息公开条例",
            Some("试行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定；"),
            found(&rule),
        ),
        link(
            &items[2],
            2,
            "《某市财务管理办法》第三条",
            "某市财务管理办法",
            None,
            Resolution::NotInCorpus(Unknown::default()),
        ),
    ];
    let clause = items[0].text(Field::Clause).to_string();
    let quoted = items[1].text(Field::Clause).to_string();
    let findings = vec![
        Finding {
            rule: "paragraph-for-item",
            severity: Severity::Error,
            item: 1,
            citation: Some(0),
            message: "第二十条只有一款，所引的“第七款”是第（七）项：项写成了款".into(),
            expected: Some("第二十条第（七）项".into()),
            evidence: vec![Evidence { place: rule.clone(), diff: Vec::new() }],
            fix: Some(Fix {
                applicability: Applicability::Safe,
                edits: vec![Edit {
                    column: Field::Clause, span: span(&clause, "第七款"), text: "第（七）项".into()
                }],
            }),
        },
        Finding {
            rule: "quote-differs",
            severity: Severity::Error,
            item: 2,
            citation: Some(1),
            message: "引文与第二十条第（六）项有 1 处不同".into(),
            expected: None,
            evidence: vec![Evidence {
                place: penal,
                diff: vec![
                    Segment(Change::Delete, "试".into()),
                    Segment(Change::Insert, "实施".into()),
                    Segment(
                        Change::Equal,
                        "行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定；".into(),
                    ),
                ],
            }],
            fix: Some(Fix {
                applicability: Applicability::Unsafe,
                edits: vec![Edit {
                    column: Field::Clause, span: span(&quoted, "试行政"), text: "实施行政".into()
                }],
            }),
        },
        Finding {
            rule: "missing-basis",
            severity: Severity::Warning,
            item: 3,
            citation: None,
            message: "这一事项没有写公开依据".into(),
            expected: None,
            evidence: Vec::new(),
            fix: None,
        },
    ];
    let column = |header: &str, field| Column { header: header.into(), field, confidence: 1.0 };
    Sample {
        catalog: Catalog {
            id: "yangben".into(),
            title: "某县财政局主动公开事项目录".into(),
            publisher: "某县财政局".into(),
            file: "目录.txt".into(),
            columns: vec![
                column("一级事项", Field::Path),
                column("二级事项", Field::Path),
                column("公开内容", Field::Content),
                column("公开依据", Field::Basis),
                column("条款内容", Field::Clause),
                column("公开时限", Field::Deadline),
            ],
            items,
            ..Default::default()
        },
        verdicts: vec![
            (Verdict::Misplaced, Depth::Quotation),
            (Verdict::TextDiffers, Depth::Quotation),
            (Verdict::NotChecked, Depth::Document),
        ],
        links,
        findings,
    }
}

impl Sample {
    pub fn report(&self) -> Report<'_> {
        let prints = fingerprints(&self.catalog, &self.links, &self.findings);
        let each = |(finding, fingerprint): (_, String)| Reported { finding, fingerprint, standing: Standing::New };
        Report {
            views: views(),
            catalog: &self.catalog,
            links: &self.links,
            verdicts: &self.verdicts,
            findings: self.findings.iter().zip(prints).map(each).collect(),
            gone: 0,
        }
    }
}
