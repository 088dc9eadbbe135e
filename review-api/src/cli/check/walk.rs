//! From arguments to files.

use std::path::{Path, PathBuf};

use sanad_checks::completeness;

/// Kinds of papers that `--kind` takes: the slots of the rules, and `other`.
fn kinds() -> impl Iterator<Item = &'static str> {
    completeness::slots().iter().map(|slot| slot.name.as_str()).chain(["other"])
}

/// A kind of paper by its name.
///
/// # Errors
/// The names there are, for the usage message.
pub(super) fn kind(name: &str) -> Result<String, String> {
    if kinds().any(|known| known == name) {
        Ok(name.to_owned())
    } else {
        Err(format!("one of: {}", kinds().collect::<Vec<_>>().join(" ")))
    }
}

/// One file to judge, or what stands in its way.
#[derive(Debug)]
pub(in crate::cli) struct Entry {
    /// The argument as given, joined with the way below it for files in a folder.
    pub(in crate::cli) path: PathBuf,
    /// Set where a folder could not be walked.
    pub(in crate::cli) failed: Option<std::io::Error>,
}

/// The files that the arguments name, folders walked, each folder in the order of its names.
/// Names that begin with a dot are left out: no scan is called so, but leftovers of systems are.
pub(in crate::cli) fn entries(arguments: &[PathBuf]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for argument in arguments {
        if argument.is_dir() {
            walk(argument, &mut entries);
        } else {
            entries.push(Entry { path: argument.clone(), failed: None });
        }
    }
    entries
}

fn walk(folder: &Path, entries: &mut Vec<Entry>) {
    let listed = std::fs::read_dir(folder).and_then(|listing| {
        listing.map(|item| item.and_then(|item| Ok((item.path(), item.file_type()?)))).collect::<Result<Vec<_>, _>>()
    });
    let mut items = match listed {
        Ok(items) => items,
        Err(error) => {
            entries.push(Entry { path: folder.to_owned(), failed: Some(error) });
            return;
        }
    };
    items.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (path, kind) in items {
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        // Linked folders are not followed: they may lead back up. A link to a file is a file.
        if hidden || (kind.is_symlink() && path.is_dir()) {
            continue;
        }
        if kind.is_dir() {
            walk(&path, entries);
        } else {
            entries.push(Entry { path, failed: None });
        }
    }
}
