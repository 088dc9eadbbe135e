//! One extractor for both kinds of body: a form of a page or JSON of a program.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum_extra::extract::Form;
use serde::de::DeserializeOwned;

use super::error::ApiError;

/// A body read from `application/x-www-form-urlencoded` or `application/json`.
#[derive(Clone, Debug)]
pub(super) struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let kind = kind.and_then(|value| value.split(';').next()).map(str::trim).unwrap_or_default();
        if kind.eq_ignore_ascii_case("application/json") {
            let refused = |rejection: JsonRejection| match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLong,
                _ => ApiError::BadBody,
            };
            let Json(value) = Json::from_request(request, state).await.map_err(refused)?;
            Ok(Self(value))
        } else if kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            let Form(value) = Form::from_request(request, state).await.map_err(|_| ApiError::BadBody)?;
            Ok(Self(value))
        } else {
            Err(ApiError::UnknownBody)
        }
    }
}
