//! `GET /events`: changes as they happen (server-sent events). An office hears of its own claims
//! only; an event carries numbers, never contents, and the page fetches what changed.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use tokio::sync::broadcast::error::RecvError;

use super::App;
use super::visit::Signed;
use crate::accounts::{self, Action, Actor, Reach};
use crate::audit::EventKind;
use crate::claim;
use crate::store::{Live, Store};

const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// Whether the asker may know of the change. An event names the office; for somebody who sees
/// the own policy only, the claim itself tells. That a paper was seen before is for experts: what of it concerns an
/// office (one paper in two slots) stands in its claim.
async fn concerns(store: &Store, actor: &Actor, live: &Live) -> bool {
    if actor.role.sends() && live.kind == EventKind::SeenBefore.as_str() {
        return false;
    }
    match accounts::may(actor, Action::SeeClaims) {
        Reach::Nothing => false,
        Reach::OwnOffice(office) => *office == live.office,
        Reach::All => true,
        Reach::OwnPolicy(_) => claim::is_visible(store, actor, &live.claim).await,
    }
}

fn event(live: &Live) -> Event {
    let event = Event::default().event("change").id(live.seq.to_string());
    event.json_data(live).unwrap_or_else(|_| Event::default().event("reload").data("{}"))
}

/// The stream of changes that the asker may know of.
#[utoipa::path(get, path = "/events", tag = "events", responses(
    (status = 200, description = "`change` events {seq, kind, claim, document, version}; `reload` when some were missed", content_type = "text/event-stream", body = String)))]
pub(super) async fn stream(
    State(app): State<App>,
    signed: Signed,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let start = (app.store.live(), app.stopping.clone(), signed.actor, app.store);
    let changes = stream::unfold(start, |(mut live, mut stopping, actor, store)| async move {
        loop {
            let received = tokio::select! {
                received = live.recv() => received,
                _ = stopping.wait_for(|stop| *stop) => return None,
            };
            let event = match received {
                Ok(change) if concerns(&store, &actor, &change).await => event(&change),
                Ok(_) => continue,
                Err(RecvError::Lagged(_)) => Event::default().event("reload").data("{}"),
                Err(RecvError::Closed) => return None,
            };
            return Some((Ok(event), (live, stopping, actor, store)));
        }
    });
    Sse::new(changes).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}
