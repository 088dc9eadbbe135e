//! A number for each request, in its log lines and its answer, so that a report can be followed.
//! Logs hold method, route and status; never names, queries or contents.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;
use uuid::Uuid;

const NAME: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers the request and logs its end.
pub(super) async fn log(request: Request, next: Next) -> Response {
    let id = Uuid::now_v7().to_string();
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", request.id = %id, http.method = %request.method(), http.route = %route);
    async move {
        let began = Instant::now();
        let mut response = next.run(request).await;
        let elapsed = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(http.status = response.status().as_u16(), elapsed_ms = elapsed, "answered");
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(NAME, value);
        }
        response
    }
    .instrument(span)
    .await
}
