//! [`Bucket`] over R2.

use super::world::within_deadline;
use super::{fault, stream};
use crate::message::{BodyFault, ByteStream};
use crate::platform::{Bucket, CallFault, ListObjects, ObjectMetadata, ObjectPage, Stored};
use domain::jose::LocalBoxFuture;
use futures_util::StreamExt;
use std::collections::HashMap;
use worker::{Data, HttpMetadata, Object, Range};

/// A bucket's binding.
#[derive(Debug)]
pub(super) struct R2(pub(super) worker::Bucket);

impl Bucket for R2 {
    /// R2 shows an object once it has all of it; a stream that breaks off before leaves nothing. It takes as long as the
    /// client takes to send, so no deadline runs.
    fn put<'a>(
        &'a self,
        key: &'a str,
        length: u64,
        body: ByteStream,
        metadata: ObjectMetadata,
    ) -> LocalBoxFuture<'a, Result<Stored, CallFault>> {
        Box::pin(async move {
            let data = if length == 0 {
                Data::Bytes(Vec::new())
            } else {
                Data::ReadableStream(stream::measured(body, length).map_err(fault::call)?)
            };
            let custom: HashMap<String, String> = metadata.custom.into_iter().collect();
            let http = HttpMetadata {
                content_type: metadata.content_type,
                content_language: metadata.content_language,
                content_disposition: metadata.content_disposition,
                content_encoding: metadata.content_encoding,
                cache_control: metadata.cache_control,
                cache_expiry: None,
            };
            let put = self.0.put(key, data).http_metadata(http).custom_metadata(custom).execute();
            let object = put.await.map_err(fault::worker)?;
            stored(&object.ok_or_else(|| CallFault("a put without a condition failed its condition".into()))?)
        })
    }

    fn get<'a>(
        &'a self,
        key: &'a str,
        range: Option<(u64, u64)>,
    ) -> LocalBoxFuture<'a, Result<Option<(Stored, ByteStream)>, CallFault>> {
        Box::pin(within_deadline(async move {
            let get = self.0.get(key);
            let get = match range {
                Some((offset, length)) => get.range(Range::OffsetWithLength { offset, length }),
                None => get,
            };
            let Some(object) = get.execute().await.map_err(fault::worker)? else { return Ok(None) };
            let body = object.body().ok_or_else(|| CallFault("an object without its body".into()))?;
            let chunks = body.stream().map_err(fault::worker)?;
            let body = chunks.map(|chunk| chunk.map_err(|error| BodyFault(error.to_string())));
            let body: ByteStream = Box::pin(body);
            Ok(Some((stored(&object)?, body)))
        }))
    }

    fn head<'a>(&'a self, key: &'a str) -> LocalBoxFuture<'a, Result<Option<Stored>, CallFault>> {
        Box::pin(within_deadline(async move {
            let object = self.0.head(key).await.map_err(fault::worker)?;
            object.as_ref().map(stored).transpose()
        }))
    }

    fn delete<'a>(&'a self, key: &'a str) -> LocalBoxFuture<'a, Result<(), CallFault>> {
        Box::pin(within_deadline(async move { self.0.delete(key).await.map_err(fault::worker) }))
    }

    fn list<'a>(&'a self, ask: &'a ListObjects) -> LocalBoxFuture<'a, Result<ObjectPage, CallFault>> {
        Box::pin(within_deadline(async move {
            let mut list = self.0.list().limit(ask.limit).prefix(ask.prefix.as_str());
            if let Some(delimiter) = &ask.delimiter {
                list = list.delimiter(delimiter.as_str());
            }
            if let Some(cursor) = &ask.cursor {
                list = list.cursor(cursor.as_str());
            }
            if let Some(after) = &ask.start_after {
                list = list.start_after(after.as_str());
            }
            let page = list.execute().await.map_err(fault::worker)?;
            Ok(ObjectPage {
                objects: page.objects().iter().map(stored).collect::<Result<_, _>>()?,
                prefixes: page.delimited_prefixes(),
                cursor: if page.truncated() { page.cursor() } else { None },
            })
        }))
    }
}

fn stored(object: &Object) -> Result<Stored, CallFault> {
    let http = object.http_metadata();
    let mut custom: Vec<_> = object.custom_metadata().map_err(fault::worker)?.into_iter().collect();
    custom.sort();
    Ok(Stored {
        key: object.key(),
        size: object.size(),
        etag: object.etag(),
        uploaded: i64::try_from(object.uploaded().as_millis()).unwrap_or(0),
        metadata: ObjectMetadata {
            content_type: http.content_type,
            cache_control: http.cache_control,
            content_disposition: http.content_disposition,
            content_encoding: http.content_encoding,
            content_language: http.content_language,
            custom,
        },
    })
}
