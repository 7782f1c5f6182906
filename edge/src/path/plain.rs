//! What a path must not hold if all readers are to read it alike.

use super::PathError;

/// The decoded path, or why `raw` is not plain. `decoded` is `raw` decoded once.
pub(super) fn check(raw: &str, decoded: Vec<u8>) -> Result<String, PathError> {
    raw.chars().try_for_each(character)?;
    for (index, _) in raw.match_indices('%') {
        let code: [u8; 2] = hex(raw, index.saturating_add(1));
        match &code {
            b"2f" | b"5c" => return Err(PathError::Separator),
            b"00" => return Err(PathError::Nul),
            b"25" if matches!(&hex(raw, index.saturating_add(3)), b"2e" | b"2f" | b"5c" | b"00") => {
                return Err(PathError::EncodedTwice);
            }
            _ => {}
        }
    }
    let text = String::from_utf8(decoded).map_err(|_| PathError::Utf8)?;
    if text.contains(char::is_control) {
        return Err(PathError::Control);
    }
    // Encoded separators are gone, so these are the segments of the raw path too.
    let mut segments = text.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        // Servers in Java cut a segment at `;` before they resolve dots, some of Windows' cut trailing spaces.
        let name = segment.split(';').next().unwrap_or_default().trim_end_matches(' ');
        if matches!(name, "." | "..") {
            return Err(PathError::DotSegment);
        }
        if name.is_empty() && segments.peek().is_some() {
            return Err(PathError::EmptySegment);
        }
    }
    Ok(text)
}

fn character(c: char) -> Result<(), PathError> {
    match c {
        '\\' => Err(PathError::Separator),
        '"' | '<' | '>' | '^' | '`' | '{' | '}' => Err(PathError::Unencoded),
        c if !c.is_ascii() => Err(PathError::NonAscii),
        _ => Ok(()),
    }
}

/// The two bytes at `index`, in lower case; zeroes, which are no digits, beyond the end.
fn hex(raw: &str, index: usize) -> [u8; 2] {
    let digits = raw.as_bytes().get(index..).and_then(|rest| rest.first_chunk::<2>());
    digits.map_or([0; 2], |digits| digits.map(|digit| digit.to_ascii_lowercase()))
}
