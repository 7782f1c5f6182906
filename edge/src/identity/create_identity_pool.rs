use super::wire;
use crate::edge::Edge;
use crate::flow::identity::{self, NewPool};
use crate::flow::login;
use domain::error::{Error, invalid};
use domain::identity::Provider;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The most user pool clients a pool may list.
const MOST: usize = 50;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    identity_pool_name: String,
    allow_unauthenticated_identities: bool,
    allow_classic_flow: Option<bool>,
    cognito_identity_providers: Option<Vec<AskProvider>>,
    identity_pool_tags: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AskProvider {
    provider_name: Option<String>,
    client_id: Option<String>,
}

pub(super) async fn run(edge: &Edge, region: &str, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let new = NewPool {
        name: ask.identity_pool_name,
        guests: ask.allow_unauthenticated_identities,
        classic: ask.allow_classic_flow.unwrap_or(false),
        providers: providers(edge, ask.cognito_identity_providers.unwrap_or_default())?,
        tags: ask.identity_pool_tags.unwrap_or_default(),
    };
    Ok(wire::describe(&identity::create(edge, region, new).await?))
}

fn providers(edge: &Edge, asked: Vec<AskProvider>) -> Result<Vec<Provider>, Error> {
    if asked.len() > MOST {
        return Err(invalid(format!("An identity pool can have at most {MOST} Cognito identity providers.")));
    }
    asked
        .into_iter()
        .map(|ask| match (ask.provider_name, ask.client_id) {
            (Some(name), Some(client)) if login::user_pool_of(edge, &name).is_some() => {
                Ok(Provider { name, client })
            }
            (Some(_), Some(_)) => {
                Err(invalid("Invalid Cognito Identity Provider: its name is of no user pool here."))
            }
            _ => Err(invalid("A Cognito Identity Provider needs a ProviderName and a ClientId.")),
        })
        .collect()
}
