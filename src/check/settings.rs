//! [`Settings`]: which rules count and how much, and what is set aside; read from the `yiju.toml` beside a catalog.

use super::{Finding, Severity, Standing};
use crate::catalog::Item;
use crate::text::fold;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Why a `yiju.toml` or a list of rules cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    #[error("yiju.toml 格式有误：{0}")]
    Malformed(String),
    #[error("没有名为“{name}”的规则{}。用 yiju explain 看全部规则", near.as_ref().map_or(String::new(), |n| format!("，是不是“{n}”")))]
    UnknownRule { name: String, near: Option<String> },
    #[error("yiju.toml 里第 {0} 条 suppress 没有写原因：请填写 reason")]
    NoReason(usize),
    #[error("yiju.toml 里第 {0} 条 suppress 没有说搁置什么：请写 fingerprint，或写 rule（可再写 item 限定事项）")]
    NoTarget(usize),
    #[error("yiju.toml 里第 {at} 条 suppress 的日期“{date}”有误：expires 应写成 2027-01-31 这样的日期")]
    BadDate { at: usize, date: String },
}

/// What counts. The default counts every rule at its own severity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Only these rules, if any are named.
    pub select: Vec<String>,
    pub ignore: Vec<String>,
    pub severity: BTreeMap<String, Severity>,
    /// A baseline file beside the `yiju.toml`.
    pub baseline: Option<String>,
    pub suppress: Vec<Suppression>,
}

/// Sets findings aside: one by its fingerprint, or those of a rule, at one item or everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suppression {
    pub fingerprint: Option<String>,
    pub rule: Option<String>,
    /// The last level or the content of the items meant, exact but for width and spaces.
    pub item: Option<String>,
    #[serde(default)]
    pub reason: String,
    pub expires: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    check: CheckTable,
    /// Sections of the same file that others read.
    #[serde(default, rename = "serve")]
    _serve: toml::Table,
    #[serde(default, rename = "semantic")]
    _semantic: toml::Table,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckTable {
    #[serde(default)]
    select: Vec<String>,
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default)]
    severity: BTreeMap<String, Severity>,
    baseline: Option<String>,
    #[serde(default)]
    suppress: Vec<Suppression>,
}

impl Settings {
    /// Reads a `yiju.toml`; `rules` are the names that exist.
    ///
    /// # Errors
    /// [`SettingsError`] names the first entry that cannot be used.
    pub fn parse(text: &str, rules: &[&str]) -> Result<Self, SettingsError> {
        let file: File = toml::from_str(text).map_err(|e| SettingsError::Malformed(e.message().to_string()))?;
        let table = file.check;
        let named = table.select.iter().chain(&table.ignore).chain(table.severity.keys());
        known_rules(named.chain(table.suppress.iter().filter_map(|s| s.rule.as_ref())), rules)?;
        for (entry, at) in table.suppress.iter().zip(1..) {
            if entry.reason.trim().is_empty() {
                return Err(SettingsError::NoReason(at));
            }
            if entry.fingerprint.is_none() && entry.rule.is_none() {
                return Err(SettingsError::NoTarget(at));
            }
            if let Some(date) = &entry.expires
                && date.parse::<Date>().is_err()
            {
                return Err(SettingsError::BadDate { at, date: date.clone() });
            }
        }
        Ok(Settings {
            select: table.select,
            ignore: table.ignore,
            severity: table.severity,
            baseline: table.baseline,
            suppress: table.suppress,
        })
    }

    /// Drops the findings of rules that do not count and gives the others their severity.
    pub fn apply(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let counts = |rule: &str| {
            let named = |list: &[String]| list.iter().any(|name| name == rule);
            (self.select.is_empty() || named(&self.select)) && !named(&self.ignore)
        };
        let grade = |mut finding: Finding| {
            finding.severity = self.severity.get(finding.rule).copied().unwrap_or(finding.severity);
            finding
        };
        findings.into_iter().filter(|finding| counts(finding.rule)).map(grade).collect()
    }

    /// How a finding stands by the suppressions; an expired one counts again.
    pub fn standing(&self, finding: &Finding, item: Option<&Item>, fingerprint: &str, today: Date) -> Standing {
        let mut standing = Standing::New;
        for entry in self.suppress.iter().filter(|entry| entry.means(finding, item, fingerprint)) {
            let expires = entry.expires.as_ref().and_then(|date| date.parse::<Date>().ok());
            let reason = entry.reason.clone();
            match expires {
                Some(date) if date <= today => standing = Standing::Expired { reason, date },
                _ => return Standing::Suppressed { reason, expires },
            }
        }
        standing
    }
}

impl Suppression {
    fn means(&self, finding: &Finding, item: Option<&Item>, fingerprint: &str) -> bool {
        let is_item = |words: &String| {
            let Some(item) = item else { return false };
            let last = item.path.iter().rev().find(|level| !level.is_empty()).map_or("", String::as_str);
            let content = item.text(crate::catalog::Field::Content);
            [last, content].iter().any(|own| !own.is_empty() && fold::key(own) == fold::key(words))
        };
        self.fingerprint.as_ref().is_none_or(|own| own == fingerprint)
            && self.rule.as_ref().is_none_or(|rule| rule == finding.rule)
            && self.item.as_ref().is_none_or(is_item)
    }
}

/// Holds a list of rule names to those that exist.
///
/// # Errors
/// [`SettingsError::UnknownRule`] names the first that does not, and the nearest that does.
pub fn known_rules<'n>(names: impl IntoIterator<Item = &'n String>, rules: &[&str]) -> Result<(), SettingsError> {
    let Some(name) = names.into_iter().find(|name| !rules.contains(&name.as_str())) else { return Ok(()) };
    let near = rules.iter().map(|rule| (strsim::osa_distance(name, rule), rule)).min();
    let near = near.filter(|(distance, _)| *distance <= 4).map(|(_, rule)| rule.to_string());
    Err(SettingsError::UnknownRule { name: name.clone(), near })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Field, FieldCell};

    const RULES: &[&str] = &["missing-basis", "quote-differs"];

    fn finding(rule: &'static str) -> Finding {
        Finding::new(rule, Severity::Error, 1)
    }

    #[test]
    fn rules_are_selected_ignored_and_graded() {
        let settings = Settings::parse(
            "[check]\nignore = ['quote-differs']\nseverity.missing-basis = 'notice'\nbaseline = '基线.toml'",
            RULES,
        )
        .unwrap();
        let left = settings.apply(vec![finding("missing-basis"), finding("quote-differs")]);
        assert_eq!(
            left.iter().map(|f| (f.rule, f.severity)).collect::<Vec<_>>(),
            [("missing-basis", Severity::Notice)]
        );
        assert_eq!(settings.baseline.as_deref(), Some("基线.toml"));
        let only = Settings { select: vec!["quote-differs".into()], ..Default::default() };
        assert_eq!(only.apply(vec![finding("missing-basis"), finding("quote-differs")])[0].rule, "quote-differs");
    }

    #[test]
    fn a_suppression_means_one_finding_or_one_item() {
        let settings = Settings::parse(
            "[[check.suppress]]\nrule = 'missing-basis'\nitem = '机构 概况'\nreason = '市里统一'\nexpires = '2027-01-31'\n\
             [[check.suppress]]\nfingerprint = '00ff'\nreason = '原文如此'",
            RULES,
        )
        .unwrap();
        let mut item = Item { row: 1, path: vec!["机构概况".into(), String::new()], ..Default::default() };
        item.fields.insert(Field::Content, FieldCell { text: "职能".into(), ..Default::default() });
        let on =
            |day: &str, rule, print: &str| settings.standing(&finding(rule), Some(&item), print, day.parse().unwrap());
        assert!(matches!(on("2027-01-30", "missing-basis", "1"), Standing::Suppressed { .. }));
        assert!(matches!(on("2027-02-01", "missing-basis", "1"), Standing::Expired { .. }));
        assert_eq!(on("2027-01-30", "quote-differs", "1"), Standing::New);
        assert!(matches!(on("2030-01-30", "quote-differs", "00ff"), Standing::Suppressed { .. }));
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (text, expected) in [
            ("[check]\nselect = ['mising-basis']", "是不是“missing-basis”"),
            ("[check]\nselect = ['完全不同的名字']", "没有名为“完全不同的名字”的规则。"),
            ("[check]\nslect = []", "格式有误"),
            ("[[check.suppress]]\nrule = 'missing-basis'", "没有写原因"),
            ("[[check.suppress]]\nreason = '因为'", "没有说搁置什么"),
            ("[[check.suppress]]\nrule = 'missing-basis'\nreason = '因为'\nexpires = '明年'", "日期“明年”有误"),
        ] {
            let error = Settings::parse(text, RULES).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
        assert_eq!(Settings::parse("", RULES).unwrap(), Settings::default());
    }
}
