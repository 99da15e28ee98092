//! [`Index`]: where quoted words stand in a corpus, the cited places first.

use super::align::{self, Run};
use super::compare::{self, Quoted};
use super::matching::{Dropped, Match, Place};
use super::shingles::{Candidate, Shingles};
use super::stream::{Stream, is_within};
use super::words::Words;
use crate::law::Corpus;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Below this share of its words a quotation is not said to stand at a place.
pub const LEAST_LIKENESS: f32 = 0.5;
/// Shorter quotations are looked for at the cited place only: a handful of words stands anywhere.
pub const LEAST_WORDS: usize = 6;
/// Texts looked into for one quotation, and places told.
const TEXTS: usize = 8;
const PLACES: usize = 6;
/// Lines of one text looked into.
const LINES: usize = 60;
/// Places looked for in one text, for a quotation up to `LONG` words.
const PER_TEXT: usize = 3;
const LONG: usize = 80;

/// Finds quotations. The streams and shingles of a corpus are made when the first quotation needs them, so that a
/// corpus whose quotations all stand where they are cited is never read as a whole.
#[derive(Debug, Default)]
pub struct Index {
    shingles: OnceLock<Shingles>,
    /// Where those of a large corpus are kept.
    home: Option<PathBuf>,
    streams: Vec<Vec<OnceLock<Stream>>>,
}

impl Index {
    /// For one corpus, and to be used with that one only; reads nothing yet.
    pub fn build(corpus: &Corpus) -> Self {
        let streams =
            corpus.regulations().iter().map(|r| r.versions.iter().map(|_| OnceLock::new()).collect()).collect();
        Index { shingles: OnceLock::new(), home: None, streams }
    }

    /// As [`Index::build`]; what is made of a large corpus is kept in the folder `home` for the next run. Where that
    /// cannot be written it is made each time, which costs time and memory and nothing else.
    pub fn kept_in(home: &Path, corpus: &Corpus) -> Self {
        Index { home: Some(home.into()), ..Self::build(corpus) }
    }

    /// Reads all texts now instead of at the first quotation that stands elsewhere.
    pub fn warm(&self, corpus: &Corpus) {
        self.shingles(corpus);
    }

    fn shingles(&self, corpus: &Corpus) -> &Shingles {
        self.shingles.get_or_init(|| Shingles::of(corpus, self.home.as_deref()))
    }

    /// The words of one version as this index reads them.
    fn stream(&self, corpus: &Corpus, regulation: usize, version: usize) -> Option<&Stream> {
        let text = corpus.regulations().get(regulation)?.versions.get(version)?;
        Some(self.streams.get(regulation)?.get(version)?.get_or_init(|| Stream::of(text)))
    }

    /// Where the words of `quote` stand, best first.
    ///
    /// When they stand unchanged at a cited place, that is the only answer; otherwise the whole corpus is searched.
    /// The empty locator cites a whole version. Nothing is alike enough: nothing is returned.
    pub fn find(&self, corpus: &Corpus, quote: &str, cited: &[Place]) -> Vec<Match> {
        let words = Words::of(quote);
        if words.len() < 2 {
            return Vec::new();
        }
        let quoted = Quoted { text: quote, words: &words };
        let mut matches = Vec::new();
        for ((regulation, version), locators) in grouped(cited) {
            let Some(stream) = self.stream(corpus, regulation, version) else { continue };
            let pieces: BTreeSet<usize> = locators.iter().flat_map(|id| stream.pieces_within(id)).collect();
            matches.extend(best_in(&quoted, stream, (regulation, version), &pieces));
        }
        if words.len() >= LEAST_WORDS && !matches.iter().any(|m| m.is_right() && m.dropped == Dropped::Nothing) {
            let wanted = |r: usize, v: usize| cited.iter().any(|place| (place.regulation, place.version) == (r, v));
            let candidates = self.shingles(corpus).candidates(corpus, &words.chars, TEXTS, wanted);
            let most = candidates.iter().map(|candidate| candidate.shared).max().unwrap_or(0);
            for candidate in candidates {
                // Once the whole quotation is found, only texts that share as much can hold it too.
                let found = matches.iter().any(Match::is_right);
                if !found || candidate.shared * 10 >= most * 9 {
                    self.search_text(corpus, &quoted, &candidate, &mut matches);
                }
            }
        }
        matches.sort_by(|a, b| rank(b, cited).total_cmp(&rank(a, cited)).then_with(|| a.place.cmp(&b.place)));
        matches.dedup_by(|b, a| a.place == b.place);
        matches.truncate(PLACES);
        matches
    }

    /// The places of one text, best first; the lines of a place found are left out when the next is looked for.
    fn search_text(&self, corpus: &Corpus, quoted: &Quoted<'_>, candidate: &Candidate, matches: &mut Vec<Match>) {
        let document = (candidate.regulation, candidate.version);
        let Some(stream) = self.stream(corpus, document.0, document.1) else { return };
        let mut pieces = pieces_on(stream, &candidate.lines, quoted.words.len());
        // A long quotation stands twice in one text only where the text repeats itself at length.
        let places = if quoted.words.len() <= LONG { PER_TEXT } else { 1 };
        for _ in 0..places {
            let Some(found) = best_in(quoted, stream, document, &pieces) else { break };
            let used: Vec<&str> = found.parts.iter().map(|part| part.locator.as_str()).collect();
            pieces.retain(|&at| !used.contains(&stream.pieces[at].id.as_str()));
            if !matches.iter().any(|m| m.place == found.place) {
                matches.push(found);
            }
        }
    }
}

/// Cited places by version, in order.
fn grouped(cited: &[Place]) -> Vec<((usize, usize), Vec<&str>)> {
    let mut groups: Vec<((usize, usize), Vec<&str>)> = Vec::new();
    for place in cited.iter().filter(|place| !place.locator.is_empty()) {
        let key = (place.regulation, place.version);
        match groups.iter_mut().find(|(own, _)| *own == key) {
            Some((_, locators)) => locators.push(&place.locator),
            None => groups.push((key, vec![&place.locator])),
        }
    }
    groups
}

/// Pieces on the lines that share enough with the quotation, and beside them those too short to have a shingle of
/// their own for sure. A line shares by chance a shingle or two in a hundred words.
fn pieces_on(stream: &Stream, lines: &[(u32, u32)], quoted: usize) -> BTreeSet<usize> {
    const SHORT: usize = 16;
    let mut pieces = BTreeSet::new();
    for &(line, shared) in lines.iter().take(LINES) {
        let from = stream.pieces.partition_point(|piece| piece.line < line);
        let to = stream.pieces.partition_point(|piece| piece.line <= line);
        let words: usize = stream.pieces[from..to].iter().map(|piece| piece.to - piece.from).sum();
        if (shared as usize) * SHORT < words.min(quoted) {
            continue;
        }
        pieces.extend(from..to);
        let beside = [from.checked_sub(1), Some(to)];
        let short = |&at: &usize| stream.pieces.get(at).is_some_and(|p| p.to - p.from < SHORT);
        pieces.extend(beside.into_iter().flatten().filter(short));
    }
    pieces
}

/// Aligns a quotation with some pieces of a text and drops the pieces that share words by chance only.
fn best_in(
    quoted: &Quoted<'_>,
    stream: &Stream,
    (regulation, version): (usize, usize),
    pieces: &BTreeSet<usize>,
) -> Option<Match> {
    let mut pieces: Vec<usize> = pieces.iter().copied().collect();
    let runs = loop {
        let runs = aligned(quoted, stream, &pieces);
        let shares: Vec<usize> = pieces.iter().map(|&at| share(stream, at, &runs)).collect();
        let kept: Vec<usize> = pieces
            .iter()
            .zip(&shares)
            .filter(|&(&at, &n)| counts(stream, at, n) || begun(stream, at, &runs, quoted.words.len()))
            .map(|p| *p.0)
            .collect();
        if kept.len() == pieces.len() || runs.is_empty() {
            break runs;
        }
        pieces = kept;
    };
    let place = |locator: &str| Place { regulation, version, locator: locator.into() };
    let ids: Vec<&str> = pieces.iter().filter_map(|&at| stream.pieces.get(at)).map(|piece| piece.id.as_str()).collect();
    let parts = ids.iter().map(|id| place(id)).collect();
    compare::compare(quoted, stream, &runs, place(smallest_around(&ids)), parts)
        .filter(|found| found.likeness >= LEAST_LIKENESS)
}

/// Runs in positions of the stream, split where one piece ends.
fn aligned(quoted: &Quoted<'_>, stream: &Stream, pieces: &[usize]) -> Vec<Run> {
    let mut official = Vec::new();
    let mut starts = Vec::new();
    let mut last = None;
    for &at in pieces {
        let Some(piece) = stream.pieces.get(at) else { continue };
        // Words of pieces that are not neighbours make no run together.
        if last.is_some_and(|last| last + 1 != at) {
            official.push('\0');
        }
        last = Some(at);
        starts.push((official.len(), piece.from));
        official.extend_from_slice(&stream.words.chars[piece.from..piece.to]);
    }
    let mut runs = Vec::new();
    for run in align::runs(&quoted.words.chars, &official) {
        let mut done = 0;
        while done < run.len {
            let at = run.official + done;
            let n = starts.partition_point(|&(start, _)| start <= at).saturating_sub(1);
            let end = starts.get(n + 1).map_or(official.len(), |next| next.0);
            let len = (run.len - done).min(end - at);
            let (start, from) = starts[n];
            runs.push(Run { quote: run.quote + done, official: from + at - start, len });
            done += len;
        }
    }
    runs
}

/// How many words of a piece the runs hold.
fn share(stream: &Stream, piece: usize, runs: &[Run]) -> usize {
    let piece = &stream.pieces[piece];
    runs.iter().filter(|run| (piece.from..piece.to).contains(&run.official)).map(|run| run.len).sum()
}

/// Whether a piece is quoted, not only brushed: a third of its words, or a good run of them.
fn counts(stream: &Stream, piece: usize, shared: usize) -> bool {
    let piece = &stream.pieces[piece];
    shared * 3 > piece.to - piece.from || shared >= 8
}

/// Whether the quotation ends with the first words of a piece: it goes on into it and is cut off there.
fn begun(stream: &Stream, piece: usize, runs: &[Run], quoted: usize) -> bool {
    const FIRST: usize = 5;
    let from = stream.pieces[piece].from;
    runs.last().is_some_and(|run| run.official == from && run.len >= FIRST && run.quote + run.len == quoted)
}

/// The smallest provision around several; a lead-in with one 项 of its list is that 项. For several articles the first.
fn smallest_around<'i>(ids: &[&'i str]) -> &'i str {
    let Some((first, rest)) = ids.split_first() else { return "" };
    let mut own: Vec<&str> = ids.to_vec();
    own.retain(|id| !ids.iter().any(|other| other != id && is_within(other, id)));
    if let [only] = own[..] {
        return only;
    }
    let mut end = first.len();
    for id in rest {
        while end > 0 && !is_within(id, &first[..end]) {
            end = first[..end].rfind('.').unwrap_or(0);
        }
    }
    let article = first.find('.').map_or(*first, |dot| &first[..dot]);
    if end == 0 { article } else { &first[..end] }
}

/// Order of the answers: likeness, then unchanged, unbroken words, then the cited document.
fn rank(found: &Match, cited: &[Place]) -> f32 {
    let in_cited = |place: &Place| {
        let same = (place.regulation, place.version) == (found.place.regulation, found.place.version);
        same && is_within(&found.place.locator, &place.locator)
    };
    let regulation = cited.iter().any(|place| place.regulation == found.place.regulation);
    let bonus = |yes: bool, by: f32| if yes { by } else { 0.0 };
    found.likeness
        + bonus(found.same_words, 0.02)
        + bonus(!found.cut_off, 0.01)
        + bonus(cited.iter().any(in_cited), 0.004)
        + bonus(regulation, 0.002)
        + found.place.version as f32 * 0.0001
}
