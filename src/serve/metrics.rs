//! [`Metrics`]: what the server counts, printed in the text format that Prometheus reads.

use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use tracing_appender::non_blocking::ErrorCounter;

use super::problem::Problem;
use super::state::App;

/// Upper bounds of the latency buckets, in seconds.
const BOUNDS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0, 10.0];

#[derive(Default)]
pub struct Metrics {
    routes: Mutex<BTreeMap<(String, u16), Latency>>,
    findings: Mutex<BTreeMap<&'static str, u64>>,
    pub checks: AtomicU64,
    pub checks_refused: AtomicU64,
    pub swaps: AtomicU64,
    pub swaps_failed: AtomicU64,
    log: OnceLock<ErrorCounter>,
}

#[derive(Default, Clone)]
struct Latency {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    sum: f64,
}

impl Metrics {
    fn record(&self, route: &str, status: u16, took: Duration) {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let latency = routes.entry((route.to_string(), status)).or_default();
        let seconds = took.as_secs_f64();
        if let Some(bucket) = BOUNDS.iter().position(|bound| seconds <= *bound) {
            latency.buckets[bucket] += 1;
        }
        latency.count += 1;
        latency.sum += seconds;
    }

    /// Lines that the log leaves out are counted from now on.
    pub fn count_log(&self, left_out: ErrorCounter) {
        let _ = self.log.set(left_out);
    }

    /// Counts one finished check and the rules that spoke in it.
    pub fn checked(&self, rules: impl Iterator<Item = &'static str>) {
        self.checks.fetch_add(1, Ordering::Relaxed);
        let mut findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        rules.for_each(|rule| *findings.entry(rule).or_default() += 1);
    }

    /// `gauges` are figures of the snapshot, each a name and a value.
    fn print(&self, gauges: &[(&str, u64)]) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "# TYPE yiju_http_request_duration_seconds histogram");
        for ((route, status), latency) in self.routes.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let labels = format!("route=\"{route}\",status=\"{status}\"");
            let name = "yiju_http_request_duration_seconds";
            let mut below = 0;
            for (bound, count) in BOUNDS.iter().zip(latency.buckets) {
                below += count;
                let _ = writeln!(out, "{name}_bucket{{{labels},le=\"{bound}\"}} {below}");
            }
            let _ = writeln!(out, "{name}_bucket{{{labels},le=\"+Inf\"}} {}", latency.count);
            let _ = writeln!(out, "{name}_sum{{{labels}}} {}", latency.sum);
            let _ = writeln!(out, "{name}_count{{{labels}}} {}", latency.count);
        }
        let _ = writeln!(out, "# TYPE yiju_findings_total counter");
        for (rule, count) in self.findings.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let _ = writeln!(out, "yiju_findings_total{{rule=\"{rule}\"}} {count}");
        }
        for (name, counter) in [
            ("yiju_checks_total", &self.checks),
            ("yiju_checks_refused_total", &self.checks_refused),
            ("yiju_snapshot_swaps_total", &self.swaps),
            ("yiju_snapshot_swaps_failed_total", &self.swaps_failed),
        ] {
            let _ = writeln!(out, "# TYPE {name} counter\n{name} {}", counter.load(Ordering::Relaxed));
        }
        if let Some(left_out) = self.log.get() {
            let name = "yiju_log_lines_left_out_total";
            let _ = writeln!(out, "# TYPE {name} counter\n{name} {}", left_out.dropped_lines());
        }
        for (name, value) in gauges {
            let _ = writeln!(out, "# TYPE {name} gauge\n{name} {value}");
        }
        out
    }
}

/// Times a request under its route's pattern, never its path: labels stay few whatever is asked for.
pub async fn measure(State(app): State<App>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_string();
    let start = Instant::now();
    let response = next.run(request).await;
    app.metrics.record(&route, response.status().as_u16(), start.elapsed());
    response
}

pub async fn handle(State(app): State<App>) -> Result<impl IntoResponse, Problem> {
    let work = {
        let app = app.clone();
        move || app.metrics.print(&app.gauges())
    };
    let body = app.work.quick(work).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_count_what_is_below_them() {
        let metrics = Metrics::default();
        metrics.record("/", 200, Duration::from_micros(1500));
        metrics.record("/", 200, Duration::from_millis(15));
        metrics.checked(["paragraph-for-item", "paragraph-for-item"].into_iter());
        let printed = metrics.print(&[("yiju_regulations", 7)]);
        for line in [
            "yiju_http_request_duration_seconds_bucket{route=\"/\",status=\"200\",le=\"0.001\"} 0",
            "yiju_http_request_duration_seconds_bucket{route=\"/\",status=\"200\",le=\"0.0025\"} 1",
            "yiju_http_request_duration_seconds_bucket{route=\"/\",status=\"200\",le=\"+Inf\"} 2",
            "yiju_findings_total{rule=\"paragraph-for-item\"} 2",
            "yiju_checks_total 1",
            "yiju_regulations 7",
        ] {
            assert!(printed.lines().any(|l| l == line), "{line}\n{printed}");
        }
    }
}
