//! [`Semantic`]: meaning beyond words, from an embeddings endpoint that the settings name; off without one.
//!
//! Vectors of provisions are made in the background and kept in [`Vectors`]; a search asks for that of its question
//! only. Whatever the endpoint does, a search has its answer by words, with a note.

mod breaker;
mod endpoint;
mod error;
mod prepare;
mod settings;
mod vectors;

pub use endpoint::Role;
pub use error::SemanticError;
pub use prepare::Prepared;
pub use settings::{HELP, Settings};
pub use vectors::{Probe, Vectors};

use crate::text::hash::{self, Hash};
use breaker::Breaker;
use endpoint::Endpoint;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Questions whose vectors are kept: one page after the other asks the same.
const RECENT: usize = 64;
/// The characters of a provision that are encoded; models read no more of it.
const LENGTH: usize = 600;

/// An endpoint with the vectors that it has given.
pub struct Semantic {
    settings: Settings,
    endpoint: Endpoint,
    breaker: Breaker,
    vectors: Vectors,
    recent: Mutex<VecDeque<(u64, Arc<Vec<f32>>)>>,
}

/// What is encoded of a provision: its text behind the title of its regulation.
pub fn passage(title: &str, text: &str) -> String {
    let end = text.char_indices().nth(LENGTH).map_or(text.len(), |(at, _)| at);
    format!("{title} {}", &text[..end])
}

impl Semantic {
    /// With the vectors kept below `dir`; `None` when the settings name no endpoint.
    pub fn open(settings: Settings, dir: &Path) -> Option<Self> {
        if !settings.is_on() {
            return None;
        }
        let mut model = Hash::default();
        model.text(&settings.model);
        let vectors = Vectors::open(&dir.join(format!("vectors-{:016x}.bin", model.0)));
        let endpoint = Endpoint::of(&settings);
        let (breaker, recent) = (Breaker::default(), Mutex::default());
        Some(Semantic { settings, endpoint, breaker, vectors, recent })
    }

    /// The key of a text of which `content` is the hash.
    pub fn key(&self, role: Role, content: u64) -> u64 {
        let (model, prefix, role) = match role {
            Role::Query => (&self.settings.query_model, &self.settings.query_prefix, 1),
            Role::Passage => (&self.settings.passage_model, &self.settings.passage_prefix, 2),
        };
        let mut key = Hash(role);
        key.text(model);
        key.text(prefix);
        key.number(content);
        key.0
    }

    pub fn vectors(&self) -> &Vectors {
        &self.vectors
    }

    /// The vector of a question, in the time that the settings allow.
    ///
    /// # Errors
    /// [`SemanticError`]; at once while the endpoint rests after a failure.
    pub fn question(&self, text: &str) -> Result<Arc<Vec<f32>>, SemanticError> {
        let key = hash::of(text);
        let recent = || self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, vector)) = recent().iter().find(|(own, _)| *own == key) {
            return Ok(Arc::clone(vector));
        }
        if !self.breaker.allows(Instant::now()) {
            return Err(SemanticError::Resting);
        }
        let wait = Duration::from_millis(self.settings.timeout_ms);
        match self.embed(Role::Query, &[text], wait) {
            Ok(mut vectors) => {
                self.breaker.succeeded();
                let vector = Arc::new(vectors.pop().unwrap_or_default());
                let mut recent = recent();
                recent.push_back((key, Arc::clone(&vector)));
                if recent.len() > RECENT {
                    recent.pop_front();
                }
                Ok(vector)
            }
            Err(error) => {
                self.breaker.failed(Instant::now());
                Err(error)
            }
        }
    }

    /// Vectors of length 1, of the dimension of those that are known.
    fn embed(&self, role: Role, texts: &[&str], wait: Duration) -> Result<Vec<Vec<f32>>, SemanticError> {
        let vectors = self.endpoint.embed(&self.settings, role, texts, wait)?;
        let known = self.vectors.dimension().or(vectors.first().map(Vec::len)).unwrap_or_default();
        match vectors.iter().find(|vector| vector.len() != known) {
            Some(other) => Err(SemanticError::Dimension { given: other.len(), known }),
            None => Ok(vectors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_cut_between_characters() {
        assert_eq!(passage("预算法", "公开。"), "预算法 公开。");
        assert_eq!(passage("法", &"款".repeat(2 * LENGTH)).chars().count(), LENGTH + 2);
    }

    #[test]
    fn keys_tell_role_prefix_and_text_apart() {
        let open = |prefix: &str| {
            let settings = Settings {
                endpoint: "http://127.0.0.1:1".into(),
                passage_prefix: prefix.into(),
                ..Settings::default()
            };
            Semantic::open(settings, Path::new("none")).unwrap()
        };
        let one = open("passage: ");
        assert_ne!(one.key(Role::Passage, 5), one.key(Role::Query, 5));
        assert_ne!(one.key(Role::Passage, 5), one.key(Role::Passage, 6));
        assert_ne!(one.key(Role::Passage, 5), open("").key(Role::Passage, 5));
        assert!(Semantic::open(Settings::default(), Path::new("none")).is_none());
    }
}
