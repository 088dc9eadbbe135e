//! A page that is blurred more and more: `sanad check`, as people run it.

use std::process::Command;

use image::DynamicImage;
use sanad_samples::{Fonts, PaperCopy, Split, template};

use crate::bad_input_files::encoded;
use crate::program::{finish, sanad};

#[test]
fn the_more_a_page_is_blurred_the_surer_it_is_refused_and_for_its_blur_alone() {
    let fonts = Fonts::load(&[]).unwrap();
    for form in [3, 7] {
        let copy = PaperCopy::of_person(&template(Split::Holdout, 2031, form).unwrap(), 1);
        let page = DynamicImage::ImageRgb8(copy.clean(&fonts, 150).unwrap()).to_luma8();
        for blur in [5.0, 8.0, 12.0] {
            let folder = tempfile::tempdir().unwrap();
            let soft = DynamicImage::ImageLuma8(image::imageops::blur(&page, blur));
            std::fs::write(folder.path().join("soft.png"), encoded(&soft, image::ImageFormat::Png)).unwrap();
            let outcome =
                finish(Command::new(sanad()).current_dir(folder.path()).args(["check", "soft.png", "--json"]));
            let report = &outcome.lines()[0]["pages"][0];
            assert_eq!(report["verdict"], "reject", "{form} {blur}: {report}");
            assert_eq!(report["uncertain"], false, "{form} {blur}");
            let codes: Vec<&str> =
                report["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
            assert_eq!(codes, ["LEG-BLUR"], "{form} {blur}");
            let message = report["findings"][0]["message"]["fa"].as_str().unwrap();
            assert!(!message.contains('{'), "{message}");
        }
    }
}
