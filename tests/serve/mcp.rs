//! MCP as a real client speaks it, over standard input/output and over HTTP.

use super::app;
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::RunningService;
use rmcp::transport::{StreamableHttpClientTransport, TokioChildProcess};
use rmcp::{RoleClient, ServiceExt};
use serde_json::{Value, json};
use std::time::Duration;

type Client = RunningService<RoleClient, ()>;

async fn call(client: &Client, name: &'static str, arguments: Value) -> CallToolResult {
    let Value::Object(arguments) = arguments else { panic!("{name}: arguments are an object") };
    client.call_tool(CallToolRequestParams::new(name).with_arguments(arguments)).await.unwrap()
}

async fn told(client: &Client, name: &'static str, arguments: Value) -> Value {
    let result = call(client, name, arguments).await;
    assert_ne!(result.is_error, Some(true), "{name}: {result:?}");
    result.structured_content.unwrap_or_else(|| panic!("{name} gives no structure"))
}

async fn refused(client: &Client, name: &'static str, arguments: Value) -> String {
    let result = call(client, name, arguments).await;
    assert_eq!(result.is_error, Some(true), "{name}: {result:?}");
    serde_json::to_value(&result.content).unwrap()[0]["text"].as_str().unwrap().to_string()
}

/// All that an agent does: greet, look around, call each tool, make mistakes.
async fn tour(client: &Client) {
    let server = serde_json::to_value(client.peer_info().unwrap().as_ref()).unwrap();
    assert_eq!(server["serverInfo"]["name"], "yiju", "{server}");
    assert!(server["instructions"].as_str().unwrap().contains("未核"));

    let tools = client.list_all_tools().await.unwrap();
    let mut names: Vec<&str> = tools.iter().map(|tool| tool.name.as_ref()).collect();
    names.sort_unstable();
    assert_eq!(names, ["basis", "check", "cite", "search", "show"]);
    for tool in &tools {
        assert!(tool.description.as_ref().is_some_and(|words| words.chars().count() > 20), "{}", tool.name);
        assert_eq!(tool.input_schema["type"], "object", "{}", tool.name);
        assert!(tool.input_schema["required"].is_array(), "{}", tool.name);
    }

    let shown = told(client, "show", json!({"citation":"预算法第十四条第二款"})).await;
    assert_eq!(shown["citations"][0]["resolution"]["provisions"][0]["id"], "yusuan-fa@2018-12-29/a14.p2");
    let shown = told(client, "show", json!({"citation":"yusuan-fa/a14.p2"})).await;
    assert_eq!(shown["label"], "第十四条第二款");
    let found = told(client, "search", json!({"query":"部门预算公开","limit":2})).await;
    assert_eq!(found["results"].as_array().unwrap().len(), 2);
    let cited = told(client, "cite", json!({"text":"依据《预算法》第十四条"})).await;
    assert_eq!(cited["citations"][0]["resolution"]["status"], "found");
    let checked = told(client, "check", json!({"text":"《政府信息公开条例》第二十条第七款"})).await;
    assert_eq!(checked["findings"][0]["rule"], "paragraph-for-item");
    let basis = told(client, "basis", json!({"item":"部门预算"})).await;
    assert!(basis["results"][0]["provision"]["text"].as_str().unwrap().contains("预算"));

    assert!(refused(client, "show", json!({"citation":"yusuan-fa/a999"})).await.contains("没有第九百九十九条"));
    assert!(refused(client, "show", json!({"citation":"不是引用"})).await.contains("读不出引用"));
    assert!(refused(client, "search", json!({"query":"预".repeat(600)})).await.contains("500"));
    assert!(refused(client, "check", json!({"text":" "})).await.contains("没有收到内容"));
    let wrong = client.call_tool(CallToolRequestParams::new("search")).await;
    assert!(wrong.as_ref().map_or(true, |answer| answer.is_error == Some(true)), "{wrong:?}");
    assert!(client.call_tool(CallToolRequestParams::new("delete_everything")).await.is_err());
    // After all that it still answers.
    told(client, "show", json!({"citation":"yusuan-fa/a14"})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_on_standard_input_and_output_is_served() {
    let index = tempfile::tempdir().unwrap();
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_yiju"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("mcp").arg("--index").arg(index.path().join("index"));
    let client = ().serve(TokioChildProcess::new(command).unwrap());
    let client = tokio::time::timeout(Duration::from_secs(120), client).await.expect("greeted in time").unwrap();
    tour(&client).await;
    client.cancel().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_over_http_is_served() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/mcp", listener.local_addr().unwrap());
    let server = tokio::spawn(yiju::serve::serve(listener, app(), std::future::pending()));
    let client = ().serve(StreamableHttpClientTransport::from_uri(address)).await.unwrap();
    tour(&client).await;
    client.cancel().await.unwrap();
    server.abort();
}
