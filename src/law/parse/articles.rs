//! Texts with 第N条: 编章节 → 条 → 款 → 项 → 目.

use super::line::{self, ArticleLine};
use super::{Builder, ParseError, node, outline};
use crate::law::locator::{ArticleLocator, ArticleNumber, Division, DivisionKind, Locator, Marker, OutlineLocator};
use crate::law::provision::{Level, Provision};

/// Closes what an annexed text is divided into, not the annex.
const AFTER_ANNEX: u32 = 2;
const ARTICLE: u32 = 10;
const PARAGRAPH: u32 = 11;
const ITEM: u32 = 12;
const SUBITEM: u32 = 13;

pub fn build(lines: &[(u32, &str)], lenient: bool) -> Result<Provision, ParseError> {
    let mut tree = Builder::new();
    let mut last = ArticleNumber::new(0);
    let mut annex = None;
    let parts = unnumbered_parts(lines);
    let mut at = 0;
    while let Some(&(number, text)) = lines.get(at) {
        let rest = &lines[at..];
        at += 1;
        if line::is_gap(text) {
            // The rest of the article may be what is left out: the gap is the article's, not the 款's.
            tree.close(PARAGRAPH);
            tree.leaf(node(Level::Gap, None, "", text, number));
        } else if line::is_row(text) {
            // A table belongs to the 款 or 项 that it follows.
            tree.leaf(node(Level::Paragraph, None, "", text, number));
        } else if let Some(article) = line::article(text).filter(|a| a.spaced || follows(last, a)) {
            last = article.number;
            open_article(&mut tree, &article, annex, number);
        } else if let Some(division) = line::division(text) {
            let own = Division { kind: division.kind, number: division.number };
            open_division(&mut tree, own, annex, division.mark, division.rest, number);
        } else if !lenient && line::is_broken_heading(text) {
            return Err(ParseError::BrokenHeading { line: number, text: text.chars().take(20).collect() });
        } else if let Some(opened) =
            line::annex(text, rest.get(1).map(|l| l.1)).filter(|_| last.number > 0 || annex.is_some())
        {
            let end = (1..rest.len()).find(|&n| line::annex(rest[n].1, rest.get(n + 1).map(|l| l.1)).is_some());
            let annexed = &rest[..end.unwrap_or(rest.len())];
            tree.close(1);
            if annexed.iter().any(|(_, text)| line::article(text).is_some_and(|a| a.spaced)) {
                // A text of its own, with articles from the first.
                annex = Some(opened.number);
                last = ArticleNumber::new(0);
                let locator = OutlineLocator { annex, ..Default::default() };
                tree.push(1, node(Level::Annex, Some(locator.into()), opened.mark, opened.rest, number));
            } else {
                outline::build(annexed).children.into_iter().for_each(|child| tree.leaf(child));
                at += annexed.len() - 1;
            }
        } else if let Some(part) = parts.iter().position(|&part| part + 1 == at) {
            let own = Division { kind: DivisionKind::Part, number: part as u32 + 1 };
            open_division(&mut tree, own, annex, "", text, number);
        } else if rest.get(1).is_some_and(|&(_, next)| line::is_bare_heading(text, next)) {
            // 附则 without a number ends the last chapter; of other headings nobody knows what they end.
            let supplementary = text.chars().filter(|c| !c.is_whitespace()).eq("附则".chars());
            tree.close(if supplementary { AFTER_ANNEX } else { ARTICLE });
            tree.leaf(node(Level::Matter, None, "", text, number));
        } else if tree.innermost(Level::Article).is_none() {
            tree.leaf(node(Level::Matter, None, "", text, number));
        } else if continues_item(&tree, rest) {
            // A second paragraph of the item: the list goes on after it, so it opens no 款.
            tree.close(SUBITEM);
            tree.push(SUBITEM, node(Level::Paragraph, None, "", text, number));
        } else if let Some(item) = unmarked_item(&tree, text) {
            tree.push(ITEM, node(Level::Item, Some(item.into()), "", text, number));
        } else {
            open_within_article(&mut tree, text, number);
        }
    }
    Ok(tree.finish())
}

/// 总则, 物权编, 合同编 of a copy that prints 编 without numbers: lines before a 第一章 or 第一分编 while the articles
/// go on. One alone may be anything; two and more are the 编, in their order.
fn unnumbered_parts(lines: &[(u32, &str)]) -> Vec<usize> {
    let numbered = |text: &str| line::division(text).is_some_and(|d| d.kind == DivisionKind::Part);
    if lines.iter().any(|(_, text)| numbered(text)) {
        return Vec::new();
    }
    let opens = |text: &str| {
        let division = line::division(text).filter(|d| d.number == 1);
        division.is_some_and(|d| matches!(d.kind, DivisionKind::SubPart | DivisionKind::Chapter))
    };
    let mut last = ArticleNumber::new(0);
    let mut parts = Vec::new();
    for (at, &(_, text)) in lines.iter().enumerate() {
        if let Some(article) = line::article(text).filter(|a| a.spaced) {
            last = article.number;
        }
        let is_bare = line::division(text).is_none();
        let heads = |next: &(u32, &str)| is_bare && line::is_bare_heading(text, next.1) && opens(next.1);
        if at > 0 && lines.get(at + 1).is_some_and(heads) {
            let next = lines[at..].iter().filter_map(|(_, text)| line::article(text)).find(|a| a.spaced);
            if next.is_some_and(|next| next.number > last) {
                parts.push(at);
            }
        }
    }
    if parts.len() > 1 { parts } else { Vec::new() }
}

fn open_division(tree: &mut Builder, own: Division, annex: Option<u32>, mark: &str, heading: &str, number: u32) {
    let level = match own.kind {
        DivisionKind::Annex => Level::Annex,
        DivisionKind::Part => Level::Part,
        DivisionKind::SubPart => Level::SubPart,
        DivisionKind::Chapter => Level::Chapter,
        DivisionKind::Section => Level::Section,
    };
    let rank = 1 + own.kind as u32;
    tree.close(rank);
    let mut path = enclosing(tree, annex);
    path.push(own);
    let mut opened = node(level, Some(Locator::Division(path)), mark, heading, number);
    opened.heading_len = opened.text.len();
    tree.push(rank, opened);
}

/// The locator of a line that is an item without a mark. Old texts list without numbers and are cited with them
/// （税率如下：…；…；…。 is 第三项）, and copies lose a mark: what follows a lead-in that ends with ： and itself ends
/// with ；, or follows an item that ends with ；, goes on with the list.
fn unmarked_item(tree: &Builder, text: &str) -> Option<ArticleLocator> {
    if line::marked(text).is_some() {
        return None;
    }
    let (_, paragraph) = tree.open.iter().rev().find(|(_, p)| p.level == Level::Paragraph && p.locator.is_some())?;
    let last = match tree.open.last() {
        Some((_, open)) if open.level == Level::Item => Some(open),
        Some((_, open)) if open.level == Level::Paragraph && open.locator.is_some() => open.children.last(),
        _ => return None,
    };
    let number = match last.map(|p| (p.level, p.text.ends_with('；'), &p.locator)) {
        None => (paragraph.text.ends_with('：') && text.ends_with('；')).then_some(1),
        Some((Level::Item, true, Some(Locator::Article(own)))) => own.item.map(|n| n + 1),
        _ => None,
    }?;
    match &paragraph.locator {
        Some(Locator::Article(own)) => Some(ArticleLocator { item: Some(number), ..own.clone() }),
        _ => None,
    }
}

/// A line without a mark inside a list, when the next item of that list comes before the article ends.
fn continues_item(tree: &Builder, lines: &[(u32, &str)]) -> bool {
    let number_of = |p: &Provision| match &p.locator {
        Some(Locator::Article(own)) => own.item,
        _ => None,
    };
    let Some((open, next)) = tree.innermost(Level::Item).and_then(|i| Some((i, number_of(i)? + 1))) else {
        return false;
    };
    let Some(marker) = line::marked(&open.mark).map(|m| m.marker) else { return false };
    let is_unmarked = lines.first().is_some_and(|(_, text)| line::marked(text).is_none());
    let rest = lines.iter().skip(1).map(|&(_, text)| text);
    let mut rest = rest.take_while(|text| {
        !line::article(text).is_some_and(|a| a.spaced) && line::division(text).is_none() && !line::is_gap(text)
    });
    let follows = |text: &str| line::marked(text).filter(|m| m.marker == marker).map(|m| m.number);
    is_unmarked && rest.find_map(follows) == Some(next)
}

/// An article whose number has no white space after it is one only in sequence, and not in 第三条规定的.
fn follows(last: ArticleNumber, article: &ArticleLine<'_>) -> bool {
    let next = article.number.number == last.number + 1 && article.number.insertion == 0;
    let inserted = article.number.number == last.number && article.number.insertion == last.insertion + 1;
    let reference =
        article.rest.starts_with(['第', '规', '、', '和', '至', '、', '所', '的', '中', '，', '及', '与', '或']);
    (next || inserted) && !reference
}

fn enclosing(tree: &Builder, annex: Option<u32>) -> Vec<Division> {
    match tree.open.iter().rev().find(|(_, p)| p.is_division()).and_then(|(_, p)| p.locator.as_ref()) {
        Some(Locator::Division(path)) => path.clone(),
        _ => annex.map(|number| Division { kind: DivisionKind::Annex, number }).into_iter().collect(),
    }
}

fn open_article(tree: &mut Builder, article: &ArticleLine<'_>, annex: Option<u32>, number: u32) {
    let locator = ArticleLocator { annex, ..ArticleLocator::article(article.number) };
    let heading_len = match article.rest.strip_prefix('【').and_then(|r| r.find('】')) {
        Some(at) => '【'.len_utf8() + at + '】'.len_utf8(),
        None => 0,
    };
    let (heading, words) = article.rest.split_at(heading_len);
    let mut opened = node(Level::Article, Some(locator.into()), article.mark, heading, number);
    opened.heading_len = heading_len;
    tree.push(ARTICLE, opened);
    if !words.trim().is_empty() {
        open_within_article(tree, words.trim_start(), number);
    }
}

fn open_within_article(tree: &mut Builder, text: &str, number: u32) {
    let Some(Locator::Article(mut locator)) = tree.innermost(Level::Article).and_then(|a| a.locator.clone()) else {
        return;
    };
    let paragraphs =
        |tree: &Builder| tree.innermost(Level::Article).map_or(0, |a| a.children_of(Level::Paragraph).count());
    let adrift = tree.innermost(Level::Article).is_some_and(|a| a.children_of(Level::Gap).next().is_some());
    match line::marked(text) {
        Some(item) if matches!(item.marker, Marker::HanParenthesized) || starts_items(tree, &item) => {
            if let Some(open) = open_paragraph(tree) {
                locator.paragraph = Some(open);
            } else if !adrift {
                // 第七条　（一）…: a 款 that is nothing but its list.
                locator.paragraph = Some(paragraphs(tree) as u32 + 1);
                tree.push(PARAGRAPH, node(Level::Paragraph, Some(locator.clone().into()), "", "", number));
            }
            locator.item = Some(item.number);
            tree.push(ITEM, node(Level::Item, Some(locator.into()), item.mark, item.rest, number));
        }
        Some(subitem) if tree.innermost(Level::Item).is_some() => {
            let Some(Locator::Article(mut within)) = tree.innermost(Level::Item).and_then(|i| i.locator.clone()) else {
                return;
            };
            // （1） below 1. has no name in a citation; it is part of the 目.
            if tree
                .innermost(Level::Subitem)
                .and_then(|s| line::marked(&s.mark))
                .is_some_and(|s| s.marker < subitem.marker)
            {
                tree.leaf(node(Level::Paragraph, None, subitem.mark, subitem.rest, number));
                return;
            }
            within.subitem = Some(subitem.number);
            tree.push(SUBITEM, node(Level::Subitem, Some(within.into()), subitem.mark, subitem.rest, number));
        }
        _ => {
            tree.close(PARAGRAPH);
            locator.paragraph = Some(paragraphs(tree) as u32 + 1);
            // After a gap nobody knows which 款 of the article this is.
            let locator = (!adrift).then(|| locator.into());
            tree.push(PARAGRAPH, node(Level::Paragraph, locator, "", text, number));
        }
    }
}

/// （1） is an item where the list is numbered so from its start, a subitem below （一）.
fn starts_items(tree: &Builder, item: &line::MarkedLine<'_>) -> bool {
    item.marker == Marker::ArabicParenthesized
        && tree.innermost(Level::Item).is_none_or(|i| i.mark.contains(|c: char| c.is_ascii_digit()))
}

/// The number of the open 款; a paragraph inside an item has none.
fn open_paragraph(tree: &Builder) -> Option<u32> {
    let open = tree.open.iter().rev().filter(|(_, p)| p.level == Level::Paragraph);
    open.into_iter().find_map(|(_, p)| match &p.locator {
        Some(Locator::Article(own)) => own.paragraph,
        _ => None,
    })
}
