//! The checksums an upload can declare.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use crc::Crc;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::{ChunkError, Declared};

static CRC32: Crc<u32> = Crc::<u32>::new(&crc::CRC_32_ISO_HDLC);
static CRC32C: Crc<u32> = Crc::<u32>::new(&crc::CRC_32_ISCSI);
static CRC64NVME: Crc<u64> = Crc::<u64>::new(&crc::CRC_64_NVME);

/// The algorithm of an `x-amz-checksum-*` header or trailer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    Crc32,
    Crc32c,
    Crc64Nvme,
    Sha1,
    Sha256,
}

impl Algorithm {
    pub const ALL: [Self; 5] = [Self::Crc32, Self::Crc32c, Self::Crc64Nvme, Self::Sha1, Self::Sha256];

    /// S3's name: `CRC32`, `CRC64NVME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32c => "CRC32C",
            Self::Crc64Nvme => "CRC64NVME",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
        }
    }

    /// The header or trailer, in lower case.
    pub fn header(self) -> &'static str {
        match self {
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Crc32c => "x-amz-checksum-crc32c",
            Self::Crc64Nvme => "x-amz-checksum-crc64nvme",
            Self::Sha1 => "x-amz-checksum-sha1",
            Self::Sha256 => "x-amz-checksum-sha256",
        }
    }

    pub(super) fn of_header(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.header().eq_ignore_ascii_case(name))
    }

    fn length(self) -> usize {
        match self {
            Self::Crc32 | Self::Crc32c => 4,
            Self::Crc64Nvme => 8,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        }
    }

    /// Reads a declared value: base64 of exactly this algorithm's length.
    pub(super) fn read(self, text: &str) -> Option<Vec<u8>> {
        STANDARD.decode(text).ok().filter(|bytes| bytes.len() == self.length())
    }
}

/// A checksum that has been proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksum {
    pub algorithm: Algorithm,
    /// Base64, as its header has it.
    pub value: String,
}

/// One running checksum.
enum Running {
    Narrow(crc::Digest<'static, u32>),
    Wide(crc::Digest<'static, u64>),
    Sha1(Sha1),
    Sha256(Sha256),
    Md5(Md5),
}

impl Running {
    fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Crc32 => Self::Narrow(CRC32.digest()),
            Algorithm::Crc32c => Self::Narrow(CRC32C.digest()),
            Algorithm::Crc64Nvme => Self::Wide(CRC64NVME.digest()),
            Algorithm::Sha1 => Self::Sha1(Sha1::new()),
            Algorithm::Sha256 => Self::Sha256(Sha256::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Narrow(crc) => crc.update(bytes),
            Self::Wide(crc) => crc.update(bytes),
            Self::Sha1(hash) => hash.update(bytes),
            Self::Sha256(hash) => hash.update(bytes),
            Self::Md5(hash) => hash.update(bytes),
        }
    }

    fn finish(self) -> Vec<u8> {
        match self {
            Self::Narrow(crc) => crc.finalize().to_be_bytes().to_vec(),
            Self::Wide(crc) => crc.finalize().to_be_bytes().to_vec(),
            Self::Sha1(hash) => hash.finalize().to_vec(),
            Self::Sha256(hash) => hash.finalize().to_vec(),
            Self::Md5(hash) => hash.finalize().to_vec(),
        }
    }
}

/// Everything that is declared of an object's bytes, reckoned as they pass.
pub(super) struct Checks {
    /// With the value a header gave; a trailer's comes at the end.
    checksum: Option<(Algorithm, Running, Option<Vec<u8>>)>,
    md5: Option<(Running, [u8; 16])>,
    sha256: Option<(Running, [u8; 32])>,
}

impl Checks {
    pub(super) fn new(declared: &Declared, sha256: Option<[u8; 32]>) -> Self {
        let by_header = declared.checksum.clone().map(|(algorithm, value)| (algorithm, Some(value)));
        let checksum = by_header.or(declared.trailer.map(|algorithm| (algorithm, None)));
        Self {
            checksum: checksum.map(|(algorithm, value)| (algorithm, Running::new(algorithm), value)),
            md5: declared.md5.map(|value| (Running::Md5(Md5::new()), value)),
            sha256: sha256.map(|value| (Running::Sha256(Sha256::new()), value)),
        }
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        let checksum = self.checksum.iter_mut().map(|(_, running, _)| running);
        let md5 = self.md5.iter_mut().map(|(running, _)| running);
        let sha256 = self.sha256.iter_mut().map(|(running, _)| running);
        for running in checksum.chain(md5).chain(sha256) {
            running.update(bytes);
        }
    }

    /// Holds what was reckoned against what was declared, by `trailer` where no header did.
    pub(super) fn finish(
        self,
        trailer: Option<Vec<u8>>,
    ) -> Result<(Option<Checksum>, Option<[u8; 16]>), ChunkError> {
        if let Some((running, declared)) = self.sha256
            && running.finish() != declared
        {
            return Err(ChunkError::ContentSha256Mismatch);
        }
        let mut md5 = None;
        if let Some((running, declared)) = self.md5 {
            if running.finish() != declared {
                return Err(ChunkError::Md5Mismatch);
            }
            md5 = Some(declared);
        }
        let Some((algorithm, running, header)) = self.checksum else { return Ok((None, md5)) };
        let reckoned = running.finish();
        if header.or(trailer).as_ref() != Some(&reckoned) {
            return Err(ChunkError::ChecksumMismatch(algorithm));
        }
        Ok((Some(Checksum { algorithm, value: STANDARD.encode(reckoned) }), md5))
    }
}

impl fmt::Debug for Checks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let algorithm = self.checksum.as_ref().map(|(algorithm, _, _)| algorithm);
        out.debug_struct("Checks").field("algorithm", &algorithm).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_algorithm_gives_its_check_value() {
        for (algorithm, expected) in [
            (Algorithm::Crc32, "y/Q5Jg=="),
            (Algorithm::Crc32c, "4waSgw=="),
            (Algorithm::Crc64Nvme, "rosUhgp5mIg="),
            (Algorithm::Sha1, "98O8HYCOBHMq32eZZczDTKeuNEE="),
            (Algorithm::Sha256, "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
        ] {
            let mut running = Running::new(algorithm);
            running.update(b"1234");
            running.update(b"56789");
            let value = STANDARD.encode(running.finish());
            assert_eq!(value, expected, "{}", algorithm.name());
            assert_eq!(algorithm.read(&value).map(|bytes| bytes.len()), Some(algorithm.length()));
            assert_eq!(Algorithm::of_header(algorithm.header()), Some(algorithm));
        }
    }

    #[test]
    fn a_value_of_another_length_or_alphabet_does_not_read() {
        for text in ["", "AAAA", "AAAAAA=", "AAAAAAA=", "AAAAAA==\n", "AAAA_-==", "AAAAAAAAAAA="] {
            assert_eq!(Algorithm::Crc32.read(text), None, "{text}");
        }
        assert_eq!(Algorithm::Crc32.read("AAAAAA=="), Some(vec![0; 4]));
    }
}
