//! Who asks, in which language, and for which face: found once for each request.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;

use super::App;
use super::error::{self, ApiError};
use super::mend;
use crate::accounts::{self, Actor};
use crate::i18n::Lang;
use crate::views::Shell;

/// Name of the session's cookie.
pub(super) const SESSION_COOKIE: &str = "sanad_session";
/// Name of the cookie while the second factor is asked for.
pub(super) const HALF_COOKIE: &str = "sanad_half";
/// Name of the language's cookie.
pub(super) const LANGUAGE_COOKIE: &str = "sanad_lang";

/// What is known of a request before its handler runs.
#[derive(Clone, Debug)]
pub(super) struct Visit(Arc<Known>);

#[derive(Debug)]
struct Known {
    shell: Shell,
    html: bool,
    token: Option<String>,
    peer: Option<IpAddr>,
    agent: String,
}

impl Visit {
    /// The frame for a page.
    pub(super) fn shell(&self) -> &Shell {
        &self.0.shell
    }

    /// Language of the answer.
    pub(super) fn lang(&self) -> Lang {
        self.0.shell.lang
    }

    /// Whether a page is wanted; else JSON.
    pub(super) fn html(&self) -> bool {
        self.0.html
    }

    /// The token of the session, when one was sent and holds.
    pub(super) fn token(&self) -> Option<&str> {
        self.0.token.as_deref()
    }

    /// Who is signed in.
    pub(super) fn actor(&self) -> Option<&Actor> {
        self.0.shell.actor.as_ref()
    }

    /// How the browser or program names itself.
    pub(super) fn agent(&self) -> &str {
        &self.0.agent
    }

    /// Address of the other end.
    pub(super) fn peer(&self) -> String {
        self.0.peer.map_or_else(|| "unknown".to_owned(), |peer| peer.to_string())
    }
}

/// Whether `Accept` names `text/html`.
fn wants_html(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).any(|accept| {
        accept
            .split(',')
            .any(|part| part.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("text/html")))
    })
}

/// The bearer token of a program.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn language(request: &Request, jar: &CookieJar) -> Lang {
    let query = request.uri().query().unwrap_or_default();
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Lang::parse);
    asked.or_else(|| jar.get(LANGUAGE_COOKIE).and_then(|cookie| Lang::parse(cookie.value()))).unwrap_or_default()
}

/// Finds the visit, leaves it on the request, and draws what went wrong for the asker's face.
/// A session that does not hold counts as none.
pub(super) async fn find(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let sent = bearer(request.headers())
        .map(str::to_owned)
        .or_else(|| jar.get(SESSION_COOKIE).map(|cookie| cookie.value().to_owned()));
    let (actor, failed) = match &sent {
        Some(token) => match accounts::session(&app.store, token).await {
            Ok(actor) => (actor, None),
            Err(error) => (None, Some(ApiError::from(error))),
        },
        None => (None, None),
    };
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let shell = Shell { lang: language(&request, &jar), here, demo: app.config.demo.enabled, actor };
    let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let visit = Visit(Arc::new(Known {
        agent: agent.to_owned(),
        html: wants_html(request.headers()),
        token: sent.filter(|_| shell.actor.is_some()),
        peer: request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip()),
        shell,
    }));
    let (response, typed) = if let Some(error) = failed {
        (error.into_response(), None)
    } else {
        request.extensions_mut().insert(visit.clone());
        let kept = if visit.html() { mend::keep(request).await } else { Ok((request, None)) };
        match kept {
            Ok((request, typed)) => (next.run(request).await, typed),
            Err(error) => (error.into_response(), None),
        }
    };
    let mut response = error::draw(response, &visit, typed.as_ref());
    // The same address answers with a page or with JSON, and in two languages.
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept, Cookie"));
    response
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts.extensions.get::<Self>().cloned().ok_or(ApiError::NoVisit)
    }
}

/// Addresses that are open while a handed-out password still has to be changed.
const OPEN_BEFORE_CHANGE: [&str; 2] = ["/profile", "/logout"];

/// A visit of somebody who is signed in.
#[derive(Clone, Debug)]
pub(super) struct Signed {
    /// The visit.
    pub visit: Visit,
    /// Who.
    pub actor: Actor,
}

impl<S: Send + Sync> FromRequestParts<S> for Signed {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let visit = Visit::from_request_parts(parts, state).await?;
        let actor = visit.actor().cloned().ok_or(ApiError::SignedOut)?;
        // Whoever has a password that was handed out changes it first, or leaves.
        if actor.must_change && !OPEN_BEFORE_CHANGE.contains(&parts.uri.path()) {
            return Err(ApiError::MustChange);
        }
        Ok(Self { visit, actor })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(value: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, value.parse().unwrap());
        wants_html(&headers)
    }

    #[test]
    fn only_a_named_text_html_asks_for_a_page() {
        assert!(accept("text/html,application/xhtml+xml,*/*;q=0.8"));
        assert!(accept("application/json;q=0.2, text/html;q=0.9"));
        assert!(!accept("*/*"));
        assert!(!accept("application/json"));
        assert!(!wants_html(&HeaderMap::new()));
    }
}
