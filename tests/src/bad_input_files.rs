//! Files with something wrong in them, drawn and bent in code.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Luma};

/// Rows of dark words on light paper.
pub(crate) fn page(width: u32, height: u32) -> DynamicImage {
    GrayImage::from_fn(width, height, |x, y| {
        let (row, column) = (y / 12, x / 7);
        let margin = x < width / 10 || x > width - width / 10 || y < height / 12;
        let word = (row * 31 + column * 17) % 11 != 0 && row % 2 == 0 && (x * 5 + y * 3) % 7 < 4;
        Luma([if word && !margin { 40 } else { 235 }])
    })
    .into()
}

/// The page in this format.
pub(crate) fn encoded(page: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    // WebP and JPEG are written in colour.
    let colour = DynamicImage::ImageRgb8(page.to_rgb8());
    let image = if matches!(format, ImageFormat::WebP) { &colour } else { page };
    image.write_to(&mut bytes, format).expect("the page can be written");
    bytes.into_inner()
}

/// A small page of each format that is read.
pub(crate) fn one_of_each() -> Vec<(&'static str, Vec<u8>)> {
    let page = page(420, 594);
    let jpeg = encoded(&page, ImageFormat::Jpeg);
    vec![
        ("png", encoded(&page, ImageFormat::Png)),
        ("tiff", encoded(&page, ImageFormat::Tiff)),
        ("webp", encoded(&page, ImageFormat::WebP)),
        ("pdf", scan_pdf(&jpeg, 420, 594)),
        ("jpeg", jpeg),
    ]
}

/// A PDF of these objects, numbered from 1; the first is the catalogue.
pub(crate) fn pdf<O: AsRef<[u8]>>(objects: &[O]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", index + 1).bytes());
        bytes.extend(object.as_ref());
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    bytes.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").bytes());
    bytes
}

/// A stream object with its length.
pub(crate) fn stream(words: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes = format!("<<{words}/Length {}>>stream\n", content.len()).into_bytes();
    bytes.extend(content);
    bytes.extend(b"\nendstream");
    bytes
}

/// An A4 page of one JPEG over all of it.
pub(crate) fn scan_pdf(jpeg: &[u8], width: u32, height: u32) -> Vec<u8> {
    pdf(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>".to_vec(),
        stream("", b"q 595 0 0 842 0 0 cm /I Do Q"),
        stream(
            &format!(
                "/Type/XObject/Subtype/Image/Width {width}/Height {height}\
                 /ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"
            ),
            jpeg,
        ),
    ])
}

/// A PDF of one page of words, with more in its catalogue and more objects from number 6 on.
pub(crate) fn words_pdf(catalogue: &str, media_box: &str, more: &[&str]) -> Vec<u8> {
    let words: String = (0..40)
        .map(|line| {
            format!("BT /F 11 Tf 60 {} Td (Hospital bill, line {line}: 1,250,000 rial) Tj ET\n", 780 - line * 17)
        })
        .collect();
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{catalogue}>>").into_bytes(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[{media_box}]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>")
            .into_bytes(),
        stream("", words.as_bytes()),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    objects.extend(more.iter().map(|object| object.as_bytes().to_vec()));
    pdf(&objects)
}

/// A PDF with this many empty pages.
pub(crate) fn many_pages(count: usize) -> Vec<u8> {
    let kids: String = (0..count).map(|index| format!("{} 0 R ", index + 3)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {count}/MediaBox[0 0 595 842]>>"),
    ];
    objects.extend((0..count).map(|_| "<</Type/Page/Parent 2 0 R>>".to_owned()));
    pdf(&objects)
}

/// The words page, locked with these passwords.
pub(crate) fn locked_pdf(user: &str, owner: &str) -> Vec<u8> {
    use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, StringFormat};
    let mut document = Document::load_mem(&words_pdf("", "0 0 595 842", &[])).expect("our own file loads");
    let id = Object::String(vec![7; 16], StringFormat::Hexadecimal);
    document.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    let state = EncryptionState::try_from(EncryptionVersion::V2 {
        document: &document,
        owner_password: owner,
        user_password: user,
        key_length: 128,
        permissions: Permissions::all(),
    });
    document.encrypt(&state.expect("the passwords serve")).expect("it can be locked");
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("it can be written");
    bytes
}

/// A page whose content unpacks to this many bytes of drawing.
pub(crate) fn flate_bomb(bytes: usize) -> Vec<u8> {
    let mut content = lopdf::Stream::new(lopdf::Dictionary::new(), b"0 0 m 9 9 l S\n".repeat(bytes / 14));
    content.compress().expect("it can be packed");
    pdf(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>".to_vec(),
        stream("/Filter/FlateDecode", &content.content),
    ])
}

/// A PNG that says it has this size and holds next to nothing.
pub(crate) fn png_saying(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let writer = encoder.write_header().expect("a header can be written");
    drop(writer);
    bytes
}

/// A little-endian TIFF of one grey strip that says it has this size; `next` leads to the next directory.
pub(crate) fn tiff_saying(width: u32, height: u32, next: u32) -> Vec<u8> {
    let entries: [(u16, u16, u32, u32); 9] = [
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (277, 3, 1, 1),
        (278, 4, 1, height),
        (279, 4, 1, width.saturating_mul(height)),
    ];
    let mut bytes = b"II\x2a\0\x08\0\0\0".to_vec();
    bytes.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, count, value) in entries {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend(next.to_le_bytes());
    bytes
}
