//! A strict little reader of our own output: every element closed, every attribute quoted, nothing left over.

/// An element, with all the text inside it.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) tag: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
}

impl Element {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn classes(&self) -> impl Iterator<Item = &str> {
        self.get("class").unwrap_or_default().split_ascii_whitespace()
    }

    pub(super) fn has_class(&self, class: &str) -> bool {
        self.classes().any(|c| c == class)
    }
}

/// The elements in the order they open.
#[derive(Debug)]
pub(super) struct Document(pub(super) Vec<Element>);

const VOID: &[&str] = &["meta", "link", "input", "img", "br"];
const RAW: &[&str] = &["style", "script", "title"];

impl Document {
    /// Panics where the markup is not clean.
    pub(super) fn read(html: &str) -> Self {
        let mut rest = html.strip_prefix("<!DOCTYPE html>").expect("a doctype");
        let (mut elements, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix("<!>") {
                rest = after;
            } else if let Some(after) = rest.strip_prefix("</") {
                let (tag, after) = after.split_once('>').expect("an end tag ends");
                let opened = open.pop().expect("an element to close");
                assert_eq!(elements[opened].tag, tag, "closed out of order, before {after:.60}");
                rest = after;
            } else if let Some(after) = rest.strip_prefix('<') {
                let (element, after) = start_tag(after);
                rest = after;
                let raw = RAW.contains(&element.tag.as_str());
                if !VOID.contains(&element.tag.as_str()) {
                    open.push(elements.len());
                }
                elements.push(element);
                if raw {
                    let at = rest.find("</").expect("raw text ends");
                    elements.last_mut().unwrap().text = decoded(&rest[..at]);
                    rest = &rest[at..];
                }
            } else {
                let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
                assert!(!text.contains('>'), "a stray > in {text:?}");
                for index in &open {
                    elements[*index].text.push_str(&decoded(text));
                }
                rest = after;
            }
        }
        assert!(open.is_empty(), "left open: {open:?}");
        Self(elements)
    }

    pub(super) fn all(&self, tag: &str) -> impl Iterator<Item = &Element> {
        self.0.iter().filter(move |element| element.tag == tag)
    }

    pub(super) fn one(&self, tag: &str) -> &Element {
        let mut found = self.all(tag);
        let first = found.next().unwrap_or_else(|| panic!("a <{tag}>"));
        assert!(found.next().is_none(), "only one <{tag}>");
        first
    }

    pub(super) fn by_id(&self, id: &str) -> Option<&Element> {
        self.0.iter().find(|element| element.get("id") == Some(id))
    }

    pub(super) fn by_name(&self, name: &str) -> &Element {
        self.all("input")
            .find(|input| input.get("name") == Some(name))
            .unwrap_or_else(|| panic!("an input {name}"))
    }
}

/// Reads what follows `<`.
fn start_tag(text: &str) -> (Element, &str) {
    let end = text.find([' ', '>']).expect("a tag name ends");
    let (tag, mut rest) = text.split_at(end);
    assert!(tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'), "a tag called {tag:?}");
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        rest = rest.trim_start_matches(' ');
        if let Some(after) = rest.strip_prefix('>') {
            return (Element { tag: tag.to_owned(), attributes, text: String::new() }, after);
        }
        let end = rest.find(['=', ' ', '>']).expect("an attribute name ends");
        let (name, after) = rest.split_at(end);
        assert!(!name.contains(['"', '\'', '<', '/']), "an attribute called {name:?}");
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').expect("a value ends"),
            None => ("", after),
        };
        assert!(!attributes.iter().any(|(n, _)| n == name), "{name} twice on <{tag}>");
        attributes.push((name.to_owned(), decoded(value)));
        rest = after;
    }
}

fn decoded(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'");
    text.replace("&amp;", "&")
}
