//! [`Antecedents`]: the documents named so far, and which of them an anaphor or a bare clause means.

use super::anaphor::{Anaphor, RANKS};
use super::citation::CitedNumber;
use super::heads::Head;
use crate::text::fold;

/// A document named in a cell or text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    pub title: Option<String>,
    pub number: Option<CitedNumber>,
    pub version_year: Option<u32>,
    /// `2` where it stands as `2.《…》`.
    pub list_number: Option<u32>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Antecedents {
    /// Documents of the basis column, in order.
    pub basis: Vec<Named>,
    /// Documents named in this text, in order.
    named: Vec<Named>,
    /// Short name → the document it stands for.
    defined: Vec<(String, Named)>,
}

/// Characters of the longest kind of document, with marks around it.
const LONGEST_KIND: usize = 8;

/// Documents looked back over for 该办法: enough for any text, and a bound for a hostile one.
const LOOK_BACK: usize = 64;

impl Antecedents {
    pub fn of_basis(basis: Vec<Named>) -> Self {
        Antecedents { basis, ..Antecedents::default() }
    }

    pub fn name(&mut self, named: Named, defines: Option<&str>) {
        if let Some(short) = defines
            && self.defined.len() < LOOK_BACK
        {
            self.defined.push((fold::key(short), named.clone()));
        }
        self.named.push(named);
    }

    /// What a short name stands for: a defined one, or 《条例》 when one document of that kind was named.
    pub fn expand(&self, title: &str) -> Option<&Named> {
        // A title longer than any kind of document is short for nothing but what was defined.
        if self.defined.is_empty() && title.chars().nth(LONGEST_KIND).is_some() {
            return None;
        }
        let key = fold::key(title);
        if let Some((_, named)) = self.defined.iter().rev().find(|(short, _)| *short == key) {
            return Some(named);
        }
        let generic = super::anaphor::KINDS.contains(&key.as_str());
        if generic { self.of_kind(&key, true) } else { None }
    }

    /// The document an anaphor means, or a bare clause (`None`) whose list number is given.
    pub fn meant(&self, head: &Head, list_number: Option<u32>) -> Option<&Named> {
        match &head.anaphor {
            Some(Anaphor::This(kind) | Anaphor::That(kind)) => {
                let short = self.defined.iter().rev().find(|(short, _)| short == kind).map(|(_, named)| named);
                short.or_else(|| self.of_kind(kind, false))
            }
            _ => self.ordered(head.order).or_else(|| self.numbered(list_number)).or_else(|| self.last()),
        }
    }

    fn ordered(&self, order: Option<u32>) -> Option<&Named> {
        self.basis.get((order?.checked_sub(1)?) as usize)
    }

    fn numbered(&self, list_number: Option<u32>) -> Option<&Named> {
        let wanted = list_number?;
        let by_mark = self.basis.iter().find(|named| named.list_number == Some(wanted));
        let unmarked = self.basis.len() > 1 && self.basis.iter().all(|named| named.list_number.is_none());
        by_mark.or_else(|| unmarked.then(|| self.basis.get(wanted.checked_sub(1)? as usize)).flatten())
    }

    fn last(&self) -> Option<&Named> {
        self.named.last().or(match self.basis.as_slice() {
            [only, others @ ..] if others.iter().all(|other| other.title == only.title && only.title.is_some()) => {
                Some(only)
            }
            [only] => Some(only),
            _ => None,
        })
    }

    /// The document whose title ends with `kind`: the one named last in this text, else the only one of the row.
    ///
    /// `alone`: several of the kind leave it open.
    fn of_kind(&self, kind: &str, alone: bool) -> Option<&Named> {
        let is = |named: &&Named| {
            named.title.as_ref().is_some_and(|title| {
                let marks = |c: char| "《》〈〉（）() ".contains(c);
                let bare = title.trim_end_matches(marks).trim_end_matches("试行").trim_end_matches("暂行");
                let bare = bare.trim_end_matches(marks);
                match kind {
                    "法律" => bare.ends_with(['法', '典']),
                    _ if RANKS.contains(&kind) => true,
                    _ => bare.ends_with(kind) && bare.trim_start_matches(marks) != kind,
                }
            })
        };
        let mut here = self.named.iter().rev().take(LOOK_BACK).filter(is);
        if let Some(last) = here.next() {
            let other = here.any(|named| named.title != last.title);
            return (!(alone && other)).then_some(last);
        }
        let mut basis = self.basis.iter().filter(is);
        basis.next().filter(|_| basis.next().is_none())
    }
}
