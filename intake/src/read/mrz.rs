//! The machine-readable zone of identity papers: TD1, TD2, TD3 and visas (ICAO Doc 9303, parts 3 to 7).
//!
//! Every field of weight has a check digit, so a reading is either proved or open. Letters are mended only where
//! the field allows one script.

mod layout;

use sanad_checks::facts::MrzFact;
use sanad_checks::jalali::Jalali;

use self::layout::{Field, Layout};

/// Value of a letter under the check digit; fillers count nothing.
const fn value(c: char) -> u32 {
    match c {
        '0'..='9' => c as u32 - '0' as u32,
        'A'..='Z' => c as u32 - 'A' as u32 + 10,
        _ => 0,
    }
}

/// The check digit of some letters, weights 7, 3, 1.
pub(crate) fn check_digit(letters: impl IntoIterator<Item = char>) -> char {
    let sum: u32 = letters.into_iter().zip([7, 3, 1].into_iter().cycle()).map(|(c, weight)| value(c) * weight).sum();
    char::from(b'0' + (sum % 10) as u8)
}

/// A line as the zone's alphabet has it: no spaces, capitals, odd brackets as fillers.
fn cleaned(line: &str) -> Vec<char> {
    let mut out = Vec::new();
    for c in line.chars().flat_map(char::to_uppercase) {
        match c {
            'A'..='Z' | '0'..='9' | '<' => out.push(c),
            '«' | '≪' => out.extend(['<', '<']),
            '‹' | '(' | '{' | '[' | '€' => out.push('<'),
            _ => {}
        }
    }
    out
}

/// Whether a line may belong to a zone.
pub(crate) fn is_like(line: &str) -> bool {
    const SHORTEST: usize = 24;
    let letters = cleaned(line);
    let fillers = letters.iter().filter(|c| **c == '<').count();
    let digits = letters.iter().filter(|c| c.is_ascii_digit()).count();
    letters.len() >= SHORTEST && letters.len() <= 60 && (fillers >= 3 || (digits >= 12 && fillers >= 1))
}

/// Reads the lines of a zone, from the top. `None` where no format fits.
pub(crate) fn parse(lines: &[String]) -> Option<MrzFact> {
    let lines: Vec<Vec<char>> = lines.iter().map(|line| cleaned(line)).filter(|l| l.len() >= 20).collect();
    let tries = layout::ALL.iter().flat_map(|layout| {
        let count = layout.lines;
        lines.windows(count).filter_map(move |window| of_layout(layout, window))
    });
    tries.max_by_key(|fact| (fact.valid, std::cmp::Reverse(fact.failed.len())))
}

/// The zone read by one layout.
fn of_layout(layout: &Layout, lines: &[Vec<char>]) -> Option<MrzFact> {
    const MOST_OFF: usize = 4;
    let names_at = layout.names.line;
    // the fillers that end the line of names may all be lost
    let fits = |(number, line): (usize, &Vec<char>)| {
        let ends = number == names_at && line.len() < layout.width && line.ends_with(&['<']);
        ends || line.len().abs_diff(layout.width) <= MOST_OFF
    };
    if !lines.iter().enumerate().all(fits) {
        return None;
    }
    let first = *lines.first()?.first()?;
    if (layout.visa) != (first == 'V') {
        return None;
    }
    let mut best: Option<Vec<char>> = None;
    for joined in widths(layout, lines, names_at) {
        let mended = initial(layout, mended(layout, joined));
        let failed = layout.failed(&mended).len();
        if best.as_ref().is_none_or(|b| failed < layout.failed(b).len()) {
            best = Some(mended);
        }
        if failed == 0 {
            break;
        }
    }
    let text = best?;
    let failed = layout.failed(&text);
    // A zone with nothing in it that holds is some other print.
    if failed.len() + 1 >= layout.checks.len() && failed.len() > 2 {
        return None;
    }
    Some(fact(layout, &text, &failed))
}

/// The lines joined, each brought to its width: names lose or gain fillers at the end; others lose or gain them
/// inside their runs of fillers, or an outer letter.
fn widths(layout: &Layout, lines: &[Vec<char>], names_at: usize) -> Vec<Vec<char>> {
    let mut joined: Vec<Vec<char>> = vec![Vec::new()];
    for (number, line) in lines.iter().enumerate() {
        let ways = if number == names_at { vec![names(line, layout)] } else { fitted(line, layout.width) };
        joined = joined.iter().flat_map(|head| ways.iter().map(move |way| [head.as_slice(), way].concat())).collect();
    }
    joined
}

/// The line of names at its width. Single letters among fillers at the end are fillers read wrongly.
fn names(line: &[char], layout: &Layout) -> Vec<char> {
    let mut line = line.to_vec();
    let filler_like = |c: char| matches!(c, '<' | 'K' | 'C' | 'L' | 'E' | 'S' | 'G' | 'X');
    if let Some(tail) = (1..line.len()).find(|&i| {
        line[i - 1] == '<' && line[i] == '<' && {
            let rest = &line[i..];
            let fillers = rest.iter().filter(|c| **c == '<').count();
            rest.iter().all(|c| filler_like(*c)) && fillers * 2 > rest.len()
        }
    }) {
        line[tail..].fill('<');
    }
    line.resize(layout.width, '<');
    line
}

/// A line of figures at its width.
fn fitted(line: &[char], width: usize) -> Vec<Vec<char>> {
    if line.len() == width {
        return vec![line.to_vec()];
    }
    let mut ways = Vec::new();
    if line.len() > width {
        let extra = line.len() - width;
        ways.extend((0..=extra).map(|from| line[from..from + width].to_vec()));
        let filler = (0..line.len()).find(|&i| i + extra <= line.len() && line[i..i + extra].iter().all(|c| *c == '<'));
        ways.extend(filler.map(|at| [&line[..at], &line[at + extra..]].concat()));
    } else {
        let missing = width - line.len();
        let starts = (1..line.len()).filter(|&i| line[i] == '<' && line[i - 1] != '<');
        for at in starts.chain([line.len()]) {
            ways.push([&line[..at], &vec!['<'; missing], &line[at..]].concat());
        }
    }
    ways
}

/// Letters that readers take for figures, and the other way.
const CONFUSED: [(char, char); 9] =
    [('O', '0'), ('Q', '0'), ('D', '0'), ('I', '1'), ('L', '1'), ('Z', '2'), ('S', '5'), ('G', '6'), ('B', '8')];

fn as_figure(c: char) -> char {
    CONFUSED.iter().find(|(letter, _)| *letter == c).map_or(c, |(_, figure)| *figure)
}

fn as_letter(c: char) -> char {
    CONFUSED.iter().find(|(letter, figure)| *figure == c && !matches!(letter, 'Q' | 'D' | 'L')).map_or(c, |(l, _)| *l)
}

/// The number with the other of `O` and `0` at its head, where more digits hold so: its own does, whatever another field
/// fails by. Passports whose numbers begin with an O are many, and most faces draw it like a nought; every other letter is
/// left as it was read.
fn initial(layout: &Layout, text: Vec<char>) -> Vec<char> {
    let head = layout.number_start();
    let other = match text[head] {
        '0' => 'O',
        'O' => '0',
        _ => return text,
    };
    let mut tried = text.clone();
    tried[head] = other;
    if layout.failed(&tried).len() < layout.failed(&text).len() { tried } else { text }
}

/// Puts figures where only figures stand, letters where only letters do. But for an O at the head of the number, nothing else is mended: the digit over all
/// covers the number with the same weights as its own digit does, so that a wrong letter in it is soon "mended" into
/// another wrong number that fits both.
fn mended(layout: &Layout, mut text: Vec<char>) -> Vec<char> {
    for field in layout.figures.iter().chain(layout.checks.iter().map(|check| &check.digit)) {
        layout.range(field).for_each(|i| text[i] = as_figure(text[i]));
    }
    for field in layout.letters {
        layout.range(field).for_each(|i| text[i] = as_letter(text[i]));
    }
    text
}

fn fact(layout: &Layout, text: &[char], failed: &[&'static str]) -> MrzFact {
    let part = |field: &Field| -> String {
        let raw: String = text[layout.range(field)].iter().collect();
        raw.trim_matches('<').replace('<', " ")
    };
    let raw_names: String = text[layout.range(&layout.names)].iter().collect();
    let (surname, given) = raw_names.split_once("<<").unwrap_or((&raw_names, ""));
    let plain = |s: &str| s.split('<').filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
    let expiry = day(&part(&layout.expiry), "9999");
    let birth = day(&part(&layout.birth), expiry.get(..4).unwrap_or("9999"));
    MrzFact {
        format: layout.name.to_owned(),
        number: layout.number(text),
        surname: plain(surname),
        given_names: plain(given),
        birth,
        expiry,
        country: part(&layout.country),
        nationality: part(&layout.nationality),
        sex: part(&layout.sex),
        valid: failed.is_empty(),
        failed: failed.iter().map(|name| (*name).to_owned()).collect(),
        ..MrzFact::default()
    }
}

/// `YYMMDD` as a day: the latest century that is not after `not_after`; empty where it is none.
fn day(short: &str, not_after: &str) -> String {
    let part = |from: usize| short.get(from..from + 2).filter(|s| s.bytes().all(|b| b.is_ascii_digit()));
    let (Some(year), Some(month), Some(day)) = (part(0), part(2), part(4)) else { return String::new() };
    let century = if format!("20{year}").as_str() <= not_after { "20" } else { "19" };
    let iso = format!("{century}{year}-{month}-{day}");
    if Jalali::from_iso(&iso).is_some() { iso } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Option<MrzFact> {
        parse(&lines.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>())
    }

    const TD3: [&str; 2] =
        ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];

    #[test]
    fn the_specimen_of_the_standard() {
        assert_eq!(check_digit("L898902C3".chars()), '6');
        assert_eq!((check_digit("740812".chars()), check_digit("120415".chars())), ('2', '9'));
        let fact = read(&TD3).unwrap();
        assert!(fact.valid);
        assert_eq!((fact.format.as_str(), fact.number.as_str(), fact.country.as_str()), ("TD3", "L898902C3", "UTO"));
        assert_eq!((fact.surname.as_str(), fact.given_names.as_str()), ("ERIKSSON", "ANNA MARIA"));
        assert_eq!((fact.birth.as_str(), fact.expiry.as_str()), ("1974-08-12", "2012-04-15"));
    }

    #[test]
    fn cards_and_visas() {
        let card = read(&[
            "I<UTOD231458907<<<<<<<<<<<<<<<",
            "7408122F1204159UTO<<<<<<<<<<<6",
            "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
        ]);
        assert_eq!(card.map(|f| (f.format, f.number, f.valid)), Some(("TD1".into(), "D23145890".into(), true)));
        let td2 = read(&["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"]);
        assert_eq!(td2.map(|f| (f.format, f.valid)), Some(("TD2".into(), true)));
        let visa =
            read(&["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"]);
        assert_eq!(visa.map(|f| (f.format, f.valid)), Some(("MRV-A".into(), true)));
    }

    #[test]
    fn slips_are_mended_and_a_wrong_digit_is_not() {
        let mended =
            read(&["P<UTOERIKSSON<<ANNA<MARIA<<<<<<KK<<<<<<<<<<<", "L898902C36UT07408122F12O4159ZE184226B<<<<10"])
                .unwrap();
        assert!(mended.valid, "{:?}", mended.failed);
        let checks = read(&[TD3[0], "L898902C3GUTO74O8122F12O4159ZE184226B<<<<<IO"]).unwrap();
        assert!(checks.valid, "check digits are figures: {:?}", checks.failed);
        let wrong = read(&[TD3[0], "L898902C36UTO7408132F1204159ZE184226B<<<<<10"]).unwrap();
        assert!(!wrong.valid);
        assert!(wrong.failed.contains(&"birth".to_owned()));
        let line = |number: &str, digit: char| {
            let rest = "UTO7408122F1204159ZE184226B<<<<<";
            let covered = format!("{number}{digit}{}{}{}", &rest[3..10], &rest[11..18], &rest[18..]);
            format!("{number}{digit}{rest}1{}", check_digit(format!("{}1", covered).chars()))
        };
        let afghan = line("O03044985", check_digit("O03044985".chars()));
        let read_as_nought = read(&[TD3[0], &afghan.replacen('O', "0", 1)]).unwrap();
        assert_eq!((read_as_nought.valid, read_as_nought.number.as_str()), (true, "O03044985"));
        let spoilt = afghan.replacen('O', "0", 1).replace("7408122", "7408123");
        let spoilt = read(&[TD3[0], &spoilt]).unwrap();
        assert_eq!(
            (spoilt.number.as_str(), spoilt.failed),
            ("O03044985", vec!["birth".to_owned(), "composite".to_owned()])
        );
        // a two for a zed in the number would make both digits over it hold
        let number = read(&[TD3[0], "L898972C36UTO7408122F1204159ZE184226B<<<<<10"]).unwrap();
        assert!(!number.valid && number.failed.contains(&"number".to_owned()));
    }

    #[test]
    fn names_may_have_lost_the_fillers_at_their_end() {
        let fact = read(&["P<UTOERIKSSON<<ANNA<MARIA<<<<", TD3[1]]).unwrap();
        assert_eq!((fact.valid, fact.given_names.as_str()), (true, "ANNA MARIA"));
        assert!(read(&["P<UTOERIKSSON<<ANNA<MARI", TD3[1]]).is_none(), "cut within a name");
    }

    #[test]
    fn other_print_is_no_zone() {
        assert_eq!(
            read(&["THIS IS SOME TEXT WITH MANY WORDS IN IT", "AND ANOTHER LINE WHICH IS LONG AS WELL YES"]),
            None
        );
        assert!(!is_like("Date of birth 25 SEP 1976"));
        assert!(is_like("L898902C36UTO7408122F1204159ZE184226B<<<<<10"));
    }
}
