use super::*;

#[derive(serde::Deserialize)]
struct Case {
    width: usize,
    pixels: String,
    resized_sum: u64,
    text: String,
    logits: Vec<Vec<f32>>,
}

fn cases() -> Vec<(Case, Luma)> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ocr/number/agreement.json");
    let text = std::fs::read_to_string(path).expect("written by the training program");
    let cases: Vec<Case> = serde_json::from_str(&text).expect("valid");
    cases
        .into_iter()
        .map(|case| {
            let pixels: Vec<u8> = (0..case.pixels.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&case.pixels[at..at + 2], 16).expect("hex"))
                .collect();
            let crop = Luma::new(case.width, pixels.len() / case.width, pixels).expect("whole");
            (case, crop)
        })
        .collect()
}

/// The best class of each column, as the training program reads: from the left, loose signs and all.
fn best_path(scores: &[f32]) -> String {
    let mut text = String::new();
    let mut before = 0;
    for row in scores.chunks_exact(CLASSES) {
        let best = (0..CLASSES).max_by(|a, b| row[*a].total_cmp(&row[*b])).expect("classes");
        if best != 0 && best != before {
            let sign = char::from(SIGNS[best - 1]);
            text.extend(if sign.is_alphabetic() { vec![' ', sign, ' '] } else { vec![sign] });
        }
        before = best;
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_network_says_what_the_training_program_says() {
    let reader = NumberReader::new();
    let cases = cases();
    assert!(cases.len() >= 3);
    for (case, crop) in &cases {
        let (grey, _) = normalise::resized(crop, 1.0);
        let sum: u64 = grey.iter().map(|value| u64::from(*value)).sum();
        assert!(sum.abs_diff(case.resized_sum) <= 4, "{} is resized otherwise: {sum} {}", case.text, case.resized_sum);
        let scores = reader.networks[0].scores(&normalise::line(crop, normalise::Look::PLAIN));
        let rows: Vec<&[f32]> = scores.0.chunks_exact(CLASSES).step_by(8).collect();
        assert_eq!(rows.len(), case.logits.len());
        for (row, wanted) in rows.iter().zip(&case.logits) {
            let off = row.iter().zip(wanted).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(off < 0.05, "{}: {off}", case.text);
        }
        assert_eq!(best_path(&scores.0), case.text);
    }
}

#[test]
fn what_is_no_line_is_not_read() {
    let reader = NumberReader::new();
    for crop in [Luma::filled(1, 1, 0), Luma::filled(4000, 10, 255), Luma::filled(300, 2, 255)] {
        assert!(reader.read(&crop).is_none());
    }
    for value in [0, 128, 255] {
        assert!(reader.read(&Luma::filled(200, 40, value)).is_none());
    }
}

#[test]
fn reading_is_the_same_every_time_and_at_twice_the_size() {
    let reader = NumberReader::new();
    let (_, crop) = cases().swap_remove(0);
    let once = reader.read(&crop).expect("read");
    assert_eq!(Some(&once), reader.read(&crop).as_ref());
    let (w, h) = (crop.width() * 2, crop.height() * 2);
    let pixels = (0..w * h).map(|at| crop.at(at % w / 2, at / w / 2)).collect();
    let twice = reader.read(&Luma::new(w, h, pixels).expect("whole")).expect("read");
    assert_eq!(twice.text, once.text);
    assert!(twice.chars.last().expect("signs").span.1 > once.chars.last().expect("signs").span.1 * 1.6);
    assert!(once.chars.iter().all(|sign| sign.span.0 < sign.span.1 && sign.span.1 <= crop.width() as f32 + 8.0));
}
