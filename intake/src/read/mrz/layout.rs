//! Where the fields of each format stand, and what its check digits cover.

use super::check_digit;

/// Part of a line: line, first place, place after the last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) line: usize,
    from: usize,
    to: usize,
}

const fn at(line: usize, from: usize, to: usize) -> Field {
    Field { line, from, to }
}

/// A check digit: its name, what it covers, and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Check {
    pub(super) name: &'static str,
    pub(super) over: &'static [Field],
    pub(super) digit: Field,
    /// A filler stands for it where the field is empty.
    may_be_filler: bool,
}

const fn check(name: &'static str, over: &'static [Field], digit: Field) -> Check {
    Check { name, over, digit, may_be_filler: false }
}

impl Check {
    /// Whether the digit fits what it covers.
    pub(super) fn holds(&self, layout: &Layout, text: &[char]) -> bool {
        let digit = text[layout.range(&self.digit).start];
        let covered = self.over.iter().flat_map(|field| text[layout.range(field)].iter().copied());
        let empty = || self.over.iter().all(|field| text[layout.range(field)].iter().all(|c| *c == '<'));
        digit == check_digit(covered) || (self.may_be_filler && digit == '<' && empty())
    }
}

/// A format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub(super) name: &'static str,
    pub(super) lines: usize,
    pub(super) width: usize,
    pub(super) visa: bool,
    pub(super) country: Field,
    pub(super) names: Field,
    number: Field,
    pub(super) nationality: Field,
    pub(super) birth: Field,
    pub(super) sex: Field,
    pub(super) expiry: Field,
    /// The number's check digit first.
    pub(super) checks: &'static [Check],
    /// Fields of figures only.
    pub(super) figures: &'static [Field],
    /// Fields of letters only.
    pub(super) letters: &'static [Field],
}

impl Layout {
    /// Places of a field in the joined lines.
    pub(super) const fn range(&self, field: &Field) -> std::ops::Range<usize> {
        let start = field.line * self.width;
        start + field.from..start + field.to
    }

    /// Names of the check digits that do not hold.
    pub(super) fn failed(&self, text: &[char]) -> Vec<&'static str> {
        if self.long_number(text).is_some() {
            let rest = self.checks.iter().skip(1).filter(|check| !check.holds(self, text));
            return rest.map(|check| check.name).collect();
        }
        self.checks.iter().filter(|check| !check.holds(self, text)).map(|check| check.name).collect()
    }

    /// Place of the number's first letter in the joined lines.
    pub(super) const fn number_start(&self) -> usize {
        self.range(&self.number).start
    }

    /// Number of the paper, fillers stripped.
    pub(super) fn number(&self, text: &[char]) -> String {
        let short = || text[self.range(&self.number)].iter().collect::<String>().trim_matches('<').to_owned();
        self.long_number(text).unwrap_or_else(short)
    }

    /// A card's number of more than nine letters runs on into the optional field, its check digit at its end.
    fn long_number(&self, text: &[char]) -> Option<String> {
        let digit = self.range(&self.checks[0].digit).start;
        if self.name != "TD1" || text[digit] != '<' {
            return None;
        }
        let more: String = text[digit + 1..self.width].iter().take_while(|c| **c != '<').collect();
        let (rest, check) = more.split_at_checked(more.len().checked_sub(1)?)?;
        let whole: String = text[self.range(&self.number)].iter().copied().chain(rest.chars()).collect();
        let covered = text[self.range(&self.number)].iter().copied().chain(['<']).chain(rest.chars());
        let holds = check.starts_with(check_digit(covered)) || check.starts_with(check_digit(whole.chars()));
        (holds && !rest.is_empty()).then_some(whole)
    }
}

/// The formats.
pub(super) const ALL: [Layout; 5] = [
    Layout {
        name: "TD3",
        lines: 2,
        width: 44,
        visa: false,
        country: at(0, 2, 5),
        names: at(0, 5, 44),
        number: at(1, 0, 9),
        nationality: at(1, 10, 13),
        birth: at(1, 13, 19),
        sex: at(1, 20, 21),
        expiry: at(1, 21, 27),
        checks: &[
            check("number", &[at(1, 0, 9)], at(1, 9, 10)),
            check("birth", &[at(1, 13, 19)], at(1, 19, 20)),
            check("expiry", &[at(1, 21, 27)], at(1, 27, 28)),
            Check { name: "optional", over: &[at(1, 28, 42)], digit: at(1, 42, 43), may_be_filler: true },
            check("composite", &[at(1, 0, 10), at(1, 13, 20), at(1, 21, 43)], at(1, 43, 44)),
        ],
        figures: &[at(1, 9, 10), at(1, 13, 20), at(1, 21, 28), at(1, 43, 44)],
        letters: &[at(0, 0, 44), at(1, 10, 13), at(1, 20, 21)],
    },
    Layout {
        name: "TD2",
        lines: 2,
        width: 36,
        visa: false,
        country: at(0, 2, 5),
        names: at(0, 5, 36),
        number: at(1, 0, 9),
        nationality: at(1, 10, 13),
        birth: at(1, 13, 19),
        sex: at(1, 20, 21),
        expiry: at(1, 21, 27),
        checks: &[
            check("number", &[at(1, 0, 9)], at(1, 9, 10)),
            check("birth", &[at(1, 13, 19)], at(1, 19, 20)),
            check("expiry", &[at(1, 21, 27)], at(1, 27, 28)),
            check("composite", &[at(1, 0, 10), at(1, 13, 20), at(1, 21, 35)], at(1, 35, 36)),
        ],
        figures: &[at(1, 9, 10), at(1, 13, 20), at(1, 21, 28), at(1, 35, 36)],
        letters: &[at(0, 0, 36), at(1, 10, 13), at(1, 20, 21)],
    },
    Layout {
        name: "TD1",
        lines: 3,
        width: 30,
        visa: false,
        country: at(0, 2, 5),
        names: at(2, 0, 30),
        number: at(0, 5, 14),
        nationality: at(1, 15, 18),
        birth: at(1, 0, 6),
        sex: at(1, 7, 8),
        expiry: at(1, 8, 14),
        checks: &[
            check("number", &[at(0, 5, 14)], at(0, 14, 15)),
            check("birth", &[at(1, 0, 6)], at(1, 6, 7)),
            check("expiry", &[at(1, 8, 14)], at(1, 14, 15)),
            check("composite", &[at(0, 5, 30), at(1, 0, 7), at(1, 8, 15), at(1, 18, 29)], at(1, 29, 30)),
        ],
        figures: &[at(1, 0, 7), at(1, 8, 15), at(1, 29, 30)],
        letters: &[at(0, 0, 1), at(0, 2, 5), at(1, 7, 8), at(1, 15, 18), at(2, 0, 30)],
    },
    Layout {
        name: "MRV-A",
        lines: 2,
        width: 44,
        visa: true,
        country: at(0, 2, 5),
        names: at(0, 5, 44),
        number: at(1, 0, 9),
        nationality: at(1, 10, 13),
        birth: at(1, 13, 19),
        sex: at(1, 20, 21),
        expiry: at(1, 21, 27),
        checks: &[
            check("number", &[at(1, 0, 9)], at(1, 9, 10)),
            check("birth", &[at(1, 13, 19)], at(1, 19, 20)),
            check("expiry", &[at(1, 21, 27)], at(1, 27, 28)),
        ],
        figures: &[at(1, 9, 10), at(1, 13, 20), at(1, 21, 28)],
        letters: &[at(0, 0, 44), at(1, 10, 13), at(1, 20, 21)],
    },
    Layout {
        name: "MRV-B",
        lines: 2,
        width: 36,
        visa: true,
        country: at(0, 2, 5),
        names: at(0, 5, 36),
        number: at(1, 0, 9),
        nationality: at(1, 10, 13),
        birth: at(1, 13, 19),
        sex: at(1, 20, 21),
        expiry: at(1, 21, 27),
        checks: &[
            check("number", &[at(1, 0, 9)], at(1, 9, 10)),
            check("birth", &[at(1, 13, 19)], at(1, 19, 20)),
            check("expiry", &[at(1, 21, 27)], at(1, 27, 28)),
        ],
        figures: &[at(1, 9, 10), at(1, 13, 20), at(1, 21, 28)],
        letters: &[at(0, 0, 36), at(1, 10, 13), at(1, 20, 21)],
    },
];
