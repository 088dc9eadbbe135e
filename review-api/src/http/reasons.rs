//! `GET /reasons`: the catalogue of reasons for refusing a paper.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use super::visit::Signed;

/// A reason with its words.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReasonView {
    /// Permanent code.
    code: &'static str,
    /// Whether an expert may choose it.
    by_people: bool,
    /// Whether the sender can mend it.
    fixable: bool,
    label_fa: &'static str,
    label_en: &'static str,
    advice_fa: &'static str,
    advice_en: &'static str,
}

/// The reasons the asker may know.
#[utoipa::path(get, path = "/reasons", tag = "reasons", responses((status = 200, description = "Every reason, in the catalogue's order", body = Vec<ReasonView>)))]
pub(super) async fn list(signed: Signed) -> Json<Vec<ReasonView>> {
    let office = signed.actor.role.sends();
    let known = sanad_checks::reasons::all().iter().filter(|reason| !(office && reason.internal));
    Json(
        known
            .map(|reason| ReasonView {
                code: &reason.code,
                by_people: reason.by_people(),
                fixable: reason.fixable,
                label_fa: &reason.label.fa,
                label_en: &reason.label.en,
                advice_fa: &reason.advice.fa,
                advice_en: &reason.advice.en,
            })
            .collect(),
    )
}
