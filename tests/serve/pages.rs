//! Every page: found, whole, without anything inline, in the form that its address promises.

use super::{get, post, send};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

const PAGES: &[(&str, &str)] = &[
    ("/", "查条文，核引用，找依据"),
    ("/?q=政府信息公开的期限", "第三十三条"),
    ("/?q=没有这样的词语吗嘛呢", "检索"),
    ("/about", "可信到什么程度"),
    ("/r/zhengfu-xinxi-gongkai-tiaoli", "第二十条"),
    ("/r/zhengfu-xinxi-gongkai-tiaoli@2007-04-05", "已被修改"),
    ("/r/guobanfa-2018-118", "目录"),
    ("/r/yusuan-fa/a14.p2", "引用写法"),
    ("/r/zhengfu-xinxi-gongkai-tiaoli@2019-04-03/a20.p1.i7", "财政预算、决算信息"),
    ("/catalogs", "各单位对照"),
    ("/check", "核对"),
    ("/basis", "别的单位"),
    ("/basis?item=部门预算", "第十四条"),
    ("/rules", "paragraph-for-item"),
    ("/rules/paragraph-for-item", "为什么要紧"),
    ("/api", "/api/v1/search"),
];

#[tokio::test]
async fn every_page_stands_without_anything_inline() {
    for (address, words) in PAGES {
        let page = get(address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        let html = page.text();
        assert!(html.contains(words), "{address} lacks {words}");
        assert!(html.contains("<html lang=\"zh-Hans\">") && html.contains("class=\"skip\""), "{address}");
        assert_eq!(html.matches("<h1").count(), 1, "{address}");
        for inline in [" style=\"", "<style", " onclick", "javascript:"] {
            assert!(!html.contains(inline), "{address} holds {inline}");
        }
        assert_eq!(html.matches("<script").count(), html.matches("<script src=\"/assets/").count(), "{address}");
        let policy = page.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{address}");
    }
}

#[tokio::test]
async fn the_first_page_with_all_it_loads_is_small() {
    let mut total = get("/").await.body.len();
    for asset in ["style.css", "app.js", "icon.svg"] {
        let answer = get(&format!("/assets/{asset}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.header(header::CACHE_CONTROL).contains("immutable"));
        total += answer.body.len();
    }
    assert!(total < 60_000, "{total} bytes");
}

#[tokio::test]
async fn an_address_written_otherwise_leads_to_the_canonical_one() {
    for (address, target) in [
        ("/r/yusuan-fa/第十四条第二款", "/r/yusuan-fa/a14.p2"),
        ("/r/yusuan-fa/14条2款", "/r/yusuan-fa/a14.p2"),
        ("/r/zhengfu-xinxi-gongkai-tiaoli/第二十条第（七）项", "/r/zhengfu-xinxi-gongkai-tiaoli/a20.p1.i7"),
        ("/r/zhengfu-xinxi-gongkai-tiaoli@2007-04-05/第十条", "/r/zhengfu-xinxi-gongkai-tiaoli@2007-04-05/a10"),
        ("/r/预算法/第十四条", "/r/yusuan-fa/a14"),
        ("/r/预算法", "/r/yusuan-fa"),
        ("/r/国务院令第492号", "/r/zhengfu-xinxi-gongkai-tiaoli@2007-04-05"),
    ] {
        let answer = get(address).await;
        assert!(answer.status.is_redirection(), "{address}: {}", answer.status);
        assert_eq!(answer.header(header::LOCATION), target, "{address}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_precisely() {
    for (address, words) in [
        ("/r/预算", "未收录不等于不存在"),
        ("/r/zhengfu-xinxi-gongkai-tiaoli/第二十条第七款", "第二十条"),
        ("/r/zhengfu-xinxi-gongkai-tiaoli/第九百条", "没有第九百条"),
        ("/catalogs/none", "公开目录"),
        ("/rules/none", "没有这条规则"),
        ("/nowhere", "首页"),
    ] {
        let answer = get(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert!(answer.text().contains(words) && answer.text().contains("<h1>"), "{address}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_typed_citation_stands_before_what_its_words_find() {
    for (query, id) in [
        ("预算法14条2款", "yusuan-fa@2018-12-29/a14.p2"),
        ("信息公开条例 第二十条（七）", "zhengfu-xinxi-gongkai-tiaoli@2019-04-03/a20.p1.i7"),
        ("国办发[2018]118号", "guobanfa-2018-118@2018-12-05"),
        ("yusuan-fa/a14", "yusuan-fa@2018-12-29/a14"),
    ] {
        let page = get(&format!("/?q={query}")).await;
        let first = page.text().split("<ol class=\"results\">").nth(1).unwrap_or_default();
        let link = first.split("href=\"").nth(1).unwrap_or_default().split('"').next().unwrap_or_default();
        assert_eq!(link, format!("/r/{id}"), "{query}");
    }
}

#[tokio::test]
async fn a_text_that_has_not_changed_is_not_sent_again() {
    let first = get("/r/yusuan-fa").await;
    let tag = first.headers.get(header::ETAG).unwrap().clone();
    let request = Request::get("/r/yusuan-fa").header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap();
    let again = send(request).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty());
}

#[tokio::test]
async fn a_catalog_shows_each_item_with_its_verdicts() {
    let list = get("/catalogs").await;
    let id = list.text().split("href=\"/catalogs/").nth(1).unwrap().split('"').next().unwrap().to_string();
    let all = get(&format!("/catalogs/{id}")).await;
    assert!(all.text().contains("id=\"item-1\""));
    let narrowed = get(&format!("/catalogs/{id}?only=not-checked")).await;
    assert!(narrowed.text().matches("<article").count() <= all.text().matches("<article").count());
    assert!(narrowed.text().contains("显示全部事项"));
}

#[tokio::test]
async fn a_pasted_text_is_checked_on_the_page() {
    let text = "text=《政府信息公开条例》第二十条第七款";
    let page = post("/check", "application/x-www-form-urlencoded", super::encoded(text)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("/rules/paragraph-for-item"), "{}", page.text());
    assert!(page.text().contains("没有保存"));
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
    let saved =
        post("/check", "application/x-www-form-urlencoded", super::encoded(&format!("{text}&format=json"))).await;
    assert!(saved.header(header::CONTENT_DISPOSITION).contains("yiju-check.json"));
}
