//! The API: the shapes of the interface, and the document that describes them.

use super::{get, post, send};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use std::collections::BTreeSet;

#[tokio::test]
async fn answers_have_the_shape_of_the_interface() {
    let search = get("/api/v1/search?q=部门预算公开&limit=3").await.json();
    assert_eq!(search["results"].as_array().unwrap().len(), 3);
    for key in ["query", "total", "took_ms", "facets"] {
        assert!(!search[key].is_null(), "{key}");
    }
    assert!(search["results"][0]["snippet"][0][0].is_string());
    let provision = get("/api/v1/provisions/yusuan-fa@2018-12-29/a14.p2").await.json();
    assert_eq!(provision["id"], "yusuan-fa@2018-12-29/a14.p2");
    assert_eq!(provision["label"], "第十四条第二款");
    assert_eq!(provision["locator"]["article"], "14");
    let regulations = get("/api/v1/regulations").await.json();
    assert!(regulations["regulations"].as_array().unwrap().iter().any(|r| r["id"] == "yusuan-fa"));
    let text = get("/api/v1/regulations/yusuan-fa").await.json();
    assert_eq!((text["id"].as_str(), text["version"].as_str()), (Some("yusuan-fa"), Some("2018-12-29")));
    let catalogs = get("/api/v1/catalogs").await.json();
    assert!(!catalogs["catalogs"].as_array().unwrap().is_empty());
    let id = catalogs["catalogs"][0]["id"].as_str().unwrap();
    let catalog = get(&format!("/api/v1/catalogs/{id}")).await.json();
    assert_eq!(catalog["check"]["summary"]["verdicts"].as_object().unwrap().len(), 6);
    let basis = get("/api/v1/basis?item=部门预算公开&limit=2").await.json();
    assert!(basis["results"][0]["why"]["precedents"].is_array());
    let suggest = get("/api/v1/suggest?q=预算法").await.json();
    assert_eq!(suggest["suggestions"][0]["regulation"], "yusuan-fa");
    let initials = get("/api/v1/suggest?q=ysf").await.json();
    assert_eq!(initials["suggestions"][0]["regulation"], "yusuan-fa");
    assert!(get("/healthz").await.json()["regulations"].as_u64().unwrap() > 0);
    assert!(get("/metrics").await.text().contains("yiju_regulations"));
}

#[tokio::test]
async fn a_text_is_cited_and_checked_however_it_is_sent() {
    let text = "根据《政府信息公开条例》第二十条第七款公开。";
    let json = serde_json::json!({ "text": text }).to_string();
    let form = format!("--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--x--\r\n");
    for (kind, body) in
        [("text/plain", text.to_string()), ("application/json", json), ("multipart/form-data; boundary=x", form)]
    {
        let cited = post("/api/v1/cite", kind, body.clone()).await;
        assert_eq!(cited.status, StatusCode::OK, "{kind}: {}", cited.text());
        let citation = &cited.json()["citations"][0];
        assert_eq!(citation["title"], "政府信息公开条例", "{kind}");
        assert_eq!(citation["span"], serde_json::json!([2, 19]), "{kind}");
        let checked = post("/api/v1/check", kind, body).await.json();
        assert_eq!(checked["findings"][0]["rule"], "paragraph-for-item", "{kind}");
        assert_eq!(checked["summary"]["citations"], 1, "{kind}");
    }
}

#[tokio::test]
async fn a_file_is_checked_and_every_format_comes_back() {
    let file = "公开事项,公开内容,公开依据\n预算,部门预算,《中华人民共和国预算法》第十四条\n概况,机构职能,\n";
    for (format, kind) in [
        ("json", "application/json"),
        ("html", "text/html; charset=utf-8"),
        ("sarif", "application/sarif+json"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ] {
        let answer = post(&format!("/api/v1/check?name=a.csv&format={format}"), "text/csv", file).await;
        assert_eq!(answer.status, StatusCode::OK, "{format}: {}", String::from_utf8_lossy(&answer.body));
        assert_eq!(answer.header(header::CONTENT_TYPE), kind);
    }
    let checked = post("/api/v1/check?name=a.csv", "text/csv", file).await.json();
    assert_eq!(checked["catalog"]["items"], 2);
}

#[tokio::test]
async fn errors_are_problems() {
    for (address, status, kind) in [
        ("/api/v1/search", 400, "/api#bad-request"),
        ("/api/v1/search?q=a&limit=x", 400, "/api#bad-request"),
        ("/api/v1/search?q=a&level=无", 400, "/api#bad-request"),
        ("/api/v1/regulations/none", 404, "/api#not-found"),
        ("/api/v1/provisions/yusuan-fa/a999", 404, "/api#not-found"),
        ("/api/v1/provisions/yusuan-fa", 400, "/api#bad-request"),
        ("/api/v1/catalogs/none", 404, "/api#not-found"),
        ("/api/v1/check", 405, "/api#method-not-allowed"),
        ("/api/v1/none", 404, "/api#not-found"),
    ] {
        let answer = get(address).await;
        assert_eq!(answer.status.as_u16(), status, "{address}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json", "{address}");
        let problem = answer.json();
        assert_eq!(problem["status"], status, "{address}");
        assert_eq!(problem["type"], kind, "{address}");
        assert!(problem["detail"].as_str().unwrap().chars().any(|c| c > '\u{4e00}'), "{address}");
    }
}

/// The routes of the API as the router's source lists them.
fn routes() -> BTreeSet<String> {
    let source = include_str!("../../src/serve/mod.rs");
    let listed = source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next());
    listed.filter(|route| route.starts_with("/api/v1/")).map(|route| route.replace("{*", "{")).collect()
}

#[tokio::test]
async fn the_document_describes_exactly_what_is_served() {
    let document = get("/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().unwrap();
    let described: BTreeSet<String> = paths.keys().filter(|p| p.starts_with("/api/v1/")).cloned().collect();
    assert_eq!(described, routes());
    for (path, methods) in paths {
        for method in methods.as_object().unwrap().keys() {
            let address = path.replace("{id}", "none");
            let request = Request::builder().method(method.to_uppercase().as_str()).uri(&address);
            let answer = send(request.body(Body::empty()).unwrap()).await;
            assert_ne!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        }
    }
}
