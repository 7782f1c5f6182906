//! A body taken piece by piece, proved as it passes.

use sha2::{Digest, Sha256};

use super::super::hex;
use super::{
    Chain, Checksum, ChunkError, Declared,
    checksum::Checks,
    line::{Line, Part, chunk_header},
};

/// S3's least size of a signed chunk that is not the last one. It keeps signatures from costing more than the
/// data.
const LEAST_CHUNK: u64 = 8192;

/// How a body is framed; [`Verified::framing`](super::super::Verified::framing) tells.
#[derive(Debug)]
pub enum Framing {
    /// The object's bytes and nothing else, with this SHA-256 where one was signed.
    Plain { sha256: Option<[u8; 32]> },
    /// Signed chunks, with signed trailers or none.
    Signed { chain: Chain, trailer: bool },
    /// Unsigned chunks with unsigned trailers.
    Unsigned,
}

/// What is expected next.
#[derive(Debug)]
enum State {
    ChunkHeader,
    Data {
        left: u64,
        digest: Sha256,
        claimed: Option<[u8; 32]>,
    },
    /// The line end after data, `\r` seen or not.
    DataEnd {
        carriage: bool,
    },
    /// The line end that closes a body without trailers.
    BodyEnd {
        carriage: bool,
    },
    Trailers,
    End,
}

/// What the trailers have said so far.
#[derive(Debug, Default)]
struct Trailers {
    /// The lines as they are signed.
    lines: String,
    checksum: Option<Vec<u8>>,
    /// A blank line between trailers and their signature: published examples have one, most clients do not.
    blank: bool,
    signed: bool,
}

/// A body on its way. See the module for what its output is worth before the end.
#[derive(Debug)]
pub struct Decoder {
    framing: Framing,
    declared: Declared,
    checks: Checks,
    /// The object's length, where it is known.
    expected: Option<u64>,
    received: u64,
    state: State,
    line: Line,
    /// The last chunk was below [`LEAST_CHUNK`], so no other may follow.
    short: bool,
    trailers: Trailers,
    /// The first error, repeated for ever after.
    broken: Option<ChunkError>,
}

/// A whole object, proved by everything that was declared of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Bytes of the object.
    pub length: u64,
    /// The checksum to keep with the object and to answer with.
    pub checksum: Option<Checksum>,
    /// The MD5, where `content-md5` gave it.
    pub md5: Option<[u8; 16]>,
}

impl Decoder {
    pub fn new(framing: Framing, declared: Declared) -> Result<Self, ChunkError> {
        let trailer = matches!(framing, Framing::Unsigned | Framing::Signed { trailer: true, .. });
        if trailer != declared.trailer.is_some() {
            return Err(ChunkError::TrailerNotDeclared);
        }
        let (expected, sha256) = match framing {
            Framing::Plain { sha256 } => (declared.content_length, sha256),
            Framing::Signed { .. } | Framing::Unsigned => {
                (Some(declared.decoded_length.ok_or(ChunkError::LengthMissing)?), None)
            }
        };
        Ok(Self {
            checks: Checks::new(&declared, sha256),
            framing,
            declared,
            expected,
            received: 0,
            state: State::ChunkHeader,
            line: Line::default(),
            short: false,
            trailers: Trailers::default(),
            broken: None,
        })
    }

    /// The object's length, where it is known beforehand.
    pub fn expected_length(&self) -> Option<u64> {
        self.expected
    }

    /// Takes a piece of the body and appends the object's bytes in it to `out`, never more than came in.
    pub fn push(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<(), ChunkError> {
        if let Some(error) = &self.broken {
            return Err(error.clone());
        }
        let outcome = self.advance(input, out);
        self.broken = outcome.as_ref().err().cloned();
        outcome
    }

    /// Says whether the body is whole and is the one that was declared and signed.
    pub fn finish(self) -> Result<Checked, ChunkError> {
        if let Some(error) = self.broken {
            return Err(error);
        }
        // A last line end that never came hides nothing once all that was announced has come and been proved.
        let whole = match (&self.framing, &self.state) {
            (Framing::Plain { .. }, _) | (_, State::End) => true,
            (Framing::Signed { .. }, State::Trailers) => self.trailers.signed,
            (Framing::Unsigned, State::Trailers) => self.trailers.checksum.is_some(),
            _ => false,
        };
        if !whole {
            return Err(ChunkError::Malformed("the end of the body"));
        }
        if self.expected.is_some_and(|expected| expected != self.received) {
            return Err(ChunkError::LengthMismatch);
        }
        let (checksum, md5) = self.checks.finish(self.trailers.checksum)?;
        Ok(Checked { length: self.received, checksum, md5 })
    }

    fn advance(&mut self, mut input: &[u8], out: &mut Vec<u8>) -> Result<(), ChunkError> {
        if matches!(self.framing, Framing::Plain { .. }) {
            self.announce(input.len() as u64)?;
            self.emit(input, out);
            return Ok(());
        }
        while !input.is_empty() {
            input = match &self.state {
                State::ChunkHeader => self.chunk_header(input)?,
                State::Data { .. } => self.data(input, out)?,
                State::DataEnd { carriage } | State::BodyEnd { carriage } => {
                    self.line_end(input, *carriage)?
                }
                State::Trailers => self.trailer(input)?,
                State::End => return Err(ChunkError::AfterEnd),
            };
        }
        Ok(())
    }

    fn chunk_header<'i>(&mut self, input: &'i [u8]) -> Result<&'i [u8], ChunkError> {
        let (line, rest) = self.line.take(input, Part::ChunkHeader)?;
        let Some(line) = line else { return Ok(rest) };
        let (left, claimed) = chunk_header(&line)?;
        if claimed.is_some() != matches!(self.framing, Framing::Signed { .. }) {
            return Err(ChunkError::Malformed("a chunk's header"));
        }
        self.announce(left)?;
        if left > 0 {
            if self.short && claimed.is_some() {
                return Err(ChunkError::ChunkTooSmall);
            }
            self.short = left < LEAST_CHUNK;
            self.state = State::Data { left, digest: Sha256::new(), claimed };
            return Ok(rest);
        }
        self.prove(Sha256::new(), claimed)?;
        let trailer = !matches!(self.framing, Framing::Signed { trailer: false, .. });
        self.state = if trailer { State::Trailers } else { State::BodyEnd { carriage: false } };
        Ok(rest)
    }

    fn data<'i>(&mut self, input: &'i [u8], out: &mut Vec<u8>) -> Result<&'i [u8], ChunkError> {
        let State::Data { left, digest, claimed } = &mut self.state else { return Ok(input) };
        let wanted = usize::try_from(*left).unwrap_or(usize::MAX);
        let (data, rest) = input.split_at_checked(wanted).unwrap_or((input, &[]));
        *left -= data.len() as u64;
        if claimed.is_some() {
            digest.update(data);
        }
        let done = (*left == 0).then(|| (digest.clone(), *claimed));
        self.emit(data, out);
        if let Some((digest, claimed)) = done {
            self.prove(digest, claimed)?;
            self.state = State::DataEnd { carriage: false };
        }
        Ok(rest)
    }

    /// Takes one byte of a `\r\n`.
    fn line_end<'i>(&mut self, input: &'i [u8], carriage: bool) -> Result<&'i [u8], ChunkError> {
        let Some((byte, rest)) = input.split_first() else { return Ok(input) };
        let body = matches!(self.state, State::BodyEnd { .. });
        self.state = match (byte, carriage, body) {
            (b'\r', false, true) => State::BodyEnd { carriage: true },
            (b'\r', false, false) => State::DataEnd { carriage: true },
            (b'\n', true, true) => State::End,
            (b'\n', true, false) => State::ChunkHeader,
            _ => return Err(ChunkError::Malformed("the end of a chunk")),
        };
        Ok(rest)
    }

    fn trailer<'i>(&mut self, input: &'i [u8]) -> Result<&'i [u8], ChunkError> {
        let (line, rest) = self.line.take(input, Part::Trailer)?;
        let Some(line) = line else { return Ok(rest) };
        let trailers = &mut self.trailers;
        if line.is_empty() {
            let signed = matches!(self.framing, Framing::Signed { .. });
            let complete = trailers.checksum.is_some() && (trailers.signed || !signed);
            if complete {
                self.state = State::End;
            } else if signed && !trailers.blank {
                trailers.blank = true;
            } else {
                return Err(ChunkError::MalformedTrailer);
            }
            return Ok(rest);
        }
        let (name, value) = line.split_once(':').ok_or(ChunkError::MalformedTrailer)?;
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        if trailers.signed {
            return Err(ChunkError::MalformedTrailer);
        }
        if name == "x-amz-trailer-signature" {
            let Framing::Signed { chain, .. } = &mut self.framing else {
                return Err(ChunkError::MalformedTrailer);
            };
            let claimed = hex::decode(value).ok_or(ChunkError::SignatureDoesNotMatch)?;
            if trailers.checksum.is_none() {
                return Err(ChunkError::MalformedTrailer);
            }
            if !chain.accept(chain.trailer(&trailers.lines), &claimed) {
                return Err(ChunkError::SignatureDoesNotMatch);
            }
            trailers.signed = true;
            return Ok(rest);
        }
        let announced = self.declared.trailer.filter(|algorithm| algorithm.header() == name);
        let algorithm = announced.ok_or(ChunkError::MalformedTrailer)?;
        let checksum = algorithm.read(value).ok_or(ChunkError::MalformedTrailer)?;
        if trailers.checksum.replace(checksum).is_some() {
            return Err(ChunkError::MalformedTrailer);
        }
        trailers.lines = format!("{name}:{value}\n");
        Ok(rest)
    }

    /// Refuses bytes beyond the object's length before they are read.
    fn announce(&mut self, more: u64) -> Result<(), ChunkError> {
        let total = self.received.checked_add(more).ok_or(ChunkError::LengthMismatch)?;
        if self.expected.is_some_and(|expected| total > expected) {
            Err(ChunkError::LengthMismatch)
        } else {
            Ok(())
        }
    }

    fn emit(&mut self, data: &[u8], out: &mut Vec<u8>) {
        self.received += data.len() as u64;
        self.checks.update(data);
        out.extend_from_slice(data);
    }

    fn prove(&mut self, digest: Sha256, claimed: Option<[u8; 32]>) -> Result<(), ChunkError> {
        let (Framing::Signed { chain, .. }, Some(claimed)) = (&mut self.framing, claimed) else {
            return Ok(());
        };
        let made = chain.chunk(&digest.finalize().into());
        if chain.accept(made, &claimed) { Ok(()) } else { Err(ChunkError::SignatureDoesNotMatch) }
    }
}
