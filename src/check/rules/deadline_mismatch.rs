//! `deadline-mismatch`: the 公开时限 column promises less than the cited clause orders.

use super::no_such_provision::point_meant;
use super::row::excerpt;
use super::{Finding, Row, Rule};
use crate::catalog::Field;
use crate::check::Severity;
use crate::check::deadline::{self, Deadline, Kept};
use crate::quote::{Place, is_within};
use std::collections::BTreeSet;

pub const RULE: Rule = Rule { name: "deadline-mismatch", severity: Severity::Warning, doc: DOC, check };

const DOC: &str = "\
# 公开时限宽于所引条款

公开时限一栏写的期限，比所引条款规定的长。一条里有几个期限的，取与本事项最贴近的那个。写得更短的不报告。“日”是自然日，“工作日”除去休息日：20个工作日比二十日长。引《政府信息公开条例》主动公开各条而条款自身没有期限的，比照第二十六条。一格里写了几个期限的，逐个与所对应的规定比较。两种期限无法比较的，只作提示，并列出双方原文。

## 为什么要紧

期限是法定的。目录写宽了，照目录办就违法。

## 会报告

| 公开事项 | 公开依据 | 条款内容 | 公开时限 |
| --- | --- | --- | --- |
| 部门决算 | 《中华人民共和国预算法》 | 第十四条：经本级政府财政部门批复的部门预算、决算及报表，应当在批复后二十日内由各部门向社会公开，并对部门预算、决算中机关运行经费的安排、使用情况等重要事项作出说明。 | 信息形成或变更后20个工作日内公开 |
| 行政处罚决定信息 | 《国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见》（国办发〔2018〕118号）（六） | | 20个工作日内 |
| 规范性文件 | 《中华人民共和国政府信息公开条例》第二十条第（一）项 | | 信息形成之日起30个工作日内 |
| 执法决定 | 《国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见》（国办发〔2018〕118号）（六） | 行政许可、行政处罚的执法决定信息要在执法决定作出之日起7个工作日内公开，但法律、行政法规另有规定的除外。 | 行政处罚、行政许可15个工作日内；年报每年1月31日前 |

## 不会报告

| 公开事项 | 公开依据 | 条款内容 | 公开时限 |
| --- | --- | --- | --- |
| 部门决算 | 《中华人民共和国预算法》第十四条第二款 | | 批复后20日内 |
| 行政处罚决定信息 | 《国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见》（国办发〔2018〕118号）（六） | | 7个工作日内 |
| 规范性文件 | 《中华人民共和国政府信息公开条例》第二十条第（一）项 | | 实时公开 |
| 执法决定 | 《国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见》（国办发〔2018〕118号）（六） | | 行政许可、行政处罚7个工作日内，其他执法决定20个工作日内 |
| 预决算 | 《中华人民共和国预算法》第十四条第二款 | | 批复后20日内；其他信息20个工作日内 |

## 怎么改

改成条款规定的期限，或者更短的期限。不自动修改。
";

/// The deadline of disclosure on one's own initiative, which its regulation states apart from what is disclosed:
/// regulation and version, the articles it is for, its place.
const GENERAL: &[(&str, &str, std::ops::RangeInclusive<u32>, &str)] =
    &[("zhengfu-xinxi-gongkai-tiaoli", "2019-04-03", 19..=22, "a26.p1")];

/// A deadline that a cited clause orders, with the words it stands in.
struct Order {
    deadline: Deadline,
    place: Place,
    /// From the end of the sentence part before to the end of its own.
    words: String,
    /// 县级以上地方人民政府的政府信息公开工作主管部门应当…: no other body is bound.
    binds_overseers: bool,
}

/// Whose catalog it is, as far as orders bind one office alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    /// 人民政府办公室: it oversees disclosure for its whole government beside its own.
    Overseer,
    /// A bureau, a centre, a hospital.
    Other,
    /// The catalog does not say, or the law does not: a township.
    Unknown,
}

impl Body {
    fn of(row: &Row<'_>) -> Self {
        let name = row.publisher();
        let township = ["乡人民政府", "镇人民政府"].iter().any(|end| name.ends_with(end));
        let government = name.contains("人民政府办公") || name.contains("政府办公");
        match name {
            "" => Body::Unknown,
            _ if township => Body::Unknown,
            _ if government || name.ends_with("人民政府") || name.ends_with("政府办") => Body::Overseer,
            _ => Body::Other,
        }
    }
}

/// A deadline that the cell promises, with the words it stands in: a cell may promise several for several things.
struct Promise<'a> {
    deadline: Deadline,
    words: &'a str,
}

fn check(row: &Row<'_>, findings: &mut Vec<Finding>) {
    let cell = row.item.text(Field::Deadline);
    let promises = promises(cell);
    if promises.is_empty() {
        return;
    }
    let (overseers, own): (Vec<Order>, Vec<Order>) =
        orders(row, &promises).into_iter().partition(|order| order.binds_overseers);
    let keeps = |order: &Order| kept(row, &promises, order).0 == Kept::Meets;
    let theirs_alone = overseers.iter().any(keeps) && !own.iter().all(keeps);
    let orders = match (own.is_empty(), Body::of(row)) {
        (true, _) => overseers,
        (false, Body::Overseer) if theirs_alone => return,
        (false, Body::Unknown) if theirs_alone => {
            findings.extend(own.first().zip(overseers.first()).map(|(own, other)| undecided(row, cell, own, other)));
            return;
        }
        (false, _) => own,
    };
    let own: Vec<&Order> = relevant(row, &orders);
    let general;
    // Laxer than every order is laxer than the one that is meant.
    let laxer = |order: &Order| promises.iter().all(|promise| promise.deadline.keeps(order.deadline) == Kept::Laxer);
    let judged = if own.is_empty() && !orders.is_empty() && orders.iter().all(laxer) {
        orders.iter().collect()
    } else if own.is_empty() {
        general = general_orders(row, &promises);
        general.iter().collect()
    } else {
        own
    };
    let kept = judged.into_iter().map(|order| (kept(row, &promises, order), order));
    let broken = kept.filter(|((kept, _), _)| *kept != Kept::Meets);
    let Some(((kept, promise), order)) = broken.min_by_key(|((kept, _), _)| *kept != Kept::Laxer) else { return };
    let said = if promises.len() > 1 { promise.words } else { cell };
    let clause = row.cited_as(&order.place);
    let told = format!("公开时限写“{}”，{clause}规定“{}”", excerpt(said, 30), excerpt(&order.words, 40));
    let message = match kept {
        Kept::Laxer => format!("{told}，目录的期限更长"),
        _ => format!("{told}，两者无法比较，请核对"),
    };
    let severity = if kept == Kept::Laxer { RULE.severity } else { Severity::Notice };
    let link = row.links.iter().find(|link| link.regulation() == Some(order.place.regulation));
    let finding = row.finding(&RULE, link, message).graded(severity).expecting(order.deadline.to_string());
    findings.push(finding.at(order.place.clone()));
}

/// The promise keeps the order for the offices that oversee disclosure and not the one for all others.
fn undecided(row: &Row<'_>, cell: &str, own: &Order, other: &Order) -> Finding {
    let told = |order: &Order| format!("{}规定“{}”", row.cited_as(&order.place), excerpt(&order.words, 60));
    let message = format!("公开时限写“{}”，{}；{}，请核对属于哪一种", excerpt(cell, 30), told(own), told(other));
    let link = row.links.iter().find(|link| link.regulation() == Some(own.place.regulation));
    let finding = row.finding(&RULE, link, message).graded(Severity::Notice).expecting(own.deadline.to_string());
    finding.at(own.place.clone()).at(other.place.clone())
}

/// Each with the part of the sentence that it stands in.
fn promises(cell: &str) -> Vec<Promise<'_>> {
    const ENDS: [char; 7] = ['。', '；', ';', '，', ',', '\n', '、'];
    let mut promises: Vec<Promise<'_>> = Vec::new();
    let mut from = 0;
    for stated in deadline::read_cell(cell) {
        let start = cell[from..stated.start].rfind(&ENDS[..6]).map_or(from, |at| from + at);
        let start = start + cell[start..].chars().next().filter(|c| ENDS.contains(c)).map_or(0, char::len_utf8);
        let end = cell[stated.end..].find(ENDS).map_or(cell.len(), |at| stated.end + at);
        from = stated.end;
        promises.push(Promise { deadline: stated.deadline, words: cell[start..end].trim() });
    }
    promises
}

/// How the promises that speak of what `order` speaks of do beside it, and one of them; one that keeps it is enough.
fn kept<'p, 'a>(row: &Row<'_>, promises: &'p [Promise<'a>], order: &Order) -> (Kept, &'p Promise<'a>) {
    let alike = |words: &str| -> Vec<&'p Promise<'a>> {
        let subject = pairs(words);
        let all: Vec<BTreeSet<(char, char)>> = promises.iter().map(|promise| pairs(promise.words)).collect();
        let of_its_own = |own: &BTreeSet<(char, char)>| {
            own.iter()
                .filter(|p| subject.contains(p) && all.iter().filter(|other| other.contains(p)).count() == 1)
                .count()
        };
        let shared: Vec<usize> = all.iter().map(of_its_own).collect();
        let most = shared.iter().copied().max().filter(|most| *most > 0);
        promises.iter().zip(shared).filter(|(_, n)| Some(*n) == most).map(|(promise, _)| promise).collect()
    };
    let mut meant = alike(&order.words);
    if meant.is_empty() {
        meant = alike(&row.item.subject());
    }
    if meant.is_empty() {
        meant = promises.iter().collect();
    }
    let graded = meant.iter().map(|promise| (promise.deadline.keeps(order.deadline), *promise));
    let worst_first = |kept: &Kept| match kept {
        Kept::Meets => 0,
        Kept::Incomparable => 1,
        Kept::Laxer => 2,
    };
    graded.min_by_key(|(kept, _)| worst_first(kept)).unwrap_or((Kept::Meets, &promises[0]))
}

/// What the cited clauses order: the quoted provisions where a quotation says which, else all that is cited. Where the
/// quotation itself states deadlines they are the ones that are meant, and a yearly promise means the yearly order.
fn orders(row: &Row<'_>, promises: &[Promise<'_>]) -> Vec<Order> {
    let mut places: Vec<Place> = Vec::new();
    for link in row.links {
        let quoted = link.quoted_at().map(|found| found.parts.clone());
        let document = row.place_of(link);
        let located = link.citation.locators.iter().zip(&link.provisions).filter_map(|(cited, place)| {
            place.clone().or_else(|| point_meant(row, document.as_ref()?, &cited.locator))
        });
        let lent = link.provisions.iter().skip(link.citation.locators.len()).flatten().cloned();
        let cited = quoted.unwrap_or_else(|| located.chain(lent).collect());
        for place in cited {
            let within = |outer: &Place, inner: &Place| {
                (outer.regulation, outer.version) == (inner.regulation, inner.version)
                    && is_within(&inner.locator, &outer.locator)
            };
            if !places.iter().any(|known| within(known, &place)) {
                places.push(place);
            }
        }
    }
    let mut orders = Vec::new();
    for place in places {
        let Some(provision) = row.provision(&place) else { continue };
        orders.extend(orders_of(&provision.provision.full_text(), &place));
    }
    let quotes = row.links.iter().filter_map(|link| link.citation.quote.as_ref());
    let quoted: Vec<Deadline> = quotes.flat_map(|quote| deadline::read(&quote.text)).map(|s| s.deadline).collect();
    narrow(&mut orders, |order| quoted.contains(&order.deadline));
    let yearly = |deadline: Deadline| matches!(deadline, Deadline::Yearly { .. });
    let of_years = promises.iter().filter(|promise| yearly(promise.deadline)).count();
    if of_years == 0 || of_years == promises.len() {
        narrow(&mut orders, |order| yearly(order.deadline) == (of_years > 0));
    }
    orders
}

/// Keeps those that `meant` picks, or all where it picks none.
fn narrow(orders: &mut Vec<Order>, meant: impl Fn(&Order) -> bool) {
    if orders.iter().any(&meant) {
        orders.retain(meant);
    }
}

/// Deadlines for what the public gets; those inside a reply to an applicant (收到申请之日起) are another matter.
fn orders_of(text: &str, place: &Place) -> Vec<Order> {
    let stated = deadline::read(text);
    let stated = stated.iter().filter(|s| s.deadline != Deadline::AtOnce);
    stated
        .filter_map(|s| {
            let start = text[..s.start]
                .rfind(['。', '；', '，', '\n', '：'])
                .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
            let end = text[s.end..].find(['。', '；', '\n', '，']).map_or(text.len(), |at| s.end + at);
            let words = text[start..end].to_string();
            let discloses = ["公开", "公布", "公示", "发布"].iter().any(|verb| words.contains(verb))
                || text[s.end..]
                    .split(['。', '；', '\n'])
                    .next()
                    .is_some_and(|rest| rest.contains("公布") || rest.contains("公开"));
            let applied = ["收到申请", "申请人", "征求意见书"].iter().any(|word| words.contains(word));
            let subject = words.split("应当").next().filter(|subject| subject.len() < words.len());
            let binds_overseers = subject.is_some_and(|subject| subject.ends_with("信息公开工作主管部门"));
            (discloses && !applied).then(|| Order {
                deadline: s.deadline,
                place: place.clone(),
                words,
                binds_overseers,
            })
        })
        .collect()
}

/// The orders that speak of the item: all where there is one, else those that share most words of their own with it.
fn relevant<'o>(row: &Row<'_>, orders: &'o [Order]) -> Vec<&'o Order> {
    if orders.len() <= 1 {
        return orders.iter().collect();
    }
    let subject = pairs(&row.item.subject());
    let all: Vec<BTreeSet<(char, char)>> = orders.iter().map(|order| pairs(&order.words)).collect();
    let shared: Vec<usize> = all
        .iter()
        .map(|own| own.iter().filter(|p| subject.contains(p) && !all.iter().all(|other| other.contains(p))).count())
        .collect();
    let most = shared.iter().copied().max().unwrap_or(0);
    if most < 2 {
        return Vec::new();
    }
    orders.iter().zip(&shared).filter(|(_, n)| **n == most).map(|(order, _)| order).collect()
}

fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric() && !c.is_ascii()).collect();
    chars.windows(2).map(|w| (w[0], w[1])).collect()
}

/// The general deadline, where the item cites what must be disclosed and no clause of its own has one.
fn general_orders(row: &Row<'_>, promises: &[Promise<'_>]) -> Vec<Order> {
    let mut found = Vec::new();
    for place in row.links.iter().flat_map(|link| link.provisions.iter().flatten()) {
        let (Some(regulation), Some(version)) = (row.regulation(place), row.version(place)) else { continue };
        let article = place.locator.strip_prefix('a').and_then(|l| l.split('.').next()).and_then(|n| n.parse().ok());
        for (id, date, articles, at) in GENERAL {
            let applies =
                regulation.id == *id && version.id() == *date && article.is_some_and(|n: u32| articles.contains(&n));
            let place = Place { locator: (*at).into(), ..place.clone() };
            let Some(provision) = row.provision(&place).filter(|_| applies && found.is_empty()) else { continue };
            found.extend(orders_of(&provision.provision.full_text(), &place));
        }
    }
    // A yearly promise is about a yearly thing, of which the general deadline says nothing.
    let yearly = promises.iter().any(|promise| matches!(promise.deadline, Deadline::Yearly { .. }));
    if yearly { Vec::new() } else { found }
}
