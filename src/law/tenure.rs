//! [`Tenure`]: how a version stands on a day, and what takes its place.

use super::corpus::Corpus;
use super::regulation::{Event, Regulation, Status};
use jiff::civil::Date;
use std::fmt;

/// 时效 of one version on one day.
#[derive(Debug, Clone, Copy)]
pub struct Tenure<'c> {
    pub status: Status,
    /// The day from which it holds.
    pub from: Option<Date>,
    /// The first day on which it holds no more, past or to come, where that is known.
    pub until: Option<Date>,
    pub successor: Option<Successor<'c>>,
}

/// What replaces a version, now or on a day to come.
#[derive(Debug, Clone, Copy)]
pub enum Successor<'c> {
    /// The next version of the same regulation.
    Version(&'c Regulation, usize),
    /// Another document that repeals it.
    Repealing(&'c Regulation, usize),
}

impl Corpus {
    /// How a version stands on `date`.
    pub fn tenure<'c>(&'c self, regulation: &'c Regulation, version: usize, date: Date) -> Tenure<'c> {
        let status = self.status(regulation, version, date);
        let mut ends: Vec<(Option<Date>, Successor<'c>)> = Vec::new();
        if let Some(next) = (version + 1..regulation.versions.len()).next() {
            ends.push((regulation.versions[next].starts(), Successor::Version(regulation, next)));
        }
        if let Some((by, v)) = self.repealed_by(regulation) {
            ends.push((by.versions[v].starts(), Successor::Repealing(by, v)));
        }
        // What comes first ends it; an unknown day is no reason to prefer.
        ends.sort_by_key(|(start, _)| start.unwrap_or(Date::MAX));
        let from = regulation.versions.get(version).and_then(|v| v.starts());
        let end = ends.first();
        Tenure { status, from, until: end.and_then(|e| e.0), successor: end.map(|e| e.1) }
    }
}

impl<'c> Successor<'c> {
    pub fn regulation(self) -> &'c Regulation {
        match self {
            Successor::Version(regulation, _) | Successor::Repealing(regulation, _) => regulation,
        }
    }

    /// Position in `Regulation::versions`.
    pub fn version(self) -> usize {
        match self {
            Successor::Version(_, version) | Successor::Repealing(_, version) => version,
        }
    }
}

impl Tenure<'_> {
    /// As [`Tenure`] prints it, for the day `on` as seen from `today`: what held then need not hold now.
    /// 2010-01-01有效；2019-05-15起由2019-04-03修订的文本取代
    pub fn told(&self, on: Date, today: Date) -> String {
        match (self.status, self.end()) {
            _ if on == today => self.to_string(),
            (Status::InForce, Some(end)) => format!("{on}有效；{end}"),
            (Status::InForce, None) => format!("{on}有效"),
            _ => format!("{on}{self}"),
        }
    }

    /// 2019-05-15起由2019-04-03修订的文本取代
    fn end(&self) -> Option<String> {
        let successor = self.successor?;
        let next = successor.regulation().versions.get(successor.version())?;
        let day = self.until.map(|day| format!("{day}起")).unwrap_or_default();
        Some(match successor {
            Successor::Repealing(by, _) => format!("{day}由《{}》废止", by.title),
            Successor::Version(..) if next.event == Event::Repealed => format!("{day}废止"),
            Successor::Version(..) => format!("{day}由{}{}的文本取代", next.id(), next.event.name()),
        })
    }
}

/// 已被修改（自2019-05-15起由2019-04-03修订的文本取代）
impl fmt::Display for Tenure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.status.name())?;
        if let (Status::NotYet, Some(from)) = (self.status, self.from) {
            write!(f, "，自{from}起施行")?;
        }
        let since = if self.until.is_some() { "自" } else { "" };
        self.end().map_or(Ok(()), |end| write!(f, "（{since}{end}）"))
    }
}
