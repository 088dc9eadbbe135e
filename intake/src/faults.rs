//! What can be wrong with a file as a whole, as findings. Bad input is an answer, never an error.

use sanad_checks::finding::{Finding, FindingBuilder, Severity};

use crate::limits::Limits;

const BYTES_PER_MEGABYTE: f64 = 1_000_000.0;
const PIXELS_PER_MEGAPIXEL: f64 = 1_000_000.0;

/// Something wrong with the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fault {
    /// The type is not read here; its name where it was recognised.
    Type { seen: Option<&'static str> },
    /// More bytes than allowed.
    Bytes { bytes: u64 },
    /// More pages than allowed; none is read.
    Pages { pages: u64 },
    /// A page with more pixels than allowed; it is skipped.
    PagePixels { page: u32, pixels: u64 },
    /// All pages together have more pixels than allowed; the rest is skipped.
    TotalPixels { pixels: u64 },
    /// The content of a page unpacks to more bytes than any honest page has; it is skipped.
    PageBytes { page: u32, bytes: u64, limit: u64 },
    /// Opens only with a password.
    Locked,
    /// Carries something that runs or hides, named by its PDF key.
    ///
    /// Scripts, program starts and embedded programs are refused, because the file cannot be passed
    /// on safely; an ordinary attachment or a form without scripts passes with a remark, because
    /// nothing on the page is hidden by it. An owner password and links are nothing of the kind.
    Active { what: &'static str, runs: bool },
    /// Part of the file could not be read. `pages_read` counts whole pages; `lost` tells whether
    /// pixels are missing anywhere.
    Damaged { pages_read: u32, pages: u32, lost: bool },
    /// No bytes, or no pages.
    Empty { bytes: u64 },
    /// The reader died or ran too long on it, this many times.
    Failed { attempts: u32 },
}

impl Fault {
    /// The finding, with the facts its words need.
    pub(crate) fn finding(&self, limits: &Limits) -> Finding {
        self.builder(limits).build().expect("every fault gives a fact or a measure")
    }

    fn builder(&self, limits: &Limits) -> FindingBuilder {
        match *self {
            Self::Type { seen } => {
                FindingBuilder::new("FIL-TYPE", Severity::Reject).fact("seen", seen.unwrap_or("ناشناخته / unknown"))
            }
            Self::Bytes { bytes } => {
                let (size, limit) = (megabytes(bytes), megabytes(limits.max_bytes));
                FindingBuilder::new("FIL-SIZE", Severity::Reject)
                    .measured("file_size", size, limit, "MB")
                    .fact("megabytes", one_decimal(size))
                    .fact("limit_megabytes", one_decimal(limit))
            }
            Self::Pages { pages } => {
                over("pages", "pages", ["تعداد صفحه‌ها", "number of pages"], pages as f64, f64::from(limits.max_pages))
            }
            Self::PagePixels { page, pixels } => {
                let value = megapixels(pixels);
                over(
                    "page_size",
                    "MP",
                    ["اندازهٔ یک صفحه (میلیون پیکسل)", "size of one page (megapixels)"],
                    value,
                    megapixels(limits.max_page_pixels),
                )
                .fact("page", page + 1)
            }
            Self::TotalPixels { pixels } => {
                let value = megapixels(pixels);
                over(
                    "total_size",
                    "MP",
                    ["اندازهٔ همهٔ صفحه‌ها (میلیون پیکسل)", "size of all pages (megapixels)"],
                    value,
                    megapixels(limits.max_total_pixels),
                )
            }
            Self::PageBytes { page, bytes, limit } => {
                let what = ["حجم بازشدهٔ یک صفحه (مگابایت)", "unpacked size of one page (MB)"];
                over("page_content", "MB", what, megabytes(bytes).round(), megabytes(limit).round())
                    .fact("page", page + 1)
            }
            Self::Locked => FindingBuilder::new("FIL-LOCK", Severity::Reject).fact("format", "PDF"),
            Self::Active { what, runs } => {
                let severity = if runs { Severity::Reject } else { Severity::Warn };
                FindingBuilder::new("FIL-ACTV", severity).fact("what", what)
            }
            Self::Damaged { pages_read, pages, lost } => {
                let severity = if lost { Severity::Reject } else { Severity::Warn };
                FindingBuilder::new("FIL-CRPT", severity).fact("pages_read", pages_read).fact("pages", pages)
            }
            Self::Empty { bytes } => FindingBuilder::new("FIL-EMPT", Severity::Reject).fact("bytes", bytes),
            Self::Failed { attempts } => FindingBuilder::new("FIL-FAIL", Severity::Reject).fact("attempts", attempts),
        }
    }
}

/// A bound on pages or pixels that was crossed.
fn over(name: &str, unit: &str, [what_fa, what_en]: [&str; 2], value: f64, limit: f64) -> FindingBuilder {
    FindingBuilder::new("FIL-PAGE", Severity::Reject)
        .measured(name, value, limit, unit)
        .fact("what_fa", what_fa)
        .fact("what_en", what_en)
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / BYTES_PER_MEGABYTE
}

/// Whole megapixels, rounded up so that a page just over the limit does not read as one at it.
fn megapixels(pixels: u64) -> f64 {
    (pixels as f64 / PIXELS_PER_MEGAPIXEL).ceil()
}

fn one_decimal(value: f64) -> String {
    let text = format!("{value:.1}");
    text.trim_end_matches(".0").to_owned()
}
