//! The words that stand in `index/`: dictionary, stop words, and everyday words with their legal ones ([`legal_words`]).

use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::OnceLock;

const DICTIONARY: &str = include_str!("../../index/dictionary.txt");
const STOPWORDS: &str = include_str!("../../index/stopwords.txt");
const SYNONYMS: &str = include_str!("../../index/synonyms.toml");

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Terms of the law that the general dictionary would cut apart.
pub fn dictionary() -> impl Iterator<Item = &'static str> {
    lines(DICTIONARY)
}

/// Whether a word of a question says nothing about the law asked for.
pub fn is_stopword(word: &str) -> bool {
    static WORDS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| lines(STOPWORDS).collect()).contains(word)
}

/// A question with a gap for each stop word of two characters and more, so that no bigram is made of them.
pub fn without_stop_phrases(text: &str) -> String {
    static PHRASES: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let phrases = PHRASES.get_or_init(|| {
        let long = lines(STOPWORDS).filter(|word| word.chars().nth(1).is_some());
        AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(long).ok()
    });
    let Some(phrases) = phrases else { return text.to_string() };
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for found in phrases.find_iter(text) {
        kept.push_str(&text[from..found.start()]);
        kept.push(' ');
        from = found.end();
    }
    kept.push_str(&text[from..]);
    kept
}

/// Everyday word → legal words.
fn synonyms() -> &'static BTreeMap<String, Vec<String>> {
    static TABLE: OnceLock<BTreeMap<String, Vec<String>>> = OnceLock::new();
    TABLE.get_or_init(|| toml::from_str(SYNONYMS).unwrap_or_default())
}

/// The legal words for the everyday words that a question holds, in the order of the table.
pub fn legal_words(text: &str) -> impl Iterator<Item = &'static str> {
    static KEYS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| AhoCorasick::new(synonyms().keys()).ok());
    let found = keys.iter().flat_map(|keys| keys.find_overlapping_iter(text)).map(|found| found.pattern().as_usize());
    let found: BTreeSet<usize> = found.collect();
    let values = synonyms().values().enumerate().filter(move |(at, _)| found.contains(at));
    values.flat_map(|(_, words)| words).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_can_be_read() {
        assert!(!toml::from_str::<BTreeMap<String, Vec<String>>>(SYNONYMS).unwrap().is_empty());
        assert!(is_stopword("请问"));
        assert!(!is_stopword("预算"));
        assert_eq!(without_stop_phrases("请问部门预算怎么办理"), " 部门预算 理");
    }
}
