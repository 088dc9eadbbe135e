//! What a line says: one number in one of the forms papers print, now and then two.

use crate::chance::{Chance, Draw};
use crate::lines::faces::TypeChoice;
use crate::lines::words;
use crate::script::Digits;

/// A piece of the line, drawn as a text of its own.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// As printed.
    pub(super) text: String,
    /// What the reader must say; empty for words.
    pub(super) says: String,
    /// Gap to the piece before, in ems.
    pub(super) gap: f32,
}

/// The line: pieces in reading order.
#[derive(Clone, Debug)]
pub(super) struct Says {
    pub(super) pieces: Vec<Piece>,
    /// Pieces run from right to left.
    pub(super) leftward: bool,
    pub(super) form: &'static str,
}

struct Pen<'a> {
    rng: &'a mut Chance,
    choice: &'a TypeChoice,
    pieces: Vec<Piece>,
}

impl Pen<'_> {
    /// A number: `plain` in ASCII, its commas printed by one of the signs of that shape.
    fn number(&mut self, plain: &str) {
        let latin = self.choice.digits == Some(Digits::Latin);
        let comma = if latin { ',' } else { *self.rng.pick(&['٬', '٬', '٬', ',', ',', '،', '٫']) };
        let dash = *self.rng.pick(&['-', '-', '-', '–']);
        let text: String = plain
            .chars()
            .map(|c| match c {
                ',' => comma,
                '-' => dash,
                other => other,
            })
            .collect();
        let text = self.choice.show(self.rng, &text);
        // Brackets and the like belong to no number; a full stop or a comma at its end is read as it stands.
        match self.rng.whole(0, 59) {
            0 => self.piece(format!("({text})"), plain.to_owned()),
            1 => {
                let sign = *self.rng.pick(&['*', '+', '%', '#', '«', '_']);
                self.piece(format!("{sign}{text}"), plain.to_owned());
            }
            2 => self.piece(format!("{text}."), format!("{plain}.")),
            _ => self.piece(text, plain.to_owned()),
        }
    }

    fn word(&mut self, text: &str) {
        let says = words::month_letter(text).map(String::from).unwrap_or_default();
        self.piece(text.to_owned(), says);
    }

    fn piece(&mut self, text: String, says: String) {
        let gap = self.rng.real(0.22, 0.4);
        self.pieces.push(Piece { text, says, gap });
    }

    /// Year, month and day: half the time of a time one meets, half any digits, so that nothing is read from habit.
    fn day(&mut self) -> (String, u32, u32) {
        let (month, day) = (self.rng.whole(1, 12), self.rng.whole(1, 31));
        let year = match self.rng.whole(0, 9) {
            0..=3 => self.rng.whole(1330, 1410).to_string(),
            4 => self.rng.whole(1940, 2030).to_string(),
            _ => self.rng.digits(4),
        };
        (year, month, day)
    }

    /// A part of a date: as it is, or with its zero.
    fn part(&mut self, value: u32, padded: bool) -> String {
        // Any two digits, now and then: a reader must not mend what it sees.
        let value = if self.rng.odds(0.25) { self.rng.whole(0, 99) } else { value };
        if padded { format!("{value:02}") } else { value.to_string() }
    }

    fn date(&mut self, sign: char, day_first: bool, short: bool) {
        let (year, month, day) = self.day();
        let padded = self.rng.odds(0.65);
        let (month, day) = (self.part(month, padded), self.part(day, padded));
        let year = if short { year[year.len() - 2..].to_owned() } else { year };
        let parts = if day_first { [day, month, year] } else { [year, month, day] };
        self.number(&parts.join(&sign.to_string()));
        // «۱۴۰۲ / ۰۵ / ۱۷», as filled-in forms have it: the same date.
        if self.rng.odds(0.08)
            && let Some(last) = self.pieces.last_mut()
        {
            last.text = last.text.replace(sign, &format!(" {sign} "));
        }
    }

    fn named(&mut self) {
        let (year, month, day) = self.day();
        let day = if self.rng.odds(0.3) { format!("{day:02}") } else { day.to_string() };
        self.number(&day);
        let name = words::month(month as usize - 1);
        if self.rng.odds(0.15) {
            // «مردادماه»: another word to look at, and the same month.
            let says = words::month_letter(name).map(String::from).unwrap_or_default();
            let joint = *self.rng.pick(&["\u{200c}ماه", " ماه"]);
            self.piece(format!("{name}{joint}"), says);
        } else {
            self.word(name);
        }
        if self.rng.odds(0.85) {
            self.number(&year);
        }
    }

    fn amount(&mut self) {
        let count = self.rng.whole(4, 11) as usize;
        let digits = if self.rng.odds(0.5) {
            let zeros = self.rng.whole(3, 6).min(count as u32 - 1) as usize;
            format!("{}{}", self.rng.digits(count - zeros), "0".repeat(zeros))
        } else {
            self.rng.digits(count)
        };
        let sign = *self.rng.pick(&[",", ",", ",", ".", "/", ""]);
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(sign);
            }
            out.push(digit);
        }
        self.number(&out);
    }

    /// Runs of digits joined by a sign: policy numbers, letters, files.
    fn joined(&mut self, sign: &str) {
        let runs = self.rng.whole(2, 4);
        let parts: Vec<String> = (0..runs)
            .map(|_| {
                let count = self.rng.whole(1, 6) as usize;
                self.run(count)
            })
            .collect();
        self.number(&parts.join(sign));
    }

    /// Any digits, zeros in front too; now and then the same digit again and again.
    fn run(&mut self, count: usize) -> String {
        let dull = self.rng.odds(0.15);
        let first = self.rng.whole(0, 9).to_string();
        (0..count)
            .map(|_| if dull && self.rng.odds(0.6) { first.clone() } else { self.rng.whole(0, 9).to_string() })
            .collect()
    }

    fn iban(&mut self) {
        let digits = self.run(24);
        let latin = self.choice.digits == Some(Digits::Latin);
        if self.rng.odds(0.5) {
            self.number(&digits);
            if latin && let Some(last) = self.pieces.last_mut() {
                last.text = format!("IR{}", last.text);
            }
            return;
        }
        let mut rest = digits.as_str();
        let mut first = 2;
        while !rest.is_empty() {
            let (group, tail) = rest.split_at(first.min(rest.len()));
            self.number(group);
            if latin
                && first == 2
                && let Some(last) = self.pieces.last_mut()
            {
                last.text = format!("IR{}", last.text);
            }
            (rest, first) = (tail, 4);
        }
    }

    fn phone(&mut self) {
        match self.rng.whole(0, 3) {
            0 => {
                let rest = self.run(9);
                self.number(&format!("09{rest}"));
            }
            1 => {
                let (code, rest) = (self.run(2), self.run(8));
                self.number(&format!("0{code}-{rest}"));
            }
            2 => {
                let (a, b, c) = (self.run(4), self.run(3), self.run(4));
                self.number(&a);
                self.number(&b);
                self.number(&c);
            }
            _ => {
                let rest = self.run(8);
                self.number(&rest);
            }
        }
    }

    fn time(&mut self) {
        let (hour, minute) = (self.rng.whole(0, 23), self.rng.whole(0, 59));
        let seconds = if self.rng.odds(0.2) { format!(":{:02}", self.rng.whole(0, 59)) } else { String::new() };
        let hour = if self.rng.odds(0.6) { format!("{hour:02}") } else { hour.to_string() };
        self.number(&format!("{hour}:{minute:02}{seconds}"));
    }
}

type Write = fn(&mut Pen<'_>);

/// Forms with their weights.
const FORMS: [(&str, u32, Write); 18] = [
    ("date-slash", 17, |pen| pen.date('/', false, false)),
    ("date-dash", 5, |pen| pen.date('-', false, false)),
    ("date-dot", 4, |pen| pen.date('.', false, false)),
    ("date-day-first", 6, |pen| {
        let sign = *pen.rng.pick(&['/', '/', '-', '.']);
        pen.date(sign, true, false);
    }),
    ("date-short", 7, |pen| {
        let (sign, first) = (*pen.rng.pick(&['/', '/', '/', '-', '.']), pen.rng.odds(0.2));
        pen.date(sign, first, true);
    }),
    ("date-compact", 3, |pen| {
        let digits = pen.run(8);
        pen.number(&digits);
    }),
    ("date-named", 12, |pen| pen.named()),
    ("date-time", 4, |pen| {
        pen.date('/', false, false);
        if pen.rng.odds(0.4) {
            pen.word("ساعت");
        }
        pen.time();
    }),
    ("date-span", 3, |pen| {
        pen.date('/', false, false);
        let until = *pen.rng.pick(&["تا", "لغایت", "الی"]);
        pen.word(until);
        pen.date('/', false, false);
    }),
    ("amount", 11, |pen| pen.amount()),
    ("number-slash", 5, |pen| pen.joined("/")),
    ("number-dash", 3, |pen| pen.joined("-")),
    ("number-dot", 2, |pen| pen.joined(".")),
    ("iban", 4, |pen| pen.iban()),
    ("phone", 4, |pen| pen.phone()),
    ("time", 3, |pen| pen.time()),
    ("digits", 11, |pen| {
        let count = pen.rng.whole(1, 14) as usize;
        let digits = pen.run(count);
        pen.number(&digits);
    }),
    ("words", 2, |pen| {
        let text = words::running(pen.rng, 1);
        pen.word(&text);
    }),
];

/// Draws a form and writes it.
pub(super) fn says(rng: &mut Chance, choice: &TypeChoice) -> Says {
    let total: u32 = FORMS.iter().map(|(_, weight, _)| weight).sum();
    let mut at = rng.whole(1, total);
    let mut form = &FORMS[0];
    for candidate in &FORMS {
        form = candidate;
        if at <= candidate.1 {
            break;
        }
        at -= candidate.1;
    }
    let mut pen = Pen { rng, choice, pieces: Vec::new() };
    (form.2)(&mut pen);
    let pieces = pen.pieces;
    let latin = choice.digits == Some(Digits::Latin);
    let leftward = match form.0 {
        "iban" | "phone" => false,
        _ => !latin || form.0 == "date-named" || rng.odds(0.6),
    };
    Says { pieces, leftward, form: form.0 }
}
