//! [`Regulation`] (a work) and [`Version`] (one dated text of it), with effect level and validity.

use super::number::DocumentNumber;
use super::parse::{ParseError, parse_text};
use super::provision::Provision;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::{Arc, OnceLock};

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
}

impl EffectLevel {
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

/// How a version came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Event {
    #[serde(rename = "公布")]
    Promulgated,
    /// The text was replaced as a whole.
    #[serde(rename = "修订")]
    Revised,
    /// The text was amended by a decision and republished.
    #[serde(rename = "修正")]
    Amended,
    #[serde(rename = "废止")]
    Repealed,
}

impl Event {
    pub fn name(self) -> &'static str {
        match self {
            Event::Promulgated => "公布",
            Event::Revised => "修订",
            Event::Amended => "修正",
            Event::Repealed => "废止",
        }
    }
}

/// How much of a version's text the corpus holds. Only `Full` lets anybody say that words do not stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coverage {
    Full,
    Excerpt,
    Metadata,
}

/// 时效 of a version on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    InForce,
    NotYet,
    Superseded,
    Repealed,
    Unknown,
}

impl Status {
    /// The word a reader sees.
    pub fn name(self) -> &'static str {
        match self {
            Status::InForce => "现行有效",
            Status::NotYet => "尚未施行",
            Status::Superseded => "已被修改",
            Status::Repealed => "已废止",
            Status::Unknown => "时效不详",
        }
    }

    /// The name in JSON and query strings.
    pub fn code(self) -> &'static str {
        match self {
            Status::InForce => "in-force",
            Status::NotYet => "not-yet",
            Status::Superseded => "superseded",
            Status::Repealed => "repealed",
            Status::Unknown => "unknown",
        }
    }
}

/// A work through all its versions.
#[derive(Debug)]
pub struct Regulation {
    /// Short, readable, ASCII, stable: `zhengfu-xinxi-gongkai-tiaoli`.
    pub id: String,
    pub title: String,
    /// Exact names it is cited by, besides the title.
    pub aliases: Vec<String>,
    pub issuer: String,
    pub level: EffectLevel,
    /// The title of the document that a notice carries, which people cite it by as well.
    pub carries: Option<String>,
    /// Oldest first.
    pub versions: Vec<Version>,
}

/// One dated text of a regulation.
#[derive(Debug)]
pub struct Version {
    pub promulgated: Option<Date>,
    pub effective: Option<Date>,
    pub number: Option<DocumentNumber>,
    pub event: Event,
    pub coverage: Coverage,
    pub source: String,
    /// Ids of regulations that this version repeals.
    pub repeals: Vec<String>,
    text: Option<Arc<str>>,
    tree: OnceLock<Result<Provision, ParseError>>,
}

impl Version {
    /// `text` is the whole text file; `None` for [`Coverage::Metadata`].
    #[allow(clippy::too_many_arguments)]
    pub fn new(
        promulgated: Option<Date>,
        effective: Option<Date>,
        number: Option<DocumentNumber>,
        event: Event,
        coverage: Coverage,
        source: String,
        repeals: Vec<String>,
        text: Option<Arc<str>>,
    ) -> Self {
        Version { promulgated, effective, number, event, coverage, source, repeals, text, tree: OnceLock::new() }
    }

    /// The name of the version in ids: its promulgation date, or `undated`.
    pub fn id(&self) -> String {
        self.promulgated.map_or_else(|| "undated".into(), |date| date.to_string())
    }

    /// The text as promulgated, if the corpus holds it.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The tree of provisions, parsed once when first asked for.
    ///
    /// `None` when the corpus holds no text; a text that cannot be structured gives its error.
    pub fn tree(&self) -> Option<Result<&Provision, &ParseError>> {
        let text = self.text.as_deref()?;
        Some(self.tree.get_or_init(|| parse_text(text)).as_ref())
    }

    /// The tree, or nothing where there is none to read.
    pub fn provisions(&self) -> Option<&Provision> {
        self.tree()?.ok()
    }
}

impl Regulation {
    /// 时效 of one version on `date`, as far as this regulation's own versions tell.
    ///
    /// `Corpus::status` also knows of repeals by other documents.
    pub fn status(&self, version: usize, date: Date) -> Status {
        let Some(this) = self.versions.get(version) else { return Status::Unknown };
        if this.event == Event::Repealed {
            return Status::Repealed;
        }
        let Some(start) = this.effective.or(this.promulgated) else { return Status::Unknown };
        if date < start {
            return Status::NotYet;
        }
        let later = self.versions[version + 1..]
            .iter()
            .filter(|v| v.effective.or(v.promulgated).is_some_and(|start| start <= date));
        match later.last().map(|v| v.event) {
            Some(Event::Repealed) => Status::Repealed,
            Some(_) => Status::Superseded,
            None => Status::InForce,
        }
    }

    /// The version in force on `date`; failing one, the newest that is not a repeal.
    pub fn version_on(&self, date: Date) -> Option<usize> {
        (0..self.versions.len())
            .rev()
            .find(|&v| self.status(v, date) == Status::InForce)
            .or_else(|| self.versions.iter().rposition(|v| v.event != Event::Repealed))
    }

    /// The position of a version by its id (`2019-04-03`).
    pub fn version_by_id(&self, id: &str) -> Option<usize> {
        self.versions.iter().position(|v| v.id() == id)
    }

    /// Every name it may be cited by: title, aliases, what it carries.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.title.as_str())
            .chain(self.aliases.iter().map(String::as_str))
            .chain(self.carries.as_deref())
    }
}
