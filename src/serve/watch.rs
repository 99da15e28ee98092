//! Watching the corpus folders: a change builds a new snapshot beside the old one, which is swapped in whole.

use super::state::App;
use crate::snapshot::Snapshot;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// A folder is quiet for so long before it is read: an editor or a copy writes several times.
const QUIET: Duration = Duration::from_millis(400);
/// A folder that never falls quiet is read anyway.
const LONGEST_WAIT: u32 = 25;

/// Watches for as long as the result lives.
pub struct Watch(#[allow(dead_code, reason = "dropping it ends the watch")] RecommendedWatcher);

/// Starts watching `folders`; `build` makes a snapshot of their state or says why it cannot.
///
/// # Errors
/// When the system gives no notice of changes in a folder.
pub fn start(
    app: App,
    folders: &[PathBuf],
    build: impl Fn() -> Result<Snapshot, String> + Send + 'static,
) -> notify::Result<Watch> {
    let (changed, changes) = mpsc::channel::<()>();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            let _ = changed.send(());
        }
    })?;
    for folder in folders {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    let roots: Vec<String> = folders.iter().map(|folder| format!("{}/", folder.display())).collect();
    std::thread::spawn(move || {
        while changes.recv().is_ok() {
            for _ in 0..LONGEST_WAIT {
                if changes.recv_timeout(QUIET) == Err(RecvTimeoutError::Timeout) {
                    break;
                }
            }
            // What a client reads of a broken file names it inside the corpus, not on the server.
            let built = build().map_err(|m| roots.iter().fold(m, |message, root| message.replace(root, "")));
            app.swap(built);
        }
    });
    Ok(Watch(watcher))
}
