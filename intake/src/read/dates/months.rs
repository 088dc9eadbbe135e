//! Names of months, as Iran, Afghanistan and passports write them.

use std::sync::LazyLock;

use sanad_checks::facts::Calendar;

use crate::read::text::{fold, reads_as};

/// One name in each place of the year; several spellings of a month are parted by spaces.
const YEARS: [(Calendar, [&str; 12]); 6] = [
    (
        Calendar::Jalali,
        ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"],
    ),
    // Afghan names of the same months
    (Calendar::Jalali, ["حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"]),
    // Pashto
    (
        Calendar::Jalali,
        [
            "وری",
            "غویی",
            "غبرګولی غبرگولی",
            "چنګاښ چنگاښ چنگاش",
            "زمری",
            "وږی",
            "تله",
            "لړم",
            "لیندۍ لیندی",
            "مرغومی",
            "سلواغه",
            "کب",
        ],
    ),
    (
        Calendar::Gregorian,
        [
            "ژانویه جنوری january jan",
            "فوریه فبروری february feb",
            "مارس مارچ march mar",
            "آوریل اپریل april apr",
            "مه می may",
            "ژوئن جون june jun",
            "ژوئیه ژوییه جولای july jul",
            "اوت آگوست اگست august aug",
            "سپتامبر سپتمبر september sept sep",
            "اکتبر اکتوبر october oct",
            "نوامبر نومبر november nov",
            "دسامبر دسمبر december dec",
        ],
    ),
    (
        Calendar::Lunar,
        [
            "محرم",
            "صفر",
            "ربیعالاول",
            "ربیعالثانی ربیعالاخر",
            "جمادیالاول جمادیالاولی",
            "جمادیالثانی جمادیالاخر",
            "رجب",
            "شعبان",
            "رمضان",
            "شوال",
            "ذیقعده ذیالقعده",
            "ذیحجه ذیالحجه",
        ],
    ),
    // Transliterated, as some Afghan papers print them
    (
        Calendar::Jalali,
        ["hamal", "sawr", "jawza", "saratan", "asad", "sonbola", "mizan", "aqrab", "qaws", "jadi", "dalw", "hut"],
    ),
];

/// The plain name of a Jalali month, counted from 0.
pub(crate) fn jalali(place: usize) -> Option<&'static str> {
    YEARS[0].1.get(place)?.split(' ').next()
}

/// A spelling as words are compared, and what it names.
struct Name {
    folded: String,
    calendar: Calendar,
    place: u8,
}

/// Every spelling of every month, folded once.
static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let of = |calendar: Calendar, place: usize, spellings: &str| {
        let name = |spelling| Name { folded: fold(spelling), calendar, place: place as u8 + 1 };
        spellings.split(' ').map(name).collect::<Vec<Name>>()
    };
    let year = |(calendar, names): (Calendar, [&'static str; 12])| {
        names.into_iter().enumerate().flat_map(move |(place, spellings)| of(calendar, place, spellings))
    };
    YEARS.into_iter().flat_map(year).collect()
});

/// The plain name of the Jalali month that a word spells: letter for letter, or a long name with another letter of the
/// same dots in one place, as فرداد is خرداد and not مرداد.
pub(crate) fn spelt(word: &str) -> Option<&'static str> {
    const LONG: usize = 5;
    let folded: Vec<char> = fold(word).chars().collect();
    let same_dots = |name: &&Name| {
        let letters: Vec<char> = name.folded.chars().collect();
        let mut other = letters.iter().zip(&folded).filter(|(a, b)| a != b);
        let one = other.next().is_some_and(|(a, b)| dots(*a) == dots(*b)) && other.next().is_none();
        one && letters.len() == folded.len() && letters.len() >= LONG
    };
    let exact = NAMES.iter().find(|name| name.folded.chars().eq(folded.iter().copied()));
    let named = exact.or_else(|| NAMES.iter().find(same_dots))?;
    (named.calendar == Calendar::Jalali).then(|| jalali(usize::from(named.place) - 1)).flatten()
}

/// Dots of a letter, below it as negative.
const fn dots(c: char) -> i8 {
    match c {
        'خ' | 'ذ' | 'ز' | 'ض' | 'ظ' | 'غ' | 'ف' | 'ن' => 1,
        'ت' | 'ق' => 2,
        'ث' | 'ش' | 'ژ' => 3,
        'ب' | 'ج' => -1,
        'ی' => -2,
        'پ' | 'چ' => -3,
        _ => 0,
    }
}

/// The month a word names, 1–12, and its calendar. Slips of the reader are forgiven in long names only.
pub(crate) fn month(word: &str) -> Option<(Calendar, u8)> {
    let folded = fold(word);
    let bare = folded.strip_suffix("ماه").filter(|rest| rest.chars().count() >= 2).unwrap_or(&folded);
    if bare.chars().count() < 2 {
        return None;
    }
    let exact = NAMES.iter().find(|name| name.folded == bare);
    let near = || NAMES.iter().find(|name| reads_as(bare, &name.folded));
    exact.or_else(near).map(|name| (name.calendar, name.place))
}

/// Days written out, `هفدهم`.
const ORDINALS: [&str; 31] = [
    "اول یکم",
    "دوم",
    "سوم",
    "چهارم",
    "پنجم",
    "ششم",
    "هفتم",
    "هشتم",
    "نهم",
    "دهم",
    "یازدهم",
    "دوازدهم",
    "سیزدهم",
    "چهاردهم",
    "پانزدهم",
    "شانزدهم",
    "هفدهم",
    "هجدهم",
    "نوزدهم",
    "بیستم",
    "بیستویکم",
    "بیستودوم",
    "بیستوسوم",
    "بیستوچهارم",
    "بیستوپنجم",
    "بیستوششم",
    "بیستوهفتم",
    "بیستوهشتم",
    "بیستونهم",
    "سیام سیم",
    "سیویکم",
];

/// The same, folded once.
static FOLDED: LazyLock<Vec<(String, u8)>> = LazyLock::new(|| {
    let of = |(place, names): (usize, &'static str)| names.split(' ').map(move |name| (fold(name), place as u8 + 1));
    ORDINALS.into_iter().enumerate().flat_map(of).collect()
});

/// The day of the month that a word names, 1–31.
pub(crate) fn ordinal(word: &str) -> Option<u8> {
    let folded = fold(word);
    FOLDED.iter().find(|(name, _)| *name == folded).map(|(_, day)| *day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_both_lands_and_of_passports() {
        assert_eq!(month("مردادماه"), Some((Calendar::Jalali, 5)));
        assert_eq!(month("سنبله"), Some((Calendar::Jalali, 6)));
        assert_eq!(month("SEP"), Some((Calendar::Gregorian, 9)));
        assert_eq!(month("اگست"), Some((Calendar::Gregorian, 8)));
        assert_eq!(month("ربیع‌الاول"), Some((Calendar::Lunar, 3)));
        assert_eq!(month("دی"), Some((Calendar::Jalali, 10)));
        assert_eq!(month("در"), None);
        assert_eq!(month("۱۲"), None);
    }

    #[test]
    fn slips_in_long_names_are_forgiven() {
        assert_eq!(month("اردیبهست"), Some((Calendar::Jalali, 2)));
        assert_eq!(month("شهربور"), Some((Calendar::Jalali, 6)));
        assert_eq!(month("تبر"), None);
    }

    #[test]
    fn a_month_letter_for_letter() {
        assert_eq!(spelt("مرداد"), Some("مرداد"));
        assert_eq!(spelt("سنبله"), Some("شهریور"));
        assert_eq!(spelt("فرداد"), Some("خرداد"));
        assert_eq!(spelt("صرداد"), Some("مرداد"));
        assert_eq!(spelt("شهربور"), None);
        assert_eq!(spelt("اگست"), None);
    }

    #[test]
    fn days_in_words() {
        assert_eq!(ordinal("هفدهم"), Some(17));
        assert_eq!(ordinal("بیست‌وپنجم"), Some(25));
        assert_eq!(ordinal("هفده"), None);
    }
}
