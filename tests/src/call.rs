//! Requests as real clients build them, and answers as they read them.

use crate::world::{ACCESS_KEY, SECRET_KEY, World};
use domain::sigv4::{self, Content, Signer};
use edge::message::{Body, Request, Response};
use http::{HeaderMap, HeaderName, Method, StatusCode};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::rc::Rc;

/// The APIs that are told apart by a target header.
pub const IDP: &str = "AWSCognitoIdentityProviderService";
pub const IDENTITY: &str = "AWSCognitoIdentityService";

/// An access key to sign with.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub access_key_id: String,
    pub secret: String,
    pub session_token: Option<String>,
}

impl Credentials {
    pub fn operator() -> Self {
        Self { access_key_id: ACCESS_KEY.into(), secret: SECRET_KEY.into(), session_token: None }
    }
}

/// A response that has been read.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub async fn read(response: Response) -> Self {
        let Response { status, headers, body, .. } = response;
        let body = body.read(64 << 20).await.expect("a body that can be read");
        Self { status, headers, body }
    }
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
    /// The text of the first element of this name in an XML body, its entities as they came; empty when there is none.
    pub fn element(&self, name: &str) -> String {
        self.elements(name).into_iter().next().unwrap_or_default()
    }
    /// The texts of all elements of this name.
    pub fn elements(&self, name: &str) -> Vec<String> {
        let (text, open, close) = (self.text(), format!("<{name}>"), format!("</{name}>"));
        let parts = text.split(&open).skip(1);
        parts.map(|part| part.split(&close).next().unwrap_or_default().to_owned()).collect()
    }
    /// An XML call must have succeeded.
    ///
    /// # Panics
    /// When it did not.
    #[track_caller]
    pub fn fine(&self) -> &Self {
        assert!(self.status.is_success(), "{} {}", self.status, self.text());
        self
    }
    /// An XML call must have failed, with this status and code.
    ///
    /// # Panics
    /// When it did not.
    #[track_caller]
    pub fn denies(&self, status: u16, code: &str) {
        let told = (self.status.as_u16(), self.element("Code"));
        assert_eq!(told, (status, code.to_owned()), "{}", self.text());
    }
    /// The exception's name, or nothing for a success.
    pub fn exception(&self) -> String {
        let kind = self.json()["__type"].as_str().unwrap_or_default().to_owned();
        kind.rsplit('#').next().unwrap_or_default().to_owned()
    }
    /// The answer of a call that must have succeeded.
    ///
    /// # Panics
    /// When it did not.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        self.json()
    }
    /// The call must have failed, with this exception.
    ///
    /// # Panics
    /// When it did not.
    #[track_caller]
    pub fn fails(&self, exception: &str) {
        assert_eq!(self.exception(), exception, "{} {}", self.status, self.text());
        assert!(self.status.is_client_error(), "{}", self.status);
    }
}

/// An AWS JSON call, unsigned.
pub fn aws(api: &str, operation: &str, input: &Value) -> Request {
    raw(&format!("{api}.{operation}"), input.to_string().into_bytes())
}

/// An AWS JSON call whose target and body are whatever they are.
pub fn raw(target: &str, body: Vec<u8>) -> Request {
    let mut request = World::request(Method::POST, "/");
    request.headers.insert("content-type", "application/x-amz-json-1.1".parse().unwrap());
    request.headers.insert("x-amz-target", target.parse().unwrap());
    request.body = Body::Bytes(body);
    request
}

/// A Query call: a form.
pub fn form(fields: &[(&str, &str)]) -> Request {
    let mut request = World::request(Method::POST, "/");
    request.headers.insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    request.body = Body::Bytes(encode(fields).into_bytes());
    request
}

/// A form's or a query's encoding.
pub fn encode(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| {
        text.bytes()
            .map(|b| match b {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    char::from(b).to_string()
                }
                other => format!("%{other:02X}"),
            })
            .collect::<String>()
    };
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// Signs as somebody, for a service.
pub fn signer<'a>(by: &'a Credentials, service: &'a str, now: i64) -> Signer<'a> {
    Signer {
        access_key_id: &by.access_key_id,
        secret: &by.secret,
        session_token: by.session_token.as_deref(),
        region: "us-east-1",
        service,
        now,
    }
}

/// Signs a request as it stands, its body whole.
pub fn sign(request: Request, by: &Credentials, service: &str, now: i64) -> Request {
    let body: &[u8] = if let Body::Bytes(bytes) = &request.body { bytes } else { &[] };
    let content = Content::Sha256(Sha256::digest(body).into());
    sign_as(request, &signer(by, service, now), content)
}

/// Signs a request with its content named so, whatever the body.
pub fn sign_as(mut request: Request, signer: &Signer<'_>, content: Content) -> Request {
    let headers: Vec<(&str, &str)> =
        request.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    let whole = sigv4::Request {
        method: request.method.as_str(),
        path: request.raw_path(),
        query: request.raw_query(),
        headers: &headers,
        accept_encoding: None,
    };
    for (name, value) in signer.headers(&whole, content).unwrap() {
        request.headers.insert(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
    }
    request
}

impl World {
    /// Serves a request from the first isolate and reads the answer.
    pub fn ask(self: &Rc<Self>, request: Request) -> Answer {
        let response = self.serve(request);
        self.run(Answer::read(response))
    }
    /// An unsigned call of the user pools' API.
    pub fn idp(self: &Rc<Self>, operation: &str, input: &Value) -> Answer {
        self.ask(aws(IDP, operation, input))
    }
    /// The same by the operator.
    pub fn operate(self: &Rc<Self>, operation: &str, input: &Value) -> Answer {
        self.ask(self.signed(aws(IDP, operation, input), &Credentials::operator(), "cognito-idp"))
    }
    /// An unsigned call of the identity pools' API.
    pub fn identity(self: &Rc<Self>, operation: &str, input: &Value) -> Answer {
        self.ask(aws(IDENTITY, operation, input))
    }
    /// The same by whoever has these keys.
    pub fn identity_by(self: &Rc<Self>, by: &Credentials, operation: &str, input: &Value) -> Answer {
        self.ask(self.signed(aws(IDENTITY, operation, input), by, "cognito-identity"))
    }
    /// The same by the operator.
    pub fn federate(self: &Rc<Self>, operation: &str, input: &Value) -> Answer {
        self.identity_by(&Credentials::operator(), operation, input)
    }
    /// A call of IAM by the operator.
    pub fn iam(self: &Rc<Self>, action: &str, fields: &[(&str, &str)]) -> Answer {
        self.iam_by(&Credentials::operator(), action, fields)
    }
    pub fn iam_by(self: &Rc<Self>, by: &Credentials, action: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("Action", action), ("Version", "2010-05-08")];
        all.extend(fields);
        self.ask(self.signed(form(&all), by, "iam"))
    }
    /// An unsigned call of STS.
    pub fn sts(self: &Rc<Self>, action: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("Action", action), ("Version", "2011-06-15")];
        all.extend(fields);
        self.ask(form(&all))
    }
    /// A request signed now.
    pub fn signed(&self, request: Request, by: &Credentials, service: &str) -> Request {
        sign(request, by, service, edge::platform::Platform::now(self))
    }
}
