//! Full stops that are drawn like noughts. In some bookish faces the stop between the parts of a date and the Persian
//! nought are the same dot, so that «1403.09.22» is read as 1403009022 or half so. Ten signs that are a day once their
//! fifth and eighth (or third and sixth) are taken for stops are that day, where the reader saw a stop in one of the two
//! places at least.

use super::number::NumberReading;

/// Signs of a day with its year in full and its other parts of two figures.
const SIGNS: usize = 10;
/// Where the stops stand: with the year first, and with the day first.
const PLACES: [[usize; 2]; 2] = [[4, 7], [2, 5]];
/// Another text of less share is no sign that a stop was seen.
const LEAST: f32 = 0.01;
/// No such day is surer than this: it is told, and never trusted by itself.
const SUREST: f32 = 0.9;

/// The reading with its stops, where they were taken for noughts; every text that is the same day counts for it.
pub(super) fn restored(mut reading: NumberReading) -> NumberReading {
    let Some((text, places)) = PLACES.iter().find_map(|places| Some((day(&reading.text, places)?, places))) else {
        return reading;
    };
    if !seen(&reading, places) {
        return reading;
    }
    let (same, others): (Vec<_>, Vec<_>) =
        reading.others.drain(..).partition(|(other, _)| day(other, places).as_ref() == Some(&text));
    reading.others = others;
    if text == reading.text && same.is_empty() {
        return reading;
    }
    if reading.chars.len() == SIGNS {
        for place in places {
            (reading.chars[*place].sign, reading.chars[*place].digits) = ('.', None);
        }
    }
    let all = reading.confidence + same.iter().map(|(_, share)| share).sum::<f32>();
    let most = if text == reading.text { reading.confidence.max(SUREST) } else { SUREST };
    (reading.text, reading.confidence) = (text, all.min(most));
    reading
}

/// Whether the reading, or another that it holds possible, has a stop in one of these places.
fn seen(reading: &NumberReading, places: &[usize; 2]) -> bool {
    let stop = |text: &str| text.len() == SIGNS && places.iter().any(|at| text.as_bytes().get(*at) == Some(&b'.'));
    let others = reading.others.iter().filter(|(_, share)| *share >= LEAST);
    std::iter::once(&reading.text).chain(others.map(|(text, _)| text)).any(|text| stop(text))
}

/// Ten signs as a day with stops in these places; none where they are no day of a paper.
fn day(text: &str, places: &[usize; 2]) -> Option<String> {
    let signs = text.as_bytes();
    let fits =
        |(at, sign): (usize, &u8)| if places.contains(&at) { b".0".contains(sign) } else { sign.is_ascii_digit() };
    if signs.len() != SIGNS || !signs.iter().enumerate().all(fits) {
        return None;
    }
    let dotted: String =
        text.chars().enumerate().map(|(at, sign)| if places.contains(&at) { '.' } else { sign }).collect();
    let mut parts: Vec<u32> = dotted.split('.').filter_map(|part| part.parse().ok()).collect();
    if places[0] == 2 {
        parts.reverse();
    }
    let [year, month, day] = parts[..] else { return None };
    let jalali = (1280..1430).contains(&year);
    let gregorian = (1900..2060).contains(&year);
    ((jalali || gregorian) && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some(dotted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str, others: &[(&str, f32)]) -> NumberReading {
        let others = others.iter().map(|(text, share)| ((*text).to_owned(), *share)).collect();
        NumberReading { text: text.to_owned(), confidence: 0.97, chars: Vec::new(), others }
    }

    #[test]
    fn stops_read_as_noughts_are_stops_where_one_was_seen() {
        let split = restored(NumberReading {
            confidence: 0.5,
            ..reading("1401.11.20", &[("1401011.20", 0.2), ("1401.11020", 0.15)])
        });
        assert!((split.confidence - 0.85).abs() < 1e-6 && split.others.is_empty());
        for (text, others, wanted) in [
            ("1403.09022", &[][..], "1403.09.22"),
            ("2200901403", &[("22.0901403", 0.1)], "22.09.1403"),
            ("1403009022", &[("1403.09022", 0.2)], "1403.09.22"),
        ] {
            let read = restored(reading(text, others));
            assert_eq!((read.text.as_str(), read.confidence), (wanted, SUREST));
        }
    }

    #[test]
    fn other_numbers_stay_what_they_are() {
        for (text, others) in [
            ("1403009022", &[("1403009023", 0.2)][..]),
            ("1403.19022", &[]),
            ("7403.09022", &[]),
            ("1403.0902", &[]),
            ("1403.09.22", &[]),
        ] {
            let read = restored(reading(text, others));
            assert_eq!((read.text.as_str(), read.confidence), (text, 0.97));
        }
    }
}
