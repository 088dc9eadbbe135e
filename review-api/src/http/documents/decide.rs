//! `POST /documents/{document}/decision`: an expert approves or rejects exactly the version seen.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::claim::decide::{self, Decide, Ruling};
use crate::claim::{self, Ticks};
use crate::http::App;
use crate::http::body::Body;
use crate::http::claims::{desk, id};
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;

/// Approve or reject.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = DecisionRuling)]
pub(crate) enum Word {
    /// The paper is good; it is locked.
    Approve,
    /// The paper is not; reasons are needed.
    Reject,
}

/// A decision as it is typed.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Decision)]
pub(crate) struct Typed {
    /// The version that was seen.
    version: String,
    /// The document's revision that was seen.
    revision: i64,
    ruling: Word,
    /// Reason codes, for a rejection.
    #[serde(default)]
    codes: Vec<String>,
    /// Words to the office.
    #[serde(default)]
    note: Option<String>,
    /// The paper itself (`original`), a `certified-copy` or a `plain-copy`.
    #[serde(default)]
    form: Option<String>,
    /// Who certified the copy: `issuer` or `authority`.
    #[serde(default)]
    certifier: Option<String>,
    /// What else was seen on an approved paper: `stamp`, `signature`, `same_date`, `no_iban`.
    #[serde(default)]
    seen: Vec<String>,
    /// The account number that the bank's slip shows.
    #[serde(default)]
    iban: Option<String>,
}

impl Typed {
    /// The form that was sent and what stood in it, for the desk.
    fn shown(&self) -> (&'static str, Vec<(&'static str, String)>) {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        match self.ruling {
            Word::Approve => (
                "approve",
                vec![
                    ("seen", self.seen.join(" ")),
                    ("form", text(&self.form)),
                    ("certifier", text(&self.certifier)),
                    ("iban", text(&self.iban)),
                ],
            ),
            Word::Reject => ("reject", vec![("codes", self.codes.join(" ")), ("note", text(&self.note))]),
        }
    }

    fn ticks(&self) -> Ticks {
        let seen = |word: &str| self.seen.iter().any(|seen| seen == word);
        // A word outside the list was not seen.
        fn word<T: serde::de::DeserializeOwned>(text: Option<&String>) -> Option<T> {
            text.and_then(|text| serde_json::from_value(text.as_str().into()).ok())
        }
        Ticks {
            form: word(self.form.as_ref()),
            certifier: word(self.certifier.as_ref()),
            stamp: seen("stamp"),
            signature: seen("signature"),
            same_date: seen("same_date"),
            no_iban: seen("no_iban"),
            iban: self.iban.clone(),
        }
    }
}

/// Decides about a paper.
#[utoipa::path(post, path = "/documents/{document}/decision", tag = "queue", params(("document" = String, Path)), request_body = Typed, responses(
    (status = 200, description = "The paper; pages get 303 to the next one", body = Object),
    (status = 409, description = "Changed meanwhile, or the claim is not with the asker", body = crate::http::Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    signed: Signed,
    Path(document): Path<String>,
    Body(typed): Body<Typed>,
) -> Result<Response, ApiError> {
    let (ticks, shown) = (typed.ticks(), typed.shown());
    let note = typed.note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
    let decide = Decide {
        document: id(&document)?,
        version: id(&typed.version)?,
        revision: typed.revision,
        ruling: match typed.ruling {
            Word::Approve => Ruling::Approve(ticks),
            Word::Reject => Ruling::Reject { codes: typed.codes, note },
        },
    };
    let paper = match decide::decide(&app.store, &signed.actor, &decide).await {
        Ok(paper) => paper,
        Err(error) => {
            let claim = claim::document(&app.store, &signed.actor, &decide.document).await?.claim;
            return desk::again(&app, &signed, &claim, Some(document), error, shown).await;
        }
    };
    // The desk without a named paper opens the next that waits.
    Ok(face::done(&signed.visit, StatusCode::OK, &format!("/claims/{}/desk", paper.claim), &paper))
}
