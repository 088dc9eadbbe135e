//! Speed of reading: a twelve-megapixel phone photo of a page, decoded and judged on one core.

use sanad_checks::legibility::{Marks, find_turn, judge};
use sanad_checks::page::{Luma, Page, Provenance};
use sanad_checks::thresholds::LegibilityThresholds;
use sanad_intake::ReadRequest;
use sanad_samples::{Fonts, Split};

fn main() {
    divan::main();
}

/// A phone photo of a letter at 3000 × 4000, as a phone would store it.
fn photo() -> Vec<u8> {
    const SIZE: (u32, u32) = (3000, 4000);
    const QUALITY: u8 = 92;
    let fonts = Fonts::load(&[]).expect("the faces are installed");
    let mut request = sanad_samples::Request::new(Split::Open, 5);
    request.kinds = vec![sanad_samples::Kind::HospitalBill];
    request.defects = vec![sanad_samples::Defect::PhotoGood];
    request.dpi = vec![300];
    let plan = request.plan(0).expect("a plan");
    let drawn = sanad_samples::render(&fonts, &plan).expect("a page");
    let shot = sanad_samples::degrade(&drawn, &plan.degradation).expect("a photo");
    let scaled = image::imageops::resize(&shot.image, SIZE.0, SIZE.1, image::imageops::FilterType::Triangle);
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&scaled).expect("a JPEG");
    bytes
}

/// Decode, turn and legibility, as the child does it for a verdict.
#[divan::bench(sample_count = 20)]
fn photo_of_12_megapixels(bencher: divan::Bencher<'_, '_>) {
    let bytes = photo();
    let request = ReadRequest::default();
    bencher.bench(|| sanad_intake::read(divan::black_box(&bytes), &request).expect("a reading"));
}

/// Legibility alone.
#[divan::bench(sample_count = 20)]
fn legibility_of_12_megapixels(bencher: divan::Bencher<'_, '_>) {
    let image = image::load_from_memory(&photo()).expect("a picture").to_luma8();
    let luma = Luma::new(3000, 4000, image.into_raw()).expect("twelve megapixels");
    let page = Page { index: 0, luma, turned_deg: 0, provenance: Provenance::default(), reader: None };
    let limits = LegibilityThresholds::default();
    bencher.bench(|| judge(divan::black_box(&page), Marks::of(&page.luma), &limits));
}

/// Finding which way up the page stands, once its marks are found.
#[divan::bench(sample_count = 20)]
fn turn_of_12_megapixels(bencher: divan::Bencher<'_, '_>) {
    let image = image::load_from_memory(&photo()).expect("a picture").to_luma8();
    let luma = Luma::new(3000, 4000, image.into_raw()).expect("twelve megapixels");
    let marks = Marks::of(&luma);
    bencher.bench(|| find_turn(divan::black_box(&marks)));
}
