//! Papers that say nothing, or nothing true: nothing is invented, nothing panics, and what cannot be read is unread
//! with a reason.

use std::collections::BTreeSet;

use image::{DynamicImage, GrayImage, ImageFormat, Luma, RgbImage};
use sanad_checks::facts::Facts;
use sanad_intake::{ReadRequest, read};
use sanad_samples::{Fonts, note};

use crate::bad_input_files::encoded;

/// What is read on a picture.
fn facts(picture: RgbImage) -> Facts {
    let bytes = encoded(&DynamicImage::ImageRgb8(picture), ImageFormat::Png);
    let request = ReadRequest { words: true, ..ReadRequest::default() };
    let reading = read(&bytes, &request).unwrap();
    // a page that cannot be read has no facts at all
    reading.report.facts.unwrap_or_default()
}

fn written(face: &str, lines: &[&str]) -> RgbImage {
    note(&Fonts::load(&[]).unwrap(), face, lines).unwrap()
}

fn grey(width: u32, height: u32, of: impl Fn(u32, u32) -> u8) -> RgbImage {
    DynamicImage::ImageLuma8(GrayImage::from_fn(width, height, |x, y| Luma([of(x, y)]))).to_rgb8()
}

/// Nothing was made of it: no date, no zone, no account, no sum.
fn silent(facts: &Facts) -> bool {
    facts.dates.is_empty() && facts.mrz.is_none() && facts.ibans.is_empty() && facts.amounts.is_empty()
}

#[test]
fn a_page_without_text_says_nothing() {
    let hills = |x: u32, y: u32| {
        let (x, y) = (x as f32 / 90.0, y as f32 / 70.0);
        (128.0 + 60.0 * (x.sin() * y.cos()) + 40.0 * (x * 0.37 + y * 0.81).sin()) as u8
    };
    let grain = |x: u32, y: u32| 200 + (x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)) >> 27) as u8;
    for picture in [grey(900, 1200, |_, _| 250), grey(900, 1200, hills), grey(900, 1200, grain)] {
        let facts = facts(picture);
        assert!(silent(&facts) && facts.unread.is_empty(), "{facts:?}");
        assert!(["", "other"].contains(&facts.kind.code.as_str()), "{}", facts.kind.code);
    }
}

#[test]
fn days_that_no_calendar_has_are_unread_with_a_reason() {
    let facts = facts(written(
        "Vazirmatn",
        &[
            "بیمارستان شفا",
            "خلاصه پرونده بیمار",
            "تاریخ پذیرش: ۱۴۰۳/۱۳/۴۵",
            "تاریخ ترخیص: ۱۴۰۴/۱۲/۳۰",
            "نام بیمار: احمد رضایی",
        ],
    ));
    assert!(facts.dates.is_empty(), "{:?}", facts.dates);
    assert!(!facts.unread.is_empty());
    assert!(facts.unread.iter().all(|open| open.why == "not-a-day"), "{:?}", facts.unread);
}

#[test]
fn a_zone_with_a_wrong_check_digit_is_not_accepted() {
    const NAMES: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
    let sound = facts(written("", &["UTOPIA PASSPORT", NAMES, "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]));
    assert!(sound.mrz.is_some_and(|zone| zone.valid && zone.number == "L898902C3"));
    // another day of birth, another number, another digit over all: each against its check digit
    for figures in [
        "L898902C36UTO7408172F1204159ZE184226B<<<<<10",
        "L898972C36UTO7408122F1204159ZE184226B<<<<<10",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<14",
    ] {
        let facts = facts(written("", &["UTOPIA PASSPORT", NAMES, figures]));
        assert!(facts.mrz.as_ref().is_none_or(|zone| !zone.valid), "{figures} {:?}", facts.mrz);
    }
}

#[test]
fn a_photo_of_a_screen_shows_the_date_or_none_but_no_other() {
    let page = written(
        "Vazirmatn",
        &[
            "بیمارستان شفا",
            "خلاصه پرونده بیمار",
            "تاریخ پذیرش: ۱۴۰۲/۰۵/۱۷",
            "تاریخ ترخیص: ۱۴۰۲/۰۵/۲۴",
            "نام بیمار: احمد رضایی",
        ],
    );
    let true_days = BTreeSet::from(["2023-08-08".to_owned(), "2023-08-15".to_owned()]);
    // cells of the screen beat with those of the camera; a glow falls over one corner
    for (cells, depth) in [(3.1_f32, 0.25_f32), (4.7, 0.45), (2.3, 0.6)] {
        let mut shot = page.clone();
        for (x, y, pixel) in shot.enumerate_pixels_mut() {
            let wave = |at: f32| 1.0 - depth * (0.5 + 0.5 * (at * std::f32::consts::TAU / cells).sin());
            let slow = wave(x as f32 + 0.07 * y as f32) * wave(y as f32 - 0.05 * x as f32);
            let glow = 70.0 * (1.0 - x as f32 / 1165.0) * (1.0 - y as f32 / 1650.0);
            for (at, value) in pixel.0.iter_mut().enumerate() {
                let tint = [0.86, 0.95, 1.0][at];
                *value = (f32::from(*value) * slow * tint + glow).clamp(0.0, 255.0) as u8;
            }
        }
        let facts = facts(shot);
        let invented: Vec<_> = facts.dates.iter().filter(|d| d.trusted && !true_days.contains(&d.iso)).collect();
        assert!(invented.is_empty(), "{invented:?}");
    }
}

#[test]
fn handwriting_is_not_read_as_trusted_dates_or_a_zone() {
    let mut page = grey(1100, 1500, |_, _| 245);
    // lines of loops and strokes as a hand makes them, slanting a little
    let (mut seed, mut x, mut y) = (7_u32, 80.0_f32, 120.0_f32);
    let mut chance = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as f32 / 16_777_216.0
    };
    while y < 1380.0 {
        let (loops, high, wide) = (1.0 + 3.0 * chance(), 12.0 + 16.0 * chance(), 18.0 + 40.0 * chance());
        let dip = 10.0 * chance();
        for step in 0..220 {
            let t = step as f32 / 220.0;
            let at = (
                x + wide * t + 5.0 * (t * loops * 6.3).sin(),
                y + 0.02 * x - high * (t * loops * 3.1).sin().abs() + dip * (t * 5.0).cos(),
            );
            for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1), (2, 1)] {
                if let Some(pixel) = page.get_pixel_mut_checked(at.0 as u32 + dx, at.1 as u32 + dy) {
                    pixel.0 = [38, 44, 96];
                }
            }
        }
        x += wide + 8.0 + 14.0 * chance();
        if x > 960.0 {
            (x, y) = (80.0 + 20.0 * chance(), y + 62.0);
        }
    }
    let facts = facts(page);
    assert!(facts.dates.iter().all(|date| !date.trusted), "{:?}", facts.dates);
    assert!(facts.mrz.is_none() && facts.ibans.is_empty(), "{facts:?}");
    assert_eq!(facts.kind.code, "other");
}
