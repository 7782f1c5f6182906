use super::{Cors, HostPattern, PathPattern, Require, Upstream};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The longest document, in bytes of JSON.
pub const MAX_BYTES: usize = 256 * 1024;
/// The most routes.
pub const MAX_ROUTES: usize = 200;

const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/// Entries of each list in a route.
const MAX_LIST: usize = 50;
/// Characters of a group, a scope or an id.
const MAX_NAME: usize = 256;

/// The routes of a deployment, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Grows by one with each write; 0 before the first.
    #[serde(default)]
    pub version: u64,
    pub routes: Vec<Route>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Names the route in logs and ARNs.
    pub id: String,
    #[serde(rename = "match")]
    pub matches: Match,
    pub auth: Auth,
    #[serde(default, skip_serializing_if = "Require::is_empty")]
    pub require: Require,
    pub upstream: Upstream,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cors: Option<Cors>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    #[serde(default)]
    pub host: HostPattern,
    pub path: PathPattern,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<String>,
}

/// How a request proves itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Auth {
    /// A bearer token of one of these user pools.
    Jwt {
        pools: Vec<String>,
        #[serde(default)]
        token_use: TokenUse,
    },
    /// A browser session, begun at the pool's hosted page.
    Session {
        pool: String,
        client_id: String,
        #[serde(default = "openid")]
        scopes: Vec<String>,
    },
    /// A signature by temporary credentials or an operator.
    Iam {},
}

fn openid() -> Vec<String> {
    vec!["openid".into()]
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenUse {
    #[default]
    Access,
    Id,
    Either,
}

impl TokenUse {
    /// Whether a token of the given kind is taken where this one is asked for.
    pub fn takes(self, token: Self) -> bool {
        self == Self::Either || self == token
    }
}

/// Why a document is refused; the text names the route and member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed(String);

impl Malformed {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Malformed {}

impl Document {
    /// Reads and checks a document. `local` says whether this is a local deployment, which allows more.
    pub fn parse(json: &[u8], local: bool) -> Result<Self, Malformed> {
        if json.len() > MAX_BYTES {
            return Err(Malformed::new(format!("the document is longer than {MAX_BYTES} bytes")));
        }
        let text = std::str::from_utf8(json).map_err(|error| Malformed::new(error.to_string()))?;
        let document: Self = serde_json::from_str(text).map_err(|error| Malformed::new(error.to_string()))?;
        document.check(local)?;
        Ok(document)
    }

    fn check(&self, local: bool) -> Result<(), Malformed> {
        if self.routes.len() > MAX_ROUTES {
            return Err(Malformed::new(format!("there are more than {MAX_ROUTES} routes")));
        }
        let mut ids = BTreeMap::new();
        let (mut bindings, mut buckets) = (BTreeMap::new(), BTreeMap::new());
        for (at, route) in self.routes.iter().enumerate() {
            let named =
                |text: &dyn fmt::Display| Malformed::new(format!("route {at} (`{}`): {text}", route.id));
            route.check(local).map_err(|error| named(&error))?;
            if ids.insert(route.id.as_str(), at).is_some() {
                return Err(named(&"the id is taken by an earlier route"));
            }
            if let Upstream::Bucket { bucket, binding } = &route.upstream {
                // Policies speak of names: two names for one bucket, or two buckets of one name, would undo them.
                let same = *bindings.entry(bucket.as_str()).or_insert(binding.as_str()) == binding
                    && *buckets.entry(binding.as_str()).or_insert(bucket.as_str()) == bucket;
                if !same {
                    return Err(named(&"a bucket has one binding and a binding one bucket, in all routes"));
                }
            }
        }
        Ok(())
    }

    /// Refuses two session routes of one host that name different clients: a browser has one session a host, so either
    /// would end the other's. For whoever stores a document; one that stands is served.
    pub fn check_sessions(&self) -> Result<(), Malformed> {
        let sessions = self.routes.iter().filter_map(|route| match &route.auth {
            Auth::Session { client_id, .. } => Some((route, client_id)),
            Auth::Jwt { .. } | Auth::Iam {} => None,
        });
        let mut earlier: Vec<(&Route, &String)> = Vec::new();
        for (route, client) in sessions {
            let clash = |(other, theirs): &&(&Route, &String)| {
                *theirs != client && other.matches.host.overlaps(&route.matches.host)
            };
            if let Some((other, _)) = earlier.iter().find(clash) {
                return Err(Malformed::new(format!(
                    "routes `{}` and `{}` can match one host, where a browser has one session, and name different clients",
                    other.id, route.id
                )));
            }
            earlier.push((route, client));
        }
        Ok(())
    }

    /// The route of a request, if any. `plain` is the decoded path, `None` where it cannot be read in one way only: then
    /// only a bucket may be meant, whose keys may hold anything, and `raw` says which.
    ///
    /// Some servers cut path parameters (`/admin;x`) before they look. Such a path goes to a route only if it would go
    /// there without them too.
    pub fn route(&self, host: &str, method: &str, raw: &str, plain: Option<&str>) -> Option<&Route> {
        let Some(plain) = plain else {
            let route = self.first(host, method, raw)?;
            return matches!(route.upstream, Upstream::Bucket { .. }).then_some(route);
        };
        let route = self.first(host, method, plain)?;
        if plain.contains(';') && !matches!(route.upstream, Upstream::Bucket { .. }) {
            let cut: Vec<&str> =
                plain.split('/').map(|part| part.split(';').next().unwrap_or_default()).collect();
            let other = self.first(host, method, &cut.join("/"))?;
            return (other.id == route.id).then_some(route);
        }
        Some(route)
    }

    fn first(&self, host: &str, method: &str, path: &str) -> Option<&Route> {
        self.routes.iter().find(|route| route.matches.matches(host, method, path))
    }

    /// A route by its id.
    pub fn by_id(&self, id: &str) -> Option<&Route> {
        self.routes.iter().find(|route| route.id == id)
    }
}

impl Match {
    fn matches(&self, host: &str, method: &str, path: &str) -> bool {
        let method = |listed: &String| listed == method || (method == "HEAD" && listed == "GET");
        (self.methods.is_empty() || self.methods.iter().any(method))
            && self.host.matches(host)
            && self.path.matches(path)
    }
}

impl Route {
    fn check(&self, local: bool) -> Result<(), Malformed> {
        let id = |b: u8| b.is_ascii_alphanumeric() || b"-_".contains(&b);
        if self.id.is_empty() || self.id.len() > 64 || !self.id.bytes().all(id) {
            return Err(Malformed::new("`id` is 1 to 64 letters, digits, `-` and `_`"));
        }
        if let Some(method) = self.matches.methods.iter().find(|method| !METHODS.contains(&method.as_str())) {
            return Err(Malformed::new(format!(
                "`match.methods`: `{method}` is none of {}",
                METHODS.join(", ")
            )));
        }
        for (name, list) in [
            ("match.methods", &self.matches.methods),
            ("require.groups", &self.require.groups),
            ("require.scopes", &self.require.scopes),
            ("require.client_ids", &self.require.client_ids),
        ] {
            check_list(name, list)?;
        }
        self.check_auth()?;
        if matches!(self.upstream, Upstream::Bucket { .. }) && !matches!(self.auth, Auth::Iam {}) {
            return Err(Malformed::new("a bucket stands behind `iam` only"));
        }
        self.upstream.check(&self.matches.path, local)?;
        self.cors.as_ref().map_or(Ok(()), Cors::check)
    }

    fn check_auth(&self) -> Result<(), Malformed> {
        match &self.auth {
            Auth::Jwt { pools, .. } => {
                if pools.is_empty() {
                    return Err(Malformed::new("`auth.pools` is empty"));
                }
                check_list("auth.pools", pools)
            }
            Auth::Session { pool, client_id, scopes } => {
                check_list("auth.scopes", scopes)?;
                check_list("auth", &[pool.clone(), client_id.clone()])?;
                if !self.require.client_ids.is_empty() {
                    return Err(Malformed::new(
                        "`require.client_ids` does not go with `session`, which has its client",
                    ));
                }
                if let Some(scope) = self.require.scopes.iter().find(|scope| !scopes.contains(scope)) {
                    return Err(Malformed::new(format!(
                        "`require.scopes`: `{scope}` is not among `auth.scopes`"
                    )));
                }
                Ok(())
            }
            Auth::Iam {} if self.require.is_empty() => Ok(()),
            Auth::Iam {} => Err(Malformed::new("`require` does not go with `iam`: policies decide")),
        }
    }

    /// Where a bucket's keys begin in the raw path: `/s3/` for `/s3/photos/*`, with the bucket's name after it. `None`
    /// where the bucket has a host of its own.
    pub fn path_style_root(&self, bucket: &str) -> Option<&str> {
        match &self.matches.path {
            PathPattern::Tree(root) => root.strip_suffix(bucket),
            PathPattern::Exact(_) => None,
        }
    }
}

fn check_list(name: &str, list: &[String]) -> Result<(), Malformed> {
    if list.len() > MAX_LIST {
        return Err(Malformed::new(format!("`{name}` holds more than {MAX_LIST}")));
    }
    let proper = |entry: &String| {
        !entry.is_empty()
            && entry.chars().count() <= MAX_NAME
            && !entry.contains(|c: char| c.is_control() || c == ' ')
    };
    match list.iter().find(|entry| !proper(entry)) {
        Some(entry) => Err(Malformed::new(format!(
            "`{name}`: `{}` is empty, too long or holds a space",
            entry.escape_debug()
        ))),
        None => Ok(()),
    }
}
