//! Connected ink: runs of ink pixels joined over the rows into blobs (8-connected).

use super::ink::InkMap;

/// Blobs counted at most; a page with more is noise, and what is beyond is not looked at.
const MAX_RUNS: usize = 3_000_000;

/// One piece of connected ink, analysis pixels, half open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Blob {
    /// Left.
    pub x0: u32,
    /// Top.
    pub y0: u32,
    /// Right, exclusive.
    pub x1: u32,
    /// Bottom, exclusive.
    pub y1: u32,
    /// Ink pixels.
    pub area: u32,
    /// Sides between an ink pixel and a paper pixel.
    pub perimeter: u32,
    /// Mean depth of its pixels below the paper, levels.
    pub depth: f32,
}

impl Blob {
    /// Width, analysis pixels.
    #[must_use]
    pub const fn width(&self) -> u32 {
        self.x1 - self.x0
    }

    /// Height, analysis pixels.
    #[must_use]
    pub const fn height(&self) -> u32 {
        self.y1 - self.y0
    }

    /// Mean thickness of its strokes: area over half the perimeter, analysis pixels.
    #[must_use]
    pub fn stroke(&self) -> f32 {
        2.0 * self.area as f32 / self.perimeter.max(1) as f32
    }

    /// Centre, analysis pixels.
    #[must_use]
    pub fn centre(&self) -> (f32, f32) {
        ((self.x0 + self.x1) as f32 / 2.0, (self.y0 + self.y1) as f32 / 2.0)
    }
}

#[derive(Clone, Copy)]
struct Run {
    x0: u32,
    x1: u32,
    label: u32,
    depth: u32,
}

/// Union of labels by smallest root, with path halving.
struct Labels(Vec<u32>);

impl Labels {
    fn fresh(&mut self) -> u32 {
        let label = self.0.len() as u32;
        self.0.push(label);
        label
    }

    fn root(&mut self, mut label: u32) -> u32 {
        while self.0[label as usize] != label {
            let parent = self.0[self.0[label as usize] as usize];
            self.0[label as usize] = parent;
            label = parent;
        }
        label
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        self.0[high as usize] = low;
    }
}

/// All blobs of the page, in order of their first pixel.
#[must_use]
pub fn blobs(map: &InkMap) -> Vec<Blob> {
    let mut labels = Labels(Vec::new());
    let mut blobs: Vec<Blob> = Vec::new();
    let mut above: Vec<Run> = Vec::new();
    let mut here: Vec<Run> = Vec::new();
    let mut threshold = vec![0.0_f32; map.width];
    let mut seen = 0;
    for y in 0..map.height {
        map.threshold.interpolate_row(y, &mut threshold);
        let depth = &map.depth[y * map.width..(y + 1) * map.width];
        runs_of(depth, &threshold, &mut here);
        seen += here.len();
        if seen > MAX_RUNS {
            break;
        }
        join_row(&above, &mut here, y as u32, &mut labels, &mut blobs);
        std::mem::swap(&mut above, &mut here);
    }
    merge(&mut labels, &blobs)
}

fn runs_of(depth: &[u8], threshold: &[f32], runs: &mut Vec<Run>) {
    runs.clear();
    let mut start = None;
    for (x, (&d, &t)) in depth.iter().zip(threshold).enumerate() {
        match (f32::from(d) > t, start) {
            (true, None) => start = Some(x),
            (false, Some(first)) => {
                runs.push(run(depth, first, x));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(first) = start {
        runs.push(run(depth, first, depth.len()));
    }
}

fn run(depth: &[u8], x0: usize, x1: usize) -> Run {
    let sum = depth[x0..x1].iter().map(|&d| u32::from(d)).sum();
    Run { x0: x0 as u32, x1: x1 as u32, label: 0, depth: sum }
}

/// Gives the runs of a row their labels and adds them to their blobs.
fn join_row(above: &[Run], here: &mut [Run], y: u32, labels: &mut Labels, blobs: &mut Vec<Blob>) {
    let mut first = 0;
    for run in here {
        let mut label = None;
        let mut shared = 0;
        while first < above.len() && above[first].x1 < run.x0 {
            first += 1;
        }
        for upper in above[first..].iter().take_while(|upper| upper.x0 <= run.x1) {
            shared += upper.x1.min(run.x1).saturating_sub(upper.x0.max(run.x0));
            match label {
                None => label = Some(upper.label),
                Some(known) => labels.join(known, upper.label),
            }
        }
        run.label = label.unwrap_or_else(|| {
            blobs.push(Blob { x0: run.x0, y0: y, x1: run.x1, y1: y + 1, area: 0, perimeter: 0, depth: 0.0 });
            labels.fresh()
        });
        grow(&mut blobs[run.label as usize], *run, y, shared);
    }
}

fn grow(blob: &mut Blob, run: Run, y: u32, shared: u32) {
    let length = run.x1 - run.x0;
    blob.x0 = blob.x0.min(run.x0);
    blob.x1 = blob.x1.max(run.x1);
    blob.y1 = y + 1;
    blob.depth = (blob.depth * blob.area as f32 + run.depth as f32) / (blob.area + length) as f32;
    blob.area += length;
    // two ends, top and bottom sides, less what it shares with the row above (counted on both sides)
    blob.perimeter += 2 + 2 * length;
    blob.perimeter = blob.perimeter.saturating_sub(2 * shared);
}

fn merge(labels: &mut Labels, parts: &[Blob]) -> Vec<Blob> {
    let mut whole: Vec<Option<Blob>> = vec![None; parts.len()];
    for (label, part) in parts.iter().enumerate() {
        let root = labels.root(label as u32) as usize;
        whole[root] = Some(match whole[root] {
            None => *part,
            Some(known) => Blob {
                x0: known.x0.min(part.x0),
                y0: known.y0.min(part.y0),
                x1: known.x1.max(part.x1),
                y1: known.y1.max(part.y1),
                area: known.area + part.area,
                perimeter: known.perimeter + part.perimeter,
                depth: (known.depth * known.area as f32 + part.depth * part.area as f32)
                    / (known.area + part.area) as f32,
            },
        });
    }
    whole.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Luma;

    fn page_with(ink: &[(usize, usize, usize, usize)]) -> InkMap {
        let mut luma = Luma::filled(96, 64, 240);
        for &(x, y, w, h) in ink {
            for row in y..y + h {
                for column in x..x + w {
                    luma.pixels_mut()[row * 96 + column] = 20;
                }
            }
        }
        InkMap::of(&luma)
    }

    #[test]
    fn a_bar_is_one_blob_with_its_thickness() {
        let found = blobs(&page_with(&[(10, 10, 30, 3)]));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].width(), found[0].height(), found[0].area), (30, 3, 90));
        assert!((found[0].stroke() - 2.7).abs() < 0.1, "{}", found[0].stroke());
    }

    #[test]
    fn a_u_joins_at_its_foot() {
        let found = blobs(&page_with(&[(10, 10, 3, 20), (30, 10, 3, 20), (10, 28, 23, 3)]));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].width(), found[0].height()), (23, 21));
    }

    #[test]
    fn corners_touching_are_joined() {
        let found = blobs(&page_with(&[(10, 10, 4, 4), (14, 14, 4, 4)]));
        assert_eq!(found.len(), 1);
    }
}
