//! `[policies]`: who is asked whether somebody is insured.

use serde::Deserialize;

/// Where policies are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PolicySource {
    /// Nobody is asked; every person is marked so.
    #[default]
    None,
    /// The register that `sanad policies import` brought.
    Register,
    /// The insurer's policy server.
    Server,
}

/// Who is asked whether somebody is insured, and how long an answer is waited for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PoliciesConfig {
    /// Who is asked.
    pub source: PolicySource,
    /// Address of the server; plain HTTP, a local proxy speaks TLS to the outside.
    pub url: String,
    /// Bearer token for the server.
    pub token: String,
    /// Longest wait for one try, milliseconds.
    pub timeout_ms: u64,
    /// Tries after the first.
    pub retries: u32,
    /// Failed questions in a row after which the server is left alone.
    pub failures: u32,
    /// How long it is left alone, seconds.
    pub rest_s: u64,
    /// How long an earlier answer serves while no new one comes, seconds.
    pub answers_serve_s: u64,
    /// How often policies that wait are asked again, seconds.
    pub ask_again_s: u64,
}

impl Default for PoliciesConfig {
    fn default() -> Self {
        Self {
            source: PolicySource::None,
            url: String::new(),
            token: String::new(),
            timeout_ms: 2000,
            retries: 1,
            failures: 3,
            rest_s: 30,
            answers_serve_s: 259_200,
            ask_again_s: 60,
        }
    }
}
