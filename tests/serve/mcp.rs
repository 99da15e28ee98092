//! MCP over HTTP: what an AI client sends, and what it must be told.

use super::{Answer, send};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

async fn call(body: Value) -> Answer {
    let request = Request::post("/mcp")
        .header(header::HOST, "127.0.0.1:7878")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json, text/event-stream")
        .body(Body::from(body.to_string()))
        .unwrap();
    send(request).await
}

async fn tool(name: &str, arguments: Value) -> Value {
    let body = json!({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":name,"arguments":arguments}});
    let answer = call(body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()["result"].clone()
}

#[tokio::test]
async fn a_client_is_greeted_and_told_to_verify() {
    let hello = json!({"jsonrpc":"2.0","id":1,"method":"initialize","params":{
        "protocolVersion":"2025-03-26","capabilities":{},"clientInfo":{"name":"test","version":"1"}}});
    let result = call(hello).await.json()["result"].clone();
    assert_eq!(result["serverInfo"]["name"], "yiju");
    assert!(result["instructions"].as_str().unwrap().contains("未核"));
    let tools = call(json!({"jsonrpc":"2.0","id":2,"method":"tools/list"})).await.json();
    let tools = tools["result"]["tools"].as_array().unwrap().clone();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    for name in ["search", "show", "cite", "check", "basis"] {
        assert!(names.contains(&name), "{name} of {names:?}");
    }
}

#[tokio::test]
async fn the_tools_answer_and_their_errors_say_what_to_do() {
    let shown = tool("show", json!({"citation":"yusuan-fa/a14.p2"})).await;
    assert_eq!(shown["structuredContent"]["label"], "第十四条第二款");
    let found = tool("search", json!({"query":"部门预算公开","limit":2})).await;
    assert_eq!(found["structuredContent"]["results"].as_array().unwrap().len(), 2);
    let cited = tool("cite", json!({"text":"《预算法》第十四条"})).await;
    assert_eq!(cited["structuredContent"]["citations"][0]["resolution"]["status"], "found");
    let checked = tool("check", json!({"text":"《政府信息公开条例》第二十条第七款"})).await;
    assert_eq!(checked["structuredContent"]["findings"][0]["rule"], "paragraph-for-item");
    let missing = tool("show", json!({"citation":"yusuan-fa/a999"})).await;
    assert_eq!(missing["isError"], true);
    assert!(missing["content"][0]["text"].as_str().unwrap().contains("没有第九百九十九条"));
}
