//! `no-such-provision`: the text, which the corpus holds whole, has no such place.

use super::row::in_marks;
use super::{Finding, Row, Rule};
use crate::check::footing::{Quoted, Spot};
use crate::check::{Applicability, Link, Severity};
use crate::law::Level;
use crate::law::locator::Locator;
use crate::law::provision::{Located, Provision, locate};
use crate::quote::{Match, Place, is_within};

pub const RULE: Rule = Rule { name: "no-such-provision", severity: Severity::Error, doc: DOC, check };

const DOC: &str = "\
# 条款不存在

法规库收有该文件全文，而文中没有所引的条、款、项或者部分。只收节录的文件不作这种判断；把“项”写成“款”的另由 paragraph-for-item 报告。

## 为什么要紧

指向一个不存在的条款，等于没有依据。常见原因是沿用了旧版的条号，或者抄错了数字。

## 会报告

| 公开依据 |
| --- |
| 《中华人民共和国政府信息公开条例》第七十条 |
| 《中华人民共和国预算法》第十四条第六款 |
| 《中华人民共和国政府信息公开条例》第二十条第（十六）项 |

## 不会报告

| 公开依据 |
| --- |
| 《中华人民共和国政府信息公开条例》第二十条第（十五）项 |
| 《中华人民共和国预算法》第十四条第四款 |
| 《中国共产党党务公开条例（试行）》第十条第（四）项 |

## 怎么改

引文能证明指的是哪一条时给出该条，供核对后修改；否则对照全文改正。不自动修改。
";

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    for link in row.links {
        let Some(document) = row.place_of(link) else { continue };
        for (at, (spot, cited)) in link.footing.spots.iter().zip(&link.citation.locators).enumerate() {
            let Spot::Missing { deepest } = spot else { continue };
            if link.footing.item_meant.iter().any(|(own, _)| *own == at) || explained(row, link, &cited.locator) {
                continue;
            }
            if let Some(point) = point_meant(row, &document, &cited.locator) {
                let label = row.label(&point);
                let message = format!(
                    "{}不分条，“{}”应写作{label}",
                    row.cited_as(&document),
                    cited.span.of(row.cell(link)).trim()
                );
                let finding = row.finding(&RULE, Some(link), message).graded(Severity::Warning).expecting(label);
                findings.push(finding.at(point));
                continue;
            }
            let known = deepest.as_ref().map(|locator| Place { locator: locator.clone(), ..document.clone() });
            let Some(regulation) = row.regulation(&document) else { continue };
            let message =
                format!("{}没有{}{}", in_marks(&regulation.title), cited.locator, has(row, &document, known.as_ref()));
            let mut finding = row.finding(&RULE, Some(link), message);
            if let Some(place) = known {
                finding = finding.at(place);
            }
            findings.push(with_place_of_words(row, link, finding, &document, at));
        }
    }
}

/// The words are those of this very place of another document, so it is the document that is wrong, and told as that.
fn explained(row: &Row<'_>, link: &Link, locator: &Locator) -> bool {
    let Quoted::Elsewhere(at) = link.footing.words else { return false };
    let Some(found) = link.matches.get(at).filter(|m| Some(m.place.regulation) != link.regulation()) else {
        return false;
    };
    let root = row.version(&found.place).and_then(|version| version.provisions());
    let there = root.map(|root| locate(root, locator));
    let id = |p: &Provision| p.locator.as_ref().map(Locator::id);
    matches!(there, Some(Located::Found(p)) if id(p).is_some_and(|id| is_within(&found.place.locator, &id)))
}

/// 第二条第六项 of a notice that has no 条 but a point 二、（六）.
pub fn point_meant(row: &Row<'_>, document: &Place, locator: &Locator) -> Option<Place> {
    let root = row.version(document)?.provisions()?;
    let Locator::Article(own) = locator else { return None };
    if root.walk().any(|p| p.level == Level::Article) {
        return None;
    }
    let inner = own.paragraph.or(own.item).map_or(String::new(), |n| format!(".{n}"));
    let id = format!("s{}{inner}", own.article);
    match locate(root, &Locator::from_id(&id).ok()?) {
        Located::Found(found) => Some(Place { locator: found.locator.as_ref().map(Locator::id)?, ..document.clone() }),
        _ => None,
    }
}

/// What is there instead: how many articles, or what the article has.
fn has(row: &Row<'_>, document: &Place, deepest: Option<&Place>) -> String {
    let Some(place) = deepest else {
        let root = row.version(document).and_then(|v| v.provisions());
        let last = root.and_then(|root| root.walk().filter(|p| p.level == Level::Article).last());
        return match last.and_then(|p| p.locator.as_ref()) {
            Some(last) => format!("（最后一条是{last}）"),
            None => "（全文不分条）".into(),
        };
    };
    let Some(provision) = row.provision(place) else { return String::new() };
    let count = |level| provision.provision.children_of(level).count();
    let (paragraphs, items) = (count(Level::Paragraph), count(Level::Item));
    match (provision.provision.level, paragraphs, items) {
        (Level::Article, n, _) if n > 0 => format!("（{}有{n}款）", place_label(row, place)),
        (_, _, n) if n > 0 => format!("（{}有{n}项）", place_label(row, place)),
        _ => format!("（{}不分项）", place_label(row, place)),
    }
}

fn place_label(row: &Row<'_>, place: &Place) -> String {
    row.label(place)
}

/// Where the quoted words stand in the same text shows what was meant.
fn with_place_of_words(row: &Row<'_>, link: &Link, finding: Finding, document: &Place, locator: usize) -> Finding {
    let here =
        |found: &&Match| (found.place.regulation, found.place.version) == (document.regulation, document.version);
    // The words may stand in the next cell, without a locator of their own.
    let bare = row.links.iter().filter(|other| other.citation.locators.is_empty());
    let quoted = std::iter::once(link).chain(bare).filter_map(Link::quoted_at).find(here);
    let Some(found) = quoted else { return finding };
    let label = row.label(&found.place);
    let edit = match &link.citation.locators[..] {
        [only] if locator == 0 && starts_with_article(only.span.of(row.cell(link))) => {
            row.edit(link, only.span, label.clone())
        }
        _ => None,
    };
    let mut finding = finding;
    if let Some(note) = row.old_number(link, locator) {
        finding.message.push_str(&note);
    }
    finding.expecting(label).shown_by(found).repaired(Applicability::Unsafe, edit.into_iter().collect())
}

/// The written words are a whole locator, not the tail of a list (、第七款).
pub fn starts_with_article(written: &str) -> bool {
    written.starts_with('第') && written.contains('条') || written.parse::<Locator>().is_ok()
}
