//! [`Query`]: what is asked, with filters, order and page.

use crate::law::{EffectLevel, Status};
use jiff::civil::Date;

/// A question, keywords or a phrase in quotation marks, and which part of the answer is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub text: String,
    pub filters: Filters,
    pub sort: Sort,
    /// How many hits to skip.
    pub offset: usize,
    /// How many hits to give.
    pub limit: usize,
    /// The day on which 时效 is judged.
    pub on: Date,
    /// Whether the semantic side may be asked, where there is one.
    pub meaning: bool,
}

/// Only provisions that fit every list that is not empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    pub levels: Vec<EffectLevel>,
    pub statuses: Vec<Status>,
    /// Part of the issuer's name.
    pub issuer: Option<String>,
    /// Id of one regulation.
    pub regulation: Option<String>,
}

/// The order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Relevance,
    /// Highest effect level first, relevance inside a level.
    EffectLevel,
}

impl Query {
    /// The first ten hits for `text`, without filters.
    pub fn new(text: impl Into<String>, on: Date) -> Self {
        let (filters, sort) = (Filters::default(), Sort::default());
        Query { text: text.into(), filters, sort, offset: 0, limit: 10, on, meaning: true }
    }
}

/// Splits the stretches inside “”, "" or 「」 off a query: they must stand in the text as they are.
pub fn phrases(text: &str) -> (Vec<String>, String) {
    let mut phrases = Vec::new();
    let mut rest = String::new();
    let mut open: Option<(char, String)> = None;
    for c in text.chars() {
        match (&mut open, c) {
            (None, '“' | '"' | '＂' | '「') => open = Some((c, String::new())),
            (Some((mark, phrase)), '”' | '"' | '＂' | '」') if closes(*mark, c) => {
                if phrase.trim().chars().count() > 1 {
                    phrases.push(phrase.trim().to_string());
                }
                rest.push_str(phrase);
                open = None;
            }
            (Some((_, phrase)), c) => phrase.push(c),
            (None, c) => rest.push(c),
        }
    }
    if let Some((_, unclosed)) = open {
        rest.push_str(&unclosed);
    }
    (phrases, rest)
}

fn closes(open: char, c: char) -> bool {
    matches!((open, c), ('“', '”') | ('"', '"') | ('＂', '＂') | ('「', '」'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_stretches_are_phrases() {
        for (text, quoted, rest) in [
            ("“主动公开”的范围", vec!["主动公开"], "主动公开的范围"),
            ("\"部门预算\" 批复", vec!["部门预算"], "部门预算 批复"),
            ("没有“闭合", vec![], "没有闭合"),
            ("“”空", vec![], "空"),
        ] {
            assert_eq!(phrases(text), (quoted.into_iter().map(String::from).collect(), rest.to_string()));
        }
    }
}
