//! [`CrossReferences`]: where the law cites itself: 预算法第六条第二款, 本条例第十九条, 前款, each with both ends.

use super::anaphor::KINDS;
use super::citation::{Citation, Resolution, Resolved};
use super::{Names, resolve, scan};
use crate::law::locator::{ArticleLocator, Locator};
use crate::law::provision::{Located, Provision, locate};
use crate::law::{Corpus, Coverage, Level, ProvisionRef, Status};
use crate::text::numeral;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// One reference from a clause to a document or clause.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossReference {
    /// Id of the 款 or point that cites.
    pub from: String,
    /// The words as printed: 本条例第九条.
    pub words: String,
    pub target: Target,
}

/// What the words lead to.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// Ids of what is cited: `yusuan-fa@2018-12-29/a6.p2`; the version's id where the document alone is cited.
    Found(Vec<String>),
    /// The text is here, whole, and has no such place.
    Missing { document: String, place: String },
    /// The corpus has the document, but not (this part of) its text.
    NotHeld(String),
    /// The corpus does not have the document: its title as written.
    NotInCorpus(String),
}

/// All references of a corpus, to be asked from either end.
#[derive(Debug, Default)]
pub struct CrossReferences {
    all: Vec<CrossReference>,
    from: BTreeMap<String, Vec<usize>>,
    to: BTreeMap<String, Vec<usize>>,
}

impl CrossReferences {
    /// Reads every text of the corpus; a text that is not in force is read as of its own time.
    pub fn of(corpus: &Corpus, names: &Names, today: Date) -> Self {
        let versions: Vec<(usize, usize)> = corpus
            .regulations()
            .iter()
            .enumerate()
            .flat_map(|(r, regulation)| (0..regulation.versions.len()).map(move |v| (r, v)))
            .collect();
        let all: Vec<CrossReference> =
            versions.par_iter().flat_map_iter(|&(r, v)| of_version(corpus, names, r, v, today)).collect();
        let mut found = CrossReferences { all, ..Default::default() };
        for (at, reference) in found.all.iter().enumerate() {
            found.from.entry(reference.from.clone()).or_default().push(at);
            if let Target::Found(ids) = &reference.target {
                ids.iter().for_each(|id| found.to.entry(id.clone()).or_default().push(at));
            }
        }
        found
    }

    pub fn all(&self) -> &[CrossReference] {
        &self.all
    }

    /// What a provision and all below it cite.
    pub fn cites(&self, id: &str) -> Vec<&CrossReference> {
        self.below(&self.from, id)
    }

    /// What cites a provision or anything below it.
    pub fn cited_by(&self, id: &str) -> Vec<&CrossReference> {
        self.below(&self.to, id)
    }

    fn below(&self, map: &BTreeMap<String, Vec<usize>>, id: &str) -> Vec<&CrossReference> {
        let inside = |key: &str| key == id || key.strip_prefix(id).is_some_and(|rest| rest.starts_with(['.', '/']));
        let range = map.range(id.to_string()..).take_while(|(key, _)| key.starts_with(id));
        let mut found: Vec<usize> =
            range.filter(|(key, _)| inside(key)).flat_map(|(_, at)| at.iter().copied()).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| &self.all[at]).collect()
    }
}

fn of_version(corpus: &Corpus, names: &Names, r: usize, v: usize, today: Date) -> Vec<CrossReference> {
    let regulation = &corpus.regulations()[r];
    let Some(root) = regulation.versions[v].provisions() else { return Vec::new() };
    let tenure = corpus.tenure(regulation, v, today);
    let over = matches!(tenure.status, Status::Superseded | Status::Repealed);
    let last_day = tenure.until.filter(|_| over).and_then(|day| day.yesterday().ok());
    let date = last_day.unwrap_or(today);
    let mut found = Vec::new();
    for node in root.walk().filter(|p| matches!(p.level, Level::Paragraph | Level::Point) && !p.is_inline()) {
        let here = ProvisionRef { regulation, version: v, provision: node };
        if node.locator.is_none() {
            continue;
        }
        let words = own_words(node);
        let reader = Reader { corpus, here, root, date };
        let citations = scan(&words, names);
        // 前款 with nothing named before it is no citation to the scanner.
        let former =
            former(&words).filter(|(at, _)| citations.iter().all(|c| !(c.span.start..c.span.end).contains(at)));
        let mut targets: Vec<(usize, String, Target)> =
            former.filter_map(|(at, written)| Some((at, written.to_string(), reader.former(written)?))).collect();
        for citation in &citations {
            let written: String = citation.span.of(&words).split_whitespace().collect();
            let target = reader.target(citation, &written);
            targets.extend(target.map(|target| (citation.span.start, written, target)));
        }
        targets.sort_by_key(|(at, _, _)| *at);
        let from = here.id();
        found.extend(targets.into_iter().map(|(_, words, target)| CrossReference {
            from: from.clone(),
            words,
            target,
        }));
    }
    found
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
    here: ProvisionRef<'a>,
    root: &'a Provision,
    date: Date,
}

impl Reader<'_> {
    fn former(&self, written: &str) -> Option<Target> {
        let places = self.own_places(written, Vec::new())?;
        Some(places_in(self.here.regulation, self.here.version, self.root, &places))
    }

    /// `None`: words that point at no clause and no document.
    fn target(&self, citation: &Citation, written: &str) -> Option<Target> {
        let locators: Vec<Locator> = citation.locators.iter().map(|l| l.locator.clone()).collect();
        if self.is_own(citation, written) {
            let places = self.own_places(written, locators)?;
            return Some(places_in(self.here.regulation, self.here.version, self.root, &places));
        }
        let title = || citation.title.clone().unwrap_or_else(|| written.into());
        match resolve(citation, self.corpus, self.date) {
            Resolution::Found(Resolved { regulation, version, .. }) => {
                let regulation = self.corpus.regulations().get(regulation)?;
                let version = version?;
                // A text that names its own title cites nothing by it.
                if locators.is_empty() && regulation.id == self.here.regulation.id {
                    return None;
                }
                let Some(root) = regulation.versions.get(version)?.provisions() else {
                    return Some(Target::NotHeld(format!("{}@{}", regulation.id, regulation.versions[version].id())));
                };
                Some(places_in(regulation, version, root, &locators))
            }
            Resolution::Ambiguous(_) => None,
            Resolution::NotInCorpus(_) => (citation.title.is_some() || citation.number.is_some())
                .then(|| Target::NotInCorpus(title()))
                .filter(|_| citation.title_span.is_some() || citation.number.is_some()),
        }
    }

    /// 本条例第九条, 前款, a bare 第九条: this document itself.
    fn is_own(&self, citation: &Citation, written: &str) -> bool {
        let this = written.strip_prefix('本').is_some_and(|rest| KINDS.iter().any(|k| rest.starts_with(k)));
        this || written.starts_with("本条第")
            || (citation.title_span.is_none() && citation.number.is_none() && written.starts_with(['第', '前']))
    }

    fn own_places(&self, written: &str, locators: Vec<Locator>) -> Option<Vec<Locator>> {
        let Some(Locator::Article(here)) = &self.here.provision.locator else {
            return (!locators.is_empty()).then_some(locators);
        };
        let article = ArticleLocator::article(here.article);
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
                    let articles = self.root.walk().filter(|p| p.level == Level::Article);
                    let articles: Vec<&Locator> = articles.filter_map(|p| p.locator.as_ref()).collect();
                    let at = articles.iter().position(|l| **l == article.clone().into())?;
                    let from = at.checked_sub(count as usize)?;
                    Some(articles[from..at].iter().map(|&l| l.clone()).collect())
                }
                _ => None,
            };
        }
        if written.starts_with("本条第") {
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

fn places_in(regulation: &crate::law::Regulation, version: usize, root: &Provision, locators: &[Locator]) -> Target {
    let this = &regulation.versions[version];
    let document = format!("{}@{}", regulation.id, this.id());
    if locators.is_empty() {
        return Target::Found(vec![document]);
    }
    let mut ids = Vec::new();
    for locator in locators {
        let id = |provision| ProvisionRef { regulation, version, provision }.id();
        match locate(root, locator) {
            Located::Found(provision) => ids.push(id(provision)),
            Located::Several(several) => ids.extend(several.into_iter().map(id)),
            Located::Missing { .. } if this.coverage == Coverage::Full => {
                return Target::Missing { document, place: locator.to_string() };
            }
            Located::Missing { .. } => return Target::NotHeld(format!("{document}/{}", locator.id())),
        }
    }
    Target::Found(ids)
}
