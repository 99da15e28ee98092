//! The coverage matrix for readers: [`text()`] as a table, [`svg`] as a picture (duties × catalogs), [`html`] as a page.

use super::layout::{Run, shorten, width, wrap};
use crate::check::coverage::{Answer, Bearer, How, Matrix};
use std::fmt::Write;

/// What every form says below the matrix.
const NOTE: &str = "● 依据引到该条款　◐ 引文出自该条款　○ 仅事项文字相近，须人看过　空白：没有找到对应事项，\
                    不等于没有公开；“视职责”的义务只约束有这项职责的机关。";

fn sign(answer: &Answer) -> &'static str {
    match answer.how {
        Some(How::Cited) => "●",
        Some(How::Quoted) => "◐",
        Some(How::Worded) => "○",
        None => "",
    }
}

fn rows(answer: &Answer) -> String {
    answer.items.iter().map(|item| item.item.to_string()).collect::<Vec<_>>().join("、")
}

/// A table for the terminal: each duty, and below it each catalog with the items that answer.
pub fn text(matrix: &Matrix, columns: usize) -> String {
    let mut out = String::new();
    let mut put = |text: &str, indent: usize| {
        for line in wrap(&[Run::plain(text)], columns.saturating_sub(indent)) {
            let words: String = line.runs.iter().map(|run| run.text.as_str()).collect();
            // Writing into a string cannot fail.
            let _ = writeln!(out, "{:indent$}{}", "", words.trim_end());
        }
    };
    put("公开义务与目录事项对照", 0);
    let names: Vec<String> = matrix.catalogs.iter().map(|name| shorten(name, 20)).collect();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
    for duty in &matrix.duties {
        put("", 0);
        let source = match duty.title.is_empty() {
            true => format!("{}（法规库没有这一条）", duty.provision),
            false => format!("《{}》{}", duty.title, duty.label),
        };
        put(&format!("{}（{}）", duty.name, duty.bearer.name()), 0);
        put(&source, 2);
        for (name, answer) in names.iter().zip(&duty.answers) {
            let blanks = " ".repeat(widest - width(name));
            let found = match answer.how {
                Some(_) => format!("{} 第 {} 项", sign(answer), rows(answer)),
                None => "没有找到对应事项".into(),
            };
            put(&format!("{name}{blanks}  {found}"), 2);
        }
    }
    put("", 0);
    put(NOTE, 0);
    out
}

const ROW: usize = 26;
const LABEL: usize = 380;
const COLUMN: usize = 64;
const HEAD: usize = 150;

/// The picture: one row a duty, one column a catalog; a cell's title tells the items.
pub fn svg(matrix: &Matrix) -> String {
    let wide = LABEL + COLUMN * matrix.catalogs.len().max(1) + 90;
    let high = HEAD + ROW * matrix.duties.len() + 8;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" role=\"img\" \
         aria-label=\"公开义务与目录事项对照\" font-family=\"'Noto Sans CJK SC','Source Han Sans SC',sans-serif\" \
         font-size=\"13\" fill=\"currentColor\">"
    );
    for (at, name) in matrix.catalogs.iter().enumerate() {
        let (x, y) = (LABEL + COLUMN * at + COLUMN / 2, HEAD - 10);
        let _ = write!(
            out,
            "<text transform=\"translate({x} {y}) rotate(-35)\">{}<title>{}</title></text>",
            escape(&shorten(name, 12)),
            escape(name)
        );
    }
    for (at, duty) in matrix.duties.iter().enumerate() {
        let y = HEAD + ROW * at;
        let middle = y + ROW / 2 + 5;
        let _ = write!(
            out,
            "<text x=\"{}\" y=\"{middle}\" text-anchor=\"end\">{}<title>{}</title></text>",
            LABEL - 12,
            escape(&shorten(duty.name, 26)),
            escape(&format!("《{}》{}（{}）", duty.title, duty.label, duty.bearer.name()))
        );
        for (column, answer) in duty.answers.iter().enumerate() {
            let x = LABEL + COLUMN * column;
            let (fill, ink) = shade(answer, duty.bearer);
            let title = match answer.how {
                Some(how) => format!("{}：{}，第 {} 项", duty.name, how.name(), rows(answer)),
                None => format!("{}：没有找到对应事项", duty.name),
            };
            let _ = write!(
                out,
                "<g><rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" fill=\"{fill}\" stroke=\"#b9bfc6\"/>\
                 <text x=\"{}\" y=\"{middle}\" text-anchor=\"middle\" fill=\"{ink}\">{}</text><title>{}</title></g>",
                COLUMN - 4,
                ROW - 4,
                x + COLUMN / 2 - 2,
                if answer.items.is_empty() {
                    String::new()
                } else {
                    format!("{} {}", sign(answer), answer.items.len())
                },
                escape(&title)
            );
        }
    }
    out.push_str("</svg>");
    out
}

/// Fill and ink; a duty that binds everybody and has no item is set off.
fn shade(answer: &Answer, bearer: Bearer) -> (&'static str, &'static str) {
    match (answer.how, bearer) {
        (Some(How::Cited), _) => ("#2c6e49", "#ffffff"),
        (Some(How::Quoted), _) => ("#8fc3a6", "#12301f"),
        (Some(How::Worded), _) => ("#e3efe7", "#12301f"),
        (None, Bearer::Every) => ("#f3c9c4", "#000000"),
        (None, Bearer::ByFunction) => ("none", "#000000"),
    }
}

/// The matrix as one page: the picture, then a table with the items, self-contained.
pub fn html(matrix: &Matrix) -> String {
    let mut out = String::from(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>公开义务与目录事项对照</title>\n<style>\nbody { margin: 0 auto; padding: 2rem 1.25rem; max-width: 62rem; \
         font: 16px/1.7 \"Noto Serif CJK SC\", \"Songti SC\", SimSun, serif; color: #1d2125; background: #fff; }\n\
         svg { width: 100%; height: auto; }\ntable { width: 100%; border-collapse: collapse; font-size: .875rem; }\n\
         th, td { padding: .35rem .5rem; border: 1px solid #d9dde1; text-align: left; vertical-align: top; }\n\
         thead { display: table-header-group; }\ntr { break-inside: avoid; }\n.faint { color: #626a73; }\n\
         svg, rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n</style>\n</head>\n<body>\n\
         <h1>公开义务与目录事项对照</h1>\n",
    );
    let _ = writeln!(out, "<p>{NOTE}</p>\n{}", svg(matrix));
    out.push_str("<table>\n<thead><tr><th>义务</th><th>条款</th>");
    for name in &matrix.catalogs {
        let _ = write!(out, "<th>{}</th>", escape(name));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for duty in &matrix.duties {
        let _ = write!(
            out,
            "<tr><td>{} <span class=\"faint\">{}</span></td><td>《{}》{}</td>",
            escape(duty.name),
            duty.bearer.name(),
            escape(&duty.title),
            escape(&duty.label)
        );
        for answer in &duty.answers {
            let words =
                if answer.items.is_empty() { String::new() } else { format!("{} {}", sign(answer), rows(answer)) };
            let _ = write!(out, "<td>{words}</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</body>\n</html>\n");
    out
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(super::layout::visible) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
