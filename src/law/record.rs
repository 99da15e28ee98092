//! [`RegulationRecord`]: what `regulation.toml` and the head of a pack say of a regulation, before any text is read.

use super::effect::EffectLevel;
use super::number::DocumentNumber;
use super::regulation::{Coverage, Event, Regulation, TextSource, Validity, Version};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The fields of `regulation.toml`; the folder's name is the id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegulationRecord {
    pub title: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub issuer: String,
    pub level: EffectLevel,
    #[serde(default)]
    pub carries: Option<String>,
    #[serde(default, rename = "version")]
    pub versions: Vec<VersionRecord>,
}

/// One `[[version]]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionRecord {
    #[serde(default, with = "date")]
    pub promulgated: Option<Date>,
    #[serde(default, with = "date")]
    pub effective: Option<Date>,
    #[serde(default)]
    pub number: Option<String>,
    pub event: Event,
    pub coverage: Coverage,
    /// What the source says of its validity, where that cannot be computed from dates.
    #[serde(default)]
    pub validity: Option<Validity>,
    /// The day of which `validity` is told; without one it holds on every day.
    #[serde(default, with = "date")]
    pub validity_on: Option<Date>,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub repeals: Vec<String>,
}

impl RegulationRecord {
    /// The record that gives this regulation back.
    pub fn of(regulation: &Regulation) -> Self {
        let version = |version: &Version| VersionRecord {
            promulgated: version.promulgated,
            effective: version.effective,
            number: version.number.as_ref().map(ToString::to_string),
            event: version.event,
            coverage: version.coverage,
            validity: version.validity,
            validity_on: version.validity_on,
            source: version.source.clone(),
            repeals: version.repeals.clone(),
        };
        RegulationRecord {
            title: regulation.title.clone(),
            aliases: regulation.aliases.clone(),
            issuer: regulation.issuer.clone(),
            level: regulation.level,
            carries: regulation.carries.clone(),
            versions: regulation.versions.iter().map(version).collect(),
        }
    }

    /// The regulation with the texts that `text` finds for the name of each version (`2019-04-03`).
    ///
    /// # Errors
    /// A number that is no document number, as a message; what `text` reports.
    pub fn into_regulation<E>(
        self,
        id: String,
        malformed: impl Fn(String) -> E,
        mut text: impl FnMut(&str) -> Result<TextSource, E>,
    ) -> Result<Regulation, E> {
        let mut versions = Vec::with_capacity(self.versions.len());
        for record in self.versions {
            let number = record.number.as_deref().map(DocumentNumber::parse).transpose();
            let number = number.map_err(|e| malformed(e.to_string()))?;
            let name = version_name(record.promulgated);
            let source = match record.coverage {
                Coverage::Metadata => TextSource::None,
                _ => text(&name)?,
            };
            versions.push(Version::new(record, number, source));
        }
        // A version without a date is taken for the oldest.
        versions.sort_by_key(|v| v.promulgated);
        Ok(Regulation {
            id,
            title: self.title,
            aliases: self.aliases,
            issuer: self.issuer,
            level: self.level,
            carries: self.carries,
            versions,
        })
    }
}

/// How a version is named in ids and files: its promulgation date, or `undated`.
pub fn version_name(promulgated: Option<Date>) -> String {
    promulgated.map_or_else(|| "undated".into(), |date| date.to_string())
}

/// A date as TOML's own date (`2019-04-03`, without quotes) for people, as jiff's for packs.
mod date {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        date.map(|d| d.to_string()).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        let text = if deserializer.is_human_readable() {
            Option::<toml::value::Datetime>::deserialize(deserializer)?.map(|d| d.to_string())
        } else {
            Option::<String>::deserialize(deserializer)?
        };
        let parse =
            |text: String| text.parse().map_err(|_| D::Error::custom(format!("“{text}”不是 2019-04-03 这样的日期")));
        text.map(parse).transpose()
    }
}
