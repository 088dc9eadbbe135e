//! What lies around a page that is photographed: desks, tables, floors.

use crate::chance::Draw;
use crate::degrade::grain::Field;
use crate::degrade::shot::Shot;

/// A ground under the page.
pub(crate) struct Desk {
    colour: [f32; 3],
    coarse: Field,
    fine: Field,
    contrast: f32,
}

/// Wood, dark wood, cloth, steel.
const DAY: [[f32; 3]; 4] = [[128.0, 92.0, 60.0], [70.0, 48.0, 34.0], [72.0, 86.0, 104.0], [120.0, 122.0, 125.0]];
/// Under a lamp: carpet, oilcloth, stone.
const NIGHT: [[f32; 3]; 3] = [[96.0, 48.0, 42.0], [60.0, 74.0, 58.0], [104.0, 98.0, 88.0]];

impl Desk {
    fn of(shot: &mut Shot, colours: &[[f32; 3]], columns: usize, rows: usize) -> Self {
        Self {
            colour: *shot.rng.pick(colours),
            coarse: Field::new(shot.seed(), columns, rows),
            fine: Field::new(shot.seed(), columns * 5, rows * 3),
            contrast: shot.rng.real(0.08, 0.25),
        }
    }

    /// A desk by day: grain that runs along the desk.
    pub(crate) fn day(shot: &mut Shot) -> Self {
        Self::of(shot, &DAY, 6, 90)
    }

    /// A table or floor by lamp light: patches without direction.
    pub(crate) fn night(shot: &mut Shot) -> Self {
        Self::of(shot, &NIGHT, 40, 50)
    }

    /// Colour at shares of the frame.
    pub(crate) fn colour(&self, x: f32, y: f32) -> [f32; 3] {
        let shade = 1.0 + self.contrast * (self.coarse.at(x, y) + 0.5 * self.fine.at(x, y));
        self.colour.map(|c| c * shade)
    }
}

/// The lid of a scanner: nearly white, or grey.
pub(crate) fn lid(shot: &mut Shot) -> [f32; 3] {
    let grey = *shot.rng.pick(&[252.0f32, 246.0, 228.0, 60.0]);
    [grey; 3]
}
