//! One error for every handler. It travels as a mark on an empty answer; the visit's layer, which
//! knows the language and the wanted face, then draws it as a page or as problem+json (RFC 9457).

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::mend::Typed;
use super::visit::Visit;
use crate::accounts::{AccountError, NotAllowed};
use crate::blobs::BlobError;
use crate::claim::ClaimError;
use crate::i18n::{self, Arg, Lang, msg};
use crate::store::StoreError;
use crate::store::clock::UnixMs;
use crate::store::sql::SqlError;
use crate::views::error_page::ErrorPage;
use crate::views::mend_page;

/// Why a request was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// No such thing, or not for the asker to know.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in.
    #[error("signed out")]
    SignedOut,
    /// The role may not do this.
    #[error("forbidden")]
    Forbidden,
    /// The first password must be changed before anything else.
    #[error("the password must be changed")]
    MustChange,
    /// Too many wrong attempts.
    #[error("too many attempts")]
    Throttled {
        /// When the next one is heard.
        until: UnixMs,
    },
    /// A write with a cookie that does not come from our own pages.
    #[error("cross-site write")]
    CrossSite,
    /// The body is no form and no JSON of the expected shape.
    #[error("body not understood")]
    BadBody,
    /// The body's type is neither form nor JSON.
    #[error("body of an unknown type")]
    UnknownBody,
    /// A form or JSON larger than any of ours.
    #[error("body too long")]
    TooLong,
    /// The upload is larger than the limit.
    #[error("upload too large")]
    TooLarge {
        /// The limit, megabytes.
        limit_mb: u64,
    },
    /// The upload broke off or carries no file.
    #[error("no file in the upload")]
    NoFile,
    /// Fields of a form were refused.
    #[error("fields refused")]
    Fields(Vec<FieldFault>),
    /// The domain refused.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A paper to print could not be made.
    #[error(transparent)]
    Print(#[from] crate::print::PrintError),
    /// A template failed.
    #[error(transparent)]
    Template(#[from] askama::Error),
    /// A handler ran outside the layer that finds the visit.
    #[error("no visit on the request")]
    NoVisit,
}

impl From<NotAllowed> for ApiError {
    fn from(_: NotAllowed) -> Self {
        Self::Forbidden
    }
}

impl From<AccountError> for ApiError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::NotFound => Self::NotFound,
            AccountError::Forbidden => Self::Forbidden,
            AccountError::Throttled { until } => Self::Throttled { until },
            AccountError::Store(error) => Self::Store(error),
            AccountError::Faults(faults) => {
                let fault = |fault: crate::accounts::Fault| FieldFault {
                    field: fault.field,
                    key: fault.key.trim_start_matches("refusal-"),
                };
                Self::Fields(faults.into_iter().map(fault).collect())
            }
        }
    }
}

/// A fault of one field, with its words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldFault {
    /// Name of the field.
    pub field: &'static str,
    /// Permanent key of the fault.
    pub key: &'static str,
}

/// A refusal, as RFC 9457 writes it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Permanent name of the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What can be done.
    pub detail: String,
    /// Faults of single fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// Slots the refusal is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<String>,
}

/// A field's fault in a [`Problem`].
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// Name of the field.
    pub field: String,
    /// Permanent key of the fault.
    pub key: String,
    /// The fault in words.
    pub message: String,
}

impl ApiError {
    /// Status and the key of its words; `error-…` keys have a title and a `…-detail`.
    fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound | Self::Claim(ClaimError::NotFound) => (StatusCode::NOT_FOUND, msg("error-not-found")),
            Self::SignedOut => (StatusCode::UNAUTHORIZED, msg("error-signed-out")),
            Self::Forbidden | Self::Claim(ClaimError::Forbidden) => (StatusCode::FORBIDDEN, msg("error-forbidden")),
            Self::MustChange => (StatusCode::FORBIDDEN, msg("error-must-change")),
            Self::Throttled { .. } => (StatusCode::TOO_MANY_REQUESTS, msg("error-throttled")),
            Self::CrossSite => (StatusCode::FORBIDDEN, msg("error-cross-site")),
            Self::BadBody => (StatusCode::BAD_REQUEST, msg("error-bad-body")),
            Self::UnknownBody => (StatusCode::UNSUPPORTED_MEDIA_TYPE, msg("error-unknown-body")),
            Self::TooLong => (StatusCode::PAYLOAD_TOO_LARGE, msg("error-too-long")),
            Self::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, msg("error-too-large")),
            Self::NoFile => (StatusCode::UNPROCESSABLE_ENTITY, msg("error-no-file")),
            Self::Fields(_) => (StatusCode::UNPROCESSABLE_ENTITY, msg("error-fields")),
            Self::Claim(ClaimError::Refused(refusal)) => {
                let status =
                    if refusal.field().is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::CONFLICT };
                (status, msg("error-refused"))
            }
            Self::Claim(ClaimError::Busy) => (StatusCode::SERVICE_UNAVAILABLE, msg("error-busy")),
            Self::Claim(ClaimError::Stale) => (StatusCode::CONFLICT, msg("error-stale")),
            Self::Claim(ClaimError::HeldBy { .. }) => (StatusCode::CONFLICT, msg("error-held")),
            Self::Claim(ClaimError::Blob(BlobError::Full) | ClaimError::Store(StoreError::Sql(SqlError::Full)))
            | Self::Store(StoreError::Sql(SqlError::Full)) => {
                (StatusCode::INSUFFICIENT_STORAGE, msg("error-disk-full"))
            }
            Self::Claim(_) | Self::Store(_) | Self::Print(_) | Self::Template(_) | Self::NoVisit => {
                (StatusCode::INTERNAL_SERVER_ERROR, msg("error-ours"))
            }
        }
    }

    fn detail(&self, lang: Lang, key: &str) -> String {
        match self {
            Self::Claim(ClaimError::Refused(refusal)) => refusal_text(lang, refusal.key()),
            Self::Claim(ClaimError::HeldBy { expert, until }) => {
                let until = i18n::moment(lang, until.0);
                i18n::text(lang, msg("error-held-detail"), &[("expert", expert.into()), ("until", (&until).into())])
            }
            Self::Throttled { until } => {
                let until = i18n::moment(lang, until.0);
                i18n::text(lang, msg("error-throttled-detail"), &[("until", (&until).into())])
            }
            Self::TooLarge { limit_mb } => {
                let limit = i64::try_from(*limit_mb).unwrap_or(i64::MAX);
                i18n::text(lang, msg("error-too-large-detail"), &[("limit", Arg::Number(limit))])
            }
            _ => i18n::text(lang, &format!("{key}-detail"), &[]),
        }
    }

    /// The faults that a form shows beside its fields; `None` for every other error.
    pub(super) fn on_form(&self) -> Option<Vec<FieldFault>> {
        match self {
            Self::Fields(faults) => Some(faults.clone()),
            Self::Claim(ClaimError::Refused(refusal)) => {
                refusal.field().map(|field| vec![FieldFault { field, key: refusal.key() }])
            }
            _ => None,
        }
    }

    /// The problem in the asker's language.
    pub(super) fn problem(&self, lang: Lang) -> Problem {
        let (status, key) = self.kind();
        let name = match self {
            Self::Claim(ClaimError::Refused(refusal)) => refusal.key(),
            _ => key.trim_start_matches("error-"),
        };
        let errors = match self {
            Self::Fields(faults) => faults.iter().map(|fault| field(lang, fault.field, fault.key)).collect(),
            Self::Claim(ClaimError::Refused(refusal)) => {
                refusal.field().map(|name| field(lang, name, refusal.key())).into_iter().collect()
            }
            _ => Vec::new(),
        };
        let slots = match self {
            Self::Claim(ClaimError::Refused(refusal)) => refusal.slots().to_vec(),
            _ => Vec::new(),
        };
        Problem {
            kind: format!("urn:sanad:problem:{name}"),
            title: i18n::text(lang, key, &[]),
            status: status.as_u16(),
            detail: self.detail(lang, key),
            errors,
            slots,
        }
    }

    /// Whether the fault is ours: written to the log, its cause never shown.
    fn ours(&self) -> bool {
        self.kind().0.is_server_error()
    }
}

fn field(lang: Lang, name: &str, key: &str) -> ProblemField {
    ProblemField { field: name.to_owned(), key: key.to_owned(), message: refusal_text(lang, key) }
}

/// The words of a refusal of the domain.
pub(crate) fn refusal_text(lang: Lang, key: &str) -> String {
    i18n::text(lang, &format!("refusal-{key}"), &[])
}

/// The mark that an answer is an error still to be drawn.
#[derive(Clone)]
struct Marked(Arc<ApiError>);

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if self.ours() {
            tracing::error!(error = &self as &dyn std::error::Error, "request failed");
        }
        let mut response = self.kind().0.into_response();
        response.extensions_mut().insert(Marked(Arc::new(self)));
        response
    }
}

/// Draws a marked answer for the asker, with what was typed into a form; any other passes.
pub(super) fn draw(response: Response, visit: &Visit, typed: Option<&Typed>) -> Response {
    let Some(Marked(error)) = response.extensions().get::<Marked>().cloned() else {
        return if is_bare(&response) { bare(response.status(), visit) } else { response };
    };
    if visit.html() && matches!(*error, ApiError::SignedOut) {
        let then = urlencode(&visit.shell().here);
        return Redirect::to(&format!("/login?then={then}")).into_response();
    }
    if visit.html() && matches!(*error, ApiError::MustChange) {
        return Redirect::to("/profile").into_response();
    }
    let problem = error.problem(visit.lang());
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if visit.html() {
        let (fields, back) = typed.map(|typed| (&*typed.fields, typed.back.as_deref())).unwrap_or_default();
        let page = if typed.is_some() && error.on_form().is_some() {
            mend_page::draw(visit.shell(), &problem, fields, back)
        } else {
            ErrorPage::draw(visit.shell(), &problem, fields, back)
        };
        return match page {
            Ok(page) => (status, axum::response::Html(page)).into_response(),
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "the error page failed");
                status.into_response()
            }
        };
    }
    as_json(status, &problem)
}

/// A refusal of the framework's own: no words, or words for programmers.
fn is_bare(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    response.status().is_client_error() && (kind.is_empty() || kind.starts_with("text/plain"))
}

/// The same in the asker's language and face.
fn bare(status: StatusCode, visit: &Visit) -> Response {
    let problem = Problem { status: status.as_u16(), ..ApiError::BadBody.problem(visit.lang()) };
    if !visit.html() {
        return as_json(status, &problem);
    }
    match ErrorPage::draw(visit.shell(), &problem, &[], None) {
        Ok(page) => (status, axum::response::Html(page)).into_response(),
        Err(_) => status.into_response(),
    }
}

/// A problem outside the list of errors, e.g. a refused login.
pub(super) fn problem_response(status: StatusCode, name: &str, words: String) -> Response {
    let problem = Problem {
        kind: format!("urn:sanad:problem:{name}"),
        title: words.clone(),
        status: status.as_u16(),
        detail: words,
        errors: Vec::new(),
        slots: Vec::new(),
    };
    as_json(status, &problem)
}

fn as_json(status: StatusCode, problem: &Problem) -> Response {
    let mut drawn = (status, axum::Json(problem)).into_response();
    drawn.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    drawn
}

/// Percent-encodes what may not stand in a query value.
pub(crate) fn urlencode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
