//! A sheet being composed: a drawing in points, and the truth of what was put on it.

use std::fmt::Write as _;

use crate::calendar::{Calendar, Day};
use crate::chance::{Chance, Draw, stream};
use crate::error::SampleError;
use crate::faces::{Face, Fonts, Setting};
use crate::holdout::Split;
use crate::paper::free::{Decoy, Free};
use crate::paper::{PaperSize, StampMark};
use crate::script::{DateForm, Digits, date};

/// What a printed value means, for the truth.
#[derive(Clone, Debug)]
pub(crate) enum Note {
    /// Nothing to remember.
    Plain,
    /// A date with its role.
    Date { role: &'static str, day: Day, calendar: Calendar },
    /// A sum of money.
    Amount { name: &'static str, rials: u64 },
    /// An account number.
    Iban(String),
    /// A line of a machine-readable zone.
    Zone,
}

/// A noted text: its element in the drawing and what it means.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) element: String,
    pub(crate) text: String,
    pub(crate) note: Note,
}

/// Which end of a text its x stands at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Left,
    Middle,
    Right,
}

/// How a text is set.
#[derive(Clone, Copy)]
pub(crate) struct Type {
    /// Points.
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) colour: &'static str,
    pub(crate) typewriter: bool,
}

/// A labelled value.
pub(crate) struct Field {
    pub(crate) label: &'static str,
    pub(crate) value: String,
    pub(crate) note: Note,
}

impl Field {
    pub(crate) fn new(label: &'static str, value: impl Into<String>) -> Self {
        Self { label, value: value.into(), note: Note::Plain }
    }
}

/// A sheet under the pen. Lengths are points, origin top left, y is a base line.
pub(crate) struct Sheet<'a> {
    fonts: &'a Fonts,
    face: &'static Face,
    pub(crate) variant: u8,
    pub(crate) rng: Chance,
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) margin: f32,
    /// Type size of running text.
    pub(crate) size: f32,
    /// Distance of base lines as a multiple of the type size.
    pub(crate) leading: f32,
    pub(crate) digits: Digits,
    pub(crate) date_form: DateForm,
    pub(crate) bold_labels: bool,
    /// Current base line.
    pub(crate) y: f32,
    pub(crate) svg: String,
    pub(crate) lines: Vec<Vec<String>>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) stamps: Vec<StampMark>,
    pub(crate) signatures: Vec<String>,
    /// Colour and hand of each signature.
    pub(crate) pens: Vec<(&'static str, &'static str)>,
    pub(crate) decoys: Vec<Decoy>,
    /// A place for stamp or signature is printed.
    pub(crate) placeholder: bool,
    /// Words certify the copy, apart from any stamp.
    pub(crate) certifying_words: bool,
    /// It bears no stamp, or no signature; nothing else changes.
    pub(crate) unstamped: bool,
    pub(crate) unsigned: bool,
    /// Chance of marks drawn freely; none for the usual ones.
    pub(super) free: Option<Free>,
    pub(crate) certified: bool,
    /// Points the text ran past the foot of the page.
    pub(crate) overrun: f32,
    elements: usize,
    failed: Option<SampleError>,
}

/// Faces whose letters are small for their nominal size; clerks set them larger.
const SMALL_BODIED: [&str; 3] = ["Nazli", "Amiri", "Scheherazade"];

/// Near-black inks of printers and copiers.
pub(crate) const INK: &str = "#161616";
/// Small print.
pub(crate) const GREY: &str = "#4a4a4a";

impl<'a> Sheet<'a> {
    /// Has its marks drawn freely, out of what a split may draw.
    pub(crate) fn mark_freely(&mut self, split: Split, seed: u64) {
        self.free = Some(Free::new(split, seed));
    }

    /// An empty sheet; its habits (type size, spacing, digits, date form) come from `seed`. `fit` scales the
    /// type, for papers that would not fit otherwise.
    pub(crate) fn new(
        fonts: &'a Fonts,
        face: &'static Face,
        size: PaperSize,
        variant: u8,
        (seed, fit): (u64, f32),
    ) -> Self {
        let (width, height) = size.points();
        let mut rng = stream(seed, "sheet");
        let small = size != PaperSize::A4;
        let body = if SMALL_BODIED.contains(&face.name) { 1.18 } else { 1.0 };
        let type_size = if small { rng.real(9.0, 11.0) } else { rng.real(9.5, 14.0) };
        let leading = rng.real(1.55, 2.05);
        let digits = match rng.whole(0, 9) {
            0 => Digits::ArabicIndic,
            1 => Digits::Latin,
            _ => Digits::Persian,
        };
        let forms = [DateForm::Slash, DateForm::Slash, DateForm::Slash, DateForm::Dash, DateForm::Dot, DateForm::Named];
        let date_form = *rng.pick(&forms);
        let margin = if small { rng.real(26.0, 38.0) } else { rng.real(40.0, 68.0) };
        let bold_labels = rng.odds(0.6);
        Self {
            fonts,
            face,
            variant,
            rng,
            width,
            height,
            margin,
            size: type_size * body * fit,
            leading: leading * fit,
            digits,
            date_form,
            bold_labels,
            y: margin,
            svg: String::new(),
            lines: Vec::new(),
            marks: Vec::new(),
            stamps: Vec::new(),
            signatures: Vec::new(),
            pens: Vec::new(),
            decoys: Vec::new(),
            placeholder: false,
            certifying_words: false,
            unstamped: false,
            unsigned: false,
            free: None,
            certified: false,
            overrun: 0.0,
            elements: 0,
            failed: None,
        }
    }

    /// Running text.
    pub(crate) fn plain(&self) -> Type {
        Type { size: self.size, bold: false, colour: INK, typewriter: false }
    }

    /// Running text in bold.
    pub(crate) fn bold(&self) -> Type {
        Type { bold: true, ..self.plain() }
    }

    /// Width between the margins.
    pub(crate) fn measure(&self) -> f32 {
        self.width - 2.0 * self.margin
    }

    /// The right margin's x.
    pub(crate) fn right(&self) -> f32 {
        self.width - self.margin
    }

    fn setting(&self, style: Type) -> Setting {
        if style.typewriter { Setting::typewriter(style.bold) } else { Setting::of(self.face, style.bold) }
    }

    /// Width of a text as it would be set, in points.
    pub(crate) fn width_of(&mut self, style: Type, text: &str) -> f32 {
        match self.fonts.width(self.setting(style), text) {
            Ok(ems) => ems * style.size,
            Err(error) => {
                self.failed.get_or_insert(error);
                0.0
            }
        }
    }

    /// Begins a new line of the truth.
    pub(crate) fn line(&mut self) {
        self.lines.push(Vec::new());
    }

    /// A fresh element name.
    pub(crate) fn element(&mut self) -> String {
        self.elements += 1;
        format!("e{}", self.elements)
    }

    /// Sets a text that belongs to no line of the truth (inside stamps, on drawings), without measuring it.
    pub(crate) fn bare_text(&mut self, x: f32, y: f32, anchor: Anchor, style: Type, text: &str) -> String {
        let element = self.element();
        let setting = self.setting(style);
        let inner = self.fonts.marked_up(setting, text).unwrap_or_else(|error| {
            self.failed.get_or_insert(error);
            String::new()
        });
        let anchor = match anchor {
            Anchor::Left => "start",
            Anchor::Middle => "middle",
            Anchor::Right => "end",
        };
        let _ = write!(
            self.svg,
            r#"<text id="{element}" x="{x:.2}" y="{y:.2}" text-anchor="{anchor}" font-family="{}" font-size="{:.2}" fill="{}" xml:space="preserve">{inner}</text>"#,
            setting.family(),
            style.size,
            style.colour,
        );
        element
    }

    /// Sets a text of the current line; where it is wider than `room` its type shrinks to fit. Returns its width.
    #[expect(
        clippy::too_many_arguments,
        reason = "place, style and meaning of one mark; a struct would only be spelt out at every call"
    )]
    pub(crate) fn text(
        &mut self,
        x: f32,
        y: f32,
        anchor: Anchor,
        style: Type,
        room: f32,
        text: &str,
        note: Note,
    ) -> f32 {
        if text.is_empty() {
            return 0.0;
        }
        let mut style = style;
        let mut width = self.width_of(style, text);
        if width > room {
            let shrink = room / width;
            style.size *= shrink;
            width = room;
        }
        let element = self.bare_text(x, y, anchor, style, text);
        if self.lines.is_empty() {
            self.line();
        }
        if let Some(line) = self.lines.last_mut() {
            line.push(text.to_owned());
        }
        if !matches!(note, Note::Plain) {
            self.marks.push(Mark { element, text: text.to_owned(), note });
        }
        width
    }

    /// A field holding a Jalali date in the sheet's form.
    pub(crate) fn dated(&self, label: &'static str, role: &'static str, day: Day) -> Field {
        self.dated_in(label, role, day, Calendar::Jalali)
    }

    /// A field holding a date of either calendar.
    pub(crate) fn dated_in(&self, label: &'static str, role: &'static str, day: Day, calendar: Calendar) -> Field {
        Field {
            label,
            value: date(day, calendar, self.date_form, self.digits),
            note: Note::Date { role, day, calendar },
        }
    }

    /// A field holding a sum of money, `… ریال`.
    pub(crate) fn sum(&self, label: &'static str, name: &'static str, rials: u64) -> Field {
        Field { label, value: format!("{} ریال", self.digits.money(rials)), note: Note::Amount { name, rials } }
    }

    /// A straight line.
    pub(crate) fn rule(&mut self, from: (f32, f32), to: (f32, f32), weight: f32, colour: &str) {
        let _ = write!(
            self.svg,
            r#"<path d="M{:.2} {:.2}L{:.2} {:.2}" stroke="{colour}" stroke-width="{weight:.2}" fill="none"/>"#,
            from.0, from.1, to.0, to.1
        );
    }

    /// A rectangle; `fill` may be `none`.
    #[expect(
        clippy::too_many_arguments,
        reason = "place, style and meaning of one mark; a struct would only be spelt out at every call"
    )]
    pub(crate) fn frame(&mut self, x: f32, y: f32, w: f32, h: f32, weight: f32, colour: &str, fill: &str) {
        let _ = write!(
            self.svg,
            r#"<rect x="{x:.2}" y="{y:.2}" width="{w:.2}" height="{h:.2}" stroke="{colour}" stroke-width="{weight:.2}" fill="{fill}"/>"#
        );
    }

    /// The finished drawing, `<svg>` and all.
    ///
    /// # Errors
    /// The first failure met while texts were measured.
    pub(crate) fn finish(&mut self, tint: &str) -> Result<String, SampleError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let (w, h) = (self.width, self.height);
        Ok(format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w:.2}" height="{h:.2}" viewBox="0 0 {w:.2} {h:.2}"><rect width="{w:.2}" height="{h:.2}" fill="{tint}"/>{}</svg>"#,
            self.svg
        ))
    }
}
