//! The canonical headers.

use super::Request;

/// Writes one line a name: its values in order of arrival, trimmed, with runs of white space as one space,
/// joined by commas.
pub(super) fn write(request: &Request<'_>, signed: &[String], out: &mut String) {
    for name in signed {
        out.push_str(name);
        out.push(':');
        for (place, value) in request.values(name).enumerate() {
            if place > 0 {
                out.push(',');
            }
            collapse(value, out);
        }
        out.push('\n');
    }
}

fn collapse(value: &str, out: &mut String) {
    for (place, word) in value.split_ascii_whitespace().enumerate() {
        if place > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_trimmed_collapsed_and_joined() {
        let headers = [
            ("b", " x \t y  "),
            ("host", "h"),
            ("B", ""),
            ("b", "\"a   b\""),
            ("accept-encoding", "br, gzip"),
        ];
        let request =
            Request { method: "GET", path: "/", query: "", headers: &headers, accept_encoding: None };
        let signed = ["accept-encoding".to_owned(), "b".to_owned()];
        let mut out = String::new();
        write(&request, &signed, &mut out);
        assert_eq!(out, "accept-encoding:br, gzip\nb:x y,,\"a b\"\n");
    }

    #[test]
    fn the_accept_encoding_the_client_sent_stands_in_for_the_one_received() {
        let headers = [("accept-encoding", "br, gzip")];
        let request = Request {
            method: "GET",
            path: "/",
            query: "",
            headers: &headers,
            accept_encoding: Some("identity"),
        };
        let mut out = String::new();
        write(&request, &["accept-encoding".to_owned()], &mut out);
        assert_eq!(out, "accept-encoding:identity\n");
    }
}
