//! `LEG-BLUR` — out of focus.
//!
//! Sees letters whose flanks are wide. Matters because the dots that tell Persian letters apart melt
//! into one another first. Measures the width of the edges inside the text as a share of the body
//! height, so that one limit serves scans and photos of any size. Source of the idea: gradients inside
//! letters rank pages as well as trained networks do (CG-DIQA, 2018). A picture that was made small and
//! large again looks the same; where it gives itself away it is `LEG-RES`. Where so little can be made out that nothing is
//! sure of the letters, the whole picture is asked (`focus.rs`).

use super::{Measured, View};
use crate::registry::{Check, Factor};

/// The check.
pub const CHECK: Check = Check { code: "LEG-BLUR", explains: Factor::Sharpness, measure };

fn measure(view: &View<'_>) -> Result<Measured, &'static str> {
    if let Some((width, limit)) = view.out_of_focus {
        let measured = Measured::new("page_edge_width", width, limit, "permille").said_as("nowhere-sharp");
        return Ok(measured.found(true).regions(vec![view.whole_page()]));
    }
    let sheet = view.text()?;
    let limits = view.limits;
    let blurred = |edge: f32, body: f32| edge / body > limits.max_edge_body && edge > limits.min_blur_edge_px;
    let value = sheet.over_tiles(0.5, |t| t.edges.mean() / t.body_px.max(1.0));
    let edge = sheet.over_tiles(0.5, |t| t.edges.mean());
    let shaken = super::motion::anisotropy(sheet) > limits.max_edge_anisotropy;
    Ok(Measured::new("edge_width", value, limits.max_edge_body, "body")
        .found(blurred(edge, edge / value.max(f32::EPSILON)) && !shaken && !view.enlarged)
        .regions(sheet.regions(|t| blurred(t.edges.mean(), t.body_px.max(1.0)))))
}
