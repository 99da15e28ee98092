//! Bulk import: every article of a collection can be opened at its place afterwards, or the import leaves nothing.

use std::io::Write;
use yiju::law::bulk::{Bulk, BulkError};
use yiju::law::{Corpus, EffectLevel, Status};

const ROWS: &str = r#"{"law":"中华人民共和国示例法","short":"示例法","level":"法律","date":"2020-01-01","article":"第一条","n":1,"chapter":"第一编 总则/第一章 范围","text":"为了示例，制定本法。\n第二款的话。","src":"甲","eff":"2020-03-01"}
{"law":"中华人民共和国示例法","short":"示例法","level":"法律","date":"2020-01-01","article":"第一条之一","n":1,"sub":1,"chapter":"第一编 总则/第二章 公开","text":"应当公开：\n（一）甲；\n（二）乙。","src":"甲"}
{"law":"中华人民共和国示例法","short":"示例法","level":"法律","date":"2020-01-01","article":"第二条","n":2,"chapter":"第一编 总则/附 则","text":"本法施行。","src":"甲"}
{"law":"某批复","short":"某批复","level":"司法解释","date":"1990-05-01","article":"全文","n":0,"chapter":"","text":"某批复\n你院请示收悉。\n一、可以。\n二、不可以。","src":"乙","kind":"whole","status":"已废止"}
{"law":"某决定","short":"某决定","level":"法律","date":"","article":"条目二","n":2,"chapter":"","text":"加强监督。有关部门应当配合。","src":"丙","kind":"section"}
{"law":"某法（摘）","short":"某法","level":"别的","date":"2021-01-01","article":"第六条","n":6,"chapter":"","text":"只有一条。","src":"丁","status":"尚未施行"}
"#;

fn import(rows: &str) -> (tempfile::TempDir, Corpus, Vec<String>) {
    let dir = tempfile::tempdir().unwrap();
    let today = "2026-11-22".parse().unwrap();
    let (writer, imported) = Bulk::read(rows.as_bytes(), |_| {}).unwrap().pack(today, |_| {}).unwrap();
    writer.write(&Bulk::writer_path("articles.jsonl.zst", dir.path())).unwrap();
    assert!(dir.path().join("packs/articles.pack").is_file());
    let corpus = Corpus::load(&[dir.path().to_path_buf()]).unwrap();
    (dir, corpus, imported.unsure)
}

#[test]
fn every_row_opens_at_its_place() {
    let (_dir, corpus, unsure) = import(ROWS);
    assert_eq!(unsure, Vec::<String>::new());
    let today = "2026-11-22".parse().unwrap();
    for (id, text) in [
        ("shili-fa/a1.p2", "第二款的话。"),
        ("shili-fa/a1-1.p1.i2", "乙。"),
        ("shili-fa/a2", "本法施行。"),
        ("shili-fa@2020-01-01/pt1.ch2", "公开\n第一条之一　应当公开：\n（一）甲；\n（二）乙。"),
        ("mou-pifu/s2", "不可以。"),
        ("mou-jueding@undated/s2", "加强监督。有关部门应当配合。"),
    ] {
        let found = corpus.provision(id, today).unwrap_or_else(|| panic!("{id}"));
        assert_eq!(found.provision.full_text(), text, "{id}");
    }
    let status = |name: &str, on: &str| {
        let regulation = corpus.by_name(name)[0];
        corpus.status(regulation, 0, on.parse().unwrap())
    };
    assert_eq!(status("示例法", "2020-02-01"), Status::NotYet);
    assert_eq!(status("示例法", "2020-03-01"), Status::InForce);
    assert_eq!(status("某批复", "2026-11-22"), Status::Repealed);
    assert_eq!(status("某批复", "1995-01-01"), Status::Unknown, "repealed since, nobody says when");
    assert_eq!(status("某法（摘）", "2026-11-22"), Status::Unknown, "not yet in force, nobody says from when");
    assert_eq!(corpus.by_name("某法（摘）")[0].level, EffectLevel::Undetermined);
}

#[test]
fn a_layer_adds_to_the_regulation_below_it() {
    let (packed, _, _) = import(ROWS);
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("regulations/mou-fa");
    std::fs::create_dir_all(&folder).unwrap();
    let meta = "title = \"中华人民共和国示例法\"\naliases = [\"示范法\"]\nissuer = \"某会\"\nlevel = \"法律\"\n\
                [[version]]\npromulgated = 2010-01-01\nnumber = \"国务院令第1号\"\nevent = \"公布\"\ncoverage = \"full\"\n\
                [[version]]\npromulgated = 2020-01-01\nnumber = \"国务院令第2号\"\nevent = \"修订\"\ncoverage = \"metadata\"\n";
    std::fs::write(folder.join("regulation.toml"), meta).unwrap();
    std::fs::write(folder.join("2010-01-01.txt"), "示例法\n第一条　旧文。").unwrap();
    let corpus = Corpus::load(&[dir.path().to_path_buf(), packed.path().to_path_buf()]).unwrap();
    let found = corpus.by_name("示例法");
    assert_eq!(found.len(), 1, "one work, not an ambiguity");
    assert_eq!(found[0].id, "mou-fa");
    let today = "2026-11-22".parse().unwrap();
    assert_eq!(corpus.provision("mou-fa/a2", today).unwrap().provision.full_text(), "本法施行。");
    assert_eq!(found[0].versions[1].number.as_ref().unwrap().to_string(), "国务院令第2号");
    assert_eq!(corpus.status(found[0], 0, today), Status::Superseded);
}

#[test]
fn a_broken_row_is_told_with_its_line() {
    for (rows, expected) in [
        (ROWS.replacen("\"law\"", "\"laww\"", 2).replacen("\"laww\"", "\"law\"", 1), 2),
        (format!("{}not json\n", ROWS), 7),
        (ROWS.replace("只有一条。", " "), 6),
    ] {
        match Bulk::read(rows.as_bytes(), |_| {}) {
            Err(BulkError::Row { line, .. }) => assert_eq!(line, expected),
            other => panic!("{:?}", other.err()),
        }
    }
    assert!(matches!(Bulk::read(&b""[..], |_| {}), Err(BulkError::Empty)));
}

#[test]
fn a_damaged_pack_is_noticed_and_never_read_as_law() {
    let (dir, _, _) = import(ROWS);
    let path = dir.path().join("packs/articles.pack");
    let whole = std::fs::read(&path).unwrap();
    for (at, damaged) in [
        (0, b"NOTAPACK".to_vec()),
        (0, whole[..30].to_vec()),
        (0, whole[..whole.len() - 3].to_vec()),
        (0, Vec::new()),
        (40, {
            let mut bytes = whole.clone();
            bytes[40] ^= 0xff;
            bytes
        }),
    ] {
        std::fs::File::create(&path).unwrap().write_all(&damaged).unwrap();
        let message = Corpus::load(&[dir.path().to_path_buf()]).map(|_| ()).unwrap_err().to_string();
        assert!(message.contains("重新导入"), "{at}: {message}");
    }
    let mut bytes = whole.clone();
    let last = bytes.len() - 6;
    bytes[last] ^= 0xff;
    std::fs::write(&path, bytes).unwrap();
    let corpus = Corpus::load(&[dir.path().to_path_buf()]).unwrap();
    let last = corpus.by_name("某法（摘）")[0];
    assert!(last.versions[0].tree().unwrap().is_err(), "a damaged text is an error, not other words");
}

#[test]
fn a_collection_out_of_order_is_put_in_order_and_twice_is_once() {
    let row = |article: &str, chapter: &str, text: &str| {
        format!(
            "{{\"law\":\"某法典\",\"level\":\"法律\",\"date\":\"2020-01-01\",\"article\":\"{article}\",\"chapter\":\"{chapter}\",\"text\":\"{text}\"}}\n"
        )
    };
    let rows = [
        row("第三条", "物权编/第一章 一般规定", "丙（一）。\\n公开条件"),
        row("第一条", "总则/第一章 范围", "甲。"),
        row("第二条", "总则/第一章 范围", "乙。"),
        row("第三条", "物权编/第一章 一般规定", "丙(一)。\\n公开条件"),
        row("第四条", "物权编/第二章 公开第五条 戊。", "丁。"),
    ];
    let (_dir, corpus, unsure) = import(&rows.concat());
    let root = corpus.regulations()[0].versions[0].provisions().unwrap();
    let ids: Vec<String> = root.walk().filter_map(|p| p.locator.as_ref()).map(|l| l.id()).collect();
    let articles: Vec<&String> = ids.iter().filter(|id| id.starts_with('a') && !id.contains('.')).collect();
    assert_eq!(articles, ["a1", "a2", "a3", "a5", "a4"], "{ids:?}");
    assert!(ids.contains(&"pt2.ch1".to_string()), "{ids:?}");
    assert_eq!(unsure, Vec::<String>::new());
}

#[test]
fn a_folder_is_a_corpus_in_each_of_its_forms() {
    let (dir, whole, _) = import(ROWS);
    let load = |path: &std::path::Path| Corpus::load(&[path.to_path_buf()]).map(|c| c.regulations().len());
    assert_eq!(load(dir.path()).unwrap(), whole.regulations().len(), "packs/ alone");
    assert_eq!(load(&dir.path().join("packs")).unwrap(), whole.regulations().len(), "the packs themselves");
    let bare = tempfile::tempdir().unwrap();
    std::fs::write(bare.path().join("notes.txt"), "第一条").unwrap();
    let message = load(bare.path()).unwrap_err().to_string();
    assert!(message.contains("不是法规库") && !message.contains('\n'), "{message}");
    let folder = bare.path().join("mou-fa");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("regulation.toml"), "title = \"某法\"\nlevel = \"法律\"\n").unwrap();
    assert_eq!(load(bare.path()).unwrap(), 1, "regulations right in the folder");
    let gone = load(&bare.path().join("nowhere")).unwrap_err().to_string();
    assert!(gone.contains("nowhere"), "{gone}");
}
