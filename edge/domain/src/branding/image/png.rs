//! PNG (ISO/IEC 15948): header, palette, transparency, data and end are kept; every other chunk is left out.

use super::ImageError::{self, Malformed, Truncated};
use super::{bounded, take};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What has been seen so far, since chunks have their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Header,
    Palette,
    Transparency,
    Data,
    AfterData,
}

/// Width, height and the rebuilt file, from the chunks that follow the signature. Bytes after the end are dropped.
pub(super) fn rebuild(chunks: &[u8]) -> Result<(u32, u32, Vec<u8>), ImageError> {
    let mut out = SIGNATURE.to_vec();
    let (first, header, mut rest) = chunk(chunks)?;
    if &first != b"IHDR" {
        return Err(Malformed("the first chunk is not the header"));
    }
    let header = Header::read(header)?;
    let mut stage = Stage::Header;
    let mut palette = 0;
    keep(&mut out, chunks, rest);
    loop {
        let before = rest;
        let (name, data, after) = chunk(rest)?;
        rest = after;
        stage = match &name {
            b"PLTE" if stage == Stage::Header => {
                palette = header.palette(data)?;
                Stage::Palette
            }
            b"tRNS" if stage < Stage::Transparency => {
                header.transparency(data, palette)?;
                Stage::Transparency
            }
            b"IDAT" if stage <= Stage::Data => {
                if stage < Stage::Data {
                    if header.colour == 3 && palette == 0 {
                        return Err(Malformed("the palette is missing"));
                    }
                    zlib(data)?;
                }
                Stage::Data
            }
            b"IEND" if stage >= Stage::Data && data.is_empty() => {
                keep(&mut out, before, rest);
                return Ok((header.width, header.height, out));
            }
            // A small first letter says that a decoder may do without the chunk.
            [letter, ..] if letter.is_ascii_lowercase() && &name != b"tRNS" => {
                if stage == Stage::Data {
                    stage = Stage::AfterData;
                }
                continue;
            }
            _ => return Err(Malformed("a chunk is unknown or out of order")),
        };
        keep(&mut out, before, rest);
    }
}

/// Appends what lies in `from` before `to`, which is its tail.
fn keep(out: &mut Vec<u8>, from: &[u8], to: &[u8]) {
    let length = from.len().saturating_sub(to.len());
    out.extend(from.iter().take(length));
}

/// Name and data of a chunk, and what follows its checksum.
type Chunk<'a> = ([u8; 4], &'a [u8], &'a [u8]);

fn chunk(bytes: &[u8]) -> Result<Chunk<'_>, ImageError> {
    let (length, named) = take(bytes)?;
    let length = usize::try_from(u32::from_be_bytes(length)).map_err(|_| Truncated)?;
    let (name, rest) = take::<4>(named)?;
    if !name.iter().all(u8::is_ascii_alphabetic) {
        return Err(Malformed("a chunk has no proper name"));
    }
    let (data, rest) = rest.split_at_checked(length).ok_or(Truncated)?;
    let (sum, rest) = take(rest)?;
    if u32::from_be_bytes(sum) != crc(name.iter().chain(data)) {
        return Err(Malformed("a chunk has a wrong checksum"));
    }
    Ok((name, data, rest))
}

struct Header {
    width: u32,
    height: u32,
    depth: u8,
    colour: u8,
}

impl Header {
    fn read(data: &[u8]) -> Result<Self, ImageError> {
        let (width, rest) = take(data)?;
        let (height, rest) = take(rest)?;
        let (width, height) = bounded(u32::from_be_bytes(width), u32::from_be_bytes(height))?;
        let &[depth, colour, 0, 0, 0 | 1] = rest else { return Err(Malformed("the header is not a header")) };
        match (colour, depth) {
            (0, 1 | 2 | 4 | 8 | 16) | (2 | 4 | 6, 8 | 16) | (3, 1 | 2 | 4 | 8) => {
                Ok(Self { width, height, depth, colour })
            }
            _ => Err(Malformed("the header names no known pixel format")),
        }
    }

    /// The number of colours in a palette.
    fn palette(&self, data: &[u8]) -> Result<usize, ImageError> {
        let most = if self.colour == 3 { 1_usize << self.depth } else { 256 };
        let (entries, left) = (data.len() / 3, data.len() % 3);
        if left == 0 && (1..=most).contains(&entries) && matches!(self.colour, 2 | 3 | 6) {
            Ok(entries)
        } else {
            Err(Malformed("the palette does not fit"))
        }
    }

    fn transparency(&self, data: &[u8], palette: usize) -> Result<(), ImageError> {
        let fits = match self.colour {
            0 => data.len() == 2,
            2 => data.len() == 6,
            3 => (1..=palette).contains(&data.len()),
            _ => false,
        };
        if fits { Ok(()) } else { Err(Malformed("the transparency does not fit")) }
    }
}

/// The two bytes that begin a zlib stream (RFC 1950): deflate, a window of at most 32 KiB, no dictionary.
fn zlib(data: &[u8]) -> Result<(), ImageError> {
    match data {
        // An empty or one-byte first chunk is allowed; the decoder meets the header later.
        [] | [_] => Ok(()),
        &[method, flags, ..] => {
            let sound = method & 0x0f == 8
                && method >> 4 <= 7
                && flags & 0x20 == 0
                && u16::from_be_bytes([method, flags]).is_multiple_of(31);
            if sound { Ok(()) } else { Err(Malformed("the data is not compressed as it must be")) }
        }
    }
}

/// CRC-32 as PNG's annex D has it, four bits at a time.
fn crc<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    const TABLE: [u32; 16] = [
        0x0000_0000,
        0x1db7_1064,
        0x3b6e_20c8,
        0x26d9_30ac,
        0x76dc_4190,
        0x6b6b_51f4,
        0x4db2_6158,
        0x5005_713c,
        0xedb8_8320,
        0xf00f_9344,
        0xd6d6_a3e8,
        0xcb61_b38c,
        0x9b64_c2b0,
        0x86d3_d2d4,
        0xa00a_e278,
        0xbdbd_f21c,
    ];
    let step = |crc: u32| {
        let index = usize::try_from(crc & 0x0f).unwrap_or(0);
        (crc >> 4) ^ TABLE.get(index).copied().unwrap_or(0)
    };
    !bytes.fold(u32::MAX, |crc, byte| step(step(crc ^ u32::from(*byte))))
}
