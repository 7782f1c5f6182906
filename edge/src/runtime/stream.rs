//! Bodies over the boundary, a chunk at a time.

use super::fault;
use crate::message::{Body, BodyFault, ByteStream, Held};
use futures_util::StreamExt;
use js_sys::{BigInt, Uint8Array};
use std::any::Any;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::ReadableStream;
use worker::worker_sys::FixedLengthStream;

/// A body that JavaScript hands us. Dropping it cancels the sender.
pub(super) fn incoming(body: ReadableStream) -> ByteStream {
    match wasm_streams::ReadableStream::from_raw(body).try_into_stream() {
        Ok(chunks) => Box::pin(chunks.map(|chunk| match chunk {
            Ok(chunk) => match chunk.dyn_ref::<Uint8Array>() {
                Some(bytes) => Ok(bytes.to_vec()),
                None => Err(BodyFault("a chunk that is not bytes".into())),
            },
            Err(thrown) => Err(BodyFault(fault::text(&thrown))),
        })),
        Err((thrown, _)) => {
            let broken = BodyFault(fault::text(&thrown.into()));
            Box::pin(futures_util::stream::once(std::future::ready(Err(broken))))
        }
    }
}

/// A body that stays in JavaScript until it is read. Dropping it cancels the sender.
pub(super) struct Foreign(Option<ReadableStream>);

impl Foreign {
    pub(super) fn hold(body: ReadableStream) -> Body {
        Body::Held(Box::new(Self(Some(body))))
    }
}

impl Held for Foreign {
    fn open(mut self: Box<Self>) -> ByteStream {
        self.0.take().map_or_else(|| Box::pin(futures_util::stream::empty()) as ByteStream, incoming)
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        if let Some(body) = self.0.take() {
            let _ = body.cancel();
        }
    }
}

/// Any body, for JavaScript; `length` where its headers say one.
pub(super) fn hand_over(body: Body, length: Option<u64>) -> Result<JsValue, JsValue> {
    Ok(match body {
        Body::Empty => JsValue::NULL,
        Body::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
        Body::Stream(body) => match length {
            Some(length) => measured(body, length)?.into(),
            None => outgoing(body).into(),
        },
        Body::Held(held) => {
            let held: Box<dyn Any> = held;
            let own = held.downcast::<Foreign>().ok().and_then(|mut foreign| foreign.0.take());
            own.ok_or_else(|| JsValue::from("a body that another platform holds"))?.into()
        }
    })
}

/// A body that we hand to JavaScript.
fn outgoing(body: ByteStream) -> ReadableStream {
    let chunks = body.map(|chunk| match chunk {
        Ok(bytes) => Ok(JsValue::from(Uint8Array::from(bytes.as_slice()))),
        Err(BodyFault(text)) => Err(JsValue::from(js_sys::Error::new(&text))),
    });
    wasm_streams::ReadableStream::from_stream(chunks).into_raw()
}

/// The same where its length is known: the platform then says so, and a body of any other length fails.
pub(super) fn measured(body: ByteStream, length: u64) -> Result<ReadableStream, JsValue> {
    let measure = FixedLengthStream::new_big_int(BigInt::from(length))?;
    let piped = outgoing(body).pipe_to(&measure.writable());
    // A pipe that breaks is seen at its other end.
    spawn_local(async {
        let _ = JsFuture::from(piped).await;
    });
    Ok(measure.readable())
}
