//! AWS's Query protocol: a form in, XML out. Spoken by iam and sts.

use super::json::{self, Failure, too_large, untaken};
use super::xml::Xml;
use crate::buffer::Untaken;
use crate::edge::Edge;
use crate::limits;
use crate::message::{Request, Response};
use crate::model::{Invalid, Known, Operation, Service, query};
use crate::path::{Pairs, Plus};
use domain::error::{Error, Refusal};
use http::{Method, StatusCode};
use serde_json::Value;

/// Parameters of one request.
const MOST: usize = 1_000;
const CONTENT_TYPE: &str = "text/xml";

/// An API that speaks Query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Api {
    Iam,
    Sts,
}

impl Api {
    const fn version(self) -> &'static str {
        match self {
            Self::Iam => "2010-05-08",
            Self::Sts => "2011-06-15",
        }
    }
    const fn namespace(self) -> &'static str {
        match self {
            Self::Iam => "https://iam.amazonaws.com/doc/2010-05-08/",
            Self::Sts => "https://sts.amazonaws.com/doc/2011-06-15/",
        }
    }
    pub(crate) const fn service(self) -> Service {
        match self {
            Self::Iam => Service::Iam,
            Self::Sts => Service::Sts,
        }
    }
}

/// A call as read, believed by nobody yet.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) api: Api,
    pub(crate) action: String,
    /// Without its body.
    pub(crate) request: Request,
    /// The form as it came: what a signature covers.
    pub(crate) body: Vec<u8>,
    parameters: Pairs,
}

/// Reads a call: a form that is posted, or the query where nothing is, which is how presigned calls come.
pub(crate) async fn read(edge: &Edge, request: Request) -> Result<Call, Response> {
    // Before the API is known, failures are told in the words of the one that anybody may call.
    parse(edge, request).await.map_err(|failure| failed(edge, Api::Sts, &failure))
}

async fn parse(edge: &Edge, mut request: Request) -> Result<Call, Failure> {
    let malformed = || Failure::new("MalformedQueryString", "The form or query string does not read.");
    limits::QUERY_API.check(&request).map_err(|_| too_large())?;
    let body = limits::QUERY_API.take(edge, &mut request).await.map_err(|fault| match fault {
        Untaken::Broken(_) => malformed(),
        Untaken::TooLarge | Untaken::Slow | Untaken::Crowded => untaken(&fault),
    })?;
    let form = if request.method == Method::GET || body.is_empty() {
        request.raw_query()
    } else {
        std::str::from_utf8(&body).map_err(|_| malformed())?
    };
    let parameters = Pairs::read(form, Plus::Space, MOST).map_err(|_| malformed())?;
    let one = |name: &str| parameters.one(name).map_err(|_| malformed());
    let Some(action) = one("Action")?.filter(|action| !action.is_empty()).map(str::to_owned) else {
        return Err(Failure::new("MissingAction", "The request is missing an Action."));
    };
    let api = match one("Version")? {
        Some(version) if version == Api::Iam.version() => Api::Iam,
        Some(version) if version == Api::Sts.version() => Api::Sts,
        Some(_) => {
            return Err(Failure::new("NoSuchVersion", "No such version of any API of this deployment."));
        }
        None if Service::Iam.known(&action) != Known::Unknown => Api::Iam,
        None => Api::Sts,
    };
    Ok(Call { api, action, request, body, parameters })
}

impl Call {
    /// The operation, if it is built.
    pub(crate) fn operation(&self) -> Result<Operation, Failure> {
        let operation = self.api.service().operation(&self.action).filter(Operation::is_built);
        operation.ok_or_else(|| {
            let name: String = self.action.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
            let message = format!("{name} is not supported by Tidegate yet.");
            Failure::new("UnknownOperationException", message)
        })
    }

    /// Input that has the model's shape, with no parameter that we would not honour.
    pub(crate) fn input(&self, operation: &Operation) -> Result<Value, Failure> {
        let invalid = |invalid: Invalid| match invalid {
            Invalid::Malformed(_) => Failure::new("MalformedInput", invalid.to_string()),
            Invalid::Violations(_) => Failure::new("ValidationError", invalid.to_string()),
        };
        let input = query::decode(operation, self.parameters.iter()).map_err(invalid)?;
        operation.validate(&input).map_err(invalid)?;
        operation
            .check_supported(&input)
            .map_err(|unsupported| Failure::new("ValidationError", unsupported.to_string()))?;
        Ok(input)
    }
}

/// A successful answer; `result` is what stands inside the result element, if the operation has one.
pub(crate) fn answered(edge: &Edge, api: Api, action: &str, result: Option<&Xml>) -> Response {
    let body = match result {
        Some(result) => format!("<{action}Result>{result}</{action}Result>"),
        None => String::new(),
    };
    let mut metadata = Xml::new();
    metadata.text("RequestId", &edge.caller.id);
    let namespace = api.namespace();
    let document = format!(
        "<{action}Response xmlns=\"{namespace}\">{body}<ResponseMetadata>{metadata}</ResponseMetadata></{action}Response>"
    );
    super::json::open(Response::text(StatusCode::OK, CONTENT_TYPE, document))
}

pub(crate) fn failed(edge: &Edge, api: Api, failure: &Failure) -> Response {
    let mut error = Xml::new();
    error.inside("Error", |error| {
        error.text("Type", if failure.status.is_server_error() { "Receiver" } else { "Sender" });
        error.text("Code", failure.code).text("Message", &failure.message);
    });
    error.text("RequestId", &edge.caller.id);
    let document = format!("<ErrorResponse xmlns=\"{}\">{error}</ErrorResponse>", api.namespace());
    super::json::open(Response::text(failure.status, CONTENT_TYPE, document)).told(failure.code)
}

/// An error as callers see it; of what broke on our side they learn nothing. For `refused` see [`json::told`].
pub(crate) fn failure_of(
    edge: &Edge,
    error: Error,
    refused: impl FnOnce(Refusal) -> Result<Failure, Refusal>,
) -> Failure {
    let internal = || Failure { code: "InternalFailure", ..Failure::internal() };
    json::told(edge, error, refused).unwrap_or_else(internal)
}
