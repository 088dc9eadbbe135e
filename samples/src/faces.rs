//! The faces papers are drawn with, loaded from installed packages.
//!
//! Fonts are never kept in the repository. Each face names the file it lives in and the package that brings the
//! file; a missing one is an error that says so, because a page drawn with a substitute would carry a false label.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use resvg::usvg;
use resvg::usvg::fontdb;

use crate::error::SampleError;

/// A face: its name, its files and where they come from.
#[derive(Debug, PartialEq, Eq)]
pub struct Face {
    /// Name as in truth files.
    pub name: &'static str,
    /// File of the regular weight.
    pub regular: &'static str,
    /// File of the bold weight, where there is one.
    pub bold: Option<&'static str>,
    /// Package that brings the files.
    pub package: &'static str,
}

const fn face(name: &'static str, regular: &'static str, bold: &'static str, package: &'static str) -> Face {
    Face { name, regular, bold: if bold.is_empty() { None } else { Some(bold) }, package }
}

/// All faces papers may be set in.
pub const FACES: [Face; 14] = [
    face("Nazli", "nazli.ttf", "nazlib.ttf", "fonts-farsiweb"),
    face("Titr", "titr.ttf", "", "fonts-farsiweb"),
    face("Homa", "homa.ttf", "", "fonts-farsiweb"),
    face("Amiri", "Amiri-Regular.ttf", "Amiri-Bold.ttf", "fonts-hosny-amiri"),
    face("Scheherazade", "Scheherazade-Regular.ttf", "Scheherazade-Bold.ttf", "fonts-sil-scheherazade"),
    face("Noto Naskh Arabic", "NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf", "fonts-noto-core"),
    face("Noto Sans Arabic", "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf", "fonts-noto-core"),
    face("Noto Kufi Arabic", "NotoKufiArabic-Regular.ttf", "NotoKufiArabic-Bold.ttf", "fonts-noto-core"),
    face("DejaVu Sans", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "fonts-dejavu-core"),
    face("Vazirmatn", "Vazirmatn-Regular.ttf", "Vazirmatn-Bold.ttf", "vazirmatn (npm)"),
    face("Sahel", "Sahel.ttf", "Sahel-Bold.ttf", "sahel-font (npm)"),
    face("Parastoo", "Parastoo.ttf", "Parastoo-Bold.ttf", "parastoo-font (npm)"),
    face("Shabnam", "Shabnam.ttf", "Shabnam-Bold.ttf", "shabnam-font (npm)"),
    face("Samim", "Samim.ttf", "Samim-Bold.ttf", "samim-font (npm)"),
];

/// The typewriter face of zones and account numbers, and the last resort for a missing letter.
const TYPEWRITER: Face = face("DejaVu Sans Mono", "DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf", "fonts-dejavu-core");

/// The face of `name`.
pub(crate) fn face_named(name: &str) -> Result<&'static Face, SampleError> {
    FACES
        .iter()
        .find(|face| face.name == name)
        .ok_or_else(|| SampleError::Unknown { what: "face", name: name.to_owned() })
}

/// Which of the loaded families a piece of text is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Setting {
    /// Index into [`FACES`], or its length for the typewriter face.
    pub(crate) face: usize,
    /// Bold weight, where the face has one.
    pub(crate) bold: bool,
}

impl Setting {
    pub(crate) fn of(face: &'static Face, bold: bool) -> Self {
        let at = FACES.iter().position(|other| other == face).unwrap_or(FACES.len());
        Self { face: at, bold }
    }

    pub(crate) fn typewriter(bold: bool) -> Self {
        Self { face: FACES.len(), bold }
    }

    /// The family name written into the drawing.
    pub(crate) fn family(self) -> String {
        format!("f{}{}", self.face, if self.bold { "b" } else { "r" })
    }
}

/// All faces, loaded once and shared by every page.
pub struct Fonts {
    db: Arc<fontdb::Database>,
    families: Arc<BTreeMap<String, fontdb::ID>>,
    widths: Mutex<HashMap<(Setting, String), f32>>,
    covered: Mutex<HashMap<(Setting, char), bool>>,
}

/// Folders searched for font files: the usual system ones, then this package's own `fonts/node_modules`.
fn usual_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = ["/usr/share/fonts", "/usr/local/share/fonts"].map(PathBuf::from).into();
    if let Some(home) = std::env::home_dir() {
        folders.extend([home.join(".local/share/fonts"), home.join(".fonts")]);
    }
    folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/node_modules"));
    folders.push(PathBuf::from("samples/fonts/node_modules"));
    folders
}

/// Notes the path of every `.ttf` and `.otf` under `folder`; the first place a name is seen wins.
fn walk(folder: &Path, found: &mut BTreeMap<String, PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, found);
        } else if let Some(name) = path.file_name().and_then(|name| name.to_str())
            && (name.ends_with(".ttf") || name.ends_with(".otf"))
        {
            found.entry(name.to_owned()).or_insert(path);
        }
    }
}

impl Fonts {
    /// Loads every face of [`FACES`] from the usual folders and `extra`, which is searched first.
    ///
    /// # Errors
    /// [`SampleError::MissingFace`] names the package of a face that is not installed.
    pub fn load(extra: &[PathBuf]) -> Result<Self, SampleError> {
        let mut found = BTreeMap::new();
        for folder in extra.iter().chain(&usual_folders()) {
            walk(folder, &mut found);
        }
        let mut db = fontdb::Database::new();
        let mut families = BTreeMap::new();
        for face in FACES.iter().chain([&TYPEWRITER]) {
            for (bold, file) in [(false, Some(face.regular)), (true, face.bold)] {
                let Some(file) = file else { continue };
                let path =
                    found.get(file).ok_or(SampleError::MissingFace { face: face.name, file, package: face.package })?;
                let bytes = std::fs::read(path).map_err(SampleError::file(path))?;
                // Kept in memory: otherwise each look at a glyph would read the file again.
                let ids = db.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
                let id = *ids.first().ok_or_else(|| SampleError::BrokenFace { path: path.clone() })?;
                families.insert(Setting::of(face, bold).family(), id);
            }
        }
        Ok(Self { db: Arc::new(db), families: Arc::new(families), widths: Mutex::default(), covered: Mutex::default() })
    }

    /// Adds every font file under `folder` whose family `admits` lets in, in the order of their paths, and names them
    /// by file. They follow [`FACES`] and the typewriter, have one weight each, and no paper is ever set in them.
    pub(crate) fn add_folder(
        &mut self,
        folder: &Path,
        admits: impl Fn(&str) -> bool,
    ) -> Result<Vec<(String, Setting)>, SampleError> {
        let mut found = BTreeMap::new();
        walk(folder, &mut found);
        let mut added = Vec::new();
        for (file, path) in found {
            let bytes = std::fs::read(&path).map_err(SampleError::file(&path))?;
            let db = Arc::make_mut(&mut self.db);
            let ids = db.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
            let id = *ids.first().ok_or(SampleError::BrokenFace { path })?;
            let admitted = db.face(id).is_some_and(|face| face.families.iter().all(|(family, _)| admits(family)));
            if admitted {
                let setting = Setting { face: FACES.len() + 1 + added.len(), bold: false };
                Arc::make_mut(&mut self.families).insert(setting.family(), id);
                added.push((file, setting));
            }
        }
        Ok(added)
    }

    /// Parses a drawing whose texts name families of [`Setting::family`].
    pub(crate) fn compose(&self, svg: &str) -> Result<usvg::Tree, SampleError> {
        self.compose_noting(svg, &Arc::new(AtomicBool::new(false)))
    }

    /// As [`Fonts::compose`]; sets `lacking` where a letter was not in its family. No substitute is ever taken
    /// there: the library would then set the whole text in it, not the letter alone.
    fn compose_noting(&self, svg: &str, lacking: &Arc<AtomicBool>) -> Result<usvg::Tree, SampleError> {
        let select = {
            let families = Arc::clone(&self.families);
            move |font: &usvg::Font, _: &mut Arc<fontdb::Database>| {
                let usvg::FontFamily::Named(name) = font.families().first()? else {
                    return None;
                };
                // A face without a bold weight sets its bold text in the regular one, as a printer would.
                families.get(name).or_else(|| families.get(&name.replace('b', "r"))).copied()
            }
        };
        let lacking = Arc::clone(lacking);
        let replace = move |_: char, _: &[fontdb::ID], _: &mut Arc<fontdb::Database>| {
            lacking.store(true, Ordering::Relaxed);
            None
        };
        let options = usvg::Options {
            fontdb: Arc::clone(&self.db),
            font_resolver: usvg::FontResolver { select_font: Box::new(select), select_fallback: Box::new(replace) },
            ..usvg::Options::default()
        };
        Ok(usvg::Tree::from_str(svg, &options)?)
    }

    /// Width of `text` set in `setting`, in units of the type size. Measured by setting it, then remembered.
    pub(crate) fn width(&self, setting: Setting, text: &str) -> Result<f32, SampleError> {
        /// Type size of the measurement: large, so that rounding does not count.
        const SIZE: f32 = 100.0;
        let key = (setting, text.to_owned());
        if let Ok(widths) = self.widths.lock()
            && let Some(width) = widths.get(&key)
        {
            return Ok(*width);
        }
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text id="t" font-family="{}" font-size="{SIZE}" xml:space="preserve">{}</text></svg>"#,
            setting.family(),
            self.marked_up(setting, text)?,
        );
        let tree = self.compose(&svg)?;
        let width = tree.node_by_id("t").map_or(0.0, |node| node.abs_bounding_box().width() / SIZE);
        if let Ok(mut widths) = self.widths.lock() {
            widths.insert(key, width);
        }
        Ok(width)
    }

    /// Whether the family of `setting` draws `c`.
    pub(crate) fn covers(&self, setting: Setting, c: char) -> Result<bool, SampleError> {
        if steers(c) || c.is_whitespace() {
            return Ok(true);
        }
        if let Ok(covered) = self.covered.lock()
            && let Some(known) = covered.get(&(setting, c))
        {
            return Ok(*known);
        }
        let lacking = Arc::new(AtomicBool::new(false));
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text font-family="{}">{}</text></svg>"#,
            setting.family(),
            escaped(&c.to_string()),
        );
        self.compose_noting(&svg, &lacking)?;
        let known = !lacking.load(Ordering::Relaxed);
        if let Ok(mut covered) = self.covered.lock() {
            covered.insert((setting, c), known);
        }
        Ok(known)
    }

    /// `text` as the inside of a `<text>` element: escaped, its direction stated, and letters that the face lacks
    /// set in the substitute face.
    pub(crate) fn marked_up(&self, setting: Setting, text: &str) -> Result<String, SampleError> {
        let substitute = Setting { face: SUBSTITUTE, bold: setting.bold };
        let (open, close) = direction(text);
        let mut out = String::from(open);
        let mut run = String::new();
        let mut own = true;
        for c in text.chars() {
            let covered = if c.is_whitespace() || steers(c) { own } else { self.covers(setting, c)? };
            if covered != own {
                out.push_str(&span(&run, own, substitute));
                run.clear();
                own = covered;
            }
            run.push(c);
        }
        out.push_str(&span(&run, own, substitute));
        out.push_str(close);
        Ok(out)
    }
}

/// DejaVu Sans: it draws every letter and sign the papers use.
const SUBSTITUTE: usize = 8;

/// Marks that steer joining and direction and are never drawn.
fn steers(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Marks put around a text. The drawing library takes every paragraph as left to right, so a Persian one is
/// embedded; a text without letters of the script (a number, a date) is kept in the order it is written in.
fn direction(text: &str) -> (&'static str, &'static str) {
    if crate::script::runs_right_to_left(text) { ("\u{202B}", "\u{202C}") } else { ("\u{202D}", "\u{202C}") }
}

fn span(run: &str, own: bool, substitute: Setting) -> String {
    match (run.is_empty(), own) {
        (true, _) => String::new(),
        (_, true) => escaped(run),
        (_, false) => format!(r#"<tspan font-family="{}">{}</tspan>"#, substitute.family(), escaped(run)),
    }
}

/// Escapes what XML reserves.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_join() {
        let fonts = Fonts::load(&[]).expect("the faces are installed");
        for face in &FACES {
            let setting = Setting::of(face, false);
            let joined = fonts.width(setting, "بیمهبیمه").expect("measured");
            let apart: f32 = "بیمهبیمه".chars().map(|c| fonts.width(setting, &c.to_string()).expect("measured")).sum();
            assert!(joined < 0.9 * apart, "{}: {joined} against {apart} unjoined", face.name);
        }
    }

    #[test]
    fn letters_a_face_lacks_are_substituted_alone() {
        let fonts = Fonts::load(&[]).expect("the faces are installed");
        let noto = Setting::of(face_named("Noto Naskh Arabic").expect("known"), false);
        assert!(fonts.covers(noto, 'ب').expect("probed"));
        assert!(!fonts.covers(noto, 'W').expect("probed"));
        let marked = fonts.marked_up(noto, "گذرنامه W12").expect("marked");
        assert!(marked.contains("<tspan") && marked.starts_with("\u{202B}گذرنامه"), "{marked}");
        assert_eq!(FACES[SUBSTITUTE].name, "DejaVu Sans");
    }

    #[test]
    fn a_missing_face_names_its_package() {
        let error = SampleError::MissingFace { face: "Homa", file: "homa.ttf", package: "fonts-farsiweb" };
        assert!(error.to_string().contains("fonts-farsiweb"));
    }
}
