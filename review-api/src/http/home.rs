//! `GET /`: each role's first page.

use axum::response::Redirect;

use super::visit::Signed;
use crate::accounts::Role;

/// Sends the visitor to where their work begins.
pub(super) async fn show(signed: Signed) -> Redirect {
    Redirect::to(first_page(signed.actor.role))
}

/// Where a role's work begins.
pub(super) const fn first_page(role: Role) -> &'static str {
    match role {
        Role::Clerk | Role::OfficeManager => "/dashboard",
        Role::Expert | Role::SeniorExpert => "/queue",
        Role::Manager => "/reports/rejections",
        Role::PostDesk => "/post",
        Role::Individual | Role::Finance => "/claims",
        Role::Admin => "/rules",
    }
}
