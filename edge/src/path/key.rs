//! Buckets and keys in the path of an S3 request.
//!
//! A key is a name, not a path: `a//b`, `a/./b` and `a/b/../c` are keys of their own, and policy and bucket compare them
//! as they are. As at S3, a key may not climb out of its bucket (`../x`, `a/../../x`). `+` is a plus sign.

use super::query::{Plus, decode};
use super::{Path, PathError};

/// The longest key, in bytes of UTF-8.
pub const MAX_KEY_BYTES: usize = 1_024;

/// What a path-style request names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object<'a> {
    /// 3 to 63 of `A-Z a-z 0-9 . _ -`, the same raw and decoded.
    pub bucket: &'a str,
    /// `None` if the request is about the bucket itself.
    pub key: Option<String>,
}

pub(super) fn object<'a>(raw: &'a str, prefix: &str) -> Result<Option<Object<'a>>, PathError> {
    let Some(rest) = raw.strip_prefix(prefix) else {
        // `/s3` is the root of `/s3/`.
        let root = prefix.strip_suffix('/') == Some(raw);
        return if root { Ok(None) } else { Err(PathError::Elsewhere) };
    };
    let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
    if rest.is_empty() {
        return Ok(None);
    }
    let proper = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'_' | b'-');
    if !(3..=63).contains(&bucket.len()) || !bucket.bytes().all(proper) {
        return Err(PathError::Bucket);
    }
    let key = if key.is_empty() { None } else { Some(read(key)?) };
    Ok(Some(Object { bucket, key }))
}

pub(super) fn read(raw: &str) -> Result<String, PathError> {
    let key = String::from_utf8(decode(raw, Plus::Literal)?).map_err(|_| PathError::Utf8)?;
    Path::check_key(&key)?;
    Ok(key)
}

impl Path {
    /// Whether `key` can be a key. For keys that came another way: a prefix to list, a key in a document.
    pub fn check_key(key: &str) -> Result<(), PathError> {
        if key.contains('\0') {
            return Err(PathError::Nul);
        }
        if key.is_empty() || key.len() > MAX_KEY_BYTES {
            return Err(PathError::KeyLength);
        }
        let mut depth = 0_usize;
        for segment in key.split('/') {
            depth = match segment {
                ".." => depth.checked_sub(1).ok_or(PathError::KeyClimbs)?,
                "." | "" => depth,
                _ => depth.saturating_add(1),
            };
        }
        Ok(())
    }
}
