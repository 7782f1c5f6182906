//! What every API that speaks JSON does with a request before and after its operation.

use super::{Failure, answer, failure, failure_of, too_large, untaken};
use crate::aws::signed;
use crate::edge::Edge;
use crate::limits::{self, TooLarge};
use crate::message::{Request, Response};
use crate::model::{self, Invalid, Known, Operation, Service};
use domain::error::{Error, Refusal};
use domain::policy;
use domain::sigv4::Body;
use futures_util::future::LocalBoxFuture;
use serde_json::Value;

/// An API that speaks JSON.
pub(crate) struct Api {
    pub(crate) service: Service,
    /// What stands before an operation's name in the target header.
    pub(crate) target: &'static str,
    /// What signatures and policies call it.
    pub(crate) name: &'static str,
    /// Operations that anyone may call, without a signature: they carry their own proof, or need none. All others want an
    /// operator's signature, or temporary credentials whose policy allows the action.
    pub(crate) open: &'static [&'static str],
    /// What a value that breaks the model's constraints is refused as.
    pub(crate) invalid: &'static str,
    /// Members of inputs that begin with a region.
    pub(crate) regional: &'static [&'static str],
    /// What says that there is none such: by the member's name, and the id in it.
    pub(crate) missing: fn(&str, String) -> Refusal,
    /// The ARN of what an input is about, or `*`.
    pub(crate) resource: fn(&Edge, &Value) -> String,
    /// A refusal in this API's words; handed back where nothing in it leads to that one.
    pub(crate) refused: fn(Refusal) -> Result<Failure, Refusal>,
    /// Runs a built operation: its name, the region it is asked in, its input.
    pub(crate) run: Run,
}

type Run = for<'a> fn(&'a Edge, &'a str, &'a str, Value) -> LocalBoxFuture<'a, Result<Value, Error>>;

/// Serves `POST /` with a target of this API. The operation's name is for the log: a modelled one, or `-`.
pub(crate) async fn serve(
    api: &'static Api,
    edge: &Edge,
    mut request: Request,
    target: &str,
) -> (String, Response) {
    let known = api.service.operation(target);
    let name = known.map_or_else(|| "-".to_owned(), |operation| operation.name().to_owned());
    let response = match perform(api, edge, &mut request, target).await {
        Ok(value) => answer(&value),
        Err(refused) => failure(&refused),
    };
    (name, response)
}

async fn perform(
    api: &'static Api,
    edge: &Edge,
    request: &mut Request,
    target: &str,
) -> Result<Value, Failure> {
    limits::JSON_API.check(request).map_err(|TooLarge| too_large())?;
    let unknown = |message: String| Failure::new("UnknownOperationException", message);
    let operation = match (api.service.known(target), api.service.operation(target)) {
        (Known::Built, Some(operation)) => operation,
        (Known::Modelled, _) => return Err(unknown(format!("{target} is not supported by Tidegate yet."))),
        _ => return Err(unknown("The target names no operation of this API.".into())),
    };
    // Who calls comes before what they say: a stranger learns nothing of a pool from how its input is judged. What the
    // head alone gives away is refused before the body is kept.
    let claimed = if api.open.contains(&operation.name()) {
        None
    } else {
        Some(
            signed::claim(edge, request, std::slice::from_ref(&api.name))
                .await
                .map_err(|error| error.json())?,
        )
    };
    let bytes = limits::JSON_API.take(edge, request).await.map_err(|fault| untaken(&fault))?;
    let caller = match claimed {
        Some(claimed) => Some(claimed.prove(Body::Whole(&bytes)).map_err(|error| error.json())?),
        None => None,
    };
    let input = read(api, &operation, &bytes)?;
    let region = match &caller {
        Some(caller) => {
            let action = format!("{}:{}", api.name, operation.name());
            let resource = (api.resource)(edge, &input);
            signed::authorize(edge, caller, &action, &resource, policy::Context::new())
                .await
                .map_err(|error| failure_of(edge, error, api.refused))?;
            if let Some(missing) = elsewhere(api, caller.region(), &input) {
                return Err(failure_of(edge, missing.into(), api.refused));
            }
            caller.region()
        }
        None => &edge.settings().region,
    };
    edge.deciding(async || (api.run)(edge, operation.name(), region, input.clone()).await)
        .await
        .map_err(|error| failure_of(edge, error, api.refused))
}

/// Refuses an id of another region than the signature's: as it is in none of that region's lists, it is not there at all.
fn elsewhere(api: &Api, region: &str, input: &Value) -> Option<Refusal> {
    let ids = api.regional.iter().filter_map(|member| Some((member, input.get(member)?.as_str()?)));
    let mut foreign = ids.filter(|(_, id)| id.split_once(['_', ':']).is_some_and(|(of, _)| of != region));
    foreign.next().map(|(member, id)| (api.missing)(member, id.to_owned()))
}

/// Input that has the model's shape, with no parameter that we would not honour.
fn read(api: &'static Api, operation: &Operation, bytes: &[u8]) -> Result<Value, Failure> {
    let invalid = |invalid: Invalid| match invalid {
        Invalid::Malformed(_) => Failure::new("SerializationException", invalid.to_string()),
        Invalid::Violations(_) => Failure::new(api.invalid, invalid.to_string()),
    };
    let input = model::read(bytes).map_err(invalid)?;
    operation.validate(&input).map_err(invalid)?;
    operation
        .check_supported(&input)
        .map_err(|unsupported| Failure::new("InvalidParameterException", unsupported.to_string()))?;
    Ok(input)
}
