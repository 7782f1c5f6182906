//! The engine from outside: documents in, decisions out.

mod evaluation;
mod malformed;
mod properties;
mod trust;
mod variables;

use super::{Context, Decision, Document, Kind, Principal, Request, evaluate};

const NOW: i64 = 1_700_000_000;

fn identity(text: &str) -> Document {
    Document::parse(text, Kind::Identity).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A policy of one statement, given as its members.
fn one(statement: &str) -> Document {
    identity(&format!(r#"{{"Version": "2012-10-17", "Statement": {{{statement}}}}}"#))
}

fn request<'a>(action: &'a str, resource: &'a str, context: &'a Context) -> Request<'a> {
    Request { action, resource, principal: Principal::Anonymous, context, now: NOW }
}

/// What one policy says to one request.
fn ask<'a>(policy: &'a Document, action: &str, resource: &str, context: &Context) -> Decision<'a> {
    evaluate(&[policy], &request(action, resource, context))
}

fn allows(policy: &Document, action: &str, resource: &str, context: &Context) -> bool {
    ask(policy, action, resource, context).is_allowed()
}
