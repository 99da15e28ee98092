//! [`Locator`]: the path of numbers inside one document, with one canonical Chinese form and one canonical id.
//!
//! Order and wording follow the drafting rules (立法技术规范): 第X条第X款第（X）项第X目; ids follow the
//! order of Akoma Ntoso eIds in a short form: `a20.p1.i7`, `a120-1`, `ch3.sec1`, `s2.6`.

use crate::text::numeral::{chinese, parse};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A pinpoint inside one document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub enum Locator {
    /// 第三编第一章第二节: what holds articles, outermost first.
    Division(Vec<Division>),
    /// 第二十条第一款第（七）项.
    Article(ArticleLocator),
    /// 二、（六） of a notice; a preamble is an outline without points.
    Outline(OutlineLocator),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DivisionKind {
    Part,
    SubPart,
    Chapter,
    Section,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Division {
    pub kind: DivisionKind,
    pub number: u32,
}

/// 第一百二十条之一 is `{ number: 120, insertion: 1 }`; an article of the original numbering has insertion 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ArticleNumber {
    pub number: u32,
    pub insertion: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ArticleLocator {
    pub article: ArticleNumber,
    pub paragraph: Option<u32>,
    pub item: Option<u32>,
    pub subitem: Option<u32>,
}

/// How a point of an outline is marked, in the order they nest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Marker {
    /// 一、
    Han,
    /// （一）
    HanParenthesized,
    /// 1.
    Arabic,
    /// （1）
    ArabicParenthesized,
}

impl Marker {
    /// The markers of an outline that skips none, outermost first.
    pub const ORDER: [Marker; 4] = [Marker::Han, Marker::HanParenthesized, Marker::Arabic, Marker::ArabicParenthesized];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OutlineStep {
    pub marker: Marker,
    /// From 1; 0 in the first step stands for outer points that an excerpt leaves out ([`OutlineStep::UNKNOWN`]).
    pub number: u32,
}

impl OutlineStep {
    /// The outer points are not known: the excerpt has a gap before.
    pub const UNKNOWN: OutlineStep = OutlineStep { marker: Marker::Han, number: 0 };
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct OutlineLocator {
    /// 附件2; an unnumbered 附件 is 1.
    pub annex: Option<u32>,
    pub steps: Vec<OutlineStep>,
    /// Natural paragraph under the point, from 1.
    pub paragraph: Option<u32>,
    /// 二是 inside the words of the point or paragraph.
    pub ordinal: Option<u32>,
}

/// The text is no locator in canonical form; holds the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}”不是条款位置，应写作“第二十条第一款第（七）项”“二、（六）”或“a20.p1.i7”")]
pub struct LocatorError(pub String);

impl ArticleNumber {
    pub fn new(number: u32) -> Self {
        ArticleNumber { number, insertion: 0 }
    }

    /// `120-1`: the form in JSON and ids. Reads its own output only.
    pub fn from_code(code: &str) -> Option<Self> {
        let (number, insertion) = code.split_once('-').unwrap_or((code, "0"));
        Some(ArticleNumber { number: arabic(number)?, insertion: arabic(insertion)? })
    }
}

impl fmt::Display for ArticleNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.insertion {
            0 => write!(f, "{}", self.number),
            n => write!(f, "{}-{n}", self.number),
        }
    }
}

impl ArticleLocator {
    pub fn article(number: ArticleNumber) -> Self {
        ArticleLocator { article: number, paragraph: None, item: None, subitem: None }
    }
}

impl From<ArticleLocator> for Locator {
    fn from(locator: ArticleLocator) -> Self {
        Locator::Article(locator)
    }
}

impl From<OutlineLocator> for Locator {
    fn from(locator: OutlineLocator) -> Self {
        Locator::Outline(locator)
    }
}

impl Locator {
    /// A whole article.
    pub fn article(number: u32) -> Self {
        ArticleLocator::article(ArticleNumber::new(number)).into()
    }

    /// The canonical id inside a version: `a14.p2`, `s2.6`, `ch3`.
    pub fn id(&self) -> String {
        let mut steps: Vec<String> = Vec::new();
        match self {
            Locator::Division(path) => steps.extend(path.iter().map(|d| format!("{}{}", d.kind.code(), d.number))),
            Locator::Article(a) => {
                steps.push(format!("a{}", a.article));
                steps.extend(a.paragraph.map(|n| format!("p{n}")));
                steps.extend(a.item.map(|n| format!("i{n}")));
                steps.extend(a.subitem.map(|n| format!("t{n}")));
            }
            Locator::Outline(o) => {
                steps.extend(o.annex.map(|n| format!("x{n}")));
                let mut numbers = o.steps.iter().map(|s| s.number.to_string());
                match numbers.next() {
                    Some(_) if o.steps.first() == Some(&OutlineStep::UNKNOWN) => steps.push("s_".into()),
                    Some(first) => steps.push(format!("s{first}")),
                    None if o.annex.is_none() => steps.push("s0".into()),
                    None => {}
                }
                steps.extend(numbers);
                steps.extend(o.paragraph.map(|n| format!("p{n}")));
                steps.extend(o.ordinal.map(|n| format!("o{n}")));
            }
        }
        steps.join(".")
    }

    /// Reads [`Locator::id`] back. An id has no markers: the points of an outline get those of [`Marker::ORDER`].
    pub fn from_id(id: &str) -> Result<Self, LocatorError> {
        parse_id(id).ok_or_else(|| LocatorError(id.into()))
    }

    /// The same place in the tree, whatever the markers of an outline look like.
    pub fn same_place(&self, other: &Locator) -> bool {
        self == other
            || (matches!((self, other), (Locator::Outline(_), Locator::Outline(_))) && self.id() == other.id())
    }
}

impl DivisionKind {
    pub const ALL: [DivisionKind; 4] =
        [DivisionKind::Part, DivisionKind::SubPart, DivisionKind::Chapter, DivisionKind::Section];

    fn code(self) -> &'static str {
        match self {
            DivisionKind::Part => "pt",
            DivisionKind::SubPart => "sp",
            DivisionKind::Chapter => "ch",
            DivisionKind::Section => "sec",
        }
    }

    /// 编, 分编, 章, 节.
    pub fn word(self) -> &'static str {
        match self {
            DivisionKind::Part => "编",
            DivisionKind::SubPart => "分编",
            DivisionKind::Chapter => "章",
            DivisionKind::Section => "节",
        }
    }
}

fn arabic(text: &str) -> Option<u32> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn parse_id(id: &str) -> Option<Locator> {
    let mut steps = id.split('.').peekable();
    let first = *steps.peek()?;
    let split = |step: &str| -> Option<(String, String)> {
        let at = step.find(|c: char| c.is_ascii_digit())?;
        Some((step[..at].to_string(), step[at..].to_string()))
    };
    let letter = first.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    if let Some(_kind) = DivisionKind::ALL.into_iter().find(|k| k.code() == letter) {
        let path = steps
            .map(|step| {
                let (code, number) = split(step)?;
                let kind = DivisionKind::ALL.into_iter().find(|k| k.code() == code)?;
                Some(Division { kind, number: arabic(&number)? })
            })
            .collect::<Option<Vec<_>>>()?;
        return path.windows(2).all(|w| w[0].kind < w[1].kind).then_some(Locator::Division(path));
    }
    if letter == "a" {
        let mut locator = ArticleLocator::article(ArticleNumber::from_code(&first[1..])?);
        let mut rank = 0;
        for step in steps.skip(1) {
            let (code, number) = split(step)?;
            let number = arabic(&number)?;
            let (field, own_rank) = match code.as_str() {
                "p" => (&mut locator.paragraph, 1),
                "i" => (&mut locator.item, 2),
                "t" => (&mut locator.subitem, 3),
                _ => return None,
            };
            if own_rank <= rank {
                return None;
            }
            rank = own_rank;
            *field = Some(number);
        }
        return Some(locator.into());
    }
    parse_outline_id(steps).map(Locator::Outline)
}

fn parse_outline_id<'t>(steps: impl Iterator<Item = &'t str>) -> Option<OutlineLocator> {
    let mut outline = OutlineLocator::default();
    // What has been read, in the order an id has it: annex, points, paragraph, ordinal.
    let mut rank = 0;
    for step in steps {
        if step == "s_" && rank < 2 {
            outline.steps.push(OutlineStep::UNKNOWN);
            rank = 2;
            continue;
        }
        let letter = step.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = arabic(&step[letter.len()..])?;
        let own_rank = match letter {
            "x" => 1,
            "s" => 2,
            "" if rank == 2 && !outline.steps.is_empty() => 2,
            "p" => 3,
            "o" => 4,
            _ => return None,
        };
        if own_rank < rank || (own_rank == rank && !letter.is_empty()) {
            return None;
        }
        rank = own_rank;
        match own_rank {
            1 => outline.annex = Some(number),
            2 if number == 0 => {}
            2 => {
                let marker = *Marker::ORDER.get(outline.steps.len())?;
                outline.steps.push(OutlineStep { marker, number });
            }
            3 => outline.paragraph = Some(number),
            _ => outline.ordinal = Some(number),
        }
    }
    (rank > 0).then_some(outline)
}

impl fmt::Display for OutlineStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.number;
        if *self == OutlineStep::UNKNOWN {
            return f.write_str("……");
        }
        match self.marker {
            Marker::Han => write!(f, "{}、", chinese(n)),
            Marker::HanParenthesized => write!(f, "（{}）", chinese(n)),
            Marker::Arabic => write!(f, "{n}."),
            Marker::ArabicParenthesized => write!(f, "（{n}）"),
        }
    }
}

/// The canonical Chinese form: 第二十条第一款第（七）项; 二、（六）; 第三章第一节.
impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Locator::Division(path) => {
                path.iter().try_for_each(|d| write!(f, "第{}{}", chinese(d.number), d.kind.word()))
            }
            Locator::Article(a) => {
                write!(f, "第{}条", chinese(a.article.number))?;
                if a.article.insertion > 0 {
                    write!(f, "之{}", chinese(a.article.insertion))?;
                }
                a.paragraph.map_or(Ok(()), |n| write!(f, "第{}款", chinese(n)))?;
                a.item.map_or(Ok(()), |n| write!(f, "第（{}）项", chinese(n)))?;
                a.subitem.map_or(Ok(()), |n| write!(f, "第{n}目"))
            }
            Locator::Outline(o) => {
                o.annex.map_or(Ok(()), |n| write!(f, "附件{n}"))?;
                if o.steps.is_empty() && o.annex.is_none() {
                    write!(f, "前言")?;
                }
                o.steps.iter().try_for_each(|s| write!(f, "{s}"))?;
                o.paragraph.map_or(Ok(()), |n| write!(f, "第{}段", chinese(n)))?;
                o.ordinal.map_or(Ok(()), |n| write!(f, "{}是", chinese(n)))
            }
        }
    }
}

/// Reads the canonical Chinese form or, failing that, an id. Looser writing is the citation grammar's work.
impl FromStr for Locator {
    type Err = LocatorError;

    fn from_str(text: &str) -> Result<Self, LocatorError> {
        parse_chinese(text).or_else(|| parse_id(text)).ok_or_else(|| LocatorError(text.into()))
    }
}

fn parse_chinese(text: &str) -> Option<Locator> {
    if let Some(article) = parse_article(text) {
        return Some(article.into());
    }
    if text.starts_with('第') {
        return parse_divisions(text);
    }
    parse_outline(text).map(Locator::Outline)
}

/// Splits `第<number><word>` off the front.
fn ordinal<'t>(text: &'t str, word: &str) -> Option<(u32, &'t str)> {
    let (number, rest) = text.strip_prefix('第')?.split_once(word)?;
    let number = number.strip_prefix('（').and_then(|n| n.strip_suffix('）')).unwrap_or(number);
    Some((parse(number)?, rest))
}

fn parse_article(text: &str) -> Option<ArticleLocator> {
    let (number, mut rest) = ordinal(text, "条")?;
    let mut insertion = 0;
    if let Some(after) = rest.strip_prefix('之') {
        let end = after.find('第').unwrap_or(after.len());
        insertion = parse(&after[..end])?;
        rest = &after[end..];
    }
    let mut locator = ArticleLocator::article(ArticleNumber { number, insertion });
    for (field, word) in [(&mut locator.paragraph, "款"), (&mut locator.item, "项"), (&mut locator.subitem, "目")] {
        if let Some((n, after)) = ordinal(rest, word) {
            *field = Some(n);
            rest = after;
        }
    }
    rest.is_empty().then_some(locator)
}

fn parse_divisions(mut text: &str) -> Option<Locator> {
    let mut path = Vec::new();
    for kind in DivisionKind::ALL {
        let Some((number, rest)) = ordinal(text, kind.word()) else { continue };
        path.push(Division { kind, number });
        text = rest;
    }
    (text.is_empty() && !path.is_empty()).then_some(Locator::Division(path))
}

fn parse_outline(text: &str) -> Option<OutlineLocator> {
    let mut outline = OutlineLocator::default();
    let mut rest = text;
    if let Some(after) = rest.strip_prefix("附件") {
        let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        outline.annex = Some(arabic(&after[..end])?);
        rest = &after[end..];
    }
    if let Some(after) = rest.strip_prefix("前言") {
        rest = after;
    } else {
        while let Some((step, after)) = outline_step(rest) {
            if outline.steps.last().is_some_and(|last| last.marker >= step.marker) {
                return None;
            }
            outline.steps.push(step);
            rest = after;
        }
        if outline.steps.is_empty() && outline.annex.is_none() && !rest.starts_with('第') && !rest.ends_with('是') {
            return None;
        }
    }
    if let Some((n, after)) = ordinal(rest, "段") {
        outline.paragraph = Some(n);
        rest = after;
    }
    if let Some(n) = rest.strip_suffix('是') {
        outline.ordinal = Some(parse(n)?);
        rest = "";
    }
    let any = outline != OutlineLocator::default() || text == "前言";
    (rest.is_empty() && any).then_some(outline)
}

fn outline_step(text: &str) -> Option<(OutlineStep, &str)> {
    if let Some(rest) = text.strip_prefix("……") {
        return Some((OutlineStep::UNKNOWN, rest));
    }
    if let Some(inner) = text.strip_prefix('（') {
        let (number, rest) = inner.split_once('）')?;
        let marker = if arabic(number).is_some() { Marker::ArabicParenthesized } else { Marker::HanParenthesized };
        return Some((OutlineStep { marker, number: parse(number)? }, rest));
    }
    let (number, read) = crate::text::numeral::prefix(text)?;
    let digits = arabic(&text[..read]).is_some();
    let rest = &text[read..];
    let (marker, rest) = match rest.chars().next()? {
        '、' if !digits => (Marker::Han, &rest['、'.len_utf8()..]),
        '.' if digits => (Marker::Arabic, &rest[1..]),
        _ => return None,
    };
    Some((OutlineStep { marker, number }, rest))
}

impl Serialize for Locator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Locator::Division(path) => {
                let words: Vec<String> =
                    path.iter().map(|d| format!("第{}{}", chinese(d.number), d.kind.word())).collect();
                map.serialize_entry("division", &words)?;
            }
            Locator::Article(a) => {
                map.serialize_entry("article", &a.article.to_string())?;
                map.serialize_entry("paragraph", &a.paragraph)?;
                map.serialize_entry("item", &a.item)?;
                map.serialize_entry("subitem", &a.subitem)?;
            }
            Locator::Outline(o) => {
                let steps: Vec<String> = o
                    .steps
                    .iter()
                    .map(|s| match s.marker {
                        _ if *s == OutlineStep::UNKNOWN => "……".into(),
                        Marker::Han | Marker::HanParenthesized => chinese(s.number),
                        Marker::Arabic => s.number.to_string(),
                        Marker::ArabicParenthesized => format!("({})", s.number),
                    })
                    .collect();
                map.serialize_entry("outline", &steps)?;
                if let Some(n) = o.paragraph {
                    map.serialize_entry("paragraph", &n)?;
                }
                if let Some(n) = o.ordinal {
                    map.serialize_entry("ordinal", &n)?;
                }
                if let Some(n) = o.annex {
                    map.serialize_entry("annex", &n)?;
                }
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn canonical_forms() {
        for (text, id) in [
            ("第二十条", "a20"),
            ("第二十条第一款第（七）项", "a20.p1.i7"),
            ("第二十条第（七）项", "a20.i7"),
            ("第一百二十条之一", "a120-1"),
            ("第一百二十条之一第二款", "a120-1.p2"),
            ("第三条第一款第（二）项第1目", "a3.p1.i2.t1"),
            ("二、（六）", "s2.6"),
            ("二、（六）1.（2）", "s2.6.1.2"),
            ("二、（六）第二段", "s2.6.p2"),
            ("前言第一段", "s0.p1"),
            ("前言", "s0"),
            ("二、（六）第二段二是", "s2.6.p2.o2"),
            ("二、（六）二是", "s2.6.o2"),
            ("附件2三、", "x2.s3"),
            ("……（二）", "s_.2"),
            ("……第一段", "s_.p1"),
            ("附件2", "x2"),
            ("第三章第一节", "ch3.sec1"),
            ("第一编第二分编第四章", "pt1.sp2.ch4"),
        ] {
            let locator: Locator = text.parse().unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(locator.id(), id);
            assert_eq!(locator.to_string(), text);
            assert!(Locator::from_id(id).unwrap().same_place(&locator));
        }
        for bad in
            ["", "第", "第条", "20", "第三人", "第一次", "a", "a20.i7.p1", "s", "s1.x", "第二十条第", "（六）二、"]
        {
            assert!(bad.parse::<Locator>().is_err(), "{bad}");
        }
    }

    #[test]
    fn json_is_the_fixed_shape() {
        let json = |text: &str| serde_json::to_string(&text.parse::<Locator>().unwrap()).unwrap();
        assert_eq!(json("第十四条第二款"), r#"{"article":"14","paragraph":2,"item":null,"subitem":null}"#);
        assert_eq!(json("二、（六）"), r#"{"outline":["二","六"]}"#);
    }

    pub fn any_locator() -> impl Strategy<Value = Locator> {
        let number = 1u32..400;
        let opt = || proptest::option::of(1u32..30);
        prop_oneof![
            (number.clone(), 0u32..5, opt(), opt(), opt()).prop_map(|(n, insertion, paragraph, item, subitem)| {
                let article = ArticleNumber { number: n, insertion };
                Locator::Article(ArticleLocator { article, paragraph, item, subitem })
            }),
            (opt(), proptest::collection::vec(1u32..30, 0..5), opt(), opt(), proptest::bool::ANY).prop_map(
                |(annex, mut numbers, paragraph, ordinal, adrift)| {
                    if let (Some(first), true) = (numbers.first_mut(), adrift) {
                        *first = 0;
                    }
                    let steps =
                        numbers.iter().zip(Marker::ORDER).map(|(&number, marker)| OutlineStep { marker, number });
                    Locator::Outline(OutlineLocator { annex, steps: steps.collect(), paragraph, ordinal })
                }
            ),
            proptest::sample::subsequence(&DivisionKind::ALL, 1..4).prop_flat_map(|kinds| {
                proptest::collection::vec(1u32..30, kinds.len()).prop_map(move |numbers| {
                    let path = kinds.iter().zip(numbers).map(|(&kind, number)| Division { kind, number });
                    Locator::Division(path.collect())
                })
            }),
        ]
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(locator in any_locator()) {
            prop_assert_eq!(&locator.to_string().parse::<Locator>().unwrap(), &locator);
            prop_assert_eq!(&Locator::from_id(&locator.id()).unwrap(), &locator);
        }
        #[test]
        fn any_text_is_refused_or_read_without_panic(text in "[第条款项目之（）一二、.0-9aspix附件前言段章节]{0,14}") {
            let _ = text.parse::<Locator>();
        }
    }
}
