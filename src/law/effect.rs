//! [`EffectLevel`]: 效力位阶, the rank of a regulation among the sources of law.

use serde::{Deserialize, Serialize};
use std::fmt;

/// 效力位阶, highest first in its line. The issuer and the form of promulgation decide it, never the title's last word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EffectLevel {
    #[serde(rename = "宪法")]
    Constitution,
    #[serde(rename = "法律")]
    Law,
    #[serde(rename = "行政法规")]
    AdministrativeRegulation,
    #[serde(rename = "监察法规")]
    SupervisionRegulation,
    #[serde(rename = "司法解释")]
    JudicialInterpretation,
    #[serde(rename = "党内法规")]
    PartyRegulation,
    #[serde(rename = "地方性法规")]
    LocalRegulation,
    #[serde(rename = "部门规章")]
    DepartmentalRule,
    #[serde(rename = "地方政府规章")]
    LocalGovernmentRule,
    #[serde(rename = "国务院文件")]
    StateCouncilDocument,
    #[serde(rename = "党政联合文件")]
    JointPartyDocument,
    #[serde(rename = "部门文件")]
    DepartmentalDocument,
    #[serde(rename = "地方文件")]
    LocalDocument,
    #[serde(rename = "单位内部制度")]
    InternalRule,
    /// The source does not say; to be filled in.
    #[serde(rename = "未定")]
    Undetermined,
}

impl EffectLevel {
    /// Every level there is; [`EffectLevel::Undetermined`] is none.
    pub const ALL: [EffectLevel; 14] = [
        EffectLevel::Constitution,
        EffectLevel::Law,
        EffectLevel::AdministrativeRegulation,
        EffectLevel::SupervisionRegulation,
        EffectLevel::JudicialInterpretation,
        EffectLevel::PartyRegulation,
        EffectLevel::LocalRegulation,
        EffectLevel::DepartmentalRule,
        EffectLevel::LocalGovernmentRule,
        EffectLevel::StateCouncilDocument,
        EffectLevel::JointPartyDocument,
        EffectLevel::DepartmentalDocument,
        EffectLevel::LocalDocument,
        EffectLevel::InternalRule,
    ];

    /// The Chinese name, as in `regulation.toml` and JSON.
    pub fn name(self) -> &'static str {
        match self {
            EffectLevel::Constitution => "宪法",
            EffectLevel::Law => "法律",
            EffectLevel::AdministrativeRegulation => "行政法规",
            EffectLevel::SupervisionRegulation => "监察法规",
            EffectLevel::JudicialInterpretation => "司法解释",
            EffectLevel::PartyRegulation => "党内法规",
            EffectLevel::LocalRegulation => "地方性法规",
            EffectLevel::DepartmentalRule => "部门规章",
            EffectLevel::LocalGovernmentRule => "地方政府规章",
            EffectLevel::StateCouncilDocument => "国务院文件",
            EffectLevel::JointPartyDocument => "党政联合文件",
            EffectLevel::DepartmentalDocument => "部门文件",
            EffectLevel::LocalDocument => "地方文件",
            EffectLevel::InternalRule => "单位内部制度",
            EffectLevel::Undetermined => "未定",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

impl fmt::Display for EffectLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
