//! [`App`]: what every handler shares; the snapshot in service is swapped whole.

use super::limit::Rates;
use super::metrics::Metrics;
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
    since: Instant,
}

impl App {
    pub fn new(snapshot: Snapshot, settings: Settings) -> Self {
        let work = Work::new(settings.checks_at_once(), settings.check_queue);
        let in_service = InService { snapshot: Arc::new(snapshot), since: Instant::now() };
        App(Arc::new(Shared {
            service: ArcSwap::from_pointee(in_service),
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

    /// Puts a snapshot into service, or keeps the old one and remembers why.
    pub fn swap(&self, built: Result<Snapshot, String>) {
        let error = match built {
            Ok(snapshot) => {
                self.service.store(Arc::new(InService { snapshot: Arc::new(snapshot), since: Instant::now() }));
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
        vec![
            ("yiju_regulations", snapshot.corpus.regulations().len() as u64),
            ("yiju_indexed_provisions", snapshot.index.len()),
            ("yiju_catalogs", snapshot.catalogs.len() as u64),
            ("yiju_snapshot_age_seconds", self.snapshot_age().as_secs()),
        ]
    }
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
