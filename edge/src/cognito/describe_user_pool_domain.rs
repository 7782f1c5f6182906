use super::wire;
use crate::edge::Edge;
use crate::hosts;
use domain::account::FindDomain;
use domain::address::Address;
use domain::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    domain: String,
}

/// `DescribeUserPoolDomain`: an unknown domain is an empty description, not an error.
pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let Some(pool) = edge.call(&Address::ACCOUNT, &FindDomain { domain: ask.domain.clone() }).await? else {
        return Ok(json!({ "DomainDescription": {} }));
    };
    Ok(json!({
        "DomainDescription": {
            "UserPoolId": pool,
            "AWSAccountId": edge.settings().account,
            "Domain": ask.domain,
            "CloudFrontDistribution": hosts::hosted_url(edge.settings(), &ask.domain),
            "Status": "ACTIVE",
            "Version": "1",
            "CustomDomainConfig": {},
            "ManagedLoginVersion": 1,
        }
    }))
}
