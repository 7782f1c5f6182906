//! The colours are legible, by day and by night (WCAG 2.2, 1.4.3 and 1.4.11).

use std::collections::BTreeMap;

use crate::style::CSS;

type Colours = BTreeMap<String, [u8; 3]>;

/// Text on its ground, and edges on theirs, with the contrast each must have.
const PAIRS: &[(&str, &str, f64)] = &[
    ("ink", "card", 4.5),
    ("ink", "field", 4.5),
    ("ink-soft", "card", 4.5),
    ("ink-soft", "ground", 4.5),
    ("ink-soft", "ground-far", 4.5),
    ("accent", "card", 4.5),
    ("accent", "field", 4.5),
    ("accent-deep", "card", 4.5),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-deep", 4.5),
    ("bad", "card", 4.5),
    ("bad", "bad-ground", 4.5),
    ("good", "card", 4.5),
    ("good", "good-ground", 4.5),
    ("field-edge", "card", 3.0),
    ("field-edge", "field", 3.0),
    ("focus", "card", 3.0),
    ("focus", "ground", 3.0),
];

#[test]
fn every_pair_of_colours_has_contrast_enough_by_day_and_by_night() {
    let (day, night) = CSS.split_once("prefers-color-scheme:dark").unwrap();
    let day = colours(day);
    let night = colours(night);
    assert_eq!(day.keys().collect::<Vec<_>>(), night.keys().collect::<Vec<_>>());
    for (scheme, colours) in [("day", day), ("night", night)] {
        for (text, ground, least) in PAIRS {
            let contrast = contrast(colours[*text], colours[*ground]);
            assert!(contrast >= *least, "{scheme}: {text} on {ground} is {contrast:.2}");
        }
    }
}

#[test]
fn the_foot_is_legible_over_the_deepest_water() {
    let (_, opacity) = CSS.split_once("fill-opacity:").unwrap();
    let opacity: f64 = opacity.split([';', '}']).next().unwrap().parse().unwrap();
    let (day, night) = CSS.split_once("prefers-color-scheme:dark").unwrap();
    for colours in [colours(day), colours(night)] {
        let (ground, tide) = (colours["ground"].map(f64::from), colours["tide"].map(f64::from));
        // Three waves, one over the other.
        let deepest = (0..3).fold(ground, |under, _| {
            [0, 1, 2].map(|channel| under[channel] * (1.0 - opacity) + tide[channel] * opacity)
        });
        let contrast = contrast_of(luminance(colours["ink-soft"]), luminance_of(deepest));
        assert!(contrast >= 4.5, "{contrast:.2}");
    }
}

#[test]
fn what_must_stay_ours_is_important_in_the_first_layer() {
    assert!(CSS.starts_with("@layer guard,"));
    let (before, guard) = CSS.rsplit_once("@layer guard{").unwrap();
    assert!(!before.contains("!important"));
    let declarations = guard
        .split(['{', '}', ';'])
        .filter(|part| part.contains(':') && !part.starts_with([':', '*', '@', '.', '[']));
    for declaration in declarations {
        assert!(declaration.ends_with("!important"), "{declaration}");
    }
    assert!(guard.contains(":focus-visible{outline:"));
}

fn colours(css: &str) -> Colours {
    css.split(['{', ';', '}'])
        .filter_map(|part| part.strip_prefix("--")?.split_once(":#"))
        .map(|(name, hex)| {
            (name.to_owned(), [0, 2, 4].map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()))
        })
        .collect()
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    contrast_of(luminance(a), luminance(b))
}

fn contrast_of(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: [u8; 3]) -> f64 {
    luminance_of(colour.map(f64::from))
}

fn luminance_of(colour: [f64; 3]) -> f64 {
    let [r, g, b] = colour.map(|channel| {
        let c = channel / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}
