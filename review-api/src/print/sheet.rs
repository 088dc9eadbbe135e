//! A paper of A4 pages that is filled from the top: lines, tables, boxes.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::Font;
use krilla::{Data, Document};
use rustybuzz::Face;

use super::PrintError;
use super::lines::{Line, broken, line};
use crate::http::assets;

/// A4 and its margins, points.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const MARGIN: f32 = 54.0;

/// Height of a line, in sizes of its letters.
const LEADING: f32 = 1.75;

/// Where the letters stand in a line's height, in sizes.
const BASELINE: f32 = 1.2;

/// Space inside a table's cell, points.
const CELL_PAD: f32 = 5.0;

/// Width of a rule, points.
const RULE: f32 = 0.7;

/// Where a line stands between the margins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the right, where a line begins.
    Start,
    /// In the middle.
    Middle,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Share of the table's width, of 1.
    pub share: f32,
    /// Its text; `None` draws a box to be ticked.
    pub text: Option<String>,
}

impl Cell {
    /// A cell with text.
    #[must_use]
    pub fn text(share: f32, text: impl Into<String>) -> Self {
        Self { share, text: Some(text.into()) }
    }

    /// A box to be ticked.
    #[must_use]
    pub const fn tick(share: f32) -> Self {
        Self { share, text: None }
    }
}

#[derive(Debug)]
enum Mark {
    Line {
        line: Line,
        x: f32,
        y: f32,
        size: f32,
        bold: bool,
    },
    Frame(Rect),
    Block(Rect),
    /// Two rings of a seal's ink around words in the same; the seal's middle.
    Seal {
        middle: Point,
        line: Line,
    },
}

/// The blue of ink pads, and the size of a seal and of its words, points.
const SEAL_INK: (u8, u8, u8) = (38, 62, 158);
const SEAL: f32 = 92.0;
const SEAL_WORDS: f32 = 13.0;
const SEAL_RING: f32 = 2.0;

/// Draws a seal in its ink.
fn draw_seal(surface: &mut Surface<'_>, middle: Point, line: Line, face: &Font) {
    let (red, green, blue) = SEAL_INK;
    let ink = rgb::Color::new(red, green, blue);
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: ink.into(), width: SEAL_RING, ..Stroke::default() }));
    for radius in [SEAL / 2.0, SEAL / 2.0 - 3.0 * SEAL_RING] {
        if let Some(path) = circle(middle, radius) {
            surface.draw_path(&path);
        }
    }
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: ink.into(), ..Fill::default() }));
    let at = Point::from_xy(middle.x - line.width * SEAL_WORDS / 2.0, middle.y + SEAL_WORDS / 3.0);
    draw_line(surface, line, at, SEAL_WORDS, face);
}

/// Draws the letters of a line from its left end on.
fn draw_line(surface: &mut Surface<'_>, line: Line, mut at: Point, size: f32, face: &Font) {
    for run in line.runs {
        surface.draw_glyphs(at, &run.glyphs, face.clone(), &run.text, size, false);
        at.x += run.width * size;
    }
}

/// A circle of four curves.
fn circle(middle: Point, radius: f32) -> Option<Path> {
    /// Where the handles of a quarter lie, in radii: the curve leaves the circle by 0.03 % at most.
    const HANDLE: f32 = 0.552_285;
    let at = |across: f32, down: f32| (middle.x + across * radius, middle.y + down * radius);
    let mut path = PathBuilder::new();
    let (x, y) = at(1.0, 0.0);
    path.move_to(x, y);
    let quarters = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0), (1.0, 0.0)];
    for pair in quarters.windows(2) {
        let [(ax, ay), (bx, by)] = [pair[0], pair[1]];
        let (first, second) = (at(ax + HANDLE * bx, ay + HANDLE * by), at(bx + HANDLE * ax, by + HANDLE * ay));
        let end = at(bx, by);
        path.cubic_to(first.0, first.1, second.0, second.1, end.0, end.1);
    }
    path.close();
    path.finish()
}

/// A paper that is being filled.
pub struct Sheet {
    regular: Vec<u8>,
    bold: Vec<u8>,
    pages: Vec<Vec<Mark>>,
    y: f32,
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheet").field("pages", &self.pages.len()).finish_non_exhaustive()
    }
}

impl Sheet {
    /// An empty paper.
    ///
    /// # Errors
    /// When the typefaces in the program do not open.
    pub fn new() -> Result<Self, PrintError> {
        let face = |name| assets::built(name).ok_or(PrintError::Face);
        let (regular, bold) = (face("Vazirmatn-Regular.ttf")?, face("Vazirmatn-Bold.ttf")?);
        let sheet = Self { regular, bold, pages: vec![Vec::new()], y: MARGIN };
        sheet.face(false)?;
        sheet.face(true)?;
        Ok(sheet)
    }

    fn face(&self, bold: bool) -> Result<Face<'_>, PrintError> {
        Face::from_slice(if bold { &self.bold } else { &self.regular }, 0).ok_or(PrintError::Face)
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// Goes to a new page when less than this height is left.
    fn need(&mut self, height: f32) {
        if self.y + height > HEIGHT - MARGIN {
            self.pages.push(Vec::new());
            self.y = MARGIN;
        }
    }

    /// Leaves this much free.
    pub fn gap(&mut self, points: f32) {
        self.y += points;
    }

    /// Height that is left on the page.
    #[must_use]
    pub fn left(&self) -> f32 {
        HEIGHT - MARGIN - self.y
    }

    /// A text, broken into as many lines as it needs.
    ///
    /// # Errors
    /// When a typeface does not open.
    pub fn text(&mut self, text: &str, size: f32, bold: bool, align: Align) -> Result<(), PrintError> {
        let lines = broken(&self.face(bold)?, text, (WIDTH - 2.0 * MARGIN) / size);
        for line in lines {
            self.need(size * LEADING);
            let wide = line.width * size;
            let x = match align {
                Align::Start => WIDTH - MARGIN - wide,
                Align::Middle => (WIDTH - wide) / 2.0,
            };
            let y = self.y + size * BASELINE;
            self.mark(Mark::Line { line, x, y, size, bold });
            self.y += size * LEADING;
        }
        Ok(())
    }

    /// A row of a table, its cells from right to left, each broken into lines of its own.
    ///
    /// # Errors
    /// When a typeface does not open.
    pub fn row(&mut self, cells: &[Cell], size: f32, bold: bool) -> Result<(), PrintError> {
        let whole = WIDTH - 2.0 * MARGIN;
        let mut texts = Vec::new();
        for cell in cells {
            let width = (whole * cell.share - 2.0 * CELL_PAD) / size;
            texts.push(broken(&self.face(bold)?, cell.text.as_deref().unwrap_or_default(), width));
        }
        let lines = texts.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let height = lines as f32 * size * LEADING + CELL_PAD;
        self.need(height);
        let (top, mut right) = (self.y, WIDTH - MARGIN);
        for (cell, lines) in cells.iter().zip(texts) {
            let wide = whole * cell.share;
            if let Some(frame) = Rect::from_xywh(right - wide, top, wide, height) {
                self.mark(Mark::Frame(frame));
            }
            if cell.text.is_none() {
                let side = size * BASELINE;
                let (x, y) = (right - wide / 2.0 - side / 2.0, top + (height - side) / 2.0);
                if let Some(tick) = Rect::from_xywh(x, y, side, side) {
                    self.mark(Mark::Frame(tick));
                }
            }
            for (place, line) in lines.into_iter().enumerate() {
                let x = right - CELL_PAD - line.width * size;
                let y = top + CELL_PAD / 2.0 + place as f32 * size * LEADING + size * BASELINE;
                self.mark(Mark::Line { line, x, y, size, bold });
            }
            right -= wide;
        }
        self.y += height;
        Ok(())
    }

    /// An empty frame with words in its corner, e.g. for a stamp, at the left of the page.
    ///
    /// # Errors
    /// When a typeface does not open.
    pub fn frame(&mut self, width: f32, height: f32, words: &str, size: f32) -> Result<(), PrintError> {
        self.need(height);
        let line = line(&self.face(false)?, words);
        let (x, y) = (MARGIN + width - CELL_PAD - line.width * size, self.y + size * LEADING);
        if let Some(frame) = Rect::from_xywh(MARGIN, self.y, width, height) {
            self.mark(Mark::Frame(frame));
        }
        self.mark(Mark::Line { line, x, y, size, bold: false });
        self.y += height;
        Ok(())
    }

    /// A round seal with these words, at the left of the page.
    ///
    /// # Errors
    /// When a typeface does not open.
    pub fn seal(&mut self, words: &str) -> Result<(), PrintError> {
        self.need(SEAL);
        let line = line(&self.face(true)?, words);
        let middle = Point::from_xy(MARGIN + SEAL / 2.0, self.y + SEAL / 2.0);
        self.mark(Mark::Seal { middle, line });
        self.y += SEAL;
        Ok(())
    }

    /// A pattern of dark squares in the top left corner of the page: rows of a square pattern, true is dark.
    pub fn pattern(&mut self, dark: &[bool], across: usize, side: f32) {
        let dot = side / across as f32;
        for (place, _) in dark.iter().enumerate().filter(|(_, dark)| **dark) {
            let (row, column) = (place / across, place % across);
            let (x, y) = (MARGIN + column as f32 * dot, MARGIN + row as f32 * dot);
            // A hair wider than its place, so that no light shows between two dots.
            if let Some(block) = Rect::from_xywh(x, y, dot * 1.02, dot * 1.02) {
                self.mark(Mark::Block(block));
            }
        }
    }

    /// The finished document.
    ///
    /// # Errors
    /// When it cannot be put together.
    pub fn finish(self) -> Result<Vec<u8>, PrintError> {
        let font = |bytes: Vec<u8>| Font::new(Data::from(bytes), 0).ok_or(PrintError::Face);
        let (regular, bold) = (font(self.regular)?, font(self.bold)?);
        let mut document = Document::new();
        for marks in self.pages {
            let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(PrintError::Write)?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            for mark in marks {
                match mark {
                    Mark::Line { line, x, y, size, bold: heavy } => {
                        surface.set_stroke(None);
                        surface.set_fill(Some(Fill::default()));
                        let face = if heavy { &bold } else { &regular };
                        draw_line(&mut surface, line, Point::from_xy(x, y), size, face);
                    }
                    Mark::Seal { middle, line } => draw_seal(&mut surface, middle, line, &bold),
                    Mark::Frame(rect) | Mark::Block(rect) => {
                        let filled = matches!(mark, Mark::Block(_));
                        surface.set_fill(filled.then(Fill::default));
                        surface.set_stroke((!filled).then(|| Stroke { width: RULE, ..Stroke::default() }));
                        let mut path = PathBuilder::new();
                        path.push_rect(rect);
                        if let Some(path) = path.finish() {
                            surface.draw_path(&path);
                        }
                    }
                }
            }
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|_| PrintError::Write)
    }
}
