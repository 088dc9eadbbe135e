//! Stamps, signatures and what may be taken for them, drawn freely: what the reader of marks is fitted and judged on.
//!
//! The usual foot of a paper bears one signature and one stamp; here half of the papers lack either, stamps come in
//! every shape, colour and strength and stand over text too, places for a stamp are printed without one, copies are
//! certified in words alone, and logos, photos, bands, codes and pen marks stand about as decoys. The chance is the
//! sheet's own stream, so that papers drawn the usual way stay what they are.

mod decoys;
mod printed;
mod seals;
mod signs;

use crate::chance::{Chance, Draw, stream};
use crate::holdout::{Holdout, Split};
use crate::paper::sheet::{Anchor, GREY, Note, Sheet, Type};

#[cfg(test)]
pub(crate) use self::decoys::DECOYS;
#[cfg(test)]
pub(crate) use self::seals::SEALS;
#[cfg(test)]
pub(crate) use self::signs::SIGNS;

/// Something that is neither stamp nor signature, for the truth.
#[derive(Clone, Debug)]
pub(crate) struct Decoy {
    pub(crate) element: String,
    pub(crate) what: &'static str,
}

/// Marks of a sheet are drawn freely.
pub(crate) struct Free {
    split: Split,
    rng: Chance,
}

impl Free {
    pub(crate) fn new(split: Split, seed: u64) -> Self {
        Self { split, rng: stream(seed, "marks") }
    }

    /// One of `names` that the split may draw. For figures, every other draw is of what fitting never saw.
    fn pick(&mut self, names: &[&'static str]) -> &'static str {
        let lists = Holdout::get();
        let kept: Vec<&'static str> = match self.split {
            Split::Fit => names.iter().copied().filter(|name| !lists.mark(name)).collect(),
            Split::Holdout if self.rng.odds(0.5) => names.iter().copied().filter(|name| lists.mark(name)).collect(),
            Split::Holdout | Split::Open => names.to_vec(),
        };
        self.rng.pick::<&str>(if kept.is_empty() { names } else { &kept[..] })
    }
}

/// Printed where a stamp or signature is to go.
const PLACES: [&str; 6] =
    ["محل مهر و امضا", "مهر و امضای مسئول", "محل مهر", "امضا", "محل امضای صاحب حساب", "مهر و امضای پزشک معالج"];

/// How a copy is certified in words.
const CERTIFIED: [&str; 4] = ["برابر اصل است", "کپی برابر اصل", "رونوشت برابر با اصل است", "مطابقت با اصل دارد"];

/// Who stamps besides the issuer.
const CLERKS: [[&str; 3]; 6] = [
    ["دبیرخانه", "ورود", "ثبت شد"],
    ["دکتر مریم صدر", "متخصص جراحی عمومی", "ن پ 84512"],
    ["دکتر حسین راد", "ارتوپد", "ن پ 61207"],
    ["اداره کل امور اتباع", "و مهاجرین خارجی", "تأیید شد"],
    ["وصول شد", "امور مالی", "1403"],
    ["شورای اسلامی", "روستای ضیاءآباد", "شماره 27"],
];

impl Sheet<'_> {
    /// Draws with the sheet's free chance; nothing where its marks are the usual ones.
    fn freely(&mut self, draw: impl FnOnce(&mut Self, &mut Free)) {
        if let Some(mut free) = self.free.take() {
            draw(self, &mut free);
            self.free = Some(free);
        }
    }

    /// The marks under whoever signs at `(x, y)`: either, both or neither, and perhaps the printed place for them.
    pub(crate) fn free_foot(&mut self, x: f32, y: f32, stamp: &[String]) {
        self.freely(|sheet, free| {
            if free.rng.odds(0.4) {
                sheet.place_for_marks(free, x, y);
            }
            let stamped = free.rng.odds(0.52);
            let signed = free.rng.odds(0.52);
            let over = free.rng.odds(0.35);
            let down = free.rng.real(20.0, 40.0);
            if signed {
                let at = (x + free.rng.real(-14.0, 14.0), y + down);
                sheet.free_sign(free, at);
            }
            if stamped && !stamp.is_empty() {
                let aside = if over { free.rng.real(-24.0, 24.0) } else { free.rng.real(70.0, 150.0) };
                let side = if x > sheet.width / 2.0 { -1.0 } else { 1.0 };
                let at = (x + aside * side, y + free.rng.real(10.0, 46.0));
                sheet.free_seal(free, at, stamp);
            }
            if stamped && free.rng.odds(0.25) {
                let clerk = free.rng.pick(&CLERKS).map(str::to_owned);
                let at = (sheet.width * free.rng.real(0.3, 0.8), y + free.rng.real(-30.0, 50.0));
                sheet.free_seal(free, at, &clerk);
            }
        });
    }

    /// A certified copy: by a stamp that says so, by words with a stamp beside them, or by words alone.
    pub(crate) fn free_certify(&mut self) {
        self.freely(|sheet, free| {
            if !free.rng.odds(0.4) {
                return;
            }
            let words = *free.rng.pick(&CERTIFIED);
            let authority = *free.rng.pick(&["دفتر اسناد رسمی", "مدارک پزشکی", "دبیرخانه", "بایگانی"]);
            let x = sheet.width * free.rng.real(0.66, 0.82);
            let y = (sheet.y - free.rng.real(0.0, 30.0)).min(sheet.height - sheet.margin - 40.0);
            match free.rng.whole(0, 3) {
                0 => {
                    let number = sheet.digits.show(&free.rng.digits(3));
                    sheet.free_seal(free, (x, y), &[words.to_owned(), authority.to_owned(), number]);
                    sheet.certified = true;
                }
                1 | 2 => {
                    sheet.certifying_words(free, (x, y - 16.0), words);
                    sheet.free_seal(free, (x, y + 24.0), &[authority.to_owned(), "رونوشت".to_owned()]);
                    sheet.certified = true;
                }
                _ => sheet.certifying_words(free, (x, y), words),
            }
        });
    }

    /// What else stands on the finished sheet: stamps over text, and decoys.
    pub(crate) fn free_rest(&mut self) {
        self.freely(|sheet, free| {
            sheet.decoys(free);
            if free.rng.odds(0.2) {
                let clerk = free.rng.pick(&CLERKS).map(str::to_owned);
                let at = (sheet.width * free.rng.real(0.2, 0.8), sheet.height * free.rng.real(0.12, 0.85));
                sheet.free_seal(free, at, &clerk);
            }
            if free.rng.odds(0.06) {
                let at = (sheet.width * free.rng.real(0.2, 0.8), sheet.height * free.rng.real(0.3, 0.85));
                sheet.free_sign(free, at);
            }
        });
    }

    /// «محل مهر و امضا», as small print, over a dotted line, or in a box of its own.
    fn place_for_marks(&mut self, free: &mut Free, x: f32, y: f32) {
        let text = *free.rng.pick(&PLACES);
        let style = Type { size: self.size * free.rng.real(0.7, 1.0), colour: GREY, ..self.plain() };
        let y = y + free.rng.real(14.0, 50.0);
        let half = free.rng.real(45.0, 75.0);
        match free.rng.whole(0, 2) {
            0 => self.rule((x - half, y + 5.0), (x + half, y + 5.0), 0.6, GREY),
            1 => self.frame(x - half, y - 18.0, 2.0 * half, free.rng.real(30.0, 58.0), 0.7, GREY, "none"),
            _ => {}
        }
        self.line();
        self.text(x, y, Anchor::Middle, style, 2.0 * half - 6.0, text, Note::Plain);
        self.placeholder = true;
    }

    /// The words that certify a copy, printed or written with a pen.
    fn certifying_words(&mut self, free: &mut Free, (x, y): (f32, f32), words: &str) {
        let colour = *free.rng.pick(&["#161616", "#20368c", "#15255e"]);
        let style = Type { size: self.size * free.rng.real(0.9, 1.25), colour, ..self.plain() };
        self.line();
        self.text(x, y, Anchor::Middle, style, 140.0, words, Note::Plain);
        self.certifying_words = true;
    }
}
