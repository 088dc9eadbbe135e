//! `POST /pairs/{pair}/answer`: an expert says whether two pages are one paper; a dismissed pair is not told again.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::claim::PairAnswer;
use crate::claim::seen;
use crate::http::App;
use crate::http::body::Body;
use crate::http::claims::id;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::store::ids::PairId;

/// One paper or not.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = PairWord)]
pub(crate) enum Word {
    /// They are one paper.
    Confirmed,
    /// They are not.
    Dismissed,
}

/// The answer.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PairAnswer)]
pub(crate) struct Typed {
    answer: Word,
}

/// Keeps the answer.
#[utoipa::path(post, path = "/pairs/{pair}/answer", tag = "queue", params(("pair" = String, Path)), request_body = Typed, responses(
    (status = 200, description = "The pair with its answer; pages get 303", body = Object)))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    Path(pair): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let id: PairId = id(&pair)?;
    let word = match typed.answer {
        Word::Confirmed => PairAnswer::Confirmed,
        Word::Dismissed => PairAnswer::Dismissed,
    };
    let pair = seen::answer(&app.store, &signed.actor, &id, word).await?;
    Ok(face::done(&signed.visit, StatusCode::OK, &format!("/pairs/{id}"), &pair))
}
