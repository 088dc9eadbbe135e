//! The description names every resource, and every address it names is there.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};

use super::server::{Server, browser};

/// Every described address; a new one is added here on purpose.
const ADDRESSES: &[&str] = &[
    "get /audit",
    "get /checklist",
    "get /claims",
    "get /claims/deleted",
    "get /claims/{claim}",
    "get /claims/{claim}/cover-sheet.pdf",
    "get /claims/{claim}/edit",
    "get /claims/{claim}/letter.pdf",
    "get /claims/{claim}/story",
    "get /dashboard",
    "get /documents/{document}",
    "get /documents/{document}/notes",
    "get /documents/{document}/versions/{version}",
    "get /events",
    "get /health",
    "get /insured",
    "get /insured/{insured}",
    "get /messages",
    "get /pairs/{pair}",
    "get /policies",
    "get /post",
    "get /profile",
    "get /queue",
    "get /reasons",
    "get /reports/rejections",
    "get /reports/rejections.csv",
    "get /reports/rejections/claims",
    "get /rules",
    "get /rules/{version}",
    "get /users",
    "get /versions/{version}/original",
    "get /versions/{version}/pages/{page}/crop",
    "get /versions/{version}/pages/{page}/{size}",
    "post /claims",
    "post /claims/{claim}/appeal",
    "post /claims/{claim}/appeal/rejection",
    "post /claims/{claim}/deletion",
    "post /claims/{claim}/documents",
    "post /claims/{claim}/explanations",
    "post /claims/{claim}/extra-papers",
    "post /claims/{claim}/facts",
    "post /claims/{claim}/iban",
    "post /claims/{claim}/lease",
    "post /claims/{claim}/lease/release",
    "post /claims/{claim}/outcome",
    "post /claims/{claim}/parcel",
    "post /claims/{claim}/parcel/preparation",
    "post /claims/{claim}/parcel/receipt",
    "post /claims/{claim}/payment",
    "post /claims/{claim}/payment/close",
    "post /claims/{claim}/payment/return",
    "post /claims/{claim}/payment/start",
    "post /claims/{claim}/refusal",
    "post /claims/{claim}/refusal/confirmation",
    "post /claims/{claim}/refusal/decline",
    "post /claims/{claim}/reopening",
    "post /claims/{claim}/restoration",
    "post /claims/{claim}/story/dates",
    "post /claims/{claim}/submission",
    "post /claims/{claim}/type",
    "post /documents/{document}/decision",
    "post /documents/{document}/notes",
    "post /documents/{document}/notes/read",
    "post /documents/{document}/place",
    "post /documents/{document}/revocation",
    "post /documents/{document}/versions",
    "post /insured",
    "post /insured/{insured}",
    "post /insured/{insured}/inquiry",
    "post /insured/{insured}/removal",
    "post /language",
    "post /login",
    "post /login/code",
    "post /login/second-factor",
    "post /logout",
    "post /messages",
    "post /messages/{message}/read",
    "post /messages/{message}/withdrawal",
    "post /pairs/{pair}/answer",
    "post /policies",
    "post /profile",
    "post /profile/sessions/{session}/end",
    "post /profile/tokens",
    "post /queue/next",
    "post /register",
    "post /register/check",
    "post /rules",
    "post /rules/{version}/publication",
    "post /rules/{version}/rows/{slot}",
    "post /users",
    "post /users/{user}/disable",
    "post /users/{user}/enable",
    "post /users/{user}/reset",
    "post /versions/{version}/parts",
    "post /versions/{version}/send-anyway",
];

#[tokio::test]
async fn the_description_is_complete_and_true() {
    let server = Server::start();
    let client = browser();
    let document: serde_json::Value =
        client.get(format!("{}/openapi.json", server.base)).send().await.unwrap().json().await.unwrap();
    let mut described = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            described.insert(format!("{method} {path}"));
            let address = path.replace("{page}", "0").replace("{size}", "thumb");
            let address = address.replace(['{', '}'], "");
            let method: Method = method.to_uppercase().parse().unwrap();
            let reply = client.request(method, format!("{}{address}", server.base)).send().await.unwrap();
            let gone = [StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED];
            assert!(!gone.contains(&reply.status()), "{path}: {}", reply.status());
        }
    }
    let named: BTreeSet<String> = ADDRESSES.iter().map(|&address| address.to_owned()).collect();
    assert_eq!(described, named);
}
