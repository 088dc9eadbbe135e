//! `/policies`: the register at a glance, and bringing a new one.

use axum::extract::{FromRequest as _, Multipart, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use utoipa::ToSchema;

use crate::http::App;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::policies::import::{self, ImportError};
use crate::views::policies_page::RegisterView;

/// A register as a file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form for the OpenAPI document; the fields are read one by one")]
pub(crate) struct RegisterFile {
    /// CSV in UTF-8, UTF-16 or Windows-1256, or XLSX.
    #[schema(value_type = String, format = Binary)]
    file: String,
}

async fn view(app: &App, signed: &Signed) -> Result<RegisterView, ApiError> {
    let (policies, imports) = import::overview(&app.store, &signed.actor).await?;
    Ok(RegisterView { policies, imports, bad_rows: Vec::new() })
}

/// The register at a glance.
#[utoipa::path(get, path = "/policies", tag = "policies", responses((status = 200, description = "policies, imports", body = Object)))]
pub(crate) async fn show(State(app): State<App>, signed: Signed) -> Result<Response, ApiError> {
    let view = view(&app, &signed).await?;
    face::show(&signed.visit, &view, |view| view.draw(signed.visit.shell()))
}

/// Brings a register: all of it, or nothing when a row cannot be taken.
#[utoipa::path(post, path = "/policies", tag = "policies",
    request_body(content = RegisterFile, content_type = "multipart/form-data"), responses(
    (status = 201, description = "Imported; pages get 303", body = Object),
    (status = 422, description = "bad_rows names every row that cannot be taken; nothing was written", body = Object)))]
pub(crate) async fn create(State(app): State<App>, signed: Signed, request: Request) -> Result<Response, ApiError> {
    // Asked before the file is read: who may not bring one need not send it.
    let before = view(&app, &signed).await?;
    let mut form = Multipart::from_request(request, &app).await.map_err(|_| ApiError::UnknownBody)?;
    let mut file = None;
    while let Some(field) = form.next_field().await.map_err(|_| ApiError::NoFile)? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|_| ApiError::NoFile)?.to_vec();
            file = Some((name, bytes)).filter(|(name, bytes)| !(name.is_empty() && bytes.is_empty()));
        }
    }
    let (name, bytes) = file.ok_or(ApiError::NoFile)?;
    match import::import(&app.store, Some(&signed.actor), &name, bytes).await {
        Ok(done) => Ok(face::done(&signed.visit, StatusCode::CREATED, "/policies", &done)),
        Err(ImportError::Account(error)) => Err(error.into()),
        Err(ImportError::Bad(bad_rows)) => {
            let view = RegisterView { bad_rows, ..before };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            face::show_as(status, &signed.visit, &view, |view| view.draw(signed.visit.shell()))
        }
    }
}
