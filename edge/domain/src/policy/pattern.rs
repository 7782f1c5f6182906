//! Wildcard patterns: `*` for any run of characters, `?` for one.
//!
//! A pattern is matched left to right, and only the latest `*` is ever taken up again, so the time is linear in the
//! text; a run that holds a `?` costs at most text × run. Nothing is exponential, whatever the pattern.

use std::borrow::Cow;

/// The segments of an ARN before its resource: in these a wildcard does not cross a `:`.
const LEADING_SEGMENTS: usize = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    Anything,
    /// Anything but `:`.
    Segment,
}

impl Reach {
    fn covers(self, text: &str) -> bool {
        self == Self::Anything || !text.contains(':')
    }

    /// What is left of the text after one character that this wildcard may stand for.
    fn skip(self, text: &str) -> Option<&str> {
        let mut chars = text.chars();
        let first = chars.next()?;
        (self == Self::Anything || first != ':').then_some(chars.as_str())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item<'a> {
    Text(Cow<'a, str>),
    One(Reach),
    Many(Reach),
}

/// Puts items together so that no two texts and no two `*` stand side by side.
#[derive(Debug)]
pub(super) struct Builder<'a> {
    items: Vec<Item<'a>>,
    segmented: bool,
    colons: usize,
}

impl<'a> Builder<'a> {
    /// `segmented`: the pattern is an ARN, so that wildcards keep to their segment before the fifth `:`.
    pub(super) fn new(segmented: bool) -> Self {
        Self { items: Vec::new(), segmented, colons: 0 }
    }

    fn reach(&self) -> Reach {
        if self.segmented && self.colons < LEADING_SEGMENTS { Reach::Segment } else { Reach::Anything }
    }

    pub(super) fn text(&mut self, text: Cow<'a, str>) {
        if text.is_empty() {
            return;
        }
        self.colons += text.matches(':').count();
        if let Some(Item::Text(last)) = self.items.last_mut() {
            last.to_mut().push_str(&text);
        } else {
            self.items.push(Item::Text(text));
        }
    }

    pub(super) fn one(&mut self) {
        self.items.push(Item::One(self.reach()));
    }

    pub(super) fn many(&mut self) {
        let many = Item::Many(self.reach());
        if self.items.last() != Some(&many) {
            self.items.push(many);
        }
    }

    pub(super) fn finish(self) -> Vec<Item<'a>> {
        self.items
    }
}

/// Lets a `*` at the very end stand for all that follows, further segments included.
pub(super) fn open_end(items: &mut [Item<'_>]) {
    if let Some(Item::Many(reach)) = items.last_mut() {
        *reach = Reach::Anything;
    }
}

/// The latest `*` passed: what follows it in the pattern, and the text not yet given to it.
struct Star<'p, 't> {
    reach: Reach,
    after: &'p [Item<'p>],
    text: &'t str,
}

impl<'p, 't> Star<'p, 't> {
    /// Gives the star more text, up to the next place where what follows it could match.
    fn extend(&mut self) -> Option<(&'p [Item<'p>], &'t str)> {
        let next = self.reach.skip(self.text)?;
        self.text = next;
        self.seek()
    }

    /// Moves on to the next occurrence of the text that must follow the star, if a text must.
    fn seek(&mut self) -> Option<(&'p [Item<'p>], &'t str)> {
        if let Some(Item::Text(wanted)) = self.after.first() {
            let (skipped, rest) = self.text.split_at_checked(self.text.find(wanted.as_ref())?)?;
            if !self.reach.covers(skipped) {
                return None;
            }
            self.text = rest;
        }
        Some((self.after, self.text))
    }
}

pub(super) fn matches(pattern: &[Item<'_>], text: &str) -> bool {
    let (mut items, mut rest) = (pattern, text);
    let mut star: Option<Star<'_, '_>> = None;
    loop {
        let step = match items.split_first() {
            None if rest.is_empty() => return true,
            None => None,
            Some((Item::Many(reach), after)) => match after {
                [] => return reach.covers(rest),
                [Item::Text(end)] => {
                    return rest.strip_suffix(end.as_ref()).is_some_and(|run| reach.covers(run));
                }
                _ => {
                    let found = star.insert(Star { reach: *reach, after, text: rest }).seek();
                    let Some(found) = found else { return false };
                    Some(found)
                }
            },
            Some((Item::Text(wanted), after)) => rest.strip_prefix(wanted.as_ref()).map(|left| (after, left)),
            Some((Item::One(reach), after)) => reach.skip(rest).map(|left| (after, left)),
        };
        let step = step.or_else(|| star.as_mut().and_then(Star::extend));
        let Some(next) = step else { return false };
        (items, rest) = next;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn compile(pattern: &str, segmented: bool) -> Vec<Item<'static>> {
        let mut builder = Builder::new(segmented);
        for c in pattern.chars() {
            match c {
                '*' => builder.many(),
                '?' => builder.one(),
                c => builder.text(Cow::Owned(c.to_string())),
            }
        }
        builder.finish()
    }

    /// The definition, with all its backtracking.
    fn reference(pattern: &[char], text: &[char], segmented: bool, colons: usize) -> bool {
        let bound = segmented && colons < LEADING_SEGMENTS;
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('*', after)) => {
                reference(after, text, segmented, colons)
                    || text.split_first().is_some_and(|(c, left)| {
                        !(bound && *c == ':') && reference(pattern, left, segmented, colons)
                    })
            }
            Some(('?', after)) => text
                .split_first()
                .is_some_and(|(c, left)| !(bound && *c == ':') && reference(after, left, segmented, colons)),
            Some((wanted, after)) => text.split_first().is_some_and(|(c, left)| {
                c == wanted && reference(after, left, segmented, colons + usize::from(*c == ':'))
            }),
        }
    }

    #[test]
    fn wildcards_match_as_documented_for_bucket_objects() {
        let pattern = compile("arn:aws:s3:::bucket/*/test/*", true);
        for key in [
            "1/test/object.jpg",
            "1/2/test/object.jpg",
            "1/2/test/3/object.jpg",
            "1/2/3/test/4/object.jpg",
            "1///test///object.jpg",
            "1/test/.jpg",
            "/test/object.jpg",
            "1/test/",
        ] {
            assert!(matches(&pattern, &format!("arn:aws:s3:::bucket/{key}")), "{key}");
        }
        for key in ["1-test/object.jpg", "test/object.jpg", "1/2/test.jpg"] {
            assert!(!matches(&pattern, &format!("arn:aws:s3:::bucket/{key}")), "{key}");
        }
    }

    #[test]
    fn a_question_mark_is_one_character_however_many_bytes() {
        let pattern = compile("a?c", false);
        assert!(matches(&pattern, "aéc"));
        assert!(matches(&pattern, "a😀c"));
        assert!(!matches(&pattern, "ac"));
        assert!(!matches(&pattern, "abbc"));
    }

    #[test]
    fn a_hostile_pattern_ends_in_reasonable_time() {
        let text = "a".repeat(4_000);
        assert!(!matches(&compile(&format!("{}b", "a*".repeat(2_000)), false), &text));
        assert!(!matches(&compile(&format!("{}b", "*a?".repeat(1_000)), false), &text));
        assert!(matches(&compile(&format!("{}a", "*a".repeat(1_999)), false), &text));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn the_matcher_agrees_with_the_definition(
            pattern in "[ab:é*?]{0,9}", text in "[ab:é*]{0,9}", segmented: bool
        ) {
            let p: Vec<char> = pattern.chars().collect();
            let t: Vec<char> = text.chars().collect();
            prop_assert_eq!(matches(&compile(&pattern, segmented), &text), reference(&p, &t, segmented, 0));
        }

        #[test]
        fn the_matcher_agrees_with_the_definition_on_arns(
            pattern in "([ab*?]{0,2}:){4,6}[ab:*?]{0,4}", text in "([ab]{0,2}:){4,6}[ab:]{0,4}"
        ) {
            let p: Vec<char> = pattern.chars().collect();
            let t: Vec<char> = text.chars().collect();
            prop_assert_eq!(matches(&compile(&pattern, true), &text), reference(&p, &t, true, 0));
        }
    }
}
