//! Relations of drawn pages.

use super::super::align::{SEED, align};
use super::super::fingerprint::{Frame, SQUARE_PX};
use super::super::ink::Ink;
use super::*;
use std::borrow::Cow;

const SIZE: (usize, usize) = (900, 1260);

/// A glyph of its number: a crooked stroke in a box of ten by fourteen.
fn glyph(number: u64) -> Vec<(usize, usize)> {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let (mut x, mut y) = (5_i32, 0_i32);
    let mut pixels = Vec::new();
    for _ in 0..60 {
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            pixels.push(((x + dx) as usize, (y + dy) as usize));
        }
        match next(4) {
            0 => x = (x + 1).min(8),
            1 => x = (x - 1).max(0),
            _ => y = if y < 12 { y + 1 } else { 4 },
        }
    }
    pixels
}

/// Lines of glyphs; `text` gives the glyph of each place.
fn page(text: impl Fn(usize, usize) -> u64) -> Ink {
    let mut ink = Ink::blank(SIZE.0, SIZE.1);
    for line in 0..34 {
        for place in 0..44 {
            let number = text(line, place);
            if number.is_multiple_of(7) {
                continue;
            }
            for (x, y) in glyph(number) {
                ink.set(60 + place * 17 + x, 60 + line * 33 + y);
            }
        }
    }
    ink
}

fn text(line: usize, place: usize) -> u64 {
    ((line * 131 + place * 37) as u64).wrapping_mul(0x2545_f491_4f6c_dd1d) >> 40
}

fn ready(ink: Ink) -> Prepared {
    let (width, height) = (ink.width(), ink.height());
    let mut sheet = Ink::blank(width.div_ceil(SQUARE_PX), height.div_ceil(SQUARE_PX));
    for y in 0..sheet.height() {
        for x in 0..sheet.width() {
            sheet.set(x, y);
        }
    }
    let (width, height) = (width as u16, height as u16);
    let frame = Frame { width, height, scale: 2.0, tilt_deg: 0.0, origin: (0.0, 0.0) };
    Prepared::from_ink(ink, sheet, frame, 0)
}

fn said(a: Ink, b: Ink) -> Option<Answer> {
    relate(&ready(a), &ready(b), &RelationThresholds::default())
}

#[test]
fn a_paper_is_itself_in_any_turn() {
    assert_eq!(said(page(text), page(text)).unwrap().relation, Relation::SamePaper);
    let limits = RelationThresholds::default();
    let upside_down = ready(page(text)).turned(2);
    assert_eq!(relate(&ready(page(text)), &upside_down, &limits).unwrap().relation, Relation::SamePaper);
}

#[test]
fn one_other_number_asks_a_person_and_shows_where() {
    let other = |line, place| {
        if line == 12 && (20..24).contains(&place) { 90_001 + place as u64 * 3 } else { text(line, place) }
    };
    let answer = said(page(text), page(other)).unwrap();
    assert_eq!(answer.relation, Relation::Possible, "{:?}", answer.figures);
    let region = answer.regions[0];
    // twice the place on the normalised page
    let (x, y) = (2 * (60 + 21 * 17), 2 * (60 + 12 * 33 + 6));
    assert!(region.near(Region::new(x, y, 1, 1), 40), "{region:?}");
}

#[test]
fn an_answer_turned_round_tells_of_the_pages_the_other_way() {
    let marked = |at: usize| move |line, place| if (line, place) == (12, 20) { at as u64 } else { text(line, place) };
    let small = || {
        const OFF: usize = 40;
        let (own, (wide, high)) = (page(marked(90_001)), (SIZE.0 - OFF, SIZE.1 - OFF));
        let mut ink = Ink::blank(wide, high);
        let places = (0..high).flat_map(|y| (0..wide).map(move |x| (x, y)));
        let inked = places.filter(|(x, y)| own.at((x + OFF) as i32, (y + OFF) as i32));
        inked.for_each(|(x, y)| ink.set(x, y));
        ink
    };
    let there = said(page(marked(90_002)), small()).expect("laid on each other");
    let back = there.clone().turned_round();
    assert_eq!((back.relation, &back.regions, &back.others), (there.relation, &there.others, &there.regions));
    // the second page begins forty pixels further in, twice as far on the full page
    let at = |answer: &Answer| Map(answer.plane).apply(500.0, 700.0);
    let near = |(x, y): (f32, f32), to: (f32, f32)| (x - to.0).abs() < 2.0 && (y - to.1).abs() < 2.0;
    assert!(near(at(&there), (580.0, 780.0)), "{:?}", at(&there));
    assert!(near(at(&back), (420.0, 620.0)), "{:?}", at(&back));
}

#[test]
fn the_form_filled_by_another_is_another_paper() {
    let other = |line, place| {
        if line % 3 == 1 && place > 24 { 70_000 + (line * 50 + place) as u64 } else { text(line, place) }
    };
    assert_eq!(said(page(text), page(other)).unwrap().relation, Relation::SameTemplate);
    let stranger = |line, place| text(line * 7 + 1000, place + 5);
    // other text on the same grid of letters is at most taken for the same form
    let strangers = said(page(text), page(stranger)).map(|answer| answer.relation);
    assert!(matches!(strangers, None | Some(Relation::SameTemplate)), "{strangers:?}");
}

#[test]
fn a_stamp_makes_no_other_paper() {
    let mut stamped = page(text);
    for i in 0..3600_u32 {
        let angle = f64::from(i) / 1800.0 * std::f64::consts::PI;
        for radius in [58.0, 59.0, 60.0, 61.0] {
            let (x, y) = (500.0 + radius * angle.cos(), 700.0 + radius * angle.sin());
            stamped.set(x as usize, y as usize);
        }
    }
    let answer = said(page(text), stamped).unwrap();
    // a mark that runs over writing may be asked about; it never makes the paper another one
    let kept = [Relation::SamePaperMarked, Relation::Possible];
    assert!(kept.contains(&answer.relation), "{:?} {:?}", answer.relation, answer.figures);
    assert!(!answer.regions.is_empty());
}

/// The page with letters so many times as large above as they were, and so many below: seen aslant.
fn aslant(ink: &Ink, above: f64, below: f64) -> Ink {
    let (w, h) = (ink.width() as f64, ink.height() as f64);
    let most = above.max(below);
    let mut out = Ink::blank((w * most) as usize, (h * most) as usize);
    for y in 0..out.height() {
        let down = y as f64 / out.height() as f64;
        let size = above + (below - above) * down;
        // rows are as far apart as letters are wide there
        let from = h * (above * down + (below - above) * down * down / 2.0) / ((above + below) / 2.0);
        for x in 0..out.width() {
            let u = (x as f64 - w * most / 2.0) / size + w / 2.0;
            if u >= 0.0 && ink.at(u as i32, from as i32) {
                out.set(x, y);
            }
        }
    }
    out
}

#[test]
fn a_page_whose_letters_were_taken_for_others_is_laid_on_itself() {
    let limits = RelationThresholds::default();
    for (above, below) in [(1.25, 1.25), (0.8, 0.8), (0.85, 1.15)] {
        let other = ready(aslant(&page(text), above, below));
        let laid = align(&ready(page(text)), &other, SEED).unwrap_or_else(|| panic!("{above} {below}"));
        let share = laid.pairs.len() as f32 / other.points.len() as f32;
        assert!(share > 0.5, "{above} {below}: {share}");
        if above != below {
            continue;
        }
        let said = relate_as_they_stand(&ready(page(text)), &other, &limits).map(|answer| answer.relation);
        assert!(said.is_some_and(|relation| relation <= Relation::Possible), "{above} {below}: {said:?}");
    }
}

/// A page with dots beside its letters, some of them lost.
fn dotted(lost: impl Fn(usize) -> bool) -> Ink {
    let mut ink = page(text);
    for dot in (0..200).filter(|dot| !lost(*dot)) {
        let (x, y) = (63 + dot % 20 * 34, 77 + dot / 20 * 99);
        (0..99).for_each(|i| ink.set(x + i % 11, y + i / 11));
    }
    ink
}

#[test]
fn a_fax_that_loses_dots_everywhere_is_the_paper_and_a_single_lost_one_is_asked_about() {
    let fax = said(dotted(|_| false), dotted(|dot| dot % 9 == 4)).unwrap();
    assert_eq!(fax.relation, Relation::SamePaper, "{:?}", fax.figures);
    let once = said(dotted(|_| false), dotted(|dot| dot == 94)).unwrap();
    assert_eq!(once.relation, Relation::Possible, "{:?}", once.figures);
}

/// A form of which every other line is print; on the others stands what this person has.
fn filled(person: u64) -> Prepared {
    ready(page(|line, place| if line % 2 == 0 { text(line, place) } else { text(line, place) ^ (person << 9) }))
}

/// An eye that takes looks for one sign where hardly a pixel differs.
fn strict(twin: &super::super::twins::Twin) -> f32 {
    let [one, other] = twin.looks.each_ref().map(|look| look.pixels());
    let differing = one.iter().zip(other).filter(|(p, q)| p.abs_diff(**q) > 60).count();
    if differing < 40 { -4.0 } else { 5.0 }
}

/// The middle of a glyph.
const fn at(line: i32, place: i32) -> (i32, i32) {
    (60 + place * 17 + 5, 60 + line * 33 + 7)
}

#[test]
fn papers_of_other_people_tell_what_the_form_prints() {
    let own = filled(1);
    let others = [filled(2), filled(3)];
    let beside = |count: usize| others[..count].iter().map(|page| (Cow::Borrowed(page), 0)).collect();
    let form = Form::of(&own, beside(2));
    // the page was worn in another capture: the papers show what it shows itself
    let worn = Ink::blank(SIZE.0, SIZE.1);
    let worth = |form: &Form<'_>, line| form.worth([&worn, &own.ink], at(line, 20), true, &strict);
    assert!(worth(&form, 10) >= 2.0);
    assert_eq!(worth(&form, 11), 0.0, "people have other signs there");
    assert_eq!(worth(&Form::of(&own, beside(1)), 10), 0.0, "one paper may be the same person's");
    let box_at = |line| {
        let (x, y) = at(line, 20);
        [x - 5, y - 7, x + 5, y + 7]
    };
    assert!(form.prints(&[box_at(10)], &strict) && !form.prints(&[box_at(11)], &strict));
    // a paper of the same person is no witness, and two captures of one are one
    let same = [filled(1), filled(1)];
    assert_eq!(worth(&Form::of(&own, same.iter().map(|page| (Cow::Borrowed(page), 0)).collect()), 10), 0.0);
    let twice = [filled(2), filled(2)];
    assert_eq!(worth(&Form::of(&own, twice.iter().map(|page| (Cow::Borrowed(page), 0)).collect()), 10), 0.0);
}

#[test]
fn fillers_of_a_row_look_like_their_neighbours_and_words_do_not() {
    const FILLER: u64 = 12_345;
    let alike = |row: fn(usize) -> u64| {
        let ready = ready(page(|line, place| if line == 20 && (8..40).contains(&place) { row(place) } else { 0 }));
        (ready.points.len(), ready.repeated().iter().filter(|alike| **alike).count())
    };
    assert_eq!(alike(|_| FILLER), (32, 32));
    let (letters, alike) = alike(|place| if place % 7 < 2 || place % 11 == 0 { 0 } else { text(20, place) });
    assert!(letters > 10 && 3 * alike < letters, "{alike} of {letters}");
}
