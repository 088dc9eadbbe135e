//! Lines of text in both directions: broken at spaces, ordered by the bidirectional algorithm, shaped.

use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level};

/// A stretch of one direction, shaped.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// Width in ems.
    pub(super) width: f32,
}

/// A line: its runs from left to right.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
    /// Width in ems.
    pub(super) width: f32,
}

/// Font units as a share of the em; a font's units are far below what a float holds exactly.
fn ems(face: &Face<'_>, units: i32) -> f32 {
    units as f32 / face.units_per_em() as f32
}

/// A number that is read from the left wherever it stands: a hyphen in it would turn its parts round.
pub(super) fn number(text: &str) -> String {
    format!("\u{2066}{text}\u{2069}")
}

fn run(face: &Face<'_>, text: &str, rtl: bool) -> Run {
    // The marks have done their work and have no picture.
    let text: String = text.chars().filter(|sign| !matches!(sign, '\u{2066}'..='\u{2069}')).collect();
    let text = text.as_str();
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    let shaped = rustybuzz::shape(face, &[], buffer);
    let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    starts.sort_unstable();
    starts.dedup();
    let end = |start: usize| starts.iter().find(|other| **other > start).copied().unwrap_or(text.len());
    let mut glyphs = Vec::with_capacity(shaped.len());
    let mut width = 0.0;
    for (info, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let start = info.cluster as usize;
        let [x, dx, dy, y] = [place.x_advance, place.x_offset, place.y_offset, place.y_advance].map(|at| ems(face, at));
        width += x;
        glyphs.push(KrillaGlyph::new(GlyphId::new(info.glyph_id), x, dx, dy, y, start..end(start), None));
    }
    Run { text: text.to_owned(), glyphs, width }
}

/// The text as one line, read from the right.
pub(super) fn line(face: &Face<'_>, text: &str) -> Line {
    let order = BidiInfo::new(text, Some(Level::rtl()));
    let mut line = Line::default();
    for paragraph in &order.paragraphs {
        let (levels, runs) = order.visual_runs(paragraph, paragraph.range.clone());
        for range in runs {
            let rtl = levels.get(range.start).is_some_and(Level::is_rtl);
            let shaped = run(face, &text[range], rtl);
            line.width += shaped.width;
            line.runs.push(shaped);
        }
    }
    line
}

/// The text broken at its spaces into lines of at most this width in ems; a word that is wider stands alone.
pub(super) fn broken(face: &Face<'_>, text: &str, width: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut taken = String::new();
        for word in paragraph.split_whitespace() {
            let longer = if taken.is_empty() { word.to_owned() } else { format!("{taken} {word}") };
            if !taken.is_empty() && line(face, &longer).width > width {
                lines.push(line(face, &taken));
                word.clone_into(&mut taken);
            } else {
                taken = longer;
            }
        }
        lines.push(line(face, &taken));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(text: &str) -> String {
        let levels = BidiInfo::new(text, Some(Level::rtl()));
        let paragraph = &levels.paragraphs[0];
        let (_, runs) = levels.visual_runs(paragraph, paragraph.range.clone());
        runs.into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn the_parts_of_a_number_keep_their_order() {
        // Unmarked, the running number would come before the year for who reads from the left.
        assert!(order("پروندهٔ ۱۴۰۵-۰۰۰۰۰۱").starts_with("۰۰۰۰۰۱"));
        assert!(order(&format!("پروندهٔ {}", number("۱۴۰۵-۰۰۰۰۰۱"))).contains("۱۴۰۵-۰۰۰۰۰۱"));
    }
}
