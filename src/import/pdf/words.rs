//! [`Word`]: the words of a page with their places (as pdftotext writes them), and the lines and cells they make.

use crate::import::{ImportError, xml};

/// A word and the box around it, in points from the page's upper left.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Word {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    pub text: String,
}

impl Word {
    pub fn middle(&self) -> (f32, f32) {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    fn height(&self) -> f32 {
        (self.bottom - self.top).max(1.0)
    }

    /// How wide one of its letters is.
    fn letter(&self) -> f32 {
        let letters: f32 = self.text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum();
        (self.right - self.left) / letters.max(0.5)
    }
}

/// The words of every page.
pub(super) fn pages(boxes: &str) -> Result<Vec<Vec<Word>>, ImportError> {
    let root = xml::parse(boxes, "PDF")?;
    let doc = root.child("html").and_then(|html| html.child("body")).and_then(|body| body.child("doc"));
    let pages = doc.into_iter().flat_map(|doc| doc.elements()).filter(|element| element.name == "page");
    let word = |element: &xml::Element| {
        let number = |name: &str| element.attribute(name).and_then(|n| n.parse::<f32>().ok()).filter(|n| n.is_finite());
        Some(Word {
            left: number("xMin")?,
            top: number("yMin")?,
            right: number("xMax")?,
            bottom: number("yMax")?,
            text: element.text(),
        })
    };
    Ok(pages.map(|page| page.elements().filter_map(word).collect()).collect())
}

/// Words as lines from top to bottom, each from left to right.
pub(super) fn lines(mut words: Vec<&Word>) -> Vec<Vec<&Word>> {
    words.sort_by(|a, b| a.middle().1.total_cmp(&b.middle().1));
    let mut lines: Vec<Vec<&Word>> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line)
                if line.first().is_some_and(|first| {
                    (word.middle().1 - first.middle().1).abs() < first.height().min(word.height()) * 0.5
                }) =>
            {
                line.push(word);
            }
            _ => lines.push(vec![word]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    lines
}

/// The words of one line as text: blanks where the page has room between them.
pub(super) fn line(words: &[&Word]) -> String {
    let mut text = String::new();
    let mut before: Option<&Word> = None;
    for word in words {
        if let Some(before) = before {
            let gap = word.left - before.right;
            let latin = text.ends_with(|c: char| c.is_ascii()) && word.text.starts_with(|c: char| c.is_ascii());
            if latin || gap > before.letter() * 0.6 {
                text.push(' ');
            }
        }
        text.push_str(&word.text);
        before = Some(word);
    }
    text
}

/// The text of a cell, and how it fills its box: what tells whether it goes on in the box of the next page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Filled {
    pub text: String,
    /// Room that its last line leaves, and that its first line would have needed at the end of a line before.
    room: f32,
    need: f32,
    /// Distance of the words from the upper and lower line, in lines.
    above: f32,
    below: f32,
    /// Height of the box and of its lines, in points.
    tall: f32,
    line: f32,
}

impl Filled {
    /// The words of a cell: a line that was full goes on in the next, one that had room ended there.
    pub fn of(words: Vec<&Word>, (left, right): (f32, f32), (top, bottom): (f32, f32)) -> Filled {
        // Room at the right of a cell is kept free as at its left.
        let padding = words.iter().map(|word| word.left - left).fold(f32::MAX, f32::min).clamp(0.0, 8.0);
        let mut filled = Filled { tall: bottom - top, ..Filled::default() };
        for words in lines(words) {
            let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
            let own = line(&words);
            if filled.text.is_empty() {
                filled.need = needed(first);
                filled.above = (first.top - top) / first.height();
            } else {
                link(&mut filled.text, &own, needed(first) > filled.room);
            }
            filled.text.push_str(&own);
            filled.room = right - padding * 0.9 - last.right;
            filled.below = (bottom - last.bottom) / last.height();
            filled.line = last.height();
        }
        filled
    }

    /// Whether the words run to the end of their box and on from the beginning of the next.
    pub fn goes_on_in(&self, next: &Filled) -> bool {
        self.reaches(next) && next.need > self.room
    }

    /// Whether words stand at the end of their box and at the beginning of the next.
    pub fn reaches(&self, next: &Filled) -> bool {
        self.below < 1.2 && next.above < 1.2
    }

    /// Whether the words stand in the middle of their box and of the empty one on the page before together.
    pub fn centred_with(&self, before: &Filled) -> bool {
        let (lower, tall) = ((self.below - self.above) * self.line, before.tall);
        lower > tall * 0.5 && lower < tall * 1.5
    }

    pub fn join(&mut self, next: &Filled) {
        link(&mut self.text, &next.text, next.need > self.room);
        self.text.push_str(&next.text);
        (self.room, self.below) = (next.room, next.below);
    }
}

/// What stands between two lines: nothing where the first was full, a blank between Latin words.
fn link(text: &mut String, next: &str, full: bool) {
    if !full {
        text.push('\n');
    } else if text.ends_with(|c: char| c.is_ascii_alphanumeric()) && next.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        text.push(' ');
    }
}

/// The room that the beginning of a line would have needed at the end of the line before: what must not be parted.
fn needed(first: &Word) -> f32 {
    let opening = |c: &char| matches!(c, '《' | '（' | '(' | '〔' | '“' | '【' | '〈' | '‘');
    let closing = |c: &char| {
        matches!(c, '》' | '）' | ')' | '〕' | '”' | '】' | '〉' | '’' | '，' | '。' | '、' | '；' | '：' | '！' | '？')
    };
    let wide = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
    let mut letters = first.text.chars().peekable();
    let mut width = 0.0;
    while let Some(letter) = letters.next() {
        width += wide(letter);
        let parted = match letters.peek() {
            Some(next) if closing(next) => false,
            Some(next) => !(opening(&letter) || letter.is_ascii_alphanumeric() && next.is_ascii_alphanumeric()),
            None => true,
        };
        if parted {
            break;
        }
    }
    width * first.letter()
}
