//! [`Semantic::prepare`]: makes the vectors that are missing, batch by batch, each kept before the next is asked for.

use super::endpoint::Role;
use super::{Semantic, SemanticError};
use std::time::{Duration, Instant};

/// A batch that comes faster than this may be larger next time, one that takes four times as long is halved: on a
/// slow machine a question must not wait long behind it.
const QUICK: Duration = Duration::from_millis(100);
/// Failures in a row after which it gives up.
const PATIENCE: u32 = 4;

/// How far the preparation came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Prepared {
    /// Texts that have a vector now.
    pub done: usize,
    pub total: usize,
    /// Texts that the endpoint refuses.
    pub refused: usize,
}

impl Semantic {
    /// Makes the missing vectors of `keys`; `text` gives what a position stands for. `step` hears of each batch and says
    /// whether to go on. What was made stays, so that a second run goes on where the first ended.
    ///
    /// # Errors
    /// [`SemanticError::Busy`] while another process prepares, else what the endpoint or the disk did several times.
    pub fn prepare(
        &self,
        role: Role,
        keys: &[u64],
        text: impl Fn(usize) -> Option<String>,
        mut step: impl FnMut(Prepared) -> bool,
    ) -> Result<Prepared, SemanticError> {
        let unwritable = |error: std::io::Error| SemanticError::Unwritable(error.to_string());
        let rows = self.vectors.rows(keys);
        let missing: Vec<usize> = (0..keys.len()).filter(|&at| rows.get(at) == Some(&u32::MAX)).collect();
        let mut prepared = Prepared { done: keys.len() - missing.len(), total: keys.len(), refused: 0 };
        if missing.is_empty() || !step(prepared) {
            return Ok(prepared);
        }
        let mut writer = self.vectors.writer().map_err(unwritable)?.ok_or(SemanticError::Busy)?;
        let wait = Duration::from_millis(self.settings.batch_timeout_ms);
        let (mut size, mut failures, mut next) = (1, 0, 0);
        while next < missing.len() {
            let end = (next + size).min(missing.len());
            let batch: Vec<(u64, String)> =
                missing[next..end].iter().filter_map(|&at| Some((*keys.get(at)?, text(at)?))).collect();
            let texts: Vec<&str> = batch.iter().map(|(_, text)| text.as_str()).collect();
            let start = Instant::now();
            let made = if texts.is_empty() { Ok(Vec::new()) } else { self.embed(role, &texts, wait) };
            match made {
                Ok(vectors) => {
                    let kept: Vec<(u64, Vec<f32>)> = batch.iter().map(|(key, _)| *key).zip(vectors).collect();
                    writer.add(&kept).map_err(unwritable)?;
                    prepared.done += end - next;
                    next = end;
                    failures = 0;
                    let took = start.elapsed();
                    size = if took < QUICK { (size * 2).min(self.settings.batch) } else { size };
                    size = if took > QUICK * 4 { (size / 2).max(1) } else { size };
                }
                // One text may spoil a batch: each alone, and what is refused alone is passed over.
                Err(SemanticError::Status(400..=499) | SemanticError::Garbage(_)) if size > 1 => size = 1,
                Err(SemanticError::Status(400 | 413 | 422)) => {
                    prepared.refused += 1;
                    next = end;
                }
                Err(error) => {
                    failures += 1;
                    if failures == PATIENCE || matches!(error, SemanticError::Dimension { .. }) {
                        return Err(error);
                    }
                    std::thread::sleep(Duration::from_millis(250 << failures));
                }
            }
            if !step(prepared) {
                break;
            }
        }
        Ok(prepared)
    }
}
