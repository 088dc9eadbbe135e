//! Every format comes out as the same page, whatever way it took.

use std::io::Cursor;
use std::process::Command;

use image::{DynamicImage, ImageFormat};
use sanad_checks::report::FileReport;
use sanad_intake::ReadRequest;
use tiff::encoder::{TiffEncoder, colortype};

use crate::bad_input_files::{encoded, one_of_each, page, pdf, scan_pdf, stream};
use crate::program::{finish, readers};

fn judged(bytes: &[u8]) -> FileReport {
    readers().read(bytes, &ReadRequest::default()).expect("a good file can be read").report
}

/// Width and height of every page.
fn sizes(report: &FileReport) -> Vec<(u32, u32)> {
    assert!(report.findings.is_empty(), "{:?}", report.findings);
    report.pages.iter().map(|page| (page.width_px, page.height_px)).collect()
}

#[test]
fn each_format_is_read_at_its_own_pixels() {
    for (name, bytes) in one_of_each() {
        assert_eq!(sizes(&judged(&bytes)), [(420, 594)], "{name}");
    }
}

#[test]
fn deep_and_transparent_pictures_are_read() {
    let page = page(420, 594);
    let kinds = [
        DynamicImage::ImageLuma16(page.to_luma16()),
        DynamicImage::ImageRgb16(page.to_rgb16()),
        DynamicImage::ImageRgba8(page.to_rgba8()),
        DynamicImage::ImageLumaA8(page.to_luma_alpha8()),
    ];
    for kind in kinds {
        assert_eq!(sizes(&judged(&encoded(&kind, ImageFormat::Png))), [(420, 594)]);
    }
}

#[test]
fn all_pages_of_a_tiff_are_read() {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
    for index in 0..3 {
        let grey = page(300 + index * 10, 400).to_luma8();
        encoder.write_image::<colortype::Gray8>(grey.width(), grey.height(), &grey).unwrap();
    }
    assert_eq!(sizes(&judged(&bytes.into_inner())), [(300, 400), (310, 400), (320, 400)]);
}

#[test]
fn the_turn_of_the_camera_is_undone() {
    let jpeg = encoded(&page(594, 420), ImageFormat::Jpeg);
    // An EXIF block of one entry: orientation 6, stand the picture up by a quarter clockwise.
    let mut exif = b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    let length = (exif.len() as u16 + 2).to_be_bytes();
    let mut turned = vec![0xff, 0xd8, 0xff, 0xe1];
    turned.extend(length);
    turned.append(&mut exif);
    turned.extend(&jpeg[2..]);
    assert_eq!(sizes(&judged(&turned)), [(420, 594)]);
}

#[test]
fn a_scan_in_a_pdf_is_taken_as_it_was_scanned() {
    let jpeg = encoded(&page(1240, 1754), ImageFormat::Jpeg);
    let report = judged(&scan_pdf(&jpeg, 1240, 1754));
    assert_eq!(sizes(&report), [(1240, 1754)]);
    assert_eq!((report.pages[0].dpi, report.pages[0].dpi_estimated), (Some(150), false));
}

#[test]
fn a_page_that_the_pdf_turns_is_turned() {
    let jpeg = encoded(&page(594, 420), ImageFormat::Jpeg);
    let report = judged(&pdf(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1/Rotate 90/MediaBox[0 0 842 595]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>".to_vec(),
        stream("", b"q 842 0 0 595 0 0 cm /I Do Q"),
        stream(
            "/Type/XObject/Subtype/Image/Width 594/Height 420\
             /ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode",
            &jpeg,
        ),
    ]));
    assert_eq!(sizes(&report), [(420, 594)]);
}

#[test]
fn pictures_of_phones_are_converted_and_keep_their_name() {
    let folder = tempfile::tempdir().unwrap();
    let (png, heic) = (folder.path().join("page.png"), folder.path().join("page.heic"));
    std::fs::write(&png, encoded(&page(420, 594), ImageFormat::Png)).unwrap();
    let written = finish(Command::new("heif-enc").arg(&png).arg("-o").arg(&heic));
    assert_eq!(written.code, Some(0), "heif-enc of libheif-examples is needed: {}", written.stderr);
    let bytes = std::fs::read(&heic).unwrap();
    let report = judged(&bytes);
    assert_eq!(sizes(&report), [(420, 594)]);
    assert_eq!((report.media_type.as_str(), report.bytes), ("image/heic", bytes.len() as u64));
    assert_eq!(report.sha256, sanad_intake::sha256_hex(&bytes));
    // Half of one is damaged.
    let half = readers().read(&bytes[..bytes.len() / 2], &ReadRequest::default()).unwrap().report;
    assert_eq!(half.findings[0].code.as_str(), "FIL-CRPT");
}

#[test]
fn previews_carry_nothing_but_pixels() {
    let jpeg = encoded(&page(2000, 2800), ImageFormat::Jpeg);
    let request = ReadRequest { preview: true, ..ReadRequest::default() };
    let images = readers().read(&jpeg, &request).unwrap().images;
    let preview = image::load_from_memory(&images[0].preview_jpeg).unwrap();
    assert_eq!((preview.width(), preview.height()), (1286, 1800));
    assert!(images[0].thumb_jpeg.len() <= 40_000);
    let grey = image::load_from_memory(&images[0].grey_png).unwrap();
    assert!(grey.width() * grey.height() <= 4_000_000);
    assert!(images[0].annotated_png.is_none());
    assert!(!images[0].preview_jpeg.windows(4).any(|window| window == b"Exif"));
}
