//! What the pages show: one typed view for each resource, and the page drawn from it.
//!
//! A view is the resource (it serialises as the JSON answer); a page is the same view plus the
//! shell around it (language, menu, who is signed in), drawn by a template.

pub mod audit_page;
pub mod checklist_page;
pub mod claim_acts;
pub mod claim_page;
pub mod desk_page;
pub mod door_pages;
pub mod error_page;
pub mod form;
pub mod insured_page;
pub mod lists;
pub mod login_page;
pub mod mend_page;
pub mod message_page;
pub mod pair_page;
pub mod person_page;
pub mod policies_page;
pub mod profile_page;
pub mod queue_page;
pub mod report_page;
pub mod rules_page;
mod shell;
pub mod shots;
pub mod story_page;
pub mod terms;
pub mod users_page;
pub mod version_page;

pub use shell::{Menu, Shell};
