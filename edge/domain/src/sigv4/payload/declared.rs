//! What the headers of an upload say of its body.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{Algorithm, ChunkError};

/// Headers that begin like a checksum's and hold none.
const NOT_VALUES: [&str; 3] = ["x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type"];

/// Lengths and checksums declared by headers; the checksum of a trailer is announced only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// Bytes on the wire, framing included.
    pub content_length: Option<u64>,
    /// Bytes of the object in an aws-chunked body.
    pub decoded_length: Option<u64>,
    /// The one checksum given by a header.
    pub checksum: Option<(Algorithm, Vec<u8>)>,
    /// The one checksum that a trailer will give.
    pub trailer: Option<Algorithm>,
    pub md5: Option<[u8; 16]>,
}

impl Declared {
    /// Reads the headers of an upload; others are passed over.
    pub fn read(headers: &[(&str, &str)]) -> Result<Self, ChunkError> {
        let mut declared = Self::default();
        for (name, value) in headers {
            let (name, value) = (name.to_ascii_lowercase(), value.trim());
            match name.as_str() {
                "content-length" => once(&mut declared.content_length, length(value), "content-length")?,
                "x-amz-decoded-content-length" => {
                    once(&mut declared.decoded_length, length(value), "x-amz-decoded-content-length")?;
                }
                "content-md5" => once(&mut declared.md5, md5(value), "content-md5")?,
                "x-amz-trailer" => declared.announce(value)?,
                name if NOT_VALUES.contains(&name) => {}
                name if name.starts_with("x-amz-checksum-") => declared.checksum(name, value)?,
                _ => {}
            }
        }
        if declared.checksum.is_some() && declared.trailer.is_some() {
            return Err(ChunkError::ManyChecksums);
        }
        Ok(declared)
    }

    fn checksum(&mut self, name: &str, value: &str) -> Result<(), ChunkError> {
        let algorithm =
            Algorithm::of_header(name).ok_or_else(|| ChunkError::UnsupportedChecksum(name.to_owned()))?;
        let value = algorithm.read(value).ok_or(ChunkError::MalformedHeader(algorithm.header()))?;
        if self.checksum.replace((algorithm, value)).is_some() {
            Err(ChunkError::ManyChecksums)
        } else {
            Ok(())
        }
    }

    fn announce(&mut self, names: &str) -> Result<(), ChunkError> {
        for name in names.split(',').map(str::trim) {
            let algorithm =
                Algorithm::of_header(name).ok_or_else(|| ChunkError::UnsupportedChecksum(name.to_owned()))?;
            if self.trailer.replace(algorithm).is_some() {
                return Err(ChunkError::ManyChecksums);
            }
        }
        Ok(())
    }
}

/// Fills a slot with a value that reads; a second value does not count as one.
fn once<T>(slot: &mut Option<T>, value: Option<T>, name: &'static str) -> Result<(), ChunkError> {
    let value = value.ok_or(ChunkError::MalformedHeader(name))?;
    if slot.replace(value).is_some() { Err(ChunkError::MalformedHeader(name)) } else { Ok(()) }
}

fn length(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn md5(text: &str) -> Option<[u8; 16]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// The `content-encoding` to keep with the object: `aws-chunked` is of the transfer and does not belong to
/// it.
pub fn stored_encoding(header: &str) -> Option<String> {
    let kept = header.split(',').map(str::trim);
    let kept: Vec<&str> =
        kept.filter(|part| !part.is_empty() && !part.eq_ignore_ascii_case("aws-chunked")).collect();
    if kept.is_empty() { None } else { Some(kept.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_upload_declares_is_read() {
        let declared = Declared::read(&[
            ("Content-Length", "120"),
            ("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg=="),
            ("x-amz-decoded-content-length", " 66 "),
            ("x-amz-trailer", "x-amz-checksum-CRC32"),
            ("x-amz-checksum-type", "FULL_OBJECT"),
            ("x-amz-sdk-checksum-algorithm", "CRC32"),
        ])
        .unwrap();
        assert_eq!(declared.content_length, Some(120));
        assert_eq!(declared.decoded_length, Some(66));
        assert_eq!(declared.trailer, Some(Algorithm::Crc32));
        assert!(declared.md5.is_some());
        assert_eq!(declared.checksum, None);
    }

    #[test]
    fn what_contradicts_itself_or_is_unknown_is_refused() {
        let crc = ("x-amz-checksum-crc32", "AAAAAA==");
        for (headers, error) in [
            (vec![("content-length", "+1")], ChunkError::MalformedHeader("content-length")),
            (vec![("content-length", "")], ChunkError::MalformedHeader("content-length")),
            (vec![("content-length", "99999999999999999999")], ChunkError::MalformedHeader("content-length")),
            (
                vec![("content-length", "1"), ("content-length", "1")],
                ChunkError::MalformedHeader("content-length"),
            ),
            (vec![("content-md5", "1B2M")], ChunkError::MalformedHeader("content-md5")),
            (vec![crc, crc], ChunkError::ManyChecksums),
            (vec![crc, ("x-amz-trailer", "x-amz-checksum-sha1")], ChunkError::ManyChecksums),
            (vec![("x-amz-trailer", "x-amz-checksum-sha1,x-amz-checksum-crc32")], ChunkError::ManyChecksums),
            (vec![("x-amz-trailer", "expires")], ChunkError::UnsupportedChecksum("expires".into())),
            (
                vec![("x-amz-checksum-md9", "AAAA")],
                ChunkError::UnsupportedChecksum("x-amz-checksum-md9".into()),
            ),
            (vec![("x-amz-checksum-crc32", "AAAA")], ChunkError::MalformedHeader("x-amz-checksum-crc32")),
        ] {
            assert_eq!(Declared::read(&headers), Err(error), "{headers:?}");
        }
    }

    #[test]
    fn aws_chunked_is_not_kept_with_the_object() {
        assert_eq!(stored_encoding("aws-chunked"), None);
        assert_eq!(stored_encoding("AWS-Chunked,, gzip"), Some("gzip".into()));
        assert_eq!(stored_encoding("gzip, br"), Some("gzip, br".into()));
        assert_eq!(stored_encoding(""), None);
    }
}
