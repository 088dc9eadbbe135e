//! Addresses and the layers around them, outermost last.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Extension};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Router, middleware};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{
    ApiError, App, account, assets, audit, checklist, claims, dashboard, documents, events, health, home, insured,
    mend, messages, openapi, origin, pairs, policies, queue, reasons, reports, request_id, rest, rules, security,
    users, versions, visit,
};

/// What the parts of an upload besides the file may take.
pub(super) const UPLOAD_FRAME: u64 = 64 * 1024;

fn described(upload_limit: usize) -> OpenApiRouter<App> {
    let uploads = OpenApiRouter::new()
        .routes(routes!(claims::upload::create))
        .routes(routes!(claims::upload::replace))
        .routes(routes!(policies::register::show, policies::register::create))
        .layer(DefaultBodyLimit::max(upload_limit));
    OpenApiRouter::with_openapi(openapi::Head::openapi())
        .routes(routes!(health::show))
        .routes(routes!(account::log_in::create))
        .routes(routes!(account::log_out::create))
        .routes(routes!(account::language::set))
        .routes(routes!(account::code::create))
        .routes(routes!(account::code::enrol))
        .routes(routes!(account::register::check))
        .routes(routes!(account::register::create))
        .routes(routes!(account::profile::show, account::profile::change))
        .routes(routes!(account::sessions::end))
        .routes(routes!(account::sessions::make))
        .routes(routes!(users::list::list, users::list::create))
        .routes(routes!(users::keep::reset))
        .routes(routes!(users::keep::disable))
        .routes(routes!(users::keep::enable))
        .routes(routes!(audit::list))
        .routes(routes!(dashboard::show))
        .routes(routes!(insured::list::list, insured::keep::create))
        .routes(routes!(insured::keep::show, insured::keep::change))
        .routes(routes!(insured::keep::remove))
        .routes(routes!(insured::keep::ask_again))
        .routes(routes!(claims::list::list, claims::create::create))
        .routes(routes!(checklist::show))
        .routes(routes!(claims::show::show))
        .routes(routes!(claims::story::show))
        .routes(routes!(claims::story::give))
        .routes(routes!(claims::split::create))
        .routes(routes!(claims::submit::create))
        .routes(routes!(claims::explain::create))
        .routes(routes!(claims::lease::take))
        .routes(routes!(claims::lease::release))
        .routes(routes!(claims::outcome::create))
        .routes(routes!(claims::refusal::propose))
        .routes(routes!(claims::refusal::confirm))
        .routes(routes!(claims::refusal::decline))
        .routes(routes!(claims::refusal::appeal))
        .routes(routes!(claims::refusal::uphold))
        .routes(routes!(claims::refusal::reopen))
        .routes(routes!(claims::post::list))
        .routes(routes!(claims::post::prepare))
        .routes(routes!(claims::post::posted))
        .routes(routes!(claims::post::receive))
        .routes(routes!(claims::payment::start))
        .routes(routes!(claims::payment::record))
        .routes(routes!(claims::payment::give_back))
        .routes(routes!(claims::payment::close))
        .routes(routes!(claims::payment::account))
        .routes(routes!(claims::print::letter))
        .routes(routes!(claims::print::cover))
        .routes(routes!(claims::edit::show))
        .routes(routes!(claims::edit::save))
        .routes(routes!(claims::edit::raise))
        .routes(routes!(rules::list, rules::create))
        .routes(routes!(rules::show))
        .routes(routes!(rules::set_row))
        .routes(routes!(rules::publish))
        .routes(routes!(messages::list, messages::create))
        .routes(routes!(messages::read))
        .routes(routes!(messages::withdraw))
        .routes(routes!(claims::delete::list))
        .routes(routes!(claims::delete::delete))
        .routes(routes!(claims::delete::restore))
        .routes(routes!(claims::extra::create))
        .routes(routes!(documents::revoke::create))
        .routes(routes!(documents::show::show))
        .routes(routes!(documents::notes::list, documents::notes::create))
        .routes(routes!(documents::notes::read))
        .routes(routes!(documents::place::set))
        .routes(routes!(documents::decide::create))
        .routes(routes!(versions::show::show))
        .routes(routes!(versions::send_anyway::create))
        .routes(routes!(versions::pictures::page))
        .routes(routes!(versions::pictures::place))
        .routes(routes!(versions::pictures::original))
        .routes(routes!(pairs::show::show))
        .routes(routes!(pairs::answer::create))
        .routes(routes!(queue::list::list))
        .routes(routes!(queue::next::create))
        .routes(routes!(reports::rejections::show))
        .routes(routes!(reports::rejections::csv))
        .routes(routes!(reports::behind::show))
        .routes(routes!(reasons::list))
        .routes(routes!(events::stream))
        .layer(DefaultBodyLimit::max(mend::FORM_LIMIT))
        .merge(uploads)
}

/// The whole service.
pub fn router(app: App) -> Router {
    let upload_limit = usize::try_from(app.config.limits.file_bytes() + UPLOAD_FRAME).unwrap_or(usize::MAX);
    let (described, document) = described(upload_limit).split_for_parts();
    let compression =
        CompressionLayer::new().compress_when(DefaultPredicate::new().and(NotForContentType::const_new("font/woff2")));
    described
        .route("/", get(home::show))
        .route("/login", get(account::login_form::show))
        .route("/login/code", get(account::code::show))
        .route("/register", get(account::register::show))
        .route("/insured/new", get(insured::keep::new_form))
        .route("/claims/new", get(claims::new_form::show))
        .route("/claims/{claim}/desk", get(claims::desk::show))
        .route("/openapi.json", get(openapi::show))
        .fallback(async || ApiError::NotFound)
        .method_not_allowed_fallback(async || StatusCode::METHOD_NOT_ALLOWED)
        .layer(Extension(Arc::new(document)))
        .layer(middleware::from_fn(origin::check))
        .layer(middleware::from_fn_with_state(app.clone(), visit::find))
        .layer(middleware::from_fn(rest::clear))
        .route("/assets/{name}", get(assets::show))
        .layer(compression)
        .layer(middleware::from_fn(security::headers))
        .layer(middleware::from_fn(request_id::log))
        .with_state(app)
}
