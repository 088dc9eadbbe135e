//! A PDF that a browser wrote: what its text layer and its picture both say is trusted, and no more than that.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::program::run;

const BILL: &str = r#"<!doctype html><html dir="rtl" lang="fa"><meta charset="utf-8">
<body style="font: 12pt 'Noto Sans Arabic'"><h2>صورتحساب بیمارستان</h2>
<table border="1"><tr><td>تاریخ پذیرش</td><td>۱۴۰۲/۰۵/۱۷</td></tr><tr><td>تاریخ ترخیص</td><td>۲۰ مرداد ۱۴۰۲</td></tr></table>
<p>جمع کل: ۳۶۲٬۹۵۰٬۰۰۰ ریال</p></body></html>"#;

/// Prints a page with Chromium.
fn printed(html: &str, folder: &Path) -> std::path::PathBuf {
    let (page, pdf) = (folder.join("bill.html"), folder.join("bill.pdf"));
    std::fs::write(&page, html).unwrap();
    let status = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg("--no-pdf-header-footer")
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(&page)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("chromium is installed");
    assert!(status.success());
    pdf
}

fn facts(pdf: &Path) -> Value {
    run([OsStr::new("check"), OsStr::new("--json"), pdf.as_os_str()]).lines().remove(0)["facts"].clone()
}

#[test]
fn what_a_born_digital_bill_says_and_shows_is_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let facts = facts(&printed(BILL, folder.path()));
    let dates = facts["dates"].as_array().unwrap();
    for (role, iso) in [("admission", "2023-08-08"), ("discharge", "2023-08-11")] {
        let date = dates.iter().find(|date| date["role"] == role).unwrap_or_else(|| panic!("{facts:#}"));
        assert_eq!((&date["iso"], &date["trusted"]), (&iso.into(), &true.into()), "{date:#}");
        assert!(date["confidence"].as_f64() >= Some(0.95), "{date:#}");
    }
    let total = facts["amounts"].as_array().unwrap().iter().find(|sum| sum["name"] == "total").unwrap();
    assert_eq!((&total["rials"], &total["trusted"]), (&362_950_000.into(), &true.into()));
}

/// White words on white paper.
#[test]
fn words_that_a_file_has_and_does_not_show_are_not_told() {
    let folder = tempfile::tempdir().unwrap();
    let hidden = r#"<p style="color: white">تاریخ فوت: ۱۴۰۲/۰۶/۲۱ جمع کل: ۹۹۹٬۰۰۰٬۰۰۰ ریال</p></body>"#;
    let facts = facts(&printed(&BILL.replace("</body>", hidden), folder.path()));
    let told = facts.to_string();
    assert!(told.contains("2023-08-08") && !told.contains("2023-09-12") && !told.contains("999000000"), "{facts:#}");
}
