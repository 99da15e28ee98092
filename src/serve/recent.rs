//! [`Recent`]: the answers to the latest questions, so that one asked again costs no search.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Holds between `most` and twice as many answers: the younger half is kept whole when the older is dropped.
pub struct Recent<V> {
    most: usize,
    halves: Mutex<Halves<V>>,
}

struct Halves<V> {
    young: HashMap<String, Arc<V>>,
    old: HashMap<String, Arc<V>>,
}

impl<V> Recent<V> {
    pub fn new(most: usize) -> Self {
        Recent { most, halves: Mutex::new(Halves { young: HashMap::new(), old: HashMap::new() }) }
    }

    /// An answer that is asked for stays.
    pub fn get(&self, question: &str) -> Option<Arc<V>> {
        let mut halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = halves.young.get(question) {
            return Some(answer.clone());
        }
        let (question, answer) = halves.old.remove_entry(question)?;
        self.insert(&mut halves, question, answer.clone());
        Some(answer)
    }

    pub fn put(&self, question: String, answer: Arc<V>) {
        let mut halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        self.insert(&mut halves, question, answer);
    }

    fn insert(&self, halves: &mut Halves<V>, question: String, answer: Arc<V>) {
        if halves.young.len() >= self.most {
            halves.old = std::mem::take(&mut halves.young);
        }
        halves.young.insert(question, answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_stays_and_what_is_not_goes() {
        let recent = Recent::new(2);
        for question in ["a", "b", "c"] {
            recent.put(question.into(), Arc::new(question));
        }
        assert_eq!(recent.get("a").as_deref(), Some(&"a"), "asked again, it is young again");
        recent.put("d".into(), Arc::new("d"));
        assert_eq!(recent.get("b"), None);
        for question in ["a", "c", "d"] {
            assert_eq!(recent.get(question).as_deref(), Some(&question));
        }
        (0..100).for_each(|n| recent.put(n.to_string(), Arc::new("x")));
        let halves = recent.halves.lock().unwrap();
        assert!(halves.young.len() + halves.old.len() <= 4);
    }
}
