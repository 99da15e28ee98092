//! Requests that are well meant and written otherwise than most: each gets a good answer.

use super::{get, post, send};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

#[tokio::test]
async fn a_slash_too_many_and_capital_letters_lead_to_the_address_meant() {
    for (address, target) in [
        ("/r/yusuan-fa/", "/r/yusuan-fa"),
        ("/catalogs/", "/catalogs"),
        ("/check/", "/check"),
        ("/compare/yusuan-fa/?only=new", "/compare/yusuan-fa?only=new"),
        ("/api/v1/regulations/", "/api/v1/regulations"),
        ("/r/YUSUAN-FA", "/r/yusuan-fa"),
        ("/r/yusuan-fa/A14.P2", "/r/yusuan-fa/a14.p2"),
        ("/api/v1/provisions/YUSUAN-FA/A14", "/api/v1/provisions/yusuan-fa@2018-12-29/a14"),
    ] {
        let answer = get(address).await;
        assert!(answer.status.is_redirection(), "{address}: {}", answer.status);
        assert_eq!(answer.header(header::LOCATION), target, "{address}");
    }
}

#[tokio::test]
async fn no_address_leads_to_another_host() {
    for address in
        ["//example.com/", "///example.com/", "/\\example.com/", "/%5Cexample.com/", "/%2F/example.com/", "/"]
    {
        let Ok(request) = Request::get(address).body(Body::empty()) else { continue };
        let answer = send(request).await;
        let target = answer.header(header::LOCATION);
        assert!(!target.starts_with("//") && !target.contains('\\') && !target.contains(':'), "{address} → {target}");
    }
}

#[tokio::test]
async fn head_tells_what_get_would_send() {
    for address in ["/", "/r/yusuan-fa", "/api/v1/search?q=a", "/assets/style.css", "/openapi.json"] {
        let body = get(address).await.body;
        let head = send(Request::head(address).body(Body::empty()).unwrap()).await;
        assert_eq!(head.status, StatusCode::OK, "{address}");
        assert!(head.body.is_empty(), "{address}");
        if !address.contains("search") {
            assert_eq!(head.header(header::CONTENT_LENGTH), body.len().to_string(), "{address}");
        }
    }
}

#[tokio::test]
async fn a_tag_is_known_however_it_is_written_and_a_part_is_sent_whole() {
    let whole = get("/r/yusuan-fa").await;
    let tag = whole.header(header::ETAG).to_string();
    let strong = tag.trim_start_matches("W/").to_string();
    for known in [tag.as_str(), strong.as_str(), "*", &format!("\"other\", {tag}")] {
        let request = Request::get("/r/yusuan-fa").header(header::IF_NONE_MATCH, known).body(Body::empty()).unwrap();
        assert_eq!(send(request).await.status, StatusCode::NOT_MODIFIED, "{known}");
    }
    let other = Request::get("/r/yusuan-fa").header(header::IF_NONE_MATCH, "\"other\"").body(Body::empty()).unwrap();
    assert_eq!(send(other).await.status, StatusCode::OK);
    let part = Request::get("/r/yusuan-fa").header(header::RANGE, "bytes=0-99").body(Body::empty()).unwrap();
    assert_eq!(send(part).await.body.len(), whole.body.len());
}

#[tokio::test]
async fn a_program_of_another_origin_reads_errors_and_may_ask_whether_a_text_changed() {
    let origin = |request: axum::http::request::Builder| request.header(header::ORIGIN, "https://example.gov.cn");
    for address in ["/api/v1/search", "/api/v1/provisions/yusuan-fa/a999", "/api/v1/regulations/none"] {
        let answer = send(origin(Request::get(address)).body(Body::empty()).unwrap()).await;
        assert!(answer.status.is_client_error(), "{address}");
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*", "{address}");
        assert_eq!(answer.json()["status"], answer.status.as_u16(), "{address}");
    }
    let before = origin(Request::options("/api/v1/regulations/yusuan-fa"))
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "GET")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "if-none-match");
    let allowed = send(before.body(Body::empty()).unwrap()).await;
    assert!(allowed.header(header::ACCESS_CONTROL_ALLOW_HEADERS).contains("if-none-match"));
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_with_the_reason() {
    let file = |text: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{text}\r\n")
    };
    let two = file("公开事项,公开依据\n预算,《预算法》") + &file("公开事项,公开依据\n决算,《预算法》") + "--x--\r\n";
    let kind = "multipart/form-data; boundary=x";
    for (answer, status, words) in [
        (post("/api/v1/check", kind, two).await, 400, "一次只核对一份文件"),
        (post("/api/v1/check", kind, "--y\r\n\r\n--y--\r\n").await, 400, "表单没有收齐或格式有误"),
        (post("/api/v1/check", "multipart/form-data", "x").await, 400, "缺少分隔标记"),
        (get("/api/v1/search?q=%D4%A4%CB%E3").await, 400, "不是 UTF-8"),
        (get("/api/v1/search?q=%00").await, 200, "results"),
        (get("/api/v1/search?q=a&q=b").await, 400, "参数重复"),
        (get(&format!("/?q={}", "a".repeat(9000))).await, 414, "地址太长"),
    ] {
        assert_eq!(answer.status.as_u16(), status, "{words}: {}", answer.text());
        assert!(answer.text().contains(words), "{words}: {}", answer.text());
    }
}

#[tokio::test]
async fn an_id_from_outside_is_kept_only_where_it_is_plain() {
    for (sent, kept) in [("a1-b2_c3.d4", true), ("<script>", false), (&"a".repeat(65), false)] {
        let request = Request::get("/healthz").header("x-request-id", sent).body(Body::empty()).unwrap();
        let answer = send(request).await;
        let id = answer.headers.get("x-request-id").unwrap().to_str().unwrap();
        assert_eq!(id == sent, kept, "{sent} → {id}");
    }
}

#[tokio::test]
async fn a_past_day_is_named_and_what_held_then_is_said_in_words_for_then() {
    let page = get("/?q=政府信息公开范围&on=2010-01-01").await;
    for words in ["2010年1月1日", "当日有效", "当日尚未施行", "改按今天"] {
        assert!(page.text().contains(words), "{words}");
    }
    assert!(!page.text().contains(">现行有效<"));
    assert!(!get("/?q=政府信息公开范围").await.text().contains("当日"));
    let old = get("/r/zhengfu-xinxi-gongkai-tiaoli@2007-04-05/a9").await;
    for words in ["2019年5月15日起", "与它逐条对照"] {
        assert!(old.text().contains(words), "{words}");
    }
}
