//! [`Slugs`]: short, readable, ASCII ids for regulations that come without one: 预算法实施条例 → `yusuan-fa-shishi-tiaoli`.

use jieba_rs::Jieba;
use pinyin::ToPinyin;
use std::collections::HashSet;

/// Longer ids are cut at a word.
const LONGEST: usize = 60;

/// What a title ends with, set off as a word of its own; longer ones first.
const KINDS: [&str; 14] =
    ["条例", "办法", "规定", "细则", "规则", "决定", "解释", "意见", "通知", "批复", "法典", "章程", "规程", "法"];

/// Gives each title an id that no other has.
pub struct Slugs {
    words: Jieba,
    taken: HashSet<String>,
}

impl Default for Slugs {
    fn default() -> Self {
        Slugs { words: Jieba::new(), taken: HashSet::new() }
    }
}

impl Slugs {
    /// Keeps an id from being given again.
    pub fn take(&mut self, id: &str) {
        self.taken.insert(id.into());
    }

    /// The id of a title; `hint` (a date) tells apart two that read alike.
    pub fn give(&mut self, title: &str, hint: &str) -> String {
        let plain = self.slug(title);
        let dated = || (!hint.is_empty()).then(|| format!("{plain}-{hint}"));
        let numbered = (2..).map(|n| format!("{plain}-{n}"));
        let free = std::iter::once(plain.clone()).chain(dated()).chain(numbered).find(|id| !self.taken.contains(id));
        let id = free.unwrap_or(plain);
        self.taken.insert(id.clone());
        id
    }

    fn slug(&self, title: &str) -> String {
        let title = title.strip_prefix("中华人民共和国").filter(|rest| !rest.is_empty()).unwrap_or(title);
        let kind = KINDS.into_iter().find(|kind| title.ends_with(kind)).unwrap_or_default();
        let mut words: Vec<String> = Vec::new();
        for word in self.words.cut(&title[..title.len() - kind.len()], true) {
            // 预算法 is one word of the dictionary, and two of an id.
            match word.word.strip_suffix('法').filter(|stem| stem.chars().count() > 1) {
                Some(stem) => words.extend([latin(stem), "fa".into()]),
                None => words.push(latin(word.word)),
            }
        }
        words.push(latin(kind));
        let mut slug = String::new();
        for word in words.iter().filter(|w| !w.is_empty()) {
            if slug.len() + word.len() > LONGEST && !slug.is_empty() {
                break;
            }
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(word);
        }
        if slug.is_empty() { "fagui".into() } else { slug }
    }
}

/// The sounds of a word without tones; letters and digits as they are, all else left out.
fn latin(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        match c.to_pinyin() {
            Some(sound) => out.push_str(&sound.plain().replace('ü', "v")),
            None if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            None => {}
        }
    }
    out.truncate(LONGEST);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_like_the_titles_and_never_meet() {
        let mut slugs = Slugs::default();
        for (title, id) in [
            ("中华人民共和国政府信息公开条例", "zhengfu-xinxi-gongkai-tiaoli"),
            ("中华人民共和国预算法", "yusuan-fa"),
            ("中华人民共和国预算法实施条例", "yusuan-fa-shishi-tiaoli"),
            ("预算法", "yusuan-fa-2014-08-31"),
            ("《预算法》", "yusuan-fa-2"),
        ] {
            assert_eq!(slugs.give(title, "2014-08-31"), id, "{title}");
        }
        assert!(slugs.give(&"很长的题目".repeat(40), "").len() <= LONGEST + 10);
        assert_eq!(slugs.give("《》", ""), "fagui");
    }
}
