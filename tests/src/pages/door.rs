//! The door: invented accounts by one press, and a language that stays.

use super::browser::Browser;
use crate::api::server::Server;

#[tokio::test]
async fn one_press_signs_in_and_the_language_stays() {
    let server = Server::start();
    let browser = Browser::open(1366, 900, true).await;
    browser.go(&format!("{}/queue", server.base)).await;
    assert_eq!(browser.script("return document.querySelector('[name=remember]').checked").await, false);
    browser.press("form:has([value=karshenas1]) button").await;
    browser.until("h1", |text| text == "صف کارشناسی").await;
    browser.press("form[action='/language'] button").await;
    browser.until("h1", |text| text == "Review queue").await;
    browser.go(&format!("{}/claims", server.base)).await;
    assert_eq!(browser.script("return document.dir + document.documentElement.lang").await, "ltren");
    browser.press("form[action='/logout'] button").await;
    browser.until("h1", |text| text == "Log in").await;
}
