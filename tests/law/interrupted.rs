//! A bulk import that is killed leaves the pack that was there, or none: never half of one.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use yiju::law::Corpus;

fn rows(file: &Path, documents: usize) {
    let mut rows = String::new();
    for document in 0..documents {
        for article in ["第一条", "第二条", "第三条"] {
            rows += &format!(
                "{{\"law\":\"示例{document}号条例\",\"level\":\"行政法规\",\"date\":\"2020-01-01\",\"article\":\"{article}\",\"text\":\"{}\"}}\n",
                "应当公开下列信息：\\n（一）机构职能；\\n（二）财政预算、决算。".repeat(4)
            );
        }
    }
    std::fs::write(file, rows).unwrap();
}

fn import(file: &Path, into: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yiju"));
    command.args(["import".as_ref(), file.as_os_str(), "--into".as_ref(), into.as_os_str()]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn a_killed_import_leaves_the_old_pack_or_none() {
    let dir = tempfile::tempdir().unwrap();
    let (small, large) = (dir.path().join("articles.jsonl"), dir.path().join("more/articles.jsonl"));
    std::fs::create_dir(dir.path().join("more")).unwrap();
    rows(&small, 2);
    rows(&large, 4000);
    let into = dir.path().join("corpus");
    let count = || match Corpus::load(std::slice::from_ref(&into)) {
        Ok(corpus) => {
            assert!(corpus.regulations().iter().all(|r| r.versions[0].provisions().is_some()));
            corpus.regulations().len()
        }
        Err(_) => 0,
    };
    let mut killed = 0;
    for (round, wait) in [0u64, 60, 200, 500, 900, 1500].into_iter().enumerate() {
        // Killed once without and then with a pack there.
        if round == 2 {
            assert!(import(&small, &into).status().unwrap().success());
        }
        let before = count();
        let mut child = import(&large, &into).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        // SIGKILL: the process cannot tidy up.
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        let after = count();
        assert!(after == before || after == 4000, "after {wait} ms: {before} → {after}");
    }
    assert!(killed > 0, "at least one import was killed before its end");
    assert!(import(&large, &into).status().unwrap().success());
    assert_eq!(count(), 4000);
}
