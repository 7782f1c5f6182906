//! Writing S3's XML. Nothing here reads any.

use domain::percent;
use percent_encoding::{AsciiSet, utf8_percent_encode};
use std::fmt::Write as _;

/// A document under construction: elements are opened, filled and closed in order.
#[derive(Debug)]
pub(super) struct Xml(String);

impl Xml {
    /// Opens the document and its root.
    pub(super) fn new(root: &str) -> Self {
        Self(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root}>"))
    }

    /// One element with text in it.
    pub(super) fn text(&mut self, name: &str, text: &str) -> &mut Self {
        self.open(name);
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                // Parsers normalise these; S3 writes all control characters so, though XML 1.0 has no place for most.
                c if c.is_control() => {
                    // Writing to a string does not fail.
                    let _ = write!(self.0, "&#x{:x};", u32::from(c));
                }
                // XML has no place for these two in any form.
                '\u{fffe}' | '\u{ffff}' => self.0.push('\u{fffd}'),
                c => self.0.push(c),
            }
        }
        self.close(name)
    }

    pub(super) fn open(&mut self, name: &str) -> &mut Self {
        self.0.extend(["<", name, ">"]);
        self
    }

    pub(super) fn close(&mut self, name: &str) -> &mut Self {
        self.0.extend(["</", name, ">"]);
        self
    }

    pub(super) fn finish(mut self, root: &str) -> Vec<u8> {
        self.close(root);
        self.0.into_bytes()
    }
}

/// What `encoding-type=url` encodes of a key.
const RESERVED: &AsciiSet = &percent::RESERVED.remove(b'/').remove(b'*');

/// A key as `encoding-type=url` asks for it.
pub(super) fn url_encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_element() {
        let mut xml = Xml::new("R");
        xml.text("Key", "a<b>&\"\n\u{1}é");
        let text = String::from_utf8(xml.finish("R")).unwrap();
        assert!(text.ends_with("<R><Key>a&lt;b&gt;&amp;&quot;&#xa;&#x1;é</Key></R>"), "{text}");
    }

    #[test]
    fn a_key_is_encoded_but_for_its_slashes() {
        assert_eq!(url_encoded("a b/ü+*.txt"), "a%20b/%C3%BC%2B*.txt");
    }
}
