//! `GET /profile`: who is signed in.

use axum::extract::State;
use axum::response::Response;

use crate::accounts;
use crate::http::App;
use crate::http::error::ApiError;
use crate::http::face;
use crate::http::visit::Signed;
use crate::views::profile_page::Profile;

/// The signed-in person.
#[utoipa::path(get, path = "/profile", tag = "account", responses((status = 200, description = "The signed-in person", body = Profile)))]
pub(crate) async fn show(State(app): State<App>, signed: Signed) -> Result<Response, ApiError> {
    let offices = accounts::offices(&app.store).await?;
    let own = signed.actor.office.as_ref().and_then(|id| offices.into_iter().find(|office| office.id == *id));
    let view = Profile {
        display_name: signed.actor.display_name.clone(),
        user_name: signed.actor.user_name.clone(),
        role: signed.actor.role.as_str(),
        office_name_fa: own.map(|office| office.name_fa),
    };
    face::show(&signed.visit, &view, |view| view.draw(signed.visit.shell()))
}
