//! How many papers were good at the first attempt.

use serde::Serialize;

use super::office_names;
use crate::accounts::{Action, Actor};
use crate::claim::ClaimError;
use crate::claim::access;
use crate::store::Store;
use crate::store::ids::OfficeId;
use crate::store::tables::rejections;

/// An office's first attempts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FirstPassRow {
    /// The office.
    pub office: OfficeId,
    /// Its Persian name.
    pub office_name_fa: String,
    /// Its English name.
    pub office_name_en: String,
    /// Papers whose first version the checks have judged.
    pub documents: i64,
    /// Of those, how many neither the checks nor an expert refused at the first version.
    pub first_time: i64,
}

/// First attempts by office.
///
/// # Errors
/// When the actor has no office or the database fails.
pub async fn first_pass(store: &Store, actor: &Actor) -> Result<Vec<FirstPassRow>, ClaimError> {
    let mut tx = store.read().await?;
    let counted = rejections::first_pass(&mut tx, access::scope(actor, Action::SeeReports)?).await?;
    let offices = office_names(&mut tx).await?;
    let rows = counted.into_iter().map(|(office, documents, first_time)| {
        let named = offices.get(&office);
        FirstPassRow {
            office_name_fa: named.map(|named| named.name_fa.clone()).unwrap_or_default(),
            office_name_en: named.map(|named| named.name_en.clone()).unwrap_or_default(),
            office,
            documents,
            first_time,
        }
    });
    Ok(rows.collect())
}
