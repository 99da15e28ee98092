//! [`Breaker`]: an endpoint that failed is left alone for a while, so that searches do not wait for it one by one.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The first rest; each further failure doubles it.
const FIRST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(300);

#[derive(Default)]
pub struct Breaker(Mutex<State>);

#[derive(Default)]
struct State {
    failures: u32,
    until: Option<Instant>,
}

impl Breaker {
    /// Whether the endpoint may be asked at `now`. After a rest one may try, and the others go on resting meanwhile.
    pub fn allows(&self, now: Instant) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match state.until {
            Some(until) if now < until => false,
            Some(_) => {
                state.until = Some(now + FIRST);
                true
            }
            None => true,
        }
    }

    pub fn succeeded(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = State::default();
    }

    pub fn failed(&self, now: Instant) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let rest = FIRST.saturating_mul(1 << state.failures.min(10)).min(LONGEST);
        state.failures = state.failures.saturating_add(1);
        state.until = Some(now + rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tries_after_a_rest_that_grows() {
        let breaker = Breaker::default();
        let start = Instant::now();
        let after = |seconds| start + Duration::from_secs(seconds);
        assert!(breaker.allows(start) && breaker.allows(start));
        breaker.failed(start);
        assert!(!breaker.allows(after(4)));
        assert!(breaker.allows(after(5)) && !breaker.allows(after(5)), "one at a time");
        breaker.failed(after(6));
        assert!(!breaker.allows(after(15)) && breaker.allows(after(16)));
        breaker.succeeded();
        assert!(breaker.allows(after(17)) && breaker.allows(after(17)));
    }
}
