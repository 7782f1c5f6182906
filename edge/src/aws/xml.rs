//! XML as the Query protocol's answers have it: elements and text, nothing else.

use std::fmt;

/// Elements side by side.
#[derive(Debug, Default)]
pub(crate) struct Xml(String);

impl Xml {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds an element that holds a text.
    pub(crate) fn text(&mut self, name: &'static str, text: impl fmt::Display) -> &mut Self {
        self.inside(name, |inner| inner.0.push_str(&escape(&text.to_string())))
    }

    /// Adds an element that holds what `fill` adds.
    pub(crate) fn inside(&mut self, name: &'static str, fill: impl FnOnce(&mut Self)) -> &mut Self {
        self.0.extend(["<", name, ">"]);
        fill(self);
        self.0.extend(["</", name, ">"]);
        self
    }
}

impl fmt::Display for Xml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text as an element may hold it. Characters that XML 1.0 cannot say, even escaped, become U+FFFD.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // A parser turns a bare one into a line feed.
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_element() {
        let mut xml = Xml::new();
        xml.inside("A", |a| {
            a.text("B", "</B><C a=\"1\">&amp;'").text("D", "");
        });
        assert_eq!(
            xml.to_string(),
            "<A><B>&lt;/B&gt;&lt;C a=&quot;1&quot;&gt;&amp;amp;&apos;</B><D></D></A>"
        );
    }

    #[test]
    fn what_xml_cannot_say_is_replaced_and_a_carriage_return_survives() {
        let mut xml = Xml::new();
        xml.text("T", "a\u{0}\u{1b}\u{ffff}\r\n\tü😀");
        assert_eq!(xml.to_string(), "<T>a\u{fffd}\u{fffd}\u{fffd}&#13;\n\tü😀</T>");
    }
}
