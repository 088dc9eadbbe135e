//! Styles, scripts, fonts and icons, inside the binary, each under a name made from its content.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

/// The built files of `web/`.
#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Built;

const FOR_EVER: &str = "public, max-age=31536000, immutable";

static NAMES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let manifest = Built::get("manifest.json").expect("the build of web/ writes a manifest");
    serde_json::from_slice(&manifest.data).expect("the manifest is plain name to built name")
});

/// Address of a built file by its plain name, e.g. `app.js`.
#[must_use]
pub(crate) fn address(plain: &str) -> String {
    NAMES.get(plain).map_or_else(|| format!("/assets/{plain}"), |name| format!("/assets/{name}"))
}

/// The bytes of a built file by its plain name, e.g. a typeface for a paper that is printed.
#[must_use]
pub(crate) fn built(plain: &str) -> Option<Vec<u8>> {
    Some(Built::get(NAMES.get(plain)?)?.data.into_owned())
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// `GET /assets/{name}`: a built file, to be kept for ever by the browser.
pub(super) async fn show(Path(name): Path<String>) -> Response {
    Built::get(&name).map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |file| {
            let headers = [(header::CONTENT_TYPE, media_type(&name)), (header::CACHE_CONTROL, FOR_EVER)];
            (headers, file.data).into_response()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_a_page_asks_for_is_built() {
        for plain in
            ["app.js", "rtl.css", "ltr.css", "icons.svg", "mark.svg", "Vazirmatn-Regular.woff2", "Vazirmatn-Bold.woff2"]
        {
            assert!(NAMES.contains_key(plain), "{plain}");
        }
    }
}
