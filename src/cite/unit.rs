//! [`Unit`]: the article whose words are being read, and how far its 款 have been counted.

use super::anaphor::Anaphor;
use super::assemble::{list_mark, starts_line};
use super::cursor::{Cursor, is_space, plain};
use super::heads::Head;
use crate::law::locator::{ArticleLocator, Locator};
use crate::text::numeral;

/// What 前款 is counted back from. Asked for ever later places, so that a text is gone through once.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    place: ArticleLocator,
    /// The 款 that stands before `at`.
    paragraph: u32,
    at: usize,
    /// Words of it stand before `at`, and a line ends behind them.
    begun: bool,
    breaks: bool,
}

impl Unit {
    /// The unit that begins with a head: a clause whose own words follow it.
    pub fn begun_by(c: &Cursor, head: &Head) -> Option<Self> {
        let Some(Locator::Article(place)) = head.locators.last().map(|cited| &cited.locator) else { return None };
        let named = head.title.is_some() || head.number.is_some();
        let free = || starts_line(c.text, head.span.start) || list_mark(c.text, head.span.start).is_some();
        let followed = c.raw().is_some_and(|next| is_space(next) || matches!(plain(next), ':' | '“'));
        let begins = followed && head.anaphor.is_none() && (named || free());
        let (paragraph, at) = (place.paragraph.unwrap_or(1), c.at);
        begins.then(|| Unit { place: place.clone(), paragraph, at, begun: false, breaks: false })
    }

    /// The place of the words at `at`: every line that is no point of a list is a 款.
    pub fn place_at(&mut self, c: &Cursor, at: usize) -> ArticleLocator {
        let mut ahead = c.at(self.at);
        while ahead.at <= at
            && let Some(next) = ahead.raw()
        {
            match next {
                '\n' => self.breaks = self.begun,
                next if is_space(next) => {}
                _ => {
                    self.paragraph += u32::from(self.breaks && !is_point(&ahead));
                    (self.begun, self.breaks) = (true, false);
                }
            }
            ahead.bump();
        }
        self.at = ahead.at;
        ArticleLocator { paragraph: Some(self.paragraph), ..self.place.clone() }
    }
}

/// （一）, 1. and the like at the beginning of a line.
fn is_point(c: &Cursor) -> bool {
    let mut ahead = c.clone();
    match ahead.peek() {
        Some('(' | '㈠'..='㈩' | '①'..='⑳' | '⑴'..='⒇') => ahead.parenthesized().is_some(),
        Some(next) if numeral::is_numeral(next) => {
            ahead.numeral().is_some() && matches!(ahead.peek(), Some('.' | '、'))
        }
        _ => false,
    }
}

/// The place from which an anaphor counts, where the unit tells it.
pub(super) fn counted_from(
    unit: Option<&mut Unit>,
    anaphor: &Anaphor,
    c: &Cursor,
    at: usize,
) -> Option<ArticleLocator> {
    match anaphor {
        Anaphor::Former { unit: '款' | '条', .. } => unit.map(|unit| unit.place_at(c, at)),
        // 同条 and 该条 are the article named last.
        Anaphor::ThisArticle | Anaphor::FirstOfArticle { .. } if c.at(at).raw() == Some('本') => {
            unit.map(|unit| unit.place.whole())
        }
        _ => None,
    }
}
