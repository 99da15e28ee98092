//! `yiju explain`: a rule's own text, or the list of all rules.

use super::{Common, Exit};
use crate::check::RULES;
use crate::check::rules::rule;
use crate::check::settings::known_rules;
use std::fmt::Write;
use std::io::Write as _;
use unicode_width::UnicodeWidthStr;

/// 说明一条规则；不写规则名则列出全部
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// 规则名，如 paragraph-for-item
    #[arg(value_name = "规则")]
    pub rule: Option<String>,
}

pub fn run(args: ExplainArgs, _common: &Common) -> anyhow::Result<Exit> {
    let text = match &args.rule {
        None => list(),
        Some(name) => {
            let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
            known_rules([name], &names)?;
            rule(name).map(explain).unwrap_or_default()
        }
    };
    writeln!(std::io::stdout(), "{}", text.trim_end())?;
    Ok(Exit::Clean)
}

fn explain(rule: &crate::check::Rule) -> String {
    format!("{}（{}）\n\n{}", rule.name, rule.severity.name(), rule.doc)
}

/// One line a rule: name, severity, title.
fn list() -> String {
    let widest = RULES.iter().map(|rule| rule.name.width()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in RULES {
        let gap = " ".repeat(widest - rule.name.width());
        let _ = writeln!(out, "{}{gap}  {}  {}", rule.name, rule.severity.name(), rule.doc().title);
    }
    out.push_str("\n用 yiju explain 规则名 看说明和例子\n");
    out
}
