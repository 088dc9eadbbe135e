//! Figures of invented faces: bars of several lengths.

use super::*;
use crate::ocr::number::ReadSign;

/// A crop with one shape for each letter of `shapes`, and what a reader made of it: each digit with its shares.
fn look(shapes: &str, read: &[[f32; 10]]) -> Look {
    let (step, height) = (16, 30);
    let mut crop = Luma::filled(step * shapes.len() + 8, height, 240);
    let width = crop.width();
    for (at, shape) in shapes.bytes().enumerate() {
        let x = 6 + step * at;
        let mut bar = |x0: usize, x1: usize, y0: usize, y1: usize| {
            (y0..y1).for_each(|y| crop.pixels_mut()[y * width + x0..y * width + x1].fill(20));
        };
        match shape {
            b'a' => bar(x, x + 3, 5, 25),
            b'b' => {
                bar(x, x + 3, 5, 25);
                bar(x, x + 10, 5, 8);
            }
            b'c' => {
                bar(x + 7, x + 10, 5, 25);
                bar(x, x + 10, 21, 25);
            }
            _ => {
                bar(x, x + 10, 5, 8);
                bar(x + 7, x + 10, 5, 25);
            }
        }
    }
    let chars: Vec<ReadSign> = read
        .iter()
        .enumerate()
        .map(|(at, shares)| ReadSign {
            sign: char::from_digit(largest(shares) as u32, 10).unwrap_or('0'),
            confidence: 0.9,
            span: ((6 + step * at) as f32, (10 + step * at) as f32),
            word: 0,
            digits: Some(*shares),
        })
        .collect();
    let text: String = chars.iter().map(|sign| sign.sign).collect();
    let confidence = read.iter().map(|shares| shares[largest(shares)]).product();
    Look { region: Region::default(), crop, reading: NumberReading { text, confidence, chars, others: Vec::new() } }
}

/// Nearly all for one digit, and a little for another.
fn heard(digit: usize, other: usize, little: f32) -> [f32; 10] {
    let mut shares = [1e-5; 10];
    shares[digit] = 1.0 - little;
    shares[other] += little;
    shares
}

#[test]
fn two_shapes_heard_alike_are_two_digits() {
    // `b` is a two that is always taken for a three, `c` a true three.
    let (two, three, one) = (heard(3, 2, 0.04), heard(3, 0, 0.0005), heard(1, 7, 0.001));
    let mut looks = vec![look("abac", &[one, two, one, three]), look("bbca", &[two, two, three, one])];
    settle(&mut looks);
    let texts: Vec<&str> = looks.iter().map(|look| look.reading.text.as_str()).collect();
    assert_eq!(texts, ["1213", "2231"]);
    assert!(looks[0].reading.confidence > 0.9 && looks[0].reading.confidence <= SUREST, "{looks:?}");
}

#[test]
fn a_doubtful_figure_is_what_its_like_are() {
    let (doubt, two, zero) = (heard(0, 2, 0.45), heard(2, 0, 0.02), heard(0, 5, 0.001));
    let mut looks = vec![look("bd", &[doubt, zero]), look("bbd", &[two, two, zero])];
    looks[0].reading.others = vec![("20".to_owned(), 0.45)];
    settle(&mut looks);
    assert_eq!(looks[0].reading.text, "20");
    assert!(looks[0].reading.confidence > 0.9, "{:?}", looks[0].reading);
}

#[test]
fn a_second_face_that_is_surely_heard_keeps_its_digits() {
    let one = heard(1, 7, 1e-5);
    let mut looks = vec![look("aaa", &[one; 3]), look("ccc", &[one; 3])];
    settle(&mut looks);
    assert!(looks.iter().all(|look| look.reading.text == "111"), "{looks:?}");
}

#[test]
fn a_crop_without_ink_changes_nothing() {
    let mut empty = look("ab", &[heard(1, 2, 0.1), heard(2, 1, 0.1)]);
    empty.crop = Luma::filled(40, 30, 200);
    let before = empty.reading.clone();
    let mut looks = vec![empty];
    settle(&mut looks);
    assert_eq!(looks[0].reading, before);
}
