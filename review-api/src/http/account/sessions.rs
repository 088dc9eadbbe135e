//! Ending one's own sessions, and tokens for programs.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::profile;
use crate::accounts;
use crate::http::App;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::visit::Signed;
use crate::views::form::Form;

/// A token to be made.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct Named {
    /// What it is for.
    label: String,
}

/// A fresh token, told once.
#[derive(Serialize, ToSchema)]
pub(crate) struct Token {
    /// Send it as `Authorization: Bearer …`.
    token: String,
    /// When it ends, Unix milliseconds.
    expires_at: i64,
}

/// Ends one of the own sessions or tokens.
#[utoipa::path(post, path = "/profile/sessions/{session}/end", tag = "account", params(("session" = String, Path)),
    responses((status = 204, description = "Ended; pages get 303"), (status = 404, description = "None of the own", body = crate::http::Problem)))]
pub(crate) async fn end(
    State(app): State<App>,
    signed: Signed,
    Path(session): Path<String>,
) -> Result<Response, ApiError> {
    accounts::end_session(&app.store, &signed.actor, &session).await?;
    if signed.visit.html() {
        return Ok(Redirect::to("/profile#sessions").into_response());
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Makes a token for a program; it acts as its owner.
#[utoipa::path(post, path = "/profile/tokens", tag = "account", request_body = Named, responses(
    (status = 201, description = "The token, told once", body = Token),
    (status = 422, description = "The name is missing", body = crate::http::Problem)))]
pub(crate) async fn make(
    State(app): State<App>,
    signed: Signed,
    Body(named): Body<Named>,
) -> Result<Response, ApiError> {
    let made = accounts::make_token(&app.store, &signed.actor, &named.label, &signed.visit.peer()).await;
    let made = made.map_err(ApiError::from);
    if !signed.visit.html() {
        let made = made?;
        let token = Token { token: made.token, expires_at: made.expires_at.0 };
        return Ok((StatusCode::CREATED, Json(token)).into_response());
    }
    // The token is on this page and nowhere else: it must not stand in an address.
    let (mut view, status) = (profile::view(&app, &signed).await?, StatusCode::CREATED);
    let status = match made {
        Ok(made) => {
            view.token = Some(made.token);
            status
        }
        Err(error) => {
            let faults = error.on_form().ok_or(error)?;
            view.form = Form::default()
                .with("display_name", &signed.actor.display_name)
                .with("label", &named.label)
                .refused(signed.visit.lang(), &faults);
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    Ok((status, Html(view.draw(signed.visit.shell())?)).into_response())
}
