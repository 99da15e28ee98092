//! Limits on every request: so many a second from one client, and an address of bounded length.

use super::connection::Client;
use super::problem::Problem;
use super::settings::Settings;
use super::state::App;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::{DefaultKeyedRateLimiter, Quota};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

/// Longest path with its query that is looked at.
const ADDRESS_BYTES: usize = 8 << 10;

/// How many requests each client has left; nothing where no limit is set.
pub struct Rates(Option<DefaultKeyedRateLimiter<IpAddr>>);

impl Rates {
    pub fn of(settings: &Settings) -> Self {
        let rate = NonZeroU32::new(settings.requests_per_second);
        let burst = NonZeroU32::new(settings.burst).unwrap_or(NonZeroU32::MIN);
        Rates(rate.map(|rate| DefaultKeyedRateLimiter::keyed(Quota::per_second(rate).allow_burst(burst))))
    }

    fn admits(&self, client: IpAddr) -> bool {
        self.0.as_ref().is_none_or(|rates| rates.check_key(&client).is_ok())
    }

    /// Forgets clients that have been silent.
    pub fn tidy(&self) {
        if let Some(rates) = &self.0 {
            rates.retain_recent();
            rates.shrink_to_fit();
        }
    }
}

/// Who asks, as far as limits go: `None` for a program on this machine.
///
/// Only a proxy on this machine is believed when it names its client; an IPv6 client is its network.
fn client(peer: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
    let peer = peer?.to_canonical();
    let named = || {
        let forwarded = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        forwarded.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    };
    let address = if peer.is_loopback() { named()?.to_canonical() } else { peer };
    Some(match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from(u128::from(address) & !u128::from(u64::MAX)).into(),
    })
}

pub async fn admit(State(app): State<App>, request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if address > ADDRESS_BYTES {
        return StatusCode::URI_TOO_LONG.into_response();
    }
    let peer = request.extensions().get::<Client>().map(|client| client.0.ip());
    match client(peer, request.headers()) {
        Some(client) if !app.rates.admits(client) => Problem::too_many_requests().into_response(),
        _ => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_on_this_machine_is_believed() {
        for (peer, forwarded, expected) in [
            ("127.0.0.1", None, None),
            ("127.0.0.1", Some("203.0.113.9"), Some("203.0.113.9")),
            ("127.0.0.1", Some("1.2.3.4, 203.0.113.9"), Some("203.0.113.9")),
            ("127.0.0.1", Some("nonsense"), None),
            ("203.0.113.7", Some("127.0.0.1"), Some("203.0.113.7")),
            ("::ffff:203.0.113.7", None, Some("203.0.113.7")),
            ("2001:db8:1:2:3:4:5:6", None, Some("2001:db8:1:2::")),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(forwarded) = forwarded {
                headers.insert("x-forwarded-for", forwarded.parse().unwrap());
            }
            let found = client(Some(peer.parse().unwrap()), &headers);
            assert_eq!(found, expected.map(|e: &str| e.parse().unwrap()), "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn a_client_runs_out_and_others_do_not() {
        let rates = Rates::of(&Settings { requests_per_second: 1, burst: 3, ..Settings::default() });
        let [one, two] = ["192.0.2.1", "192.0.2.2"].map(|address| address.parse().unwrap());
        assert!((0..3).all(|_| rates.admits(one)));
        assert!(!rates.admits(one));
        assert!(rates.admits(two));
        let unlimited = Rates::of(&Settings { requests_per_second: 0, ..Settings::default() });
        assert!((0..1000).all(|_| unlimited.admits(one)));
    }
}
