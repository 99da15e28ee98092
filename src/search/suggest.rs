//! [`Suggestions`]: what a reader may mean while typing: titles, aliases, numbers, by their start, middle or initials.

use crate::law::Corpus;
use crate::text::fold;
use pinyin::ToPinyin;

/// A regulation offered under one of its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The name that fits.
    pub name: String,
    pub title: String,
    /// Id of the regulation.
    pub regulation: String,
    /// Nothing fits, and this name is near: a "did you mean".
    pub near: bool,
}

struct Entry {
    name: String,
    key: String,
    /// yusuanfa
    pinyin: String,
    /// ysf
    initials: String,
    /// Position of the regulation.
    at: usize,
}

/// All names of a corpus, ready to be asked.
pub struct Suggestions {
    entries: Vec<Entry>,
    titles: Vec<(String, String)>,
}

/// The longest name that a typing error is looked for in.
const LONGEST: usize = 40;

impl Suggestions {
    pub fn of(corpus: &Corpus) -> Self {
        let mut entries = Vec::new();
        for (at, regulation) in corpus.regulations().iter().enumerate() {
            let mut names: Vec<String> = regulation.names().map(str::to_string).collect();
            let short = regulation.title.strip_prefix("中华人民共和国").map(str::to_string);
            names.extend(short.filter(|short| !regulation.aliases.contains(short)));
            names.extend(regulation.versions.iter().filter_map(|v| v.number.as_ref().map(ToString::to_string)));
            entries.extend(names.into_iter().map(|name| Entry::of(name, at)));
        }
        let titles = corpus.regulations().iter().map(|r| (r.title.clone(), r.id.clone())).collect();
        Suggestions { entries, titles }
    }

    /// At most `limit` regulations whose names fit what was typed, one name each, the best first.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        let typed = fold::key(&super::traditional::simplified(typed)).to_lowercase();
        if typed.is_empty() {
            return Vec::new();
        }
        let mut fits: Vec<(u8, usize, usize)> = Vec::new();
        for (position, entry) in self.entries.iter().enumerate() {
            if let Some(rank) = entry.fit(&typed) {
                fits.push((rank, entry.key.chars().count(), position));
            }
        }
        let near = fits.is_empty();
        if near {
            fits = self.near(&typed);
        }
        fits.sort_unstable();
        let mut found: Vec<Suggestion> = Vec::new();
        for entry in fits.into_iter().filter_map(|(.., position)| self.entries.get(position)) {
            let Some((title, regulation)) = self.titles.get(entry.at) else { continue };
            if found.len() == limit {
                break;
            }
            if found.iter().all(|known| known.regulation != *regulation) {
                let (title, regulation) = (title.clone(), regulation.clone());
                found.push(Suggestion { name: entry.name.clone(), title, regulation, near });
            }
        }
        found
    }

    /// Names within a typing error of what was typed: one wrong character in four.
    fn near(&self, typed: &str) -> Vec<(u8, usize, usize)> {
        let length = typed.chars().count();
        let allowed = length / 4;
        if allowed == 0 || length > LONGEST {
            return Vec::new();
        }
        let close = self.entries.iter().enumerate().filter_map(|(position, entry)| {
            if entry.key.chars().count().abs_diff(length) > allowed {
                return None;
            }
            let distance = strsim::osa_distance(typed, &entry.key);
            (distance <= allowed).then_some((distance.min(255) as u8, 0, position))
        });
        close.collect()
    }
}

impl Entry {
    fn of(name: String, at: usize) -> Self {
        let key = fold::key(&name).to_lowercase();
        let (mut pinyin, mut initials) = (String::new(), String::new());
        for (c, sound) in key.chars().zip(key.as_str().to_pinyin()) {
            match sound {
                Some(sound) => {
                    pinyin.push_str(sound.plain());
                    initials.push_str(sound.first_letter());
                }
                None => {
                    pinyin.push(c);
                    initials.push(c);
                }
            }
        }
        Entry { name, key, pinyin, initials, at }
    }

    /// How well it fits, 0 best; `None`: not at all.
    fn fit(&self, typed: &str) -> Option<u8> {
        let latin = typed.bytes().all(|b| b.is_ascii_alphanumeric());
        if self.key == typed {
            Some(0)
        } else if latin && self.initials == typed {
            Some(1)
        } else if self.key.starts_with(typed) {
            Some(2)
        } else if latin && (self.initials.starts_with(typed) || self.pinyin.starts_with(typed)) {
            Some(3)
        } else if self.key.contains(typed) {
            Some(4)
        } else {
            None
        }
    }
}
