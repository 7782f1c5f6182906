//! The sheet of the pages, made ready while compiling.

/// Our sheet without its comments and idle white space: exactly the text between `<style>` and `</style>`, so its
/// hash is the one for `style-src`.
pub const CSS: &str = match std::str::from_utf8(&SQUEEZED) {
    Ok(css) => css,
    Err(_) => "",
};

const SOURCE: &str = concat!(
    include_str!("../../style/layers.css"),
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/components.css"),
    include_str!("../../style/guard.css"),
);

const LENGTH: usize = squeeze::<{ SOURCE.len() }>(SOURCE.as_bytes()).1;
const SQUEEZED: [u8; LENGTH] = {
    let (bytes, _) = squeeze::<{ SOURCE.len() }>(SOURCE.as_bytes());
    let (kept, _) = bytes.split_at(LENGTH);
    match kept.first_chunk::<LENGTH>() {
        Some(kept) => *kept,
        None => [0; LENGTH],
    }
};

/// Drops comments, line breaks and indents, the spaces around `{`, `}`, `;` and `,`, and those after `:`.
///
/// It knows no strings: a sheet with `/*`, or a run of spaces, inside quotes is not for it. A space before `:` stays, as
/// it tells `a :hover` from `a:hover`, and those around `+` and `-` stay for `calc()`.
#[allow(clippy::indexing_slicing, reason = "runs while compiling, where out of bounds is a build error")]
const fn squeeze<const N: usize>(css: &[u8]) -> ([u8; N], usize) {
    let mut out = [0_u8; N];
    let (mut read, mut written, mut space) = (0, 0, false);
    while read < css.len() {
        let byte = css[read];
        if byte == b'/' && read + 1 < css.len() && css[read + 1] == b'*' {
            read += 2;
            while !(css[read] == b'*' && css[read + 1] == b'/') {
                read += 1;
            }
            read += 2;
            space = true;
            continue;
        }
        read += 1;
        if byte.is_ascii_whitespace() {
            space = true;
            continue;
        }
        let before = if written == 0 { b'{' } else { out[written - 1] };
        let tight =
            matches!(before, b'{' | b'}' | b';' | b',' | b':') || matches!(byte, b'{' | b'}' | b';' | b',');
        if space && !tight {
            out[written] = b' ';
            written += 1;
        }
        space = false;
        if byte == b'}' && before == b';' {
            written -= 1;
        }
        out[written] = byte;
        written += 1;
    }
    (out, written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squeezed(css: &str) -> String {
        let (bytes, length) = squeeze::<256>(css.as_bytes());
        String::from_utf8(bytes[..length].to_vec()).unwrap()
    }

    #[test]
    fn the_sheet_is_squeezed_without_changing_what_it_says() {
        assert_eq!(squeezed("/* a */ a , b:hover {\n  color : red;\n}\n"), "a,b:hover{color :red}");
        assert_eq!(squeezed("a :is(b) { margin: 0 calc(1px + 2px); }"), "a :is(b){margin:0 calc(1px + 2px)}");
        assert_eq!(squeezed("a/**/b { c: d }"), "a b{c:d}");
    }

    #[test]
    fn the_sheet_can_stand_inside_a_style_element() {
        assert!(CSS.starts_with("@layer "));
        assert!(!CSS.contains('<'));
        assert!(!CSS.contains("url("), "img-src and font-src stay 'self'; the sheet fetches nothing");
        assert!(!CSS.contains("@import"));
        assert_eq!(CSS.matches('{').count(), CSS.matches('}').count());
    }
}
