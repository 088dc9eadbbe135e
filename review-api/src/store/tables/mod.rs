//! One file for each table: its statements and the rows they give.

pub(crate) mod blobs;
pub(crate) mod claim_tokens;
pub(crate) mod claim_words;
pub(crate) mod claims;
pub(crate) mod counters;
pub(crate) mod decisions;
pub(crate) mod documents;
pub(crate) mod events;
pub(crate) mod explanations;
pub(crate) mod extra_papers;
pub(crate) mod given_dates;
pub(crate) mod insured;
pub(crate) mod jobs;
pub(crate) mod leases;
pub(crate) mod login_failures;
pub(crate) mod messages;
pub(crate) mod notes;
pub(crate) mod offices;
pub(crate) mod pages;
pub(crate) mod parcels;
pub(crate) mod payments;
pub(crate) mod policies;
pub(crate) mod readings;
pub(crate) mod recovery_codes;
pub(crate) mod register_answers;
pub(crate) mod register_imports;
pub(crate) mod register_policies;
pub(crate) mod rejections;
pub(crate) mod rule_versions;
pub(crate) mod seen_keys;
pub(crate) mod seen_numbers;
pub(crate) mod seen_pages;
pub(crate) mod seen_pairs;
pub(crate) mod seen_sketches;
pub(crate) mod sessions;
pub(crate) mod stories;
pub(crate) mod users;
pub(crate) mod versions;

use super::migrations;
use super::sql::Statement;

/// Every statement of the office.
pub(super) fn all() -> impl Iterator<Item = &'static Statement> {
    [
        blobs::STATEMENTS,
        claim_tokens::STATEMENTS,
        claim_words::STATEMENTS,
        claims::STATEMENTS,
        counters::STATEMENTS,
        decisions::STATEMENTS,
        documents::STATEMENTS,
        events::STATEMENTS,
        explanations::STATEMENTS,
        extra_papers::STATEMENTS,
        given_dates::STATEMENTS,
        insured::STATEMENTS,
        jobs::STATEMENTS,
        leases::STATEMENTS,
        login_failures::STATEMENTS,
        migrations::STATEMENTS,
        messages::STATEMENTS,
        notes::STATEMENTS,
        offices::STATEMENTS,
        pages::STATEMENTS,
        parcels::STATEMENTS,
        payments::STATEMENTS,
        policies::STATEMENTS,
        readings::STATEMENTS,
        recovery_codes::STATEMENTS,
        register_answers::STATEMENTS,
        register_imports::STATEMENTS,
        register_policies::STATEMENTS,
        rejections::STATEMENTS,
        rule_versions::STATEMENTS,
        seen_keys::STATEMENTS,
        seen_numbers::STATEMENTS,
        seen_pages::STATEMENTS,
        seen_pairs::STATEMENTS,
        seen_sketches::STATEMENTS,
        sessions::STATEMENTS,
        stories::STATEMENTS,
        users::STATEMENTS,
        versions::STATEMENTS,
    ]
    .into_iter()
    .flatten()
}
