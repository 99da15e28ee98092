//! Words of a cell stay words in every report: no formula, no markup, no steering of terminal or page.

use super::command::Desk;
use serde_json::Value;
use std::io::Read;

const FILE: &str = "表.html";
const FORMULA: &str = "=cmd|' /C calc'!A0";
const SCRIPT: &str = "</td><script>alert(1)</script><img src=x onerror=alert(1)>";
const STEERING: &str = "红\u{1b}[31m\u{7}\u{202e}倒\u{2066}转\u{200b}藏";

/// The words stand in the level, the basis, the quotation and the deadline, so in messages and excerpts too.
fn desk() -> Desk {
    let row = |words: &str| {
        let numbered = |c: char| format!("&#{};", c as u32);
        let words: String = words.chars().map(numbered).collect();
        let basis = format!("《中华人民共和国政府信息公开条例》{words}");
        let clause = format!("第二十条第七款：财政预算、{words}决算信息");
        format!("<tr><td>{words}</td><td>{basis}</td><td>{clause}</td><td>30个工作日内{words}</td></tr>")
    };
    let rows: String = [FORMULA, SCRIPT, STEERING].iter().map(|words| row(words)).collect();
    let head = "<tr><th>公开事项</th><th>公开依据</th><th>条款内容</th><th>公开时限</th></tr>";
    let desk = Desk::with("");
    std::fs::write(desk.path(FILE), format!("<meta charset=utf-8><table>{head}{rows}</table>")).unwrap();
    desk
}

fn steers(text: &str) -> bool {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}'..='\u{200F}');
    text.chars().any(|c| turns(c) || c.is_control() && c != '\n')
}

#[test]
fn a_terminal_is_not_steered() {
    let (code, out, error) = desk().check(&[FILE]);
    assert_eq!(code, 1, "{error}");
    assert!(!steers(&out), "{out:?}");
    assert!(out.contains("=cmd") && out.contains("红"), "the words are shown: {out}");
}

#[test]
fn a_page_holds_no_markup_of_a_cell() {
    let desk = desk();
    for args in [&[FILE, "--format", "html"][..], &[FILE, "--coverage", "--format", "html"]] {
        let (_, page, _) = desk.check(args);
        assert!(!page.contains("<script") && !page.contains("<img"), "{args:?}");
        assert!(!steers(&page), "{args:?}");
    }
    assert!(desk.check(&[FILE, "--format", "html"]).1.contains("&#60;script&#62;"), "the words are shown");
}

#[test]
fn a_log_is_data() {
    let desk = desk();
    let (_, json) = desk.json(&[FILE]);
    assert_eq!(json["catalog"]["items"], 3);
    let (_, sarif, _) = desk.check(&[FILE, "--format", "sarif"]);
    let log: Value = serde_json::from_str(&sarif).unwrap();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        assert!(!steers(result["message"]["text"].as_str().unwrap()), "{result}");
    }
}

#[test]
fn a_workbook_has_no_formula() {
    let desk = desk();
    assert_eq!(desk.check(&[FILE, "--output", "表.xlsx"]).0, 1);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(desk.path("表.xlsx")).unwrap()).unwrap();
    let mut words = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        assert!(!text.contains("<f>") && !text.contains("<script"), "part {at}");
        assert!(!text.chars().any(|c| c.is_control() && !c.is_whitespace()), "part {at}");
        assert!(!text.contains(['\u{202E}', '\u{2066}', '\u{200B}']), "part {at}");
        words.push_str(&text);
    }
    assert!(words.contains("=cmd"), "the words are shown");
}
