//! Corrected copies in every format: safe repairs only, the rest listed, nothing more at a second time, nothing new.

use super::command::Desk;
use crate::catalog::make::Sheet;
use serde_json::Value;
use std::collections::BTreeMap;

/// The constructed catalog of an education bureau, with a basis cell that two items share.
fn sheet() -> Sheet {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gold/findings/constructed/jiaoyuju.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == 7));
    // 部门预算 and 部门决算 cite the same law.
    assert_eq!(rows[3][3], rows[4][3]);
    rows[4][3] = "^";
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    Sheet::of("某市教育局主动公开事项目录", &rows)
}

/// How often each rule is found in each item.
fn found(check: &Value) -> BTreeMap<(u64, String), usize> {
    let mut found = BTreeMap::new();
    for finding in check["findings"].as_array().unwrap() {
        let key = (finding["item"].as_u64().unwrap(), finding["rule"].as_str().unwrap().to_string());
        *found.entry(key).or_insert(0) += 1;
    }
    found
}

#[test]
fn a_copy_of_each_format_has_the_safe_repairs_and_no_new_finding() {
    let sheet = sheet();
    for (name, copy, bytes) in [
        ("目录.xlsx", "目录.fixed.xlsx", Sheet::xlsx(&[("目录", &sheet)])),
        ("目录.docx", "目录.fixed.docx", sheet.docx()),
        ("目录.html", "目录.fixed.html", sheet.html()),
        ("目录.csv", "目录.fixed.csv", sheet.csv_gb18030()),
        ("目录.md", "目录.fixed.md", sheet.markdown()),
    ] {
        let desk = Desk::with("");
        std::fs::write(desk.path(name), &bytes).unwrap();
        let (_, before) = desk.json(&[name, "--fix"]);
        assert_eq!(std::fs::read(desk.path(name)).unwrap(), bytes, "{name}: the source is left alone");
        let (_, after) = desk.json(&[copy]);
        let (mut expected, again) = (found(&before), found(&after));
        let mut safe = 0;
        for finding in before["findings"].as_array().unwrap() {
            if finding["fix"]["applicability"] == "safe" {
                safe += 1;
                let key = (finding["item"].as_u64().unwrap(), finding["rule"].as_str().unwrap().to_string());
                *expected.get_mut(&key).unwrap() -= 1;
            }
        }
        expected.retain(|_, count| *count > 0);
        assert!(safe >= 4, "{name}: {safe} safe repairs");
        assert_eq!(again, expected, "{name}");

        let (_, listed, _) = desk.check(&[name, "--fix"]);
        assert!(listed.contains(&format!("已改正 {safe} 处")), "{name}: {listed}");
        // Without merged cells the item has no basis, and so nothing is wrong with its clause.
        let merged = !name.ends_with("csv") && !name.ends_with("md");
        assert_eq!(listed.contains("须人看过") && listed.contains("第 4 项 quote-from-elsewhere"), merged, "{listed}");
        let (_, second, _) = desk.check(&[copy, "--fix"]);
        assert!(second.contains("没有可以稳妥改正的地方"), "{name}: {second}");
    }
}

#[test]
fn a_cell_torn_over_two_lines_is_repaired_in_its_pieces() {
    let torn = "\
某县财政局主动公开事项目录

一级事项\t二级事项\t公开内容\t公开依据\t条款内容\t公开时限
财政信息\t部门预算\t部门预算及说明\t《中华人民共和国政府信息公开条例》\t第二十条第七\t20个工作
\t\t\t\t款：财政预算、决算信息\t日内
财政信息\t收费\t收费项目\t《中华人民共和国政府信息公开条例》\t第二十条第（八）项：行政事业性收费项目及其依据、标准\t20个工作日内
";
    let desk = Desk::with(torn);
    let (_, before) = desk.json(&["目录.txt"]);
    let rules: Vec<&str> = before["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect();
    assert_eq!((before["catalog"]["items"].as_u64(), &rules[..]), (Some(2), &["paragraph-for-item"][..]));
    let (code, out, error) = desk.check(&["目录.txt", "--fix"]);
    assert_eq!(code, 0, "{out}{error}");
    let fixed = std::fs::read_to_string(desk.path("目录.fixed.txt")).unwrap();
    assert_eq!(fixed, torn.replace("第七\t", "第（七）项\t").replace("款：", "："));
    assert_eq!(desk.json(&["目录.fixed.txt"]).0, 0);
}
