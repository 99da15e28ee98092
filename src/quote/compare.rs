//! A quotation beside the official words it was aligned with: what differs, what is left out, and the diff to show.

use super::align::Run;
use super::matching::{Change, Dropped, Edge, Match, Place, Segment};
use super::stream::Stream;
use super::words::{self, Words};
use crate::text::Span;
use crate::text::fold::each_folded;

pub struct Quoted<'t> {
    pub text: &'t str,
    pub words: &'t Words,
}

/// Missing at the end of one paragraph or the start of the next, so many words are a slip, more a piece cut off.
const SLIP: usize = 4;
/// Official words shown before or after a quotation that starts or stops inside a sentence, at most.
const SHOWN: usize = 60;

/// `runs` hold positions in the quotation's and the stream's words, in order, none across two pieces; `place` is where
/// they stand and `parts` are the provisions they belong to.
pub fn compare(quoted: &Quoted<'_>, stream: &Stream, runs: &[Run], place: Place, parts: Vec<Place>) -> Option<Match> {
    let (first, last) = (runs.first()?, runs.last()?);
    let mut view = View {
        quoted,
        stream,
        diff: Vec::new(),
        repairs: Vec::new(),
        changed: 0,
        same_marks: true,
        dropped: Dropped::Nothing,
    };
    let matched: usize = runs.iter().map(|run| run.len).sum();
    let (official_start, official_end) = (first.official, last.official + last.len);
    let (mut start, mut end) = (view.edge(official_start), view.edge(official_end));
    let quote_end = last.quote + last.len;
    let trailing = quoted.words.between(quote_end, quoted.text.len()).of(quoted.text);
    let leading = quoted.words.between(first.quote, quoted.text.len()).of(quoted.text);

    let extra_before = view.quote_span(0, first.quote);
    if first.quote > 0 {
        view.changed += first.quote;
        view.push(Change::Delete, extra_before.of(quoted.text));
    }
    if has_ellipsis(leading) || first.quote > 0 {
        start = start.max(Edge::Clause);
    }
    if start == Edge::Inside || (first.quote > 0 && view.edge(official_start) == Edge::Inside) {
        let before = view.official_before(official_start);
        view.push(Change::Insert, before);
        if first.quote > 0 {
            view.repairs.push((extra_before, before.into()));
        }
    }
    for (at, run) in runs.iter().enumerate() {
        view.equal(run);
        if let Some(next) = runs.get(at + 1) {
            view.gap(run, next);
        }
    }
    let extra_after = view.quote_span(quote_end, quoted.words.len());
    if quote_end < quoted.words.len() {
        view.changed += quoted.words.len() - quote_end;
        let from = view.quote_span(quote_end - 1, quote_end).end;
        view.push(Change::Delete, Span::new(from, extra_after.end).of(quoted.text));
    }
    if has_ellipsis(trailing) || quote_end < quoted.words.len() {
        end = Edge::Sentence;
    } else if end != Edge::Sentence {
        view.push(Change::Insert, view.official_after(official_end));
    } else {
        view.push(Change::Equal, trailing);
    }
    let cut_off = end != Edge::Sentence || start == Edge::Inside || view.dropped == Dropped::Clauses;
    Some(Match {
        place,
        parts,
        likeness: matched as f32 / quoted.words.len().max(1) as f32,
        changed: view.changed,
        same_words: view.changed == 0,
        same_marks: view.same_marks,
        start,
        end,
        dropped: view.dropped,
        cut_off,
        diff: view.diff,
        repairs: view.repairs,
    })
}

struct View<'t> {
    quoted: &'t Quoted<'t>,
    stream: &'t Stream,
    diff: Vec<Segment>,
    repairs: Vec<(Span, String)>,
    changed: usize,
    same_marks: bool,
    dropped: Dropped,
}

impl<'t> View<'t> {
    fn push(&mut self, change: Change, text: &str) {
        let text = text.trim_matches('\n');
        match self.diff.last_mut() {
            _ if text.is_empty() => {}
            Some(Segment(last, words)) if *last == change => words.push_str(text),
            _ => self.diff.push(Segment(change, text.into())),
        }
    }

    fn quote_span(&self, from: usize, to: usize) -> Span {
        self.quoted.words.span(from, to)
    }

    fn word_end(&self, word: usize) -> usize {
        self.stream.words.span(word, word + 1).end
    }

    fn word_start(&self, word: usize) -> usize {
        self.stream.words.span(word, word + 1).start
    }

    fn official(&self, from: usize, to: usize) -> &'t str {
        self.stream.words.span(from, to).of(&self.stream.text)
    }

    /// What stands in the official text between word `at - 1` and word `at`.
    fn official_marks(&self, at: usize) -> &'t str {
        self.stream.words.between(at, self.stream.text.len()).of(&self.stream.text)
    }

    /// Where in its sentence the place before the official word `at` is.
    fn edge(&self, at: usize) -> Edge {
        let marks = self.official_marks(at);
        let bounds_piece = at == 0 || self.stream.piece_of(at) != self.stream.piece_of(at - 1);
        if bounds_piece || marks.contains(words::ends_sentence) {
            Edge::Sentence
        } else if marks.contains(['，', ',']) {
            Edge::Clause
        } else {
            Edge::Inside
        }
    }

    /// The start of the sentence up to the official word `at`.
    fn official_before(&self, at: usize) -> &'t str {
        let from = (at.saturating_sub(SHOWN)..at).rev().find(|&w| self.edge(w) == Edge::Sentence);
        self.official(from.unwrap_or(at.saturating_sub(SHOWN)), at)
    }

    /// The rest of the sentence from the official word `at`.
    fn official_after(&self, at: usize) -> &'t str {
        let limit = (at + SHOWN).min(self.stream.words.len());
        let to = (at + 1..=limit).find(|&w| self.edge(w) == Edge::Sentence).unwrap_or(limit);
        let text = &self.stream.text;
        let marks = self.stream.words.between(at, text.len());
        let end = self.stream.words.span(at, to).end;
        text.get(marks.start..end).unwrap_or_default()
    }

    /// The words of a run, with the marks between them compared.
    fn equal(&mut self, run: &Run) {
        for n in 0..run.len {
            self.push(Change::Equal, self.quote_span(run.quote + n, run.quote + n + 1).of(self.quoted.text));
            if n + 1 < run.len {
                let (own, official) = (self.quote_marks(run.quote + n + 1), self.official_marks(run.official + n + 1));
                self.marks(own, official);
            }
        }
    }

    fn quote_marks(&self, at: usize) -> &'t str {
        self.quoted.words.between(at, self.quoted.text.len()).of(self.quoted.text)
    }

    fn marks(&mut self, own: &str, official: &str) {
        if own == official || plain_marks(own) == plain_marks(official) || has_ellipsis(own) {
            self.push(Change::Equal, own);
        } else {
            self.same_marks = false;
            self.push(Change::Delete, own);
            self.push(Change::Insert, official);
        }
    }

    /// What lies between two runs: marks, changed words, or official words left out.
    fn gap(&mut self, run: &Run, next: &Run) {
        let (q_from, o_from) = (run.quote + run.len, run.official + run.len);
        let own_words = next.quote > q_from;
        let left_out = next.official > o_from;
        if !own_words && !left_out {
            let (own, official) = (self.quote_marks(next.quote), self.official_marks(next.official));
            return self.marks(own, official);
        }
        let span =
            Span::new(self.quote_span(q_from - 1, q_from).end, self.quote_span(next.quote, next.quote + 1).start);
        let own = span.of(self.quoted.text);
        let (left, right) = (self.edge(o_from), self.edge(next.official));
        let crosses = self.stream.piece_of(run.official) != self.stream.piece_of(next.official);
        let whole = left == Edge::Sentence && right == Edge::Sentence;
        let changes = own_words || (!whole && left.min(right) == Edge::Inside && !has_ellipsis(own));
        if changes && !crosses {
            let between = Span::new(self.word_end(o_from - 1), self.word_start(next.official));
            self.repairs.push((span, between.of(&self.stream.text).into()));
        }
        if own_words {
            self.changed += next.quote - q_from;
            self.push(Change::Delete, own);
            if !whole || !crosses {
                self.changed += if crosses { 0 } else { (next.official - o_from).saturating_sub(next.quote - q_from) };
                self.push_left_out(o_from, next.official, crosses, left, right);
            }
            return;
        }
        if crosses && whole && list_marks(own) > 1 {
            // （五）；（六）: the number of an item stands there, its words do not.
            self.changed += next.official - o_from;
            self.push(Change::Insert, self.official(o_from, next.official));
            self.push(Change::Equal, own);
            return;
        }
        if has_ellipsis(own) || (whole && crosses) {
            self.push(Change::Equal, own);
            return;
        }
        let lost = self.lost(o_from, next.official);
        if whole {
            self.dropped = self.dropped.max(Dropped::Sentences);
        } else if crosses && lost <= SLIP {
            self.changed += lost;
        } else if crosses || (left >= Edge::Clause && right >= Edge::Clause) {
            self.dropped = Dropped::Clauses;
        } else {
            self.changed += next.official - o_from;
        }
        self.push_left_out(o_from, next.official, crosses, left, right);
        self.push(Change::Equal, own);
    }

    /// How many official words are missing from the sentences in which a gap begins and ends.
    fn lost(&self, from: usize, to: usize) -> usize {
        let head = (from..to).find(|&w| self.edge(w) == Edge::Sentence).unwrap_or(to);
        let tail = (head..to).rev().find(|&w| self.edge(w) == Edge::Sentence).unwrap_or(to);
        let after = if self.edge(to) == Edge::Sentence { 0 } else { to - tail };
        (head - from) + after
    }

    /// Official words left out: all of them inside one provision, else the rest of the one sentence and the start of
    /// the other.
    fn push_left_out(&mut self, from: usize, to: usize, crosses: bool, left: Edge, right: Edge) {
        if !crosses {
            self.push(Change::Insert, self.official(from, to));
            return;
        }
        if left != Edge::Sentence {
            self.push(Change::Insert, self.official_after(from));
        }
        if right != Edge::Sentence {
            self.push(Change::Insert, self.official_before(to));
        }
    }
}

/// How many list numbers stand among some marks.
fn list_marks(marks: &str) -> usize {
    let (mut at, mut count) = (0, 0);
    while let Some(c) = marks.get(at..).and_then(|rest| rest.chars().next()) {
        let mark = words::list_mark(&marks[at..], true);
        count += usize::from(mark.is_some());
        at += mark.unwrap_or(c.len_utf8());
    }
    count
}

fn has_ellipsis(marks: &str) -> bool {
    marks.contains(['…', '⋯']) || marks.contains("...") || marks.contains("。。。")
}

/// Marks without white space and list numbers, folded; a mark at the end of a sentence counts as one kind.
fn plain_marks(marks: &str) -> String {
    let mut plain = String::new();
    let mut at = 0;
    while let Some(c) = marks.get(at..).and_then(|rest| rest.chars().next()) {
        let starts_sentence = plain.is_empty() || plain.ends_with(words::ends_sentence);
        if let Some(mark) = words::list_mark(&marks[at..], starts_sentence) {
            at += mark;
            continue;
        }
        each_folded(c, |folded| {
            let folded = if words::ends_sentence(folded) { '。' } else { folded };
            if !(folded == '。' && plain.ends_with('。')) {
                plain.push(folded);
            }
        });
        at += c.len_utf8();
    }
    plain
}
