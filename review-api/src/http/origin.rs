//! Against forged writes: a write that a browser's cookie carries must come from our own pages.
//! `SameSite` on the cookie is the first lock, this is the second; bearer tokens are exempt.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::ApiError;
use super::visit;

const FETCH_SITE: &str = "sec-fetch-site";

/// Refuses cross-site writes.
pub(super) async fn check(request: Request, next: Next) -> Response {
    if may_pass(request.method(), request.headers()) {
        next.run(request).await
    } else {
        ApiError::CrossSite.into_response()
    }
}

fn may_pass(method: &Method, headers: &HeaderMap) -> bool {
    if method.is_safe() || visit::bearer(headers).is_some() {
        return true;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(FETCH_SITE) {
        return site == "same-origin" || site == "none";
    }
    match (text(header::ORIGIN.as_str()), text(header::HOST.as_str())) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        (Some(_), None) => false,
        // Neither header: no browser of the last years; without a cookie there is nothing to misuse.
        (None, _) => text(header::COOKIE.as_str()).is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(pairs: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        may_pass(&Method::POST, &headers)
    }

    #[test]
    fn only_our_own_pages_may_write_with_a_cookie() {
        let cookie = ("cookie", "sanad_session=x");
        assert!(passes(&[cookie, (FETCH_SITE, "same-origin")]));
        assert!(!passes(&[cookie, (FETCH_SITE, "cross-site")]));
        assert!(!passes(&[cookie, (FETCH_SITE, "same-site")]));
        assert!(passes(&[cookie, ("host", "a:1"), ("origin", "http://a:1")]));
        assert!(!passes(&[cookie, ("host", "a:1"), ("origin", "http://b:1")]));
        assert!(!passes(&[cookie, ("host", "a:1"), ("origin", "null")]));
        assert!(!passes(&[cookie, ("host", "a:1")]));
    }

    #[test]
    fn bearer_tokens_and_reads_are_exempt() {
        assert!(passes(&[("authorization", "Bearer x"), ("origin", "http://b")]));
        assert!(may_pass(&Method::GET, &HeaderMap::new()));
    }
}
