//! Measuring: citations, search and basis against gold answers.

pub mod basis;
pub mod citations;
pub mod search;

use serde::Serialize;
use std::time::Duration;

/// How long questions took, in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Latency {
    pub p50: f64,
    pub p99: f64,
    pub mean: f64,
}

impl Latency {
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort();
        let at = |share: f64| {
            let last = times.len().saturating_sub(1);
            times.get((last as f64 * share) as usize).map_or(0.0, |t| t.as_secs_f64() * 1e3)
        };
        let mean = times.iter().sum::<Duration>().as_secs_f64() * 1e3 / times.len().max(1) as f64;
        Latency { p50: at(0.5), p99: at(0.99), mean }
    }
}
