//! The rest of a body that nobody read.
//!
//! A refusal is often known before the body is in: not signed in, not one's own, locked. A client that is still
//! sending then meets a closed line and never sees the answer. So what is left of a small body is taken in and thrown
//! away before the answer goes out; a line with more than that on its way is closed.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::{StreamExt as _, stream};

/// How much of an unread body is thrown away, bytes, and for how long.
const REST_BYTES: usize = 1024 * 1024;
const REST_TIME: Duration = Duration::from_secs(5);

/// A body that two hold: the handler, and whoever clears up after it.
#[derive(Clone)]
struct Shared(Arc<Mutex<(BodyDataStream, bool)>>);

impl Shared {
    fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new((body.into_data_stream(), false))))
    }

    fn chunks(&self) -> impl stream::Stream<Item = Result<axum::body::Bytes, axum::Error>> + use<> {
        let shared = self.clone();
        stream::poll_fn(move |context| {
            let mut held = shared.0.lock().unwrap_or_else(PoisonError::into_inner);
            let (body, ended) = &mut *held;
            if *ended {
                return std::task::Poll::Ready(None);
            }
            let polled = body.poll_next_unpin(context);
            *ended = matches!(polled, std::task::Poll::Ready(None | Some(Err(_))));
            polled
        })
    }
}

/// Whether the rest was short enough to be taken in.
async fn taken(shared: &Shared) -> bool {
    let mut chunks = std::pin::pin!(shared.chunks());
    let mut bytes = 0;
    let rest = async {
        while let Some(Ok(chunk)) = chunks.next().await {
            bytes += chunk.len();
            if bytes > REST_BYTES {
                return false;
            }
        }
        true
    };
    tokio::time::timeout(REST_TIME, rest).await.unwrap_or(false)
}

/// Answers only once a short rest of the body is in; else tells that the line is closed.
pub(super) async fn clear(request: Request, next: Next) -> Response {
    // Who waits to be asked for the body is not sent for it in vain.
    if request.method().is_safe() || request.headers().contains_key(header::EXPECT) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let shared = Shared::new(body);
    let mut response = next.run(Request::from_parts(parts, Body::from_stream(shared.chunks()))).await;
    if !taken(&shared).await {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
