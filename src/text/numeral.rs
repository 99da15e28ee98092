//! Numerals as regulations write them: 二十, 一百零一, 廿一, 二〇一九, 20, ２０ and mixed.

/// The largest number read; longer runs are no ordinal of anything.
const LIMIT: u32 = 99_999_999;

/// Whether `c` may stand in a numeral.
pub fn is_numeral(c: char) -> bool {
    digit(c).is_some() || unit(c).is_some() || matches!(c, '廿' | '卅')
}

/// Reads a whole string as a number; `None` when it is empty, holds anything else, or exceeds 99,999,999.
pub fn parse(text: &str) -> Option<u32> {
    let (value, read) = prefix(text)?;
    (read == text.len()).then_some(value)
}

/// Reads the longest numeral at the start of `text`: its value and its length in bytes.
pub fn prefix(text: &str) -> Option<(u32, usize)> {
    let end = text.char_indices().find(|&(_, c)| !is_numeral(c)).map_or(text.len(), |(at, _)| at);
    let value = value(&text[..end])?;
    Some((value, end))
}

fn value(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    if text.chars().all(|c| digit(c).is_some()) {
        return positional(text.chars());
    }
    let (mut total, mut section, mut pending) = (0u32, 0u32, None::<u32>);
    for c in text.chars() {
        match c {
            '廿' => section = section.checked_add(20)?,
            '卅' => section = section.checked_add(30)?,
            _ => match (digit(c), unit(c)) {
                (Some(0), _) if pending.is_none() => {}
                (Some(d), _) => pending = Some(pending.unwrap_or(0).checked_mul(10)?.checked_add(d)?),
                (None, Some(10_000)) => {
                    let myriads = section.checked_add(pending.take().unwrap_or(0)).filter(|&n| n > 0 && total == 0)?;
                    total = myriads.checked_mul(10_000)?;
                    section = 0;
                }
                (None, Some(u)) => section = section.checked_add(pending.take().unwrap_or(1).checked_mul(u)?)?,
                (None, None) => return None,
            },
        }
        if total > LIMIT || section > LIMIT {
            return None;
        }
    }
    let value = total.checked_add(section)?.checked_add(pending.unwrap_or(0))?;
    (value <= LIMIT).then_some(value)
}

fn positional(digits: impl Iterator<Item = char>) -> Option<u32> {
    let mut value = 0u32;
    for d in digits {
        value = value.checked_mul(10)?.checked_add(digit(d)?)?;
    }
    (value <= LIMIT).then_some(value)
}

/// Prints a number the way the drafting rules number provisions: 十, 二十, 一百零一, 一百一十.
pub fn chinese(n: u32) -> String {
    if n == 0 {
        return "零".into();
    }
    let mut out = String::new();
    if n >= 10_000 {
        out.push_str(&chinese(n / 10_000));
        out.push('万');
        if n.is_multiple_of(10_000) {
            return out;
        }
        if n % 10_000 < 1_000 {
            out.push('零');
        }
        return out + &below_ten_thousand(n % 10_000, true);
    }
    below_ten_thousand(n, false)
}

/// `inner`: digits of higher rank stand before, so 10 is 一十, not 十.
fn below_ten_thousand(n: u32, inner: bool) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let mut out = String::new();
    let mut gap = false;
    for (scale, name) in [(1000, '千'), (100, '百'), (10, '十'), (1, ' ')] {
        let d = n / scale % 10;
        if d == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        if !(scale == 10 && d == 1 && out.is_empty() && !inner) {
            out.push(DIGITS[d as usize]);
        }
        if name != ' ' {
            out.push(name);
        }
    }
    out
}

fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' | 'Ｏ' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '０'..='９' => c as u32 - '０' as u32,
        _ => return c.to_digit(10),
    })
}

fn unit(c: char) -> Option<u32> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        '万' => 10_000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_every_written_form() {
        for (text, value) in [
            ("二十", 20),
            ("十", 10),
            ("十五", 15),
            ("一百零一", 101),
            ("一百一十", 110),
            ("一百二十", 120),
            ("廿一", 21),
            ("卅", 30),
            ("二〇一九", 2019),
            ("20", 20),
            ("２０", 20),
            ("1百20", 120),
            ("两", 2),
            ("一千二百六十", 1260),
            ("一万零一十", 10_010),
            ("00", 0),
        ] {
            assert_eq!(parse(text), Some(value), "{text}");
        }
        for text in ["", "条", "二十条", "99999999999", "万万万万", "第二十"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(prefix("二十条第七项"), Some((20, 6)));
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(n in 0u32..99_999) {
            prop_assert_eq!(parse(&chinese(n)), Some(n));
        }
        #[test]
        fn anything_is_read_without_panic(text in "[零〇一二三九十百千万廿卅0-9]{0,30}") {
            let _ = parse(&text);
        }
    }
}
