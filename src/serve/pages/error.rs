//! The page that tells of a [`Problem`] and offers a way on.

use super::frame::Frame;
use crate::serve::problem::Problem;
use askama::Template;

#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage<'p> {
    frame: Frame,
    problem: &'p Problem,
}

pub fn page(problem: &Problem) -> ErrorPage<'_> {
    ErrorPage { frame: Frame::new(problem.title.clone(), ""), problem }
}
