//! A body on its way into a bucket: decoded and proved as it passes, its last piece held back until all is proved.

use super::failure::Failure;
use crate::aws::signed::Signed;
use crate::message::{Body, BodyFault, ByteStream};
use domain::sigv4::payload::{Checked, ChunkError, Declared, Decoder};
use futures_util::StreamExt;
use std::cell::RefCell;
use std::rc::Rc;

/// What became of a body, once its stream has ended.
pub(super) type Outcome = Rc<RefCell<Option<Result<Checked, ChunkError>>>>;

/// A decoder for what a signature and headers say of the body.
pub(super) fn decoder(caller: &Signed, headers: &[(&str, &str)]) -> Result<Decoder, Failure> {
    Ok(Decoder::new(caller.verified.framing(), Declared::read(headers)?)?)
}

struct Passing {
    source: ByteStream,
    /// Gone once the body has ended, well or not.
    decoder: Option<Decoder>,
    /// The newest piece. A bucket that has all the bytes it was promised may show the object, so the last ones wait.
    held: Vec<u8>,
    outcome: Outcome,
}

/// The object's bytes. The stream ends with an error unless everything that was declared of it has been proved, and
/// before then it lacks at least its last byte.
pub(super) fn proved(body: Body, decoder: Decoder) -> (ByteStream, Outcome) {
    let source: ByteStream = match body {
        Body::Empty => Box::pin(futures_util::stream::empty()),
        Body::Bytes(bytes) => Box::pin(futures_util::stream::iter([Ok(bytes)])),
        Body::Stream(stream) => stream,
        Body::Held(held) => held.open(),
    };
    let outcome = Outcome::default();
    let passing = Passing { source, decoder: Some(decoder), held: Vec::new(), outcome: Rc::clone(&outcome) };
    let stream = futures_util::stream::unfold(passing, |mut passing| async move {
        let piece = passing.next().await?;
        Some((piece, passing))
    });
    (Box::pin(stream), outcome)
}

impl Passing {
    async fn next(&mut self) -> Option<Result<Vec<u8>, BodyFault>> {
        loop {
            let mut decoder = self.decoder.take()?;
            let Some(piece) = self.source.next().await else {
                return self.end(decoder.finish());
            };
            let piece = match piece {
                Ok(piece) => piece,
                Err(fault) => return Some(Err(fault)),
            };
            let mut out = Vec::with_capacity(piece.len());
            if let Err(error) = decoder.push(&piece, &mut out) {
                return self.end(Err(error));
            }
            self.decoder = Some(decoder);
            if !out.is_empty() {
                let ready = std::mem::replace(&mut self.held, out);
                if !ready.is_empty() {
                    return Some(Ok(ready));
                }
            }
        }
    }

    fn end(&mut self, checked: Result<Checked, ChunkError>) -> Option<Result<Vec<u8>, BodyFault>> {
        let proved = checked.is_ok();
        *self.outcome.borrow_mut() = Some(checked);
        let held = std::mem::take(&mut self.held);
        if !proved {
            return Some(Err(BodyFault("the body is not the one that was declared".into())));
        }
        (!held.is_empty()).then_some(Ok(held))
    }
}
