//! Pages as pictures with their bad spots drawn over them, and what was found by page.

use sanad_checks::finding::Finding;
use sanad_checks::page::Region;
use sanad_checks::report::PageReport;

use super::terms::severity_class;
use crate::claim::VersionDetail;

/// A rectangle over a page.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Where, in page pixels.
    pub region: Region,
    /// Class of its colour, by severity.
    pub class: &'static str,
    /// The finding it belongs to, `page-index`.
    pub finding: String,
}

/// The picture of one page. Its spots are in `width` × `height`, whatever size the picture has.
#[derive(Clone, Debug)]
pub struct Shot {
    /// The version it belongs to.
    pub version: String,
    /// Place in the file, from 0.
    pub index: i64,
    /// Place in the file for people, from 1.
    pub number: i64,
    /// Width of the page, pixels.
    pub width: i64,
    /// Height of the page, pixels.
    pub height: i64,
    /// Address of the small picture.
    pub thumb: String,
    /// Address of the large picture.
    pub preview: String,
    /// What was found on it.
    pub spots: Vec<Spot>,
}

/// Findings of one page, or of the file as a whole.
#[derive(Clone, Debug)]
pub struct Group {
    /// Page for people, from 1; `None` for the whole file.
    pub number: Option<i64>,
    /// First part of the findings' names, as in [`Spot::finding`].
    pub key: String,
    /// What was found.
    pub findings: Vec<Finding>,
}

fn spots(page: &PageReport) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (place, finding) in page.findings.iter().enumerate() {
        for region in &finding.regions {
            spots.push(Spot {
                region: *region,
                class: severity_class(&finding.severity),
                finding: format!("{}-{place}", page.index),
            });
        }
    }
    spots
}

/// The pictures of a version, in page order; pages without a picture are left out.
#[must_use]
pub fn shots(version: &VersionDetail) -> Vec<Shot> {
    let id = &version.summary.id;
    let reports = version.report.as_ref().map_or(&[][..], |report| &report.pages);
    let drawn = version.summary.pages.iter().filter(|page| page.preview && page.width_px > 0 && page.height_px > 0);
    drawn
        .map(|page| Shot {
            version: id.to_string(),
            index: page.index,
            number: page.index + 1,
            width: page.width_px,
            height: page.height_px,
            thumb: format!("/versions/{id}/pages/{}/{}", page.index, if page.thumb { "thumb" } else { "preview" }),
            preview: format!("/versions/{id}/pages/{}/preview", page.index),
            spots: reports.iter().find(|report| i64::from(report.index) == page.index).map(spots).unwrap_or_default(),
        })
        .collect()
}

/// What was found: the file's own first, then page by page.
#[must_use]
pub fn groups(version: &VersionDetail) -> Vec<Group> {
    let mut whole = version.register_findings.clone();
    let mut groups = Vec::new();
    if let Some(report) = &version.report {
        whole.extend(report.findings.iter().cloned());
        groups.extend(report.pages.iter().map(|page| Group {
            number: Some(i64::from(page.index) + 1),
            key: page.index.to_string(),
            findings: page.findings.clone(),
        }));
    }
    groups.insert(0, Group { number: None, key: "file".to_owned(), findings: whole });
    groups
}
