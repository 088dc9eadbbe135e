//! `GET /claims`: the claims the asker may see, newest first, by state and by words.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::accounts::Actor;
use crate::claim::{self, ClaimFilter, ClaimState, ClaimSummary, Listing, PageOf};
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::views::lists::{ClaimList, ROWS};

/// Rows fetched at once while searching.
const SEARCH_STEP: i64 = 200;

/// What is looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Part of the insured person's name or of the claim's number.
    q: String,
    /// `draft`, `in_review`, `needs_correction` or `documents_approved`.
    state: String,
    /// Rows to leave out before the first.
    offset: i64,
}

/// Letters and digits as they are compared: Arabic forms as Persian ones, digits as ASCII, without
/// joiners and spaces.
fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}'))
        .map(|c| match c {
            'ي' | 'ى' => 'ی',
            'ك' => 'ک',
            'ة' => 'ه',
            'أ' | 'إ' | 'آ' => 'ا',
            '۰'..='۹' => char::from_digit(c as u32 - '۰' as u32, 10).unwrap_or(c),
            '٠'..='٩' => char::from_digit(c as u32 - '٠' as u32, 10).unwrap_or(c),
            other => other.to_ascii_lowercase(),
        })
        .collect()
}

fn fits(claim: &ClaimSummary, words: &str) -> bool {
    fold(&claim.insured_name).contains(words) || fold(&claim.number).contains(words)
}

async fn search(
    app: &App,
    actor: &Actor,
    state: Option<ClaimState>,
    words: &str,
    offset: i64,
) -> Result<Listing<ClaimSummary>, ApiError> {
    let mut found = Vec::new();
    let mut page = PageOf { offset: 0, limit: SEARCH_STEP };
    loop {
        let filter = ClaimFilter { state, office: None, page };
        let listing = claim::list(&app.store, actor, &filter).await?;
        page.offset += SEARCH_STEP;
        found.extend(listing.rows.into_iter().filter(|claim| fits(claim, words)));
        if page.offset >= listing.total {
            break;
        }
    }
    let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let skip = usize::try_from(offset).unwrap_or(0);
    let rows = found.into_iter().skip(skip).take(usize::try_from(ROWS).unwrap_or(0)).collect();
    Ok(Listing { rows, total, offset })
}

/// The claims the asker may see.
#[utoipa::path(get, path = "/claims", tag = "claims", params(Asked), responses((status = 200, description = "rows, total, offset", body = Object)))]
pub(crate) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiError> {
    let state = ClaimState::parse(&asked.state);
    let offset = asked.offset.max(0);
    let words = fold(&asked.q);
    let listing = if words.is_empty() {
        let filter = ClaimFilter { state, office: None, page: PageOf { offset, limit: ROWS } };
        claim::list(&app.store, &signed.actor, &filter).await?
    } else {
        search(&app, &signed.actor, state, &words, offset).await?
    };
    let view = ClaimList::new(listing, asked.q, state);
    face::show(&signed.visit, &view, |view| view.draw(signed.visit.shell()))
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_of_one_name_meet() {
        assert_eq!(fold("علي رضايي"), fold("علی‌رضایی"));
        assert_eq!(fold("۱۴۰۵-۰۰۱"), "1405-001");
        assert_eq!(fold("Karim"), "karim");
    }
}
