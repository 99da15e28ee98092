//! [`number`]: a number or date of a spreadsheet as its cell shows it, by the cell's number format.

use crate::text::numeral;
use calamine::{ExcelDateTime, ExcelDateTimeType};

/// What an office in China sees for the formats that have a number instead of a code, dates above all.
pub(super) fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 => "yyyy/m/d",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        37 | 38 => "#,##0;(#,##0)",
        39 | 40 => "#,##0.00;(#,##0.00)",
        41 | 42 => "#,##0;-#,##0",
        43 | 44 => "#,##0.00;-#,##0.00",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        49 => "@",
        _ => return None,
    })
}

/// A number as shown under a format's code; what the code asks for beyond dates and plain numbers is left aside.
pub(super) fn number(value: f64, code: &str) -> String {
    date(&ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false), code)
}

/// The same for a value that knows from which day its workbook counts.
pub(super) fn date(at: &ExcelDateTime, code: &str) -> String {
    let value = at.as_f64();
    let sections = sections(code);
    let (section, value) = match (sections.get(1), sections.get(2)) {
        (Some(section), _) if value < 0.0 => (section, -value),
        (_, Some(section)) if value == 0.0 => (section, value),
        _ => (sections.first().unwrap_or(&"General"), value),
    };
    let tokens = tokens(section);
    if tokens.iter().any(|token| matches!(token, Token::Date(..) | Token::Elapsed)) {
        return moment(&tokens, at);
    }
    let digits = tokens.iter().any(|token| matches!(token, Token::Digit(_)));
    let known = tokens.iter().all(|token| !matches!(token, Token::Other));
    let words = !tokens.is_empty() && tokens.iter().all(|token| matches!(token, Token::Literal(_)));
    if words || digits && known { plain(&tokens, value) } else { general(value) }
}

/// A number without any format: no more digits than a spreadsheet keeps.
pub(super) fn general(value: f64) -> String {
    let kept: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    kept.to_string()
}

/// The parts of a code for positive numbers, negative ones, zero and words.
fn sections(code: &str) -> Vec<&str> {
    let (mut start, mut quoted) = (0, false);
    let mut parts = Vec::new();
    for (at, c) in code.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => {
                parts.push(code.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(code.get(start..).unwrap_or_default());
    parts
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Literal(String),
    /// A letter of dates and how often it stands there; `n` are minutes.
    Date(char, usize),
    /// Hours counted on beyond a day.
    Elapsed,
    /// `上午` or `下午`.
    Half,
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// Chinese numerals from here on.
    Chinese,
    /// Words, fractions, powers of ten.
    Other,
}

fn tokens(section: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = section;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        match c {
            '"' => {
                let inner = rest.get(1..).unwrap_or_default().split('"').next().unwrap_or_default();
                taken = (inner.len() + 2).min(rest.len());
                tokens.push(Token::Literal(inner.to_string()));
            }
            '\\' | '_' | '*' => {
                let next = rest.chars().nth(1);
                taken += next.map_or(0, char::len_utf8);
                tokens.extend(next.filter(|_| c == '\\').map(|next| Token::Literal(next.to_string())));
            }
            '[' => {
                let inner = rest.get(1..).unwrap_or_default().split(']').next().unwrap_or_default();
                taken = (inner.len() + 2).min(rest.len());
                let lower = inner.to_ascii_lowercase();
                if matches!(lower.as_str(), "h" | "hh") {
                    tokens.push(Token::Elapsed);
                } else if lower.starts_with("dbnum") {
                    tokens.push(Token::Chinese);
                }
            }
            '上' if rest.starts_with("上午/下午") => {
                taken = "上午/下午".len();
                tokens.push(Token::Half);
            }
            'A' | 'a' if rest.get(..5).is_some_and(|half| half.eq_ignore_ascii_case("am/pm")) => {
                taken = 5;
                tokens.push(Token::Half);
            }
            'G' if rest.starts_with("General") || rest.starts_with("G/") => {
                taken = rest.len();
                tokens.push(Token::Other);
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'a' => {
                let letter = c.to_ascii_lowercase();
                let count = rest.chars().take_while(|next| next.eq_ignore_ascii_case(&c)).count();
                taken = count;
                // After hours and before seconds an m is minutes.
                let last = tokens.iter().rev().find(|token| matches!(token, Token::Date(..) | Token::Elapsed));
                let minutes = letter == 'm' && matches!(last, Some(Token::Date('h', _) | Token::Elapsed));
                if letter == 's'
                    && let Some(before) = tokens.iter_mut().rfind(|token| matches!(token, Token::Date(..)))
                    && let Token::Date(own @ 'm', _) = before
                {
                    *own = 'n';
                }
                tokens.push(Token::Date(if minutes { 'n' } else { letter }, count));
            }
            '0' | '#' | '?' => tokens.push(Token::Digit(c)),
            '.' => tokens.push(Token::Point),
            ',' => tokens.push(Token::Comma),
            '%' => tokens.push(Token::Percent),
            '@' | 'E' | 'e' => tokens.push(Token::Other),
            c => tokens.push(Token::Literal(c.to_string())),
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    tokens
}

fn moment(tokens: &[Token], at: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let half = tokens.contains(&Token::Half);
    let mut chinese = false;
    let mut out = String::new();
    for token in tokens {
        let number = |n: u32, least: usize| match chinese {
            true => numeral::chinese(n),
            false => format!("{n:0least$}"),
        };
        match token {
            Token::Literal(words) => out.push_str(words),
            Token::Chinese => chinese = true,
            Token::Half => out.push_str(if hour < 12 { "上午" } else { "下午" }),
            Token::Elapsed => out.push_str(&number((at.as_f64().max(0.0) * 24.0 + 1e-6) as u32, 1)),
            Token::Date('y', count) => {
                let year = if *count <= 2 { format!("{:02}", year % 100) } else { year.to_string() };
                out.extend(year.chars().map(|digit| if chinese { chinese_digit(digit) } else { digit }));
            }
            Token::Date('m', count) => out.push_str(&number(month.into(), (*count).min(2))),
            Token::Date('d', count) if *count > 2 => out.push_str(&weekday(at, "星期")),
            Token::Date('a', count) => out.push_str(&weekday(at, if *count > 3 { "星期" } else { "" })),
            Token::Date('d', count) => out.push_str(&number(day.into(), (*count).min(2))),
            Token::Date('h', count) => {
                let hour = if half && hour > 12 { hour - 12 } else { hour };
                out.push_str(&number(hour.into(), (*count).min(2)));
            }
            Token::Date('n', count) => out.push_str(&number(minute.into(), (*count).min(2))),
            Token::Date(_, count) => out.push_str(&number(second.into(), (*count).min(2))),
            Token::Point => out.push('.'),
            Token::Comma => out.push(','),
            Token::Percent => out.push('%'),
            Token::Digit(_) | Token::Other => {}
        }
    }
    out.trim().to_string()
}

fn chinese_digit(digit: char) -> char {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    digit.to_digit(10).and_then(|n| digits.get(n as usize)).copied().unwrap_or(digit)
}

fn weekday(at: &ExcelDateTime, before: &str) -> String {
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    let day = jiff::civil::Date::new(year as i16, month as i8, day as i8).ok();
    let names = ["日", "一", "二", "三", "四", "五", "六"];
    let name = day.and_then(|day| names.get(day.weekday().to_sunday_zero_offset() as usize).copied());
    name.map(|name| format!("{before}{name}")).unwrap_or_default()
}

fn plain(tokens: &[Token], value: f64) -> String {
    let digit = |token: &&Token| matches!(token, Token::Digit(_));
    let last = tokens.iter().rposition(|token| digit(&token)).unwrap_or(0);
    let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(tokens.len());
    let whole: Vec<&Token> = tokens.iter().take(point).filter(digit).collect();
    let decimals: Vec<&Token> = tokens.iter().skip(point).filter(digit).collect();
    let least = whole.iter().filter(|token| ***token == Token::Digit('0')).count();
    let kept = decimals.iter().rposition(|token| **token == Token::Digit('0')).map_or(0, |at| at + 1);
    // A comma between digits groups them by thousands, one after the last digit divides.
    let grouped = tokens.iter().take(last).any(|token| *token == Token::Comma);
    let divided = tokens.iter().skip(last).filter(|token| **token == Token::Comma).count();
    let percent = tokens.iter().filter(|token| **token == Token::Percent).count();
    let scaled = value * 100f64.powi(percent as i32) / 1000f64.powi(divided as i32);
    let exact: f64 = format!("{scaled:.14e}").parse().unwrap_or(scaled);
    let rounded = format!("{:.*}", decimals.len(), away(exact.abs(), decimals.len()));
    let (number, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let mut number = if least == 0 && number == "0" { String::new() } else { format!("{number:0>least$}") };
    if grouped {
        number = thousands(&number);
    }
    let mut fraction = fraction.to_string();
    while fraction.len() > kept && fraction.ends_with('0') {
        fraction.pop();
    }
    if !fraction.is_empty() {
        number = format!("{number}.{fraction}");
    }
    if exact < 0.0 && number.contains(|c: char| c.is_ascii_digit() && c != '0') {
        number.insert(0, '-');
    }
    let mut out = String::new();
    let mut written = false;
    for token in tokens {
        match token {
            Token::Literal(words) => out.push_str(words),
            Token::Percent => out.push('%'),
            Token::Digit(_) | Token::Point if !written => {
                written = true;
                out.push_str(&number);
            }
            _ => {}
        }
    }
    out.trim().to_string()
}

/// A half is rounded away from zero, as people do.
fn away(value: f64, decimals: usize) -> f64 {
    let scale = 10f64.powi(decimals as i32);
    let scaled: f64 = format!("{:.14e}", value * scale).parse().unwrap_or(value * scale);
    if scale.is_finite() && scaled.is_finite() { scaled.round() / scale } else { value }
}

fn thousands(number: &str) -> String {
    let length = number.len();
    let mut out = String::new();
    for (at, digit) in number.chars().enumerate() {
        if at > 0 && (length - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_their_cells_show_them() {
        for (value, code, shown) in [
            (1.0, "General", "1"),
            (1.0, "0.0", "1.0"),
            (0.1 + 0.2, "General", "0.3"),
            (0.85, "0%", "85%"),
            (0.12345, "0.00%", "12.35%"),
            (1234567.5, "#,##0.00", "1,234,567.50"),
            (1234567.0, "#,##0", "1,234,567"),
            (-3.5, "0.00;(0.00)", "(3.50)"),
            (-3.5, "0.00", "-3.50"),
            (0.0, "0;-0;\"—\"", "—"),
            (7.0, "000", "007"),
            (0.5, "#.##", ".5"),
            (20.0, "0\"个工作日\"", "20个工作日"),
            (20.0, "0个工作日", "20个工作日"),
            (3.0, "第0项", "第3项"),
            (3.0, "\\第0\\项", "第3项"),
            (1.5, "@", "1.5"),
            (120000.0, "0.00E+00", "120000"),
            (1234567.0, "#,##0,\"千元\"", "1,235千元"),
            (5.0, "_ * #,##0_ ;_ * -#,##0_ ", "5"),
        ] {
            assert_eq!(number(value, code), shown, "{value} as {code}");
        }
    }

    #[test]
    fn dates_as_their_cells_show_them() {
        for (value, code, shown) in [
            (45352.0, "yyyy/m/d", "2024/3/1"),
            (45352.0, "yyyy-mm-dd", "2024-03-01"),
            (45352.0, "yyyy\"年\"m\"月\"d\"日\";@", "2024年3月1日"),
            (45352.0, "[$-804]yyyy年m月", "2024年3月"),
            (45352.0, "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", "二〇二四年三月一日"),
            (45352.0, "[$-804]aaaa;@", "星期五"),
            (45352.5625, "yyyy/m/d h:mm", "2024/3/1 13:30"),
            (45352.5625, "yyyy/m/d 上午/下午h:mm", "2024/3/1 下午1:30"),
            (45352.5625, "yy.mm.dd hh:mm:ss", "24.03.01 13:30:00"),
            (1.5, "[h]:mm", "36:00"),
            (0.0125, "mm:ss", "18:00"),
        ] {
            assert_eq!(number(value, code), shown, "{value} as {code}");
        }
        assert_eq!(built_in(57).map(|code| number(45352.0, code)).as_deref(), Some("2024年3月"));
        assert_eq!(built_in(31).map(|code| number(45352.0, code)).as_deref(), Some("2024年3月1日"));
    }
}
