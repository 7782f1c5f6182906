//! The canonical path.

use crate::percent;
use percent_encoding::percent_encode;

/// How a path is canonicalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum PathRule {
    /// S3: encoded once. Dot segments and empty segments are names like any other, and `%2F` is not a slash.
    AsReceived,
    /// Every other service: empty and dot segments resolved, and the path as received encoded once more.
    Normalised,
}

pub(super) fn write(path: &str, rule: PathRule, out: &mut String) {
    match rule {
        PathRule::AsReceived if path.is_empty() => out.push('/'),
        PathRule::AsReceived => once(path, out),
        PathRule::Normalised => normalised(path, out),
    }
}

/// Brings the escapes of a path to one spelling. An escaped slash stays escaped, or `/a%2Fb` would be signed
/// by `/a/b`.
fn once(path: &str, out: &mut String) {
    for (byte, escaped) in percent::bytes(path) {
        if byte == b'/' && !escaped { out.push('/') } else { push(&[byte], out) }
    }
}

fn normalised(path: &str, out: &mut String) {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    for segment in &segments {
        out.push('/');
        push(segment.as_bytes(), out);
    }
    if segments.is_empty() || path.ends_with('/') {
        out.push('/');
    }
}

fn push(bytes: &[u8], out: &mut String) {
    out.extend(percent_encode(bytes, percent::RESERVED));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(path: &str, rule: PathRule) -> String {
        let mut out = String::new();
        write(path, rule, &mut out);
        out
    }

    #[test]
    fn s3_keeps_segments_and_settles_escapes() {
        for (path, expected) in [
            ("", "/"),
            ("/", "/"),
            ("//a//", "//a//"),
            ("/./a/../b", "/./a/../b"),
            ("/a b", "/a%20b"),
            ("/a%20b", "/a%20b"),
            ("/a+b=c", "/a%2Bb%3Dc"),
            ("/%7ea%2d", "/~a-"),
            ("/%c3%a9é", "/%C3%A9%C3%A9"),
            ("/a%2fb", "/a%2Fb"),
            ("/100%", "/100%25"),
            ("/%zz%4", "/%25zz%254"),
            ("/%252F", "/%252F"),
        ] {
            assert_eq!(canonical(path, PathRule::AsReceived), expected, "{path}");
        }
    }

    #[test]
    fn other_services_normalise_and_encode_once_more() {
        for (path, expected) in [
            ("", "/"),
            ("//", "/"),
            ("//a//b//", "/a/b/"),
            ("/./a/../b", "/b"),
            ("/../../a", "/a"),
            ("/a%20b", "/a%2520b"),
            ("/a%2Fb", "/a%252Fb"),
            ("/%2e%2e/a", "/%252e%252e/a"),
            ("/ሴ", "/%E1%88%B4"),
        ] {
            assert_eq!(canonical(path, PathRule::Normalised), expected, "{path}");
        }
    }
}
