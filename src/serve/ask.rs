//! [`SearchParams`]: a search as an address asks for it, the same for the page and the API.

use super::problem::Problem;
use super::settings::Settings;
use crate::law::{EffectLevel, Status};
use crate::search::{Filters, Query, Sort};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The query string of an address; a mistake in it is a [`Problem`] in Chinese.
pub struct Asked<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        if !is_utf8(query) {
            return Err(Problem::bad_request("查询参数不是 UTF-8 编码，请把检索词按 UTF-8 编码后再发"));
        }
        serde_urlencoded::from_str(query).map(Asked).map_err(|_| {
            Problem::bad_request("查询参数有误：参数重复、缺少必需的参数，或该填数字的地方不是数字。用法见 /api")
        })
    }
}

/// Whether the bytes that a query string stands for are UTF-8.
fn is_utf8(query: &str) -> bool {
    let digit = |byte: Option<&u8>| byte.and_then(|&byte| char::from(byte).to_digit(16));
    let (bytes, mut plain) = (query.as_bytes(), Vec::with_capacity(query.len()));
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                plain.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                plain.push(byte);
                at += 1;
            }
        }
    }
    std::str::from_utf8(&plain).is_ok()
}

#[derive(Debug, Clone, Default, Deserialize, Serialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchParams {
    /// 词语、问题、引用或文号
    #[serde(default)]
    #[param(required, min_length = 1, max_length = 500)]
    pub q: String,
    /// 最多几条，1 到 100，默认 10
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
    /// 跳过几条
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<usize>,
    /// 效力位阶，如 行政法规；几个用逗号隔开
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// 时效：in-force、not-yet、superseded、repealed、unknown；几个用逗号隔开
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// 制定机关名称中的词
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// 只在一份文件里找：它的标识
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// 按哪一天判断时效，如 2019-05-15；默认今天
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// relevance 或 level
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
}

const MOST: usize = 100;
/// Results further down are not ranked, so nobody may ask for them.
const DEEPEST: usize = 10_000;

impl SearchParams {
    /// # Errors
    /// [`Problem::bad_request`] names the parameter that is wrong.
    pub fn query(&self, settings: &Settings, today: Date) -> Result<Query, Problem> {
        let text = bounded(&self.q, settings)?;
        let on = self.day(today)?;
        let level = |name: &str| EffectLevel::from_name(name).ok_or_else(|| Problem::bad_request(levels()));
        let status = |code: &str| {
            STATUSES.into_iter().find(|s| s.code() == code).ok_or_else(|| Problem::bad_request(statuses()))
        };
        Ok(Query {
            text,
            filters: Filters {
                levels: list(&self.level).map(level).collect::<Result<_, _>>()?,
                statuses: list(&self.status).map(status).collect::<Result<_, _>>()?,
                issuer: non_empty(&self.issuer).map(str::to_string),
                regulation: non_empty(&self.within).map(str::to_string),
            },
            sort: match non_empty(&self.sort) {
                None | Some("relevance") => Sort::Relevance,
                Some("level") => Sort::EffectLevel,
                Some(_) => return Err(Problem::bad_request("sort 应是 relevance 或 level")),
            },
            offset: self.offset.unwrap_or(0).min(DEEPEST),
            limit: self.limit.unwrap_or(10).clamp(1, MOST),
            on,
            meaning: true,
        })
    }

    /// The day on which 时效 is judged.
    ///
    /// # Errors
    /// [`Problem::bad_request`] when it is no date.
    pub fn day(&self, today: Date) -> Result<Date, Problem> {
        let wrong = |_| Problem::bad_request("on 应是 2019-05-15 这样的日期");
        non_empty(&self.on).map_or(Ok(today), |on| on.parse().map_err(wrong))
    }

    /// Whether anything but the words narrows the results.
    pub fn is_narrowed(&self) -> bool {
        [&self.level, &self.status, &self.issuer, &self.within].into_iter().any(|v| non_empty(v).is_some())
    }

    /// The address of the same search without filters.
    pub fn widened(&self) -> String {
        SearchParams { q: self.q.clone(), on: self.on.clone(), ..Default::default() }.address()
    }

    /// The address of a page of search results.
    pub fn address(&self) -> String {
        format!("/?{}", serde_urlencoded::to_string(self).unwrap_or_default())
    }
}

/// A query of bounded length, without control characters.
///
/// # Errors
/// [`Problem::bad_request`] when it is too long.
pub fn bounded(text: &str, settings: &Settings) -> Result<String, Problem> {
    let most = settings.query_chars;
    if text.chars().nth(most).is_some() {
        return Err(Problem::bad_request(format!("检索词超过 {most} 字，请缩短；整篇文字请用“核对”")));
    }
    Ok(text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_string())
}

pub const STATUSES: [Status; 5] =
    [Status::InForce, Status::NotYet, Status::Superseded, Status::Repealed, Status::Unknown];

fn levels() -> String {
    format!("level 应是：{}", EffectLevel::ALL.map(EffectLevel::name).join("、"))
}

fn statuses() -> String {
    format!("status 应是：{}", STATUSES.map(Status::code).join("、"))
}

fn non_empty(value: &Option<String>) -> Option<&str> {
    value.as_deref().map(str::trim).filter(|value| !value.is_empty())
}

fn list(value: &Option<String>) -> impl Iterator<Item = &str> {
    non_empty(value).into_iter().flat_map(|list| list.split([',', '，', '、'])).map(str::trim).filter(|v| !v.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Result<Query, String> {
        let params: SearchParams = serde_urlencoded::from_str(text).map_err(|e| e.to_string())?;
        params.query(&Settings::default(), "2026-11-22".parse().unwrap()).map_err(|p| p.detail)
    }

    #[test]
    fn every_parameter_reaches_the_query() {
        let read = query(
            "q=%E9%A2%84%E7%AE%97&limit=7&offset=14&level=法律,行政法规&status=in-force&issuer=国务院&in=yusuan-fa&on=2019-05-14&sort=level",
        )
        .unwrap();
        assert_eq!((read.text.as_str(), read.limit, read.offset), ("预算", 7, 14));
        assert_eq!(read.filters.levels, [EffectLevel::Law, EffectLevel::AdministrativeRegulation]);
        assert_eq!(read.filters.statuses, [Status::InForce]);
        assert_eq!(read.filters.regulation.as_deref(), Some("yusuan-fa"));
        assert_eq!(read.on.to_string(), "2019-05-14");
        assert_eq!(read.sort, Sort::EffectLevel);
    }

    #[test]
    fn empty_parameters_are_as_if_absent_and_numbers_are_bounded() {
        let read = query("q=a&level=&status=&in=&on=&sort=&limit=1000000&offset=99999999").unwrap();
        assert_eq!(read.filters, Filters::default());
        assert_eq!((read.limit, read.offset), (MOST, DEEPEST));
        assert_eq!(query("q=a&limit=0").unwrap().limit, 1);
    }

    #[test]
    fn mistakes_are_named() {
        for (text, part) in [
            ("q=a&on=tomorrow", "on "),
            ("q=a&level=law", "level "),
            ("q=a&status=alive", "status "),
            ("q=a&sort=random", "sort "),
        ] {
            assert!(query(text).unwrap_err().contains(part), "{text}");
        }
        assert!(query(&format!("q={}", "预".repeat(501))).unwrap_err().contains("500"));
        assert_eq!(query("q=a%00b%0d%0ac").unwrap().text, "a b  c");
    }

    #[test]
    fn the_address_reads_back() {
        let params = SearchParams { q: "预算 &=".into(), level: Some("法律".into()), ..Default::default() };
        let address = params.address();
        let read: SearchParams = serde_urlencoded::from_str(address.strip_prefix("/?").unwrap()).unwrap();
        assert_eq!((read.q, read.level), (params.q, params.level));
    }
}
