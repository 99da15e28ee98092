//! The OpenAPI 3.1 document of the API, made from the handlers.

use super::problem::Problem;
use super::{api, health};
use axum::Json;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "依据 Yiju",
        description = "检索条文、核对公开目录的依据、为事项找依据。出错时返回 application/problem+json（RFC 9457）。",
        license(name = "MIT OR Apache-2.0")
    ),
    tags(
        (name = "read", description = "检索与阅读"),
        (name = "check", description = "识别、核对与找依据"),
        (name = "server", description = "服务")
    ),
    paths(
        api::search::handle,
        api::regulations::list,
        api::regulations::one,
        api::regulations::provision,
        api::suggest::handle,
        api::catalogs::list,
        api::catalogs::one,
        api::basis::handle,
        api::check::cite,
        api::check::handle,
        health::handle
    ),
    components(schemas(Problem))
)]
pub struct Document;

pub async fn handle() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}
