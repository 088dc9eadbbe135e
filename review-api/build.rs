//! Says clearly what is missing when the pages' styles and scripts have not been built.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=web/dist");
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=templates");
    if !Path::new("web/dist/manifest.json").exists() {
        println!(
            "cargo::error=review-api/web/dist is missing: run `npm ci && npm run build` in review-api/web (needs Node 18 or newer), or `make run`, which does it"
        );
        std::process::exit(1);
    }
}
