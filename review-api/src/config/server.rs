//! `[server]`: where and how pages are served.

use std::net::{Ipv4Addr, SocketAddr};

use serde::Deserialize;

const DEFAULT_PORT: u16 = 8080;

/// Where and how pages are served.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServerConfig {
    /// Address and port to listen on; port 0 takes a free one.
    pub address: SocketAddr,
    /// Cookies only over HTTPS. `None`: yes, except on a loopback address, where a browser speaks plain HTTP.
    pub secure_cookies: Option<bool>,
    /// How long open requests may go on after the order to stop, seconds.
    pub drain_s: u64,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self { address: SocketAddr::from((Ipv4Addr::LOCALHOST, DEFAULT_PORT)), secure_cookies: None, drain_s: 10 }
    }
}

impl ServerConfig {
    /// Whether cookies carry `Secure`.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.secure_cookies.unwrap_or(!self.address.ip().is_loopback())
    }
}
