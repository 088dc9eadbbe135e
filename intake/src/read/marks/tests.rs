//! Drawn marks are found, print is not taken for one.

use super::*;

/// White paper with lines of print.
fn paper() -> Vec<u8> {
    let mut pixels = vec![250_u8; WIDTH * HEIGHT * 3];
    for line in 0..22 {
        for letter in 0..40 {
            let (x, y) = (120 + letter * 19, 80 + line * 46);
            block(&mut pixels, x, y, 10, 12, [20, 20, 22]);
        }
    }
    pixels
}

const WIDTH: usize = 1000;
const HEIGHT: usize = 1400;

fn block(pixels: &mut [u8], x: usize, y: usize, w: usize, h: usize, colour: [u8; 3]) {
    for row in y..y + h {
        for column in x..x + w {
            // letters are strokes, no bricks
            if row < y + 3 || column < x + 3 || row + 3 >= y + h {
                pixels[(row * WIDTH + column) * 3..][..3].copy_from_slice(&colour);
            }
        }
    }
}

fn ring(pixels: &mut [u8], (cx, cy): (f32, f32), radius: f32, colour: [u8; 3]) {
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let far = (x as f32 - cx).hypot(y as f32 - cy);
            if (far - radius).abs() < 2.5 || (far - radius + 9.0).abs() < 1.2 {
                pixels[(y * WIDTH + x) * 3..][..3].copy_from_slice(&colour);
            }
        }
    }
    for line in 0..3 {
        for letter in 0..6 {
            let (x, y) = (cx as usize - 54 + letter * 18, cy as usize - 26 + line * 20);
            block(pixels, x, y, 11, 12, colour);
        }
    }
}

fn seen(pixels: Vec<u8>) -> Seen {
    let rgb = Rgb::new(WIDTH, HEIGHT, pixels).unwrap();
    let luma = rgb.luma();
    find(&luma, Some(&rgb), 3).unwrap()
}

#[test]
fn print_alone_bears_no_mark() {
    let found = seen(paper());
    assert!(found.stamps.is_empty() && found.signatures.is_empty(), "{found:?}");
}

#[test]
fn rings_of_coloured_ink_are_stamps_of_their_colour() {
    for (colour, word) in [([40, 60, 170], "blue"), ([170, 30, 40], "red"), ([95, 45, 140], "violet")] {
        let mut pixels = paper();
        ring(&mut pixels, (320.0, 1220.0), 82.0, colour);
        let found = seen(pixels);
        assert_eq!(found.stamps.len(), 1, "{word}: {found:?}");
        let stamp = &found.stamps[0];
        assert_eq!((stamp.colour.as_str(), stamp.page), (word, 3));
        assert!(stamp.region.near(Region::new(320, 1220, 1, 1), 0));
        assert!(found.nearness.stamp > 0.5);
    }
}

#[test]
fn a_lack_goes_by_two_looks() {
    let mut pixels = paper();
    ring(&mut pixels, (320.0, 1220.0), 82.0, [40, 60, 170]);
    let rgb = Rgb::new(WIDTH, HEIGHT, pixels).unwrap();
    let luma = rgb.luma();
    let scale = HEIGHT as f32 / SIDE as f32;
    let eye = Eye { finder: &FINDER, luma: &luma, colour: Some(&rgb), paper: [250.0; 3], scale };
    let near = |sure: f32, middle: (f32, f32)| {
        let area = [middle.0 - 82.0, middle.1 - 82.0, middle.0 + 82.0, middle.1 + 82.0].map(|v| v / scale);
        let once = again::Looked { guess: Guess { sure, area }, again: None };
        (nearness(sure), eye.nearness(&once, 0).unwrap())
    };
    let (first, both) = near(0.35, (320.0, 1220.0));
    assert!(first < 0.35 && both > 0.5, "a stamp that the first look hardly saw: {first} {both}");
    let (first, both) = near(0.35, (320.0, 500.0));
    assert!(both < 0.7 * first, "print that the second look knows for print: {first} {both}");
    let (first, both) = near(0.1, (320.0, 1220.0));
    assert!(first == both, "next to nothing is not looked at again");
}

/// What the training program says of a page that both can draw.
#[derive(serde::Deserialize)]
struct Agreement {
    rows: usize,
    columns: usize,
    cells: Vec<(usize, usize, Vec<f32>)>,
}

#[test]
fn both_programs_say_the_same_of_a_page() {
    let case: Agreement = serde_json::from_str(include_str!("agreement.json")).unwrap();
    let (width, height) = (200_i32, 136_i32);
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| {
        let ring = (((x - 90) * (x - 90) + (y - 60) * (y - 60)) / 150) % 3 == 0;
        let bars = (x * 3 + y * 5) % 23 < 5;
        [if ring { 60 } else { 250 }, if bars { 110 } else { 240 }, if ring && bars { 30 } else { 245 }]
    });
    let small = Rgb::new(width as usize, height as usize, pixels.collect()).unwrap();
    let said = FINDER.look(&small, [250.0; 3]);
    assert_eq!((said.rows, said.columns), (case.rows, case.columns));
    assert!(case.cells.len() > 20);
    for (y, x, wanted) in case.cells {
        let from = (y * said.columns + x) * wanted.len();
        for (got, wanted) in said.values[from..from + wanted.len()].iter().zip(&wanted) {
            assert!((got - wanted).abs() < 0.02, "cell {y} {x}: {got} for {wanted}");
        }
    }
}
