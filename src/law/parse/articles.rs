//! Texts with 第N条: 编章节 → 条 → 款 → 项 → 目.

use super::line::{self, ArticleLine};
use super::{Builder, ParseError, node};
use crate::law::locator::{ArticleLocator, ArticleNumber, Division, Locator, Marker, OutlineLocator};
use crate::law::provision::{Level, Provision};

const ARTICLE: u32 = 10;
const PARAGRAPH: u32 = 11;
const ITEM: u32 = 12;
const SUBITEM: u32 = 13;

pub fn build(lines: &[(u32, &str)], lenient: bool) -> Result<Provision, ParseError> {
    let mut tree = Builder::new();
    let mut last = ArticleNumber { number: 0, insertion: 0 };
    let mut annex = None;
    for (at, &(number, text)) in lines.iter().enumerate() {
        if line::is_gap(text) {
            // The rest of the article may be what is left out: the gap is the article's, not the 款's.
            tree.close(PARAGRAPH);
            tree.leaf(node(Level::Gap, None, "", text, number));
        } else if let Some(article) = line::article(text).filter(|a| a.spaced || follows(last, a)) {
            last = article.number;
            open_article(&mut tree, &article, number);
        } else if let Some(division) = line::division(text) {
            let level = match division.kind.word() {
                "编" => Level::Part,
                "分编" => Level::SubPart,
                "章" => Level::Chapter,
                _ => Level::Section,
            };
            let rank = 1 + division.kind as u32;
            tree.close(rank);
            let mut path = enclosing(&tree);
            path.push(Division { kind: division.kind, number: division.number });
            let mut opened = node(level, Some(Locator::Division(path)), division.mark, division.rest, number);
            opened.heading_len = opened.text.len();
            tree.push(rank, opened);
        } else if !lenient && line::is_broken_heading(text) {
            return Err(ParseError::BrokenHeading { line: number, text: text.chars().take(20).collect() });
        } else if let Some(n) = line::annex(text).filter(|_| last.number > 0) {
            annex = Some(n);
            let locator = OutlineLocator { annex, ..Default::default() };
            tree.push(1, node(Level::Annex, Some(locator.into()), text, "", number));
        } else if lines.get(at + 1).is_some_and(|&(_, next)| line::is_bare_heading(text, next)) {
            // 附则 without a number ends the last chapter; of other headings nobody knows what they end.
            let supplementary = text.chars().filter(|c| !c.is_whitespace()).eq("附则".chars());
            tree.close(if supplementary { 1 } else { ARTICLE });
            tree.leaf(node(Level::Matter, None, "", text, number));
        } else if annex.is_some() || tree.innermost(Level::Article).is_none() {
            tree.leaf(node(Level::Matter, None, "", text, number));
        } else if continues_item(&tree, &lines[at..]) {
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

fn enclosing(tree: &Builder) -> Vec<Division> {
    match tree.open.iter().rev().find(|(_, p)| p.is_division()).and_then(|(_, p)| p.locator.as_ref()) {
        Some(Locator::Division(path)) => path.clone(),
        _ => Vec::new(),
    }
}

fn open_article(tree: &mut Builder, article: &ArticleLine<'_>, number: u32) {
    let locator = ArticleLocator::article(article.number);
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
