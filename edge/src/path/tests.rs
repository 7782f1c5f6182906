use proptest::prelude::*;
use url::Url;

use super::{Base, MAX_PATH_BYTES, MAX_QUERY_BYTES, Object, Pairs, Path, PathError, Plus, UpstreamError};

fn path(target: &str) -> Path {
    Path::parse(target).unwrap_or_else(|error| panic!("{target:?}: {error}"))
}

fn upstream(target: &str, base: &str) -> Result<String, UpstreamError> {
    Base::read(base).and_then(|base| path(target).upstream(&base))
}

#[test]
fn a_target_is_kept_as_it_was_received() {
    for (target, raw, query) in [
        ("/", "/", None),
        ("/a%2Fb/../%7e?x=%2f&y", "/a%2Fb/../%7e", Some("x=%2f&y")),
        ("/a?", "/a", Some("")),
        ("/a?b?c", "/a", Some("b?c")),
        ("/a?100%", "/a", Some("100%")),
        ("//evil.example/a", "//evil.example/a", None),
    ] {
        let path = path(target);
        assert_eq!((path.raw(), path.raw_query()), (raw, query), "{target:?}");
    }
}

#[test]
fn what_no_client_sends_is_refused_for_every_door() {
    for (target, error) in [
        ("", PathError::NotAbsolute),
        ("*", PathError::NotAbsolute),
        ("a/b", PathError::NotAbsolute),
        ("?a", PathError::NotAbsolute),
        ("\\a", PathError::NotAbsolute),
        ("http://host/a", PathError::NotAbsolute),
        ("/a b", PathError::Control),
        ("/a\tb", PathError::Control),
        ("/a\r\nb", PathError::Control),
        ("/a\0", PathError::Control),
        ("/a\u{7f}", PathError::Control),
        ("/a\u{85}", PathError::Control),
        ("/a#b", PathError::Control),
        ("/a?b#c", PathError::Control),
        ("/a?b\nc", PathError::Control),
        ("/%", PathError::Encoding),
        ("/%2", PathError::Encoding),
        ("/%2/", PathError::Encoding),
        ("/%zz", PathError::Encoding),
        ("/%u002e", PathError::Encoding),
        ("/%é9", PathError::Encoding),
        ("/%+1", PathError::Encoding),
    ] {
        assert_eq!(Path::parse(target), Err(error), "{target:?}");
    }
}

#[test]
fn the_lengths_are_exact() {
    let longest = format!("/{}?{}", "a".repeat(MAX_PATH_BYTES - 1), "b".repeat(MAX_QUERY_BYTES));
    assert!(Path::parse(&longest).is_ok());
    assert_eq!(Path::parse(&format!("{longest}b")), Err(PathError::TooLong));
    assert_eq!(Path::parse(&format!("/{}", "a".repeat(MAX_PATH_BYTES))), Err(PathError::TooLong));
}

#[test]
fn a_plain_path_is_matched_as_the_upstream_decodes_it() {
    for (raw, text) in [
        ("/", "/"),
        ("/a/b", "/a/b"),
        ("/a/b/", "/a/b/"),
        ("/%61dmin", "/admin"),
        ("/caf%C3%A9%20x", "/café x"),
        ("/a.b/..c/d../...", "/a.b/..c/d../..."),
        ("/a;v=1/b,c:d@e!$&'()*+=~-_", "/a;v=1/b,c:d@e!$&'()*+=~-_"),
        ("/a[1]|b", "/a[1]|b"),
        ("/100%25", "/100%"),
        ("/%2541", "/%41"),
        ("/;jsessionid=1", "/;jsessionid=1"),
        ("/.well-known/openid-configuration", "/.well-known/openid-configuration"),
    ] {
        assert_eq!(path(raw).plain(), Ok(text), "{raw:?}");
    }
}

#[test]
fn what_two_readers_read_in_two_ways_is_not_plain() {
    for (raw, error) in [
        ("/a/../b", PathError::DotSegment),
        ("/a/./b", PathError::DotSegment),
        ("/..", PathError::DotSegment),
        ("/.", PathError::DotSegment),
        ("/a/..", PathError::DotSegment),
        ("/public/%2e%2e/admin", PathError::DotSegment),
        ("/public/%2E%2e/admin", PathError::DotSegment),
        ("/public/.%2e/admin", PathError::DotSegment),
        ("/public/%2e./admin", PathError::DotSegment),
        ("/public/%2e/admin", PathError::DotSegment),
        ("/public/..;/admin", PathError::DotSegment),
        ("/public/..;a=b/admin", PathError::DotSegment),
        ("/public/%2e%2e%3b/admin", PathError::DotSegment),
        ("/public/.;/admin", PathError::DotSegment),
        ("/public/..%20/admin", PathError::DotSegment),
        ("/a//b", PathError::EmptySegment),
        ("//a", PathError::EmptySegment),
        ("//", PathError::EmptySegment),
        ("/a//", PathError::EmptySegment),
        ("/a/;/b", PathError::EmptySegment),
        ("/a\\b", PathError::Separator),
        ("/a\\..\\b", PathError::Separator),
        ("/a%5cb", PathError::Separator),
        ("/a%5C..%5Cb", PathError::Separator),
        ("/a%2fb", PathError::Separator),
        ("/a%2F..%2Fb", PathError::Separator),
        ("/..%2fadmin", PathError::Separator),
        ("/a%00", PathError::Nul),
        ("/a%00.png", PathError::Nul),
        ("/a%0d%0ab", PathError::Control),
        ("/a%09", PathError::Control),
        ("/a%7f", PathError::Control),
        ("/a%C2%85", PathError::Control),
        ("/café", PathError::NonAscii),
        ("/\u{ff0e}\u{ff0e}/a", PathError::NonAscii),
        ("/a\u{2215}b", PathError::NonAscii),
        ("/%c0%ae%c0%ae/a", PathError::Utf8),
        ("/%c0%afa", PathError::Utf8),
        ("/%ff", PathError::Utf8),
        ("/%ed%a0%80", PathError::Utf8),
        ("/%252e%252e/a", PathError::EncodedTwice),
        ("/a%252fb", PathError::EncodedTwice),
        ("/a%255Cb", PathError::EncodedTwice),
        ("/a%2500", PathError::EncodedTwice),
        ("/a<b", PathError::Unencoded),
        ("/a\"b", PathError::Unencoded),
        ("/{id}", PathError::Unencoded),
        ("/a^b`", PathError::Unencoded),
    ] {
        assert_eq!(path(raw).plain(), Err(error), "{raw:?}");
        assert_eq!(upstream(raw, "https://up.example"), Err(UpstreamError::Path(error)), "{raw:?}");
    }
}

#[test]
fn a_url_is_split_without_being_normalised() {
    for (url, raw, query) in [
        ("http://h", "/", None),
        ("HTTPS://h:8443?a=1", "/", Some("a=1")),
        ("http://h/a/../b//c?d", "/a/../b//c", Some("d")),
        ("http://[::1]:80/%2e%2e", "/%2e%2e", None),
        ("http://u:p@h/a", "/a", None),
        ("http://h/http://x/y", "/http://x/y", None),
    ] {
        let path = Path::of_url(url).unwrap();
        assert_eq!((path.raw(), path.raw_query()), (raw, query), "{url:?}");
    }
    for url in [
        "",
        "h/a",
        "/a",
        "file:///a",
        "javascript://h/a",
        "http:/h/a",
        "http://h\\a",
        "http://h#a",
        "http://h/a#b",
    ] {
        assert!(Path::of_url(url).is_err(), "{url:?}");
    }
}

#[test]
fn a_key_is_decoded_exactly_once() {
    for (raw, key) in [
        ("/b/a", "a"),
        ("/b/a+b", "a+b"),
        ("/b/a%2Bb%20c", "a+b c"),
        ("/b/a%2Fb", "a/b"),
        ("/b/%252e", "%2e"),
        ("/b/a%5Cb\\c", "a\\b\\c"),
        ("/b//a//", "/a//"),
        ("/b/é%C3%A9", "éé"),
        ("/b/a/./b/../c", "a/./b/../c"),
        ("/b/a/%2e%2e/c", "a/../c"),
        ("/b/a%0Ab", "a\nb"),
        ("/b/\"<>{}|^`", "\"<>{}|^`"),
        ("/b/..a/a..", "..a/a.."),
    ] {
        assert_eq!(path(raw).s3_key("/b/"), Ok(key.to_owned()), "{raw:?}");
    }
}

#[test]
fn a_key_that_is_none_is_refused() {
    for (raw, error) in [
        ("/b/", PathError::KeyLength),
        ("/b/a%00", PathError::Nul),
        ("/b/%ff", PathError::Utf8),
        ("/b/%c0%ae", PathError::Utf8),
        ("/b/..", PathError::KeyClimbs),
        ("/b/../c", PathError::KeyClimbs),
        ("/b/%2e%2e/c", PathError::KeyClimbs),
        ("/b/..%2Fc", PathError::KeyClimbs),
        ("/b/a/../../c", PathError::KeyClimbs),
        ("/b//../c", PathError::KeyClimbs),
        ("/b/./../c", PathError::KeyClimbs),
        ("/bb/a", PathError::Elsewhere),
        ("/%62/a", PathError::Elsewhere),
        ("/", PathError::Elsewhere),
    ] {
        assert_eq!(path(raw).s3_key("/b/"), Err(error), "{raw:?}");
    }
    assert!(path(&format!("/{}", "%61".repeat(1_024))).s3_key("/").is_ok());
    assert_eq!(path(&format!("/{}", "%61".repeat(1_025))).s3_key("/"), Err(PathError::KeyLength));
}

#[test]
fn a_path_style_request_names_bucket_and_key() {
    let object = |raw: &str| {
        path(raw)
            .s3_object("/s3/")
            .map(|object| object.map(|Object { bucket, key }| (bucket.to_owned(), key)))
    };
    let named = |bucket: &str, key: Option<&str>| Ok(Some((bucket.to_owned(), key.map(str::to_owned))));
    assert_eq!(object("/s3"), Ok(None));
    assert_eq!(object("/s3/"), Ok(None));
    assert_eq!(object("/s3/photos"), named("photos", None));
    assert_eq!(object("/s3/photos/"), named("photos", None));
    assert_eq!(object("/s3/photos/a%20b/c"), named("photos", Some("a b/c")));
    assert_eq!(object("/s3/photos//a"), named("photos", Some("/a")));
    assert_eq!(object("/s3/photos/.."), Err(PathError::KeyClimbs));
    for bucket in ["..", "%2e%2e", "a", "ph%6ftos", "a\\b", "photos%2Fa", &"a".repeat(64)] {
        assert_eq!(object(&format!("/s3/{bucket}/a")), Err(PathError::Bucket), "{bucket:?}");
    }
    assert_eq!(object("/s3//a"), Err(PathError::Bucket));
    assert_eq!(object("/s3x/photos/a"), Err(PathError::Elsewhere));
}

#[test]
fn an_upstream_url_is_base_and_path_as_received() {
    for (base, target, url) in [
        ("http://up", "/", "http://up/"),
        ("http://UP:80/", "/a", "http://up/a"),
        ("https://up:8443/v1", "/a/?b=1", "https://up:8443/v1/a/?b=1"),
        ("https://up/v1/", "/%61", "https://up/v1/%61"),
        ("http://[::1]:9", "/a;b/[c]|d?", "http://[::1]:9/a;b/[c]|d?"),
        ("http://up", "/a?q='<\"é>'&r=100%", "http://up/a?q=%27%3C%22%C3%A9%3E%27&r=100%"),
        ("http://up", "/a?../..//\\{}|^`", "http://up/a?../..//\\{}|^`"),
        ("http://up", "/@evil.example/:80", "http://up/@evil.example/:80"),
    ] {
        assert_eq!(upstream(target, base).as_deref(), Ok(url), "{base} {target}");
    }
}

#[test]
fn an_odd_base_is_ours_to_mend() {
    for base in [
        "",
        "up",
        "/v1",
        "//up",
        "ftp://up",
        "file:///etc",
        "http://",
        "http://user@up",
        "http://user:secret@up",
        "http://up?x",
        "http://up/?",
        "http://up#x",
        "http://up/a/../b",
        "http://up/a//b",
        "http://up/%2e%2e",
        "http://up\\a",
        "http://up /",
        "ht\ntp://up",
        "http://up/caf\u{e9}",
        "http://up:99999",
    ] {
        assert_eq!(upstream("/a", base), Err(UpstreamError::Base), "{base:?}");
    }
}

#[test]
fn parameters_are_decoded_in_their_order() {
    let read = |raw: &str, plus| {
        Pairs::read(raw, plus, 8).map(|pairs| {
            pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("|")
        })
    };
    assert_eq!(read("a=1&b=&c&&d=x=y", Plus::Space).as_deref(), Ok("a=1|b=|c=|d=x=y"));
    assert_eq!(read("a+b=%2B+%20", Plus::Space).as_deref(), Ok("a b=+  "));
    assert_eq!(read("a+b=%2B+%20", Plus::Literal).as_deref(), Ok("a+b=++ "));
    assert_eq!(read("%C3%A9=é", Plus::Literal).as_deref(), Ok("é=é"));
    assert_eq!(read("", Plus::Space).as_deref(), Ok(""));
    assert_eq!(read("a=%zz", Plus::Space), Err(PathError::Encoding));
    assert_eq!(read("a=%ff", Plus::Space), Err(PathError::Utf8));
    assert_eq!(read("a%00=1", Plus::Space), Err(PathError::Nul));
    assert_eq!(read("a&b&c&d&e&f&g&h", Plus::Space).as_deref(), Ok("a=|b=|c=|d=|e=|f=|g=|h="));
    assert_eq!(read("a&b&c&d&e&f&g&h&i", Plus::Space), Err(PathError::TooManyPairs));
    assert_eq!(path(&format!("/?{}", "a&".repeat(129))).query(Plus::Space), Err(PathError::TooManyPairs));
}

#[test]
fn a_parameter_that_may_stand_once_does_not_stand_twice() {
    let pairs = path("/?code=1&state=2&code=3").query(Plus::Space).unwrap();
    assert_eq!(pairs.one("state"), Ok(Some("2")));
    assert_eq!(pairs.one("scope"), Ok(None));
    assert_eq!(pairs.one("code"), Err(PathError::Repeated));
    assert_eq!(pairs.all("code").collect::<Vec<_>>(), ["1", "3"]);
}

#[test]
fn secrets_of_the_query_are_not_printed() {
    let path = path("/cb?code=secret");
    let pairs = path.query(Plus::Space).unwrap();
    assert_eq!(format!("{path:?} {pairs:?}"), "Path(\"/cb\"?..) {\"code\"}");
}

/// Targets made of what attacks are made of.
fn targets() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "/", "/", ".", "..", "%2e", "%2E", "%2f", "%5c", "\\", ";", "a", "admin", "%61", "%25", "25", "2e",
        "%", "%00", "é", "%C3%A9", "%c0%ae", "?", "&", "=", "+", "'", "\"", "<", "[", "]", "|", "^", "{",
        "@", ":", "//", "~", "%20", "%09", "!", "*", "(", ",",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| format!("/{}", pieces.concat()))
}

/// A key as `SigV4` clients put it into a path.
fn encoded(key: &str) -> String {
    let keep = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(byte);
    key.bytes()
        .map(|byte| if keep(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gets_an_answer(target in "\\PC{0,80}|/[ -~]{0,80}") {
        if let Ok(path) = Path::parse(&target) {
            let _ = (path.plain().is_ok(), path.s3_key("/"), path.s3_object("/"), path.query(Plus::Space));
            let _ = Base::read(&target).and_then(|base| path.upstream(&base));
        }
        let _ = Path::of_url(&format!("http://{target}"));
    }

    #[test]
    fn a_plain_path_reaches_the_upstream_as_it_was_matched(target in targets()) {
        let Ok(path) = Path::parse(&target) else { return Ok(()) };
        let Ok(plain) = path.plain() else { return Ok(()) };
        let url = path.upstream(&Base::read("https://up.example/base").unwrap());
        prop_assert!(url.is_ok(), "{:?}", url);
        let url = url.unwrap();
        let read = Url::parse(&url).unwrap();
        prop_assert_eq!(read.as_str(), url.as_str());
        prop_assert_eq!(read.host_str(), Some("up.example"));
        // What a server sees that resolves dots, decodes and splits is what the route table saw.
        let seen: String = read.path_segments().unwrap().map(|segment| {
            let again = Path::parse(&format!("/{segment}")).unwrap();
            again.plain().map_or_else(|error| panic!("{error}"), str::to_owned)
        }).collect();
        prop_assert_eq!(seen, format!("/base{plain}"));
    }

    #[test]
    fn a_key_survives_its_encoding(key in "\\PC{1,60}|[a/.%+ \\\\]{1,20}") {
        let path = path(&format!("/s3/photos/{}", encoded(&key)));
        match Path::check_key(&key) {
            Ok(()) => prop_assert_eq!(path.s3_object("/s3/").unwrap().unwrap().key, Some(key)),
            Err(error) => prop_assert_eq!(path.s3_object("/s3/"), Err(error)),
        }
    }
}
