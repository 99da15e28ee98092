//! [`Fault`]: what is structurally wrong in a corpus: numbers with gaps or repeats, lists that do not start at the
//! first, names, numbers and dates that contradict each other.

use super::corpus::Corpus;
use super::effect::EffectLevel;
use super::locator::{ArticleNumber, Locator, Marker};
use super::number::DocumentNumber;
use super::parse::parse_lenient;
use super::provision::{Level, Provision};
use super::regulation::{Coverage, Event, Regulation, Version};
use crate::text::fold;
use crate::text::numeral::chinese;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// One fault, with the place where it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// `yusuan-fa@2018-12-29`, or the id alone where no version is meant.
    pub document: String,
    pub title: String,
    /// A note is something to fill in or to look at; it makes nothing wrong.
    pub is_note: bool,
    pub message: String,
}

/// Examines every document; in the order of the corpus.
pub fn faults(corpus: &Corpus) -> Vec<Fault> {
    let own = corpus.regulations().par_iter().flat_map_iter(|regulation| {
        let mut found = Vec::new();
        Examiner { regulation, version: None, found: &mut found }.regulation();
        for version in &regulation.versions {
            Examiner { regulation, version: Some(version), found: &mut found }.version();
        }
        found
    });
    let mut found: Vec<Fault> = own.collect();
    found.extend(between(corpus));
    found
}

/// What no document has wrong by itself: shared numbers, names of another, repeals of something unknown.
fn between(corpus: &Corpus) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut numbers: BTreeMap<&DocumentNumber, Vec<String>> = BTreeMap::new();
    let mut add = |regulation: &Regulation, message: String| {
        found.push(Fault { document: regulation.id.clone(), title: regulation.title.clone(), is_note: false, message });
    };
    for regulation in corpus.regulations() {
        for version in &regulation.versions {
            if let Some(number) = &version.number {
                numbers.entry(number).or_default().push(document(regulation, Some(version)));
            }
            for repealed in version.repeals.iter().filter(|id| corpus.get(id).is_none()) {
                add(regulation, format!("repeals 指向库中没有的法规“{repealed}”。请改正标识，或先登记该法规"));
            }
        }
        for alias in regulation.aliases.iter().chain(&regulation.carries) {
            let own = |other: &&Regulation| fold::key(&other.title) == fold::key(alias) && other.id != regulation.id;
            if let Some(other) = corpus.by_name(alias).into_iter().find(own) {
                add(regulation, format!("别名“{alias}”是另一件法规 {} 的题名。请删去别名", other.id));
            }
        }
    }
    for (number, documents) in numbers.into_iter().filter(|(_, documents)| documents.len() > 1) {
        let id = documents[0].split('@').next().unwrap_or_default();
        if let Some(regulation) = corpus.get(id) {
            add(regulation, format!("{number}由{}件文本共用：{}。请核对文号", documents.len(), documents.join("、")));
        }
    }
    found
}

fn document(regulation: &Regulation, version: Option<&Version>) -> String {
    version.map_or_else(|| regulation.id.clone(), |version| format!("{}@{}", regulation.id, version.id()))
}

struct Examiner<'a> {
    regulation: &'a Regulation,
    version: Option<&'a Version>,
    found: &'a mut Vec<Fault>,
}

impl Examiner<'_> {
    fn add(&mut self, is_note: bool, message: impl Into<String>) {
        let document = document(self.regulation, self.version);
        self.found.push(Fault { document, title: self.regulation.title.clone(), is_note, message: message.into() });
    }

    fn regulation(&mut self) {
        let regulation = self.regulation;
        if regulation.title.trim().is_empty() {
            self.add(false, "没有题名。请填写 title");
        }
        if regulation.level == EffectLevel::Undetermined {
            self.add(true, "效力位阶未定，待补 level");
        }
        if regulation.issuer.trim().is_empty() {
            self.add(true, "制定机关未填，待补 issuer");
        }
        if regulation.versions.is_empty() {
            self.add(false, "没有任何版本。请至少填写一个 [[version]]");
        }
        for pair in regulation.versions.windows(2) {
            if pair[0].promulgated == pair[1].promulgated {
                self.add(false, format!("两个版本同为 {}，标识重复。请改正 promulgated", pair[0].id()));
            }
        }
        let mut names: Vec<String> = regulation.names().map(fold::key).collect();
        names.sort();
        if names.iter().any(String::is_empty) {
            self.add(false, "有空的别名。请删去");
        }
    }

    fn version(&mut self) {
        let Some(version) = self.version else { return };
        if let (Some(promulgated), Some(effective)) = (version.promulgated, version.effective)
            && effective < promulgated
        {
            self.add(false, format!("施行日期 {effective} 早于公布日期 {promulgated}。请核对"));
        }
        if version.effective.is_none() && version.event != Event::Repealed {
            self.no_effective_date(version);
        }
        if version.coverage == Coverage::Metadata {
            return;
        }
        let Some(text) = version.text() else {
            return self.add(false, "正文读不出来。请重新导入");
        };
        match parse_lenient(text) {
            Ok((root, repeats)) => {
                repeats.iter().for_each(|repeat| self.add(false, repeat.to_string()));
                if let Err(error) = super::parse::parse_text(text)
                    && repeats.is_empty()
                {
                    self.add(false, error.to_string());
                }
                self.tree(&root, version);
            }
            Err(error) => self.add(false, error.to_string()),
        }
    }

    /// A law or rule has a day from which it is applied; a document (文件) holds from its own date.
    fn no_effective_date(&mut self, version: &Version) {
        let is_document = matches!(
            self.regulation.level,
            EffectLevel::StateCouncilDocument
                | EffectLevel::JointPartyDocument
                | EffectLevel::DepartmentalDocument
                | EffectLevel::LocalDocument
                | EffectLevel::InternalRule
        );
        match (version.promulgated, is_document && version.coverage != Coverage::Metadata) {
            (Some(_), true) => {}
            (None, _) => self.add(true, "公布日期、施行日期均未填，时效无从计算。待补 promulgated、effective"),
            _ => {
                let is_note = version.coverage != Coverage::Full || is_document || version.validity.is_some();
                self.add(is_note, "没有施行日期。待补 effective");
            }
        }
    }

    fn tree(&mut self, root: &Provision, version: &Version) {
        let gaps: Vec<u32> = root.walk().filter(|p| p.level == Level::Gap).map(|p| p.line).collect();
        let excerpt = version.coverage == Coverage::Excerpt;
        if !gaps.is_empty() && !excerpt {
            self.add(false, format!("第{}行是节录的省略号，coverage 却是 full。请改为 excerpt", gaps[0]));
        }
        let mut order = Order { examiner: self, gaps: &gaps, excerpt };
        order.articles(root);
        order.lists(root);
        order.points(root);
        self.number_line(root, version);
    }

    /// The number printed under the title against `number`.
    fn number_line(&mut self, root: &Provision, version: &Version) {
        let printed = root.children.iter().take(3).filter(|p| p.level == Level::Matter);
        for line in printed.filter(|line| line.text.ends_with('号')) {
            if let (Ok(number), Some(own)) = (DocumentNumber::parse(&line.text), &version.number)
                && number != *own
            {
                self.add(false, format!("正文第{}行的文号“{}”与 number“{own}”不符。请核对", line.line, line.text));
            }
        }
    }
}

/// Follows numbers through a tree.
struct Order<'e, 'a> {
    examiner: &'e mut Examiner<'a>,
    /// Lines of the gaps of an excerpt.
    gaps: &'e [u32],
    excerpt: bool,
}

impl Order<'_, '_> {
    /// Whether an excerpt leaves something out between two lines.
    fn left_out(&self, from: u32, to: u32) -> bool {
        self.excerpt && self.gaps.iter().any(|&gap| from < gap && gap < to)
    }

    fn articles(&mut self, root: &Provision) {
        let mut last = (ArticleNumber::new(0), 0);
        for node in root.walk().filter(|p| p.level == Level::Article) {
            let Some(Locator::Article(locator)) = &node.locator else { continue };
            let (number, (before, line)) = (locator.article, last);
            let follows = number == ArticleNumber::new(before.number + 1)
                || (number.number == before.number && number.insertion == before.insertion + 1);
            if !follows && !self.left_out(line, node.line) {
                let place = Locator::article(number.number);
                let what = match before.number {
                    0 => format!("条号从{place}开始，不是第一条"),
                    n if number.number > n => format!("{}之后是{place}，中间缺条", Locator::article(n)),
                    n => format!("{}之后又是{place}，条号倒退", Locator::article(n)),
                };
                self.examiner.add(false, format!("第{}行：{what}。请核对原文", node.line));
            }
            last = (number, node.line);
        }
    }

    /// 项 and 目 start at the first and follow one another.
    fn lists(&mut self, root: &Provision) {
        for holder in root.walk() {
            for level in [Level::Item, Level::Subitem] {
                let mut last = (0, holder.line);
                for node in holder.children_of(level) {
                    let Some(Locator::Article(own)) = &node.locator else { continue };
                    let Some(number) = (if level == Level::Item { own.item } else { own.subitem }) else { continue };
                    if number != last.0 + 1 && !self.left_out(last.1.saturating_sub(1), node.line) {
                        let mark = node.mark.trim();
                        let what = match last.0 {
                            0 => format!("列举从“{mark}”开始"),
                            n => format!("列举的第{}个之后是“{mark}”", chinese(n)),
                        };
                        self.examiner.add(false, format!("第{}行：{what}。请核对原文", node.line));
                    }
                    last = (number, node.line);
                }
            }
        }
    }

    /// Points start at the first under each outer point, or run on through the whole notice.
    fn points(&mut self, root: &Provision) {
        for marker in Marker::ORDER {
            let mut running = (0, 0);
            for holder in root.walk() {
                let mut last: Option<(u32, u32)> = None;
                for node in holder.children_of(Level::Point).filter(|p| !p.is_inline()) {
                    let Some(Locator::Outline(own)) = &node.locator else { continue };
                    let Some(step) = own.steps.last().filter(|step| step.marker == marker) else { continue };
                    let follows = match last {
                        Some((n, _)) => step.number == n + 1,
                        None => step.number == 1 || step.number == running.0 + 1,
                    };
                    let from = last.map_or(running.1, |(_, line)| line);
                    if !follows && !self.left_out(from, node.line) {
                        let mark = node.mark.trim();
                        self.examiner.add(false, format!("第{}行：“{mark}”的序号不连续。请核对原文", node.line));
                    }
                    last = Some((step.number, node.line));
                    running = (step.number, node.line);
                }
            }
        }
    }
}
