//! [`Form`]: the forms of a regulation for programs: Akoma Ntoso and JSON-LD, asked for by `Accept` or by `format`.

use super::problem::Problem;
use super::state::App;
use crate::law::Regulation;
use crate::report::{akn, jsonld};
use crate::snapshot::Snapshot;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// A form that is not the address's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    AkomaNtoso,
    JsonLd,
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FormParams {
    /// akn（Akoma Ntoso XML）或 jsonld；也可用 Accept 请求头
    pub format: Option<String>,
}

impl Form {
    /// What is asked for, where it is another form than `own`, the media type that the address gives by itself.
    ///
    /// # Errors
    /// [`Problem::bad_request`] names the formats there are.
    pub fn asked(params: &FormParams, headers: &HeaderMap, own: &str) -> Result<Option<Self>, Problem> {
        match params.format.as_deref().map(str::trim) {
            None | Some("") => {}
            Some("akn") => return Ok(Some(Form::AkomaNtoso)),
            Some("jsonld") => return Ok(Some(Form::JsonLd)),
            Some(_) => return Err(Problem::bad_request("format 应是 akn 或 jsonld")),
        }
        let accept = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let ranges = accept.flat_map(|value| value.split(','));
        let mut best = (0.0, None);
        for range in ranges {
            let mut parts = range.split(';').map(str::trim);
            let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse::<f32>().ok());
            let form = match kind.as_str() {
                "application/akn+xml" => Some(Form::AkomaNtoso),
                "application/ld+json" => Some(Form::JsonLd),
                "*/*" => None,
                kind if kind == own => None,
                _ => continue,
            };
            // Of equals the first counts.
            if let Some(weight) = weight.filter(|weight| *weight > best.0) {
                best = (weight, form);
            }
        }
        Ok(best.1)
    }

    /// One version of a regulation in this form.
    ///
    /// # Errors
    /// [`Problem::not_found`] where the corpus holds no text of the version.
    pub fn write(
        self,
        app: &App,
        snapshot: &Snapshot,
        regulation: &Regulation,
        version: usize,
    ) -> Result<Response, Problem> {
        let missing = || Problem::not_found(format!("库中没有《{}》这个版本的正文", regulation.title));
        let (kind, body) = match self {
            Form::AkomaNtoso => {
                let xml = akn::write(&snapshot.corpus, regulation, version).map_err(|_| missing())?;
                ("application/akn+xml; charset=utf-8", xml)
            }
            Form::JsonLd => {
                let data = jsonld::metadata(&snapshot.corpus, regulation, version, app.today(), "");
                ("application/ld+json", data.ok_or_else(missing)?.to_string())
            }
        };
        Ok((StatusCode::OK, [(header::CONTENT_TYPE, kind)], body).into_response())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weightiest_type_that_is_served_wins() {
        for (accept, form) in [
            ("application/akn+xml", Some(Form::AkomaNtoso)),
            ("application/ld+json", Some(Form::JsonLd)),
            ("text/html,application/xhtml+xml,*/*;q=0.8", None),
            ("text/html;q=0.5, application/akn+xml;q=0.9", Some(Form::AkomaNtoso)),
            ("application/ld+json, application/akn+xml", Some(Form::JsonLd)),
            ("application/akn+xml;q=0", None),
            ("application/akn+xml;q=nonsense", None),
            ("image/png", None),
            ("", None),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT, accept.parse().unwrap())]);
            assert_eq!(Form::asked(&FormParams::default(), &headers, "text/html").unwrap(), form, "{accept}");
        }
        let asked = |format: &str| {
            Form::asked(&FormParams { format: Some(format.into()) }, &HeaderMap::new(), "text/html")
                .map_err(|p| p.detail)
        };
        assert_eq!(asked("akn"), Ok(Some(Form::AkomaNtoso)));
        assert_eq!(asked(""), Ok(None));
        assert!(asked("pdf").unwrap_err().contains("akn"));
    }
}
