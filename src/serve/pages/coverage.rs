//! `/coverage`: what the law orders to be disclosed against what each body's catalog has, as a picture and a table.

use super::frame::Frame;
use super::html;
use crate::check::coverage::{Answer, How, Matrix, coverage};
use crate::report::coverage::svg;
use crate::serve::problem::Problem;
use crate::serve::state::App;
use crate::snapshot::Snapshot;
use askama::Template;
use axum::extract::State;
use axum::response::Html;

#[derive(Template)]
#[template(path = "coverage.html")]
struct CoveragePage {
    frame: Frame,
    /// Id, title and publisher.
    catalogs: Vec<(String, String, String)>,
    matrix: Matrix,
    picture: String,
}

impl CoveragePage {
    fn how(&self, answer: &Answer) -> &'static str {
        answer.how.map_or("", How::name)
    }

    fn publisher(&self, column: usize) -> &str {
        self.catalogs.get(column).map_or("", |(.., publisher)| publisher)
    }

    /// The catalog of a column.
    fn id(&self, column: usize) -> &str {
        self.catalogs.get(column).map_or("", |(id, ..)| id)
    }
}

pub async fn handle(State(app): State<App>) -> Result<Html<String>, Problem> {
    let work = {
        let app = app.clone();
        move || {
            let snapshot = app.snapshot();
            let mut matrix = matrix(&snapshot);
            // A body's name is shorter than its catalog's, and says as much.
            for (name, catalog) in matrix.catalogs.iter_mut().zip(&snapshot.catalogs) {
                name.clone_from(if catalog.publisher.is_empty() { &catalog.title } else { &catalog.publisher });
            }
            let catalogs = snapshot.catalogs.iter();
            html(&CoveragePage {
                frame: Frame::new("公开义务对照", "/catalogs"),
                catalogs: catalogs.map(|c| (c.id.clone(), c.title.clone(), c.publisher.clone())).collect(),
                picture: svg(&matrix),
                matrix,
            })
        }
    };
    app.work.quick(work).await?
}

/// Every duty against every catalog of the snapshot.
pub fn matrix(snapshot: &Snapshot) -> Matrix {
    let catalogs: Vec<_> =
        snapshot.catalogs.iter().zip(&snapshot.checked).map(|(c, checked)| (c, checked.links.as_slice())).collect();
    coverage(&snapshot.corpus, snapshot.today, &catalogs)
}
