//! Reading: bytes from outside become judged pages, in a child process that can do nothing else.
//!
//! [`Readers`] is the way in for the office: it keeps a warm pool of locked children and hands
//! each file to one of them. [`read`] does the same work in this very process; only the child
//! and the crate's own cases call it, because it touches bytes that nobody has vouched for.

mod decode;
mod dpi;
mod exif;
mod faults;
mod identity;
mod limits;
mod net;
pub mod ocr;
mod orient;
mod picture;
mod pieces;
mod raster;
mod read;
mod receive;
mod sandbox;

pub use identity::PageIdentity;
pub use limits::{Limits, Original, ReadRequest};
pub use picture::{Cut, PageImages, PictureError, grey};
pub use read::{FirstMarks, IntakeError, Reading, facts_of, first_page, first_page_marks, read, refuse_too_large};
pub use receive::{MediaType, sha256_hex};
pub use sandbox::child::child_main;
pub use sandbox::pool::{ReadError, ReaderConfig, Readers, ReadersHealth};
pub use sandbox::probe::{Probe, ProbeReport};
