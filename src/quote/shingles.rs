//! [`Shingles`]: which lines of the corpus share runs of words with a quotation.

use super::table::Table;
use super::words::Words;
use crate::law::{Corpus, Version};
use crate::text::hash::Hash;
use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

/// Words of a shingle.
const SIZE: usize = 4;
/// Of this many shingles in a row the one with the least hash is kept: a run of `SIZE + WINDOW - 1` equal words
/// is sure to share one, at two fifths of the size of keeping all.
const WINDOW: usize = 4;
/// Postings read for one quotation, rarest shingles first; a common shingle past this tells nothing new.
const BUDGET: usize = 20_000;

/// A corpus with so much text (bytes) keeps its shingles in a file.
const LARGE: usize = 4 << 20;
/// Raised whenever words or shingles are read otherwise, so that an older file is made anew.
const FORMAT: u64 = 1;

/// A text of the corpus: regulation and version by position, and the number of its first line among all lines.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    pub regulation: usize,
    pub version: usize,
    pub first_line: u32,
}

#[derive(Debug)]
pub struct Shingles {
    postings: Postings,
    texts: Vec<Text>,
}

#[derive(Debug)]
enum Postings {
    /// Hash in the upper, number of the line in the lower half; sorted.
    Here(Vec<u64>),
    Kept {
        table: Table,
        /// Made where the table turns out to be damaged.
        instead: OnceLock<Vec<u64>>,
    },
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
    /// Those of a corpus; a large one's are read from the file kept in `home`, and kept there when they are made.
    pub fn of(corpus: &Corpus, home: Option<&Path>) -> Self {
        let kept = home.map(|dir| (stamp(corpus), dir)).map(|(stamp, dir)| (stamp, Table::path(dir, stamp)));
        let open = || {
            let (stamp, path) = kept.as_ref()?;
            let (table, texts) = Table::open(path, *stamp)?;
            Some(Shingles { postings: Postings::Kept { table, instead: OnceLock::new() }, texts })
        };
        if let Some(kept) = open() {
            return kept;
        }
        let (made, size) = Self::build(corpus);
        if let (Some((stamp, path)), Postings::Here(postings)) = (&kept, &made.postings)
            && size >= LARGE
            && Table::write(path, *stamp, &made.texts, postings).is_ok()
            && let Some(kept) = open()
        {
            return kept;
        }
        made
    }

    /// Reads every text; gives how many bytes that were beside.
    fn build(corpus: &Corpus) -> (Self, usize) {
        let versions: Vec<(usize, usize, &Version)> = corpus
            .regulations()
            .iter()
            .enumerate()
            .flat_map(|(at, r)| r.versions.iter().enumerate().map(move |(v, version)| (at, v, version)))
            .filter(|(.., version)| version.has_text())
            .collect();
        // Own threads, not the shared pool: its workers may be the ones that wait for this very table.
        let share = versions.len().div_ceil(threads(corpus)).max(1);
        let parts: Vec<Part> = std::thread::scope(|scope| {
            let parts: Vec<_> = versions.chunks(share).map(|part| scope.spawn(|| Part::of(part))).collect();
            parts.into_iter().map(|part| part.join().unwrap_or_default()).collect()
        });
        let mut texts = Vec::with_capacity(versions.len());
        let mut postings = Vec::with_capacity(parts.iter().map(|part| part.postings.len()).sum());
        let (mut line, mut size) = (0, 0);
        for part in parts {
            texts.extend(part.texts.iter().map(|text| Text { first_line: text.first_line + line, ..*text }));
            postings.extend(part.postings.iter().map(|posting| posting + u64::from(line)));
            line += part.lines;
            size += part.size;
        }
        postings.sort_unstable();
        postings.dedup();
        (Shingles { postings: Postings::Here(postings), texts }, size)
    }

    /// The lines in which a shingle stands.
    fn lines_with(&self, corpus: &Corpus, hash: u32) -> Vec<u32> {
        match &self.postings {
            Postings::Here(postings) => lines_in(postings, hash),
            Postings::Kept { table, instead } => {
                let read = if instead.get().is_none() { table.lines(hash) } else { None };
                read.unwrap_or_else(|| {
                    let made = instead.get_or_init(|| {
                        table.discard();
                        match Self::build(corpus).0.postings {
                            Postings::Here(postings) => postings,
                            Postings::Kept { .. } => Vec::new(),
                        }
                    });
                    lines_in(made, hash)
                })
            }
        }
    }

    /// Texts that share the most shingles with `words`, most first, at most `limit`; those that `wanted` names besides.
    pub fn candidates(
        &self,
        corpus: &Corpus,
        words: &[char],
        limit: usize,
        wanted: impl Fn(usize, usize) -> bool,
    ) -> Vec<Candidate> {
        let mut hashes = minimizers(words);
        hashes.sort_unstable();
        hashes.dedup();
        let mut lists: Vec<Vec<u32>> = hashes.iter().map(|&hash| self.lines_with(corpus, hash)).collect();
        lists.retain(|list| !list.is_empty());
        lists.sort_by_key(Vec::len);
        let mut lines: HashMap<u32, u32> = HashMap::new();
        let mut shared: HashMap<usize, u32> = HashMap::new();
        let mut read = 0;
        for list in lists {
            if read > 0 && read + list.len() > BUDGET {
                break;
            }
            read += list.len();
            let mut last = usize::MAX;
            for line in list {
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

/// A corpus with so few texts is read faster than threads start.
const FEW: usize = 64;

fn threads(corpus: &Corpus) -> usize {
    if corpus.regulations().len() < FEW { 1 } else { std::thread::available_parallelism().map_or(1, usize::from) }
}

/// What the table of a corpus is made of: two corpora with one stamp have the same texts at the same positions.
fn stamp(corpus: &Corpus) -> u64 {
    let mut hash = Hash(FORMAT);
    for regulation in corpus.regulations() {
        hash.text(&regulation.id);
        hash.number(regulation.versions.len() as u64);
        for version in &regulation.versions {
            hash.text(&version.id());
            hash.number(version.text_stamp());
        }
    }
    hash.0
}

/// The shingles of some texts, their lines counted from 0.
#[derive(Default)]
struct Part {
    texts: Vec<Text>,
    postings: Vec<u64>,
    lines: u32,
    size: usize,
}

impl Part {
    fn of(versions: &[(usize, usize, &Version)]) -> Self {
        let mut part = Part::default();
        for &(regulation, version, own) in versions {
            let Some(text) = own.text_once() else { continue };
            part.texts.push(Text { regulation, version, first_line: part.lines });
            part.size += text.len();
            for line in text.lines() {
                let number = u64::from(part.lines);
                let hashes = minimizers(&Words::of(line).chars);
                part.postings.extend(hashes.into_iter().map(|hash| (u64::from(hash) << 32) | number));
                part.lines += 1;
            }
        }
        part
    }
}

/// The lines of one hash among sorted postings.
fn lines_in(postings: &[u64], hash: u32) -> Vec<u32> {
    let key = u64::from(hash);
    let rest = &postings[postings.partition_point(|&p| p >> 32 < key)..];
    rest[..rest.partition_point(|&p| p >> 32 == key)].iter().map(|&posting| posting as u32).collect()
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
    #[test]
    fn a_kept_table_answers_as_the_one_in_memory_and_a_damaged_one_is_replaced() {
        let corpus = Corpus::embedded().unwrap();
        let dir = tempfile::tempdir().unwrap();
        let path = Table::path(dir.path(), stamp(&corpus));
        let (made, _) = Shingles::build(&corpus);
        let Postings::Here(postings) = &made.postings else { panic!() };
        let ask = |shingles: &Shingles| {
            let words =
                Words::of("经本级政府财政部门批复的部门预算、决算及报表，应当在批复后二十日内由各部门向社会公开");
            shingles.candidates(&corpus, &words.chars, 8, |_, _| false)
        };
        assert!(!ask(&made).is_empty());
        Table::write(&path, stamp(&corpus), &made.texts, postings).unwrap();
        let kept = Shingles::of(&corpus, Some(dir.path()));
        assert!(matches!(kept.postings, Postings::Kept { .. }));
        assert_eq!(ask(&kept), ask(&made));

        let mut bytes = std::fs::read(&path).unwrap();
        // Everything behind what is read when the table is opened.
        let head = 20 + made.texts.len() * 12 + 65536 * 8 + 4;
        bytes[head..].iter_mut().for_each(|byte| *byte ^= 1);
        std::fs::write(&path, bytes).unwrap();
        let damaged = Shingles::of(&corpus, Some(dir.path()));
        assert_eq!(ask(&damaged), ask(&made));
        assert!(!path.exists());
    }
}
