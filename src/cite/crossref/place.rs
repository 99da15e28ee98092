//! [`Text`]: one version in which cited places are looked up, and whether it can prove that one is not there.

use super::Target;
use crate::law::locator::{ArticleLocator, DivisionKind, Locator, Marker};
use crate::law::provision::{Located, Provision, locate};
use crate::law::{Coverage, Level, ProvisionRef, Regulation};

/// One version with its tree.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub regulation: &'a Regulation,
    pub version: usize,
    pub root: &'a Provision,
}

/// The places in one text, as ids.
///
/// # Errors
/// The first place that a whole text does not have.
pub(super) fn places_in(text: Text<'_>, locators: &[Locator]) -> Result<Target, String> {
    let Text { regulation, version, root } = text;
    let this = &regulation.versions[version];
    let document = format!("{}@{}", regulation.id, this.id());
    if locators.is_empty() {
        return Ok(Target::Found(vec![document]));
    }
    let mut ids = Vec::new();
    for locator in locators {
        let id = |provision| ProvisionRef { regulation, version, provision }.id();
        match locate(root, locator) {
            Located::Found(provision) => ids.push(id(provision)),
            Located::Several(several) => ids.extend(several.into_iter().map(id)),
            Located::Missing { .. } if point_called_article(root, locator).is_some() => {
                ids.extend(point_called_article(root, locator).map(id));
            }
            Located::Missing { .. } if this.coverage == Coverage::Full && is_told(root, locator) => {
                return Err(locator.to_string());
            }
            Located::Missing { .. } => return Ok(Target::NotHeld(format!("{document}/{}", locator.id()))),
        }
    }
    Ok(Target::Found(ids))
}

/// Points of a text without articles are cited as articles: 刑法修正案（十二）第三条 is 三、.
fn point_called_article<'p>(root: &'p Provision, locator: &Locator) -> Option<&'p Provision> {
    let Locator::Article(cited) = locator else { return None };
    let whole = *cited == ArticleLocator::article(cited.article) && cited.article.insertion == 0;
    if !whole || root.walk().any(|p| p.level == Level::Article) {
        return None;
    }
    let number = cited.article.number;
    Marker::ORDER.into_iter().find_map(|marker| {
        let mut fits = root.walk().filter(|p| match &p.locator {
            Some(Locator::Outline(own)) => {
                let step = own.steps.last().is_some_and(|s| s.marker == marker && s.number == number);
                step && own.paragraph.is_none() && own.ordinal.is_none()
            }
            _ => false,
        });
        fits.next().filter(|_| fits.next().is_none())
    })
}

/// Whether the tree can prove that there is no such place: a copy that lost headings, articles or its annexes proves
/// nothing about them.
fn is_told(root: &Provision, locator: &Locator) -> bool {
    match locator {
        Locator::Division(path) => path.last().is_some_and(|cited| has_all_divisions(root, cited.kind)),
        Locator::Outline(cited) => cited.annex.is_none() || root.walk().any(|p| p.level == Level::Annex),
        Locator::Article(cited) => {
            let of = |p: &Provision| match &p.locator {
                Some(Locator::Article(own)) if p.level == Level::Article => Some(own.article),
                _ => None,
            };
            let here = root.walk().filter_map(of).any(|own| own == cited.article);
            here || root.walk().filter_map(of).all(|own| own < cited.article)
        }
    }
}

fn has_all_divisions(root: &Provision, kind: DivisionKind) -> bool {
    let of_kind = root.walk().filter_map(|p| match &p.locator {
        Some(Locator::Division(own)) => own.last().filter(|d| d.kind == kind).map(|d| d.number),
        _ => None,
    });
    let numbers: Vec<u32> = of_kind.collect();
    let unnumbered = root.walk().any(|p| p.is_division() && p.locator.is_none());
    numbers.first() == Some(&1) && !unnumbered && numbers.windows(2).all(|w| w[1] == w[0] + 1 || w[1] == 1)
}
