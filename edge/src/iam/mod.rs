//! The iam door: roles and their inline policies, by the Query protocol. All of it is for operators, and for whom a
//! policy of theirs allows it.
//!
//! Source: *AWS Identity and Access Management API reference*.

mod create_role;
mod delete_role;
mod delete_role_policy;
mod get_role;
mod get_role_policy;
mod list_role_policies;
mod list_roles;
mod put_role_policy;
mod refusal;
mod wire;

use crate::account_view::role_arn;
use crate::aws::json::Failure;
use crate::aws::query::{self, Api, Call};
use crate::aws::signed;
use crate::aws::xml::Xml;
use crate::edge::Edge;
use crate::message::Response;
use domain::error::{Error, fault};
use domain::policy;
use domain::sigv4::Body;
use serde_json::Value;

/// Serves a call of this API. The operation's name is for the log: a built one, or `-`.
pub(crate) async fn serve(edge: &Edge, call: Call) -> (String, Response) {
    let name = call.operation().map_or("-", |operation| operation.name());
    let response = match perform(edge, &call).await {
        Ok(result) => query::answered(edge, Api::Iam, name, result.as_ref()),
        Err(failure) => query::failed(edge, Api::Iam, &failure),
    };
    (name.to_owned(), response)
}

async fn perform(edge: &Edge, call: &Call) -> Result<Option<Xml>, Failure> {
    let operation = call.operation()?;
    let caller = signed::authenticate(edge, &call.request, Body::Whole(&call.body), &["iam"]).await.map_err(
        |error| {
            let (code, message, status) = error.query();
            Failure::with_status(code, message, status)
        },
    )?;
    let input = call.input(&operation)?;
    let resource = match input.get("RoleName").and_then(Value::as_str) {
        Some(name) => role_arn(&edge.settings().account, name),
        None => role_arn(&edge.settings().account, ""),
    };
    let action = format!("iam:{}", operation.name());
    let done = match signed::authorize(edge, &caller, &action, &resource, policy::Context::new()).await {
        Ok(()) => run(edge, operation.name(), input).await,
        Err(error) => Err(error),
    };
    done.map_err(|error| query::failure_of(edge, error, refusal::refused))
}

async fn run(edge: &Edge, operation: &str, input: Value) -> Result<Option<Xml>, Error> {
    match operation {
        "CreateRole" => create_role::run(edge, input).await.map(Some),
        "GetRole" => get_role::run(edge, input).await.map(Some),
        "ListRoles" => list_roles::run(edge, input).await.map(Some),
        "DeleteRole" => delete_role::run(edge, input).await.map(|()| None),
        "PutRolePolicy" => put_role_policy::run(edge, input).await.map(|()| None),
        "GetRolePolicy" => get_role_policy::run(edge, input).await.map(Some),
        "ListRolePolicies" => list_role_policies::run(edge, input).await.map(Some),
        "DeleteRolePolicy" => delete_role_policy::run(edge, input).await.map(|()| None),
        other => Err(fault(format!("{other} is in the support table but has no operation"))),
    }
}
