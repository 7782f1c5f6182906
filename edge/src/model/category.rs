//! The Unicode general categories that the model's patterns name.
//!
//! `table/unicode.rs` holds, for each plane, the code points at which a set begins and ends by turns.

use super::table::unicode::{LETTER_NUMBER_OR_SEPARATOR, VISIBLE};

/// `[\p{L}\p{M}\p{S}\p{N}\p{P}]`: neither a separator nor a control, format, private or unassigned one.
pub(super) fn is_visible(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_graphic() } else { is_in(VISIBLE, c) }
}

/// `[\p{L}\p{Z}\p{N}]`
pub(super) fn is_letter_number_or_separator(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == ' ' } else { is_in(LETTER_NUMBER_OR_SEPARATOR, c) }
}

/// `\p{Z}`
pub(super) fn is_separator(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// A set of code points: for each plane (by its number), where membership turns, beginning outside.
pub(super) type Planes = &'static [(u8, &'static [u16])];

fn is_in(planes: Planes, c: char) -> bool {
    let point = u32::from(c);
    let Ok(low) = u16::try_from(point & 0xffff) else { return false };
    planes
        .iter()
        .find(|(plane, _)| u32::from(*plane) == point >> 16)
        .is_some_and(|(_, turns)| turns.partition_point(|turn| *turn <= low) % 2 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_marks_symbols_numbers_and_punctuation_are_visible() {
        for c in ['a', '~', 'é', '\u{301}', '😀', '漢', '½', '€', '«', '\u{10ffff}'] {
            assert_eq!(is_visible(c), c != '\u{10ffff}', "{c:?}");
        }
    }

    #[test]
    fn separators_controls_formats_private_and_unassigned_are_not_visible() {
        for c in [
            ' ', '\u{a0}', '\0', '\u{7f}', '\u{85}', '\u{200d}', '\u{202e}', '\u{e000}', '\u{378}',
            '\u{fffe}',
        ] {
            assert!(!is_visible(c), "{c:?}");
        }
    }

    #[test]
    fn a_mark_is_neither_letter_nor_number() {
        assert!(is_letter_number_or_separator('ß'));
        assert!(is_letter_number_or_separator('Ⅷ'));
        assert!(is_letter_number_or_separator('\u{3000}'));
        assert!(!is_letter_number_or_separator('\u{93e}'));
        assert!(!is_letter_number_or_separator('€'));
    }

    #[test]
    fn a_separator_is_in_the_letter_table_and_never_visible() {
        for c in ('\0'..=char::MAX).filter(|c| is_separator(*c)) {
            assert!(is_letter_number_or_separator(c) && !is_visible(c), "{c:?}");
        }
    }
}
