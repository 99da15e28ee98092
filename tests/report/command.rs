//! `yiju check` as a command: exit codes, formats, the baseline, settings beside the catalog, corrected copies.

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const CATALOG: &str = "\
某县财政局主动公开事项目录

一级事项\t二级事项\t公开内容\t公开依据\t条款内容\t公开时限
财政信息\t部门预算\t部门预算及说明\t《中华人民共和国政府信息公开条例》\t第二十条第七款：财政预算、决算信息\t20个工作日内
财政信息\t收费\t收费项目\t《中华人民共和国政府信息公开条例》\t第二十条第（八）项：行政事业性收费项目及其依据、标准\t20个工作日内
";

const CLEAN: &str = "\
某县财政局主动公开事项目录

一级事项\t二级事项\t公开内容\t公开依据\t条款内容\t公开时限
财政信息\t收费\t收费项目\t《中华人民共和国政府信息公开条例》\t第二十条第（八）项：行政事业性收费项目及其依据、标准\t20个工作日内
";

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

pub struct Desk {
    dir: TempDir,
}

impl Desk {
    pub fn with(catalog: &str) -> Self {
        let desk = Desk { dir: TempDir::new().unwrap() };
        std::fs::write(desk.path("目录.txt"), catalog).unwrap();
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Exit code, standard output, standard error.
    pub fn check(&self, args: &[&str]) -> (i32, String, String) {
        let mut command = Command::cargo_bin("yiju").unwrap();
        command.current_dir(self.dir.path()).arg("--corpus").arg(corpus()).arg("check");
        let output = command.args(args).args(["--on", "2026-11-22"]).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    pub fn json(&self, args: &[&str]) -> (i32, Value) {
        let (code, out, error) = self.check(&[args, &["--format", "json"]].concat());
        (code, serde_json::from_str(&out).unwrap_or_else(|_| panic!("{error}{out}")))
    }
}

#[test]
fn exit_codes_say_clean_findings_or_error() {
    let desk = Desk::with(CATALOG);
    assert_eq!(desk.check(&["目录.txt"]).0, 1);
    assert_eq!(Desk::with(CLEAN).check(&["目录.txt"]).0, 0);
    for (args, expected) in [
        (&["没有.txt"][..], "找不到文件：没有.txt"),
        (&["目录.txt", "--select", "paragraph-for-itm"], "是不是“paragraph-for-item”"),
        (&["目录.txt", "--baseline", "没有.toml"], "找不到文件：没有.toml"),
        (&["目录.txt", "--output", "没有/报告.html"], "写不了 没有/报告.html"),
        (&["目录.txt", "--update-baseline", "--reason", "x"], "--baseline"),
    ] {
        let (code, out, error) = desk.check(args);
        assert_eq!((code, out.as_str(), error.lines().count()), (2, "", 1), "{args:?}: {error}");
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn the_json_has_the_fixed_shape() {
    let (code, check) = Desk::with(CATALOG).json(&["目录.txt"]);
    assert_eq!(code, 1);
    assert_eq!(check["catalog"]["items"], 2);
    let finding = &check["findings"][0];
    assert_eq!((finding["rule"].as_str(), finding["item"].as_u64()), (Some("paragraph-for-item"), Some(1)));
    assert_eq!(finding["evidence"][0]["provision"]["id"], "zhengfu-xinxi-gongkai-tiaoli@2019-04-03/a20.p1.i7");
    let verdicts = check["summary"]["verdicts"].as_object().unwrap();
    assert_eq!(verdicts.len(), 6, "all six are counted");
    let total: u64 = verdicts.values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(total, check["summary"]["citations"].as_u64().unwrap());
}

#[test]
fn rules_can_be_selected_and_ignored() {
    let desk = Desk::with(CATALOG);
    assert_eq!(desk.check(&["目录.txt", "--select", "missing-basis"]).0, 0);
    assert_eq!(desk.check(&["目录.txt", "--ignore", "paragraph-for-item"]).0, 0);
    std::fs::write(desk.path("yiju.toml"), "[check]\nseverity.paragraph-for-item = 'notice'\n").unwrap();
    assert_eq!(desk.json(&["目录.txt"]).1["summary"]["findings"]["notice"], 1);
    std::fs::write(
        desk.path("yiju.toml"),
        "[[check.suppress]]\nrule = 'paragraph-for-item'\nitem = '部门预算'\nreason = '待修订'\n",
    )
    .unwrap();
    let (code, check) = desk.json(&["目录.txt"]);
    assert_eq!((code, check["summary"]["suppressed"].as_u64()), (0, Some(1)));
    assert_eq!(check["findings"][0]["reason"], "待修订", "set aside, not dropped");
}

#[test]
fn a_baseline_keeps_known_findings_marked_whatever_their_row() {
    let desk = Desk::with(CATALOG);
    let written = desk.check(&["目录.txt", "--baseline", "基线.toml", "--update-baseline", "--reason", "上级模板如此"]);
    assert_eq!(written.0, 0, "{}", written.2);
    let (code, check) = desk.json(&["目录.txt", "--baseline", "基线.toml"]);
    assert_eq!((code, check["summary"]["known"].as_u64()), (0, Some(1)));
    assert_eq!(check["findings"][0]["standing"], "known");

    let mut lines: Vec<&str> = CATALOG.lines().collect();
    lines.swap(3, 4);
    std::fs::write(desk.path("目录.txt"), lines.join("\n")).unwrap();
    assert_eq!(desk.check(&["目录.txt", "--baseline", "基线.toml"]).0, 0, "the row moved, the finding is the same");
    std::fs::write(desk.path("目录.txt"), CATALOG.replace("第七款", "第八款")).unwrap();
    assert_eq!(desk.check(&["目录.txt", "--baseline", "基线.toml"]).0, 1, "other words are another finding");
}

#[test]
fn a_report_appears_whole_or_not_at_all() {
    let desk = Desk::with(CATALOG);
    for (name, start) in [("r.html", "<!DOCTYPE html>"), ("r.json", "{"), ("r.sarif", "{"), ("r.xlsx", "PK")] {
        assert_eq!(desk.check(&["目录.txt", "--output", name]).0, 1);
        assert!(std::fs::read(desk.path(name)).unwrap().starts_with(start.as_bytes()), "{name}");
    }
    assert_eq!(desk.check(&["目录.txt", "--output", "."]).0, 2);
    let left = std::fs::read_dir(desk.dir.path())
        .unwrap()
        .filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().starts_with(".yiju"));
    assert_eq!(left.count(), 0, "nothing half-written is left");
}

#[test]
fn several_files_give_a_workbook_each() {
    let desk = Desk::with(CATALOG);
    for folder in ["甲", "乙", "报告"] {
        std::fs::create_dir(desk.path(folder)).unwrap();
    }
    std::fs::write(desk.path("甲/表.txt"), CATALOG).unwrap();
    std::fs::write(desk.path("乙/表.txt"), CLEAN).unwrap();
    let files = ["目录.txt", "甲/表.txt", "乙/表.txt", "--format", "xlsx"];
    let (code, _, error) = desk.check(&files);
    assert!(code == 2 && error.contains("文件夹"), "{error}");
    assert_eq!(desk.check(&[&files[..], &["--output", "报告"]].concat()).0, 1);
    let mut made: Vec<String> = std::fs::read_dir(desk.path("报告"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    made.sort();
    assert_eq!(made, ["目录.check.xlsx", "表.check-2.xlsx", "表.check.xlsx"]);
    assert_eq!(desk.check(&["报告/目录.check.xlsx"]).0, 1, "a workbook is a catalog again");
}

#[test]
fn a_corrected_copy_has_the_safe_repairs_and_needs_no_second() {
    let desk = Desk::with(CATALOG);
    let (code, out, _) = desk.check(&["目录.txt", "--fix"]);
    assert_eq!(code, 0, "everything was repaired: {out}");
    let fixed = std::fs::read_to_string(desk.path("目录.fixed.txt")).unwrap();
    assert_eq!(fixed, CATALOG.replace("第七款", "第（七）项"));
    assert_eq!(std::fs::read_to_string(desk.path("目录.txt")).unwrap(), CATALOG, "the source is left alone");
    let (code, out, _) = desk.check(&["目录.fixed.txt", "--fix"]);
    assert!(code == 0 && out.contains("没有可以稳妥改正的地方"), "{out}");
    assert!(!desk.path("目录.fixed.fixed.txt").exists());
    assert_eq!(desk.check(&["目录.txt", "--fix", "--output", "好.txt"]).0, 0);
    assert_eq!(std::fs::read_to_string(desk.path("好.txt")).unwrap(), fixed);
}

#[test]
fn repairs_of_the_constructed_catalogs_take_their_findings_away_and_bring_no_new_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/findings/constructed");
    let files = ["caizhengju.md", "shichangjianguan.csv", "yiyuan.txt", "zhengwufuwu.csv", "shebaozhongxin.md"];
    let told = |check: &Value, safe: bool| -> Vec<String> {
        let findings = check["findings"].as_array().unwrap().iter();
        let kept = findings.filter(|finding| safe || finding["fix"]["applicability"] != "safe");
        kept.map(|finding| format!("{} {}", finding["item"], finding["rule"])).collect()
    };
    for file in files {
        let desk = Desk::with("");
        std::fs::copy(folder.join(file), desk.path(file)).unwrap();
        let (stem, kind) = file.split_once('.').unwrap();
        let (once, twice) = (format!("{stem}.fixed.{kind}"), format!("{stem}.fixed.fixed.{kind}"));
        let (_, before) = desk.json(&[file, "--fix"]);
        let (_, after) = desk.json(&[&once, "--fix"]);
        assert_eq!(told(&after, true), told(&before, false), "{file}");
        assert!(told(&before, true).len() > told(&before, false).len(), "{file} has nothing to repair");
        assert!(!desk.path(&twice).exists(), "{file}: a second time changes nothing");
    }
}

#[test]
fn repairs_of_the_published_catalogs_take_their_findings_away_and_bring_no_new_one() {
    let names = |check: &Value| -> Vec<(String, String)> {
        let word = |value: &Value| value.to_string();
        check["findings"].as_array().unwrap().iter().map(|f| (word(&f["rule"]), word(&f["fingerprint"]))).collect()
    };
    for id in ["etuoke-yibaoju", "juye-yibaoju", "qiaokou-yibaoju", "zhangzhou-yibaoju"] {
        let desk = Desk::with("");
        for name in ["catalog.toml", "source.txt"] {
            std::fs::copy(corpus().join("catalogs").join(id).join(name), desk.path(name)).unwrap();
        }
        let (_, before) = desk.json(&["source.txt", "--fix"]);
        let safe = before["findings"].as_array().unwrap().iter().filter(|f| f["fix"]["applicability"] == "safe");
        let safe = safe.count();
        let copy = desk.path("source.fixed.txt");
        assert_eq!(copy.exists(), safe > 0, "{id}");
        if safe > 0 {
            let (_, after) = desk.json(&["source.fixed.txt"]);
            let (before, after) = (names(&before), names(&after));
            assert_eq!(after.len(), before.len() - safe, "{id}");
            assert!(after.iter().all(|(rule, _)| before.iter().any(|(own, _)| own == rule)), "{id}");
        }
    }
}

#[test]
fn the_coverage_matrix_says_how_each_item_was_matched() {
    let desk = Desk::with(CATALOG);
    let (code, matrix) = desk.json(&["目录.txt", "--coverage"]);
    assert_eq!(code, 0);
    let answer = |clause: &str| {
        let duties = matrix["duties"].as_array().unwrap();
        let duty = duties.iter().find(|duty| duty["provision"].as_str().unwrap().ends_with(clause)).unwrap();
        duty["answers"][0].clone()
    };
    assert_eq!(answer("2019-04-03/a20.p1.i8")["items"], serde_json::json!([{"item": 2, "how": "cited"}]));
    assert_eq!(answer("2019-04-03/a20.p1.i7")["how"], "quoted", "the place is wrong, the words are right");
    assert_eq!(answer("a14.p2")["how"], "worded");
    assert_eq!(answer("2019-04-03/a20.p1.i14")["how"], Value::Null);
    let (_, page, _) = desk.check(&["目录.txt", "--coverage", "--format", "html"]);
    assert!(page.contains("<svg ") && !page.contains("<script"));
}
