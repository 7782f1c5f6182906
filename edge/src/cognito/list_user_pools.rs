use super::{page, wire};
use crate::edge::Edge;
use domain::account::{ListPools, PoolKind};
use domain::address::Address;
use domain::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    next_token: Option<String>,
    max_results: u32,
}

/// The pools of the region that the signature names.
pub(super) async fn run(edge: &Edge, region: &str, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let after = page::open(edge, "pools", region, ask.next_token.as_deref())?;
    let prefix = format!("{region}_");
    let command = ListPools { kind: PoolKind::User, after, limit: ask.max_results + 1, prefix };
    let found = edge.call(&Address::ACCOUNT, &command).await?;
    let (found, next) = page::cut(edge, "pools", region, found, ask.max_results, |pool| &pool.id);
    let pools: Vec<Value> = found
        .iter()
        .map(|pool| {
            json!({
                "Id": pool.id,
                "Name": pool.name,
                "LambdaConfig": {},
                "LastModifiedDate": pool.modified,
                "CreationDate": pool.created,
            })
        })
        .collect();
    Ok(page::answer("UserPools", pools, next))
}
