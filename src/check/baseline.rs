//! [`Baseline`]: findings that somebody has looked at and accepted, by fingerprint, each with a reason.

use super::standing::Standing;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Why a baseline cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BaselineError {
    #[error("基线文件格式有误：{0}。请改正，或另用 --update-baseline 重新写出")]
    Malformed(String),
    #[error("基线文件里第 {at} 条（{fingerprint}）没有写原因：请填写 reason")]
    NoReason { at: usize, fingerprint: String },
    #[error("基线文件里第 {at} 条的日期“{date}”有误：expires 应写成 2027-01-31 这样的日期")]
    BadDate { at: usize, date: String },
}

/// One accepted finding. Only the fingerprint, the reason and the expiry count; the rest is for the person who reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    pub fingerprint: String,
    pub reason: String,
    /// Day from which the finding counts again, `2027-01-31`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub item: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    known: Vec<Known>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    known: Vec<Known>,
}

const HEAD: &str = "\
# 已知问题基线：核对时，指纹在此的问题标为“已知”，照样列出和计数，但不算新问题。
# 指纹由规则、事项和引文的文字算出，与行号无关；文字改了，指纹就变。
# 每条须有 reason（为什么接受）；expires（到期日，可不写）当天起重新算作新问题。
";

impl Baseline {
    /// Reads a baseline file.
    ///
    /// # Errors
    /// [`BaselineError`] when it is no baseline, an entry has no reason, or an expiry is no date.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let file: File = toml::from_str(text).map_err(|e| BaselineError::Malformed(e.message().to_string()))?;
        for (known, at) in file.known.iter().zip(1..) {
            if known.reason.trim().is_empty() {
                return Err(BaselineError::NoReason { at, fingerprint: known.fingerprint.clone() });
            }
            if let Some(date) = &known.expires
                && date.parse::<Date>().is_err()
            {
                return Err(BaselineError::BadDate { at, date: date.clone() });
            }
        }
        Ok(Baseline { known: file.known })
    }

    /// The file's text, entries in their order.
    pub fn print(&self) -> String {
        let file = File { known: self.known.clone() };
        format!("{HEAD}\n{}", toml::to_string(&file).unwrap_or_default())
    }

    /// How a finding stands on a day: known, known once but expired, or new.
    pub fn standing(&self, fingerprint: &str, today: Date) -> Standing {
        let Some(known) = self.known.iter().find(|known| known.fingerprint == fingerprint) else {
            return Standing::New;
        };
        let expires = known.expires.as_ref().and_then(|date| date.parse::<Date>().ok());
        match expires {
            Some(date) if date <= today => Standing::Expired { reason: known.reason.clone(), date },
            _ => Standing::Known { reason: known.reason.clone(), expires },
        }
    }

    /// Entries that no finding of this run bears: repaired, or the words changed.
    pub fn gone<'b>(&'b self, fingerprints: &'b [&str]) -> impl Iterator<Item = &'b Known> {
        self.known.iter().filter(|known| !fingerprints.contains(&known.fingerprint.as_str()))
    }

    /// The baseline of the findings of now: an entry that is here keeps its reason and expiry, one that is gone goes.
    pub fn updated(&self, now: Vec<Known>) -> Baseline {
        let old: BTreeMap<&str, &Known> = self.known.iter().map(|known| (known.fingerprint.as_str(), known)).collect();
        let keep = |mut known: Known| {
            if let Some(old) = old.get(known.fingerprint.as_str()) {
                known.reason = old.reason.clone();
                known.expires = old.expires.clone();
            }
            known
        };
        Baseline { known: now.into_iter().map(keep).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(fingerprint: &str, reason: &str, expires: Option<&str>) -> Known {
        Known {
            fingerprint: fingerprint.into(),
            reason: reason.into(),
            expires: expires.map(str::to_string),
            rule: "missing-basis".into(),
            item: "部门预算".into(),
            message: "没有写依据".into(),
        }
    }

    #[test]
    fn what_is_printed_reads_back() {
        let baseline = Baseline {
            known: vec![known("00ff", "上级模板如此", None), known("0a0b", "待\"印发\"", Some("2027-01-31"))],
        };
        assert_eq!(Baseline::parse(&baseline.print()).unwrap(), baseline);
        assert_eq!(Baseline::parse("").unwrap(), Baseline::default());
    }

    #[test]
    fn an_entry_counts_until_its_day() {
        let baseline = Baseline { known: vec![known("00ff", "待印发", Some("2027-01-31"))] };
        let on = |day: &str| baseline.standing("00ff", day.parse().unwrap());
        assert!(matches!(on("2027-01-30"), Standing::Known { .. }));
        assert!(matches!(on("2027-01-31"), Standing::Expired { .. }));
        assert_eq!(baseline.standing("ffff", "2027-01-30".parse().unwrap()), Standing::New);
    }

    #[test]
    fn an_entry_without_a_reason_or_with_a_wrong_day_is_refused() {
        for (text, expected) in [
            ("[[known]]\nfingerprint='a'\nreason=' '", "没有写原因"),
            ("[[known]]\nfingerprint='a'\nreason='b'\nexpires='明年'", "日期“明年”有误"),
            ("[[known]]\nfingerprint='a'\nreson='b'", "格式有误"),
            ("known = 3", "格式有误"),
        ] {
            let error = Baseline::parse(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn an_update_keeps_reasons_and_drops_what_is_gone() {
        let old = Baseline { known: vec![known("1", "甲", Some("2027-01-31")), known("2", "乙", None)] };
        let new = old.updated(vec![known("3", "新收", None), known("1", "新收", None)]);
        assert_eq!(new.known[0].reason, "新收");
        assert_eq!((new.known[1].reason.as_str(), new.known[1].expires.as_deref()), ("甲", Some("2027-01-31")));
        assert_eq!(old.gone(&["1"]).map(|k| k.fingerprint.as_str()).collect::<Vec<_>>(), ["2"]);
    }
}
