//! The gate document: read with the account's snapshot, replaced by an operator.

use super::sign_in::CALLBACK;
use crate::edge::Edge;
use crate::flow::account;
use crate::hosts::{self, Owner};
use crate::path::{Base, Path};
use domain::account::PutGate;
use domain::error::{Error, Refusal, fault, invalid};
use domain::gate::{Auth, Document, HostPattern, MAX_BYTES, Upstream};
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
    document
        .check_sessions()
        .map_err(|error| Error::from(Refusal::Invalid { message: error.to_string() }))?;
    check_upstreams(&document)?;
    check_reach(edge, &document)?;
    check_proofs(edge, &document).await?;
    let expected_version = expected.unwrap_or(document.version);
    let document = serde_json::to_string(&document)?;
    if document.len() > MAX_BYTES {
        return Err(invalid("the document is too long with its defaults spelt out"));
    }
    account::change(edge, PutGate { document, expected_version }).await
}

/// Whether the pools and clients that routes prove requests by are there, and a browser can come back. What stands
/// already is not asked after: a pool that is gone must not keep an operator from mending another route.
async fn check_proofs(edge: &Edge, document: &Document) -> Result<(), Error> {
    edge.account_fresh().await?;
    // One that no longer reads must not keep an operator from replacing it.
    let standing = current(edge).await.ok();
    for route in &document.routes {
        let old = standing.as_ref().and_then(|document| document.by_id(&route.id));
        if old.is_some_and(|old| (&old.auth, &old.matches.host) == (&route.auth, &route.matches.host)) {
            continue;
        }
        match &route.auth {
            Auth::Jwt { pools, .. } => {
                for pool in pools {
                    edge.pool_now(pool).await.map_err(|error| missing(&route.id, error))?;
                }
            }
            Auth::Session { pool, client_id, .. } => {
                let found = edge.client_of(pool, client_id).await;
                let (_, client) = found.map_err(|error| missing(&route.id, error))?;
                if !client.callback_urls.iter().any(|url| is_callback(url, &route.matches.host)) {
                    return Err(invalid(format!(
                        "route `{}`: client `{client_id}` has no callback URL `https://<host>{CALLBACK}` for a host of \
                         the route",
                        route.id
                    )));
                }
            }
            Auth::Iam {} => {}
        }
    }
    Ok(())
}

/// Whether each route can be reached: paths and hosts of ours come before it. A pattern of several hosts may mean others.
fn check_reach(edge: &Edge, document: &Document) -> Result<(), Error> {
    for route in &document.routes {
        let path = &route.matches.path;
        let taken = path.is_within("/_gate")
            || match &route.matches.host {
                HostPattern::Exact(host) => match Owner::of(edge.settings(), host) {
                    Owner::Deployment => hosts::own_paths(edge.settings()).any(|root| path.is_within(root)),
                    Owner::Pool(_) => true,
                    Owner::Gate => false,
                },
                HostPattern::Any | HostPattern::Below(_) => false,
            };
        if taken {
            let id = &route.id;
            return Err(invalid(format!("route `{id}`: `{path}` of this host is the deployment's own")));
        }
    }
    Ok(())
}

/// A pool or client that is not there, as a mistake of the route.
fn missing(route: &str, error: Error) -> Error {
    match error {
        Error::Refused(Refusal::PoolNotFound { pool }) => {
            invalid(format!("route `{route}`: there is no user pool `{pool}`"))
        }
        Error::Refused(Refusal::ClientNotFound { client }) => {
            invalid(format!("route `{route}`: the pool has no client `{client}`"))
        }
        other => other,
    }
}

/// Whether a registered URL is where browsers come back to on one of these hosts.
fn is_callback(url: &str, hosts: &HostPattern) -> bool {
    url::Url::parse(url).is_ok_and(|url| {
        url.path() == CALLBACK
            && url.query().is_none()
            && url.host_str().is_some_and(|host| hosts.matches(host))
    })
}

/// Whether each URL reads the same to the parser that will send requests there.
fn check_upstreams(document: &Document) -> Result<(), Error> {
    let root = Path::parse("/").map_err(|error| fault(error.to_string()))?;
    for route in &document.routes {
        if let Upstream::Http { url, .. } = &route.upstream {
            Base::read(url)
                .and_then(|base| root.upstream(&base))
                .map_err(|error| invalid(format!("`{url}` of route `{}`: {error}", route.id)))?;
        }
    }
    Ok(())
}
