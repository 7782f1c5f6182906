//! Keys with dots, slashes and escapes: the key that the policy sees is the key that the bucket sees.

use super::photos::Photos;
use http::Method;
use std::collections::BTreeSet;
use tests::call::Credentials;
use tests::chance::Chance;

#[test]
fn a_key_is_compared_and_stored_as_it_decodes_and_never_resolved() {
    let photos = Photos::new(1);
    let ((ann, anns), (ben, _)) = (photos.person("ann"), photos.person("ben"));
    let mut stored = BTreeSet::new();
    for (path, key) in [
        // All of these are names that begin with ann's folder.
        (format!("{ann}/../{ben}/a"), format!("{ann}/../{ben}/a")),
        (format!("{ann}/%2e%2e/{ben}/b"), format!("{ann}/../{ben}/b")),
        (format!("{ann}%2F..%2f{ben}/c"), format!("{ann}/../{ben}/c")),
        (format!("{ann}/./d"), format!("{ann}/./d")),
        (format!("{ann}//e"), format!("{ann}//e")),
        (format!("{ann}/%252e%252e/f"), format!("{ann}/%2e%2e/f")),
        (format!("{ann}/a+b%20c%2B"), format!("{ann}/a+b c+")),
        (format!("{ann}/%E2%82%AC%3F%23"), format!("{ann}/€?#")),
        (format!("{ann}/e%CC%81"), format!("{ann}/e\u{301}")),
        (format!("{ann}/%C3%A9"), format!("{ann}/\u{e9}")),
        (format!("{ann}/%2A/%3F/$%7B*%7D"), format!("{ann}/*/?/${{*}}")),
        (format!("%{:02X}{}/g", ann.as_bytes()[0], &ann[1..]), format!("{ann}/g")),
        (format!("{ann}/h%5C..%5C"), format!("{ann}/h\\..\\")),
    ] {
        let answer = photos.put(&anns, &format!("/s3/photos/{path}"));
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        stored.insert(key.clone());
        assert_eq!(photos.memory.keys(), stored.iter().cloned().collect::<Vec<_>>(), "{path}");
        assert_eq!(photos.get(&anns, &format!("/s3/photos/{path}")).text(), "picture", "{path}");
    }
    for path in [
        format!("{ben}/../{ann}/a"),
        format!("{ben}%2F..%2F{ann}/a"),
        format!("./{ann}/a"),
        format!("%2F{ann}/a"),
        format!("/{ann}/a"),
        format!("x/..//{ann}/a"),
        format!("{ann}%252Fa"),
        format!("{ann}%00/a"),
        format!("{ann}/a%00"),
        format!("../photos/{ann}/a"),
        format!("{ann}/../../{ann}/a"),
        format!("{ann}/%2e%2e/%2e%2e/{ann}/a"),
        format!("{ann}/%ff"),
        format!("{ann}/%zz"),
        format!("{ann}/locked/a"),
        format!("{ann}/%6cocked/a"),
        format!("{ann}/locked%2Fa"),
        format!("{ann}/../x/locked/a"),
    ] {
        for method in [Method::PUT, Method::GET, Method::DELETE] {
            let answer = photos.ask(&anns, method, &format!("/s3/photos/{path}"), b"");
            assert!(answer.status == 403 || answer.status == 400, "{path}: {}", answer.status);
        }
    }
    assert_eq!(photos.memory.keys(), stored.into_iter().collect::<Vec<_>>());
}

/// A key of odd segments.
fn odd_key(chance: &Chance, people: &[&str]) -> String {
    let odd = [
        "a", ".", "..", "", "...", "a b", "é", "*", "?", "${x}", "%2e", "%", "%2F", "+", "&=;", "locked",
        "a\\b", "€", "~",
    ];
    let count = 1 + chance.below(5);
    let segments: Vec<&str> = (0..count)
        .map(|_| {
            if chance.happens(40) { people[chance.below(people.len())] } else { odd[chance.below(odd.len())] }
        })
        .collect();
    segments.join("/")
}

/// One of the many ways to write a key in a path.
fn written(chance: &Chance, key: &str) -> String {
    let byte = |byte: u8| {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        match (plain && chance.happens(85), chance.happens(50)) {
            (true, _) => char::from(byte).to_string(),
            (false, true) => format!("%{byte:02X}"),
            (false, false) => format!("%{byte:02x}"),
        }
    };
    key.bytes().map(byte).collect()
}

/// Whether a key leaves the place where it begins.
fn climbs(key: &str) -> bool {
    let mut depth = 0;
    key.split('/').any(|segment| {
        depth += match segment {
            ".." => -1,
            "." | "" => 0,
            _ => 1,
        };
        depth < 0
    })
}

#[test]
fn whatever_a_key_looks_like_and_however_it_is_written_policy_and_bucket_see_one_key() {
    let photos = Photos::new(1);
    let ((ann, anns), (ben, _)) = (photos.person("ann"), photos.person("ben"));
    let folder = format!("{ann}/");
    let (mut stored, mut refused) = (BTreeSet::new(), 0);
    for seed in 0..1500 {
        let chance = Chance::new(seed);
        let key = odd_key(&chance, &[&ann, &ann, &ben]);
        if key.is_empty() {
            continue;
        }
        let path = format!("/s3/photos/{}", written(&chance, &key));
        let may = key.starts_with(&folder) && !key.contains("/locked/");
        let answer = photos.put(&anns, &path);
        let told = (answer.status.as_u16(), answer.element("Code"));
        if climbs(&key) {
            assert_eq!(told, (400, "InvalidURI".into()), "seed {seed}: {key} as {path}");
            refused += 1;
        } else if may {
            assert_eq!(told.0, 200, "seed {seed}: {key} as {path}: {}", answer.text());
            stored.insert(key.clone());
            // Written in another way it is the same object.
            let again = format!("/s3/photos/{}", written(&chance, &key));
            assert_eq!(photos.get(&anns, &again).status, 200, "seed {seed}: {key} as {again}");
        } else {
            assert_eq!(told, (403, "AccessDenied".into()), "seed {seed}: {key} as {path}");
            refused += 1;
        }
    }
    assert_eq!(photos.memory.keys(), stored.iter().cloned().collect::<Vec<_>>());
    assert!(stored.len() > 100 && refused > 100, "{} {refused}", stored.len());
    // What the operator lists is what was stored, letter by letter.
    let listed =
        photos.get(&Credentials::operator(), "/s3/photos?list-type=2&encoding-type=url&max-keys=1000");
    assert_eq!(listed.fine().elements("Key").len(), stored.len());
}
