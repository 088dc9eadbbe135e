//! A glance at a page: a few of its lines read at once, only to learn how well they can be read, and which way up.
//!
//! What makes print unreadable has more faces than there are measures of it; a reader that is asked about three lines
//! knows them all. Its sureness is one sign of the readability among the others, never a text that anyone sees.

use std::cell::RefCell;

use sanad_checks::legibility::Marks;
use sanad_checks::legibility::blobs::Blob;
use sanad_checks::page::{Luma, Region};

use super::ink::box_of;
use super::level::Lie;
use super::light::even;
use super::prepare::{BODY_PX, SCALES, cut, framed, grown, resized};
use super::tesseract::{Engine, Model, OcrError, PageMode, READ_DPI};
use super::words::Word;

/// Lines that are looked at: the reader takes about 15 ms for each.
const LINES: usize = 3;
/// Fewest letters of a line that is worth a look.
const FEWEST: usize = 8;
/// Most of a line that is read, body heights.
const WIDEST: f32 = 45.0;
/// A tilt over this is undone, and over the other not believed, degrees.
const TILTS: (f32, f32) = (0.4, 20.0);
/// White around a line, body heights.
const MARGIN: f32 = 0.6;

/// A page less surely read than this is asked of the Latin reader too, and of more of its lines, 0 to 1. Of 108 clean pages
/// that stood upside down none was read more surely than 0.64.
const HARDLY_READ: f32 = 0.72;

/// When a page is looked at upside down, and how much surer the reader must be of it then.
#[derive(Clone, Copy)]
struct Doubt {
    /// Looked at upside down when it is read less surely than this, 0 to 1.
    under: f32,
    /// Turned about when it reads better by this ...
    better: f32,
    /// ... and so surely at least: of what can be read neither way, what is a little surer is chance.
    least: f32,
}

/// Most pages stand upright, so one that does is left unless much speaks against it.
const STANDING: Doubt = Doubt { under: HARDLY_READ, better: 0.15, least: 0.6 };
/// Of a page that lay on its side either way up is as likely.
const LAY: Doubt = Doubt { under: 0.8, better: 0.05, least: 0.0 };

thread_local! {
    /// Setting an engine up takes longer than a glance.
    static ENGINES: RefCell<[Option<Engine>; 2]> = const { RefCell::new([None, None]) };
}

/// What a glance told.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Glance {
    /// How sure a reader of words is of a few lines spread over the page, 0 to 1; `None` where no line is long enough.
    pub(crate) sure: Option<f32>,
    /// It is surer of the page upside down, and that is the sureness told.
    pub(crate) upside_down: bool,
}

/// Looks at a page: as Persian; where that is hardly read, as Latin; where that is not either, upside down. `lay` says
/// that it lay on its side. Where it is hardly read either way up, other lines are asked too: the longest ones may be
/// figures, or those of a passport for machines, which tell a reader of words nothing.
///
/// # Errors
/// When an engine fails.
pub(crate) fn glance(marks: &Marks, lay: bool) -> Result<Glance, OcrError> {
    let doubt = if lay { LAY } else { STANDING };
    let (lines, others) = chosen(marks);
    let mut strips = strips_of(marks, &lines);
    let Some(upright) = surest(&strips)? else { return Ok(Glance::default()) };
    if upright >= doubt.under {
        return Ok(Glance { sure: Some(upright), upside_down: false });
    }
    let about = surest(turned_about(&mut strips))?.unwrap_or(0.0);
    let (mut up, mut down) = (upright, about);
    if up.max(down) < HARDLY_READ {
        let mut strips = strips_of(marks, &others);
        up = up.max(surest(&strips)?.unwrap_or(0.0));
        down = down.max(surest(turned_about(&mut strips))?.unwrap_or(0.0));
    }
    let upside_down = down > up + doubt.better && down >= doubt.least;
    Ok(Glance { sure: Some(if upside_down { about } else { upright }), upside_down })
}

fn strips_of(marks: &Marks, lines: &[Vec<Blob>]) -> Vec<Luma> {
    lines.iter().map(|line| strip(marks, line)).collect()
}

fn turned_about(strips: &mut [Luma]) -> &[Luma] {
    strips.iter_mut().for_each(|strip| strip.pixels_mut().reverse());
    strips
}

/// How sure the Persian reader is of these lines, or the Latin one where that one hardly is.
fn surest(strips: &[Luma]) -> Result<Option<f32>, OcrError> {
    match look(strips, Model::Persian)? {
        Some(sure) if sure < HARDLY_READ => Ok(look(strips, Model::Latin)?.map(|latin| latin.max(sure))),
        sure => Ok(sure),
    }
}

/// How sure the reader of a script is of these lines.
fn look(strips: &[Luma], model: Model) -> Result<Option<f32>, OcrError> {
    ENGINES.with_borrow_mut(|kept| {
        let kept = &mut kept[usize::from(model == Model::Latin)];
        let engine = match kept {
            Some(engine) => engine,
            None => kept.insert(Engine::inside(model)?),
        };
        let read = strips.iter().map(|strip| Ok(sureness(&engine.words(strip, READ_DPI, PageMode::Line, "")?)));
        Ok(together(read.collect::<Result<Vec<f32>, OcrError>>()?))
    })
}

/// The mean of the better two: a line of figures or of Latin says little of the others.
fn together(mut sure: Vec<f32>) -> Option<f32> {
    sure.sort_unstable_by(|a, b| b.total_cmp(a));
    sure.truncate(2);
    (!sure.is_empty()).then(|| sure.iter().sum::<f32>() / sure.len() as f32)
}

/// Some of the page's longer lines, spread from top to bottom, and the longest of the others; their letters from the left.
fn chosen(marks: &Marks) -> (Vec<Vec<Blob>>, Vec<Vec<Blob>>) {
    let mut lines = marks.text.by_line();
    lines.retain(|line| line.len() >= FEWEST);
    lines.iter_mut().for_each(|line| line.sort_unstable_by_key(|blob| blob.x0));
    lines.sort_by_key(|line| std::cmp::Reverse(line.len()));
    let mut others = lines.split_off((lines.len() / 2).max(LINES).min(lines.len()));
    lines.sort_by_key(|line| line.iter().map(|blob| blob.y0).min());
    let count = LINES.min(lines.len());
    let spread: Vec<usize> = (0..count).map(|at| (2 * at + 1) * lines.len() / (2 * count)).collect();
    let (mut chosen, mut left) = (Vec::new(), Vec::new());
    for (at, line) in lines.into_iter().enumerate() {
        if spread.contains(&at) { chosen.push(line) } else { left.push(line) }
    }
    left.sort_by_key(|line| std::cmp::Reverse(line.len()));
    left.append(&mut others);
    left.truncate(LINES);
    (chosen, left)
}

/// One line as the reader likes it.
fn strip(marks: &Marks, line: &[Blob]) -> Luma {
    let body = marks.text.body;
    let region = densest(line, WIDEST * body).iter().map(box_of).reduce(Region::union).unwrap_or_default();
    let pad = (body * MARGIN) as u32 + 2;
    let crop = cut(&marks.map.reduced, grown(region, pad, pad, &marks.map.reduced));
    let scaled = resized(&even(&crop, body), (BODY_PX / body).clamp(SCALES.0, SCALES.1));
    let strip = framed(&scaled, (BODY_PX * MARGIN) as usize);
    let tilt_deg = marks.tilt.map_or(0.0, |tilt| tilt.deg);
    if (TILTS.0..TILTS.1).contains(&tilt_deg.abs()) { Lie { tilt_deg, fan_deg: 0.0 }.levelled(&strip) } else { strip }
}

/// Mean sureness of the letters of the words; of all signs where there are no words of letters.
fn sureness(words: &[Word]) -> f32 {
    let mean = |counts: &dyn Fn(&str) -> usize| {
        let all: usize = words.iter().map(|word| counts(&word.text)).sum();
        let sum: f32 = words.iter().map(|word| word.confidence * counts(&word.text) as f32).sum();
        (all > 0).then(|| sum / all as f32)
    };
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let of_words = |text: &str| if letters(text) >= 2 { letters(text) } else { 0 };
    let signs = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    mean(&of_words).or_else(|| mean(&signs)).unwrap_or(0.0)
}

/// The part of a line, no wider than `width`, that has most letters.
fn densest(line: &[Blob], width: f32) -> &[Blob] {
    let until = |from: usize| {
        let past = |blob: &Blob| blob.x1 as f32 > line[from].x0 as f32 + width;
        line[from..].iter().position(past).map_or(line.len(), |count| from + count.max(1))
    };
    let best = (0..line.len()).max_by_key(|&from| until(from) - from).unwrap_or(0);
    line.get(best..).map_or(line, |rest| &rest[..until(best) - best])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, confidence: f32) -> Word {
        Word { text: text.to_owned(), region: Region::new(0, 0, 10, 10), confidence }
    }

    #[test]
    fn words_of_letters_count_before_figures() {
        assert_eq!(sureness(&[word("بیمارستان", 0.75), word("۱۴۰۲", 0.25)]), 0.75);
        assert_eq!(sureness(&[word("۱۴۰۲", 0.5)]), 0.5);
        assert_eq!(sureness(&[]), 0.0);
    }

    #[test]
    fn the_better_two_lines_stand_for_the_page() {
        assert_eq!(together(vec![0.25, 1.0, 0.5]), Some(0.75));
        assert_eq!(together(vec![0.5]), Some(0.5));
        assert_eq!(together(vec![]), None);
    }

    #[test]
    fn the_densest_part_of_a_long_line_is_read() {
        let at = |x: u32| Blob { x0: x, y0: 0, x1: x + 8, y1: 10, area: 40, perimeter: 30, depth: 90.0 };
        let line: Vec<Blob> = [0, 300, 310, 320, 330, 900].map(at).to_vec();
        let seen: Vec<u32> = densest(&line, 60.0).iter().map(|blob| blob.x0).collect();
        assert_eq!(seen, [300, 310, 320, 330]);
        assert_eq!(densest(&line, 2.0).len(), 1);
    }

    #[test]
    fn a_page_without_lines_is_not_looked_at() {
        let marks = Marks::of(&Luma::filled(400, 300, 230));
        assert_eq!(glance(&marks, false).expect("nothing to read"), Glance::default());
    }
}
