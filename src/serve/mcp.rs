//! [`Mcp`]: the same functions for AI clients; every tool tells them to verify before they cite.

use super::api::basis::{BasisParams, propose};
use super::api::check::citations;
use super::ask::SearchParams;
use super::pages::provision::open;
use super::problem::Problem;
use super::state::App;
use super::upload::Upload;
use crate::check::{Baseline, Settings};
use crate::report::Report;
use crate::report::json::{SearchView, Views};
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, ContentBlock, Implementation, ServerCapabilities, ServerConfig};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ServerHandler, ServiceExt, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const INSTRUCTIONS: &str = "依据是公开事项目录的法律依据库，所有条文都是公布机关的正式文本，逐条有来源和版本。\
引用任何条款之前，先用 show 或 search 取得原文，逐字抄录，不要凭记忆写条号和条文；写完以后用 check 核对一遍。\
verdict 为 not-checked（未核）表示库中没有收录，既不表示正确，也不表示不存在：必须如实告诉用户。\
status 不是 in-force 的条文不能作为现行依据。";

/// The tools, on one state.
#[derive(Clone)]
pub struct Mcp {
    app: App,
}

#[derive(Deserialize, JsonSchema)]
struct SearchArgs {
    /// 词语、问题、引用或文号
    query: String,
    /// 最多几条，默认 5，上限 20
    limit: Option<usize>,
    /// 只看某一效力位阶，如 行政法规
    level: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct ShowArgs {
    /// 标识（yusuan-fa/a14.p2）或引用（预算法第十四条第二款）
    citation: String,
}

#[derive(Deserialize, JsonSchema)]
struct BasisArgs {
    /// 公开事项，如 部门预算
    item: String,
    /// 最多几条，默认 5
    limit: Option<usize>,
}

#[derive(Deserialize, JsonSchema)]
struct TextArgs {
    /// 文字，不超过 1 MB
    text: String,
}

#[tool_router]
impl Mcp {
    pub fn new(app: App) -> Self {
        Mcp { app }
    }

    #[tool(
        description = "检索法律法规条文。返回条文原文、标识、效力位阶、时效。引用前必须以这里返回的原文为准，不得凭记忆改写。"
    )]
    async fn search(&self, Parameters(args): Parameters<SearchArgs>) -> CallToolResult {
        let limit = Some(args.limit.unwrap_or(5).clamp(1, 20));
        let params = SearchParams { q: args.query, limit, level: args.level, ..SearchParams::default() };
        answer(super::api::search::run(&self.app, &params).await.map(|found| SearchView::of(&found.results)))
    }

    #[tool(
        description = "取一条、一款或一项的原文。条款不存在时会说明实际有什么；没有收录时会说未收录，那不等于不存在。"
    )]
    async fn show(&self, Parameters(args): Parameters<ShowArgs>) -> CallToolResult {
        let app = self.app.clone();
        answer(self.app.work.quick(move || show(&app, &args.citation)).await.and_then(|shown| shown))
    }

    #[tool(description = "找出一段文字里的全部引用，并说明每处引用指的是哪份文件的哪一条，条文是什么。")]
    async fn cite(&self, Parameters(args): Parameters<TextArgs>) -> CallToolResult {
        let app = self.app.clone();
        let work = move || {
            let text = bounded(&app, &args.text)?;
            Ok(serde_json::json!({ "citations": citations(&app.snapshot(), text, app.today()) }))
        };
        answer(self.app.work.check(work).await.and_then(|cited| cited))
    }

    #[tool(
        description = "为一个公开事项找可作依据的条款，附别的单位的先例。只是建议：要读原文判断；空的结果表示没有合适的，不要另行编造。"
    )]
    async fn basis(&self, Parameters(args): Parameters<BasisArgs>) -> CallToolResult {
        let params = BasisParams { item: args.item, limit: args.limit };
        let proposals = propose(&self.app, &params).await;
        let snapshot = self.app.snapshot();
        let views = Views::new(&snapshot.corpus, self.app.today());
        answer(proposals.map(|proposals| views.basis(params.item.trim(), &proposals)))
    }

    #[tool(description = "核对一段文字或一份目录（可粘贴表格）里的每一处依据：文件、文号、条款、引文、时效。\
                          写完带引用的文字后必须调用。verdict 只有 confirmed 才算核实；not-checked 是未核，不是通过。")]
    async fn check(&self, Parameters(args): Parameters<TextArgs>) -> CallToolResult {
        let app = self.app.clone();
        answer(self.app.work.check(move || judge(&app, args.text)).await.and_then(|judged| judged))
    }
}

#[tool_handler]
impl ServerHandler for Mcp {
    fn get_info(&self) -> ServerConfig {
        let mut config = ServerConfig::new(ServerCapabilities::builder().enable_tools().build());
        config.server_info = Implementation::new("yiju", env!("CARGO_PKG_VERSION"));
        config.instructions = Some(INSTRUCTIONS.into());
        config
    }
}

fn show(app: &App, citation: &str) -> Result<serde_json::Value, Problem> {
    let snapshot = app.snapshot();
    let citation = super::ask::bounded(citation, &app.settings)?;
    let views = Views::new(&snapshot.corpus, app.today());
    if let Some((name, locator)) = citation.split_once('/') {
        let (place, _) = open(&snapshot.corpus, name, locator, app.today())?;
        return json(&views.provision(place));
    }
    let found = citations(&snapshot, &citation, app.today());
    if found.is_empty() {
        return Err(Problem::bad_request("读不出引用，请写成“预算法第十四条第二款”或 yusuan-fa/a14.p2"));
    }
    json(&serde_json::json!({ "citations": found }))
}

fn judge(app: &App, text: String) -> Result<serde_json::Value, Problem> {
    bounded(app, &text)?;
    let upload = Upload { bytes: text.into(), is_text: true, ..Upload::default() };
    let (catalogs, _) = upload.catalogs(&app.settings)?;
    let snapshot = app.snapshot();
    let views = Views::new(&snapshot.corpus, app.today());
    let mut checks = Vec::new();
    for catalog in &catalogs {
        let checked = snapshot.check(catalog);
        app.metrics.checked(checked.findings.iter().map(|finding| finding.rule));
        let report = Report::new(views, catalog, &checked, &Settings::default(), &Baseline::default());
        checks.push(json(&report.view())?);
    }
    Ok(match checks.len() {
        1 => checks.remove(0),
        _ => serde_json::json!({ "checks": checks }),
    })
}

fn bounded<'t>(app: &App, text: &'t str) -> Result<&'t str, Problem> {
    match text.len() {
        _ if text.trim().is_empty() => Err(Problem::unreadable("没有收到内容：text 是空的")),
        length if length > app.settings.text_bytes => Err(Problem::too_large("文字太长，请分段发送")),
        _ => Ok(text),
    }
}

fn json(value: &impl Serialize) -> Result<serde_json::Value, Problem> {
    serde_json::to_value(value).map_err(|_| Problem::internal())
}

fn answer(result: Result<impl Serialize, Problem>) -> CallToolResult {
    match result.and_then(|value| json(&value)) {
        Ok(value) => CallToolResult::structured(value),
        Err(problem) => CallToolResult::error(vec![ContentBlock::text(problem.detail)]),
    }
}

/// MCP over HTTP, without sessions: each request stands alone.
pub fn service(app: App) -> StreamableHttpService<Mcp, LocalSessionManager> {
    let mut config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(app.settings.text_bytes * 2);
    config.allowed_hosts.extend(app.settings.mcp_hosts.iter().cloned());
    StreamableHttpService::new(move || Ok(Mcp::new(app.clone())), Default::default(), config)
}

/// MCP on standard input and output, until the input ends.
///
/// # Errors
/// When the client breaks off the opening handshake.
pub async fn stdio(app: App) -> Result<(), String> {
    let running = Mcp::new(app).serve(rmcp::transport::stdio()).await.map_err(|error| error.to_string())?;
    running.waiting().await.map(|_| ()).map_err(|error| error.to_string())
}
