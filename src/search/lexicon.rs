//! The words that stand in `index/`: dictionary, stop words, and everyday words with their legal ones ([`synonyms`]).

use std::collections::{BTreeMap, HashSet};
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

/// Everyday word → legal words.
pub fn synonyms() -> &'static BTreeMap<String, Vec<String>> {
    static TABLE: OnceLock<BTreeMap<String, Vec<String>>> = OnceLock::new();
    TABLE.get_or_init(|| toml::from_str(SYNONYMS).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_can_be_read() {
        assert!(!toml::from_str::<BTreeMap<String, Vec<String>>>(SYNONYMS).unwrap().is_empty());
        assert!(is_stopword("请问"));
        assert!(!is_stopword("预算"));
    }
}
