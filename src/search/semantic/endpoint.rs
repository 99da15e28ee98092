//! [`Endpoint`]: an OpenAI-compatible embeddings server, asked for unit vectors; whatever it answers is checked.

use super::{SemanticError, Settings};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The largest answer that is read.
const ANSWER: u64 = 256 << 20;

/// One server and what to ask it with.
pub struct Endpoint {
    agent: ureq::Agent,
    address: String,
    key: String,
}

/// What a text is to the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Query,
    Passage,
}

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    input: Vec<String>,
}

#[derive(Deserialize)]
struct Answer {
    data: Vec<Embedding>,
}

#[derive(Deserialize)]
struct Embedding {
    index: Option<usize>,
    embedding: Vec<f32>,
}

impl Endpoint {
    pub fn of(settings: &Settings) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        let address = format!("{}/embeddings", settings.endpoint);
        Endpoint { agent: config.new_agent(), address, key: settings.key.clone() }
    }

    /// The vectors of `texts`, in their order, each of length 1.
    ///
    /// # Errors
    /// [`SemanticError`] when nothing comes in `wait`, or not exactly one usable vector a text.
    pub fn embed(
        &self,
        settings: &Settings,
        role: Role,
        texts: &[&str],
        wait: Duration,
    ) -> Result<Vec<Vec<f32>>, SemanticError> {
        let (own, prefix) = match role {
            Role::Query => (&settings.query_model, &settings.query_prefix),
            Role::Passage => (&settings.passage_model, &settings.passage_prefix),
        };
        let model = if own.is_empty() { &settings.model } else { own };
        let input = texts.iter().map(|text| format!("{prefix}{text}")).collect();
        let mut request = self.agent.post(&self.address).config().timeout_global(Some(wait)).build();
        if !self.key.is_empty() {
            request = request.header("Authorization", format!("Bearer {}", self.key));
        }
        let mut response = request.send_json(Request { model, input }).map_err(|error| told(&error))?;
        let status = response.status().as_u16();
        if status != 200 {
            return Err(SemanticError::Status(status));
        }
        let answer = response.body_mut().with_config().limit(ANSWER).read_json::<Answer>();
        let mut data = answer.map_err(|error| told(&error))?.data;
        if data.iter().all(|one| one.index.is_some()) {
            data.sort_by_key(|one| one.index);
        }
        if data.len() != texts.len() {
            return Err(SemanticError::Garbage(format!("要{}个向量，给了{}个", texts.len(), data.len())));
        }
        data.into_iter().map(|one| unit(one.embedding)).collect()
    }
}

fn told(error: &ureq::Error) -> SemanticError {
    match error {
        ureq::Error::Timeout(_) => SemanticError::Slow,
        ureq::Error::Json(_) | ureq::Error::BodyExceedsLimit(_) => SemanticError::Garbage("应答不是预期的 JSON".into()),
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => SemanticError::Slow,
        _ => SemanticError::Unreachable,
    }
}

/// The vector at length 1.
fn unit(mut vector: Vec<f32>) -> Result<Vec<f32>, SemanticError> {
    let length = vector.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>().sqrt();
    if !length.is_finite() || length < 1e-12 {
        return Err(SemanticError::Garbage("向量为零或含有非数值".into()));
    }
    vector.iter_mut().for_each(|x| *x = (f64::from(*x) / length) as f32);
    Ok(vector)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_has_length_one_or_is_none() {
        assert_eq!(unit(vec![3.0, 4.0]).unwrap(), [0.6, 0.8]);
        for wrong in [vec![], vec![0.0, 0.0], vec![f32::NAN, 1.0], vec![f32::INFINITY, 1.0]] {
            assert!(matches!(unit(wrong), Err(SemanticError::Garbage(_))));
        }
    }
}
