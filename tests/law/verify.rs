//! `corpus verify`: each kind of structural fault is found with its place, and differences from a reference are.

use std::path::Path;
use yiju::law::compare::{Deviation, Reference, compare};
use yiju::law::verify::faults;
use yiju::law::{Corpus, CorpusError};

/// A corpus of `(id, regulation.toml, text)`, each with one version of 2020-01-01.
fn corpus(documents: &[(&str, &str, &str)]) -> Result<Corpus, CorpusError> {
    let dir = tempfile::tempdir().unwrap();
    for (id, meta, text) in documents {
        let folder = dir.path().join("regulations").join(id);
        std::fs::create_dir_all(&folder).unwrap();
        let head =
            if meta.contains("title") { "" } else { "title = \"某法\"\nissuer = \"某会\"\nlevel = \"法律\"\n" };
        let dates = "[[version]]\npromulgated = 2020-01-01\n";
        let meta = if meta.contains("[[version]]") { meta.to_string() } else { format!("{head}{dates}{meta}") };
        std::fs::write(folder.join("regulation.toml"), meta).unwrap();
        std::fs::write(folder.join("2020-01-01.txt"), text).unwrap();
    }
    Corpus::load(&[dir.path().to_path_buf()])
}

const WHOLE: &str = "effective = 2020-02-01\nevent = \"公布\"\ncoverage = \"full\"\n";

#[test]
fn each_structural_fault_is_found_with_its_line() {
    let excerpt = WHOLE.replace("full", "excerpt");
    for (meta, text, expected) in [
        (WHOLE, "某法\n第一条　甲。\n第三条　丙。", Some("第3行：第一条之后是第三条，中间缺条")),
        (WHOLE, "某法\n第二条　乙。", Some("第2行：条号从第二条开始，不是第一条")),
        (WHOLE, "某法\n第一条　甲：\n（二）乙；\n（三）丙。", Some("第3行：列举从“（二）”开始")),
        (WHOLE, "某法\n第一条　甲：\n（一）乙；\n（三）丙。", Some("第4行：列举的第一个之后是“（三）”")),
        (WHOLE, "某通知\n一、甲\n（一）乙。\n三、丙", Some("第4行：“三、”的序号不连续")),
        (WHOLE, "某通知\n一、甲\n（一）乙。\n二、丙\n（二）丁。\n（三）戊。", None),
        (WHOLE, "某法\n第一条　甲。\n……\n第九条　丙。", Some("coverage 却是 full")),
        (excerpt.as_str(), "某法\n第一条　甲。\n……\n第九条　丙：\n（一）丁。", None),
        (WHOLE, "某法\n第一条　甲。\n第一条之一　乙。\n第二条　丙。", None),
        ("event = \"公布\"\ncoverage = \"full\"\n", "某法\n第一条　甲。", Some("没有施行日期")),
        ("effective = 2019-01-01\nevent = \"公布\"\ncoverage = \"full\"\n", "某法\n第一条　甲。", Some("早于公布日期")),
        (
            "number = \"国办发〔2020〕2号\"\neffective = 2020-02-01\nevent = \"公布\"\ncoverage = \"full\"\n",
            "某法\n国办发〔2020〕1号\n第一条　甲。",
            Some("与 number“国办发〔2020〕2号”不符"),
        ),
        (
            "repeals = [\"nobody\"]\neffective = 2020-02-01\nevent = \"公布\"\ncoverage = \"full\"\n",
            "某法\n第一条　甲。",
            Some("repeals 指向库中没有的法规“nobody”"),
        ),
    ] {
        let found = faults(&corpus(&[("mou-fa", meta, text)]).unwrap());
        let messages: Vec<&str> = found.iter().map(|f| f.message.as_str()).collect();
        match expected {
            Some(part) => assert!(messages.iter().any(|m| m.contains(part)), "{text}: {messages:?}"),
            None => assert!(messages.is_empty(), "{text}: {messages:?}"),
        }
    }
}

#[test]
fn faults_between_documents_are_found() {
    let meta = |title: &str, aliases: &str| {
        format!(
            "title = \"{title}\"\naliases = [{aliases}]\nissuer = \"某会\"\nlevel = \"法律\"\n[[version]]\n\
             promulgated = 2020-01-01\nnumber = \"国务院令第9号\"\n{WHOLE}"
        )
    };
    let (a, b) = (meta("甲法", ""), meta("乙法", "\"甲法\""));
    let found = faults(&corpus(&[("jia", &a, "甲法\n第一条　甲。"), ("yi", &b, "乙法\n第一条　乙。")]).unwrap());
    let messages: Vec<&str> = found.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "别名“甲法”是另一件法规 jia 的题名。请删去别名",
            "国务院令第9号由2件文本共用：jia@2020-01-01、yi@2020-01-01。请核对文号"
        ]
    );
}

#[test]
fn the_shipped_corpus_has_no_fault() {
    let corpus = Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap();
    let wrong: Vec<_> = faults(&corpus).into_iter().filter(|f| !f.is_note).collect();
    assert_eq!(wrong, []);
    assert_eq!(Corpus::embedded().unwrap().regulations().len(), corpus.regulations().len());
}

#[test]
fn a_broken_text_is_told_with_its_file_and_line() {
    for (text, part) in [
        ("某法\n第一条　甲。\n第一条　乙。", "2020-01-01.txt：第3行：第一条重复出现"),
        ("某法\n第一条　甲。\n第X条　乙。", "2020-01-01.txt：第3行：“第X条　乙。”像是标题或条号"),
        ("", "2020-01-01.txt：文本是空的"),
    ] {
        let message = corpus(&[("mou-fa", WHOLE, text)]).map(|_| ()).unwrap_err().to_string();
        assert!(message.contains(part), "{message}");
    }
    let message = corpus(&[("mou-fa", "effectiv = 1\n", "某法\n第一条　甲。")]).map(|_| ()).unwrap_err().to_string();
    assert!(message.contains("regulation.toml 的格式有误"), "{message}");
}

#[test]
fn one_changed_mark_is_a_difference_and_a_known_one_is_named() {
    let reference = |body: &str| {
        let head = "标题：某法（2020年文本，共2条）\n文号：无\n日期：2020-01-01公布\n来源：某处\n\n";
        vec![Reference::read("x.txt", &format!("{head}{body}")).unwrap()]
    };
    let corpus = corpus(&[("mou-fa", WHOLE, "某法\n第一章　总则\n第一条　甲，乙。\n第二条　丙。")]).unwrap();
    let same = reference("某法\n第一章　总  则\n第一条  甲，乙。\n第二条　丙。");
    let places = |references: &[Reference], known: &[Deviation]| {
        let compared = compare(&corpus, references, known);
        assert_eq!(compared.len(), 1);
        (compared[0].differing.iter().map(|d| d.place.clone()).collect::<Vec<_>>(), compared[0].deviations.len())
    };
    assert_eq!(places(&same, &[]), (vec![], 0));
    let other = reference("某法\n第一章　总则\n第一条　甲、乙。\n第二条　丙。\n第三条　丁。");
    assert_eq!(places(&other, &[]), (vec!["第一条".to_string(), "第三条".to_string()], 0));
    let known =
        Deviation { document: "mou-fa@2020-01-01".into(), place: "第一条".into(), reason: "参照误".into() };
    assert_eq!(places(&other, &[known]), (vec!["第三条".to_string()], 1));
    let another_year = Reference { year: Some(2018), ..same[0].clone() };
    assert!(compare(&corpus, &[another_year], &[]).is_empty());
}

#[test]
fn a_notice_is_compared_in_the_order_of_its_words() {
    let text = "某通知\n国办发〔2020〕1号\n各省：\n现通知如下。\n一、甲\n（一）乙。丙丙。\n二、丁\n戊己。";
    let meta = format!(
        "title = \"某通知\"\nissuer = \"某会\"\nlevel = \"国务院文件\"\n[[version]]\npromulgated = 2020-01-01\n{WHOLE}"
    );
    let corpus = corpus(&[("tongzhi", &meta, text)]).unwrap();
    for (body, expected) in [
        ("国办发〔2020〕1号 某通知\n各省： 现通知如下。一、甲\n（一）乙。\n丙丙。 二、丁 戊己。\n2020年1月1日", vec![]),
        ("某通知\n现通知如下。\n一、甲（一）乙。丙丁。\n二、丁\n戊己。", vec!["一、（一）"]),
        ("某通知\n现通知如下。\n一、甲（一）乙。丙丙。\n（二）多。\n二、丁\n戊己。\n又。", vec!["二、之前", "末尾"]),
    ] {
        let head = "标题：某通知\n文号：无\n日期：2020-01-01\n来源：某处\n\n";
        let reference = Reference::read("x.txt", &format!("{head}{body}")).unwrap();
        let compared = compare(&corpus, &[reference], &[]);
        let places: Vec<&str> = compared[0].differing.iter().map(|d| d.place.as_str()).collect();
        assert_eq!(places, expected, "{body}");
    }
}
