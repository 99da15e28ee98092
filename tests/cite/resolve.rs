//! What a citation means: a table of citations and the document and version each must resolve to.

use jiff::civil::Date;
use std::path::Path;
use yiju::cite::{Names, Resolution, resolve, scan};
use yiju::law::Corpus;

/// id, title and what else the file says, versions as (promulgated, effective, number, event, coverage).
type Document = (&'static str, &'static str, &'static str, &'static [Dated]);
type Dated = (&'static str, &'static str, &'static str, &'static str, &'static str);

const DOCUMENTS: &[Document] = &[
    (
        "fa",
        "中华人民共和国示例法",
        "aliases = [\"示例法\"]",
        &[
            ("2010-01-01", "2010-03-01", "主席令第10号", "公布", "full"),
            ("2018-05-01", "2018-07-01", "主席令第20号", "修订", "full"),
            ("2026-06-01", "2027-01-01", "主席令第30号", "修订", "full"),
        ],
    ),
    ("tiaoli", "示例法实施条例", "", &[("2012-01-01", "2012-03-01", "国务院令第30号", "公布", "full")]),
    (
        "guicheng",
        "国务院办公厅关于印发示例工作规程的通知",
        "carries = \"示例工作规程\"",
        &[("2019-01-01", "2019-01-01", "国办发〔2019〕5号", "公布", "full")],
    ),
    ("jia", "示例管理办法", "", &[("2015-01-01", "2015-02-01", "甲部令第1号", "公布", "full")]),
    ("yi", "示例管理办法", "", &[("2016-01-01", "2016-02-01", "乙部令第2号", "公布", "full")]),
    (
        "gonggao",
        "示例总局关于示例事项的公告",
        "",
        &[("2016-06-01", "2016-07-01", "示例总局公告2016年第34号", "公布", "full")],
    ),
    ("mulu", "示例产业目录（2024年本）", "", &[("2024-01-01", "2024-02-01", "甲部令第9号", "公布", "full")]),
    ("guiding", "示例统计规定", "", &[("2017-01-01", "2017-02-01", "丙部令第3号", "公布", "metadata")]),
];

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (id, title, more, versions) in DOCUMENTS {
        let folder = dir.path().join("regulations").join(id);
        std::fs::create_dir_all(&folder).unwrap();
        let issuer = format!("{id}会");
        let mut meta = format!("title = \"{title}\"\nissuer = \"{issuer}\"\nlevel = \"法律\"\n{more}\n");
        for (promulgated, effective, number, event, coverage) in *versions {
            meta += &format!(
                "[[version]]\npromulgated = {promulgated}\neffective = {effective}\nnumber = \"{number}\"\n\
                 event = \"{event}\"\ncoverage = \"{coverage}\"\n"
            );
            if *coverage == "full" {
                let text = format!("{title}\n第一条　甲。\n第二条　乙。\n");
                std::fs::write(folder.join(format!("{promulgated}.txt")), text).unwrap();
            }
        }
        std::fs::write(folder.join("regulation.toml"), meta).unwrap();
    }
    dir
}

/// One line on what the first citation of a text means.
fn meaning(text: &str, corpus: &Corpus, names: &Names, date: Date) -> String {
    let id = |at: usize| corpus.regulations()[at].id.clone();
    let citation = scan(text, names).into_iter().next().unwrap_or_else(|| panic!("{text}: no citation"));
    match resolve(&citation, corpus, date) {
        Resolution::Found(found) => {
            let regulation = &corpus.regulations()[found.regulation];
            let version = found.version.map_or("none".into(), |v| regulation.versions[v].id());
            let disagrees = match found.number_disagrees {
                None => String::new(),
                Some(other) => format!(" number of {}", other.names.map_or("nobody".into(), id)),
            };
            format!("{}@{version}{disagrees}", regulation.id)
        }
        Resolution::Ambiguous(several) => {
            format!("ambiguous {}", several.into_iter().map(id).collect::<Vec<_>>().join(" ")).trim().into()
        }
        Resolution::NotInCorpus(unknown) => {
            let near: Vec<String> =
                unknown.near.iter().map(|&(at, distance)| format!("{}:{distance}", id(at))).collect();
            format!("unknown {}", near.join(" ")).trim().into()
        }
    }
}

#[test]
fn a_citation_means_one_document_or_says_why_not() {
    let dir = folder();
    let corpus = Corpus::load(&[dir.path().to_path_buf()]).unwrap();
    let names = Names::of(&corpus);
    for (text, date, meant) in [
        // Exact title, 中华人民共和国 or not, alias, marks and width aside.
        ("《中华人民共和国示例法》第一条", "2020-01-01", "fa@2018-05-01"),
        ("《示例法》第一条", "2020-01-01", "fa@2018-05-01"),
        ("示例法第一条", "2020-01-01", "fa@2018-05-01"),
        ("《示例 法》第１条", "2020-01-01", "fa@2018-05-01"),
        ("《中华人民共和国示例法实施条例》第一条", "2020-01-01", "tiaoli@2012-01-01"),
        // What a notice carries, the notice, and the wrapper written in another way.
        ("《示例工作规程》第一条", "2020-01-01", "guicheng@2019-01-01"),
        ("《国务院办公厅关于印发〈示例工作规程〉的通知》", "2020-01-01", "guicheng@2019-01-01"),
        ("《关于印发〈示例工作规程〉的通知》", "2020-01-01", "guicheng@2019-01-01"),
        ("国务院办公厅关于印发《示例工作规程》的通知", "2020-01-01", "guicheng@2019-01-01"),
        // The number alone, with a title that is only a kind of document, or near the true one.
        ("国办发〔2019〕5号", "2020-01-01", "guicheng@2019-01-01"),
        ("国务院令第30号第二条", "2020-01-01", "tiaoli@2012-01-01"),
        ("《条例》（国务院令第30号）第二条", "2020-01-01", "tiaoli@2012-01-01"),
        ("《示例法的实施条例》（国务院令第30号）第二条", "2020-01-01", "tiaoli@2012-01-01"),
        // The version by number, by year, else the one in force on the day.
        ("《示例法》（主席令第10号）第一条", "2020-01-01", "fa@2010-01-01"),
        ("《示例法》（2010年）第一条", "2020-01-01", "fa@2010-01-01"),
        ("《示例法》（2018修订）第一条", "2012-01-01", "fa@2018-05-01"),
        ("《示例法》（2014年修订）第一条", "2020-01-01", "fa@none"),
        ("《示例法》第一条", "2012-01-01", "fa@2010-01-01"),
        ("《示例法》第一条", "2026-11-22", "fa@2018-05-01"),
        ("《示例法》第一条", "2027-02-01", "fa@2026-06-01"),
        // Title and number that name different documents, and a number that is nobody's.
        ("《示例法》（国务院令第30号）第一条", "2020-01-01", "fa@2018-05-01 number of tiaoli"),
        ("《示例法》（主席令第99号）第一条", "2020-01-01", "fa@2018-05-01 number of nobody"),
        ("《另一件毫不相干的文件规定》（国办发〔2019〕5号）", "2020-01-01", "ambiguous guicheng"),
        // Two documents of one title: the number tells, or they stay two.
        ("《示例管理办法》第一条", "2020-01-01", "ambiguous jia yi"),
        ("《示例管理办法》（乙部令第2号）第一条", "2020-01-01", "yi@2016-01-01"),
        ("《示例管理办法》（丁部令第9号）第一条", "2020-01-01", "ambiguous jia yi"),
        // An announcement by its number, however it is written, and its issuer told by the title.
        ("示例总局公告2016年第34号第一条", "2020-01-01", "gonggao@2016-06-01"),
        ("示例总局2016年第34号公告第一条", "2020-01-01", "gonggao@2016-06-01"),
        ("《示例总局关于示例事项的公告》（2016年第34号）第一条", "2020-01-01", "gonggao@2016-06-01"),
        ("《示例总局关于示例事项的公告》（2016年第35号）第一条", "2020-01-01", "gonggao@2016-06-01 number of nobody"),
        ("2016年第34号公告第一条", "2020-01-01", "unknown"),
        // An edition is part of some titles and names the version of others.
        ("《示例产业目录（2024年本）》第一条", "2024-06-01", "mulu@2024-01-01"),
        ("《示例法（2010年版）》第一条", "2020-01-01", "fa@2010-01-01"),
        // Never a part of a title; a near one is a suggestion with its distance.
        ("《示例法实施细则》第一条", "2020-01-01", "unknown tiaoli:2"),
        ("《示例统记规定》第一条", "2020-01-01", "unknown guiding:1"),
        ("《中华人民共和国实例法》第一条", "2020-01-01", "unknown fa:1"),
        ("《中华人民共和国民法典》第一条", "2020-01-01", "unknown"),
        ("《示例》", "2020-01-01", "unknown fa:1"),
        ("国办发〔2020〕5号", "2020-01-01", "unknown"),
        // Words that name no document by themselves.
        ("本条例第二条", "2020-01-01", "ambiguous"),
        ("《条例》第二条", "2020-01-01", "ambiguous"),
        ("《实施办法》第二条", "2020-01-01", "ambiguous"),
        ("第二条：甲。", "2020-01-01", "ambiguous"),
        // Known by its metadata alone: the document is found, its text is not.
        ("《示例统计规定》第二条", "2020-01-01", "guiding@2017-01-01"),
    ] {
        let date: Date = date.parse().unwrap();
        assert_eq!(meaning(text, &corpus, &names, date), meant, "{text} on {date}");
        assert_eq!(meaning(text, &corpus, &names, date), meant, "{text}: the same again");
    }
}

#[test]
fn what_could_not_be_compared_is_not_checked_at_the_depth_reached() {
    let dir = folder();
    let table = dir.path().join("a.csv");
    let rows = "序号,公开事项,公开内容,公开依据,条款内容,公开时限\n\
                1,甲,乙,《示例统计规定》第二条,,及时\n\
                2,甲,丙,《无人知晓的规定》第二条,,及时\n\
                3,甲,丁,《示例法》第二条,,及时\n\
                4,甲,戊,同上,,及时\n\
                5,甲,己,同上,,及时\n\
                6,甲,庚,《示例法》,第一条：甲。,及时\n\
                7,甲,辛,同上,同上,及时\n";
    std::fs::write(&table, rows).unwrap();
    let mut command = assert_cmd::Command::cargo_bin("yiju").unwrap();
    command.arg("--corpus").arg(dir.path()).arg("check").arg(Path::new(&table)).args(["--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
    let told: Vec<String> = report["citations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_string();
            format!(
                "{} {} {} {} {}",
                c["item"],
                text(&c["text"]),
                text(&c["title"]),
                text(&c["resolution"]["status"]),
                text(&c["verdict"])
            ) + " "
                + &text(&c["depth"])
        })
        .collect();
    assert_eq!(
        told,
        [
            "1 《示例统计规定》第二条 示例统计规定 found not-checked document",
            "2 《无人知晓的规定》第二条 无人知晓的规定 not-in-corpus not-checked document",
            "3 《示例法》第二条 示例法 found confirmed provision",
            "4 同上 示例法 found confirmed provision",
            "5 同上 示例法 found confirmed provision",
            "6 《示例法》 示例法 found confirmed document",
            "6 第一条 示例法 found confirmed provision",
            "7 同上 示例法 found confirmed document",
            "7 同上 示例法 found confirmed provision",
        ]
    );
}
