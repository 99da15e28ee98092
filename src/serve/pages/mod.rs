//! The pages; each file holds a page's data, its handler and its tests.

pub mod about;
pub mod api;
pub mod basis;
pub mod bodies;
pub mod catalogs;
pub mod check;
pub mod compare;
pub mod coverage;
pub mod error;
pub mod frame;
pub mod passage;
pub mod provision;
pub mod read;
pub mod references;
pub mod rules;
pub mod search;
pub mod sheet;

use super::problem::Problem;
use askama::Template;
use axum::response::Html;

/// Prints a page.
///
/// # Errors
/// [`Problem::internal`] when the template fails, which is logged.
pub fn html(page: &impl Template) -> Result<Html<String>, Problem> {
    page.render().map(Html).map_err(|error| {
        tracing::error!(%error, "a template failed");
        Problem::internal()
    })
}
