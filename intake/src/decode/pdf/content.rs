//! What a page's content paints: which pictures, where, and whether anything else.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

/// Bytes of content that are followed; a page that is one scan needs a few hundred.
const MAX_CONTENT_BYTES: usize = 1 << 20;

/// Bytes that the content of an honest page unpacks to at most; maps and plans have a few million.
pub(super) const MAX_UNPACKED_BYTES: u64 = 64_000_000;

/// Bytes up to which the unpacked size is counted out.
const MAX_COUNTED_BYTES: usize = 1 << 30;

/// How deep forms inside forms are followed.
const MAX_FORMS_DEEP: usize = 4;

/// Pictures on one page that are told apart.
const MAX_PICTURES: usize = 64;

/// A place and size on the page: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f32; 6]);

impl Matrix {
    pub(super) const UNIT: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First `self`, then `outer`.
    pub(super) fn then(self, outer: Self) -> Self {
        let ([a, b, c, d, e, f], [oa, ob, oc, od, oe, of]) = (self.0, outer.0);
        Self([
            a * oa + b * oc,
            a * ob + b * od,
            c * oa + d * oc,
            c * ob + d * od,
            e * oa + f * oc + oe,
            e * ob + f * od + of,
        ])
    }

    pub(super) fn from_objects(objects: &[Object]) -> Option<Self> {
        let mut numbers = [0.0; 6];
        if objects.len() != numbers.len() {
            return None;
        }
        for (number, object) in numbers.iter_mut().zip(objects) {
            *number = object.as_float().ok()?;
        }
        numbers.iter().all(|number| number.is_finite()).then_some(Self(numbers))
    }
}

/// What is on the page.
#[derive(Debug, Default)]
pub(super) struct Painted {
    /// Pictures and where they lie.
    pub(super) pictures: Vec<(ObjectId, Matrix)>,
    /// Something besides pictures is painted: words, lines, shades.
    pub(super) other: bool,
    /// Something that the content names is not in the file.
    pub(super) missing: bool,
    /// Bytes that the content unpacks to, where that is over [`MAX_UNPACKED_BYTES`].
    pub(super) unpacked: Option<u64>,
}

/// Follows the content of a page.
pub(super) fn follow<'d>(document: &'d Document, page: ObjectId, resources: &'d Dictionary) -> Painted {
    let mut follower = Follower { document, painted: Painted::default() };
    match document.get_page_content_with_limit(page, MAX_CONTENT_BYTES) {
        Ok(content) => follower.run(&content, resources, Matrix::UNIT, 0),
        Err(_) => {
            follower.painted.other = true;
            follower.painted.unpacked = Some(unpacked(document, page)).filter(|&size| size > MAX_UNPACKED_BYTES);
        }
    }
    follower.painted
}

/// Bytes that the content of a page unpacks to, counted without holding them.
fn unpacked(document: &Document, page: ObjectId) -> u64 {
    let streams = document.get_page_contents(page).into_iter();
    let streams = streams.filter_map(|id| document.get_object(id).and_then(Object::as_stream).ok());
    let mut left = MAX_COUNTED_BYTES;
    for stream in streams {
        let size = stream.decompress_to_writer(&mut std::io::sink(), left);
        left = left.saturating_sub(size.unwrap_or(left));
    }
    (MAX_COUNTED_BYTES - left) as u64
}

struct Follower<'d> {
    document: &'d Document,
    painted: Painted,
}

/// The part of the graphics state that matters here.
#[derive(Clone, Copy)]
struct State {
    place: Matrix,
    /// Words are laid invisibly, as text recognition does under a scan.
    invisible: bool,
}

impl<'d> Follower<'d> {
    fn run(&mut self, content: &[u8], resources: &'d Dictionary, place: Matrix, depth: usize) {
        let mut state = State { place, invisible: false };
        let mut saved = Vec::new();
        for operation in Content::decode_iter(content) {
            let Ok(Operation { operator, operands }) = operation else {
                self.painted.other = true;
                return;
            };
            match operator.as_str() {
                "q" => saved.push(state),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => match Matrix::from_objects(&operands) {
                    Some(matrix) => state.place = matrix.then(state.place),
                    None => self.painted.other = true,
                },
                "Tr" => state.invisible = matches!(operands.first(), Some(Object::Integer(3 | 7))),
                "Tj" | "TJ" | "'" | "\"" => self.painted.other |= !state.invisible,
                "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "sh" | "BI" | "EI" => {
                    self.painted.other = true;
                }
                "gs" => self.painted.other |= self.blends(&operands, resources),
                "Do" => self.place(&operands, resources, state.place, depth),
                _ => {}
            }
            if self.painted.pictures.len() > MAX_PICTURES {
                self.painted.other = true;
                return;
            }
        }
    }

    /// The entry that an operation names in one of the lists of the resources.
    fn entry(&self, list: &[u8], operands: &[Object], resources: &'d Dictionary) -> Option<&'d Object> {
        let name = operands.first()?.as_name().ok()?;
        let list = resources.get_deref(list, self.document).ok()?.as_dict().ok()?;
        list.get(name).ok()
    }

    /// Whether a graphics state lets what lies under a picture shine through.
    fn blends(&self, operands: &[Object], resources: &'d Dictionary) -> bool {
        let entry = self.entry(b"ExtGState", operands, resources);
        let Some(Ok((_, Object::Dictionary(state)))) = entry.map(|entry| self.document.dereference(entry)) else {
            return false;
        };
        let masked = state.get(b"SMask").is_ok_and(|mask| mask.as_name().ok() != Some(b"None".as_slice()));
        let faded = state.get(b"ca").and_then(Object::as_float).is_ok_and(|alpha| alpha < 1.0);
        masked || faded
    }

    fn place(&mut self, operands: &[Object], resources: &'d Dictionary, place: Matrix, depth: usize) {
        let Some(entry) = self.entry(b"XObject", operands, resources) else {
            self.painted.missing = true;
            return;
        };
        let Ok((Some(id), Object::Stream(stream))) = self.document.dereference(entry) else {
            self.painted.missing = true;
            return;
        };
        match stream.dict.get_deref(b"Subtype", self.document).and_then(Object::as_name) {
            Ok(b"Image") => self.painted.pictures.push((id, place)),
            Ok(b"Form") if depth < MAX_FORMS_DEEP => self.form(stream, resources, place, depth),
            _ => self.painted.other = true,
        }
    }

    fn form(&mut self, form: &'d Stream, outer: &'d Dictionary, place: Matrix, depth: usize) {
        let matrix = form.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array);
        let matrix = matrix.ok().and_then(|numbers| Matrix::from_objects(numbers)).unwrap_or(Matrix::UNIT);
        let own = form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict);
        match form.get_plain_content_with_limit(MAX_CONTENT_BYTES) {
            Ok(content) => self.run(&content, own.unwrap_or(outer), matrix.then(place), depth + 1),
            Err(_) => self.painted.other = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_applied_inside_out() {
        let scaled = Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        let moved = Matrix([1.0, 0.0, 0.0, 1.0, 10.0, 5.0]);
        assert_eq!(scaled.then(moved).0, [2.0, 0.0, 0.0, 2.0, 10.0, 5.0]);
        assert_eq!(moved.then(scaled).0, [2.0, 0.0, 0.0, 2.0, 20.0, 10.0]);
    }
}
