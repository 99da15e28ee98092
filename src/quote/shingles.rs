//! [`Shingles`]: which lines of the corpus share runs of words with a quotation.

use super::words::Words;
use crate::law::Corpus;
use std::collections::HashMap;

/// Words of a shingle.
const SIZE: usize = 4;
/// Of this many shingles in a row the one with the least hash is kept: a run of `SIZE + WINDOW - 1` equal words
/// is sure to share one, at two fifths of the size of keeping all.
const WINDOW: usize = 4;
/// Postings read for one quotation, rarest shingles first; a common shingle past this tells nothing new.
const BUDGET: usize = 20_000;

/// A text of the corpus: regulation and version by position, and the number of its first line among all lines.
#[derive(Debug, Clone, Copy)]
struct Text {
    regulation: usize,
    version: usize,
    first_line: u32,
}

#[derive(Debug)]
pub struct Shingles {
    /// Hash in the upper, number of the line in the lower half; sorted.
    postings: Vec<u64>,
    texts: Vec<Text>,
}

/// A text that shares words with the quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub regulation: usize,
    pub version: usize,
    /// How many of the quotation's shingles stand in it.
    pub shared: u32,
    /// Lines (from 1) with the number of shared shingles, most first.
    pub lines: Vec<(u32, u32)>,
}

impl Shingles {
    pub fn build(corpus: &Corpus) -> Self {
        let mut sources = Vec::new();
        let mut texts = Vec::new();
        let mut lines = 0u32;
        for (regulation, r) in corpus.regulations().iter().enumerate() {
            for (version, v) in r.versions.iter().enumerate() {
                let Some(text) = v.text() else { continue };
                texts.push(Text { regulation, version, first_line: lines });
                sources.push((lines, text));
                lines += text.lines().count() as u32;
            }
        }
        // Own threads, not the shared pool: its workers may be the ones that wait for this very table.
        let share = sources.len().div_ceil(threads(&sources)).max(1);
        let mut postings: Vec<u64> = std::thread::scope(|scope| {
            let parts: Vec<_> = sources.chunks(share).map(|part| scope.spawn(|| postings_in(part))).collect();
            parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
        });
        postings.sort_unstable();
        postings.dedup();
        Shingles { postings, texts }
    }

    fn postings_of(&self, hash: u32) -> &[u64] {
        let key = u64::from(hash);
        let from = self.postings.partition_point(|&p| p >> 32 < key);
        let rest = &self.postings[from..];
        &rest[..rest.partition_point(|&p| p >> 32 == key)]
    }

    /// Texts that share the most shingles with `words`, most first, at most `limit`; those that `wanted` names besides.
    pub fn candidates(&self, words: &[char], limit: usize, wanted: impl Fn(usize, usize) -> bool) -> Vec<Candidate> {
        let mut hashes = minimizers(words);
        hashes.sort_unstable();
        hashes.dedup();
        let mut lists: Vec<&[u64]> = hashes.iter().map(|&h| self.postings_of(h)).filter(|l| !l.is_empty()).collect();
        lists.sort_by_key(|list| list.len());
        let mut lines: HashMap<u32, u32> = HashMap::new();
        let mut shared: HashMap<usize, u32> = HashMap::new();
        let mut read = 0;
        for list in lists {
            if read > 0 && read + list.len() > BUDGET {
                break;
            }
            read += list.len();
            let mut last = usize::MAX;
            for &posting in list {
                let line = posting as u32;
                *lines.entry(line).or_default() += 1;
                let text = self.text_of(line);
                if text != last {
                    *shared.entry(text).or_default() += 1;
                    last = text;
                }
            }
        }
        let mut ranked: Vec<(usize, u32)> = shared.into_iter().collect();
        ranked.sort_by_key(|&(text, shared)| (std::cmp::Reverse(shared), text));
        let least = ranked.first().map_or(0, |best| best.1 / 4);
        let mut candidates: Vec<Candidate> = Vec::new();
        for (n, (text, shared)) in ranked.into_iter().enumerate() {
            let Some(&Text { regulation, version, .. }) = self.texts.get(text) else { continue };
            if wanted(regulation, version) || (n < limit && shared >= least) {
                candidates.push(Candidate { regulation, version, shared, lines: self.lines_of(text, &lines) });
            }
        }
        candidates
    }

    fn text_of(&self, line: u32) -> usize {
        self.texts.partition_point(|text| text.first_line <= line).saturating_sub(1)
    }

    fn lines_of(&self, text: usize, votes: &HashMap<u32, u32>) -> Vec<(u32, u32)> {
        let first = self.texts.get(text).map_or(0, |t| t.first_line);
        let end = self.texts.get(text + 1).map_or(u32::MAX, |next| next.first_line);
        let mut lines: Vec<(u32, u32)> = votes
            .iter()
            .filter(|(line, _)| (first..end).contains(*line))
            .map(|(&line, &votes)| (line - first + 1, votes))
            .collect();
        lines.sort_by_key(|&(line, votes)| (std::cmp::Reverse(votes), line));
        lines
    }
}

/// A corpus this small (bytes) is read faster than threads start.
const SMALL: usize = 1 << 20;

fn threads(sources: &[(u32, &str)]) -> usize {
    let size: usize = sources.iter().map(|(_, text)| text.len()).sum();
    if size < SMALL { 1 } else { std::thread::available_parallelism().map_or(1, usize::from) }
}

/// The postings of some texts, each with the number of its first line.
fn postings_in(sources: &[(u32, &str)]) -> Vec<u64> {
    let mut postings = Vec::new();
    for &(first, text) in sources {
        for (line, number) in text.lines().zip(first..) {
            let hashes = minimizers(&Words::of(line).chars);
            postings.extend(hashes.into_iter().map(|hash| (u64::from(hash) << 32) | u64::from(number)));
        }
    }
    postings
}

/// The kept shingles' hashes, in order; repeats left out.
fn minimizers(words: &[char]) -> Vec<u32> {
    let hashes: Vec<u32> = words.windows(SIZE).map(hash).collect();
    let mut kept = Vec::with_capacity(hashes.len() / 2 + 1);
    let mut last = usize::MAX;
    let windows = hashes.len().saturating_sub(WINDOW - 1).max(usize::from(!hashes.is_empty()));
    for start in 0..windows {
        let end = (start + WINDOW).min(hashes.len());
        let least = (start..end).min_by_key(|&at| (hashes[at], at)).unwrap_or(start);
        if least != last {
            kept.push(hashes[least]);
            last = least;
        }
    }
    kept
}

fn hash(words: &[char]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for &c in words {
        hash = (hash ^ u64::from(c as u32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^= hash >> 29;
    }
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_run_of_seven_equal_words_shares_a_shingle(
            run in "[甲乙丙丁戊己庚辛]{7,12}", before in "[子丑寅卯]{0,9}", after in "[辰巳午未]{0,9}"
        ) {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            let own = minimizers(&chars(&run));
            let other = minimizers(&chars(&format!("{before}{run}{after}")));
            prop_assert!(own.iter().any(|hash| other.contains(hash)));
        }
    }
}
