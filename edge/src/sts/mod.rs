//! The sts door: roles assumed by web identity, and who a caller is, by the Query protocol.
//!
//! Source: *AWS Security Token Service API reference*.

mod assume_role_with_web_identity;
mod get_caller_identity;
mod refusal;

use crate::aws::json::Failure;
use crate::aws::query::{self, Api, Call};
use crate::aws::signed;
use crate::aws::xml::Xml;
use crate::edge::Edge;
use crate::message::Response;
use domain::error::fault;
use domain::sigv4::Body;

/// Serves a call of this API. The operation's name is for the log: a built one, or `-`.
pub(crate) async fn serve(edge: &Edge, call: Call) -> (String, Response) {
    let name = call.operation().map_or("-", |operation| operation.name());
    let response = match perform(edge, &call).await {
        Ok(result) => query::answered(edge, Api::Sts, name, Some(&result)),
        Err(failure) => query::failed(edge, Api::Sts, &failure),
    };
    (name.to_owned(), response)
}

async fn perform(edge: &Edge, call: &Call) -> Result<Xml, Failure> {
    let operation = call.operation()?;
    match operation.name() {
        // Its token is the proof: a signature that comes along is not looked at.
        "AssumeRoleWithWebIdentity" => {
            let input = call.input(&operation)?;
            assume_role_with_web_identity::run(edge, input)
                .await
                .map_err(|error| query::failure_of(edge, error, refusal::refused))
        }
        // Whoever has valid keys may know whose they are: no policy is asked.
        "GetCallerIdentity" => {
            let caller = signed::authenticate(edge, &call.request, Body::Whole(&call.body), &["sts"])
                .await
                .map_err(|error| {
                let (code, message, status) = error.query();
                Failure::with_status(code, message, status)
            })?;
            call.input(&operation)?;
            Ok(get_caller_identity::run(edge, &caller.principal))
        }
        other => {
            let fault = fault(format!("{other} is in the support table but has no operation"));
            Err(query::failure_of(edge, fault, refusal::refused))
        }
    }
}
