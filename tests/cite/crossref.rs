//! Cross-references: the law cites itself, and both ends are known.

use std::path::Path;
use yiju::cite::Names;
use yiju::cite::crossref::{CrossReferences, Target};
use yiju::law::Corpus;

fn corpus(documents: &[(&str, &str, &str)]) -> Corpus {
    let dir = tempfile::tempdir().unwrap();
    for (id, title, text) in documents {
        let folder = dir.path().join("regulations").join(id);
        std::fs::create_dir_all(&folder).unwrap();
        let meta = format!(
            "title = \"{title}\"\nissuer = \"某会\"\nlevel = \"法律\"\n[[version]]\npromulgated = 2020-01-01\n\
             effective = 2020-01-01\nevent = \"公布\"\ncoverage = \"full\"\n"
        );
        std::fs::write(folder.join("regulation.toml"), meta).unwrap();
        std::fs::write(folder.join("2020-01-01.txt"), text).unwrap();
    }
    Corpus::load(&[dir.path().to_path_buf()]).unwrap()
}

#[test]
fn each_way_of_referring_is_resolved_at_its_place() {
    let law = "示例法\n第一条　甲。\n乙。\n第二条　依照本法第一条第二款的规定：\n（一）丙；\n（二）丁。\n前款所称丙，是指戊。\n\
               第三条　违反前条规定的，按照第二条第一款第（二）项处理。\n第四条　依照本法第九条执行，适用《无此法》。";
    let rules = "示例办法\n第一条　示例法第一条第二款所称乙，是指己。";
    let corpus = corpus(&[("fa", "示例法", law), ("banfa", "示例办法", rules)]);
    let names = Names::of(&corpus);
    let references = CrossReferences::of(&corpus, &names, "2026-01-01".parse().unwrap());
    let v = "2020-01-01";
    let ids = |from: &str| -> Vec<String> {
        let found = references.cites(from);
        let targets = found.iter().flat_map(|r| match &r.target {
            Target::Found(ids) => ids.clone(),
            other => vec![format!("{other:?}")],
        });
        targets.collect()
    };
    assert_eq!(ids(&format!("fa@{v}/a2.p1")), [format!("fa@{v}/a1.p2")]);
    assert_eq!(ids(&format!("fa@{v}/a2.p2")), [format!("fa@{v}/a2.p1")]);
    assert_eq!(ids(&format!("fa@{v}/a3")), [format!("fa@{v}/a2"), format!("fa@{v}/a2.p1.i2")]);
    assert_eq!(ids(&format!("banfa@{v}")), [format!("fa@{v}/a1.p2")]);
    let broken: Vec<&Target> = references.cites(&format!("fa@{v}/a4")).into_iter().map(|r| &r.target).collect();
    assert_eq!(
        broken,
        [
            &Target::Missing { document: format!("fa@{v}"), place: "第九条".into() },
            &Target::NotInCorpus("无此法".into())
        ]
    );
    let citing: Vec<&str> = references.cited_by(&format!("fa@{v}/a1")).iter().map(|r| r.from.as_str()).collect();
    assert_eq!(citing, [format!("banfa@{v}/a1.p1"), format!("fa@{v}/a2.p1")]);
}

#[test]
fn the_shipped_law_cites_only_what_is_there() {
    let corpus = Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap();
    let references = CrossReferences::of(&corpus, &Names::of(&corpus), "2026-11-22".parse().unwrap());
    let missing: Vec<_> = references.all().iter().filter(|r| matches!(r.target, Target::Missing { .. })).collect();
    assert_eq!(missing, Vec::<&yiju::cite::crossref::CrossReference>::new());
    let to: Vec<&str> = references.cited_by("yusuan-fa@2018-12-29/a6.p2").iter().map(|r| r.from.as_str()).collect();
    assert!(to.contains(&"yusuan-fa-shishi-tiaoli@2020-08-03/a4.p1"), "{to:?}");
}

#[test]
fn only_what_is_certainly_not_there_is_missing() {
    let law = "刑法\n第一条　甲。\n第二条　乙：\n（一）丙；\n（二）丁。\n第四条　戊。";
    let opinion = "某法院意见\n第一条　依照刑法第一条、第二条第（二）项的规定处理，依照第四条处罚。\n第二条　违反本意见第九条的。";
    let amendment = "刑法修正案\n一、在第一条后增加一条。\n二、第九条修改为：“本法第四条，前款规定”。";
    let rules = "某规定\n第一条　参照刑法第三条和《刑法》附件一执行，并适用刑法修正案第二条。\n第二条　本条第一条的。";
    let corpus = corpus(&[
        ("xingfa", "刑法", law),
        ("yijian", "某法院意见", opinion),
        ("xiuzhengan", "刑法修正案", amendment),
        ("guiding", "某规定", rules),
    ]);
    let references = CrossReferences::of(&corpus, &Names::of(&corpus), "2026-01-01".parse().unwrap());
    let of = |id: &str| -> Vec<String> {
        let target = |t: &Target| match t {
            Target::Found(ids) => ids.iter().map(|i| i.replace("@2020-01-01", "")).collect::<Vec<_>>().join(" "),
            Target::Missing { place, .. } => format!("missing {place}"),
            Target::NotHeld(id) => format!("not held {}", id.replace("@2020-01-01", "")),
            other => format!("{other:?}"),
        };
        references.cites(&format!("{id}@2020-01-01")).iter().map(|r| target(&r.target)).collect()
    };
    // The named law goes on to be meant; 本意见 is the opinion itself.
    assert_eq!(of("yijian"), ["xingfa/a1 xingfa/a2.p1.i2", "xingfa/a4", "missing 第九条"]);
    // A bare clause of an amendment is the amended law's, in a text that may be gone.
    assert_eq!(of("xiuzhengan"), ["xingfa/a1", "Unclear { place: \"第九条\" }", "xingfa/a4"]);
    // A number that the copy skips, an annex that it does not have: not held. A point is cited as an article.
    assert_eq!(of("guiding"), ["not held xingfa/a3", "not held xingfa/x1", "xiuzhengan/s2", "guiding/a1"]);
}
