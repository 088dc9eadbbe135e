//! Some pages of a PDF as a PDF of their own.

use super::super::guarded;
use super::{Structure, structure};

/// The pages from `first` to `last`, counted from 0; `None` where the file does not open, has no such pages, or is
/// locked. What no page needs any longer is left out.
pub(crate) fn pages(bytes: &[u8], first: u32, last: u32) -> Option<Vec<u8>> {
    let Structure::Read(mut document) = structure(bytes) else { return None };
    guarded(move || {
        let count = u32::try_from(document.get_pages().len()).ok()?;
        if first > last || last >= count {
            return None;
        }
        let others: Vec<u32> = (1..=count).filter(|page| !(first + 1..=last + 1).contains(page)).collect();
        document.delete_pages(&others);
        document.prune_objects();
        let mut out = Vec::new();
        document.save_to(&mut out).ok()?;
        Some(out)
    })
    .flatten()
}

#[cfg(test)]
mod tests {
    use lopdf::{Document, Object, Stream, dictionary};

    use super::*;

    /// A file of pages so many points wide.
    fn file(widths: &[i64]) -> Vec<u8> {
        let mut document = Document::with_version("1.5");
        let root = document.new_object_id();
        let kids: Vec<Object> = widths
            .iter()
            .map(|width| {
                let content = document.add_object(Stream::new(dictionary! {}, b"0 0 9 9 re f".to_vec()));
                let page = dictionary! {
                    "Type" => "Page",
                    "Parent" => root,
                    "Contents" => content,
                    "MediaBox" => vec![0.into(), 0.into(), (*width).into(), 800.into()],
                };
                document.add_object(page).into()
            })
            .collect();
        let tree = dictionary! { "Type" => "Pages", "Count" => widths.len() as i64, "Kids" => kids };
        document.objects.insert(root, Object::Dictionary(tree));
        let catalogue = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
        document.trailer.set("Root", catalogue);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn the_pages_asked_for_are_kept_in_their_order() {
        let part = pages(&file(&[500, 510, 520, 530]), 1, 2).unwrap();
        let read = Document::load_mem(&part).unwrap();
        let widths: Vec<i64> = read
            .page_iter()
            .map(|page| {
                read.get_dictionary(page).unwrap().get(b"MediaBox").unwrap().as_array().unwrap()[2].as_i64().unwrap()
            })
            .collect();
        assert_eq!(widths, [510, 520]);
    }

    #[test]
    fn what_is_not_there_is_nothing() {
        assert!(pages(&file(&[500, 510]), 1, 2).is_none());
        assert!(pages(b"%PDF-1.7 and nothing", 0, 0).is_none());
        assert!(pages(&[], 0, 0).is_none());
    }
}
