//! `GET /login`: the empty form; a page only.

use axum::extract::Query;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::local;
use crate::http::error::ApiError;
use crate::http::visit::Visit;
use crate::views::login_page::LoginForm;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    then: String,
}

/// The login form; whoever is signed in goes on.
pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, ApiError> {
    let then = local(&asked.then).to_owned();
    if visit.actor().is_some() {
        return Ok(Redirect::to(&then).into_response());
    }
    let form = LoginForm { then, ..LoginForm::default() };
    Ok(Html(form.draw(visit.shell())?).into_response())
}
