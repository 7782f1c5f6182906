//! `ListObjectsV2`. Continuation tokens are sealed, and bound to the bucket, prefix and delimiter they were given for.

use super::ask::Ask;
use super::broken;
use super::failure::{Code, Failure};
use super::xml::{Xml, url_encoded};
use crate::edge::Edge;
use crate::message::Response;
use crate::path::MAX_KEY_BYTES;
use crate::platform::{Bucket, ListObjects, ObjectPage};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::calendar;
use domain::policy::Context;
use domain::seal::{Place, Purpose};
use http::StatusCode;

const ROOT: &str = "ListBucketResult";
const MOST: u32 = 1000;

/// What a listing tells policies.
pub(super) fn describe(ask: &Ask, context: &mut Context) -> Result<(), Failure> {
    context.set("s3:prefix", ask.query.one("prefix")?.unwrap_or_default());
    for (name, key) in [("delimiter", "s3:delimiter"), ("max-keys", "s3:max-keys")] {
        if let Some(value) = ask.query.one(name)? {
            context.set(key, value);
        }
    }
    Ok(())
}

pub(super) async fn serve(edge: &Edge, bucket: &dyn Bucket, ask: &Ask) -> Result<Response, Failure> {
    let value = |name: &str| ask.query.one(name).map(Option::unwrap_or_default);
    let (prefix, delimiter, token) = (value("prefix")?, value("delimiter")?, value("continuation-token")?);
    let start_after = value("start-after")?;
    if [prefix, delimiter, start_after].iter().any(|text| text.len() > MAX_KEY_BYTES || text.contains('\0')) {
        return Err(Failure::new(Code::InvalidArgument, "a prefix, delimiter or key is too long"));
    }
    let encoded = match value("encoding-type")? {
        "" => false,
        "url" => true,
        _ => return Err(Failure::new(Code::InvalidArgument, "Invalid Encoding Method specified in Request")),
    };
    if !matches!(value("fetch-owner")?, "" | "false") {
        return Err(Failure::not_implemented("fetch-owner"));
    }
    let limit = match ask.query.one("max-keys")? {
        None | Some("") => MOST,
        Some(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            text.parse().unwrap_or(MOST).min(MOST)
        }
        Some(_) => return Err(Failure::new(Code::InvalidArgument, "`max-keys` is no number")),
    };
    let subject = format!("{}\n{prefix}\n{delimiter}", ask.bucket);
    let place = Place::new(Purpose::Cursor, "", &subject, "s3");
    let cursor = if token.is_empty() { None } else { Some(open(edge, place, token)?) };
    let page = if limit == 0 {
        ObjectPage::default()
    } else {
        // A token carries on from where it was given, whatever `start-after` says.
        let after = Some(start_after).filter(|after| !after.is_empty() && cursor.is_none());
        let list = ListObjects {
            prefix: prefix.to_owned(),
            delimiter: Some(delimiter).filter(|text| !text.is_empty()).map(str::to_owned),
            cursor,
            start_after: after.map(str::to_owned),
            limit,
        };
        bucket.list(&list).await.map_err(|fault| broken(edge, &fault.0))?
    };
    let next = page.cursor.as_ref().map(|cursor| {
        let sealed = edge.settings().keys.seal(place, cursor.as_bytes(), edge.platform.random());
        URL_SAFE_NO_PAD.encode(sealed)
    });

    let name = |text: &str| if encoded { url_encoded(text) } else { text.to_owned() };
    let mut xml = Xml::new("ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"");
    xml.text("Name", &ask.bucket).text("Prefix", &name(prefix));
    if !delimiter.is_empty() {
        xml.text("Delimiter", &name(delimiter));
    }
    if !start_after.is_empty() {
        xml.text("StartAfter", &name(start_after));
    }
    if encoded {
        xml.text("EncodingType", "url");
    }
    if !token.is_empty() {
        xml.text("ContinuationToken", token);
    }
    if let Some(next) = &next {
        xml.text("NextContinuationToken", next);
    }
    xml.text("MaxKeys", &limit.to_string());
    xml.text("KeyCount", &(page.objects.len() + page.prefixes.len()).to_string());
    xml.text("IsTruncated", if next.is_some() { "true" } else { "false" });
    for object in &page.objects {
        xml.open("Contents")
            .text("Key", &name(&object.key))
            .text("LastModified", &calendar::extended_to_the_millisecond(object.uploaded))
            .text("ETag", &format!("\"{}\"", object.etag))
            .text("Size", &object.size.to_string())
            .text("StorageClass", "STANDARD")
            .close("Contents");
    }
    for prefix in &page.prefixes {
        xml.open("CommonPrefixes").text("Prefix", &name(prefix)).close("CommonPrefixes");
    }
    Ok(Response::text(StatusCode::OK, "application/xml", xml.finish(ROOT)))
}

fn open(edge: &Edge, place: Place<'_>, token: &str) -> Result<String, Failure> {
    let wrong = || Failure::new(Code::InvalidArgument, "The continuation token provided is incorrect");
    let sealed = URL_SAFE_NO_PAD.decode(token).map_err(|_| wrong())?;
    let plain = edge.settings().keys.open(place, &sealed).map_err(|_| wrong())?;
    String::from_utf8(plain).map_err(|_| wrong())
}
