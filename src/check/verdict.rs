//! [`Verdict`]: what is said of a citation; every citation gets exactly one, with the depth that was reached.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Confirmed,
    TextDiffers,
    Misplaced,
    WrongSource,
    NoLongerValid,
    /// The corpus lacks the document or the part of it: says nothing for or against.
    NotChecked,
}

impl Verdict {
    pub const ALL: [Verdict; 6] = [
        Verdict::Confirmed,
        Verdict::TextDiffers,
        Verdict::Misplaced,
        Verdict::WrongSource,
        Verdict::NoLongerValid,
        Verdict::NotChecked,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::TextDiffers => "text-differs",
            Verdict::Misplaced => "misplaced",
            Verdict::WrongSource => "wrong-source",
            Verdict::NoLongerValid => "no-longer-valid",
            Verdict::NotChecked => "not-checked",
        }
    }

    /// The word a reader sees.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Confirmed => "相符",
            Verdict::TextDiffers => "文字有出入",
            Verdict::Misplaced => "位置有误",
            Verdict::WrongSource => "依据有误",
            Verdict::NoLongerValid => "已失效",
            Verdict::NotChecked => "未核",
        }
    }
}

/// How far a check could go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Depth {
    Document,
    Provision,
    Quotation,
}

impl Depth {
    pub fn name(self) -> &'static str {
        match self {
            Depth::Document => "核到文件",
            Depth::Provision => "核到条款",
            Depth::Quotation => "核到文字",
        }
    }
}
