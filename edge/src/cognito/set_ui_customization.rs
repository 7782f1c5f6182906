use super::wire;
use crate::edge::Edge;
use crate::flow::branding;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::error::{Error, invalid};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ask {
    user_pool_id: String,
    client_id: Option<String>,
    #[serde(rename = "CSS")]
    css: Option<String>,
    image_file: Option<String>,
}

/// `SetUICustomization`: the sheet and the logo together, of one client or of `ALL`.
pub(super) async fn run(edge: &Edge, input: Value) -> Result<Value, Error> {
    let ask: Ask = wire::read(input)?;
    let pool = edge.pool_now(&ask.user_pool_id).await?;
    let client = ask.client_id.as_deref().unwrap_or(domain::branding::ALL);
    let image = ask
        .image_file
        .map(|text| STANDARD.decode(text))
        .transpose()
        .map_err(|_| invalid("ImageFile is not base64"))?;
    let stored = branding::set(edge, &pool, client, ask.css.as_deref(), image.as_deref()).await?;
    Ok(json!({ "UICustomization": wire::branding::describe(edge, &pool, client, stored.as_ref()) }))
}
