//! What holds for every defect.

use super::*;
use crate::draw::render_paper;
use crate::faces::Fonts;
use crate::paper::Kind;
use crate::plan::PaperPlan;

fn page() -> Drawn {
    let fonts = Fonts::load(&[]).expect("the faces are installed");
    let plan = PaperPlan {
        kind: Kind::Policy,
        variant: 0,
        face: "Vazirmatn".into(),
        story: 4,
        seed: 4,
        fault: None,
        marks: None,
    };
    render_paper(&fonts, &plan, 100).expect("drawn")
}

fn all() -> impl Iterator<Item = (Defect, &'static str)> {
    Defect::ALL.iter().flat_map(|defect| mechanisms_of(*defect).into_iter().map(|name| (*defect, name)))
}

/// What a reader gets, seen back on the clean page's frame: mean squared difference from the clean page, in steps.
fn harm(drawn: &Drawn, degraded: &Degraded, everywhere: bool) -> f64 {
    let read = image::load_from_memory(&degraded.bytes).expect("decoded").into_rgb8();
    let [p, q, r] = degraded.geometry.homography;
    let (w, h) = drawn.image.dimensions();
    let mut sum = 0.0;
    let mut ink = 0u32;
    for y in 0..h {
        for x in 0..w {
            // Only where something is printed, as a rule: elsewhere a difference hardly harms.
            let clean = f64::from(drawn.image.get_pixel(x, y)[1]);
            if clean > 128.0 && !everywhere {
                continue;
            }
            ink += 1;
            let (fx, fy) = (f64::from(x) + 0.5, f64::from(y) + 0.5);
            let depth = r[0] * fx + r[1] * fy + r[2];
            let (u, v) = ((p[0] * fx + p[1] * fy + p[2]) / depth, (q[0] * fx + q[1] * fy + q[2]) / depth);
            let inside = u >= 0.0 && v >= 0.0 && u < f64::from(read.width()) && v < f64::from(read.height());
            let seen = if inside { f64::from(read.get_pixel(u as u32, v as u32)[1]) } else { 255.0 };
            sum += (seen - clean) * (seen - clean);
        }
    }
    sum / f64::from(ink)
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let drawn = page();
    assert_eq!(drawn.image, page().image);
    for (defect, name) in all() {
        let plan = Degradation::one(defect, 3, name, 77);
        let (one, two) = (degrade(&drawn, &plan).expect("spoilt"), degrade(&drawn, &plan).expect("spoilt"));
        assert!(one.bytes == two.bytes && one.geometry == two.geometry, "{name}");
    }
}

#[test]
fn every_mechanism_changes_pixels() {
    let drawn = page();
    for (defect, name) in all() {
        let degraded = degrade(&drawn, &Degradation::one(defect, 3, name, 8)).expect("spoilt");
        assert!(degraded.image != drawn.image || defect == Defect::Jpeg, "{name}");
    }
}

/// Quarter turns are all alike, an empty page is empty, and what a wider angle, a smaller page or a cut does to ink
/// is measured by geometry below.
const BY_GEOMETRY: [Defect; 6] =
    [Defect::Turn, Defect::Skew, Defect::Perspective, Defect::SmallText, Defect::CutOff, Defect::Blank];

#[test]
fn harm_grows_with_severity() {
    const SEEDS: u64 = 3;
    let drawn = page();
    let mut unsound = Vec::new();
    for (defect, name) in all() {
        // Darkness leaves ink black: it is measured by the paper around it, below.
        if !defect.is_fault() || defect == Defect::Dark || BY_GEOMETRY.contains(&defect) {
            continue;
        }
        // Print that shows through, stains and a threshold set too high blacken paper, not ink.
        let everywhere = matches!(defect, Defect::Bilevel | Defect::Bleed | Defect::StainFold);
        let mean = |severity: u8| {
            let one = |seed| {
                let spoilt = degrade(&drawn, &Degradation::one(defect, severity, name, seed)).expect("spoilt");
                harm(&drawn, &spoilt, everywhere)
            };
            (0..SEEDS).map(one).sum::<f64>() / SEEDS as f64
        };
        let grades = [mean(1), mean(3), mean(5)];
        if !(grades[0] < grades[1] && grades[1] < grades[2]) {
            unsound.push(format!("{name}: {grades:.0?}"));
        }
    }
    assert!(unsound.is_empty(), "{unsound:#?}");
}

#[test]
fn darkness_grows_with_severity() {
    let drawn = page();
    for name in mechanisms_of(Defect::Dark) {
        let levels: Vec<f64> = (1..=5)
            .map(|severity| {
                let out = degrade(&drawn, &Degradation::one(Defect::Dark, severity, name, 3)).expect("spoilt");
                out.image.iter().map(|v| f64::from(*v)).sum::<f64>() / out.image.len() as f64
            })
            .collect();
        assert!(levels.windows(2).all(|pair| pair[0] > pair[1]), "{name}: {levels:?}");
    }
}

#[test]
fn geometry_grows_with_severity() {
    let drawn = page();
    let (w, h) = (f64::from(drawn.image.width()), f64::from(drawn.image.height()));
    let measure = |defect: Defect, degraded: &Degraded| -> f64 {
        let geometry = &degraded.geometry;
        let [p, q, r] = geometry.homography;
        let at = |x: f64, y: f64| {
            let depth = r[0] * x + r[1] * y + r[2];
            ((p[0] * x + p[1] * y + p[2]) / depth, (q[0] * x + q[1] * y + q[2]) / depth)
        };
        let corners = [at(0.0, 0.0), at(w, 0.0), at(w, h), at(0.0, h)];
        let edge = |a: usize, b: usize| (corners[a].0 - corners[b].0).hypot(corners[a].1 - corners[b].1);
        match defect {
            Defect::Skew => f64::from(geometry.skew_deg.abs()),
            Defect::SmallText => w / edge(0, 1),
            // Opposite edges differ in length the more, the steeper the view.
            Defect::Perspective => (edge(0, 1) / edge(2, 3)).ln().abs() + (edge(1, 2) / edge(3, 0)).ln().abs(),
            _ => {
                let (iw, ih) = (f64::from(degraded.image.width()), f64::from(degraded.image.height()));
                let grid = 60;
                let lost = (0..grid * grid).filter(|cell| {
                    let (x, y) = at((cell % grid) as f64 / 60.0 * w, (cell / grid) as f64 / 60.0 * h);
                    x < 0.0 || y < 0.0 || x > iw || y > ih
                });
                lost.count() as f64
            }
        }
    };
    for defect in [Defect::Skew, Defect::Perspective, Defect::SmallText, Defect::CutOff] {
        for name in mechanisms_of(defect) {
            let mean = |severity: u8| {
                let of = |seed| {
                    measure(defect, &degrade(&drawn, &Degradation::one(defect, severity, name, seed)).expect("spoilt"))
                };
                (0..6).map(of).sum::<f64>() / 6.0
            };
            let grades = [mean(1), mean(3), mean(5)];
            assert!(grades[0] < grades[1] && grades[1] < grades[2], "{name}: {grades:?}");
        }
    }
}

#[test]
fn quarter_turns_are_told() {
    let drawn = page();
    for seed in 0..8 {
        let out = degrade(&drawn, &Degradation::one(Defect::Turn, 1, "turn.quarter", seed)).expect("spoilt");
        assert!([90, 180, 270].contains(&out.geometry.turn_deg));
        let lying = out.image.width() > out.image.height();
        assert_eq!(lying, out.geometry.turn_deg != 180);
        // The page's own pixel (10, 20) is where the map says.
        let [p, q, _] = out.geometry.homography;
        let (x, y) = (p[0] * 10.5 + p[1] * 20.5 + p[2], q[0] * 10.5 + q[1] * 20.5 + q[2]);
        assert!(x > 0.0 && y > 0.0 && x < f64::from(out.image.width()) && y < f64::from(out.image.height()));
    }
}
