//! Words that stand beside numbers.

use crate::calendar::JALALI_MONTHS;
use crate::chance::{Chance, Draw};

/// Labels before a number.
const LABELS: [&str; 44] = [
    "تاریخ",
    "تاریخ حادثه",
    "تاریخ پذیرش",
    "تاریخ ترخیص",
    "تاریخ صدور",
    "مورخ",
    "شماره",
    "شماره بیمه‌نامه",
    "مبلغ",
    "مبلغ کل",
    "جمع کل",
    "پرداختی بیمار",
    "سهم بیمار",
    "قابل پرداخت",
    "شماره پرونده",
    "کد ملی",
    "شماره گذرنامه",
    "شماره شبا",
    "تلفن",
    "تلفن همراه",
    "کد پستی",
    "ساعت",
    "از تاریخ",
    "تا تاریخ",
    "تاریخ تولد",
    "تاریخ فوت",
    "تاریخ وقوع",
    "شماره ثبت",
    "شماره نامه",
    "پیوست",
    "ردیف",
    "تعداد",
    "بهای واحد",
    "شناسه",
    "کد رهگیری",
    "صادره",
    "اعتبار تا",
    "تاریخ انقضا",
    "شروع",
    "پایان",
    "نوبت",
    "اتاق",
    "تخت",
    "سریال",
];

/// What follows a number.
const UNITS: [&str; 14] =
    ["ریال", "تومان", "ساعت", "می‌باشد", "ه‍.ش", "میلادی", "شمسی", "روز", "عدد", "لغایت", "صبح", "بعدازظهر", "است", "نفر"];

/// Words of running text.
const RUNNING: [&str; 48] = [
    "بیمه",
    "بیمارستان",
    "حادثه",
    "آقای",
    "خانم",
    "فرزند",
    "متولد",
    "دارنده",
    "اتباع",
    "خارجی",
    "جهت",
    "درمان",
    "بستری",
    "گردیده",
    "صورتحساب",
    "دارو",
    "هزینه",
    "محل",
    "استان",
    "شهرستان",
    "خیابان",
    "پلاک",
    "طبقه",
    "کوچه",
    "راننده",
    "خودرو",
    "سواری",
    "موتورسیکلت",
    "عابر",
    "پیاده",
    "گزارش",
    "پلیس",
    "راه",
    "کارشناس",
    "پزشک",
    "معالج",
    "امضا",
    "محل امضا",
    "اصل",
    "برابر",
    "دفتر",
    "نماینده",
    "شعبه",
    "بانک",
    "حساب",
    "واریز",
    "و",
    "در",
];

/// Latin words.
const LATIN: [&str; 22] = [
    "Date", "No.", "No:", "Tel", "IBAN", "IR", "Passport", "Total", "Rial", "Issue", "Expiry", "Birth", "DOB", "Ref",
    "Page", "of", "ID", "Fax", "AFG", "Code", "P", "SEP",
];

const LETTERS: &str = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیء";

/// A word that means nothing: readers must not learn a list.
fn nonsense(rng: &mut Chance) -> String {
    let latin = rng.odds(0.2);
    let letters: Vec<char> = if latin { ('A'..='Z').chain('a'..='z').collect() } else { LETTERS.chars().collect() };
    let count = rng.whole(1, 7);
    (0..count).map(|_| *rng.pick(&letters)).collect()
}

/// A label: one to three words, often with a colon.
pub(super) fn label(rng: &mut Chance) -> String {
    let mut text = match rng.whole(0, 9) {
        0..=5 => (*rng.pick(&LABELS)).to_owned(),
        6 => format!("{} {}", rng.pick(&LABELS), rng.pick(&RUNNING)),
        7 => (*rng.pick(&LATIN)).to_owned(),
        _ => nonsense(rng),
    };
    if rng.odds(0.5) {
        text.push_str(rng.pick::<&str>(&[":", " :", ": "]));
    }
    text
}

/// A unit, or running text after a number.
pub(super) fn unit(rng: &mut Chance) -> String {
    match rng.whole(0, 9) {
        0..=5 => (*rng.pick(&UNITS)).to_owned(),
        6..=8 => running(rng, 2),
        _ => nonsense(rng),
    }
}

/// One to `most` words of running text.
pub(super) fn running(rng: &mut Chance, most: u32) -> String {
    let count = rng.whole(1, most.max(1));
    let words: Vec<String> =
        (0..count).map(|_| if rng.odds(0.75) { (*rng.pick(&RUNNING)).to_owned() } else { nonsense(rng) }).collect();
    words.join(" ")
}

/// The letter of the truth file for a word that is the name of a month, whatever it means where it stands.
pub(super) fn month_letter(word: &str) -> Option<char> {
    let bare = word.trim_matches([':', ' ']);
    let at = JALALI_MONTHS.iter().position(|month| *month == bare)?;
    char::from_u32(u32::from('A') + at as u32)
}

/// Name of the Jalali month `at` (0 to 11).
pub(super) fn month(at: usize) -> &'static str {
    JALALI_MONTHS[at % 12]
}
