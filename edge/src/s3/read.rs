//! `GetObject` and `HeadObject`.

use super::ask::{Ask, CHECKSUM_MODE, Operation};
use super::failure::{Code, Failure};
use super::{broken, condition, put, range};
use crate::edge::Edge;
use crate::message::{Body, Response};
use crate::platform::{Bucket, Stored};
use domain::calendar;
use http::{HeaderName, HeaderValue, StatusCode};

pub(super) async fn serve(edge: &Edge, bucket: &dyn Bucket, ask: &Ask) -> Result<Response, Failure> {
    let failed = |fault: crate::platform::CallFault| broken(edge, &fault.0);
    // What may turn out not to be asked for is not opened.
    let looks = ask.operation == Operation::HeadObject || ask.header("range").is_some();
    if looks || condition::NAMES.iter().any(|name| ask.header(name).is_some()) {
        let stored = bucket.head(&ask.key).await.map_err(failed)?.ok_or(Code::NoSuchKey)?;
        check(ask, &stored)?;
        let range = range::read(ask.header("range"), stored.size)
            .map_err(|failure| failure.with("content-range", format!("bytes */{}", stored.size)))?;
        if ask.operation == Operation::HeadObject {
            return Ok(head(ask, &stored, range));
        }
        if let Some(range) = range {
            let (now, stream) =
                bucket.get(&ask.key, Some(range)).await.map_err(failed)?.ok_or(Code::NoSuchKey)?;
            // Replaced in between: the range was reckoned for another object.
            if now.etag != stored.etag || now.size != stored.size {
                return Err(Code::ServiceUnavailable.into());
            }
            let mut response = head(ask, &stored, Some(range));
            response.body = Body::Stream(stream);
            return Ok(response);
        }
    }
    let (stored, stream) = bucket.get(&ask.key, None).await.map_err(failed)?.ok_or(Code::NoSuchKey)?;
    check(ask, &stored)?;
    let mut response = head(ask, &stored, None);
    response.body = Body::Stream(stream);
    Ok(response)
}

/// Whether an object is as the client wants it. A client that has it already is told of what it has (RFC 9110 §15.4.5).
fn check(ask: &Ask, stored: &Stored) -> Result<(), Failure> {
    condition::check(ask, stored).map_err(|failure| match failure.code {
        Code::NotModified => {
            let failure = failure.with("etag", etag(stored)).with("last-modified", last_modified(stored));
            match cache_control(ask, stored) {
                Some(value) => failure.with("cache-control", value),
                None => failure,
            }
        }
        _ => failure,
    })
}

fn etag(stored: &Stored) -> String {
    format!("\"{}\"", stored.etag)
}

fn last_modified(stored: &Stored) -> String {
    calendar::http(stored.uploaded.div_euclid(1000))
}

fn cache_control<'a>(ask: &'a Ask, stored: &'a Stored) -> Option<&'a str> {
    let asked = ask.query.one("response-cache-control").ok().flatten();
    asked.or(stored.metadata.cache_control.as_deref())
}

fn head(ask: &Ask, stored: &Stored, range: Option<(u64, u64)>) -> Response {
    let (status, length) = match range {
        Some((_, length)) => (StatusCode::PARTIAL_CONTENT, length),
        None => (StatusCode::OK, stored.size),
    };
    let mut response = Response::new(status)
        .with("content-length", length.to_string())
        .with("accept-ranges", "bytes")
        .with("etag", etag(stored))
        .with("last-modified", last_modified(stored));
    if let Some((first, length)) = range {
        let last = first + length.saturating_sub(1);
        response = response.with("content-range", format!("bytes {first}-{last}/{}", stored.size));
    }
    let metadata = &stored.metadata;
    for (name, parameter, kept) in [
        (
            "content-type",
            "response-content-type",
            metadata.content_type.as_deref().or(Some("binary/octet-stream")),
        ),
        ("cache-control", "response-cache-control", metadata.cache_control.as_deref()),
        ("content-disposition", "response-content-disposition", metadata.content_disposition.as_deref()),
        ("content-encoding", "response-content-encoding", metadata.content_encoding.as_deref()),
        ("content-language", "response-content-language", metadata.content_language.as_deref()),
        ("expires", "response-expires", None),
    ] {
        let asked = ask.query.one(parameter).ok().flatten();
        if let Some(value) = asked.or(kept) {
            response = response.with(name, value);
        }
    }
    // A part has none: the checksum is the whole object's.
    let wanted = range.is_none() && ask.header(CHECKSUM_MODE).is_some();
    for (name, value) in &metadata.custom {
        if name == put::CHECKSUM {
            if let (true, Some((algorithm, value))) = (wanted, value.split_once(' ')) {
                set(&mut response, algorithm, value);
                set(&mut response, "x-amz-checksum-type", "FULL_OBJECT");
            }
            continue;
        }
        set(&mut response, &format!("x-amz-meta-{name}"), value);
    }
    response
}

/// Sets a header that comes from what was stored, if it can be one.
fn set(response: &mut Response, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
        response.headers.insert(name, value);
    }
}
