//! [`App`]: what every handler shares; the snapshot in service is swapped whole.

use super::api::search::Answer;
use super::limit::Rates;
use super::metrics::Metrics;
use super::recent::Recent;
use super::settings::Settings;
use super::work::Work;
use crate::snapshot::Snapshot;
use arc_swap::ArcSwap;
use jiff::civil::Date;
use std::ops::Deref;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Handle to the shared state; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Shared>);

pub struct Shared {
    service: ArcSwap<InService>,
    reload_error: Mutex<Option<String>>,
    pub settings: Settings,
    pub metrics: Metrics,
    pub work: Work,
    pub rates: Rates,
}

struct InService {
    snapshot: Arc<Snapshot>,
    /// Of this snapshot alone: a swap forgets them.
    searches: Arc<Recent<Answer>>,
    since: Instant,
}

/// Answers that are kept: some 40 KB each.
const SEARCHES: usize = 256;

impl InService {
    fn of(snapshot: Snapshot) -> Self {
        let snapshot = Arc::new(snapshot);
        // What is made when first asked for is made before anybody asks.
        std::thread::spawn({
            let snapshot = snapshot.clone();
            move || snapshot.warm()
        });
        prepare(&snapshot);
        InService { snapshot, searches: Arc::new(Recent::new(SEARCHES)), since: Instant::now() }
    }
}

impl App {
    pub fn new(snapshot: Snapshot, settings: Settings) -> Self {
        let work = Work::new(settings.checks_at_once(), settings.check_queue);
        App(Arc::new(Shared {
            service: ArcSwap::from_pointee(InService::of(snapshot)),
            reload_error: Mutex::new(None),
            rates: Rates::of(&settings),
            settings,
            metrics: Metrics::default(),
            work,
        }))
    }

    /// The snapshot in service; a request takes it once and sees nothing of a swap.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.service.load().snapshot.clone()
    }

    /// The snapshot in service, with the latest answers from it.
    pub fn searching(&self) -> (Arc<Snapshot>, Arc<Recent<Answer>>) {
        let service = self.service.load();
        (service.snapshot.clone(), service.searches.clone())
    }

    /// Puts a snapshot into service, or keeps the old one and remembers why.
    pub fn swap(&self, built: Result<Snapshot, String>) {
        let error = match built {
            Ok(snapshot) => {
                self.service.store(Arc::new(InService::of(snapshot)));
                self.metrics.swaps.fetch_add(1, Ordering::Relaxed);
                tracing::info!("a new snapshot is in service");
                None
            }
            Err(message) => {
                self.metrics.swaps_failed.fetch_add(1, Ordering::Relaxed);
                tracing::error!(%message, "the changed corpus cannot be used; the old snapshot stays in service");
                Some(message)
            }
        };
        *self.reload_error.lock().unwrap_or_else(PoisonError::into_inner) = error;
    }

    pub fn reload_error(&self) -> Option<String> {
        self.reload_error.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn snapshot_age(&self) -> Duration {
        self.service.load().since.elapsed()
    }

    /// The date on which texts are judged: today, by the machine's clock.
    pub fn today(&self) -> Date {
        jiff::Zoned::now().date()
    }

    /// Figures of what is in service, for `/metrics`.
    pub fn gauges(&self) -> Vec<(&'static str, u64)> {
        let snapshot = self.snapshot();
        let regulations = snapshot.corpus.regulations();
        let texts = regulations.iter().flat_map(|r| &r.versions).filter_map(|version| version.text());
        vec![
            ("yiju_regulations", regulations.len() as u64),
            ("yiju_versions", regulations.iter().map(|r| r.versions.len() as u64).sum()),
            ("yiju_provisions", snapshot.corpus.provisions().count() as u64),
            ("yiju_corpus_text_bytes", texts.map(|text| text.len() as u64).sum()),
            ("yiju_indexed_provisions", snapshot.index.len()),
            ("yiju_index_bytes", snapshot.index.bytes()),
            ("yiju_catalogs", snapshot.catalogs.len() as u64),
            ("yiju_catalog_items", snapshot.catalogs.iter().map(|c| c.items.len() as u64).sum()),
            ("yiju_catalog_findings", snapshot.checked.iter().map(|c| c.findings.len() as u64).sum()),
            ("yiju_resident_bytes", resident().unwrap_or(0)),
            ("yiju_snapshot_age_seconds", self.snapshot_age().as_secs()),
        ]
    }
}

/// Memory of the process as Linux tells it, where it does.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// Makes the vectors of a snapshot in the background, for as long as it is in service.
fn prepare(snapshot: &Arc<Snapshot>) {
    if snapshot.index.semantic().is_none() {
        return;
    }
    let served = Arc::downgrade(snapshot);
    std::thread::spawn(move || {
        let mut told = Instant::now();
        while let Some(snapshot) = served.upgrade() {
            let prepared = snapshot.index.prepare(&snapshot.corpus, None, |prepared| {
                if told.elapsed() >= TOLD {
                    told = Instant::now();
                    tracing::info!(done = prepared.done, total = prepared.total, "vectors are being made");
                }
                // Only this thread holds it: another snapshot has taken its place.
                Arc::strong_count(&snapshot) > 1
            });
            drop(snapshot);
            match prepared {
                Ok(prepared) => {
                    tracing::info!(done = prepared.done, total = prepared.total, "vectors are made");
                    return;
                }
                Err(error) => tracing::warn!(%error, "vectors are not made; another try follows"),
            }
            std::thread::sleep(TOLD);
        }
    });
}

/// How often the log tells how far the vectors are, and the rest after the endpoint failed.
const TOLD: Duration = Duration::from_secs(30);

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
