//! What in a PDF runs or hides: scripts, program starts, embedded files, rich media, dynamic forms.
//!
//! Every object is looked at, also those no page leads to, because a viewer may find them by another way.

use lopdf::{Dictionary, Document, Object, Stream};

use crate::faults::Fault;

/// How deep arrays and dictionaries inside one object are followed.
const MAX_DEPTH: usize = 32;

/// Bytes of a dynamic form that are searched for scripts.
const MAX_FORM_BYTES: usize = 4 << 20;

/// Endings of files that a system runs when they are opened.
const PROGRAMS: [&str; 18] = [
    "exe", "com", "scr", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta", "jar", "msi", "dll", "lnk",
    "apk", "sh",
];

/// What was found, gravest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Found {
    script: bool,
    launch: bool,
    program: bool,
    media: bool,
    form_script: bool,
    attachment: bool,
    form: bool,
}

/// The fault, if anything active is in the document.
pub(super) fn find(document: &Document) -> Option<Fault> {
    let mut found = Found::default();
    for object in document.objects.values() {
        look(object, document, &mut found, 0);
    }
    let grave = [
        (found.script, "JavaScript"),
        (found.launch, "Launch"),
        (found.program, "EmbeddedFile: program"),
        (found.media, "RichMedia"),
        (found.form_script, "XFA + script"),
    ];
    let slight = [(found.attachment, "EmbeddedFile"), (found.form, "XFA")];
    let first = |list: &[(bool, &'static str)]| list.iter().find(|(there, _)| *there).map(|&(_, what)| what);
    first(&grave)
        .map(|what| Fault::Active { what, runs: true })
        .or_else(|| first(&slight).map(|what| Fault::Active { what, runs: false }))
}

fn look(object: &Object, document: &Document, found: &mut Found, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    match object {
        Object::Array(items) => items.iter().for_each(|item| look(item, document, found, depth + 1)),
        Object::Dictionary(dictionary) => look_inside(dictionary, document, found, depth),
        Object::Stream(stream) => look_inside(&stream.dict, document, found, depth),
        _ => {}
    }
}

fn look_inside(dictionary: &Dictionary, document: &Document, found: &mut Found, depth: usize) {
    let name = |key: &[u8]| dictionary.get_deref(key, document).and_then(Object::as_name).unwrap_or_default();
    match name(b"S") {
        b"JavaScript" => found.script = true,
        b"Launch" => found.launch = true,
        _ => {}
    }
    found.script |= dictionary.has(b"JS") || dictionary.has(b"JavaScript");
    found.media |= matches!(name(b"Subtype"), b"RichMedia" | b"Movie" | b"Sound" | b"Screen");
    let embedded = name(b"Type") == b"EmbeddedFile" || dictionary.has(b"EF");
    found.attachment |= embedded;
    if dictionary.has(b"EF") {
        let named = [b"UF".as_slice(), b"F"]
            .into_iter()
            .any(|key| dictionary.get_deref(key, document).and_then(Object::as_str).is_ok_and(is_program));
        found.program |= named;
    }
    if let Ok(form) = dictionary.get(b"XFA") {
        found.form = true;
        found.form_script |= form_scripts(form, document, 0);
    }
    dictionary.iter().for_each(|(_, value)| look(value, document, found, depth + 1));
}

/// Whether a file name, in Latin letters of either width, ends as programs do.
fn is_program(name: &[u8]) -> bool {
    let name: String = name.iter().filter(|byte| byte.is_ascii_graphic()).map(|&byte| char::from(byte)).collect();
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    name.contains('.') && PROGRAMS.contains(&ending.as_str())
}

/// Whether a dynamic form, in one stream or in pieces, holds a script.
fn form_scripts(form: &Object, document: &Document, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    match document.dereference(form) {
        Ok((_, Object::Array(pieces))) => pieces.iter().any(|piece| form_scripts(piece, document, depth + 1)),
        Ok((_, Object::Stream(stream))) => stream_scripts(stream),
        _ => false,
    }
}

fn stream_scripts(stream: &Stream) -> bool {
    // A form too long to search is taken for one with scripts.
    stream
        .get_plain_content_with_limit(MAX_FORM_BYTES)
        .map_or(true, |text| text.windows(7).any(|window| window.eq_ignore_ascii_case(b"<script")))
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn with(object: Object) -> Option<Fault> {
        let mut document = Document::with_version("1.7");
        document.add_object(object);
        find(&document)
    }

    #[test]
    fn scripts_and_starts_run_and_attachments_do_not() {
        let runs = |what| Some(Fault::Active { what, runs: true });
        assert_eq!(
            with(dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("x") }.into()),
            runs("JavaScript")
        );
        let nested = dictionary! { "AA" => dictionary! { "O" => dictionary! { "S" => "Launch" } } };
        assert_eq!(with(nested.into()), runs("Launch"));
        let file = |name| dictionary! { "EF" => dictionary! {}, "F" => Object::string_literal(name) };
        assert_eq!(with(file("bill.EXE").into()), runs("EmbeddedFile: program"));
        assert_eq!(with(file("bill.xml").into()), Some(Fault::Active { what: "EmbeddedFile", runs: false }));
    }

    #[test]
    fn links_and_plain_forms_are_nothing() {
        assert_eq!(with(dictionary! { "S" => "URI", "URI" => Object::string_literal("http://a") }.into()), None);
        assert_eq!(with(dictionary! { "S" => "GoTo" }.into()), None);
    }
}
