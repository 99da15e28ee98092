//! [`Regulation`] (a work) and [`Version`] (one dated text of it), with effect level and validity.

use super::effect::EffectLevel;
use super::number::DocumentNumber;
use super::pack::{Pack, Place};
use super::parse::{ParseError, parse_lenient, parse_text};
use super::provision::Provision;
use super::record::{VersionRecord, version_name};
use crate::text::fold;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

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
    pub const ALL: [Status; 5] =
        [Status::InForce, Status::NotYet, Status::Superseded, Status::Repealed, Status::Unknown];

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

/// What a source says of a version's validity where dates cannot tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Validity {
    InForce,
    Superseded,
    Repealed,
    /// There is reason to doubt that it is still in force.
    Unknown,
}

/// Where the text of a version is.
#[derive(Debug, Clone)]
pub enum TextSource {
    /// Only the metadata is known.
    None,
    Here(Arc<str>),
    /// In a pack, read when first asked for.
    Packed {
        pack: Arc<Pack>,
        place: Place,
    },
}

/// One dated text of a regulation.
#[derive(Debug)]
pub struct Version {
    pub promulgated: Option<Date>,
    pub effective: Option<Date>,
    pub number: Option<DocumentNumber>,
    pub event: Event,
    pub coverage: Coverage,
    pub validity: Option<Validity>,
    /// The day of which `validity` is told.
    pub validity_on: Option<Date>,
    pub source: String,
    /// Ids of regulations that this version repeals.
    pub repeals: Vec<String>,
    text_source: TextSource,
    text: OnceLock<Result<Arc<str>, ParseError>>,
    tree: OnceLock<Result<Provision, ParseError>>,
}

impl Version {
    /// The day from which it holds: the effective date; for a document that names none, its own date.
    pub fn starts(&self) -> Option<Date> {
        self.effective.or(self.promulgated)
    }

    /// `number` is `record.number`, read.
    pub fn new(record: VersionRecord, number: Option<DocumentNumber>, text_source: TextSource) -> Self {
        Version {
            promulgated: record.promulgated,
            effective: record.effective,
            number,
            event: record.event,
            coverage: record.coverage,
            validity: record.validity,
            validity_on: record.validity_on,
            source: record.source,
            repeals: record.repeals,
            text_source,
            text: OnceLock::new(),
            tree: OnceLock::new(),
        }
    }

    /// The name of the version in ids: its promulgation date, or `undated`.
    pub fn id(&self) -> String {
        version_name(self.promulgated)
    }

    /// Whether the corpus holds a text of it, whole or in part.
    pub fn has_text(&self) -> bool {
        !matches!(self.text_source, TextSource::None)
    }

    /// The text as promulgated, if the corpus holds it and it can be read.
    pub fn text(&self) -> Option<&str> {
        match &self.text_source {
            TextSource::None => None,
            TextSource::Here(text) => Some(text),
            TextSource::Packed { pack, place } => {
                let text = self.text.get_or_init(|| read_packed(pack, *place));
                text.as_deref().ok()
            }
        }
    }

    /// The text as [`Version::text`] gives it, but not kept where it is not kept already: for a single pass over a
    /// large corpus.
    pub fn text_once(&self) -> Option<Cow<'_, str>> {
        match &self.text_source {
            TextSource::Packed { pack, place } if self.text.get().is_none() => {
                read_packed(pack, *place).ok().map(|text| Cow::Owned(text.to_string()))
            }
            _ => self.text().map(Cow::Borrowed),
        }
    }

    /// A number that changes with the text, and costs little: a packed text is not read for it.
    pub fn text_stamp(&self) -> u64 {
        match &self.text_source {
            TextSource::None => 0,
            TextSource::Here(text) => text
                .bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)),
            TextSource::Packed { place, .. } => place.sum().into(),
        }
    }

    /// The tree of provisions, parsed once when first asked for.
    ///
    /// `None` when the corpus holds no text; a text that cannot be read or structured gives its error.
    pub fn tree(&self) -> Option<Result<&Provision, &ParseError>> {
        self.has_text().then(|| self.tree.get_or_init(|| self.parse()).as_ref())
    }

    /// The tree as [`Version::tree`] gives it, but not kept where it is not kept already: for a single walk over a
    /// large corpus.
    pub fn tree_once(&self) -> Option<Result<Cow<'_, Provision>, ParseError>> {
        match self.tree.get() {
            Some(tree) => Some(tree.as_ref().map(Cow::Borrowed).map_err(Clone::clone)),
            None => self.has_text().then(|| self.parse().map(Cow::Owned)),
        }
    }

    /// The tree, or nothing where there is none to read.
    pub fn provisions(&self) -> Option<&Provision> {
        self.tree()?.ok()
    }

    fn parse(&self) -> Result<Provision, ParseError> {
        match &self.text_source {
            TextSource::None => Err(ParseError::Empty),
            TextSource::Here(text) => parse_text(text),
            TextSource::Packed { pack, place } => {
                let kept = self.text.get().cloned();
                let text = kept.unwrap_or_else(|| read_packed(pack, *place))?;
                parse_lenient(&text).map(|(root, _)| root)
            }
        }
    }

    /// Takes the text of another copy of the same version.
    pub(super) fn take_text(&mut self, other: Version) {
        self.coverage = other.coverage;
        self.source = other.source;
        self.text_source = other.text_source;
        self.text = other.text;
        self.tree = other.tree;
    }
}

fn read_packed(pack: &Pack, place: Place) -> Result<Arc<str>, ParseError> {
    pack.text(place).map(Arc::from).map_err(|e| ParseError::Unreadable(e.to_string()))
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
        let start = this.starts();
        if start.is_some_and(|start| date < start) {
            return Status::NotYet;
        }
        let later = self.versions[version + 1..].iter().filter(|v| v.starts().is_some_and(|start| start <= date));
        match later.last().map(|v| v.event) {
            Some(Event::Repealed) => return Status::Repealed,
            Some(_) => return Status::Superseded,
            None => {}
        }
        let told = this.validity_on.is_none_or(|on| on <= date);
        match this.validity {
            Some(Validity::Superseded) if told => Status::Superseded,
            Some(Validity::Repealed) if told => Status::Repealed,
            Some(Validity::InForce) if told => Status::InForce,
            // In force later and begun before: in force in between.
            None | Some(Validity::InForce) if start.is_some() => Status::InForce,
            _ => Status::Unknown,
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

    /// The same document in another layer of a corpus: one title, and no two issuers or levels told.
    pub(super) fn is_same_work(&self, other: &Regulation) -> bool {
        let issuers = self.issuer.is_empty() || other.issuer.is_empty() || self.issuer == other.issuer;
        let undetermined = EffectLevel::Undetermined;
        let levels = self.level == other.level || self.level == undetermined || other.level == undetermined;
        fold::key(&self.title) == fold::key(&other.title) && issuers && levels
    }

    /// Adds what another layer knows of the same document: names, versions, and texts of versions without a whole one.
    pub(super) fn absorb(&mut self, other: Regulation) {
        for alias in other.aliases {
            if alias != self.title && !self.aliases.contains(&alias) {
                self.aliases.push(alias);
            }
        }
        self.carries = self.carries.take().or(other.carries);
        for version in other.versions {
            match self.versions.iter_mut().find(|own| own.promulgated == version.promulgated) {
                Some(own) if own.coverage != Coverage::Full && version.has_text() => own.take_text(version),
                Some(_) => {}
                None => self.versions.push(version),
            }
        }
        self.versions.sort_by_key(|v| v.promulgated);
    }

    /// Every name it may be cited by: title, aliases, what it carries.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.title.as_str())
            .chain(self.aliases.iter().map(String::as_str))
            .chain(self.carries.as_deref())
    }
}
