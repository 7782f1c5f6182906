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

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let after = page::open(edge, "pools", "", ask.next_token.as_deref())?;
    let command = ListPools { kind: PoolKind::User, after, limit: ask.max_results + 1 };
    let found = edge.call(&Address::ACCOUNT, &command).await?;
    let (found, next) = page::cut(edge, "pools", "", found, ask.max_results, |pool| &pool.id);
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
