//! The canonical Chinese form of a [`Locator`]: 第二十条第一款第（七）项; 二、（六）; 附件2第三条.

use super::id::{self, arabic};
use super::{
    ArticleLocator, ArticleNumber, Division, DivisionKind, Locator, LocatorError, Marker, OutlineLocator, OutlineStep,
};
use crate::text::numeral::{chinese, parse, prefix};
use std::fmt;
use std::str::FromStr;

impl fmt::Display for Division {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            DivisionKind::Annex => write!(f, "附件{}", self.number),
            kind => write!(f, "第{}{}", chinese(self.number), kind.word()),
        }
    }
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
            Locator::Division(path) => path.iter().try_for_each(|d| write!(f, "{d}")),
            Locator::Article(a) => {
                a.annex.map_or(Ok(()), |n| write!(f, "附件{n}"))?;
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
        parse_chinese(text).or_else(|| id::parse(text)).ok_or_else(|| LocatorError(text.into()))
    }
}

fn parse_chinese(text: &str) -> Option<Locator> {
    let (annex, inner) = annex(text).map_or((None, text), |(number, rest)| (Some(number), rest));
    if let Some(article) = parse_article(inner) {
        return Some(ArticleLocator { annex, ..article }.into());
    }
    if inner.starts_with('第')
        && let Some(divisions) = parse_divisions(annex, inner)
    {
        return Some(divisions);
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

fn parse_divisions(annex: Option<u32>, mut text: &str) -> Option<Locator> {
    let mut path: Vec<Division> =
        annex.map(|number| Division { kind: DivisionKind::Annex, number }).into_iter().collect();
    let outer = path.len();
    for kind in DivisionKind::ALL {
        let Some((number, rest)) = ordinal(text, kind.word()) else { continue };
        path.push(Division { kind, number });
        text = rest;
    }
    (text.is_empty() && path.len() > outer).then_some(Locator::Division(path))
}

/// Splits 附件2 off the front.
fn annex(text: &str) -> Option<(u32, &str)> {
    let after = text.strip_prefix("附件")?;
    let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
    Some((arabic(&after[..end])?, &after[end..]))
}

fn parse_outline(text: &str) -> Option<OutlineLocator> {
    let mut outline = OutlineLocator::default();
    let mut rest = text;
    if let Some((number, after)) = annex(rest) {
        outline.annex = Some(number);
        rest = after;
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
    let (number, read) = prefix(text)?;
    let digits = arabic(&text[..read]).is_some();
    let rest = &text[read..];
    let (marker, rest) = match rest.chars().next()? {
        '、' if !digits => (Marker::Han, &rest['、'.len_utf8()..]),
        '.' if digits => (Marker::Arabic, &rest[1..]),
        _ => return None,
    };
    Some((OutlineStep { marker, number }, rest))
}
