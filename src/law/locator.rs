//! [`Locator`]: the path of numbers inside one document, with one canonical Chinese form and one canonical id.
//!
//! Order and wording follow the drafting rules (立法技术规范): 第X条第X款第（X）项第X目; ids follow the
//! order of Akoma Ntoso eIds in a short form: `a20.p1.i7`, `a120-1`, `ch3.sec1`, `s2.6`.

mod form;
mod id;
mod json;

use serde::{Deserialize, Serialize};
use std::fmt;

/// A pinpoint inside one document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub enum Locator {
    /// 第三编第一章第二节, 附件1第二章: what holds articles, outermost first.
    Division(Vec<Division>),
    /// 第二十条第一款第（七）项.
    Article(ArticleLocator),
    /// 二、（六） of a notice; a preamble is an outline without points.
    Outline(OutlineLocator),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DivisionKind {
    /// First in the path of a division of an annexed text; alone an annex is an outline locator.
    Annex,
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
    /// 附件2: the annexed text whose article this is; `None` in the text itself.
    pub annex: Option<u32>,
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
        Some(ArticleNumber { number: id::arabic(number)?, insertion: id::arabic(insertion)? })
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
        ArticleLocator { annex: None, article: number, paragraph: None, item: None, subitem: None }
    }

    /// The article around the place.
    pub fn whole(&self) -> Self {
        ArticleLocator { annex: self.annex, ..ArticleLocator::article(self.article) }
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

    /// Reads [`Locator::id`] back. An id has no markers: the points of an outline get those of [`Marker::ORDER`].
    pub fn from_id(id: &str) -> Result<Self, LocatorError> {
        id::parse(id).ok_or_else(|| LocatorError(id.into()))
    }

    /// The same place in the tree, whatever the markers of an outline look like.
    pub fn same_place(&self, other: &Locator) -> bool {
        self == other
            || (matches!((self, other), (Locator::Outline(_), Locator::Outline(_))) && self.id() == other.id())
    }
}

impl DivisionKind {
    /// Those that a text is divided into, outermost first.
    pub const ALL: [DivisionKind; 4] =
        [DivisionKind::Part, DivisionKind::SubPart, DivisionKind::Chapter, DivisionKind::Section];

    /// 编, 分编, 章, 节; 附件.
    pub fn word(self) -> &'static str {
        match self {
            DivisionKind::Annex => "附件",
            DivisionKind::Part => "编",
            DivisionKind::SubPart => "分编",
            DivisionKind::Chapter => "章",
            DivisionKind::Section => "节",
        }
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
            ("附件2第三条第一款", "x2.a3.p1"),
            ("附件1第二章", "x1.ch2"),
            ("附件1第二段", "x1.p2"),
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
            (number.clone(), 0u32..5, opt(), opt(), opt(), opt()).prop_map(
                |(n, insertion, annex, paragraph, item, subitem)| {
                    let article = ArticleNumber { number: n, insertion };
                    Locator::Article(ArticleLocator { annex, article, paragraph, item, subitem })
                }
            ),
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
            (opt(), proptest::sample::subsequence(&DivisionKind::ALL, 1..4)).prop_flat_map(|(annex, kinds)| {
                proptest::collection::vec(1u32..30, kinds.len()).prop_map(move |numbers| {
                    let annex = annex.map(|number| Division { kind: DivisionKind::Annex, number });
                    let path = kinds.iter().zip(numbers).map(|(&kind, number)| Division { kind, number });
                    Locator::Division(annex.into_iter().chain(path).collect())
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
