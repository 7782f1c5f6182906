//! `PutObject`: streamed into the bucket; nothing is visible before the declared checksums and signatures hold.

use super::ask::Ask;
use super::failure::{Code, Failure};
use super::{broken, upload};
use crate::aws::signed::Signed;
use crate::edge::Edge;
use crate::limits;
use crate::message::{Body, Response};
use crate::platform::{Bucket, ObjectMetadata, Stored};
use domain::sigv4::payload::{Checked, Declared, stored_encoding};
use futures_util::StreamExt;
use http::StatusCode;

/// The metadata of ours that keeps the checksum given in a header, as its name and value: nobody else may set it. One in a
/// trailer comes when the metadata is on its way already: it is proved, but not kept.
pub(super) const CHECKSUM: &str = "tidegate-checksum";

/// The most that names and values of `x-amz-meta-*` may come to, in bytes.
const MOST_METADATA: usize = 2048;

pub(super) async fn serve(
    edge: &Edge,
    bucket: &dyn Bucket,
    ask: &Ask,
    caller: &Signed,
    body: Body,
) -> Result<Response, Failure> {
    let mut metadata = metadata(ask)?;
    let headers: Vec<(&str, &str)> = ask.headers().collect();
    if let Some((algorithm, _)) = Declared::read(&headers)?.checksum {
        let value = ask.header(algorithm.header()).unwrap_or_default();
        metadata.custom.push((CHECKSUM.into(), format!("{} {value}", algorithm.header())));
    }
    let decoder = upload::decoder(caller, &headers)?;
    let length = decoder.expected_length().ok_or(Code::MissingContentLength)?;
    if length > limits::S3.bytes() {
        return Err(Code::EntityTooLarge.into());
    }
    let (mut stream, outcome) = upload::proved(body, decoder);
    let ended = || outcome.borrow_mut().take();
    if length == 0 {
        // There is no last byte to hold back, so all is proved first.
        let _ = stream.next().await;
        let checked = ended().ok_or(Code::IncompleteBody)??;
        let stream = Box::pin(futures_util::stream::empty());
        let stored = bucket.put(&ask.key, 0, stream, metadata).await;
        let stored = stored.map_err(|fault| broken(edge, &fault.0))?;
        return Ok(answer(&stored, checked));
    }
    let put = bucket.put(&ask.key, length, stream, metadata).await;
    match (put, ended()) {
        (Ok(stored), Some(Ok(checked))) => Ok(answer(&stored, checked)),
        // The body was refused: that is why the bucket refused, too.
        (Err(_), Some(Err(error))) => Err(error.into()),
        (Err(_), None) => Err(Code::IncompleteBody.into()),
        (Err(fault), Some(Ok(_))) => Err(broken(edge, &fault.0)),
        (Ok(_), Some(Err(_)) | None) => Err(broken(edge, "a bucket took an object that was not proved")),
    }
}

fn answer(stored: &Stored, checked: Checked) -> Response {
    let response = Response::new(StatusCode::OK).with("etag", format!("\"{}\"", stored.etag));
    match checked.checksum {
        Some(checksum) => response
            .with(checksum.algorithm.header(), checksum.value)
            .with("x-amz-checksum-type", "FULL_OBJECT"),
        None => response,
    }
}

fn metadata(ask: &Ask) -> Result<ObjectMetadata, Failure> {
    let text = |name: &str| ask.header(name).filter(|value| !value.is_empty()).map(str::to_owned);
    let custom: Vec<(String, String)> = ask
        .headers()
        .filter_map(|(name, value)| Some((name.strip_prefix("x-amz-meta-")?.to_owned(), value.to_owned())))
        .collect();
    if custom.iter().any(|(name, _)| name == CHECKSUM) {
        return Err(Failure::not_implemented(&format!("x-amz-meta-{CHECKSUM}")));
    }
    if custom.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>() > MOST_METADATA {
        return Err(Code::MetadataTooLarge.into());
    }
    Ok(ObjectMetadata {
        content_type: text("content-type"),
        cache_control: text("cache-control"),
        content_disposition: text("content-disposition"),
        content_encoding: text("content-encoding").as_deref().and_then(stored_encoding),
        content_language: text("content-language"),
        custom,
    })
}
