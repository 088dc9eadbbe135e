//! Connected pieces of a mask: runs of set pixels joined over the rows (8-connected).

/// A connected piece, half open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) x0: usize,
    pub(crate) y0: usize,
    pub(crate) x1: usize,
    pub(crate) y1: usize,
    pub(crate) area: usize,
}

impl Piece {
    pub(crate) const fn width(&self) -> usize {
        self.x1 - self.x0
    }

    pub(crate) const fn height(&self) -> usize {
        self.y1 - self.y0
    }
}

/// A run of set pixels with the piece it belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub(crate) y: usize,
    pub(crate) x0: usize,
    pub(crate) x1: usize,
    pub(crate) piece: usize,
}

/// The pieces of a mask of `width` columns, and its runs in the order of the rows.
pub(crate) fn pieces(width: usize, height: usize, set: impl Fn(usize) -> bool) -> (Vec<Piece>, Vec<Run>) {
    let mut runs: Vec<Run> = Vec::new();
    let mut roots: Vec<usize> = Vec::new();
    let mut above = 0..0;
    for y in 0..height {
        let first = runs.len();
        let mut x = 0;
        while x < width {
            if !set(y * width + x) {
                x += 1;
                continue;
            }
            let x0 = x;
            while x < width && set(y * width + x) {
                x += 1;
            }
            runs.push(Run { y, x0, x1: x, piece: roots.len() });
            roots.push(roots.len());
        }
        join(&mut roots, &runs, above.clone(), first..runs.len());
        above = first..runs.len();
    }
    let mut number = vec![usize::MAX; roots.len()];
    let mut found: Vec<Piece> = Vec::new();
    for (at, run) in runs.iter_mut().enumerate() {
        let root = root(&mut roots, at);
        if number[root] == usize::MAX {
            number[root] = found.len();
            found.push(Piece { x0: usize::MAX, y0: usize::MAX, x1: 0, y1: 0, area: 0 });
        }
        run.piece = number[root];
        let piece = &mut found[run.piece];
        piece.x0 = piece.x0.min(run.x0);
        piece.x1 = piece.x1.max(run.x1);
        piece.y0 = piece.y0.min(run.y);
        piece.y1 = piece.y1.max(run.y + 1);
        piece.area += run.x1 - run.x0;
    }
    (found, runs)
}

fn join(roots: &mut [usize], runs: &[Run], above: std::ops::Range<usize>, here: std::ops::Range<usize>) {
    let mut from = above.start;
    for at in here {
        while from < above.end && runs[from].x1 < runs[at].x0 {
            from += 1;
        }
        let mut other = from;
        while other < above.end && runs[other].x0 <= runs[at].x1 {
            let (a, b) = (root(roots, at), root(roots, other));
            roots[a.max(b)] = a.min(b);
            other += 1;
        }
    }
}

fn root(roots: &mut [usize], mut at: usize) -> usize {
    while roots[at] != at {
        roots[at] = roots[roots[at]];
        at = roots[at];
    }
    at
}
