//! [`Best`]: the units with the highest scores so far.

use super::rank::Ranked;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::DocAddress;

pub(super) struct Best {
    heap: BinaryHeap<Entry>,
    depth: usize,
    /// Whether units that fit were left out.
    more: bool,
}

/// Orders the heap: the worst is on top, of equals the one that stands later.
#[derive(PartialEq)]
struct Entry(f32, Reverse<DocAddress>, usize);

impl Eq for Entry {}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        other.0.total_cmp(&self.0).then(other.1.cmp(&self.1))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Best {
    /// Keeps `depth` units.
    pub fn of(depth: usize) -> Self {
        Best { heap: BinaryHeap::with_capacity(depth + 1), depth, more: false }
    }

    /// The score that a unit must exceed: 0 until one was left out, so that it is known whether any was.
    pub fn floor(&self) -> f32 {
        if self.more { self.heap.peek().map_or(0.0, |worst| worst.0) } else { 0.0 }
    }

    /// Units come in the order of the index.
    pub fn enter(&mut self, score: f32, address: DocAddress, version: usize) {
        if score <= self.floor() {
            return;
        }
        self.heap.push(Entry(score, Reverse(address), version));
        if self.heap.len() > self.depth {
            self.heap.pop();
            self.more = true;
        }
    }

    /// Best first, and whether there were more.
    pub fn ranked(self) -> (Vec<Ranked>, bool) {
        let ranked = |Entry(score, Reverse(address), version)| Ranked { address, version, score };
        let mut all: Vec<Ranked> = self.heap.into_iter().map(ranked).collect();
        all.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.address.cmp(&b.address)));
        (all, self.more)
    }
}
