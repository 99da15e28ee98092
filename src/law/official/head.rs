//! [`Head`]: what the head of an official text, its last article and its signature say of it.

use super::Stated;
use crate::law::effect::EffectLevel;
use crate::law::number::DocumentNumber;
use crate::law::provision::{Level, Provision};
use crate::law::record::{RegulationRecord, VersionRecord};
use crate::law::regulation::{Coverage, Event};
use crate::text::fold::fold as folded;
use crate::text::numeral;
use jiff::civil::Date;

/// A note of what happened to a text goes over so many more lines at most.
const NOTE_LINES: usize = 12;

/// What the head, the last article and the signature say.
#[derive(Default)]
pub(super) struct Head {
    promulgated: Option<Date>,
    effective: Option<Date>,
    number: Option<DocumentNumber>,
    event: Option<Event>,
    issuer: String,
    /// （… 通过 … 修订）
    note: String,
}

impl Head {
    /// `front`: the lines before the title, where an order says what it promulgates.
    pub(super) fn of(title: &str, root: &Provision, stated: &Stated, front: &[&str]) -> Self {
        let mut head = Head::default();
        let told = |label: &str| stated.iter().find(|(l, v)| l == label && !v.is_empty()).map(|(_, v)| v.as_str());
        head.number = told("发文字号").or(told("文号")).and_then(|n| DocumentNumber::parse(n).ok());
        head.issuer = told("发文机关").or(told("发布机构")).unwrap_or_default().into();
        head.promulgated = told("成文日期").and_then(|d| dates(d).first().map(|d| d.1));
        let matter = root.walk().filter(|p| p.level == Level::Matter).map(|p| p.text.as_str());
        let matter: Vec<&str> = front.iter().copied().chain(matter).collect();
        head.effective = front.iter().find_map(|line| head.applied_from(line));
        for (at, line) in matter.iter().enumerate() {
            if head.number.is_none() {
                // 湖北省人民政府令 on one line, 第262号 on the next.
                let next = matter.get(at + 1).filter(|_| line.ends_with('令'));
                let both = next.map(|next| [*line, *next].concat().split_whitespace().collect::<String>());
                head.number = DocumentNumber::parse(line).ok().or(both.and_then(|b| DocumentNumber::parse(&b).ok()));
            }
            if line.starts_with(['（', '(']) && !dates(line).is_empty() {
                let closes = |line: &&str| line.ends_with(['）', ')']);
                let end = matter[at..].iter().position(closes).filter(|lines| *lines <= NOTE_LINES).unwrap_or(0);
                head.note(&matter[at..=at + end].join("　"));
            }
        }
        let is_article = |p: &&Provision| p.level == Level::Article;
        let last = root.walk().filter(is_article).last().map(Provision::full_text);
        // The date under the signature.
        if head.promulgated.is_none() {
            head.promulgated = matter.iter().rev().find_map(|line| match dates(line).as_slice() {
                [(span, date)] if span.len() == folded(line).text.len() => Some(*date),
                _ => None,
            });
        }
        if head.effective.is_none() && head.event != Some(Event::Amended) {
            head.effective = last.as_deref().and_then(|text| head.applied_from(text));
        }
        if head.issuer.is_empty() {
            head.issuer = issuer(title, &head);
        }
        head
    }

    /// （1994年3月22日…通过　根据2018年12月29日…修正　自2019年5月15日起施行）: the last event is this version's.
    fn note(&mut self, line: &str) {
        let text = folded(line).text;
        let found = dates(&text);
        for (at, (span, date)) in found.iter().enumerate() {
            let end = found.get(at + 1).map_or(text.len(), |(next, _)| next.start);
            let words = &text[span.end..end];
            if words.starts_with("起施行") || words.starts_with("施行") {
                self.effective = Some(*date);
                continue;
            }
            let event = [("修订", Event::Revised), ("修正", Event::Amended), ("公布", Event::Promulgated)];
            let event = event.into_iter().chain([("发布", Event::Promulgated), ("通过", Event::Promulgated)]);
            let Some((_, event)) = event.into_iter().find(|(word, _)| words.contains(word)) else { continue };
            self.event = Some(event);
            self.promulgated = Some(*date);
            if let Some(order) =
                words.find('令').and_then(|at| Some(&words[..at + words[at..].find('号')? + '号'.len_utf8()]))
            {
                self.number = DocumentNumber::parse(order.trim_start_matches(['以', '由'])).ok().or(self.number.take());
            }
        }
        self.note = text;
    }

    /// 本法自2011年7月1日起施行; 自公布之日起施行.
    fn applied_from(&self, text: &str) -> Option<Date> {
        let text = folded(text).text;
        let stated = dates(&text).into_iter().find(|(span, _)| text[span.end..].starts_with("起施行"));
        let at_once = ["自公布之日起施行", "自发布之日起施行", "自印发之日起施行"].iter().any(|w| text.contains(w));
        stated.map(|(_, date)| date).or(self.promulgated.filter(|_| at_once))
    }

    pub(super) fn record(self, title: String, unsure: &mut Vec<String>) -> RegulationRecord {
        let level = self.level();
        if level == EffectLevel::Undetermined {
            unsure.push("效力位阶看不出，请补 level".into());
        }
        if self.issuer.is_empty() {
            unsure.push("制定机关看不出，请补 issuer".into());
        }
        if self.promulgated.is_none() {
            unsure.push("公布日期看不出，请补 promulgated，并把文本改名为该日期".into());
        }
        if self.effective.is_none() {
            unsure.push("施行日期看不出，请补 effective".into());
        }
        if self.number.is_none() {
            unsure.push("文号看不出，请补 number".into());
        }
        if self.event.is_none() {
            unsure.push("未见公布、修订、修正的题注，event 按“公布”填".into());
        }
        let short = title.strip_prefix("中华人民共和国").filter(|s| !s.is_empty());
        let carries = title.split_once("关于印发").and_then(|(_, rest)| rest.strip_suffix("的通知"));
        let carries = carries.map(|c| c.strip_prefix('《').and_then(|c| c.strip_suffix('》')).unwrap_or(c).to_string());
        RegulationRecord {
            aliases: short.into_iter().map(str::to_string).collect(),
            title,
            issuer: self.issuer,
            level,
            carries,
            versions: vec![VersionRecord {
                promulgated: self.promulgated,
                effective: self.effective,
                number: self.number.map(|n| n.to_string()),
                event: self.event.unwrap_or(Event::Promulgated),
                coverage: Coverage::Full,
                validity: None,
                validity_on: None,
                source: String::new(),
                repeals: Vec::new(),
            }],
        }
    }

    /// The form of promulgation decides, never the last word of the title.
    fn level(&self) -> EffectLevel {
        let order = match &self.number {
            Some(DocumentNumber::Order { issuer, .. }) => issuer.as_str(),
            _ => "",
        };
        let code = match &self.number {
            Some(DocumentNumber::Letter { code, .. }) => code.as_str(),
            _ => "",
        };
        let local = ["省", "自治区", "市", "自治州"].iter().any(|w| self.note.contains(w));
        match () {
            () if code.starts_with("法释") || code.starts_with("高检发释") => EffectLevel::JudicialInterpretation,
            () if order == "主席" => EffectLevel::Law,
            () if order == "国务院" => EffectLevel::AdministrativeRegulation,
            () if order.contains("人民政府") => EffectLevel::LocalGovernmentRule,
            () if !order.is_empty() => EffectLevel::DepartmentalRule,
            () if code.starts_with('国') => EffectLevel::StateCouncilDocument,
            () if code.starts_with("中办") || code.starts_with("中发") => EffectLevel::JointPartyDocument,
            () if self.note.contains("全国人民代表大会") && !local => EffectLevel::Law,
            () if self.note.contains("人民代表大会") && local => EffectLevel::LocalRegulation,
            () => EffectLevel::Undetermined,
        }
    }
}

fn issuer(title: &str, head: &Head) -> String {
    if let Some(DocumentNumber::Order { issuer, .. }) = &head.number
        && issuer != "主席"
    {
        return issuer.clone();
    }
    let named = title.split_once("关于").map(|(before, _)| before).filter(|b| !b.is_empty() && b.chars().count() <= 30);
    named.map(str::to_string).or(congress(&head.note)).unwrap_or_default()
}

/// What passed a text first: 第八届全国人民代表大会第二次会议通过, 湖北省第十三届人民代表大会常务委员会第十次会议通过.
fn congress(note: &str) -> Option<String> {
    const BODY: &str = "人民代表大会";
    let at = note.find(BODY)?;
    let (before, after) = (&note[..at], &note[at + BODY.len()..]);
    let from = dates(before).last().map_or(0, |(span, _)| span.end);
    let place = before[from..].trim_start_matches(['(', '（']);
    let place = match place.strip_suffix("全国") {
        Some(_) => "全国",
        None => &place[..place.rfind('第')?],
    };
    let standing = if after.starts_with("常务委员会") { "常务委员会" } else { "" };
    (!place.is_empty()).then(|| format!("{place}{BODY}{standing}"))
}

/// Dates of a text with the bytes of its folded form that they take: 2019年4月3日, 二○一九年四月三日, 2019-04-03.
fn dates(text: &str) -> Vec<(std::ops::Range<usize>, Date)> {
    let text = folded(text).text;
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let read = text.get(at..).and_then(date_at);
        match read {
            Some((len, date)) => {
                found.push((at..at + len, date));
                at += len;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

fn date_at(text: &str) -> Option<(usize, Date)> {
    let mut rest = text;
    let mut numbers = [0u32; 3];
    for (number, marks) in numbers.iter_mut().zip([&['年', '-'][..], &['月', '-'][..], &['日'][..]]) {
        let (value, read) = numeral::prefix(rest)?;
        *number = value;
        rest = &rest[read..];
        match rest.chars().next().filter(|c| marks.contains(c)) {
            Some(mark) => rest = &rest[mark.len_utf8()..],
            // 2019-04-03 ends with its day.
            None if marks == ['日'] && text.as_bytes().get(4) == Some(&b'-') => {}
            None => return None,
        }
    }
    let [year, month, day] = numbers;
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1900..2200).contains(&year).then(|| (text.len() - rest.len(), date))
}
