//! `/rules` and `/rules/{rule}`: what is checked, from the one text that each rule has.

use super::frame::Frame;
use super::html;
use super::sheet::severity_class;
use crate::check::rules::{RULES, rule};
use crate::serve::problem::Problem;
use askama::Template;
use axum::extract::Path;
use axum::response::Html;

#[derive(Template)]
#[template(path = "rules.html")]
struct RulesPage {
    frame: Frame,
    rules: Vec<Line>,
}

struct Line {
    name: &'static str,
    title: String,
    class: &'static str,
    severity: &'static str,
}

#[derive(Template)]
#[template(path = "rule.html")]
struct RulePage {
    frame: Frame,
    name: &'static str,
    title: String,
    class: &'static str,
    severity: &'static str,
    /// Heading, empty for the first, and blocks.
    sections: Vec<(String, Vec<Block>)>,
}

/// A block of a rule's text.
#[derive(Debug, PartialEq)]
enum Block {
    Paragraph(Vec<Words>),
    List(Vec<Vec<Words>>),
    Table { head: Vec<String>, rows: Vec<Vec<String>> },
}

/// Words, set as code where they are in backticks.
#[derive(Debug, PartialEq)]
struct Words {
    text: String,
    code: bool,
}

pub async fn list() -> Result<Html<String>, Problem> {
    let rules = RULES.iter().map(|rule| Line {
        name: rule.name,
        title: rule.doc().title,
        class: severity_class(rule.severity),
        severity: rule.severity.name(),
    });
    html(&RulesPage { frame: Frame::new("规则", "/rules"), rules: rules.collect() })
}

pub async fn one(Path(name): Path<String>) -> Result<Html<String>, Problem> {
    let rule = rule(&name).ok_or_else(|| Problem::not_found("没有这条规则，全部规则见“规则”"))?;
    let doc = rule.doc();
    let mut sections = vec![(String::new(), blocks(&doc.what))];
    sections.extend(doc.sections.iter().map(|(heading, words)| (heading.clone(), blocks(words))));
    html(&RulePage {
        frame: Frame::new(doc.title.clone(), "/rules"),
        name: rule.name,
        title: doc.title,
        class: severity_class(rule.severity),
        severity: rule.severity.name(),
        sections,
    })
}

/// The little Markdown that rules are written in: paragraphs, lists, tables, code in backticks.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut fresh = true;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            fresh = true;
            continue;
        }
        let last = blocks.last_mut().filter(|_| !fresh);
        if let Some(cells) = line.strip_prefix('|') {
            let cells: Vec<String> = cells.trim_end_matches('|').split('|').map(|c| c.trim().to_string()).collect();
            let is_rule = cells.iter().all(|c| !c.is_empty() && c.chars().all(|c| matches!(c, '-' | ':')));
            match last {
                Some(Block::Table { .. }) if is_rule => {}
                Some(Block::Table { rows, .. }) => rows.push(cells),
                _ => blocks.push(Block::Table { head: cells, rows: Vec::new() }),
            }
        } else if let Some(entry) = line.strip_prefix("- ") {
            match last {
                Some(Block::List(entries)) => entries.push(words(entry)),
                _ => blocks.push(Block::List(vec![words(entry)])),
            }
        } else {
            match last {
                Some(Block::Paragraph(open)) => open.extend(words(line)),
                _ => blocks.push(Block::Paragraph(words(line))),
            }
        }
        fresh = false;
    }
    blocks
}

fn words(line: &str) -> Vec<Words> {
    let parts = line.replace("**", "");
    let parts = parts.split('`').enumerate().map(|(nth, text)| Words { text: text.into(), code: nth % 2 == 1 });
    parts.filter(|words| !words.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blocks_of_a_text_are_told_apart() {
        let text = "前 `码` 后\n续行\n\n- 甲\n- 乙\n\n| 列 | 行 |\n|---|:-:|\n| 一 | 二 |";
        let read = blocks(text);
        let plain = |text: &str, code| Words { text: text.into(), code };
        assert_eq!(
            read,
            [
                Block::Paragraph(vec![
                    plain("前 ", false),
                    plain("码", true),
                    plain(" 后", false),
                    plain("续行", false)
                ]),
                Block::List(vec![vec![plain("甲", false)], vec![plain("乙", false)]]),
                Block::Table { head: vec!["列".into(), "行".into()], rows: vec![vec!["一".into(), "二".into()]] },
            ]
        );
    }

    #[test]
    fn every_rule_has_a_page_with_its_sections() {
        for rule in RULES {
            let doc = rule.doc();
            assert!(!doc.title.is_empty() && !blocks(&doc.what).is_empty(), "{}", rule.name);
            assert!(doc.sections.iter().all(|(_, words)| !blocks(words).is_empty()), "{}", rule.name);
        }
    }
}
