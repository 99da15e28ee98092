//! A large folder is kept as a pack: fast, and never another text than the files have now.

use std::path::Path;
use std::process::Command;

fn regulation(root: &Path, n: usize, words: &str) {
    let folder = root.join(format!("regulations/shili-{n}"));
    std::fs::create_dir_all(&folder).unwrap();
    let meta = format!(
        "title = \"示例第{n}号办法\"\nissuer = \"某局\"\nlevel = \"部门文件\"\n[[version]]\npromulgated = 2020-01-01\n\
         number = \"某发〔2020〕{n}号\"\nevent = \"公布\"\ncoverage = \"full\"\n"
    );
    std::fs::write(folder.join("regulation.toml"), meta).unwrap();
    std::fs::write(folder.join("2020-01-01.txt"), format!("示例第{n}号办法\n第一条　{words}\n")).unwrap();
}

/// What `yiju show` prints of an article, or its error.
fn show(root: &Path, cache: &Path, what: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_yiju"))
        .args(["show", what, "--corpus"])
        .arg(root)
        .env("XDG_CACHE_HOME", cache)
        .output()
        .unwrap();
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

#[test]
fn what_is_kept_is_what_the_files_say_now() {
    let dir = tempfile::tempdir().unwrap();
    let (root, cache) = (dir.path().join("corpus"), dir.path().join("cache"));
    (1..=310).for_each(|n| regulation(&root, n, "应当公开甲。"));
    let packs = || -> Vec<_> {
        let listed = std::fs::read_dir(cache.join("yiju")).into_iter().flatten().flatten();
        listed.map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "pack")).collect()
    };
    let first = show(&root, &cache, "示例第7号办法第一条");
    assert!(first.contains("应当公开甲。"), "{first}");
    assert_eq!(packs().len(), 1);
    assert_eq!(show(&root, &cache, "示例第7号办法第一条"), first, "the same from the pack");
    assert_eq!(show(&root, &cache, "某发〔2020〕7号"), show(&root, &dir.path().join("other"), "某发〔2020〕7号"));
    // Other words of the same length.
    regulation(&root, 7, "应当公开乙。");
    assert!(show(&root, &cache, "示例第7号办法第一条").contains("应当公开乙。"));
    regulation(&root, 311, "新来的。");
    assert!(show(&root, &cache, "示例第311号办法第一条").contains("新来的。"));
    assert_eq!(packs().len(), 1, "what was kept before is gone");
    // A damaged pack is written again.
    let pack = packs().remove(0);
    std::fs::write(&pack, b"YIJUPACK").unwrap();
    assert!(show(&root, &cache, "示例第7号办法第一条").contains("应当公开乙。"));
    assert!(std::fs::metadata(&pack).unwrap().len() > 100);
    // A cache that cannot be written only costs time.
    let file = dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    assert!(show(&root, &file, "示例第7号办法第一条").contains("应当公开乙。"));
    // A broken text is told, at every start.
    std::fs::write(root.join("regulations/shili-9/2020-01-01.txt"), "示例\n第一条　甲。\n第一条　乙。").unwrap();
    for _ in 0..2 {
        assert!(show(&root, &cache, "示例第7号办法第一条").contains("第3行：第一条重复出现"));
    }
}
