//! What a page sent in a form, kept until it is answered: a refusal that no page of its own shows comes back with
//! every field as it was typed and the fault beside it, so that no form can lose anybody's words.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};

use super::error::ApiError;

/// Bytes of a form; only uploads may be larger.
pub(super) const FORM_LIMIT: usize = 256 * 1024;

/// A form as a page sent it.
#[derive(Debug)]
pub(super) struct Typed {
    /// Names and values, in the order of the form.
    pub(super) fields: Vec<(String, String)>,
    /// Path of the page that it stood on.
    pub(super) back: Option<String>,
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// The path of a page of our own that the request came from.
fn back(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let (_, rest) = text(header::REFERER)?.split_once("://")?;
    let path = rest.strip_prefix(text(header::HOST)?)?;
    path.starts_with('/').then(|| path.to_owned())
}

/// Reads the form of a page and leaves the request as it was; anything else passes untouched.
pub(super) async fn keep(request: Request) -> Result<(Request, Option<Typed>), ApiError> {
    if request.method() != Method::POST || !is_form(request.headers()) {
        return Ok((request, None));
    }
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, FORM_LIMIT).await.map_err(|_| ApiError::TooLong)?;
    let fields = form_urlencoded::parse(&bytes).into_owned().collect();
    let typed = Typed { fields, back: back(&parts.headers) };
    Ok((Request::from_parts(parts, Body::from(bytes)), Some(typed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_gone_back_to() {
        let to = |referer: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "sanad.example:8080".parse().unwrap());
            headers.insert(header::REFERER, referer.parse().unwrap());
            back(&headers)
        };
        assert_eq!(to("http://sanad.example:8080/claims/1?x=y").as_deref(), Some("/claims/1?x=y"));
        for strange in
            ["http://evil.example/claims", "http://sanad.example:8080.evil.example/", "javascript:alert(1)", ""]
        {
            assert_eq!(to(strange), None, "{strange}");
        }
    }
}
