use super::wire;
use crate::edge::Edge;
use crate::flow::list_users;
use domain::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    user_pool_id: String,
    attributes_to_get: Option<Vec<String>>,
    limit: Option<u32>,
    pagination_token: Option<String>,
    filter: Option<String>,
}

pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let pool = edge.pool_named(&ask.user_pool_id).await?;
    let filter = ask.filter.as_deref().filter(|filter| !filter.is_empty());
    let token = ask.pagination_token.as_deref();
    let limit = ask.limit.unwrap_or(60);
    let wanted = ask.attributes_to_get.as_deref();
    let (users, next) = list_users::list(edge, &pool, filter, token, limit, wanted).await?;
    let mut described: Vec<Value> = users.iter().map(wire::user::describe).collect();
    if let Some(wanted) = wanted {
        for user in &mut described {
            if let Some(list) = user.get_mut("Attributes").and_then(Value::as_array_mut) {
                list.retain(|entry| {
                    entry
                        .get("Name")
                        .and_then(Value::as_str)
                        .is_some_and(|name| wanted.iter().any(|w| w == name))
                });
            }
        }
    }
    let mut out = json!({ "Users": described });
    if let (Some(next), Some(members)) = (next, out.as_object_mut()) {
        members.insert("PaginationToken".into(), next.into());
    }
    Ok(out)
}
