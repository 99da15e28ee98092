//! [`Card`]: one finding as a reader sees it: the cell with the words marked, the official words beside it, why.

use super::layout::{Run, Tone, shorten};
use super::{Report, Reported};
use crate::catalog::{Field, Item};
use crate::check::{Applicability, Evidence, Fix};
use crate::cite::citation::Quote;
use crate::import::Origin;
use crate::quote::{Change, Segment};
use crate::text::Span;

/// How many characters of a cell are shown before and after the marked words.
const AROUND: usize = 30;
/// Longest marked or unchanged stretch that is shown whole.
const WHOLE: usize = 120;
/// Characters shown on each side of a change within a long unchanged stretch.
const NEAR: usize = 20;

pub struct Card {
    /// 机构概况 › 机构职能
    pub item: String,
    /// `None` where the finding is about the item as a whole.
    pub cell: Option<CellExcerpt>,
    pub official: Vec<Official>,
    pub repair: Option<Repaired>,
}

pub struct CellExcerpt {
    pub column: Field,
    /// `第 12 行`, `表一!C7`.
    pub place: Option<String>,
    pub words: Vec<Run>,
}

/// A clause as proof.
pub struct Official {
    /// 《中华人民共和国预算法》第十四条第二款
    pub name: String,
    /// The clause's id, for a link.
    pub id: String,
    /// `2018-12-29 · 现行有效`
    pub standing: String,
    /// A diff where words are compared, else the clause, shortened.
    pub words: Vec<Run>,
    /// Whether `words` is a diff.
    pub compared: bool,
}

pub struct Repaired {
    pub applicability: Applicability,
    /// Column, the words replaced, the words put in their place.
    pub changes: Vec<(Field, String, String)>,
}

impl Card {
    pub fn of(report: &Report<'_>, reported: &Reported<'_>) -> Self {
        let finding = reported.finding;
        let item = report.item(finding.item);
        Card {
            item: item.map_or(String::new(), item_name),
            cell: item.and_then(|item| excerpt(report, reported, item)),
            official: finding.evidence.iter().filter_map(|evidence| official(report, evidence)).collect(),
            repair: item.zip(finding.fix.as_ref()).map(|(item, fix)| repaired(item, fix)),
        }
    }
}

/// The levels of an item, outermost first; its content where it has none.
pub fn item_name(item: &Item) -> String {
    let levels: Vec<&str> = item.path.iter().map(|level| level.trim()).filter(|level| !level.is_empty()).collect();
    match levels.is_empty() {
        true => shorten(item.text(Field::Content).trim(), 30).replace('\n', " "),
        false => levels.join(" › ").replace('\n', " "),
    }
}

/// `第 12 行`, `表一!C7`; nothing where the file does not say.
pub fn place_name(origin: &Origin) -> Option<String> {
    match (&origin.sheet, &origin.cell, origin.line) {
        (Some(sheet), Some(cell), _) => Some(format!("{sheet}!{cell}")),
        (None, Some(cell), _) => Some(cell.clone()),
        (_, None, Some(line)) => Some(format!("第 {line} 行")),
        _ => None,
    }
}

/// The column and the spans in it that a finding is about.
fn marks(report: &Report<'_>, reported: &Reported<'_>, item: &Item) -> Option<(Field, Vec<Span>)> {
    let finding = reported.finding;
    if let Some(first) = finding.fix.as_ref().and_then(|fix| fix.edits.first()) {
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits).filter(|edit| edit.column == first.column);
        let cell = item.text(first.column);
        return Some((first.column, edits.map(|edit| around(cell, edit.span)).collect()));
    }
    let judged = match finding.rule {
        "deadline-mismatch" => Some(Field::Deadline),
        "effect-level-mismatch" => Some(Field::EffectLevel),
        _ => None,
    };
    if let Some(column) = judged {
        return Some((column, vec![Span::new(0, item.text(column).len())]));
    }
    let citation = &finding.citation.and_then(|at| report.links.get(at))?.citation;
    let compared = finding.evidence.iter().find(|evidence| !evidence.diff.is_empty());
    let spans = match (&citation.quote, compared) {
        (Some(quote), Some(evidence)) => match finding.rule {
            "quote-differs" => deleted(quote, &evidence.diff),
            "quote-incomplete" => ends(quote, &evidence.diff),
            _ => vec![quote.span],
        },
        _ => vec![citation.span],
    };
    Some((citation.column?, spans))
}

/// Where words are only put in, the characters beside that place: an empty stretch cannot be seen.
fn around(cell: &str, span: Span) -> Span {
    if span.start < span.end {
        return span;
    }
    let before = cell.get(..span.start).and_then(|text| text.chars().next_back()).map_or(0, char::len_utf8);
    let after = cell.get(span.end..).and_then(|text| text.chars().next()).map_or(0, char::len_utf8);
    Span::new(span.start - before, span.end + after)
}

/// Where in the cell the words stand that only the quotation has; the whole quotation where that cannot be told.
fn deleted(quote: &Quote, diff: &[Segment]) -> Vec<Span> {
    let mut at = 0;
    let mut spans = Vec::new();
    for Segment(_, words) in diff.iter().filter(|segment| segment.0 == Change::Delete && !segment.is_marks()) {
        let Some(found) = quote.text.get(at..).and_then(|rest| rest.find(words.as_str())) else {
            return vec![quote.span];
        };
        let start = at + found;
        at = start + words.len();
        spans.push(Span::new(quote.span.start + start, quote.span.start + at));
    }
    if spans.is_empty() { vec![quote.span] } else { spans }
}

/// The first or last words of a quotation that starts or stops inside a sentence.
fn ends(quote: &Quote, diff: &[Segment]) -> Vec<Span> {
    const SHOWN: usize = 10;
    let inserts = |segment: Option<&Segment>| segment.is_some_and(|segment| segment.0 == Change::Insert);
    let (starts_late, stops_early) = (inserts(diff.first()), inserts(diff.last()));
    let words = quote.text.trim_end();
    if words.chars().count() <= 2 * SHOWN || !(starts_late || stops_early) {
        return vec![quote.span];
    }
    let head = words.char_indices().nth(SHOWN).map_or(words.len(), |(at, _)| at);
    let tail = words.char_indices().rev().nth(SHOWN - 1).map_or(0, |(at, _)| at);
    let at = |from: usize, to: usize| Span::new(quote.span.start + from, quote.span.start + to);
    let mut spans = Vec::new();
    spans.extend(starts_late.then(|| at(0, head)));
    spans.extend(stops_early.then(|| at(tail, words.len())));
    spans
}

fn excerpt(report: &Report<'_>, reported: &Reported<'_>, item: &Item) -> Option<CellExcerpt> {
    let (column, spans) = marks(report, reported, item)?;
    let cell = item.fields.get(&column)?;
    // Words joined from several cells do not tell in which of them the marked ones stand.
    let places: Vec<String> = std::iter::once(&cell.origin).chain(&cell.continued).filter_map(place_name).collect();
    let place = (!places.is_empty()).then(|| places.join("、"));
    Some(CellExcerpt { column, place, words: marked(&cell.text, &spans) })
}

/// The cell's words around the marked ones, the rest left out.
pub fn marked(text: &str, spans: &[Span]) -> Vec<Run> {
    let mut spans: Vec<Span> = spans.iter().copied().filter(|s| text.get(s.start..s.end).is_some()).collect();
    spans.sort_unstable();
    let mut runs = Vec::new();
    let mut at = 0;
    for (nth, span) in spans.iter().enumerate() {
        if span.start < at {
            continue;
        }
        let before = Span::new(at, span.start).of(text);
        runs.extend(squeeze(before, if nth == 0 { 0 } else { AROUND }, AROUND, Tone::Plain));
        runs.extend(squeeze(span.of(text), WHOLE / 2, WHOLE / 2, Tone::Mark));
        at = span.end;
    }
    let after = text.get(at..).unwrap_or_default();
    runs.extend(squeeze(after, if spans.is_empty() { WHOLE } else { AROUND }, 0, Tone::Plain));
    runs
}

/// At most `head` characters from the start and `tail` from the end, with … where others stood.
fn squeeze(text: &str, head: usize, tail: usize, tone: Tone) -> Vec<Run> {
    let count = text.chars().count();
    if count == 0 {
        return Vec::new();
    }
    if count <= head + tail + 2 {
        return vec![Run::new(tone, text)];
    }
    let byte = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    let (front, back) = (byte(head), byte(count - tail));
    let runs = [Run::new(tone, &text[..front]), Run::new(Tone::Faint, "…"), Run::new(tone, &text[back..])];
    runs.into_iter().filter(|run| !run.text.is_empty()).collect()
}

fn official(report: &Report<'_>, evidence: &Evidence) -> Option<Official> {
    let provision = report.views.at(&evidence.place)?;
    let view = report.views.provision(provision);
    let status = report.views.corpus.status(provision.regulation, provision.version, report.views.today);
    // Words that agree but for marks are shown as the official text has them.
    let compared = evidence.diff.iter().any(|Segment(change, _)| *change != Change::Equal);
    let words =
        if compared { difference(&evidence.diff) } else { vec![Run::plain(shorten(&view.text, WHOLE + AROUND))] };
    Some(Official {
        name: format!("《{}》{}", view.title, view.label),
        id: view.id,
        standing: format!("{} · {}", view.version, status.name()),
        words,
        compared,
    })
}

/// A diff as runs, long unchanged stretches left out.
pub fn difference(diff: &[Segment]) -> Vec<Run> {
    let mut runs = Vec::new();
    for (nth, Segment(change, text)) in diff.iter().enumerate() {
        match change {
            Change::Equal => {
                let head = if nth == 0 { 0 } else { NEAR };
                let tail = if nth + 1 == diff.len() { 0 } else { NEAR };
                let alone = diff.len() == 1;
                runs.extend(squeeze(text, if alone { WHOLE } else { head }, tail, Tone::Plain));
            }
            Change::Delete => runs.extend(squeeze(text, WHOLE / 2, NEAR, Tone::Delete)),
            Change::Insert => runs.extend(squeeze(text, WHOLE / 2, NEAR, Tone::Insert)),
        }
    }
    runs
}

fn repaired(item: &Item, fix: &Fix) -> Repaired {
    let change = |edit: &crate::check::Edit| {
        let cell = item.text(edit.column);
        let shown = around(cell, edit.span);
        let (before, after) = (Span::new(shown.start, edit.span.start), Span::new(edit.span.end, shown.end));
        let new = format!("{}{}{}", before.of(cell), edit.text, after.of(cell));
        (edit.column, shown.of(cell).to_string(), new)
    };
    Repaired { applicability: fix.applicability, changes: fix.edits.iter().map(change).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(runs: &[Run]) -> String {
        let each = |run: &Run| match run.tone {
            Tone::Mark => format!("[{}]", run.text),
            Tone::Delete => format!("-{}-", run.text),
            Tone::Insert => format!("+{}+", run.text),
            _ => run.text.clone(),
        };
        runs.iter().map(each).collect()
    }

    #[test]
    fn a_cell_shows_its_marked_words_and_a_little_around() {
        let text = format!("{}第七款{}", "前".repeat(50), "后".repeat(50));
        let start = "前".len() * 50;
        let shown = print(&marked(&text, &[Span::new(start, start + "第七款".len())]));
        assert_eq!(shown, format!("…{}[第七款]{}…", "前".repeat(30), "后".repeat(30)));
        assert_eq!(print(&marked("短", &[])), "短");
        assert_eq!(print(&marked("短", &[Span::new(1, 2)])), "短", "a span that does not fit marks nothing");
    }

    #[test]
    fn a_diff_keeps_what_changed_and_a_little_around() {
        let diff = [
            Segment(Change::Equal, "甲".repeat(40)),
            Segment(Change::Delete, "试行".into()),
            Segment(Change::Insert, "实施".into()),
            Segment(Change::Equal, "行政处罚".into()),
        ];
        assert_eq!(print(&difference(&diff)), format!("…{}-试行-+实施+行政处罚", "甲".repeat(NEAR)));
    }
}
