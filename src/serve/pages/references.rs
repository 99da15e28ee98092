//! [`Reference`]: words of a clause that name another clause, as a link with the words it leads to.

use super::passage::Line;
use crate::cite::crossref::{CrossReference, Target};
use crate::law::{Regulation, Status};
use crate::snapshot::Snapshot;
use jiff::civil::Date;
use std::ops::Range;

/// Clauses shown in a preview; a range may name many.
const MOST: usize = 3;
/// Characters of each that are shown.
const GLIMPSE: usize = 110;

pub struct Reference {
    /// Bytes of the run's words.
    pub span: Range<usize>,
    pub address: String,
    /// Number of the preview on the page.
    pub number: usize,
    pub previews: Vec<Preview>,
    /// How many more clauses the words name.
    pub more: usize,
}

/// What stands at the other end.
pub struct Preview {
    pub name: String,
    /// Empty where the text is in force.
    pub standing: &'static str,
    pub words: String,
}

/// Finds in the lines of one version the words by which it cites, and links them.
///
/// `whole`: the lines are the whole text, so that a reference within it is a jump on the page.
pub fn link(lines: &mut [Line], snapshot: &Snapshot, regulation: &Regulation, version: usize, whole: bool, date: Date) {
    let Some(this) = regulation.versions.get(version) else { return };
    let own = format!("{}@{}/", regulation.id, this.id());
    let references = snapshot.cross_references().cites(own.trim_end_matches('/'));
    let maker = Maker { snapshot, own: &own, whole, date };
    // In the order of the text: the search goes on where the one before ended.
    let (mut from, mut cursor) = ("", (0, 0, 0));
    for (number, reference) in references.into_iter().enumerate() {
        let Some(locator) = reference.from.strip_prefix(&own) else { continue };
        if locator != from {
            (from, cursor) = (locator, (0, 0, 0));
        }
        let Some((line, run, span)) = place(lines, locator, &reference.words, cursor) else { continue };
        cursor = (line, run, span.end);
        let Some(made) = maker.make(reference, number, span) else { continue };
        lines[line].runs[run].references.push(made);
    }
}

type Found = (usize, usize, Range<usize>);

/// Where the words stand next within the provision, white space aside.
fn place(lines: &[Line], locator: &str, words: &str, after: (usize, usize, usize)) -> Option<Found> {
    let inside = |id: &str| id == locator || id.strip_prefix(locator).is_some_and(|rest| rest.starts_with('.'));
    for (l, line) in lines.iter().enumerate().skip(after.0) {
        for (r, run) in line.runs.iter().enumerate() {
            if (l, r) < (after.0, after.1) || !inside(&run.id) {
                continue;
            }
            let start = if (l, r) == (after.0, after.1) { after.2 } else { 0 };
            if let Some(span) = find(&run.words, start, words) {
                return Some((l, r, span));
            }
        }
    }
    None
}

fn find(text: &str, start: usize, wanted: &str) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    let starts = rest.char_indices().filter(|(_, c)| wanted.starts_with(*c));
    starts.map(|(at, _)| start + at).find_map(|at| {
        let mut left = wanted;
        for (offset, c) in text[at..].char_indices() {
            match left.strip_prefix(c) {
                Some(rest) => left = rest,
                None if c.is_whitespace() => {}
                None => return None,
            }
            if left.is_empty() {
                return Some(at..at + offset + c.len_utf8());
            }
        }
        None
    })
}

struct Maker<'s> {
    snapshot: &'s Snapshot,
    /// `yusuan-fa@2018-12-29/`
    own: &'s str,
    whole: bool,
    date: Date,
}

impl Maker<'_> {
    /// Nothing for words that lead nowhere: a reader is not told of a gap that may be ours.
    fn make(&self, reference: &CrossReference, number: usize, span: Range<usize>) -> Option<Reference> {
        let ids = match &reference.target {
            Target::Found(ids) => ids.as_slice(),
            _ => return None,
        };
        let previews: Vec<Preview> = ids.iter().take(MOST).filter_map(|id| self.preview(id)).collect();
        let first = ids.first().filter(|_| !previews.is_empty())?;
        let address = match first.strip_prefix(self.own).filter(|_| self.whole) {
            Some(locator) => format!("#{locator}"),
            None => format!("/r/{first}"),
        };
        Some(Reference { span, address, number, previews, more: ids.len().saturating_sub(MOST) })
    }

    fn preview(&self, id: &str) -> Option<Preview> {
        let corpus = &self.snapshot.corpus;
        let standing = |regulation: &Regulation, version| match corpus.status(regulation, version, self.date) {
            Status::InForce => "",
            other => other.name(),
        };
        let Some((document, _)) = id.split_once('/') else {
            let (name, date) = id.split_once('@')?;
            let regulation = corpus.get(name)?;
            let version = regulation.version_by_id(date)?;
            let number = regulation.versions.get(version)?.number.as_ref();
            let words = number.map(ToString::to_string).unwrap_or_default();
            return Some(Preview {
                name: format!("《{}》", regulation.title),
                standing: standing(regulation, version),
                words,
            });
        };
        let place = corpus.provision(id, self.date)?;
        let own = format!("{document}/") == self.own;
        let label = place.label();
        Some(Preview {
            name: if own { label } else { format!("《{}》{label}", place.regulation.title) },
            standing: if own { "" } else { standing(place.regulation, place.version) },
            words: glimpse(&place.provision.full_text()),
        })
    }
}

fn glimpse(text: &str) -> String {
    let mut words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(GLIMPSE) {
        words.truncate(end);
        words.push('…');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_across_white_space_and_after_the_last() {
        for (text, start, wanted, found) in [
            ("依照本法第九条和本法第九条", 0, "本法第九条", Some("本法第九条")),
            ("依照本法 第九条", 0, "本法第九条", Some("本法 第九条")),
            ("本本法第九条", 0, "本法第九条", Some("本法第九条")),
            ("本法第八条", 0, "本法第九条", None),
        ] {
            assert_eq!(find(text, start, wanted).map(|span| &text[span]), found, "{text}");
        }
        let twice = "本法第九条和本法第九条";
        let first = find(twice, 0, "本法第九条").unwrap();
        assert_eq!(find(twice, first.end, "本法第九条"), Some(first.end + 3..twice.len()));
        assert_eq!(glimpse("一\n　二"), "一 二");
        assert!(glimpse(&"长".repeat(500)).ends_with("长…"));
    }
}
