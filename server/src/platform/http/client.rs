//! Whose connection it is. Forwarded headers are believed from configured proxies only.

use std::net::IpAddr;

use poem::web::RemoteAddr;
use poem::{Addr, Request};

/// The address a request came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientIp(pub IpAddr);

/// Loopback stands in where the transport has no address (in-process tests).
const UNKNOWN: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

pub(super) fn client_ip(request: &Request, trusted: &[IpAddr]) -> ClientIp {
    let RemoteAddr(addr) = request.remote_addr();
    let peer = match addr {
        Addr::SocketAddr(socket) => socket.ip(),
        _ => UNKNOWN,
    };
    ClientIp(forwarded(
        peer,
        request.headers().get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()),
        trusted,
    ))
}

/// The right-most hop that is no proxy of ours: everything left of it can be made up by the caller.
fn forwarded<'a>(peer: IpAddr, headers: impl Iterator<Item = &'a str>, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let hops: Vec<&str> = headers.flat_map(|value| value.split(',')).map(str::trim).collect();
    for hop in hops.iter().rev() {
        match hop.parse::<IpAddr>() {
            Ok(ip) if trusted.contains(&ip) => {}
            Ok(ip) => return ip,
            Err(_) => return peer,
        }
    }
    peer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_its_own_words() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let proxies = [ip("10.0.0.1"), ip("10.0.0.2")];
        let seen = |peer: &str, header: &str| forwarded(ip(peer), std::iter::once(header), &proxies);
        assert_eq!(seen("192.0.2.9", "198.51.100.1"), ip("192.0.2.9"));
        assert_eq!(seen("10.0.0.1", "198.51.100.1"), ip("198.51.100.1"));
        assert_eq!(seen("10.0.0.1", "203.0.113.66, 198.51.100.1, 10.0.0.2"), ip("198.51.100.1"));
        assert_eq!(seen("10.0.0.1", "unknown"), ip("10.0.0.1"));
    }
}
