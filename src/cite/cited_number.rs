//! Document numbers as people write them: [`read`] after a title, [`ending_at`] back from 号 in running text.

use super::citation::CitedNumber;
use super::cursor::{Cursor, before, is_han, is_space, plain};
use super::title::clean;
use crate::law::number::DocumentNumber;
use crate::text::Span;
use crate::text::numeral;

/// Longest run of characters before the year or 令 that may name who issued it.
const LONGEST_CODE: usize = 64;
const YEARS: std::ops::Range<u32> = 1949..2100;

fn is_code(c: char) -> bool {
    is_han(c) || c.is_ascii_alphabetic()
}

/// Reads one number at `c`: 国办发〔2017〕47号, 国务院令第711号, 第711号国务院令.
pub(super) fn read(c: &mut Cursor) -> Option<CitedNumber> {
    written(c, false)
}

/// As [`read`], where only a number is to be expected: its year may stand without any bracket, 国办发2017 47号.
pub(super) fn read_in_bracket(c: &mut Cursor) -> Option<CitedNumber> {
    written(c, true)
}

fn written(c: &mut Cursor, expected: bool) -> Option<CitedNumber> {
    let from = c.at;
    // 发文字号：X, 文号X: what the number is called.
    c.eat_word(&["发文字号", "发文号", "文件编号", "文号", "令号"]);
    c.eat_any(&[':']);
    c.skip_space();
    let start = c.at;
    let ordered = c.peek() == Some('第') && before(c.text, start) == Some('令');
    let number = if ordered { None } else { reversed(c) };
    let number = number.or_else(|| {
        c.at = start;
        forward(c, expected)
    });
    // 国家税务总局公告2016年第34号, 国家税务总局2016年第34号公告: one word tells it from a letter's number.
    let announced = |code: &str, c: &Cursor| ANNOUNCED.iter().any(|kind| code.contains(kind)) || c.sees(ANNOUNCED);
    let number = number.filter(|number| !matches!(number, DocumentNumber::Letter { code, .. } if announced(code, c)));
    let read = number.is_some() || {
        c.at = start;
        announcement(c)
    };
    if !read {
        c.at = from;
        return None;
    }
    let span = c.span_from(start);
    let number = number.or_else(|| DocumentNumber::parse(span.of(c.text)).ok());
    Some(CitedNumber { text: span.of(c.text).to_string(), span, number, own: true })
}

/// What an announcement calls itself, in its number.
pub(super) const ANNOUNCED: &[&str] = &["公告", "通告"];

/// 国家税务总局公告2019年第48号, 公告〔2018〕第3号, 海关总署公告第5号, 财政部2018年第9号公告: told apart from other numbers
/// by 公告 or 通告; without an issuer it is given as written.
fn announcement(c: &mut Cursor) -> bool {
    let from = c.at;
    for _ in 0..LONGEST_CODE {
        match c.peek() {
            Some('公' | '通') if c.eat_word(ANNOUNCED).is_some() => return announced(c),
            Some('第') => break,
            Some(next) if is_code(next) || is_space(next) || (next == '、' && c.at > from) => c.bump(),
            _ => break,
        }
    }
    if year(c).is_some() && !c.eat("年") {
        return false;
    }
    c.eat("第") && c.numeral().is_some() && c.eat("号") && c.eat_word(ANNOUNCED).is_some()
}

/// What stands behind 公告: （2018年第28号）, 〔2018〕第3号, 第5号.
fn announced(c: &mut Cursor) -> bool {
    let mut open = c.eat_any(&['(', '〔', '[', '【']).is_some();
    let dated = year(c).is_some();
    if dated {
        open &= c.eat_any(&[')', '〕', ']', '】']).is_none();
        c.eat("年");
    }
    let counted = (c.eat("第") || dated) && c.numeral().is_some() && c.eat("号");
    if open {
        c.eat_any(&[')', '〕', ']', '】']);
    }
    counted
}

/// 第711号国务院令, 第22号主席令.
fn reversed(c: &mut Cursor) -> Option<DocumentNumber> {
    let di = c.eat("第");
    let (number, _) = c.numeral()?;
    if !di || !c.eat("号") {
        return None;
    }
    let (issuer, end) = issuer_before_order(c)?;
    c.at = end;
    Some(DocumentNumber::Order { issuer, year: None, number })
}

/// The words up to 令, and the place after it.
fn issuer_before_order(c: &Cursor) -> Option<(String, usize)> {
    let mut ahead = c.clone();
    ahead.skip_space();
    let start = ahead.at;
    for _ in 0..LONGEST_CODE {
        match ahead.peek() {
            Some('令') if ahead.at > start => {
                let issuer = clean(Span::new(start, ahead.at).of(c.text));
                ahead.bump();
                return order_issuer(&issuer).map(|issuer| (issuer, ahead.at));
            }
            Some(next) if is_code(next) || is_space(next) || (next == '、' && ahead.at > start) => ahead.bump(),
            _ => return None,
        }
    }
    None
}

/// Who gives orders: the name without 中华人民共和国, when it ends as the name of an office does.
fn order_issuer(words: &str) -> Option<String> {
    let issuer = words.strip_prefix("中华人民共和国").filter(|w| !w.is_empty()).unwrap_or(words);
    // 国令第711号 is how the State Council's own list of documents writes it.
    let issuer = if issuer == "国" { "国务院" } else { issuer };
    (is_office(issuer) && !tells_event(issuer)).then(|| issuer.to_string())
}

/// 国务院批准 公安部令第5号: what happened to a text stands between two offices.
fn tells_event(words: &str) -> bool {
    ["批准", "通过", "公布", "发布", "修订", "修正", "印发", "施行"].iter().any(|event| words.contains(event))
}

/// Whether words end as the name of an office does.
pub(super) fn is_office(words: &str) -> bool {
    words.ends_with(|end| "院席部会府局署行委办厅军室团国".contains(end))
}

fn forward(c: &mut Cursor, expected: bool) -> Option<DocumentNumber> {
    let start = c.at;
    let mut code_end = start;
    let mut order = false;
    for step in 0..LONGEST_CODE {
        match c.peek() {
            // 国务院第711号令: the ordinal stands before 令.
            Some('第') if step > 0 && c.clone().starts_ordinal_order() => break,
            Some('令') if step > 0 => {
                let issuer = clean(c.span_from(start).of(c.text));
                c.bump();
                if order_issuer(&issuer).is_some() {
                    order = true;
                    break;
                }
            }
            Some(next) if is_code(next) && next != '第' && next != '号' => {
                c.bump();
                code_end = c.at;
            }
            Some('、') if step > 0 => c.bump(),
            Some(next) if is_space(next) => c.bump(),
            // 国家发展改革委等14部委令
            Some(next) if next.is_ascii_digit() && before(c.text, c.at) == Some('等') => {
                c.numeral();
            }
            _ => break,
        }
    }
    let code = clean(Span::new(start, code_end).of(c.text));
    if order {
        let issuer = order_issuer(&code)?;
        let bracket = c.eat_any(&['(', '〔', '[', '【']).is_some();
        let mark = c.at;
        let year = match year(c) {
            Some(year) => {
                c.eat_any(&[')', '〕', ']', '】']);
                c.eat("年");
                Some(year)
            }
            None => {
                c.at = mark;
                None
            }
        };
        c.eat("第");
        let (number, _) = c.numeral()?;
        let mut whole = c.eat("号");
        if bracket && year.is_none() {
            c.eat_any(&[')', '〕', ']', '】']);
            whole |= c.eat("号");
        }
        // 第七一一 without 号 is a numeral of something else.
        return (whole || c.peek().is_none_or(|next| !is_code(next))).then_some(DocumentNumber::Order {
            issuer,
            year,
            number,
        });
    }
    if c.peek_word() == Some('第') || c.peek_word().is_some_and(|n| n.is_ascii_digit()) {
        let mark = c.at;
        let di = c.eat("第");
        if let Some((number, _)) = c.numeral()
            && c.eat("号")
            && c.eat("令")
            && let Some(issuer) = order_issuer(&code)
        {
            let _ = di;
            return Some(DocumentNumber::Order { issuer, year: None, number });
        }
        c.at = mark;
    }
    letter(c, &code, expected)
}

impl Cursor<'_> {
    /// 第711号令
    fn starts_ordinal_order(&mut self) -> bool {
        self.eat("第") && self.numeral().is_some() && self.eat("号")
    }
}

/// 〔2017〕47号 after its code.
fn letter(c: &mut Cursor, code: &str, expected: bool) -> Option<DocumentNumber> {
    let code = code.trim_end_matches('字');
    if code.is_empty()
        || code.chars().count() > 16
        || matches!(code, "年" | "第")
        || code.ends_with(['年', '月'])
        || tells_event(code)
    {
        return None;
    }
    let open = c.eat_any(&['(', '〔', '[', '【', '〈', '<', '{', '「']).is_some();
    let year = year(c)?;
    let closed = c.eat_any(&[')', '〕', ']', '】', '〉', '>', '}', '」']).is_some();
    let nian = c.eat("年");
    let bare = !open && !closed && !nian && c.peek_word() != Some('第');
    if bare && !(expected && c.peek_word().is_some_and(|next| next.is_ascii_digit())) {
        return None;
    }
    c.eat("字");
    c.eat("第");
    let (number, _) = c.numeral()?;
    let whole = c.eat("号");
    (whole || (open && closed)).then(|| DocumentNumber::Letter { code: code.to_string(), year, number })
}

fn year(c: &mut Cursor) -> Option<u32> {
    let from = c.at;
    c.skip_space();
    let mut digits = String::new();
    while let Some(d) = c.peek().filter(|&d| numeral::is_numeral(d) && digits.chars().count() < 4) {
        digits.push(d);
        c.bump();
    }
    let value = numeral::parse(&digits).filter(|y| YEARS.contains(y));
    if value.is_none() {
        c.at = from;
    }
    value
}

/// Words after which a code or an office begins.
const CUT: &[&str] = &[
    "根据", "依据", "依照", "按照", "遵照", "参照", "贯彻", "落实", "执行", "关于", "印发", "通过", "其中", "同时",
    "违反", "适用", "文件", "以及", "经", "并", "由", "的", "在", "见", "按", "及", "与", "以", "是", "对", "了", "到",
    "日", "和", "或", "即", "为", "规定", "公布", "修订", "发布",
];

/// 和 and 与 inside the names of offices.
const JOINED: &[&str] = &[
    "改革", "计划", "城乡", "社会", "信息", "旅游", "国", "规划", "技术", "中医", "林业", "保险", "健康", "草原",
    "体育", "出版", "电视", "电影",
];

/// The longest run of numerals.
fn numerals_at_once(words: &str) -> usize {
    words.split(|c: char| !numeral::is_numeral(plain(c))).map(|run| run.chars().count()).max().unwrap_or(0)
}

/// Reads the number that ends with the 号 at `hao`, not reaching back beyond `floor`.
pub(super) fn ending_at(c: &Cursor, hao: usize, floor: usize) -> Option<CitedNumber> {
    let text = c.text;
    let digit = super::cursor::back_over_space(text, hao);
    if !before(text, digit).is_some_and(|d| numeral::is_numeral(plain(d))) {
        return None;
    }
    let mut start = digit;
    for _ in 0..LONGEST_CODE {
        let Some(prev) = before(text, start).filter(|_| start > floor) else { break };
        let folded = plain(prev);
        if folded == '号' {
            break;
        }
        let inside = is_code(folded) || numeral::is_numeral(folded) || is_space(prev);
        // The bracket that the number stands in, not the one around its year.
        let around =
            matches!(folded, '(' | '[' | '【' | '〔') && text.get(start..).is_some_and(|t| t.starts_with(is_code));
        if around || !(inside || matches!(folded, '〔' | '〕' | '[' | ']' | '【' | '】' | '(' | ')' | '「' | '」'))
        {
            break;
        }
        if prev == '\n' && !before(text, start - 1).is_some_and(|p| is_code(p) || plain(p) == '〔') {
            break;
        }
        start -= prev.len_utf8();
    }
    let words = Span::new(start, hao).of(text);
    // Neither an order nor a year: a house number, an entry of a list.
    let named = words.contains('令') || ANNOUNCED.iter().any(|kind| words.contains(kind));
    if !named && numerals_at_once(words) < 4 {
        return None;
    }
    // The code ends where the year's bracket, the year or 令 stands.
    let code_end = words.find(['〔', '﹝', '[', '［', '【', '(', '（', '「', '令']).unwrap_or_else(|| {
        words.char_indices().find(|(_, d)| plain(*d).is_ascii_digit()).map_or(words.len(), |(at, _)| at)
    });
    let head = &words[..code_end];
    let mut cut = head
        .rfind(|d: char| !is_code(plain(d)) && !is_space(d))
        .map_or(0, |at| at + head[at..].chars().next().map_or(0, char::len_utf8));
    for word in CUT {
        for (at, _) in head.match_indices(word) {
            let after = at + word.len();
            let joined = matches!(*word, "和" | "与") && JOINED.iter().any(|w| head[after..].starts_with(w));
            if after > cut && after <= head.len() && !joined {
                cut = after;
            }
        }
    }
    let mut ahead = c.at(start + cut);
    let number = read(&mut ahead)?;
    (ahead.at >= hao + '号'.len_utf8()).then_some(number)
}
