//! A coarse grid of values over a page, one a block.

/// Values of square blocks over a page, row after row.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Blocks a row.
    pub columns: usize,
    /// Rows of blocks.
    pub rows: usize,
    /// Side of a block, pixels of the page the grid lies over.
    pub block: usize,
    values: Vec<f32>,
}

impl Grid {
    /// A grid of zeros over a page; the last column and row may reach beyond it.
    #[must_use]
    pub fn over(width: usize, height: usize, block: usize) -> Self {
        let columns = width.div_ceil(block).max(1);
        let rows = height.div_ceil(block).max(1);
        Self { columns, rows, block, values: vec![0.0; columns * rows] }
    }

    /// Every block as column, row, left, top, right, bottom (half open, within the page).
    pub fn blocks(
        &self,
        width: usize,
        height: usize,
    ) -> impl Iterator<Item = (usize, usize, usize, usize, usize, usize)> + use<> {
        let (columns, rows, block) = (self.columns, self.rows, self.block);
        (0..rows).flat_map(move |row| {
            (0..columns).map(move |column| {
                let (x, y) = (column * block, row * block);
                (column, row, x, y, (x + block).min(width), (y + block).min(height))
            })
        })
    }

    /// The value of a block.
    #[must_use]
    pub fn get(&self, column: usize, row: usize) -> f32 {
        self.values[row * self.columns + column]
    }

    /// Sets the value of a block.
    pub fn set(&mut self, column: usize, row: usize, value: f32) {
        self.values[row * self.columns + column] = value;
    }

    /// All values, row after row.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The value of the block that holds the pixel.
    #[must_use]
    pub fn at_pixel(&self, x: usize, y: usize) -> f32 {
        self.get((x / self.block).min(self.columns - 1), (y / self.block).min(self.rows - 1))
    }

    /// The value below which this share of the blocks lies.
    #[must_use]
    pub fn percentile(&self, share: f32) -> f32 {
        percentile(&mut self.values.clone(), share)
    }

    /// A grid of changed values.
    #[must_use]
    pub fn map(&self, change: impl Fn(f32) -> f32) -> Self {
        Self { values: self.values.iter().map(|&v| change(v)).collect(), ..*self }
    }

    /// A grid of this grid's values and those of another over the same page, put together.
    #[must_use]
    pub fn with(&self, other: &Self, together: impl Fn(f32, f32) -> f32) -> Self {
        Self { values: self.values.iter().zip(&other.values).map(|(&a, &b)| together(a, b)).collect(), ..*self }
    }

    /// Each block's median with its neighbours up to `reach` blocks away.
    #[must_use]
    pub fn median_of_neighbours(&self, reach: usize) -> Self {
        self.over_neighbours(reach, |window| {
            let middle = window.len() / 2;
            *window.select_nth_unstable_by(middle, f32::total_cmp).1
        })
    }

    /// Each block's largest neighbour up to `reach` blocks away.
    #[must_use]
    pub fn max_of_neighbours(&self, reach: usize) -> Self {
        self.over_neighbours(reach, |window| window.iter().copied().fold(0.0, f32::max))
    }

    fn over_neighbours(&self, reach: usize, pick: impl Fn(&mut [f32]) -> f32) -> Self {
        let mut out = self.clone();
        let mut window = Vec::with_capacity((2 * reach + 1).pow(2));
        for row in 0..self.rows {
            for column in 0..self.columns {
                window.clear();
                for r in row.saturating_sub(reach)..(row + reach + 1).min(self.rows) {
                    for c in column.saturating_sub(reach)..(column + reach + 1).min(self.columns) {
                        window.push(self.get(c, r));
                    }
                }
                out.set(column, row, pick(&mut window));
            }
        }
        out
    }

    /// Values of one pixel row, linear between block centres.
    pub fn interpolate_row(&self, y: usize, out: &mut [f32]) {
        let (above, below, down) = self.between(y, self.rows);
        let blend = |column: usize| {
            let (a, b) = (self.get(column, above), self.get(column, below));
            a + (b - a) * down
        };
        let half = self.block / 2;
        let mut column = 0;
        while column <= self.columns {
            // the span between the centres of two neighbouring blocks
            let left = blend(column.saturating_sub(1));
            let right = blend(column.min(self.columns - 1));
            let start = (column * self.block).saturating_sub(half);
            let end = (column * self.block + half).min(out.len());
            let step = (right - left) / self.block as f32;
            let offset = if column == 0 { half } else { 0 };
            if let Some(span) = out.get_mut(start..end) {
                span.iter_mut().zip(offset as i32..).for_each(|(value, i)| *value = left + step * i as f32);
            }
            column += 1;
        }
    }

    fn between(&self, position: usize, count: usize) -> (usize, usize, f32) {
        let centred = (position as f32 + 0.5) / self.block as f32 - 0.5;
        let lower = centred.floor().max(0.0);
        let first = (lower as usize).min(count - 1);
        let second = (first + 1).min(count - 1);
        (first, second, (centred - lower).clamp(0.0, 1.0))
    }
}

/// The value below which this share of the values lies; 0 for none. Reorders the values.
#[must_use]
pub fn percentile(values: &mut [f32], share: f32) -> f32 {
    if values.is_empty() {
        return 0.0;
    }
    let index = ((values.len() - 1) as f32 * share).round() as usize;
    *values.select_nth_unstable_by(index, f32::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_run_straight_between_centres() {
        let mut grid = Grid::over(64, 16, 16);
        for column in 0..4 {
            grid.set(column, 0, (column * 16) as f32);
        }
        let mut row = vec![0.0; 64];
        grid.interpolate_row(3, &mut row);
        assert!((row[8] - 0.0).abs() < 1.1 && (row[24] - 16.0).abs() < 1.1 && (row[40] - 32.0).abs() < 1.1);
        assert!(row.windows(2).all(|pair| pair[1] >= pair[0] - 1e-3));
    }

    #[test]
    fn percentiles_of_few_values() {
        assert!((percentile(&mut [], 0.5) - 0.0).abs() < f32::EPSILON);
        assert!((percentile(&mut [3.0, 1.0, 2.0], 0.5) - 2.0).abs() < f32::EPSILON);
    }
}
