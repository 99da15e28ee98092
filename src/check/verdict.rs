//! [`Verdict`]: what is said of a citation; every citation gets exactly one, with the depth that was reached.
//!
//! A verdict sums up, findings tell: a citation with two defects has both findings and the graver verdict.
//! From the gravest:
//!
//! 1. `wrong-source`: title and number name different documents, the number is nobody's, the quoted words are those
//!    of another regulation, or the document is not in force yet or is a local one of another place.
//! 2. `no-longer-valid`: the document or the version meant is repealed or superseded, or the quoted words are those of
//!    an earlier version.
//! 3. `misplaced`: the right document, but the locator leads nowhere, says 款 for 项, or the quoted words stand at
//!    another place of the same text.
//! 4. `text-differs`: the right place, but words differ, or the quotation is cut off in a way that may matter, or its
//!    words stand nowhere in a text that the corpus holds whole.
//! 5. `not-checked`: nothing is known to be wrong, but something could not be compared: the document is unknown or
//!    ambiguous, only its metadata are here, or the excerpt lacks the part that is cited or quoted.
//! 6. `confirmed`: all that the citation says was compared and agrees. A quotation may abridge by whole sentences,
//!    项 or 款 and differ in marks and width.
//!
//! The depth says how far the comparison went: to the document (title, number, validity), to the provisions that the
//! locators name, or to the quoted words.

use super::footing::{Quoted, Spot};
use super::link::Link;
use crate::cite::Resolution;
use crate::law::{Coverage, Status};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
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

/// The verdict on one citation, by the rules at the head of this file.
pub fn judge(link: &Link) -> (Verdict, Depth) {
    let Resolution::Found(found) = &link.resolution else { return (Verdict::NotChecked, Depth::Document) };
    let footing = &link.footing;
    let depth = match (&footing.words, &footing.spots[..]) {
        (Quoted::None | Quoted::Unknown, []) => Depth::Document,
        (Quoted::None | Quoted::Unknown, places) if places.iter().all(|p| matches!(p, Spot::Unknown)) => {
            Depth::Document
        }
        (Quoted::None | Quoted::Unknown, _) => Depth::Provision,
        _ => Depth::Quotation,
    };
    let elsewhere = match footing.words {
        Quoted::Elsewhere(at) => link.matches.get(at).map(|m| (m.place.regulation, m.place.version)),
        _ => None,
    };
    let own = (found.regulation, found.version);
    let verdict = if found.number_disagrees.is_some()
        || elsewhere.is_some_and(|(regulation, _)| regulation != own.0)
        || footing.status == Some(Status::NotYet)
        || footing.elsewhere
    {
        Verdict::WrongSource
    } else if matches!(footing.status, Some(Status::Repealed | Status::Superseded))
        || elsewhere.is_some_and(|(_, version)| Some(version) != own.1)
    {
        Verdict::NoLongerValid
    } else if elsewhere.is_some()
        || !footing.item_meant.is_empty()
        || footing.spots.iter().any(|p| matches!(p, Spot::Missing { .. }))
    {
        Verdict::Misplaced
    } else if matches!(footing.words, Quoted::Differ(_) | Quoted::CutOff(_) | Quoted::Nowhere) {
        Verdict::TextDiffers
    } else if footing.coverage == Some(Coverage::Metadata)
        || footing.coverage.is_none()
        || footing.words == Quoted::Unknown
        || footing.spots.iter().any(|p| matches!(p, Spot::Unknown))
    {
        Verdict::NotChecked
    } else {
        Verdict::Confirmed
    };
    (verdict, depth)
}
