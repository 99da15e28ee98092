//! [`Run`]s: which words of a quotation stand, in the same order, in a stretch of official words.

/// `len` equal words, from `quote` in the quotation and from `official` in the official words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub quote: usize,
    pub official: usize,
    pub len: usize,
}

/// A window up to this size on both sides is compared word by word, a larger one through its pairs of words.
const SMALL: usize = 40;
/// Shorter runs in a large window are chance.
const LEAST: usize = 4;

/// The longest common run first, then the same on both sides of it: words that belong together stay together.
pub fn runs(quote: &[char], official: &[char]) -> Vec<Run> {
    let pairs = Pairs::of(official);
    let mut found = Vec::new();
    let mut scratch = Scratch::new(official.len());
    let mut windows = vec![((0, quote.len()), (0, official.len()))];
    while let Some((q, o)) = windows.pop() {
        let (q_len, o_len) = (q.1 - q.0, o.1 - o.0);
        let least = match q_len.max(o_len) {
            0..=8 => 1,
            9..=SMALL => 2,
            _ => LEAST.min(quote.len()),
        };
        if q_len.min(o_len) < least.max(1) {
            continue;
        }
        let run = if q_len.max(o_len) <= SMALL {
            longest_small(quote, official, q, o)
        } else {
            longest(quote, &pairs, &mut scratch, q, o)
        };
        if run.len < least {
            continue;
        }
        windows.push(((q.0, run.quote), (o.0, run.official)));
        windows.push(((run.quote + run.len, q.1), (run.official + run.len, o.1)));
        found.push(run);
    }
    found.sort_by_key(|run| run.quote);
    found
}

/// Every pair of neighbouring words and where it stands.
struct Pairs(Vec<(u64, u32)>);

impl Pairs {
    fn of(chars: &[char]) -> Self {
        let mut pairs: Vec<(u64, u32)> =
            chars.windows(2).enumerate().map(|(at, w)| (pair(w[0], w[1]), at as u32)).collect();
        pairs.sort_unstable();
        Pairs(pairs)
    }

    fn at(&self, key: u64, within: (usize, usize)) -> &[(u64, u32)] {
        let from = self.0.partition_point(|&p| p < (key, within.0 as u32));
        let rest = &self.0[from..];
        let to = rest.partition_point(|&p| p < (key, within.1.saturating_sub(1) as u32));
        &rest[..to]
    }
}

fn pair(a: char, b: char) -> u64 {
    (u64::from(a as u32) << 32) | u64::from(b as u32)
}

/// Length of the run of pairs that ends at each official word, and the quotation's word it was written for.
struct Scratch {
    len: Vec<u32>,
    stamp: Vec<u32>,
    clock: u32,
}

impl Scratch {
    fn new(size: usize) -> Self {
        Scratch { len: vec![0; size + 1], stamp: vec![0; size + 1], clock: 1 }
    }
}

fn longest(quote: &[char], pairs: &Pairs, scratch: &mut Scratch, q: (usize, usize), o: (usize, usize)) -> Run {
    let mut best = Run { quote: q.0, official: o.0, len: 0 };
    let near_end = q.0 == 0 && q.1 < quote.len();
    // A gap in the clock keeps the stamps of this window apart from those of the last one.
    scratch.clock += 2;
    for at in q.0..q.1.saturating_sub(1) {
        scratch.clock += 1;
        for &(_, place) in pairs.at(pair(quote[at], quote[at + 1]), o).iter().rev() {
            let place = place as usize;
            let before =
                if place > 0 && scratch.stamp[place - 1] == scratch.clock - 1 { scratch.len[place - 1] } else { 0 };
            scratch.len[place] = before + 1;
            scratch.stamp[place] = scratch.clock;
            let len = before as usize + 2;
            if beats(len, at + 2, &best, near_end) {
                best = Run { quote: at + 2 - len, official: place + 2 - len, len };
            }
        }
    }
    best
}

fn longest_small(quote: &[char], official: &[char], q: (usize, usize), o: (usize, usize)) -> Run {
    let mut best = Run { quote: q.0, official: o.0, len: 0 };
    let near_end = q.0 == 0 && q.1 < quote.len();
    let mut lens = [0usize; SMALL + 1];
    for (at, word) in quote.iter().enumerate().take(q.1).skip(q.0) {
        for place in (o.0..o.1).rev() {
            let column = place - o.0;
            lens[column + 1] = if *word == official[place] { lens[column] + 1 } else { 0 };
            let len = lens[column + 1];
            if beats(len, at + 1, &best, near_end) {
                best = Run { quote: at + 1 - len, official: place + 1 - len, len };
            }
        }
    }
    best
}

/// Longer wins; of equal ones (places are tried from the last to the first) the nearest to the words already aligned:
/// those before the window, or at the start of the quotation those after it.
fn beats(len: usize, quote_end: usize, best: &Run, near_end: bool) -> bool {
    len > best.len || (len == best.len && !near_end && best.quote + best.len == quote_end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn aligned(quote: &str, official: &str) -> Vec<String> {
        let (q, o): (Vec<char>, Vec<char>) = (quote.chars().collect(), official.chars().collect());
        runs(&q, &o).iter().map(|r| q[r.quote..r.quote + r.len].iter().collect()).collect()
    }

    #[test]
    fn words_that_belong_together_stay_together() {
        for (quote, official, parts) in [
            ("财政预算决算信息", "财政预算决算信息", vec!["财政预算决算信息"]),
            ("试行政处罚的依据", "实施行政处罚的依据", vec!["行政处罚的依据"]),
            ("应细化到地区", "应当细化到地区", vec!["应", "细化到地区"]),
            ("甲乙丙丁", "子丑寅卯", vec![]),
            ("", "甲", vec![]),
        ] {
            assert_eq!(aligned(quote, official), parts, "{quote}");
        }
    }

    proptest! {
        #[test]
        fn runs_are_equal_ordered_and_apart(quote in "[甲乙丙丁戊]{0,90}", official in "[甲乙丙丁戊]{0,90}") {
            let (q, o): (Vec<char>, Vec<char>) = (quote.chars().collect(), official.chars().collect());
            let runs = runs(&q, &o);
            for run in &runs {
                prop_assert_eq!(&q[run.quote..run.quote + run.len], &o[run.official..run.official + run.len]);
            }
            for two in runs.windows(2) {
                prop_assert!(two[0].quote + two[0].len <= two[1].quote);
                prop_assert!(two[0].official + two[0].len <= two[1].official);
            }
        }
        #[test]
        fn a_text_is_wholly_found_in_itself_with_words_around(text in "[甲乙丙丁戊己庚辛]{4,60}", around in "[子丑寅卯]{0,50}") {
            let official = format!("{around}{text}{around}");
            let (q, o): (Vec<char>, Vec<char>) = (text.chars().collect(), official.chars().collect());
            prop_assert_eq!(runs(&q, &o).iter().map(|r| r.len).sum::<usize>(), q.len());
        }
    }
}
