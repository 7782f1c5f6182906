//! JPEG (ITU T.81): baseline and progressive frames of 8 bits. Tables, frame and scans are kept; of the application
//! segments only what decoders need: JFIF without its thumbnail, and Adobe's colour transform.

use super::ImageError::{self, Malformed, Truncated};
use super::{bounded, take};

/// Start of image, and the byte that begins every segment.
pub(super) const SIGNATURE: &[u8] = b"\xff\xd8";

/// More scans than any encoder writes: each costs the viewer a pass over all pixels.
const MAX_SCANS: usize = 64;

const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const DQT: u8 = 0xdb;
const DHT: u8 = 0xc4;
const DRI: u8 = 0xdd;
const COM: u8 = 0xfe;

/// Width, height and the rebuilt file, from the segments that follow the signature. Bytes after the end are dropped.
pub(super) fn rebuild(segments: &[u8]) -> Result<(u32, u32, Vec<u8>), ImageError> {
    let mut out = SIGNATURE.to_vec();
    let mut rest = segments;
    let mut frame: Option<Frame> = None;
    let mut scans = 0;
    loop {
        let (marker, after) = marker(rest)?;
        if marker == EOI {
            let frame = frame.filter(|_| scans > 0).ok_or(Malformed("the picture has no data"))?;
            out.extend([0xff, EOI]);
            return Ok((frame.width, frame.height, out));
        }
        let (data, after) = segment(after)?;
        rest = after;
        match marker {
            0xc0..=0xc2 => {
                if frame.is_some() {
                    return Err(Malformed("there is more than one frame"));
                }
                frame = Some(Frame::read(data)?);
                write(&mut out, marker, data)?;
            }
            DQT => {
                quantisation(data)?;
                write(&mut out, marker, data)?;
            }
            DHT => {
                huffman(data)?;
                write(&mut out, marker, data)?;
            }
            DRI if data.len() == 2 => write(&mut out, marker, data)?,
            SOS => {
                scans += 1;
                if scans > MAX_SCANS {
                    return Err(Malformed("there are too many scans"));
                }
                scan(data, frame.as_ref().ok_or(Malformed("a scan comes before the frame"))?)?;
                write(&mut out, marker, data)?;
                let (coded, after) = entropy(rest)?;
                out.extend(coded);
                rest = after;
            }
            // JFIF: version, density, and a thumbnail of no pixels.
            0xe0 => {
                if let Some((jfif, [_, _, ..])) = data.split_first_chunk::<12>()
                    && jfif.starts_with(b"JFIF\0")
                {
                    write(&mut out, marker, &[jfif.as_slice(), &[0, 0]].concat())?;
                }
            }
            // Adobe: whether three components are RGB or YCbCr, four CMYK or YCCK.
            0xee => {
                if let Some((adobe, _)) = data.split_first_chunk::<12>()
                    && adobe.starts_with(b"Adobe")
                {
                    write(&mut out, marker, adobe)?;
                }
            }
            0xe1..=0xed | 0xef | COM => {}
            _ => return Err(Malformed("a segment is unknown, or of a kind that browsers do not draw")),
        }
    }
}

/// The next marker, with the fill bytes that may stand before it.
fn marker(bytes: &[u8]) -> Result<(u8, &[u8]), ImageError> {
    let ([first], mut rest) = take(bytes)?;
    if first != 0xff {
        return Err(Malformed("a segment does not begin with a marker"));
    }
    loop {
        let ([byte], after) = take(rest)?;
        if byte != 0xff {
            return Ok((byte, after));
        }
        rest = after;
    }
}

/// The data of a segment, and what follows it.
fn segment(bytes: &[u8]) -> Result<(&[u8], &[u8]), ImageError> {
    let (length, rest) = take(bytes)?;
    let length =
        u16::from_be_bytes(length).checked_sub(2).ok_or(Malformed("a segment is shorter than its length"))?;
    rest.split_at_checked(usize::from(length)).ok_or(Truncated)
}

fn write(out: &mut Vec<u8>, marker: u8, data: &[u8]) -> Result<(), ImageError> {
    let length =
        u16::try_from(data.len().saturating_add(2)).map_err(|_| Malformed("a segment is too long"))?;
    out.extend([0xff, marker]);
    out.extend(length.to_be_bytes());
    out.extend(data);
    Ok(())
}

struct Frame {
    width: u32,
    height: u32,
    components: Vec<u8>,
}

impl Frame {
    fn read(data: &[u8]) -> Result<Self, ImageError> {
        let ([precision], rest) = take(data)?;
        let (height, rest) = take(rest)?;
        let (width, rest) = take(rest)?;
        let ([count], rest) = take(rest)?;
        let (width, height) = bounded(u16::from_be_bytes(width).into(), u16::from_be_bytes(height).into())?;
        let (components, left) = rest.as_chunks::<3>();
        let sound = |&[_, sampling, table]: &[u8; 3]| {
            (1..=4).contains(&(sampling >> 4)) && (1..=4).contains(&(sampling & 0x0f)) && table <= 3
        };
        if precision != 8
            || !matches!(count, 1 | 3 | 4)
            || !left.is_empty()
            || components.len() != usize::from(count)
            || !components.iter().all(sound)
        {
            return Err(Malformed("the frame is not one that browsers draw"));
        }
        Ok(Self { width, height, components: components.iter().map(|&[id, ..]| id).collect() })
    }
}

/// A scan's header names components of the frame.
fn scan(data: &[u8], frame: &Frame) -> Result<(), ImageError> {
    let ([count], rest) = take(data)?;
    let (selectors, spectrum) = rest.as_chunks::<2>();
    // Three bytes follow the pairs, so the last of them was read as half a pair.
    let pairs = selectors.get(..usize::from(count)).unwrap_or_default();
    let sound = (1..=4).contains(&count)
        && selectors.len() == usize::from(count) + 1
        && spectrum.len() == 1
        && pairs
            .iter()
            .all(|[id, tables]| frame.components.contains(id) && tables >> 4 <= 3 && tables & 0x0f <= 3);
    if sound { Ok(()) } else { Err(Malformed("a scan does not fit the frame")) }
}

/// Tables of 64 values of one or two bytes, and nothing between them.
fn quantisation(mut data: &[u8]) -> Result<(), ImageError> {
    while let Some((head, rest)) = data.split_first() {
        let size = match head {
            0x00..=0x03 => 64,
            0x10..=0x13 => 128,
            _ => return Err(Malformed("a quantisation table is odd")),
        };
        data = rest.get(size..).ok_or(Malformed("a quantisation table is short"))?;
    }
    Ok(())
}

/// Tables of 16 counts and as many symbols as they add up to, and nothing between them.
fn huffman(mut data: &[u8]) -> Result<(), ImageError> {
    while let Some((head, rest)) = data.split_first() {
        let (counts, rest) = take::<16>(rest)?;
        let symbols: usize = counts.iter().copied().map(usize::from).sum();
        if head >> 4 > 1 || head & 0x0f > 3 || symbols > 256 {
            return Err(Malformed("a huffman table is odd"));
        }
        data = rest.get(symbols..).ok_or(Malformed("a huffman table is short"))?;
    }
    Ok(())
}

/// The coded data of a scan, up to the next marker that is neither a stuffed byte nor a restart.
fn entropy(bytes: &[u8]) -> Result<(&[u8], &[u8]), ImageError> {
    let end = bytes
        .array_windows()
        .position(|&[first, second]| first == 0xff && !matches!(second, 0x00 | 0xd0..=0xd7))
        .ok_or(Truncated)?;
    bytes.split_at_checked(end).ok_or(Truncated)
}
