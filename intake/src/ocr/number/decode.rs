//! From scores to text: the best path for where the signs stand, a beam for what the text is and how sure it is.
//!
//! The classes are read by connectionist temporal classification (Graves et al. 2006): a class may last for several
//! columns, class 0 says nothing and parts like signs. Several paths give one text; the beam adds them up (Hannun et
//! al. 2014, without a language model: a reader that knows which dates are likely would mend what it should report).

use std::collections::BTreeMap;

use super::network::{STRIDE, Scores};
use super::normalise::PAD;
use super::{CLASSES, NumberReading, ReadSign, SIGNS};

/// Texts kept from column to column.
const BEAM: usize = 12;
/// Classes less likely than this in a column are not followed.
const FAINT: f32 = 1e-4;
/// Other texts that are handed out.
const OTHERS: usize = 4;

/// Shares of a column from its scores.
fn shares(scores: &Scores) -> Vec<[f32; CLASSES]> {
    scores
        .0
        .chunks_exact(CLASSES)
        .map(|row| {
            let most = row.iter().copied().fold(f32::MIN, f32::max);
            let mut out = [0f32; CLASSES];
            for (to, value) in out.iter_mut().zip(row) {
                *to = (value - most).exp();
            }
            let sum: f32 = out.iter().sum();
            out.map(|value| value / sum)
        })
        .collect()
}

/// A class that lasts over some columns of the best path.
struct Run {
    class: usize,
    first: usize,
    past: usize,
    share: f32,
    /// Share of each digit in the column where the class is surest.
    digits: [f32; 10],
}

/// The digits' part of a column; `0` is the first class that says something.
fn digits(row: &[f32; CLASSES]) -> [f32; 10] {
    std::array::from_fn(|digit| row[digit + 1])
}

/// The best class of each column, runs joined, silence left out.
fn best_path(shares: &[[f32; CLASSES]]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut before = 0;
    for (column, row) in shares.iter().enumerate() {
        let (class, share) =
            row.iter().copied().enumerate().fold((0, 0.0), |best, now| if now.1 > best.1 { now } else { best });
        match runs.last_mut() {
            _ if class == 0 => {}
            Some(run) if class == before && run.class == class => {
                run.past = column + 1;
                if share > run.share {
                    (run.share, run.digits) = (share, digits(row));
                }
            }
            _ => runs.push(Run { class, first: column, past: column + 1, share, digits: digits(row) }),
        }
        before = class;
    }
    runs
}

/// Probability of a text up to a column, by paths that end in silence and paths that end in its last class.
#[derive(Clone, Copy, Default)]
struct Ends {
    silent: f32,
    said: f32,
}

impl Ends {
    fn sum(self) -> f32 {
        self.silent + self.said
    }
}

/// Texts with their shares, best first. Shares are of 1, over all texts; those not followed are missing from the sum.
fn beam(shares: &[[f32; CLASSES]]) -> Vec<(Vec<u8>, f32)> {
    let mut texts: BTreeMap<Vec<u8>, Ends> = BTreeMap::from([(Vec::new(), Ends { silent: 1.0, said: 0.0 })]);
    // Long lines would run out of small numbers: the best text is brought back to 1, and the factor remembered.
    let mut log_scale = 0f32;
    for row in shares {
        // Silence, as most columns are: no text grows.
        if row[1..].iter().all(|share| *share <= FAINT) {
            for (text, ends) in &mut texts {
                let said = text.last().map_or(0.0, |last| ends.said * row[usize::from(*last)]);
                *ends = Ends { silent: ends.sum() * row[0], said };
            }
            continue;
        }
        let mut next: BTreeMap<Vec<u8>, Ends> = BTreeMap::new();
        for (text, ends) in &texts {
            let stays = next.entry(text.clone()).or_default();
            stays.silent += ends.sum() * row[0];
            if let Some(last) = text.last() {
                stays.said += ends.said * row[usize::from(*last)];
            }
            for (class, share) in row.iter().enumerate().skip(1).filter(|(_, share)| **share > FAINT) {
                // The same class again is a new sign only after silence.
                let again = text.last() == Some(&(class as u8));
                let from = if again { ends.silent } else { ends.sum() };
                let mut longer = text.clone();
                longer.push(class as u8);
                next.entry(longer).or_default().said += from * share;
            }
        }
        let mut ranked: Vec<(Vec<u8>, Ends)> = next.into_iter().collect();
        ranked.sort_by(|a, b| b.1.sum().total_cmp(&a.1.sum()).then_with(|| a.0.cmp(&b.0)));
        ranked.truncate(BEAM);
        let most = ranked.first().map_or(1.0, |best| best.1.sum()).max(f32::MIN_POSITIVE);
        log_scale += most.ln();
        texts = ranked
            .into_iter()
            .map(|(text, ends)| (text, Ends { silent: ends.silent / most, said: ends.said / most }))
            .collect();
    }
    let scale = log_scale.exp();
    let mut ranked: Vec<(Vec<u8>, f32)> = texts.into_iter().map(|(text, ends)| (text, ends.sum() * scale)).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    ranked
}

fn sign(class: u8) -> char {
    SIGNS.get(usize::from(class).wrapping_sub(1)).map_or(' ', |sign| char::from(*sign))
}

fn is_month(sign: char) -> bool {
    sign.is_ascii_uppercase()
}

/// Words of a text: numbers without the signs at their ends, and months.
fn words(classes: &[u8]) -> Vec<String> {
    let mut text = String::new();
    for class in classes {
        let sign = sign(*class);
        if is_month(sign) {
            text.extend([' ', sign, ' ']);
        } else {
            text.push(sign);
        }
    }
    text.split(' ')
        .map(|word| word.trim_matches(['/', '.', '-', ':', ',']).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// The text in the order it is said.
fn said(classes: &[u8]) -> String {
    let mut words = words(classes);
    if words.iter().any(|word| word.chars().all(is_month)) {
        words.reverse();
    }
    words.join(" ")
}

/// What the scores of a line say; `scale` is the columns of the crop for each column of the line.
pub(super) fn decode(scores: &Scores, scale: f32) -> Option<NumberReading> {
    let shares = shares(scores);
    // Texts that differ only in what is left out are one text.
    let mut ranked: Vec<(String, f32, Vec<u8>)> = Vec::new();
    for (classes, share) in beam(&shares) {
        let text = said(&classes);
        match ranked.iter_mut().find(|other| other.0 == text) {
            Some(other) => other.1 += share,
            None => ranked.push((text, share, classes)),
        }
    }
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut ranked = ranked.into_iter();
    let (text, confidence, classes) = ranked.next()?;
    if text.is_empty() {
        return None;
    }
    let chars = placed(&best_path(&shares), &classes, confidence, scale);
    let others = ranked.map(|(text, share, _)| (text, share.min(1.0))).filter(|(text, _)| !text.is_empty());
    Some(NumberReading { text, confidence: confidence.min(1.0), chars, others: others.take(OTHERS).collect() })
}

/// One reading of several looks at the same crop: each text by its mean share over all looks. The first look is there.
pub(super) fn agreed(looks: Vec<Option<NumberReading>>) -> NumberReading {
    let count = looks.len().max(1) as f32;
    let mut sums: Vec<(String, f32)> = Vec::new();
    for reading in looks.iter().flatten() {
        let own = std::iter::once((&reading.text, reading.confidence));
        for (text, share) in own.chain(reading.others.iter().map(|(text, share)| (text, *share))) {
            match sums.iter_mut().find(|(known, _)| known == text) {
                Some((_, sum)) => *sum += share / count,
                None => sums.push((text.clone(), share / count)),
            }
        }
    }
    sums.sort_by(|a, b| b.1.total_cmp(&a.1));
    let best = sums.first().map(|(text, _)| text.clone()).unwrap_or_default();
    // The signs stand where a look that read this text has them, best one that has not guessed their places.
    let of_best = || looks.iter().flatten().filter(|reading| reading.text == best);
    let known = |reading: &&NumberReading| reading.chars.iter().all(|sign| sign.digits.is_some());
    let chars = of_best().find(known).or_else(|| of_best().next()).or_else(|| looks.iter().flatten().next());
    let mut chars = chars.map(|reading| reading.chars.clone()).unwrap_or_default();
    weighed(&mut chars, &looks);
    let confidence = sums.first().map_or(0.0, |(_, share)| share.min(1.0));
    NumberReading { text: best, confidence, chars, others: sums.into_iter().skip(1).take(OTHERS).collect() }
}

/// Gives each sign of a known place the digits' mean shares over the looks that have as many signs, whatever each took them for.
fn weighed(chars: &mut [ReadSign], looks: &[Option<NumberReading>]) {
    let like: Vec<&[ReadSign]> =
        looks.iter().flatten().map(|look| look.chars.as_slice()).filter(|signs| signs.len() == chars.len()).collect();
    for (at, sign) in chars.iter_mut().enumerate().filter(|(_, sign)| sign.digits.is_some()) {
        let seen: Vec<[f32; 10]> = like.iter().filter_map(|signs| signs[at].digits).collect();
        if !seen.is_empty() {
            let mean = |digit: usize| seen.iter().map(|shares| shares[digit]).sum::<f32>() / seen.len() as f32;
            sign.digits = Some(std::array::from_fn(mean));
        }
    }
}

/// The signs of the text where the best path has them. Where beam and best path disagree on the text, the signs of
/// the text are spread evenly, none of them surer than the text.
fn placed(path: &[Run], classes: &[u8], confidence: f32, scale: f32) -> Vec<ReadSign> {
    let place = |column: usize| ((column * STRIDE) as f32 - PAD as f32).max(0.0) * scale;
    let agrees = path.iter().map(|run| run.class as u8).eq(classes.iter().copied());
    let end = path.last().map_or(0, |run| run.past);
    let mut out = Vec::new();
    let mut word = 0;
    for (at, class) in classes.iter().enumerate() {
        let sign = sign(*class);
        let (span, share, digits) = match path.get(at) {
            Some(run) if agrees => ((place(run.first), place(run.past)), run.share, Some(run.digits)),
            _ => {
                let column = |at: usize| place(at * end / classes.len().max(1));
                ((column(at), column(at + 1)), confidence, None)
            }
        };
        if is_month(sign) && out.last().is_some_and(|last: &ReadSign| last.word == word) {
            word += 1;
        }
        if sign != ' ' {
            out.push(ReadSign { sign, confidence: share, span, word, digits });
        }
        if (sign == ' ' || is_month(sign)) && out.last().is_some_and(|last| last.word == word) {
            word += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores in which each column's class is all but certain; classes by their signs, `_` for silence.
    fn columns(text: &str) -> Scores {
        let class = |c: u8| SIGNS.iter().position(|sign| *sign == c).map_or(0, |at| at + 1);
        let rows = text.bytes().flat_map(|c| (0..CLASSES).map(move |at| if at == class(c) { 12.0 } else { 0.0 }));
        Scores(rows.collect())
    }

    fn text(path: &str) -> String {
        decode(&columns(path), 1.0).expect("read").text
    }

    #[test]
    fn runs_are_one_sign_and_silence_parts_like_ones() {
        assert_eq!(text("__11_1140_22__//_05/_17 "), "11402/05/17");
        assert_eq!(text("12 _34 _"), "12 34");
    }

    #[test]
    fn a_persian_date_is_said_from_the_right_and_loose_signs_are_dropped() {
        assert_eq!(text("1402 _E__17 "), "17 E 1402");
        assert_eq!(text("/12.5. "), "12.5");
        assert!(decode(&columns("____//_"), 1.0).is_none());
    }

    #[test]
    fn looks_are_weighed_against_each_other() {
        let reading = |text: &str, confidence, other: &str, share| {
            Some(NumberReading {
                text: text.to_owned(),
                confidence,
                chars: Vec::new(),
                others: vec![(other.to_owned(), share)],
            })
        };
        let looks = vec![reading("17", 0.6, "19", 0.4), reading("19", 0.9, "17", 0.1), None];
        let one = agreed(looks);
        assert_eq!((one.text.as_str(), one.others[0].0.as_str()), ("19", "17"));
        assert!((one.confidence - 1.3 / 3.0).abs() < 1e-6, "{}", one.confidence);
    }

    #[test]
    fn signs_stand_where_a_look_saw_them_and_not_where_one_guessed() {
        let look = |confidence, digits: Option<[f32; 10]>, at: f32| {
            let sign = ReadSign { sign: '7', confidence, span: (at, at + 2.0), word: 0, digits };
            Some(NumberReading { text: "7".to_owned(), confidence, chars: vec![sign], others: vec![] })
        };
        let shares = |seven: f32| Some(std::array::from_fn(|digit| if digit == 7 { seven } else { 0.0 }));
        let stand = |looks| agreed(looks).chars.remove(0);
        let seen = stand(vec![look(0.5, None, 40.0), look(0.5, shares(0.8), 10.0), look(0.5, shares(0.6), 11.0)]);
        assert_eq!(seen.span, (10.0, 12.0));
        assert!((seen.digits.expect("seen")[7] - 0.7).abs() < 1e-6);
        let other = look(0.2, shares(0.9), 10.0).map(|one| NumberReading { text: "1".to_owned(), ..one });
        assert_eq!(stand(vec![look(0.9, None, 40.0), other]).digits, None);
    }

    #[test]
    fn doubt_lowers_confidence_and_names_the_other_text() {
        let mut scores = columns("_1_2_ ");
        scores.0[3 * CLASSES + 4] = 11.0; // a 3 nearly as likely as the 2
        let reading = decode(&scores, 1.0).expect("read");
        assert_eq!(reading.text, "12");
        assert!((0.6..0.8).contains(&reading.confidence), "{}", reading.confidence);
        assert_eq!(reading.others[0].0, "13");
        assert!(reading.others[0].1 < 0.35);
        assert_eq!(reading.chars.len(), 2);
        assert!(reading.chars[0].span.1 <= reading.chars[1].span.0 + 1.0);
    }
}
