//! What the gate knows and asks: its document, tokens seen before, browser sessions and the way to one.

mod document;
mod known;
mod session;
mod sign_in;
mod token;

pub(crate) use document::{current, replace};
pub(crate) use known::Known;
pub(crate) use session::{end, standing};
pub(crate) use sign_in::{Begun, Browser, CallbackFault, Journey, begin, finish};
pub(crate) use token::{Unproven, bearer};

use domain::gate::{Cors, Route, Upstream};

/// Seconds that a browser's session may be used without asking again. A known token asks after its pool, whose snapshots
/// are younger.
pub(crate) const MAX_AGE: i64 = 60;

/// A route that leads to a bucket, as the bucket's door needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BucketRoute {
    pub(crate) id: String,
    pub(crate) bucket: String,
    pub(crate) binding: String,
    /// What stands before the bucket's name in the path, with a slash at its end; `None` on a host of its own.
    pub(crate) root: Option<String>,
    pub(crate) cors: Cors,
}

impl BucketRoute {
    /// `None` if the route leads elsewhere.
    pub(crate) fn of(route: &Route) -> Option<Self> {
        let Upstream::Bucket { bucket, binding } = &route.upstream else { return None };
        // Signatures are not ambient, so any page may call unless the route says otherwise.
        let open = || Cors {
            origins: vec!["*".into()],
            headers: vec![],
            expose: vec![],
            credentials: false,
            max_age: 3600,
        };
        Some(Self {
            id: route.id.clone(),
            bucket: bucket.clone(),
            binding: binding.clone(),
            root: route.path_style_root(bucket).map(str::to_owned),
            cors: route.cors.clone().unwrap_or_else(open),
        })
    }
}
