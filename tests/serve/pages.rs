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
    ("/compare/zhengfu-xinxi-gongkai-tiaoli", "<ins>"),
    ("/compare/zhengfu-xinxi-gongkai-tiaoli?old=2019-04-03&new=2007-04-05&only=changed", "aria-current"),
    ("/coverage", "财政预算、决算"),
    ("/bodies", "从应公开的内容开始"),
    ("/bodies?item=部门预算", "第十四条"),
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
        let data = html.matches("<script type=\"application/ld+json\">").count();
        assert_eq!(html.matches("<script").count(), html.matches("<script src=\"/assets/").count() + data, "{address}");
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

#[tokio::test]
async fn a_reference_inside_a_clause_leads_to_what_it_names_with_its_words() {
    let page = get("/r/yusuan-fa/a14.p2").await;
    let html = page.text();
    let (before, _) = html.split_once(">前三款</a>").expect("the words are a link");
    assert!(before.contains("href=\"/r/yusuan-fa@2018-12-29/a14.p1\""));
    assert!(html.contains("class=\"peek\"") && html.contains("<b>第十四条第三款</b>"), "the words at the other end");
    let whole = get("/r/zhengfu-xinxi-gongkai-tiaoli").await;
    assert!(whole.text().contains("href=\"#a19\""), "within one text a reference is a jump");
}

#[tokio::test]
async fn beside_a_clause_stand_the_items_by_body_and_the_clauses_that_cite_it() {
    let page = get("/r/yusuan-fa/a14").await;
    for words in [">鄂托克旗医疗保障局</p>", ">法规条文</p>", "/catalogs/qiaokou-yibaoju#item-10"] {
        assert!(page.text().contains(words), "{words}");
    }
    let other = get("/r/yusuan-fa").await;
    assert!(other.text().contains("处条文引用"));
}

#[tokio::test]
async fn a_regulation_comes_as_akoma_ntoso_and_json_ld() {
    for address in ["/r/yusuan-fa", "/api/v1/regulations/yusuan-fa"] {
        for (accept, start) in [("application/akn+xml", "<?xml"), ("application/ld+json", "{")] {
            let request = Request::get(address).header(header::ACCEPT, accept).body(Body::empty()).unwrap();
            let answer = send(request).await;
            assert_eq!(answer.status, StatusCode::OK, "{address} {accept}");
            assert!(answer.header(header::CONTENT_TYPE).starts_with(accept), "{address} {accept}");
            assert!(answer.text().starts_with(start), "{address} {accept}");
            assert!(answer.headers.get_all(header::VARY).iter().any(|v| v == "accept"), "{address} {accept}");
            assert!(answer.headers.get(header::ETAG).is_some());
        }
    }
    let asked = get("/r/yusuan-fa@2018-12-29?format=akn").await;
    assert_eq!(yiju::report::akn::read(asked.text()).unwrap().lines().next(), Some("中华人民共和国预算法"));
    let page = get("/r/yusuan-fa").await;
    let data =
        page.text().split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["@id"], "/r/yusuan-fa@2018-12-29");
    let none = get("/r/yusuan-fa?format=pdf").await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_result_of_a_check_is_downloaded_without_the_file_being_sent_again_by_hand() {
    let table = "公开事项,公开内容,公开依据\n预算,部门预算,《中华人民共和国政府信息公开条例》（国务院令第11号）第二十条第七款：财政预算、决算信息\n";
    let form = |fields: &[(&str, &str)]| {
        let field = |(name, value): &(&str, &str)| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        fields.iter().map(field).collect::<String>() + "--x--\r\n"
    };
    let kind = "multipart/form-data; boundary=x";
    let chosen = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"目录.csv\"\r\n\r\n{table}\r\n--x--\r\n"
    );
    let page = post("/check", kind, chosen).await;
    let html = page.text();
    let value = |name: &str| {
        let (_, rest) =
            html.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}: {html}"));
        rest.split('"').next().unwrap().to_string()
    };
    let (name, content) = (value("name"), value("content"));
    assert!(html.contains("改正了 2 处的副本"), "{html}");
    for (format, saved) in [
        ("xlsx", "yiju-check.xlsx"),
        ("html", "yiju-check.html"),
        ("json", "yiju-check.json"),
        ("sarif", "yiju-check.sarif"),
        ("fixed", ".fixed.csv"),
    ] {
        let answer = post("/check", kind, form(&[("name", &name), ("content", &content), ("format", format)])).await;
        assert_eq!(answer.status, StatusCode::OK, "{format}");
        assert!(answer.header(header::CONTENT_DISPOSITION).contains(saved), "{format}");
        assert!(!answer.body.is_empty());
        if format == "fixed" {
            assert_eq!(answer.text(), table.replace("第七款", "第（七）项").replace("第11号", "第711号"));
        }
    }
    let broken = post("/check", kind, form(&[("name", "a.csv"), ("content", "!!!"), ("format", "json")])).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn two_versions_that_cannot_be_compared_are_said_to_be_so() {
    for (address, words) in [
        ("/compare/yusuan-fa", "只有一个版本"),
        ("/compare/zhengfu-xinxi-gongkai-tiaoli?old=1999-01-01", "没有这个版本"),
        ("/compare/none", "未收录不等于不存在"),
    ] {
        let answer = get(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert!(answer.text().contains(words), "{address}: {}", answer.text());
    }
}

/// 国办公开办函〔2021〕30号 has three tables in its annex.
#[tokio::test]
async fn rows_of_a_printed_table_stand_in_one_table() {
    let page = get("/r/guobangongkaibanhan-2021-30").await;
    let html = page.text();
    assert_eq!((html.matches("<table class=\"printed\">").count(), html.matches("</table>").count()), (3, 3));
    assert!(html.contains("<tr><td>规章</td><td></td><td></td><td></td></tr>"), "cells of one row");
    assert!(!html.contains("| 规章"), "no bars");
    let whole = get("/r/guobangongkaibanhan-2021-30/x1.s2").await;
    assert_eq!(whole.status, StatusCode::OK);
}
