//! Reading a posted form, within the door's limits.

use crate::limits::FORM;
use crate::message::{Body, ReadFault, Request};
use crate::path::{Pairs, Plus};
use app::text::Message;
use http::StatusCode;

/// The most fields a form has.
const FIELDS: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormFault {
    TooLarge,
    /// Not `application/x-www-form-urlencoded`.
    Kind,
    Malformed,
    /// The client broke off.
    Broken,
}

impl FormFault {
    pub(crate) const fn status(self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Kind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Malformed | Self::Broken => StatusCode::BAD_REQUEST,
        }
    }

    /// For a person.
    pub(crate) const fn message(self) -> Message {
        match self {
            Self::TooLarge => Message::FormTooLarge,
            Self::Kind | Self::Malformed | Self::Broken => Message::FormBroken,
        }
    }

    /// For whoever wrote the client.
    pub(crate) const fn description(self) -> &'static str {
        match self {
            Self::TooLarge => "the form is larger than 64 KiB",
            Self::Kind => "the body is not a form",
            Self::Malformed => "the form does not read",
            Self::Broken => "the form broke off",
        }
    }
}

/// Takes the body of a request as a form.
pub(crate) async fn take(request: &mut Request) -> Result<Pairs, FormFault> {
    let kind = request.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(FormFault::Kind);
    }
    FORM.check(request).map_err(|_| FormFault::TooLarge)?;
    let body = std::mem::replace(&mut request.body, Body::Empty);
    let bytes = FORM.read(body).await.map_err(|fault| match fault {
        ReadFault::TooLarge => FormFault::TooLarge,
        ReadFault::Broken(_) => FormFault::Broken,
    })?;
    let text = str::from_utf8(&bytes).map_err(|_| FormFault::Malformed)?;
    Pairs::read(text, Plus::Space, FIELDS).map_err(|_| FormFault::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::testing;
    use futures_util::FutureExt;

    fn taken(kind: &'static str, body: impl Into<Vec<u8>>) -> Result<Pairs, FormFault> {
        let mut request = testing::request("https://id.example.com", "id.example.com", "/_hosted/demo/login");
        request.headers.insert("content-type", http::HeaderValue::from_static(kind));
        request.body = Body::Bytes(body.into());
        take(&mut request).now_or_never().unwrap()
    }

    const KIND: &str = "application/x-www-form-urlencoded";

    #[test]
    fn a_form_is_read_whatever_its_charset_says() {
        let pairs = taken("application/x-www-form-urlencoded; charset=UTF-8", "a=b+c&d=%C3%A9").unwrap();
        assert_eq!(pairs.iter().collect::<Vec<_>>(), [("a", "b c"), ("d", "é")]);
    }

    #[test]
    fn other_bodies_are_refused() {
        assert_eq!(taken("application/json", "{}"), Err(FormFault::Kind));
        assert_eq!(taken("", "a=b"), Err(FormFault::Kind));
        assert_eq!(taken(KIND, vec![b'a'; 70_000]), Err(FormFault::TooLarge));
        for body in ["a=%", "a=%zz", "a=%00", "a=%ff", "%ED%A0%80=1"] {
            assert_eq!(taken(KIND, body), Err(FormFault::Malformed), "{body}");
        }
        assert_eq!(taken(KIND, "a&".repeat(101)), Err(FormFault::Malformed));
    }
}
