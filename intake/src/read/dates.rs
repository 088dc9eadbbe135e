//! Dates among the words of a page: in figures, or with the month by its name. What they mean is told in
//! [`super::roles`].

mod months;
mod numeric;

use sanad_checks::facts::Calendar;
use sanad_checks::page::Region;

pub(crate) use self::months::{jalali, spelt as spelt_month};
pub(crate) use self::numeric::{Day, Manner, NoDate, keeps_noughts, separates};
use self::numeric::{Parsed, day_of, parse};
use super::rows::{Row, gap};
use super::text::{digit, fold, is_mark};

/// A piece of a row: figures with separators, or letters.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// ASCII figures and separators, or the letters as read.
    pub(crate) text: String,
    /// Whether it is figures.
    pub(crate) figures: bool,
    /// Latin letters touch it: part of a code, not a number of its own.
    pub(crate) coded: bool,
    /// A figure was taken from a letter that looks like it.
    pub(crate) guessed: bool,
    /// Where.
    pub(crate) region: Region,
    /// How sure the reader is.
    pub(crate) confidence: f32,
}

/// Whether a word names a month, of whatever calendar.
pub(crate) fn names_month(word: &str) -> bool {
    months::month(word).is_some()
}

/// A date found, before its role is known.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The day, or why the run is none.
    pub(crate) day: Result<Day, NoDate>,
    /// How it was come by.
    pub(crate) manner: Manner,
    /// Another reading of it is likely too.
    pub(crate) ambiguous: bool,
    /// As read.
    pub(crate) text: String,
    /// Where.
    pub(crate) region: Region,
    /// Its row among the rows given.
    pub(crate) row: usize,
    /// How sure the reader is of its words.
    pub(crate) confidence: f32,
}

/// Splits the words of a row into runs of figures and runs of letters, from the right to the left.
pub(crate) fn tokens(row: &Row) -> Vec<Token> {
    let mut tokens = Vec::new();
    for item in &row.items {
        let start = tokens.len();
        split(&item.text, item.region, item.confidence, &mut tokens);
        // Inside a word figures and letters are in reading order; so are the tokens of the row.
        if tokens.len() > start + 1 {
            let latin = |t: &Token| !t.figures && t.text.chars().any(|c| c.is_ascii_alphabetic());
            let coded = tokens[start..].iter().any(latin);
            for token in tokens[start..].iter_mut().filter(|t| t.figures) {
                token.coded = coded;
            }
        }
    }
    tokens
}

fn split(text: &str, region: Region, confidence: f32, out: &mut Vec<Token>) {
    let chars: Vec<char> = text.chars().filter(|c| !is_mark(*c)).collect();
    let (read, guessed) = lookalikes(&chars);
    let class = |c: char| {
        if digit(c).is_some() || separates(c) {
            Some(true)
        } else if c.is_alphabetic() {
            Some(false)
        } else {
            None
        }
    };
    let mut at = 0;
    while at < read.len() {
        let Some(figures) = class(read[at]) else {
            at += 1;
            continue;
        };
        let end = (at..read.len()).find(|&i| class(read[i]) != Some(figures)).unwrap_or(read.len());
        let piece: String = read[at..end].iter().map(|&c| digit(c).map_or(c, |d| char::from(b'0' + d))).collect();
        let dull = figures && !piece.chars().any(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '\\'));
        if !dull {
            let region = share(region, at, end, read.len(), read.iter().any(|c| ('\u{600}'..='\u{6ff}').contains(c)));
            out.push(Token { text: piece, figures, coded: false, guessed: guessed && figures, region, confidence });
        }
        at = end;
    }
}

/// The part of a word's region that letters `from..to` of `count` take.
fn share(region: Region, from: usize, to: usize, count: usize, from_right: bool) -> Region {
    if to - from == count {
        return region;
    }
    let (from, to) = if from_right { (count - to, count - from) } else { (from, to) };
    let at = |n: usize| region.width * n as u32 / count.max(1) as u32;
    Region::new(region.x + at(from), region.y, (at(to) - at(from)).max(1), region.height)
}

/// Letters that stand for figures where nearly all the rest are figures: `l` in `1402/0l/17`.
fn lookalikes(chars: &[char]) -> (Vec<char>, bool) {
    const MOST: usize = 2;
    const FEWEST_FIGURES: usize = 5;
    let as_figure = |c: char| match c {
        'ا' | 'l' | 'I' | '|' | '!' => Some('1'),
        'O' | 'o' => Some('0'),
        'V' => Some('7'),
        'Λ' => Some('8'),
        _ => None,
    };
    let figures = chars.iter().filter(|c| digit(**c).is_some()).count();
    let other = chars.iter().filter(|c| digit(**c).is_none() && !separates(**c));
    let strange: Vec<&char> = other.collect();
    let all_alike = strange.iter().all(|c| as_figure(**c).is_some());
    if strange.is_empty() || strange.len() > MOST || figures < FEWEST_FIGURES || !all_alike {
        return (chars.to_vec(), false);
    }
    (chars.iter().map(|&c| if digit(c).is_none() { as_figure(c).unwrap_or(c) } else { c }).collect(), true)
}

/// A run of figures put together from tokens that touch.
#[derive(Clone, Debug)]
struct Run {
    text: String,
    region: Region,
    confidence: f32,
    coded: bool,
    guessed: bool,
}

/// All dates of all rows, and the runs that were meant to be dates.
pub(crate) fn find(rows: &[Row]) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let tokens = tokens(row);
        let lunar = lunar_cue(&tokens);
        let named = named(&tokens, row.height, at, lunar);
        let taken = |region: Region| named.iter().any(|f: &Found| f.region.near(region, 0));
        for run in runs(&tokens, row.height) {
            if run.coded || taken(run.region) {
                continue;
            }
            if let Some(date) = of_run(&run, at, lunar) {
                found.push(date);
            }
        }
        found.extend(named);
    }
    found
}

/// Whether the row says that a year is lunar: «ه‍.ق», «قمری».
fn lunar_cue(tokens: &[Token]) -> bool {
    let words = || tokens.iter().filter(|t| !t.figures);
    words().any(|t| ["قمری", "هق", "ق"].contains(&fold(&t.text).as_str()))
}

fn of_run(run: &Run, row: usize, lunar: bool) -> Option<Found> {
    let parsed = parse(&run.text, lunar);
    let (day, manner, ambiguous) = match parsed {
        Ok(Parsed { day, manner, ambiguous }) => {
            let manner = if run.guessed { manner.max(Manner::Mended) } else { manner };
            (Ok(day), manner, ambiguous)
        }
        Err(NoDate::NoDay) => (Err(NoDate::NoDay), Manner::Mended, false),
        Err(NoDate::Shape) => return None,
    };
    let (text, region, confidence) = (run.text.clone(), run.region, run.confidence);
    Some(Found { day, manner, ambiguous, text, region, row, confidence })
}

/// Joins figures that stand close together, from the left to the right as figures run.
fn runs(tokens: &[Token], height: u32) -> Vec<Run> {
    /// White between the parts of one number, in letter heights.
    const CLOSE: f32 = 0.7;
    let mut figures: Vec<&Token> = tokens.iter().filter(|t| t.figures).collect();
    figures.sort_by_key(|t| t.region.x);
    let mut runs: Vec<Run> = Vec::new();
    for token in figures {
        let open = |c: Option<char>| c.is_some_and(|c| separates(c) && !matches!(c, '.' | '،' | ','));
        let joins = |run: &Run| {
            let near = (gap(run.region, token.region) as f32) < CLOSE * height as f32;
            let split = open(run.text.chars().last()) || open(token.text.chars().next());
            near && split && !(whole(&run.text) && token.text.len() > 1) && !whole(&token.text)
        };
        match runs.last_mut().filter(|run| joins(run)) {
            Some(run) => {
                run.text.push_str(&token.text);
                run.region = run.region.union(token.region);
                run.confidence = run.confidence.min(token.confidence);
                run.coded |= token.coded;
                run.guessed |= token.guessed;
            }
            None => runs.push(Run {
                text: token.text.clone(),
                region: token.region,
                confidence: token.confidence,
                coded: token.coded,
                guessed: token.guessed,
            }),
        }
    }
    mark_torn(&mut runs, tokens, height);
    runs
}

/// A run that ends in a slash with another number beside it is part of a longer one, a policy's for example.
fn mark_torn(runs: &mut [Run], tokens: &[Token], height: u32) {
    for run in runs.iter_mut().filter(|run| run.text.starts_with('/') || run.text.ends_with('/')) {
        let beside = |t: &&Token| t.figures && !t.region.near(run.region, 0) && gap(t.region, run.region) < 2 * height;
        run.coded |= tokens.iter().any(|t| beside(&t));
    }
}

/// Whether a run is a date by itself, so that nothing is to be added.
fn whole(run: &str) -> bool {
    matches!(parse(run, false), Ok(Parsed { manner: Manner::Plain, .. }))
}

/// Dates with the month by its name: day and year stand on either side of it, or after it.
fn named(tokens: &[Token], height: u32, row: usize, lunar: bool) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.figures {
            continue;
        }
        let Some((calendar, month, width)) = month_at(tokens, at) else { continue };
        let after = at + width;
        let near = |i: usize| tokens.get(i).filter(|t| gap(t.region, token.region) < 3 * height);
        let right = at.checked_sub(1).and_then(near);
        let before = ordinal_before(tokens, at);
        let (left, second) = (near(after).filter(|t| t.figures), near(after + 1).filter(|t| t.figures));
        let number = |t: Option<&Token>| t.and_then(|t| figure(&t.text));
        let tries = [
            before.map(|(d, r)| (d, number(left), vec![Some(r), left.map(|t| t.region)])),
            number(right).map(|d| (d, number(left), vec![right.map(|t| t.region), left.map(|t| t.region)])),
            number(left).map(|d| (d, number(second), vec![left.map(|t| t.region), second.map(|t| t.region)])),
        ];
        let dated = tries.into_iter().flatten().find_map(|(one, other, regions)| {
            let day = named_day(calendar, month, one, other?, lunar)?;
            Some((day, regions))
        });
        let Some((day, regions)) = dated else { continue };
        let own = tokens[at..after].iter().map(|t| t.region);
        let region = own.chain(regions.into_iter().flatten()).reduce(Region::union).unwrap_or(token.region);
        let inside = |t: &&Token| t.region.near(region, 0);
        let parts: Vec<&Token> = tokens.iter().filter(inside).collect();
        let text = parts.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" ");
        let confidence = parts.iter().map(|t| t.confidence).fold(1.0, f32::min);
        let guessed = parts.iter().any(|t| t.guessed);
        let manner = if guessed { Manner::Mended } else { Manner::Plain };
        found.push(Found { day: Ok(day), manner, ambiguous: false, text, region, row, confidence });
    }
    found
}

/// The month that begins at a token: one word, or two for the lunar ones.
fn month_at(tokens: &[Token], at: usize) -> Option<(Calendar, u8, usize)> {
    let word = &tokens[at].text;
    let next = tokens.get(at + 1).filter(|t| !t.figures);
    if let Some((calendar, month)) = next.and_then(|next| months::month(&format!("{word}{}", next.text))) {
        return Some((calendar, month, 2));
    }
    months::month(word).map(|(calendar, month)| (calendar, month, 1))
}

/// A day in words before the month: «هفدهم», «بیست و پنجم».
fn ordinal_before(tokens: &[Token], at: usize) -> Option<((i32, usize), Region)> {
    let word = |back: usize| at.checked_sub(back).and_then(|i| tokens.get(i)).filter(|t| !t.figures);
    let last = word(1)?;
    if let (Some(and), Some(tens)) = (word(2), word(3)) {
        let joined = format!("{}{}{}", tens.text, and.text, last.text);
        if let Some(day) = months::ordinal(&joined) {
            return Some(((i32::from(day), 2), last.region.union(tens.region)));
        }
    }
    months::ordinal(&last.text).map(|day| ((i32::from(day), 2), last.region))
}

/// A whole number of one to four figures, with how many.
fn figure(text: &str) -> Option<(i32, usize)> {
    let bare = text.trim_matches(separates);
    let short = (1..=4).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit());
    short.then(|| bare.parse().ok()).flatten().map(|value| (value, bare.len()))
}

/// The day that a named month and two numbers make; the longer one is the year.
fn named_day(calendar: Calendar, month: u8, one: (i32, usize), other: (i32, usize), lunar: bool) -> Option<Day> {
    let (year, day) = if one.1 >= 3 { (one, other) } else { (other, one) };
    if day.1 > 2 {
        return None;
    }
    let years = match (year.1, calendar) {
        (4, _) => vec![year.0],
        (1 | 2, Calendar::Jalali) => vec![1400 + year.0, 1300 + year.0],
        (1 | 2, Calendar::Gregorian) => vec![2000 + year.0, 1900 + year.0],
        _ => vec![],
    };
    let likely = |y: &i32| year.1 == 4 || (1370..=1410).contains(y) || (1991..=2031).contains(y);
    let found = years
        .into_iter()
        .filter(likely)
        .find_map(|y| day_of(y, month, u8::try_from(day.0).ok()?, lunar || calendar == Calendar::Lunar))?;
    // A Persian month with a Gregorian year is somebody's slip, or the reader's.
    (found.calendar == calendar).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::super::rows::rows;
    use super::super::rows::tests::{line, word};
    use super::*;

    fn isos(words: &[crate::ocr::Word]) -> Vec<String> {
        find(&rows(words)).into_iter().filter_map(|f| f.day.ok()).map(|day| day.iso).collect()
    }

    #[test]
    fn figures_and_names_are_found_in_a_line() {
        let text = "تاریخ گزارش: ۱۶ بهمن ۱۴۰۱ تاریخ حادثه: ۱۴۰۱/۱۱/۱۵ ساعت ۱۵:۱۶";
        assert_eq!(isos(&line(text, 900, 10)), ["2023-02-04", "2023-02-05"]);
    }

    #[test]
    fn words_for_days_and_other_orders() {
        assert_eq!(isos(&line("مورخ هفدهم مردادماه ۱۴۰۲", 600, 10)), ["2023-08-08"]);
        assert_eq!(isos(&line("بیست و پنجم مرداد ۱۴۰۲", 600, 10)), ["2023-08-16"]);
        assert_eq!(isos(&line("۲۰۲۳ اوت ۸", 600, 10)), ["2023-08-08"]);
        let latin = [word("25", 10, 10), word("SEP", 40, 10), word("1976", 80, 10)];
        assert_eq!(isos(&latin), ["1976-09-25"]);
    }

    #[test]
    fn policy_numbers_phones_and_sums_are_no_dates() {
        for text in [
            "شماره بیمه‌نامه: ۱۳۹۵/۱۱/۲۸/۹۱۴۷/۱۰۰۵۶۹",
            "شماره بیمه‌نامه: ۱۳۹۵/۱۱/۲۸/ ۹۱۴۷/۱۰۰۵۶۹",
            "تلفن ۰۲۱-۸۸۷۷۶۶۵۵",
            "مبلغ ۲٬۴۰۰٬۰۰۰ ریال",
            "فشار خون ۱۲۲/۶۸ دما ۳۸/۵",
            "محل مهر و امضا",
        ] {
            assert!(isos(&line(text, 900, 10)).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_number_torn_apart_is_put_together() {
        let words = [word("۱۴۰۲/۰۵", 100, 10), word("/۱۷", 175, 10)];
        assert_eq!(isos(&words), ["2023-08-08"]);
    }

    #[test]
    fn a_day_that_is_none_is_kept_as_such() {
        let found = find(&rows(&line("تاریخ پذیرش: ۱۴۰۳/۱۳/۴۵", 600, 10)));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].day, Err(NoDate::NoDay));
    }

    #[test]
    fn part_of_a_code_is_no_date() {
        assert!(isos(&[word("P1402/05/17", 10, 10)]).is_empty());
    }
}
