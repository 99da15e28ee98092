//! [`Standing`]: whether a finding is new, known from a baseline, or set aside by hand, and why.

use jiff::civil::Date;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Standing {
    #[default]
    New,
    /// In the baseline, with the reason given there.
    Known { reason: String, expires: Option<Date> },
    /// Was accepted until a day that has come: counts as new.
    Expired { reason: String, date: Date },
    /// Set aside in `yiju.toml`, with the reason given there.
    Suppressed { reason: String, expires: Option<Date> },
}

impl Standing {
    /// Counts as something to report.
    pub fn counts(&self) -> bool {
        matches!(self, Standing::New | Standing::Expired { .. })
    }

    /// The name in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Standing::New => "new",
            Standing::Known { .. } => "known",
            Standing::Expired { .. } => "expired",
            Standing::Suppressed { .. } => "suppressed",
        }
    }

    pub fn reason(&self) -> Option<&str> {
        match self {
            Standing::New => None,
            Standing::Known { reason, .. } | Standing::Expired { reason, .. } | Standing::Suppressed { reason, .. } => {
                Some(reason)
            }
        }
    }

    /// One line for a reader; `None` for a new finding.
    pub fn note(&self) -> Option<String> {
        let until = |date: &Option<Date>| date.map_or(String::new(), |date| format!("，{date} 到期"));
        match self {
            Standing::New => None,
            Standing::Known { reason, expires } => Some(format!("已知（{reason}{}）", until(expires))),
            Standing::Expired { reason, date } => Some(format!("曾列为已知（{reason}），{date} 已到期")),
            Standing::Suppressed { reason, expires } => Some(format!("已搁置（{reason}{}）", until(expires))),
        }
    }
}
