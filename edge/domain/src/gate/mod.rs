//! The gate document: which requests reach which upstream, and what they must prove.
//!
//! One versioned JSON document a deployment. The first route that matches decides; what no route matches is refused.
//! Unknown members are refused by name, and everything is bounded.
//!
//! ```json
//! { "version": 3,
//!   "routes": [
//!     { "id": "admin",
//!       "match": { "host": "app.example.com", "path": "/admin/*", "methods": ["GET"] },
//!       "auth": { "kind": "jwt", "pools": ["us-east-1_AbCdEfGhI"], "token_use": "access" },
//!       "require": { "groups": ["admin"], "scopes": ["notes/read"], "client_ids": ["…"] },
//!       "upstream": { "kind": "http", "url": "https://origin.example.com", "timeout": 30,
//!                     "headers": { "x-site": "app" }, "forward": { "authorization": false, "cookies": true } },
//!       "cors": { "origins": ["https://www.example.com"], "credentials": false, "max_age": 600 } },
//!     { "id": "app",
//!       "match": { "host": "app.example.com", "path": "/*" },
//!       "auth": { "kind": "session", "pool": "us-east-1_AbCdEfGhI", "client_id": "…", "scopes": ["openid"] },
//!       "upstream": { "kind": "echo" } },
//!     { "id": "photos",
//!       "match": { "path": "/s3/photos/*" },
//!       "auth": { "kind": "iam" },
//!       "upstream": { "kind": "bucket", "bucket": "photos", "binding": "BUCKET_PHOTOS" } } ] }
//! ```
//!
//! - `host` is a name, `*.name` for every name below it, or `*` (or nothing) for all. `path` is one path, or a tree
//!   `/x/*`, which holds `/x` itself too: else a rule for a tree would miss the page at its root. A slash at the end of
//!   the path asked for makes no difference to one path. `methods` missing means all (but TRACE, TRACK and
//!   CONNECT, which nobody may send); GET brings HEAD along.
//! - A browser has one session a host, so the `session` routes that can match one host name one client. A path that is
//!   the deployment's own on its host (`/assets/*`), or `/_gate/*` on any, is no route's.
//! - In `require`, one of the listed groups, one of the listed scopes and one of the listed clients must be there; a list
//!   that is missing asks nothing. A route of kind `iam` requires nothing: policies decide.
//! - `url` is where requests may go, and nowhere else; redirects are handed to the client, not followed. `http` only
//!   where the deployment is local. Header values here are configuration, not secrets: an operator can read them back.
//! - `echo` answers what passed, in local runs only.
//! - A bucket is reached at `<anything>/<bucket>/*` (path style) or at `/*` of a host of its own.

mod cors;
mod document;
mod pattern;
mod require;
mod subject;
#[cfg(test)]
mod tests;
mod upstream;

pub use cors::Cors;
pub use document::{Auth, Document, MAX_BYTES, MAX_ROUTES, Malformed, Match, Route, TokenUse};
pub use pattern::{HostPattern, PathPattern};
pub use require::Require;
pub use subject::Subject;
pub use upstream::{Forward, Upstream};
