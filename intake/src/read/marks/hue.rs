//! The paper's brightness, and the colour of a mark's ink.

use crate::raster::Rgb;

/// The paper is as bright as this share of the pixels is at most, in each channel, and no darker than this.
const BRIGHT: f64 = 0.9;
const DARKEST: f32 = 60.0;
/// Least chroma of coloured ink, levels, and as a share of how deep it lies below the paper.
const CHROMA: f32 = 20.0;
const PURITY: f32 = 0.17;
/// How deep ink lies below the paper, levels.
const INK: f32 = 36.0;
/// Print lies under stamps and signatures: ink has a colour from this share of the place's ink on.
const COLOURED: f32 = 0.2;

/// The word of ink that has no colour.
pub(super) const DARK: &str = "dark";

/// How bright the paper is in each channel, levels.
pub(super) fn paper(small: &Rgb) -> [f32; 3] {
    let mut counts = [[0usize; 256]; 3];
    for pixel in small.pixels.chunks_exact(3) {
        counts.iter_mut().zip(pixel).for_each(|(counts, value)| counts[usize::from(*value)] += 1);
    }
    let wanted = (small.width * small.height) as f64 * BRIGHT;
    counts.map(|counts| {
        let mut sum = 0;
        let level = counts.iter().position(|count| {
            sum += count;
            sum as f64 >= wanted
        });
        (level.unwrap_or(255) as f32).max(DARKEST)
    })
}

/// The contract's word for the ink within `area`: its left, top, right and bottom in pixels of the small page.
pub(super) fn word(small: &Rgb, paper: [f32; 3], area: [f32; 4], coloured: bool) -> &'static str {
    if !coloured {
        return DARK;
    }
    let side = |v: f32, most: usize| (v.max(0.0) as usize).min(most);
    let [left, right] = [area[0], area[2]].map(|v| side(v, small.width));
    let [top, low] = [area[1], area[3]].map(|v| side(v, small.height));
    let (mut cos, mut sin, mut hued, mut ink) = (0f32, 0f32, 0f32, 0f32);
    for y in top..low {
        for pixel in small.pixels[(y * small.width + left) * 3..(y * small.width + right.max(left)) * 3].chunks_exact(3)
        {
            let even: [f32; 3] = std::array::from_fn(|c| (f32::from(pixel[c]) * 255.0 / paper[c]).min(255.0));
            let (most, least) = (even[0].max(even[1]).max(even[2]), even[0].min(even[1]).min(even[2]));
            let (chroma, depth) = (most - least, 255.0 - least);
            ink += f32::from(u8::from(depth >= INK));
            if chroma >= CHROMA && chroma >= PURITY * depth {
                let turn = hue(even, most, least).to_radians();
                cos += chroma * turn.cos();
                sin += chroma * turn.sin();
                hued += 1.0;
            }
        }
    }
    if hued < COLOURED * ink.max(1.0) {
        return DARK;
    }
    match sin.atan2(cos).to_degrees().rem_euclid(360.0) as u32 {
        75..185 => "green",
        185..249 => "blue",
        249..318 => "violet",
        _ => "red",
    }
}

/// The hue of a colour that has one, degrees from red over green and blue.
fn hue([r, g, b]: [f32; 3], most: f32, least: f32) -> f32 {
    let spread = (most - least).max(1e-6);
    let sixths = if most == r {
        (g - b) / spread
    } else if most == g {
        2.0 + (b - r) / spread
    } else {
        4.0 + (r - g) / spread
    };
    sixths * 60.0
}
