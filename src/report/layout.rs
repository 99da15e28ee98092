//! [`Run`]: words with a tone, and their layout in columns that stay right when a character is two columns wide.

use std::collections::VecDeque;
use unicode_width::UnicodeWidthChar;

/// How words are set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    /// The words a finding is about.
    Mark,
    /// In the quotation only.
    Delete,
    /// In the official text only.
    Insert,
    /// Says where words are left out, or names a place.
    Faint,
}

/// Words of one tone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub tone: Tone,
    pub text: String,
}

impl Run {
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Run { tone, text: text.into() }
    }

    pub fn plain(text: impl Into<String>) -> Self {
        Run::new(Tone::Plain, text)
    }
}

/// One line of a column: characters with their tones, and its width on a terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pub runs: Vec<Run>,
    pub width: usize,
}

/// Columns that a character takes on a terminal.
pub fn width_of(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Columns that a text takes on a terminal, control characters made visible.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| width_of(visible(c))).sum()
}

/// Untrusted words must not steer a terminal, turn the direction of the page, or hide in words that look like others.
pub fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{061C}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{E0000}'..='\u{E007F}' => '\u{FFFD}',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    }
}

/// A text whose words can steer nothing; its lines stay.
pub fn inert(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { visible(c) }).collect()
}

/// Marks that no line begins with.
const NO_START: &str = "，。、；：？！）》〉」』】〕”’…,.;:?!)]}";

/// Marks that no line ends with.
const NO_END: &str = "（《〈「『【〔“‘([{";

/// Breaks runs into lines at most `columns` wide, anywhere but before a closing mark or after an opening one.
pub fn wrap(runs: &[Run], columns: usize) -> Vec<Line> {
    let columns = columns.max(4);
    let mut lines = Vec::new();
    let mut line: Vec<(Tone, char)> = Vec::new();
    let mut taken = 0;
    let mut finish = |line: &mut Vec<(Tone, char)>| lines.push(set(std::mem::take(line)));
    for (tone, c) in runs.iter().flat_map(|run| run.text.chars().map(|c| (run.tone, c))) {
        if c == '\n' {
            finish(&mut line);
            taken = 0;
            continue;
        }
        let c = visible(c);
        let own = width_of(c);
        if taken + own > columns {
            let carried = carry(&mut line, c, columns);
            finish(&mut line);
            line.extend(carried);
            taken = line.iter().map(|(_, c)| width_of(*c)).sum();
        }
        taken += own;
        line.push((tone, c));
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(set(line));
    }
    lines
}

/// Takes from the end of a full line what has to stand together with `next` on the line after it.
fn carry(line: &mut Vec<(Tone, char)>, next: char, columns: usize) -> VecDeque<(Tone, char)> {
    let mut carried = VecDeque::new();
    let mut first = next;
    let mut taken = width_of(next);
    while let Some(&(_, last)) = line.last()
        && (NO_START.contains(first) || NO_END.contains(last))
        && line.len() > 1
        && taken + width_of(last) <= columns
    {
        taken += width_of(last);
        first = last;
        line.pop().into_iter().for_each(|last| carried.push_front(last));
    }
    carried
}

fn set(chars: Vec<(Tone, char)>) -> Line {
    let mut line = Line::default();
    for (tone, c) in chars {
        line.width += width_of(c);
        match line.runs.last_mut().filter(|run| run.tone == tone) {
            Some(run) => run.text.push(c),
            None => line.runs.push(Run::new(tone, c)),
        }
    }
    line
}

/// `text` in at most `chars` characters, what is left out shown by …
pub fn shorten(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        None => text.to_string(),
        Some(_) => {
            let end = text.char_indices().nth(chars.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
            format!("{}…", text.get(..end).unwrap_or(text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str, columns: usize) -> Vec<String> {
        let text_of = |line: &Line| line.runs.iter().map(|run| run.text.as_str()).collect();
        wrap(&[Run::plain(text)], columns).iter().map(text_of).collect()
    }

    #[test]
    fn lines_break_by_columns_and_never_before_a_closing_mark() {
        assert_eq!(lines("财政预算、决算信息", 8), ["财政预", "算、决算", "信息"]);
        assert_eq!(lines("abc财政", 6), ["abc财", "政"]);
        assert_eq!(lines("第（七）项", 6), ["第", "（七）", "项"]);
        assert_eq!(lines("一\n二", 8), ["一", "二"]);
        assert_eq!(lines("", 8), [""]);
        assert_eq!(lines("\u{1b}[31m红", 20), ["\u{FFFD}[31m红"], "a cell cannot steer the terminal");
    }

    #[test]
    fn a_long_text_is_shortened_where_it_says_so() {
        assert_eq!(shorten("财政预算", 4), "财政预算");
        assert_eq!(shorten("财政预算、决算", 4), "财政预…");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_character_is_lost(text in "[a-z财政，。《》\n]{0,60}", columns in 4usize..20) {
            let lines = wrap(&[Run::plain(text.clone())], columns);
            prop_assert!(lines.iter().all(|line| line.width <= columns));
            let joined: String = lines.iter().flat_map(|l| l.runs.iter().map(|r| r.text.as_str())).collect();
            prop_assert_eq!(joined, text.replace('\n', ""));
        }
    }
}
