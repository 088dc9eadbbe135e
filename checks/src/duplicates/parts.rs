//! Connected ink of a normalised page: joined letters, dots, rules, stamps.

use super::fingerprint::BODY_PX;
use super::ink::Ink;

/// Runs looked at, at most; a sheet with more is texture.
const MOST_RUNS: usize = 400_000;

/// A piece of connected ink (8-connected), pixels of the normalised page, half open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Left.
    pub x0: u16,
    /// Top.
    pub y0: u16,
    /// Right, exclusive.
    pub x1: u16,
    /// Bottom, exclusive.
    pub y1: u16,
    /// Pixels of ink.
    pub area: u32,
    /// Centre of its ink.
    pub cx: f32,
    /// Centre of its ink.
    pub cy: f32,
}

impl Part {
    /// Width, pixels.
    #[must_use]
    pub const fn width(&self) -> i32 {
        self.x1 as i32 - self.x0 as i32
    }

    /// Height, pixels.
    #[must_use]
    pub const fn height(&self) -> i32 {
        self.y1 as i32 - self.y0 as i32
    }

    /// Left, top, right, bottom, half open.
    #[must_use]
    pub fn place(&self) -> [i32; 4] {
        [self.x0, self.y0, self.x1, self.y1].map(i32::from)
    }

    /// Whether it is drawn, not set: a stroke of a hand, the frame of a stamp or of a table.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        drawn(self.place())
    }

    /// The part once a sheet of this width and height is turned clockwise by quarters.
    #[must_use]
    pub fn turned(&self, quarters: u8, (w, h): (usize, usize)) -> Self {
        let (wide, high) = (w as u16, h as u16);
        let Self { x0, y0, x1, y1, area, cx, cy } = *self;
        let ([x0, y0, x1, y1], (cx, cy)) = match quarters % 4 {
            1 => ([high - y1, x0, high - y0, x1], (h as f32 - cy, cx)),
            2 => ([wide - x1, high - y1, wide - x0, high - y0], (w as f32 - cx, h as f32 - cy)),
            3 => ([y0, wide - x1, y1, wide - x0], (cy, w as f32 - cx)),
            _ => ([x0, y0, x1, y1], (cx, cy)),
        };
        Self { x0, y0, x1, y1, area, cx, cy }
    }

    /// Takes another part to be of this one.
    pub(super) fn join(&mut self, other: &Self) {
        let (mine, theirs) = (self.area as f32, other.area as f32);
        self.cx = (self.cx * mine + other.cx * theirs) / (mine + theirs);
        self.cy = (self.cy * mine + other.cy * theirs) / (mine + theirs);
        self.x0 = self.x0.min(other.x0);
        self.y0 = self.y0.min(other.y0);
        self.x1 = self.x1.max(other.x1);
        self.y1 = self.y1.max(other.y1);
        self.area += other.area;
    }
}

/// Whether a piece of ink is too large to be set.
#[must_use]
pub const fn drawn([x0, y0, x1, y1]: [i32; 4]) -> bool {
    /// Higher or wider than this, body heights.
    const SIDES: (f32, f32) = (2.4, 7.0);
    (y1 - y0) as f32 > SIDES.0 * BODY_PX || (x1 - x0) as f32 > SIDES.1 * BODY_PX
}

struct Run {
    y: u16,
    x0: u16,
    x1: u16,
}

/// The parts of a sheet and the runs they are made of.
pub struct Parts {
    /// In the order of their first pixel.
    pub parts: Vec<Part>,
    runs: Vec<Run>,
    /// The part of each run.
    owner: Vec<u32>,
}

fn root(parent: &mut [u32], mut run: u32) -> u32 {
    while parent[run as usize] != run {
        parent[run as usize] = parent[parent[run as usize] as usize];
        run = parent[run as usize];
    }
    run
}

impl Parts {
    /// Finds the parts; `None` where there are more runs than a page of writing has.
    #[must_use]
    pub fn of(ink: &Ink) -> Option<Self> {
        let mut runs: Vec<Run> = Vec::new();
        let mut parent: Vec<u32> = Vec::new();
        let (mut above, mut above_end) = (0, 0);
        for y in 0..ink.height() {
            let begin = runs.len();
            ink.each_run(y, |x0, x1| runs.push(Run { y: y as u16, x0: x0 as u16, x1: x1 as u16 }));
            if runs.len() > MOST_RUNS {
                return None;
            }
            for run in begin..runs.len() {
                parent.push(run as u32);
                while above < above_end && runs[above].x1 < runs[run].x0 {
                    above += 1;
                }
                let mut upper = above;
                while upper < above_end && runs[upper].x0 <= runs[run].x1 {
                    let (a, b) = (root(&mut parent, upper as u32), root(&mut parent, run as u32));
                    parent[a.max(b) as usize] = a.min(b);
                    upper += 1;
                }
            }
            (above, above_end) = (begin, runs.len());
        }
        Some(Self::gather(runs, &mut parent))
    }

    fn gather(runs: Vec<Run>, parent: &mut [u32]) -> Self {
        let mut number = vec![u32::MAX; runs.len()];
        let mut owner = Vec::with_capacity(runs.len());
        let mut parts: Vec<Part> = Vec::new();
        for (i, run) in runs.iter().enumerate() {
            let piece = Part {
                x0: run.x0,
                y0: run.y,
                x1: run.x1,
                y1: run.y + 1,
                area: u32::from(run.x1 - run.x0),
                cx: (f32::from(run.x0) + f32::from(run.x1)) / 2.0,
                cy: f32::from(run.y) + 0.5,
            };
            let top = root(parent, i as u32) as usize;
            if number[top] == u32::MAX {
                number[top] = parts.len() as u32;
                parts.push(piece);
            } else {
                parts[number[top] as usize].join(&piece);
            }
            owner.push(number[top]);
        }
        Self { parts, runs, owner }
    }

    /// Pixels of another sheet's ink under each part; both sheets of one size.
    #[must_use]
    pub fn under(&self, ink: &Ink) -> Vec<u32> {
        let mut counts = vec![0; self.parts.len()];
        for (run, &owner) in self.runs.iter().zip(&self.owner) {
            let y = i32::from(run.y);
            counts[owner as usize] += ink.within(i32::from(run.x0), y, i32::from(run.x1), y + 1);
        }
        counts
    }

    /// Those of the parts that are wanted, one answer a part, on a sheet like that one.
    #[must_use]
    pub fn sheet(&self, like: &Ink, wanted: &[bool]) -> Ink {
        let mut sheet = Ink::blank(like.width(), like.height());
        for (run, _) in self.runs.iter().zip(&self.owner).filter(|(_, owner)| wanted[**owner as usize]) {
            (run.x0..run.x1).for_each(|x| sheet.set(usize::from(x), usize::from(run.y)));
        }
        sheet
    }

    /// Wipes the parts that `unwanted` names off the sheet they were found on.
    pub fn wipe(&self, ink: &mut Ink, unwanted: impl Fn(&Part) -> bool) {
        for (run, &owner) in self.runs.iter().zip(&self.owner) {
            if unwanted(&self.parts[owner as usize]) {
                ink.wipe(usize::from(run.y), usize::from(run.x0), usize::from(run.x1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_one_part_and_a_speck_another() {
        let mut ink = Ink::blank(100, 40);
        for i in 0..20 {
            for (x, y) in [(10 + i, 10), (10 + i, 29), (10, 10 + i), (29, 10 + i)] {
                ink.set(x, y);
            }
        }
        ink.set(80, 20);
        let parts = Parts::of(&ink).unwrap();
        assert_eq!(parts.parts.len(), 2);
        let ring = parts.parts[0];
        assert_eq!((ring.width(), ring.height(), ring.area), (20, 20, 76));
        assert!((ring.cx - 20.0).abs() < 0.01 && (ring.cy - 20.0).abs() < 0.01);
        parts.wipe(&mut ink, |p| p.area < 4);
        assert_eq!(ink.count(), 76);
    }

    #[test]
    fn parts_of_a_turned_sheet_are_the_parts_turned() {
        let mut ink = Ink::blank(100, 40);
        (0..60).for_each(|k| ink.set(20 + k % 12, 5 + k / 12));
        let part = Parts::of(&ink).unwrap().parts[0];
        for quarters in 0..4 {
            let turned = Parts::of(&ink.turned(quarters)).unwrap().parts[0];
            assert_eq!(part.turned(quarters, (100, 40)), turned, "{quarters}");
        }
    }
}
