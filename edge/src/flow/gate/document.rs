//! The gate document: read with the account's snapshot, replaced by an operator.

use crate::edge::Edge;
use crate::path::Path;
use domain::account::PutGate;
use domain::address::Address;
use domain::error::{Error, Refusal, fault, invalid};
use domain::gate::{Document, MAX_BYTES, Upstream};
use std::rc::Rc;

/// The document in force, at most some seconds old.
pub(crate) async fn current(edge: &Edge) -> Result<Rc<Document>, Error> {
    let account = edge.account().await?;
    let gate = &account.gate;
    if let Some(document) = edge.cache.gate.document(gate.version) {
        return Ok(document);
    }
    let mut document = if gate.document.is_empty() {
        Document::default()
    } else {
        // Stored rows are checked again: what a deployment may do can have changed since.
        Document::parse(gate.document.as_bytes(), edge.settings().local)
            .map_err(|error| fault(format!("the stored gate document: {error}")))?
    };
    document.version = gate.version;
    let document = Rc::new(document);
    edge.cache.gate.keep_document(&document);
    Ok(document)
}

/// Puts a document in place of version `expected` (0 for the first) and answers the new version. Without `expected`, the
/// document says itself which version it was made from.
pub(crate) async fn replace(edge: &Edge, json: &[u8], expected: Option<u64>) -> Result<u64, Error> {
    let document = Document::parse(json, edge.settings().local)
        .map_err(|error| Error::from(Refusal::Invalid { message: error.to_string() }))?;
    check_upstreams(&document)?;
    let expected_version = expected.unwrap_or(document.version);
    let document = serde_json::to_string(&document)?;
    if document.len() > MAX_BYTES {
        return Err(invalid("the document is too long with its defaults spelt out"));
    }
    let version = edge.call(&Address::ACCOUNT, &PutGate { document, expected_version }).await?;
    edge.account_fresh().await?;
    Ok(version)
}

/// Whether each URL reads the same to the parser that will send requests there.
fn check_upstreams(document: &Document) -> Result<(), Error> {
    let root = Path::parse("/").map_err(|error| fault(error.to_string()))?;
    for route in &document.routes {
        if let Upstream::Http { url, .. } = &route.upstream {
            root.upstream(url)
                .map_err(|error| invalid(format!("`{url}` of route `{}`: {error}", route.id)))?;
        }
    }
    Ok(())
}
