//! What makes the canonical form one: two ways to write the same request have it in common, two requests never do.

use proptest::prelude::*;

use super::super::Request;
use super::{PathRule, headers, path, query};

/// A byte of a path as it is meant: only a slash that was not escaped parts segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meant {
    Slash,
    Byte(u8),
}

/// How to write a byte: plainly where that is allowed, or escaped in small or capital digits.
type Spelling = u8;

fn escaped(byte: u8, spelling: Spelling) -> String {
    if spelling.is_multiple_of(2) { format!("%{byte:02x}") } else { format!("%{byte:02X}") }
}

fn written(byte: u8, spelling: Spelling, plainly: bool) -> String {
    if plainly && spelling < 128 { char::from(byte).to_string() } else { escaped(byte, spelling) }
}

fn path_of(meant: &[Meant], spellings: &[Spelling]) -> String {
    let mut out = String::from("/");
    for (meant, spelling) in meant.iter().zip(spellings.iter().cycle()) {
        match meant {
            Meant::Slash => out.push('/'),
            // A `%` stands for itself only where no digits follow, which is left to the examples.
            Meant::Byte(byte) => {
                out += &written(*byte, *spelling, byte.is_ascii_graphic() && !b"/%?#".contains(byte));
            }
        }
    }
    out
}

fn text_of(bytes: &[u8], spellings: &[Spelling]) -> String {
    let spelt = bytes.iter().zip(spellings.iter().cycle()).map(|(byte, spelling)| match byte {
        b' ' if *spelling < 64 => "+".to_owned(),
        byte => written(*byte, *spelling, byte.is_ascii_graphic() && !b"&=+%#".contains(byte)),
    });
    spelt.collect()
}

type Pair = (Vec<u8>, Vec<u8>);

fn query_of(pairs: &[Pair], spellings: &[Spelling]) -> String {
    let parts: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", text_of(name, spellings), text_of(value, spellings)))
        .collect();
    parts.join(if spellings[0].is_multiple_of(3) { "&&" } else { "&" })
}

fn canonical_path(raw: &str) -> String {
    let mut out = String::new();
    path::write(raw, PathRule::AsReceived, &mut out);
    out
}

fn canonical_query(raw: &str) -> String {
    let mut out = String::new();
    query::write(raw, None, &mut out);
    out
}

fn canonical_headers(sent: &[(&str, &str)], signed: &[String]) -> String {
    let request = Request { method: "GET", path: "/", query: "", headers: sent, accept_encoding: None };
    let mut out = String::new();
    headers::write(&request, signed, &mut out);
    out
}

fn meant() -> impl Strategy<Value = Vec<Meant>> {
    let meant = prop_oneof![
        2 => Just(Meant::Slash),
        1 => Just(Meant::Byte(b'/')),
        2 => Just(Meant::Byte(b'.')),
        1 => Just(Meant::Byte(b'%')),
        6 => any::<u8>().prop_map(Meant::Byte),
    ];
    proptest::collection::vec(meant, 0..8)
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(prop_oneof![Just(b' '), Just(b'+'), Just(b'='), Just(b'&'), any::<u8>()], 1..4)
}

fn spellings() -> impl Strategy<Value = Vec<Spelling>> {
    proptest::collection::vec(any::<Spelling>(), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_path_has_one_canonical_form_however_it_is_escaped(meant in meant(), one in spellings(), two in spellings()) {
        let (one, two) = (path_of(&meant, &one), path_of(&meant, &two));
        prop_assert_eq!(canonical_path(&one), canonical_path(&two), "{} {}", one, two);
    }

    #[test]
    fn two_paths_never_have_one_canonical_form(
        one in meant(), at in any::<usize>(), other in any::<u8>(), slash in any::<bool>(), spelling in spellings(),
    ) {
        let mut two = one.clone();
        let other = if slash { Meant::Slash } else { Meant::Byte(other) };
        match one.len() {
            0 => two.push(other),
            count => two[at % count] = other,
        }
        let same = one == two;
        let forms = [&one, &two].map(|meant| canonical_path(&path_of(meant, &spelling)));
        prop_assert_eq!(forms[0] == forms[1], same, "{:?} {:?}", one, two);
    }

    #[test]
    fn a_query_has_one_canonical_form_in_whatever_order_and_spelling_it_comes(
        pairs in proptest::collection::vec((bytes(), bytes()), 0..6).prop_shuffle(),
        one in spellings(), two in spellings(), turn in any::<usize>(),
    ) {
        let mut turned = pairs.clone();
        turned.reverse();
        if !turned.is_empty() {
            let turn = turn % turned.len();
            turned.rotate_left(turn);
        }
        let (one, two) = (query_of(&pairs, &one), query_of(&turned, &two));
        prop_assert_eq!(canonical_query(&one), canonical_query(&two), "{} {}", one, two);
    }

    #[test]
    fn two_queries_never_have_one_canonical_form(
        pairs in proptest::collection::vec((bytes(), bytes()), 1..5),
        at in any::<usize>(), pair in (bytes(), bytes()), kind in 0..3_u8, spelling in spellings(),
    ) {
        let mut other = pairs.clone();
        let at = at % pairs.len();
        match kind {
            0 => other.push(pair),
            1 => drop(other.remove(at)),
            _ => other[at] = pair,
        }
        let sorted = |mut pairs: Vec<Pair>| {
            pairs.sort();
            pairs
        };
        let same = sorted(pairs.clone()) == sorted(other.clone());
        let forms = [&pairs, &other].map(|pairs| canonical_query(&query_of(pairs, &spelling)));
        prop_assert_eq!(forms[0] == forms[1], same, "{:?} {:?}", pairs, other);
    }

    #[test]
    fn headers_may_come_in_any_order_case_and_white_space_but_not_say_anything_else(
        values in proptest::collection::vec("[!-~]{1,4}( [!-~]{1,4}){0,2}", 4), spaces in "[ \t]{1,3}",
        turn in 0..4_usize, changed in 0..4_usize,
    ) {
        let names = ["a", "b", "host", "x-amz-date"];
        let signed: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let sent: Vec<(&str, &str)> = names.iter().copied().zip(values.iter().map(String::as_str)).collect();
        let canonical = canonical_headers(&sent, &signed);
        let wide: Vec<(String, String)> = sent
            .iter()
            .map(|(name, value)| {
                (name.to_ascii_uppercase(), format!("{spaces}{}{spaces}", value.replace(' ', &spaces)))
            })
            .collect();
        let mut again: Vec<(&str, &str)> =
            wide.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        again.rotate_left(turn);
        again.push(("unsigned", "x"));
        prop_assert_eq!(&canonical_headers(&again, &signed), &canonical);
        let more = format!("{}q", values[changed]);
        let mut other = sent;
        other[changed].1 = &more;
        prop_assert_ne!(canonical_headers(&other, &signed), canonical);
    }
}
