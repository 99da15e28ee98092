//! [`Reader`]: the references of one version, each resolved in the document and the version that its words mean.
//!
//! A statute calls itself 本法; a bare 第四条 is its own too, unless the sentence has just named another document. In a
//! text that interprets, applies or amends another (its subject, told by its title) a bare clause is the subject's. A
//! place is reported missing only where the document meant is certain and the text in question is whole and no newer
//! than the words that cite it.

use super::place::{Text, places_in};
use super::{CrossReference, Target};
use crate::cite::anaphor::KINDS;
use crate::cite::citation::{Citation, Resolution, Resolved};
use crate::cite::{Names, resolve, scan};
use crate::law::locator::{ArticleLocator, Locator};
use crate::law::provision::{Located, Provision, locate};
use crate::law::{Corpus, Level, ProvisionRef, Regulation, Status};
use crate::text::{fold, numeral};
use jiff::civil::Date;

/// The longest name looked for right before a clause, in characters.
const NAME_CHARS: usize = 40;
/// Clauses looked back over for the document that a bare one continues.
const LOOK_BACK: usize = 40;

pub(super) fn of_version(corpus: &Corpus, names: &Names, r: usize, v: usize, today: Date) -> Vec<CrossReference> {
    let regulation = &corpus.regulations()[r];
    let Some(root) = regulation.versions[v].provisions() else { return Vec::new() };
    let tenure = corpus.tenure(regulation, v, today);
    let over = matches!(tenure.status, Status::Superseded | Status::Repealed);
    let last_day = tenure.until.filter(|_| over).and_then(|day| day.yesterday().ok());
    let date = last_day.unwrap_or(today);
    let own = Text { regulation, version: v, root };
    let subject = subject(corpus, regulation).filter(|s| s.id != regulation.id);
    let has_articles = root.walk().any(|p| p.level == Level::Article);
    let written = regulation.versions[v].promulgated;
    let mut found = Vec::new();
    for node in root.walk().filter(|p| matches!(p.level, Level::Paragraph | Level::Point) && !p.is_inline()) {
        if node.locator.is_none() {
            continue;
        }
        let words = own_words(node);
        let reader = Reader { corpus, own, node, words: &words, date, written, subject, has_articles };
        let from = ProvisionRef { regulation, version: v, provision: node }.id();
        found.extend(reader.references(names).into_iter().map(|(words, target)| CrossReference {
            from: from.clone(),
            words,
            target,
        }));
    }
    found
}

/// The document that a title speaks about: 刑法修正案（九） → 刑法, 关于适用《公司法》若干问题的规定 → 公司法.
fn subject<'c>(corpus: &'c Corpus, regulation: &Regulation) -> Option<&'c Regulation> {
    let title = fold::fold(&regulation.title).text;
    let known = |name: &str| corpus.by_name(name).into_iter().next();
    if let Some(at) = title.find("修正案") {
        return known(&title[..at]);
    }
    let marks = [('《', '》'), ('〈', '〉')];
    let marked = marks.iter().find_map(|&(open, close)| {
        let from = title.find(open)? + open.len_utf8();
        Some(&title[from..from + title[from..].find(close)?])
    });
    if let Some(name) = marked {
        return known(name);
    }
    let from = ["适用", "执行", "修改", "修订"].iter().find_map(|verb| title.find(verb).map(|at| at + verb.len()))?;
    let rest = &title[from..];
    rest.char_indices().map(|(at, c)| &rest[..at + c.len_utf8()]).filter_map(known).next_back()
}

/// A 款 with its list; a point with its ordinals, without the points below it.
fn own_words(node: &Provision) -> String {
    if node.level == Level::Paragraph {
        return node.full_text();
    }
    let inline = node.children.iter().filter(|child| child.is_inline()).map(Provision::printed);
    std::iter::once(node.text.clone()).chain(inline).collect()
}

/// 前款, 前两款, 前条 with where they stand.
fn former(words: &str) -> impl Iterator<Item = (usize, &str)> {
    words.match_indices('前').filter_map(|(at, mark)| {
        let rest = &words[at + mark.len()..];
        let read = numeral::prefix(rest).map_or(0, |(_, read)| read);
        let unit = rest[read..].chars().next().filter(|c| matches!(c, '款' | '条'))?;
        // 前条件 and the like are other words.
        let is_word = rest[read + unit.len_utf8()..].starts_with(['件', '例', '文']);
        (!is_word).then(|| (at, &words[at..at + mark.len() + read + unit.len_utf8()]))
    })
}

struct Reader<'a> {
    corpus: &'a Corpus,
    own: Text<'a>,
    /// The 款 or point that is read, and its words.
    node: &'a Provision,
    words: &'a str,
    /// The day on which the document is in force.
    date: Date,
    /// The day of its words.
    written: Option<Date>,
    subject: Option<&'a Regulation>,
    has_articles: bool,
}

impl Reader<'_> {
    /// In the order of the words.
    fn references(&self, names: &Names) -> Vec<(String, Target)> {
        let citations = scan(self.words, names);
        // 前款 with nothing named before it is no citation to the scanner.
        let former =
            former(self.words).filter(|(at, _)| citations.iter().all(|c| !(c.span.start..c.span.end).contains(at)));
        let mut targets: Vec<(usize, String, Target)> =
            former.filter_map(|(at, written)| Some((at, written.to_string(), self.former(written)?))).collect();
        let mut before: Option<&Citation> = None;
        for citation in &citations {
            let written: String = citation.span.of(self.words).split_whitespace().collect();
            let target = self.target(citation, &written, before);
            targets.extend(target.map(|target| (citation.span.start, written, target)));
            before = Some(citation);
        }
        targets.sort_by_key(|(at, _, _)| *at);
        targets.into_iter().map(|(_, words, target)| (words, target)).collect()
    }

    fn former(&self, written: &str) -> Option<Target> {
        // In the new words that a decision gives to others it is a clause of theirs.
        if !self.has_articles {
            return None;
        }
        let places = self.own_places(written, Vec::new())?;
        places_in(self.own, &places).ok()
    }

    /// `None`: words that point at no clause and no document.
    fn target(&self, citation: &Citation, written: &str, before: Option<&Citation>) -> Option<Target> {
        let locators: Vec<Locator> = citation.locators.iter().map(|l| l.locator.clone()).collect();
        let calls_itself = written.strip_prefix('本').and_then(|rest| KINDS.iter().find(|k| rest.starts_with(**k)));
        let bare = citation.title_span.is_none() && citation.number.as_ref().is_none_or(|n| !n.own);
        if let Some(kind) = calls_itself {
            let places = self.own_places(written, locators)?;
            return Some(match self.is_called(kind) {
                true => places_in(self.own, &places).unwrap_or_else(|place| self.missing(place)),
                // 本法 in a decision is the law whose new words the decision gives.
                false => self.of_others(citation, &places),
            });
        }
        if written.starts_with("本条第") || (bare && written.starts_with('前')) {
            let places = self.own_places(written, locators)?;
            return Some(places_in(self.own, &places).unwrap_or_else(|place| self.missing(place)));
        }
        if bare && written.starts_with('第') {
            return self.bare(citation, written, locators, before);
        }
        self.titled(citation, written, &locators)
    }

    /// 第九条, with nothing before it that names a document.
    fn bare(
        &self,
        citation: &Citation,
        written: &str,
        locators: Vec<Locator>,
        before: Option<&Citation>,
    ) -> Option<Target> {
        let places = self.own_places(written, locators)?;
        // 刑法第二百二十五条: a name too short to be looked for in running text.
        if let Some(named) = self.named_at(citation.span.start) {
            return Some(self.in_regulation(named, &places));
        }
        let continues = before.is_some_and(|last| {
            let between = self.words.get(last.span.end..citation.span.start).unwrap_or_default();
            let same_sentence = !between.contains(['。', '；', '\n', '“', '”']);
            same_sentence
                && (self.subject.is_some()
                    || between.chars().all(|c| "、，,和或及以与至的规定其者依照按照".contains(c)))
        });
        if continues && (citation.title.is_some() || citation.number.is_some()) {
            return Some(self.of_others(citation, &places));
        }
        if !self.has_articles {
            return Some(self.of_others(citation, &places));
        }
        match places_in(self.own, &places) {
            Ok(target) => Some(target),
            Err(place) => Some(match self.of_others(citation, &places) {
                // An article beyond the last may be another document's; what an own article lacks is certain.
                Target::Unclear { .. } if self.has_article(&places) && citation.title.is_none() => self.missing(place),
                Target::Missing { .. } => Target::Unclear { place },
                other => other,
            }),
        }
    }

    /// What the words before mean, else the subject of the document, else nobody knows.
    fn of_others(&self, citation: &Citation, places: &[Locator]) -> Target {
        let antecedent = match resolve(citation, self.corpus, self.date) {
            Resolution::Found(found) => self.corpus.regulations().get(found.regulation),
            _ => None,
        };
        // 刑法第三百一十二条…，第三百四十九条: the scanner has no antecedent where the name is too short for it.
        let short = || {
            let before = self.words.get(..citation.span.start)?;
            let clauses = before.rmatch_indices('第').take(LOOK_BACK);
            clauses.filter_map(|(at, _)| self.named_at(at)).next()
        };
        let others = antecedent.or_else(short).into_iter().chain(self.subject);
        let targets: Vec<Target> = others.map(|regulation| self.in_regulation(regulation, places)).collect();
        let found = targets.iter().position(|t| matches!(t, Target::Found(_)));
        let place = places.first().map(ToString::to_string).unwrap_or_default();
        let unclear = Target::Unclear { place };
        found.map_or_else(
            || targets.iter().find(|t| matches!(t, Target::NotHeld(_))).cloned().unwrap_or(unclear),
            |at| targets[at].clone(),
        )
    }

    /// The document of the longest name that ends where the clause begins.
    fn named_at(&self, at: usize) -> Option<&Regulation> {
        let before = self.words.get(..at)?;
        let starts = before.char_indices().rev().take(NAME_CHARS).map(|(i, _)| i);
        starts.filter_map(|i| self.corpus.by_name(&before[i..]).into_iter().next()).last()
    }

    /// A document named here, by its title or number.
    fn titled(&self, citation: &Citation, written: &str, locators: &[Locator]) -> Option<Target> {
        match resolve(citation, self.corpus, self.date) {
            Resolution::Found(Resolved { regulation, version, .. }) => {
                let regulation = self.corpus.regulations().get(regulation)?;
                let version = version?;
                // A text that names its own title cites nothing by it.
                if locators.is_empty() && regulation.id == self.own.regulation.id {
                    return None;
                }
                Some(self.in_version(regulation, version, locators))
            }
            Resolution::Ambiguous(_) => None,
            Resolution::NotInCorpus(_) => {
                let title = || citation.title.clone().unwrap_or_else(|| written.into());
                (citation.title_span.is_some() || citation.number.is_some()).then(|| Target::NotInCorpus(title()))
            }
        }
    }

    fn in_regulation(&self, regulation: &Regulation, places: &[Locator]) -> Target {
        match regulation.version_on(self.date) {
            Some(version) => self.in_version(regulation, version, places),
            None => Target::NotHeld(regulation.id.clone()),
        }
    }

    /// In this version, else in the one in force when the words were written.
    fn in_version(&self, regulation: &Regulation, version: usize, places: &[Locator]) -> Target {
        let then = self.written.and_then(|date| regulation.version_on(date)).filter(|&then| then != version);
        let mut missing: Option<(usize, String)> = None;
        for version in std::iter::once(version).chain(then) {
            let Some(root) = regulation.versions.get(version).and_then(|v| v.provisions()) else { continue };
            match places_in(Text { regulation, version, root }, places) {
                Ok(target) => return target,
                Err(place) => missing = Some((version, place)),
            }
        }
        let document = |version: usize| format!("{}@{}", regulation.id, regulation.versions[version].id());
        let Some((held, place)) = missing else { return Target::NotHeld(document(version)) };
        // The numbers are those of the text of then: a newer one proves nothing.
        let version = &regulation.versions[held];
        let newer = match (version.starts().max(version.promulgated), self.written) {
            (Some(held), Some(written)) => held > written,
            _ => true,
        };
        if newer { Target::NotHeld(document(held)) } else { Target::Missing { document: document(held), place } }
    }

    fn has_article(&self, places: &[Locator]) -> bool {
        let whole = |place: &Locator| match place {
            Locator::Article(cited) => Some(cited.whole().into()),
            _ => None,
        };
        places.iter().filter_map(whole).all(|article| matches!(locate(self.own.root, &article), Located::Found(_)))
    }

    fn missing(&self, place: String) -> Target {
        let Text { regulation, version, .. } = self.own;
        Target::Missing { document: format!("{}@{}", regulation.id, regulation.versions[version].id()), place }
    }

    /// Whether this document may call itself 本 and `kind`.
    fn is_called(&self, kind: &str) -> bool {
        let regulation = self.own.regulation;
        let named = |name: &str| {
            let name = fold::fold(name).text;
            let name = name.split('(').next().unwrap_or_default();
            name.trim_end_matches(['》', '〉']).ends_with(kind)
        };
        self.has_articles && (self.subject.is_none() || regulation.names().any(named))
    }

    fn own_places(&self, written: &str, locators: Vec<Locator>) -> Option<Vec<Locator>> {
        let Some(Locator::Article(here)) = &self.node.locator else {
            let elsewhere = written.contains('条') || written.contains(['章', '节', '编']);
            return (elsewhere && !locators.is_empty()).then_some(locators);
        };
        let article = here.whole();
        let inner = |locator: Option<&Locator>| match locator {
            Some(Locator::Article(own)) => (own.item, own.subitem),
            _ => (None, None),
        };
        if let Some(rest) = written.strip_prefix('前') {
            let (count, read) = numeral::prefix(rest).unwrap_or((1, 0));
            let (item, subitem) = inner(locators.first());
            return match rest.get(read..)?.chars().next()? {
                '款' => {
                    let last = here.paragraph?.checked_sub(1)?;
                    let first = last.checked_sub(count.saturating_sub(1)).filter(|&n| n > 0)?;
                    let place = |n| ArticleLocator { paragraph: Some(n), item, subitem, ..article.clone() }.into();
                    Some((first..=last).map(place).collect())
                }
                '条' => {
                    let articles = self.own.root.walk().filter(|p| p.level == Level::Article);
                    let articles: Vec<&Locator> = articles.filter_map(|p| p.locator.as_ref()).collect();
                    let at = articles.iter().position(|l| **l == article.clone().into())?;
                    let from = at.checked_sub(count as usize)?;
                    Some(articles[from..at].iter().map(|&l| l.clone()).collect())
                }
                _ => None,
            };
        }
        if let Some(rest) = written.strip_prefix("本条第") {
            // 本条第二十三条 is a slip for 本条例第二十三条: the number leads there all the same.
            if rest.contains('条') {
                return Some(locators);
            }
            let own = |locator: Locator| match locator {
                Locator::Article(a) => Locator::Article(ArticleLocator { article: here.article, ..a }),
                other => other,
            };
            return Some(locators.into_iter().map(own).collect::<Vec<_>>()).filter(|l| !l.is_empty());
        }
        // 第二项 alone, without an article, is of this 款: nothing that leads elsewhere.
        let elsewhere = written.contains('条') || written.contains(['章', '节', '编']);
        (elsewhere && !locators.is_empty()).then_some(locators)
    }
}
