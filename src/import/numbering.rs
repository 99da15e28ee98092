//! [`Numbering`]: the numbers that Word writes before paragraphs by itself, as the page shows them.

use super::xml::Element;
use crate::text::numeral;
use std::collections::BTreeMap;

/// Levels deeper than this are not counted.
const DEPTH: usize = 9;

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// List → the pattern it follows.
    lists: BTreeMap<u32, u32>,
    patterns: BTreeMap<u32, Vec<Level>>,
    counters: BTreeMap<u32, Vec<u32>>,
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    /// `decimal`, `chineseCounting` …
    format: String,
    /// `（%1）`.
    text: String,
}

impl Numbering {
    /// From the root of `word/numbering.xml`.
    pub fn of(root: &Element) -> Self {
        let mut numbering = Numbering::default();
        let Some(list) = root.child("numbering") else { return numbering };
        for element in list.elements() {
            match element.name.as_str() {
                "abstractNum" => {
                    let levels = element.elements().filter(|child| child.name == "lvl").map(level).take(DEPTH);
                    numbering.patterns.extend(element.number("abstractNumId").map(|id| (id, levels.collect())));
                }
                "num" => {
                    let pattern = element.child("abstractNumId").and_then(|own| own.number("val"));
                    numbering.lists.extend(element.number("numId").zip(pattern));
                }
                _ => {}
            }
        }
        numbering
    }

    /// The number before a paragraph with these properties; `None` where it is not known how it looks.
    pub fn next(&mut self, properties: &Element) -> Option<String> {
        let own = |name: &str| properties.child(name).and_then(|child| child.number("val"));
        let list = own("numId")?;
        // List 0 takes the number of a style away.
        if list == 0 {
            return Some(String::new());
        }
        let depth = own("ilvl").unwrap_or(0) as usize;
        let pattern = *self.lists.get(&list)?;
        let levels = self.patterns.get(&pattern)?;
        let level = levels.get(depth)?;
        // Lists of one pattern go on counting together.
        let counters = self.counters.entry(pattern).or_insert_with(|| vec![0; DEPTH]);
        for (at, counter) in counters.iter_mut().enumerate() {
            let start = levels.get(at).map_or(1, |level| level.start);
            match at.cmp(&depth) {
                std::cmp::Ordering::Less if *counter == 0 => *counter = start,
                std::cmp::Ordering::Equal => *counter = if *counter == 0 { start } else { counter.saturating_add(1) },
                std::cmp::Ordering::Greater => *counter = 0,
                std::cmp::Ordering::Less => {}
            }
        }
        let mut text = level.text.clone();
        for (at, counter) in counters.iter().enumerate().take(depth + 1) {
            let mark = format!("%{}", at + 1);
            if text.contains(&mark) {
                text = text.replace(&mark, &shown(*counter, &levels.get(at)?.format)?);
            }
        }
        // Bullets are drawn with characters of symbol fonts.
        let symbol = |c: char| ('\u{E000}'..='\u{F8FF}').contains(&c);
        Some(text.chars().filter(|c| !symbol(*c)).collect())
    }
}

fn level(element: &Element) -> Level {
    let value = |name: &str| element.child(name).and_then(|child| child.attribute("val"));
    Level {
        start: value("start").and_then(|start| start.parse().ok()).unwrap_or(1),
        format: value("numFmt").unwrap_or("decimal").to_string(),
        text: value("lvlText").unwrap_or_default().to_string(),
    }
}

/// A number in one of the ways that Word counts; `None` for those that Chinese documents do not use.
fn shown(number: u32, format: &str) -> Option<String> {
    let letter = |first: char| char::from_u32(first as u32 + number.checked_sub(1)?).filter(|_| number <= 26);
    Some(match format {
        "decimal" => number.to_string(),
        "decimalZero" => format!("{number:02}"),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital" => numeral::chinese(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&number) => {
            char::from_u32('①' as u32 + number - 1)?.to_string()
        }
        "decimalFullWidth" => number.to_string().chars().filter_map(|c| char::from_u32(c as u32 + 0xFEE0)).collect(),
        "lowerLetter" => letter('a')?.to_string(),
        "upperLetter" => letter('A')?.to_string(),
        "lowerRoman" if number <= 10 => ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
            .get((number as usize).checked_sub(1)?)?
            .to_string(),
        "bullet" | "none" => String::new(),
        _ => return None,
    })
}
