//! Fax compression (CCITT group 3 in one and two dimensions, group 4) strip by strip.

use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode};

const WHITE: u8 = 255;
const BLACK: u8 = 0;

/// How the bits are to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct FaxLayout {
    pub(super) width: u32,
    pub(super) mode: EncodingMode,
    /// Rows begin at a byte (TIFF's compression 2, and group 3 with padded ends of line).
    pub(super) byte_aligned: bool,
    /// The lowest bit of a byte comes first.
    pub(super) low_bit_first: bool,
    /// Bits of "white" runs are ink: the photometric tag says so in a few files.
    pub(super) inverted: bool,
}

/// Decodes one strip of `rows` rows onto the end of `out`; gives the rows that could be read. The
/// others are not written.
pub(super) fn decode_strip(data: &[u8], layout: FaxLayout, rows: u32, out: &mut Vec<u8>) -> u32 {
    let turned: Vec<u8>;
    let data = if layout.low_bit_first {
        turned = data.iter().map(|byte| byte.reverse_bits()).collect();
        &turned
    } else {
        data
    };
    let settings = DecodeSettings {
        columns: layout.width,
        rows,
        end_of_block: true,
        end_of_line: !matches!(layout.mode, EncodingMode::Group4),
        rows_are_byte_aligned: layout.byte_aligned,
        encoding: layout.mode,
        strict: false,
    };
    let mut sheet = Sheet { out, width: layout.width as usize, inverted: layout.inverted, rows: 0, wanted: rows };
    // The error only says that the strip ended early; the count of rows says it too.
    let _ = hayro_ccitt::decode(data, &mut sheet, &mut DecoderContext::new(settings));
    sheet.rows
}

struct Sheet<'o> {
    out: &'o mut Vec<u8>,
    width: usize,
    inverted: bool,
    rows: u32,
    wanted: u32,
}

impl Decoder for Sheet<'_> {
    fn push_row(&mut self, changes: &[u32]) {
        if self.rows == self.wanted {
            return;
        }
        self.rows += 1;
        let (paper, ink) = if self.inverted { (BLACK, WHITE) } else { (WHITE, BLACK) };
        let begin = self.out.len();
        self.out.resize(begin + self.width, paper);
        let row = &mut self.out[begin..];
        for run in changes.chunks(2) {
            let from = (run[0] as usize).min(self.width);
            let to = run.get(1).map_or(self.width, |&to| (to as usize).min(self.width));
            if from < to {
                row[from..to].fill(ink);
            }
        }
    }
}
