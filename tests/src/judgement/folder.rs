//! A folder of labelled images: `truth.jsonl`, `masters.json` or `masters.jsonl`, and the images, which
//! lie beside the truth or in `images/`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sanad_checks::page::Luma;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One labelled image. Fields that only some makers of folders write stay in `rest`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Label {
    /// File name.
    pub file: String,
    /// The clean page it was made from.
    pub master: String,
    /// The defect, `none` for clean.
    pub defect: String,
    /// 0 or 1 (hardly there) to 5.
    pub severity: f64,
    /// Resolution.
    #[serde(default)]
    pub dpi: Option<f64>,
    /// Share of characters read relative to the clean copy, once a reader has been asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readability: Option<f64>,
    /// `legible`, `borderline` or `illegible`, once a reader has been asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// A folder of labelled images.
#[derive(Debug)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// Its labels, in the file's order.
    pub labels: Vec<Label>,
    /// Printed text by master.
    pub texts: BTreeMap<String, String>,
    /// What kind of paper each master is.
    pub kinds: BTreeMap<String, String>,
}

impl Folder {
    /// Opens a folder.
    ///
    /// # Errors
    /// When its files are missing or not of the form.
    pub fn open(path: &Path) -> Result<Self> {
        let read = |name: &str| std::fs::read_to_string(path.join(name));
        let truth = read("truth.jsonl").with_context(|| format!("no truth.jsonl in {}", path.display()))?;
        let labels = truth.lines().map(serde_json::from_str).collect::<Result<_, _>>().context("truth.jsonl")?;
        let masters: BTreeMap<String, Value> = match read("masters.json") {
            Ok(text) => serde_json::from_str(&text).context("masters.json")?,
            Err(_) => read("masters.jsonl")
                .context("no masters.json or masters.jsonl")?
                .lines()
                .map(|line| {
                    let value: Value = serde_json::from_str(line)?;
                    Ok((value["id"].as_str().unwrap_or_default().to_owned(), value))
                })
                .collect::<Result<_>>()
                .context("masters.jsonl")?,
        };
        let text = |value: &Value| {
            let lines = value["lines"].as_array().into_iter().flatten().filter_map(Value::as_str);
            lines.collect::<Vec<_>>().join("\n")
        };
        let kind = |value: &Value| value["type"].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            path: path.to_owned(),
            labels,
            texts: masters.iter().map(|(id, v)| (id.clone(), text(v))).collect(),
            kinds: masters.iter().map(|(id, v)| (id.clone(), kind(v))).collect(),
        })
    }

    /// The image's path.
    #[must_use]
    pub fn image(&self, label: &Label) -> PathBuf {
        let beside = self.path.join(&label.file);
        if beside.exists() { beside } else { self.path.join("images").join(&label.file) }
    }

    /// Writes the labels back.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self) -> Result<()> {
        self.write(&self.labels)
    }

    /// Writes these labels as the folder's truth, whole or not at all.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, labels: &[Label]) -> Result<()> {
        let mut text = String::new();
        for label in labels {
            text.push_str(&serde_json::to_string(label)?);
            text.push('\n');
        }
        let (part, whole) = (self.path.join("truth.jsonl.part"), self.path.join("truth.jsonl"));
        std::fs::write(&part, text).context("writing truth.jsonl")?;
        std::fs::rename(&part, &whole).context("writing truth.jsonl")
    }
}

/// Brightness of an image we made ourselves.
///
/// # Errors
/// When it cannot be read.
pub fn luma(path: &Path) -> Result<Luma> {
    let image = image::open(path).with_context(|| format!("reading {}", path.display()))?.to_luma8();
    let (width, height) = image.dimensions();
    Luma::new(width as usize, height as usize, image.into_raw()).context("an image has a pixel for every place")
}
