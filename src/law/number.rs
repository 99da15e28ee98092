//! [`DocumentNumber`]: 文号, `机关代字〔年份〕序号号`, an order, `机关令第N号`, or an announcement, `机关公告YYYY年第N号`;
//! one number belongs to one document.

use crate::text::fold::fold;
use crate::text::numeral;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A document number with its parts told apart; two that mean the same are equal however they were written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DocumentNumber {
    /// 国办发〔2017〕47号
    Letter { code: String, year: u32, number: u32 },
    /// 国务院令第711号; 国家发展和改革委员会令2017年第2号. The issuer is written without 中华人民共和国.
    Order { issuer: String, year: Option<u32>, number: u32 },
    /// 国家税务总局公告2016年第34号, 农业农村部公告第194号, …通告…: `series` is the issuer, without 中华人民共和国, and the kind.
    Announcement { series: String, year: Option<u32>, number: u32 },
}

/// What numbers of announcements are counted under.
const ANNOUNCEMENTS: [&str; 2] = ["公告", "通告"];

/// Not a document number; holds the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}”不是文号，应写作“国办发〔2017〕47号”或“国务院令第711号”")]
pub struct NumberError(pub String);

impl DocumentNumber {
    /// Reads one whole number in any of the written bracket and numeral forms.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        read(&fold(text).text).ok_or_else(|| NumberError(text.into()))
    }

    /// The sequence number alone: 47, 711.
    pub fn sequence(&self) -> u32 {
        match self {
            DocumentNumber::Letter { number, .. }
            | DocumentNumber::Order { number, .. }
            | DocumentNumber::Announcement { number, .. } => *number,
        }
    }
}

fn read(text: &str) -> Option<DocumentNumber> {
    let body = text.strip_suffix('号').unwrap_or(text);
    if let Some(at) = body.find("令") {
        let (issuer, rest) = (&body[..at], &body[at + '令'.len_utf8()..]);
        if let Some((year, number)) = order_tail(rest) {
            let issuer = issuer.strip_prefix("中华人民共和国").unwrap_or(issuer);
            return (!issuer.is_empty()).then(|| DocumentNumber::Order { issuer: issuer.into(), year, number });
        }
    }
    if let Some(announcement) = announcement(body) {
        return Some(announcement);
    }
    let open = body.find(['〔', '[', '【', '(']).or_else(|| body.find(|c: char| c.is_ascii_digit()))?;
    let code = body[..open].trim_end_matches('字');
    let rest = body[open..].trim_start_matches(['〔', '[', '【', '(']);
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    let year: u32 = rest[..end].parse().ok()?;
    let number = rest[end..].trim_start_matches(['〕', ']', '】', ')', '年', '第']);
    let valid = !code.is_empty() && code.chars().all(|c| c.is_alphanumeric()) && (1900..2200).contains(&year);
    valid.then(|| Some(DocumentNumber::Letter { code: code.into(), year, number: numeral::parse(number)? }))?
}

/// 国家税务总局公告2016年第34号, 国家税务总局2016年第34号公告, 国家税务总局公告〔2016〕34号; not 公告 without an issuer.
fn announcement(body: &str) -> Option<DocumentNumber> {
    let kind = ANNOUNCEMENTS.into_iter().find(|kind| body.contains(kind))?;
    let (before, after) = body.rsplit_once(kind)?;
    let (issuer, tail) = match after {
        "" => before.split_at(before.find(|c: char| c.is_ascii_digit() || c == '第')?),
        tail => (before, tail),
    };
    let issuer = issuer.strip_prefix("中华人民共和国").filter(|rest| !rest.is_empty()).unwrap_or(issuer);
    let (year, number) = announced(tail.strip_suffix('号').unwrap_or(tail))?;
    let named = !issuer.is_empty() && issuer.chars().all(|c| c.is_alphabetic() || c == '、');
    named.then(|| DocumentNumber::Announcement { series: format!("{issuer}{kind}"), year, number })
}

/// 2016年第34, 〔2016〕34, 第194
fn announced(text: &str) -> Option<(Option<u32>, u32)> {
    let text = text.trim_start_matches(['(', '〔', '[', '【']);
    let (year, number) = match text.split_once(['年', ')', '〕', ']', '】']) {
        Some((year, number)) => (Some(numeral::parse(year)?), number),
        None => (None, text),
    };
    let number = number.trim_start_matches(['年', ')', '〕', ']', '】']).trim_end_matches([')', '〕', ']', '】', '号']);
    Some((year, numeral::parse(number.strip_prefix('第').unwrap_or(number))?))
}

fn order_tail(text: &str) -> Option<(Option<u32>, u32)> {
    let text = text.trim_matches(['(', ')', '〔', '〕', '[', ']']);
    let (year, number) = match text.split_once('年') {
        Some((year, number)) => (Some(numeral::parse(year)?), number),
        None => (None, text),
    };
    Some((year, numeral::parse(number.strip_prefix('第').unwrap_or(number))?))
}

/// The canonical form, with U+3014/U+3015 brackets and Arabic numerals.
impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DocumentNumber::Letter { code, year, number } => write!(f, "{code}〔{year}〕{number}号"),
            DocumentNumber::Order { issuer, year: None, number } => write!(f, "{issuer}令第{number}号"),
            DocumentNumber::Order { issuer, year: Some(year), number } => {
                write!(f, "{issuer}令{year}年第{number}号")
            }
            DocumentNumber::Announcement { series, year: None, number } => write!(f, "{series}第{number}号"),
            DocumentNumber::Announcement { series, year: Some(year), number } => {
                write!(f, "{series}{year}年第{number}号")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_written_form_is_one_number() {
        for text in [
            "国办发〔2017〕47号",
            "国办发[2017]47号",
            "国办发【2017】47号",
            "国办发(2017)47号",
            "国办发（2017）４７号",
            "国办发﹝2017﹞47号",
            "国办发［2017］第47号",
            "国办发2017年47号",
            "国办发字〔2017〕47 号",
        ] {
            assert_eq!(DocumentNumber::parse(text).unwrap().to_string(), "国办发〔2017〕47号", "{text}");
        }
        for (text, printed) in [
            ("国务院令第711号", "国务院令第711号"),
            ("国务院令 第711号", "国务院令第711号"),
            ("中华人民共和国国务院令第七百一十一号", "国务院令第711号"),
            ("中华人民共和国主席令第二十二号", "主席令第22号"),
            ("国家发展和改革委员会令2017年第2号", "国家发展和改革委员会令2017年第2号"),
            ("国家税务总局公告2016年第34号", "国家税务总局公告2016年第34号"),
            ("国家税务总局 2016年第34号公告", "国家税务总局公告2016年第34号"),
            ("国家税务总局公告〔2016〕第34号", "国家税务总局公告2016年第34号"),
            ("国家税务总局公告（2016年第34号）", "国家税务总局公告2016年第34号"),
            ("中华人民共和国农业部公告第2638号", "农业部公告第2638号"),
            ("商务部、海关总署公告2021年第46号", "商务部、海关总署公告2021年第46号"),
            ("国家药监局通告2017年第35号", "国家药监局通告2017年第35号"),
        ] {
            assert_eq!(DocumentNumber::parse(text).unwrap().to_string(), printed, "{text}");
        }
        for bad in [
            "",
            "号",
            "国办发",
            "47号",
            "第711号",
            "令第3号",
            "国办发〔17〕47号",
            "〔2017〕47号",
            "((((",
            "国务院令第号",
            "公告第5号",
            "2019年第15号公告",
            "国家税务总局公告",
        ] {
            assert!(DocumentNumber::parse(bad).is_err(), "{bad}");
        }
    }
}
