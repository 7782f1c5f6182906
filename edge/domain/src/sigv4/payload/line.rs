//! Lines of the framing, gathered from whatever pieces they come in.

use super::super::hex;
use super::ChunkError;

/// A size in hexadecimal and a signature make 98 bytes.
const MAX_HEADER: usize = 128;
/// One trailer.
const MAX_TRAILER: usize = 512;

/// A line on its way, without its newline.
#[derive(Debug, Default)]
pub(super) struct Line(Vec<u8>);

/// What a line is part of, which bounds its length.
#[derive(Clone, Copy)]
pub(super) enum Part {
    ChunkHeader,
    Trailer,
}

impl Line {
    /// Takes input up to a newline. Answers the line once it is whole, and the input that follows it.
    pub(super) fn take<'i>(
        &mut self,
        input: &'i [u8],
        part: Part,
    ) -> Result<(Option<String>, &'i [u8]), ChunkError> {
        let (bound, name) = match part {
            Part::ChunkHeader => (MAX_HEADER, "a chunk's header"),
            Part::Trailer => (MAX_TRAILER, "a trailer"),
        };
        let mut pieces = input.splitn(2, |byte| *byte == b'\n');
        let head = pieces.next().unwrap_or_default();
        if self.0.len() + head.len() > bound {
            return Err(ChunkError::TooLong(name));
        }
        self.0.extend_from_slice(head);
        let Some(rest) = pieces.next() else { return Ok((None, &[])) };
        let mut line = std::mem::take(&mut self.0);
        line.pop_if(|last| *last == b'\r');
        let line = String::from_utf8(line).map_err(|_| ChunkError::Malformed(name))?;
        Ok((Some(line), rest))
    }
}

/// The size a chunk's header gives, and its signature where it has one.
pub(super) fn chunk_header(line: &str) -> Result<(u64, Option<[u8; 32]>), ChunkError> {
    let wrong = ChunkError::Malformed("a chunk's header");
    let (size, extension) =
        line.split_once(';').map_or((line, None), |(size, extension)| (size, Some(extension)));
    if size.is_empty() || size.len() > 16 || !size.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(wrong);
    }
    let size = u64::from_str_radix(size, 16).map_err(|_| wrong.clone())?;
    let Some(extension) = extension else { return Ok((size, None)) };
    let signature = extension.strip_prefix("chunk-signature=").and_then(hex::decode).ok_or(wrong)?;
    Ok((size, Some(signature)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_header_reads_with_and_without_a_signature() {
        let signed = format!("1f;chunk-signature={}", "ab".repeat(32));
        assert_eq!(chunk_header(&signed), Ok((31, Some([0xab; 32]))));
        assert_eq!(chunk_header("1F"), Ok((31, None)));
        assert_eq!(chunk_header("0000"), Ok((0, None)));
        for line in
            ["", ";", "g", "+1", " 1", "1 ", "1;", "1;chunk-signature=", "1;other", "10000000000000000"]
        {
            assert_eq!(chunk_header(line), Err(ChunkError::Malformed("a chunk's header")), "{line}");
        }
    }

    #[test]
    fn a_line_is_gathered_from_pieces_within_its_bound() {
        let mut line = Line::default();
        assert_eq!(line.take(b"ab", Part::ChunkHeader), Ok((None, &b""[..])));
        assert_eq!(line.take(b"c\r\nrest\n", Part::ChunkHeader), Ok((Some("abc".into()), &b"rest\n"[..])));
        assert_eq!(line.take(b"\n", Part::ChunkHeader), Ok((Some(String::new()), &b""[..])));
        assert_eq!(line.take(&[b'a'; 129], Part::ChunkHeader), Err(ChunkError::TooLong("a chunk's header")));
        assert_eq!(line.take(&[b'a'; 128], Part::ChunkHeader), Ok((None, &b""[..])));
        assert_eq!(line.take(b"\r\n", Part::ChunkHeader), Err(ChunkError::TooLong("a chunk's header")));
        assert_eq!(Line::default().take(b"\xff\n", Part::Trailer), Err(ChunkError::Malformed("a trailer")));
    }
}
