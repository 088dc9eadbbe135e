//! Bytes that no row names are cleared away; bytes that a row names never are.

use std::fs;
use std::time::Duration;

use sanad::blobs::BlobError;
use sanad::blobs::sweep::{GRACE, Swept, sweep};
use sanad::claim::ClaimError;
use sanad::claim::upload::Target;
use sanad::claim::{self, pictures};

use super::house::{House, on_both};

#[test]
fn the_sweep_takes_orphans_and_unfinished_files_after_their_grace() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let kept = house.upload(&office, &claim.summary.id, "policy", b"named by a row").await;
        let orphan = house.store.blobs().put(b"named by nothing").unwrap();
        let unfinished = house.folder.path().join("blobs/unfinished/half");
        fs::write(&unfinished, b"half").unwrap();
        // The files were written by the machine's clock; the office's is set beside it.
        let written = fs::metadata(&unfinished).unwrap().modified().unwrap();
        let written = written.duration_since(std::time::UNIX_EPOCH).unwrap();
        house.clock.set(sanad::store::clock::UnixMs(i64::try_from(written.as_millis()).unwrap()));
        house.clock.advance(GRACE / 2);
        assert_eq!(sweep(&house.store, GRACE).await.unwrap(), Swept::default());
        house.clock.advance(GRACE);
        assert_eq!(sweep(&house.store, GRACE).await.unwrap(), Swept { unfinished: 1, orphans: 1 });
        assert!(matches!(house.store.blobs().get(&orphan.sha256), Err(BlobError::Missing(_))));
        let original = pictures::original(&house.store, &office, &kept.version).await.unwrap();
        assert_eq!(original.picture.bytes, b"named by a row");
        assert_eq!(sweep(&house.store, Duration::ZERO).await.unwrap(), Swept::default());
    });
}

#[test]
fn a_disk_that_fails_acknowledges_nothing() {
    on_both(async |house: House| {
        let office = house.actor("daftar1").await;
        let claim = house.claim(&office).await;
        let unfinished = house.folder.path().join("blobs/unfinished");
        fs::remove_dir(&unfinished).unwrap();
        let slot = || Target::Slot("policy".to_owned());
        let failed = house.try_upload(&office, &claim.summary.id, slot(), b"lost?").await;
        assert!(matches!(failed, Err(ClaimError::Blob(BlobError::Disk(_)))), "{failed:?}");
        assert!(claim::detail(&house.store, &office, &claim.summary.id).await.unwrap().documents.is_empty());
        fs::create_dir(&unfinished).unwrap();
        house.try_upload(&office, &claim.summary.id, slot(), b"lost?").await.unwrap();
    });
}

#[test]
fn a_full_disk_is_told_apart() {
    let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
    assert!(matches!(BlobError::from(full), BlobError::Full));
}
