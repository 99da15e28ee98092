//! [`Problem`]: the one error of the server; problem+json for programs (RFC 9457), a page for people.

use super::pages::error::page;
use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

/// What went wrong, told without anything of the server's inside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// A stable address of the kind of problem: `/api#not-found`.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// What to do about it, in Chinese.
    pub detail: String,
    #[serde(skip)]
    retry_after: Option<u32>,
}

impl Problem {
    fn new(status: StatusCode, slug: &str, title: &str, detail: impl Into<String>) -> Self {
        Problem {
            kind: format!("/api#{slug}"),
            title: title.into(),
            status: status.as_u16(),
            detail: detail.into(),
            retry_after: None,
        }
    }

    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "没有这一页或这一条", detail)
    }

    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", "请求写法有误", detail)
    }

    /// The request is well formed, but its file or text cannot be read.
    pub fn unreadable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "unreadable", "内容读不出来", detail)
    }

    pub fn too_large(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "内容太大", detail)
    }

    pub fn busy() -> Self {
        let detail = "正在核对的文件已到上限，请稍候几秒再试；检索不受影响";
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "此刻太忙", detail);
        Problem { retry_after: Some(5), ..problem }
    }

    pub fn too_many_requests() -> Self {
        let detail = "同一来源的请求过于频繁，请放慢后再试";
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-requests", "请求过于频繁", detail);
        Problem { retry_after: Some(1), ..problem }
    }

    pub fn internal() -> Self {
        let detail = "服务内部出错，已记入日志。请把出错的时间告诉管理员";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "服务出错", detail)
    }

    /// The problem that a bare status of the framework stands for.
    fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::FORBIDDEN => {
                let detail = "这里只应答本机的程序，和设置 mcp_hosts 列出的主机名。请联系管理员";
                Self::new(status, "forbidden", "不允许从这个主机名访问", detail)
            }
            StatusCode::NOT_FOUND => Self::not_found("地址有误，或条款不在库中。可从首页检索"),
            StatusCode::METHOD_NOT_ALLOWED => {
                Self::new(status, "method-not-allowed", "请求方法不对", "本地址不接受这种请求方法，用法见 /api")
            }
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large("请求体超过上限，请拆小后再传"),
            StatusCode::URI_TOO_LONG => {
                Self::new(status, "too-long", "地址太长", "地址连同参数不得超过 8192 字节；整篇文字请用“核对”")
            }
            StatusCode::REQUEST_TIMEOUT => {
                Self::new(status, "timeout", "请求超时", "在限定时间内没有收齐或没有办完，请重试")
            }
            StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                Self::new(status, "unsupported-media-type", "内容类型不支持", "请用表单上传文件，或发送纯文本、JSON")
            }
            StatusCode::SERVICE_UNAVAILABLE => Self::busy(),
            StatusCode::TOO_MANY_REQUESTS => Self::too_many_requests(),
            status if status.is_client_error() => {
                Problem { status: status.as_u16(), ..Self::bad_request("请求无法处理，用法见 /api") }
            }
            status => Problem { status: status.as_u16(), ..Self::internal() },
        }
    }

    pub fn code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (self.code(), body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl IntoResponses for Problem {
    /// What any address of the API may answer instead.
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        const REFUSED: [(&str, &str); 9] = [
            ("400", "参数或写法有误"),
            ("404", "没有这一条，或没有收录"),
            ("408", "在限定时间内没有办完"),
            ("413", "内容太大"),
            ("414", "地址太长"),
            ("422", "内容读不出来"),
            ("429", "请求过于频繁"),
            ("500", "服务内部出错"),
            ("503", "此刻太忙"),
        ];
        let schema = || Ref::from_schema_name(Problem::name());
        let response = |words: &str| {
            let content = ContentBuilder::new().schema(Some(schema())).build();
            ResponseBuilder::new().description(words).content("application/problem+json", content).build()
        };
        REFUSED.iter().map(|(status, words)| (status.to_string(), response(words).into())).collect()
    }
}

/// Gives every error response its one form: a page for people, problem+json for programs.
pub async fn shape(request: Request, next: Next) -> Response {
    let for_people = is_page(request.uri().path());
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let problem = match response.extensions().get::<Problem>() {
        Some(_) if !for_people => return response,
        Some(problem) => problem.clone(),
        // MCP answers in JSON-RPC, which its clients expect even of an error.
        None if response.headers().get(header::CONTENT_TYPE).is_some_and(is_json) => return response,
        None => Problem::of_status(status),
    };
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut shaped = if for_people { people(problem) } else { problem.into_response() };
    if let Some(allow) = allow {
        shaped.headers_mut().insert(header::ALLOW, allow);
    }
    shaped
}

fn people(problem: Problem) -> Response {
    let Ok(html) = page(&problem).render() else { return problem.into_response() };
    let mut response = problem.into_response();
    let headers = std::mem::take(response.headers_mut());
    let mut html = (response.status(), Html(html)).into_response();
    for name in [header::RETRY_AFTER, header::CACHE_CONTROL] {
        if let Some(value) = headers.get(&name) {
            html.headers_mut().insert(name, value.clone());
        }
    }
    html
}

fn is_json(value: &HeaderValue) -> bool {
    value.as_bytes().starts_with(b"application/json")
}

fn is_page(path: &str) -> bool {
    !["/api/", "/openapi.json", "/healthz", "/metrics", "/mcp"].iter().any(|p| path.starts_with(p))
}
