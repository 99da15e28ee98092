//! [`Deadline`]: by when something is disclosed, as a catalog promises it or a clause orders it.

use crate::text::numeral;
use std::fmt;

/// A deadline as far as it can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// 20个工作日内, 二十日内, after something happened.
    Days { count: u32, working: bool },
    /// 1个月内, 半年内.
    Months(u32),
    /// 每年1月31日前; without a day the end of the month.
    Yearly { month: u32, day: u32 },
    /// 即时, 实时, 及时, 动态更新: at once, or whenever something changes.
    AtOnce,
    /// 至少半年更新1次: days from one time to the next.
    Every(u32),
}

/// A deadline and where its words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    pub deadline: Deadline,
    pub start: usize,
    pub end: usize,
}

/// How a promise does beside an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// As strict or stricter.
    Meets,
    Laxer,
    /// Neither is sure to come first: calendar days beside a yearly date.
    Incomparable,
}

impl Deadline {
    /// The least and the most calendar days it may take, for what is counted in days.
    fn days(self) -> Option<(u32, u32)> {
        Some(match self {
            Deadline::AtOnce => (0, 0),
            Deadline::Days { count, working: false } => (count, count),
            // Five working days take at least five days, and with a week-end seven.
            Deadline::Days { count, working: true } => (count, count.saturating_mul(7).div_ceil(5)),
            Deadline::Months(n) => (n.saturating_mul(28), n.saturating_mul(31)),
            Deadline::Every(days) => (days, days),
            Deadline::Yearly { .. } => return None,
        })
    }

    /// Whether this promise keeps `order`.
    pub fn keeps(self, order: Deadline) -> Kept {
        match (self, order) {
            (Deadline::Days { count: a, working: w }, Deadline::Days { count: b, working: v }) if w == v => {
                if a <= b {
                    Kept::Meets
                } else {
                    Kept::Laxer
                }
            }
            (Deadline::Yearly { month: m, day: d }, Deadline::Yearly { month, day }) => {
                if (m, d) <= (month, day) {
                    Kept::Meets
                } else {
                    Kept::Laxer
                }
            }
            (Deadline::AtOnce, _) => Kept::Meets,
            _ => match (self.days(), order.days()) {
                (Some((_, most)), Some((least, _))) if most <= least => Kept::Meets,
                // A promise that a run of plain working days already breaks.
                (Some((_, most)), Some((_, limit))) if most > limit => Kept::Laxer,
                _ => Kept::Incomparable,
            },
        }
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Deadline::Days { count, working: true } => write!(f, "{count}个工作日内"),
            Deadline::Days { count, working: false } => write!(f, "{count}日内"),
            Deadline::Months(n) => write!(f, "{n}个月内"),
            Deadline::Yearly { month, day } => write!(f, "每年{month}月{day}日前"),
            Deadline::AtOnce => f.write_str("即时"),
            Deadline::Every(days) => write!(f, "每{days}日一次"),
        }
    }
}

/// Where a part of a sentence ends.
const ENDS: [char; 9] = ['。', '；', ';', '，', ',', '、', '）', ')', '\n'];
/// What is done by the deadline.
const ACTS: [&str; 5] = ["公开", "公布", "公示", "发布", "更新"];

/// Every deadline in a text, in order; references like 第二十日 and plain durations are none.
pub fn read(text: &str) -> Vec<Stated> {
    read_as(text, false)
}

/// Every deadline in a 公开时限 cell, where 20个工作日 alone says by when.
pub fn read_cell(text: &str) -> Vec<Stated> {
    read_as(text, true)
}

fn read_as(text: &str, cell: bool) -> Vec<Stated> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        match stated(text, at, cell) {
            Some(stated) => {
                at = stated.end;
                found.push(stated);
            }
            None => at += c.len_utf8(),
        }
    }
    found
}

fn stated(text: &str, start: usize, cell: bool) -> Option<Stated> {
    let rest = &text[start..];
    let of = |deadline: Deadline, len: usize| Some(Stated { deadline, start, end: start + len });
    for word in ["实时", "即时", "随时", "立即", "动态更新", "动态调整"] {
        if rest.starts_with(word) {
            return of(Deadline::AtOnce, word.len());
        }
    }
    if let Some(after) = ["每年度", "每年", "次年"].iter().find_map(|word| rest.strip_prefix(word)) {
        let (deadline, left) = yearly(skip(after, &["的", "于", "在", " "]), cell)?;
        return of(deadline, rest.len() - left.len());
    }
    if let Some(after) = rest.strip_prefix("至少") {
        let (days, left) = period(after)?;
        return of(Deadline::Every(days), rest.len() - left.len());
    }
    within(text, start, cell).and_then(|(deadline, len)| of(deadline, len))
}

/// N个工作日内, N日内, N个月内. The number must not go on to the left, and 内 must follow, or in a cell the end of a
/// sentence part or the act itself.
fn within(text: &str, start: usize, cell: bool) -> Option<(Deadline, usize)> {
    let before = text[..start].chars().next_back();
    // 招生前1个月, 提前5日: before something happens.
    if before.is_some_and(|c| numeral::is_numeral(c) || c == '第' || c == '前') {
        return None;
    }
    let rest = &text[start..];
    let (count, read) = match rest.strip_prefix('半') {
        Some(_) => (0, '半'.len_utf8()),
        None => numeral::prefix(rest)?,
    };
    let after = rest[read..].trim_start();
    let counted = skip(after, &["个", " "]);
    let (deadline, left) = if let Some(left) = counted.strip_prefix("工作日") {
        (Deadline::Days { count, working: true }, left)
    } else if let Some(left) = after.strip_prefix(['日', '天']) {
        (Deadline::Days { count, working: false }, left)
    } else if let Some(left) = counted.strip_prefix('月').filter(|_| after.starts_with('个')) {
        (if count == 0 { Deadline::Days { count: 15, working: false } } else { Deadline::Months(count) }, left)
    } else if let Some(left) = counted.strip_prefix("小时") {
        (Deadline::Days { count: count.div_ceil(24), working: false }, left)
    } else if let Some(left) = ["周", "星期"].iter().find_map(|week| counted.strip_prefix(week)) {
        (Deadline::Days { count: count.saturating_mul(7), working: false }, left)
    } else if let Some(left) = counted.strip_prefix('年').filter(|_| count <= 10) {
        (Deadline::Months(if count == 0 { 6 } else { count * 12 }), left)
    } else {
        return None;
    };
    let after = left.trim_start();
    let inside = ["之内", "以内", "内"].iter().find_map(|word| after.strip_prefix(word));
    let alone = after.is_empty() || after.starts_with(ENDS) || ACTS.iter().any(|act| after.starts_with(act));
    let left = inside.or_else(|| (cell && alone && !lasts(&text[..start])).then_some(left))?;
    Some((deadline, rest.len() - left.len()))
}

/// 公示期不少于30日, 保留1年: how long, not by when.
fn lasts(before: &str) -> bool {
    const LASTING: [&str; 14] = [
        "不少于",
        "不低于",
        "不得少于",
        "不短于",
        "至少",
        "公示",
        "公告",
        "公示期",
        "公告期",
        "期限",
        "保存",
        "保留",
        "满",
        "持续",
    ];
    let before = before.trim_end_matches([' ', '：', ':', '为', '期']);
    LASTING.iter().any(|word| before.ends_with(word)) && !before.ends_with("公开期限") && !before.ends_with("时限")
}

/// 1月31日前, 6月底前, 第一季度, after 每年. In a cell 1月31日 alone says by when; 第一季度 lasts to its end anywhere.
fn yearly(text: &str, cell: bool) -> Option<(Deadline, &str)> {
    let before = |rest| skip(rest, &["之", "以"]).strip_prefix('前');
    let ended = |rest| before(skip(rest, &["结束", "终了"])).unwrap_or(skip(rest, &["之", "以", "内"]));
    let quarter = text.strip_prefix('第').unwrap_or(text);
    if let Some((number, read)) = numeral::prefix(quarter)
        && let Some(rest) = skip(&quarter[read..], &["个"]).strip_prefix("季度")
    {
        let (month, day) = *[(3, 31), (6, 30), (9, 30), (12, 31)].get(number.checked_sub(1)? as usize)?;
        return Some((Deadline::Yearly { month, day }, ended(skip(rest, &["底", "末"]))));
    }
    for (half, month, day) in [("上半年", 6, 30), ("年底", 12, 31), ("底", 12, 31)] {
        if let Some(rest) = text.strip_prefix(half) {
            return Some((Deadline::Yearly { month, day }, ended(rest)));
        }
    }
    let (month, read) = numeral::prefix(text)?;
    let rest = text[read..].trim_start().strip_prefix('月')?;
    if !(1..=12).contains(&month) {
        return None;
    }
    let (day, rest) = match numeral::prefix(rest.trim_start()) {
        Some((day, read)) => (day, rest.trim_start()[read..].trim_start().strip_prefix(['日', '号'])?),
        None => (31, skip(rest, &["份", "底", "末"])),
    };
    let alone = cell && (rest.is_empty() || rest.starts_with(ENDS) || ACTS.iter().any(|act| rest.starts_with(act)));
    let left = before(rest).or_else(|| alone.then_some(rest))?;
    Some((Deadline::Yearly { month, day }, left))
}

/// 半年更新1次, 两周更新1次: days.
fn period(text: &str) -> Option<(u32, &str)> {
    let text = skip(text, &["每"]);
    let (count, rest) = match text.strip_prefix('半') {
        Some(rest) => (0, rest),
        None => match numeral::prefix(text) {
            Some((count, read)) => (count, &text[read..]),
            None => (1, text),
        },
    };
    let rest = skip(rest, &["个"]);
    for (unit, days) in [("年", 365), ("季度", 91), ("月", 30), ("周", 7), ("日", 1), ("天", 1)] {
        if let Some(left) = rest.strip_prefix(unit) {
            let total = if count == 0 { days / 2 } else { count.saturating_mul(days) };
            return left.contains('次').then_some((total, left));
        }
    }
    None
}

fn skip<'t>(text: &'t str, words: &[&str]) -> &'t str {
    let mut rest = text;
    while let Some(next) = words.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = next;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::Deadline::*;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn deadlines_as_catalogs_and_clauses_write_them() {
        for (text, read_as) in [
            ("形成或者变更之日起20个工作日内予以公开", vec![Days { count: 20, working: true }]),
            ("相关信息形成或变更之日起 20 个工作日内", vec![Days { count: 20, working: true }]),
            ("应当在批复后二十日内由各部门向社会公开", vec![Days { count: 20, working: false }]),
            ("本级政府财政部门批复后20日内", vec![Days { count: 20, working: false }]),
            ("做出决定之日起7个工作日内之内", vec![Days { count: 7, working: true }]),
            ("每年1月31日前", vec![Yearly { month: 1, day: 31 }]),
            ("每年的1月31日前公开", vec![Yearly { month: 1, day: 31 }]),
            ("每年7月底前", vec![Yearly { month: 7, day: 31 }]),
            ("答复后1个月内", vec![Months(1)]),
            ("实时更新", vec![AtOnce]),
            ("动态更新", vec![AtOnce]),
            ("至少半年更新1次", vec![Every(182)]),
            ("次年第一季度内", vec![Yearly { month: 3, day: 31 }]),
            ("每年上半年", vec![Yearly { month: 6, day: 30 }]),
            ("每年年底前", vec![Yearly { month: 12, day: 31 }]),
            ("每年1月31日", vec![]),
            ("半个月内", vec![Days { count: 15, working: false }]),
            ("两周内；24小时内", vec![Days { count: 14, working: false }, Days { count: 1, working: false }]),
            ("至少两周更新1次", vec![Every(14)]),
            ("第二十日内", vec![]),
            ("三年规划", vec![]),
            (
                "在执法决定作出之日起20个工作日内，……在7个工作日内公开……每年1月31日前",
                vec![Days { count: 20, working: true }, Days { count: 7, working: true }, Yearly { month: 1, day: 31 }],
            ),
        ] {
            assert_eq!(read(text).iter().map(|s| s.deadline).collect::<Vec<_>>(), read_as, "{text}");
        }
    }

    #[test]
    fn in_a_cell_the_number_of_days_says_by_when() {
        for (text, read) in [
            ("10个工作日", vec![Days { count: 10, working: true }]),
            ("20日", vec![Days { count: 20, working: false }]),
            ("每年1月31日", vec![Yearly { month: 1, day: 31 }]),
            ("每年3月", vec![Yearly { month: 3, day: 31 }]),
            ("每年3月至6月", vec![]),
            (
                "形成后20个工作日公开；年报每年1月31日前",
                vec![Days { count: 20, working: true }, Yearly { month: 1, day: 31 }],
            ),
            ("公示期20日以上", vec![]),
            ("招生前1个月", vec![]),
            ("公示期不少于30日", vec![]),
            ("发布后保留1年", vec![]),
            ("公开期限：30日", vec![Days { count: 30, working: false }]),
            ("会议召开前10日内；会后5日内", vec![Days { count: 5, working: false }]),
            ("长期公开", vec![]),
        ] {
            assert_eq!(read_cell(text).iter().map(|s| s.deadline).collect::<Vec<_>>(), read, "{text}");
        }
    }

    #[test]
    fn promises_beside_orders() {
        let (working, calendar) = (|count| Days { count, working: true }, |count| Days { count, working: false });
        for (promise, order, kept) in [
            (working(20), working(20), Kept::Meets),
            (working(7), working(20), Kept::Meets),
            (working(20), working(7), Kept::Laxer),
            (working(20), calendar(20), Kept::Laxer),
            (calendar(20), working(20), Kept::Meets),
            (calendar(25), working(20), Kept::Incomparable),
            (AtOnce, working(7), Kept::Meets),
            (Months(1), working(20), Kept::Laxer),
            (Yearly { month: 1, day: 31 }, Yearly { month: 1, day: 31 }, Kept::Meets),
            (Yearly { month: 3, day: 31 }, Yearly { month: 1, day: 31 }, Kept::Laxer),
            (working(20), Yearly { month: 1, day: 31 }, Kept::Incomparable),
        ] {
            assert_eq!(promise.keeps(order), kept, "{promise} / {order}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[每年月日工作个内前后至少半更新次0-9二十底 ]{0,24}") {
            let _ = read(&text);
        }
        #[test]
        fn a_promise_keeps_itself(count in 1u32..400, working: bool) {
            prop_assert_eq!(Days { count, working }.keeps(Days { count, working }), Kept::Meets);
        }
    }
}
