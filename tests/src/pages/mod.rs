//! The pages in a headless Chromium: what people press, what they see, and how it fits their screens.

mod browser;
mod door;
mod fit;
mod main_path;
mod pairs;
mod weight;
mod without_scripts;
