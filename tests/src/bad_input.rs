//! Each bad file has its own clear answer in Persian, and hurts nobody else.

use image::ImageFormat;
use sanad_checks::finding::{Finding, Severity, Verdict};
use sanad_checks::report::FileReport;
use sanad_intake::ReadRequest;

use crate::bad_input_files::{
    encoded, flate_bomb, locked_pdf, many_pages, one_of_each, page, pdf, png_saying, scan_pdf, stream, tiff_saying,
    words_pdf,
};
use crate::program::readers;

fn judged(bytes: &[u8]) -> FileReport {
    let reading = readers().read(bytes, &ReadRequest::default());
    reading.expect("bad input is no failure of ours").report
}

/// The file-level finding with this code, which speaks Persian and says what to do.
fn found(report: &FileReport, code: &str) -> Finding {
    let finding = report.findings.iter().find(|finding| finding.code.as_str() == code);
    let finding = finding.unwrap_or_else(|| panic!("{code} is missing among {:#?}", report.findings)).clone();
    let persian = |text: &str| text.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)) && !text.contains('{');
    assert!(persian(&finding.message.fa), "{finding:?}");
    assert!(persian(&finding.advice.fa), "{finding:?}");
    assert!(!finding.message.en.contains('{'), "{finding:?}");
    finding
}

/// The file is refused with this code and no page.
fn refused(bytes: &[u8], code: &str) -> Finding {
    let report = judged(bytes);
    let finding = found(&report, code);
    assert_eq!(finding.severity, Severity::Reject);
    assert_eq!(report.verdict, Verdict::Reject);
    assert!(report.pages.is_empty(), "{code}: {} pages", report.pages.len());
    finding
}

#[test]
fn zero_bytes() {
    refused(b"", "FIL-EMPT");
}

#[test]
fn random_bytes() {
    let mut state = 9u32;
    let bytes: Vec<u8> = (0..50_000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect();
    refused(&bytes, "FIL-TYPE");
}

#[test]
fn other_types_are_named() {
    assert!(refused(b"PK\x03\x04......word/document.xml......", "FIL-TYPE").message.fa.contains("Word"));
    assert!(refused(b"\0\0\0\x18ftypisom\0\0\0\0", "FIL-TYPE").message.en.contains("MP4"));
    assert!(refused(b"MZ\x90\0\x03\0\0\0", "FIL-TYPE").message.en.contains("EXE"));
}

#[test]
fn type_goes_by_content_and_not_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bill.pdf");
    std::fs::write(&path, encoded(&page(420, 594), ImageFormat::Png)).unwrap();
    let lines = crate::program::run(["check".as_ref(), "--json".as_ref(), path.as_os_str()]).lines();
    assert_eq!(lines[0]["media_type"], "image/png");
    assert_eq!(lines[0]["pages"].as_array().unwrap().len(), 1);
}

#[test]
fn too_many_bytes() {
    let mut bytes = encoded(&page(420, 594), ImageFormat::Jpeg);
    bytes.resize(50_000_001, 0);
    let finding = refused(&bytes, "FIL-SIZE");
    assert!(finding.message.fa.contains("۵۰"), "{}", finding.message.fa);
}

#[test]
fn half_a_jpeg_keeps_its_rows() {
    let bytes = encoded(&page(840, 1188), ImageFormat::Jpeg);
    let report = judged(&bytes[..bytes.len() / 2]);
    assert_eq!(found(&report, "FIL-CRPT").severity, Severity::Reject);
    assert_eq!((report.pages.len(), report.pages[0].height_px), (1, 1188));
}

#[test]
fn half_a_png_keeps_its_rows() {
    let bytes = encoded(&page(840, 1188), ImageFormat::Png);
    let report = judged(&bytes[..bytes.len() / 2]);
    assert_eq!(found(&report, "FIL-CRPT").severity, Severity::Reject);
    assert_eq!(report.pages.len(), 1);
}

#[test]
fn a_jpeg_without_its_first_table_is_damaged() {
    let bytes = encoded(&page(420, 594), ImageFormat::Jpeg);
    refused(&bytes[..30], "FIL-CRPT");
}

#[test]
fn png_bomb() {
    let finding = refused(&png_saying(40_000, 40_000), "FIL-PAGE");
    assert!(finding.message.fa.contains("۱۶۰۰"), "{}", finding.message.fa);
}

#[test]
fn tiff_bomb() {
    refused(&tiff_saying(60_000, 60_000, 0), "FIL-PAGE");
    refused(&tiff_saying(9_000, 9_000, 0), "FIL-CRPT");
}

#[test]
fn tiff_directories_in_a_circle() {
    let report = judged(&tiff_saying(100, 100, 8));
    found(&report, "FIL-CRPT");
}

#[test]
fn tiff_with_too_many_pages() {
    // Each directory holds nothing but the way to the next.
    let mut bytes = b"II\x2a\0\x08\0\0\0".to_vec();
    for index in 0..5000u32 {
        bytes.extend([0, 0]);
        bytes.extend(if index == 4999 { [0; 4] } else { (8 + (index + 1) * 6).to_le_bytes() });
    }
    assert!(refused(&bytes, "FIL-PAGE").message.fa.contains("۵۰۰۰"));
}

#[test]
fn ten_thousand_pages() {
    let finding = refused(&many_pages(10_000), "FIL-PAGE");
    assert!(finding.message.fa.contains("۱۰۰۰۰") && finding.message.fa.contains("۲۰۰"), "{}", finding.message.fa);
}

#[test]
fn a_page_of_kilometres() {
    refused(&words_pdf("", "0 0 2834645 2834645", &[]), "FIL-PAGE");
    refused(&words_pdf("", "0 0 99999999999 99999999999", &[]), "FIL-PAGE");
}

#[test]
fn locked_with_a_password() {
    refused(&locked_pdf("secret", "owner"), "FIL-LOCK");
}

#[test]
fn an_owner_password_alone_locks_nobody_out() {
    let report = judged(&locked_pdf("", "owner"));
    assert!(report.findings.is_empty(), "{:?}", report.findings);
    assert_eq!(report.pages.len(), 1);
}

#[test]
fn much_in_little() {
    let bytes = flate_bomb(300_000_000);
    assert!(bytes.len() < 1_000_000, "{}", bytes.len());
    let finding = refused(&bytes, "FIL-PAGE");
    assert!(finding.message.fa.contains("۳۰۰") || finding.message.fa.contains("۲۹۴"), "{}", finding.message.fa);
}

#[test]
fn scripts_are_refused_and_the_page_still_judged() {
    let script = "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>";
    let report = judged(&words_pdf(script, "0 0 595 842", &[]));
    let finding = found(&report, "FIL-ACTV");
    assert_eq!(finding.severity, Severity::Reject);
    assert!(finding.message.fa.contains("JavaScript"));
    assert_eq!(report.pages.len(), 1);
    // A name spelled in numbers is the same name.
    let hidden = judged(&words_pdf("/OpenAction<</S/J#61vaScript>>", "0 0 595 842", &[]));
    found(&hidden, "FIL-ACTV");
}

#[test]
fn attachments_are_a_remark_and_programs_are_refused() {
    let with = |name: &str| {
        let object = format!("<</Type/Filespec/F({name})/EF<</F 1 0 R>>>>");
        found(&judged(&words_pdf("", "0 0 595 842", &[&object])), "FIL-ACTV").severity
    };
    assert_eq!(with("form.xml"), Severity::Warn);
    assert_eq!(with("form.pdf.exe"), Severity::Reject);
}

#[test]
fn half_a_pdf_is_damaged() {
    let bytes = scan_pdf(&encoded(&page(840, 1188), ImageFormat::Jpeg), 840, 1188);
    let report = judged(&bytes[..bytes.len() / 2]);
    assert_eq!(found(&report, "FIL-CRPT").severity, Severity::Reject);
}

#[test]
fn a_pdf_without_pages_is_empty() {
    refused(&pdf(&["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"]), "FIL-EMPT");
}

#[test]
fn objects_nested_a_hundred_thousand_deep() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deeper = format!("{}{}", "<</A".repeat(100_000), ">>".repeat(100_000));
    for object in [deep, deeper] {
        let report = judged(&words_pdf("/X 6 0 R", "0 0 595 842", &[&object]));
        assert!(!report.pages.is_empty() || !report.findings.is_empty());
    }
    let content = stream("", "q ".repeat(2_000_000).as_bytes());
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>";
    let tree = [
        b"<</Type/Catalog/Pages 2 0 R>>".as_slice(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page.as_bytes(),
        &content,
    ];
    judged(&pdf(&tree));
}

#[test]
fn a_page_tree_that_holds_itself() {
    let report = judged(&pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 3>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]));
    assert!(!report.pages.is_empty() || !report.findings.is_empty());
}

#[test]
fn a_form_that_draws_itself() {
    let report = judged(&pdf(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>".to_vec(),
        stream("", b"/X Do /X Do"),
        stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>", b"/X Do /X Do"),
    ]));
    assert!(!report.pages.is_empty() || !report.findings.is_empty());
}

#[test]
fn tiny_and_thin_pages_are_judged() {
    for (width, height) in [(1, 1), (1, 2000), (2000, 1), (3, 3)] {
        let bytes = encoded(&page_of(width, height), ImageFormat::Png);
        let report = judged(&bytes);
        assert_eq!(report.pages.len(), 1, "{width}x{height}");
        assert_eq!((report.pages[0].width_px, report.pages[0].height_px), (width, height));
    }
    let thin = judged(&encoded(&page_of(65_535, 1), ImageFormat::Jpeg));
    assert_eq!(thin.pages.len(), 1);
}

fn page_of(width: u32, height: u32) -> image::DynamicImage {
    image::GrayImage::from_pixel(width, height, image::Luma([200])).into()
}

#[test]
fn a_bad_file_harms_no_other() {
    let good = encoded(&page(420, 594), ImageFormat::Jpeg);
    let bad = flate_bomb(40_000_000);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| judged(&bad));
            scope.spawn(|| assert_eq!(judged(&good).pages.len(), 1));
        }
    });
}

#[test]
fn bent_files_of_every_format_get_an_answer() {
    const BENT_EACH: u64 = 150;
    let before = readers().health();
    for (name, bytes) in one_of_each() {
        for seed in 0..BENT_EACH {
            let bent = bend(&bytes, seed);
            let report = judged(&bent);
            assert!(!report.pages.is_empty() || !report.findings.is_empty(), "{name} bent with seed {seed}: no answer");
        }
    }
    let after = readers().health();
    let failures = after.failures - before.failures;
    assert!(failures <= BENT_EACH / 20, "{failures} files were given up");
}

/// Changes a few bytes, or cuts, by the seed.
fn bend(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize
    };
    let mut bent = bytes.to_vec();
    for _ in 0..=next() % 12 {
        // Half of the changes hit the head, where sizes and tables stand.
        let reach = if next() % 2 == 0 { bent.len().min(600) } else { bent.len() };
        let place = next() % reach;
        bent[place] = next() as u8;
    }
    if next() % 4 == 0 {
        bent.truncate(next() % bytes.len());
    }
    bent
}
