/// Accents every letter and lengthens the sentence by a third, in brackets; a `{}` stays.
///
/// Whatever shows up without brackets was never given to [`Lang`](super::Lang); a missing closing bracket was clipped.
pub(super) fn stretched(sentence: &str) -> String {
    let mut out = String::with_capacity(sentence.len() * 2 + 8);
    out.push('[');
    out.extend(sentence.chars().map(accented));
    let longer = sentence.chars().count().div_ceil(3);
    out.push(' ');
    out.extend(std::iter::repeat_n('·', longer));
    out.push(']');
    out
}

const fn accented(letter: char) -> char {
    match letter {
        'a' => 'á',
        'c' => 'ç',
        'e' => 'é',
        'g' => 'ğ',
        'i' => 'í',
        'n' => 'ñ',
        'o' => 'ö',
        's' => 'š',
        'u' => 'ü',
        'y' => 'ý',
        'A' => 'Å',
        'C' => 'Ç',
        'E' => 'É',
        'N' => 'Ñ',
        'S' => 'Š',
        'T' => 'Ť',
        'Y' => 'Ý',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::stretched;

    #[test]
    fn a_sentence_is_longer_accented_and_keeps_its_place_for_a_name() {
        assert_eq!(stretched("Next to {}"), "[Ñéxt tö {} ····]");
    }
}
