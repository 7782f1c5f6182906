use super::wire;
use crate::edge::Edge;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::account::{ListPools, PoolKind};
use domain::address::Address;
use domain::error::{Error, invalid};
use domain::seal::{Place, Purpose};
use serde::Deserialize;
use serde_json::{Value, json};

const CURSOR: Place<'_> = Place::new(Purpose::Cursor, "", "", "identity pools");

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    max_results: u32,
    next_token: Option<String>,
}

/// The pools of the region that the signature names.
pub(super) async fn run(edge: &Edge, region: &str, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let after = match &ask.next_token {
        Some(token) => open(edge, token).ok_or_else(|| invalid("Invalid pagination token."))?,
        None => String::new(),
    };
    let prefix = format!("{region}:");
    let command = ListPools { kind: PoolKind::Identity, after, limit: ask.max_results + 1, prefix };
    let mut pools = edge.call(&Address::ACCOUNT, &command).await?;
    let size = ask.max_results as usize;
    let more = pools.len() > size;
    pools.truncate(size);
    let listed: Vec<Value> = pools
        .iter()
        .map(|pool| json!({ "IdentityPoolId": pool.id, "IdentityPoolName": pool.name }))
        .collect();
    let mut answer = json!({ "IdentityPools": listed });
    if let (Some(last), Some(answer)) = (pools.last().filter(|_| more), answer.as_object_mut()) {
        let sealed = edge.settings().keys.seal(CURSOR, last.id.as_bytes(), edge.platform.random());
        answer.insert("NextToken".into(), json!(URL_SAFE_NO_PAD.encode(sealed)));
    }
    Ok(answer)
}

fn open(edge: &Edge, token: &str) -> Option<String> {
    let sealed = URL_SAFE_NO_PAD.decode(token).ok()?;
    String::from_utf8(edge.settings().keys.open(CURSOR, &sealed).ok()?).ok()
}
