use super::Malformed;
use serde::{Deserialize, Serialize};

/// Who may call a route from another origin's pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cors {
    /// `https://www.example.com`, compared as a whole; or `*`.
    pub origins: Vec<String>,
    /// Request headers that may be sent; missing means those that are asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<String>,
    /// Response headers that may be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expose: Vec<String>,
    /// Cookies may come along. Not with origin `*`.
    #[serde(default)]
    pub credentials: bool,
    /// Seconds a browser may remember the answer.
    #[serde(default = "ten_minutes")]
    pub max_age: u32,
}

const fn ten_minutes() -> u32 {
    600
}

impl Cors {
    /// What `origin` gets as `access-control-allow-origin`.
    pub fn allow(&self, origin: &str) -> Option<&str> {
        let named = self.origins.iter().find(|allowed| *allowed == origin);
        named.or_else(|| self.origins.iter().find(|allowed| *allowed == "*")).map(String::as_str)
    }

    pub(super) fn check(&self) -> Result<(), Malformed> {
        if self.origins.is_empty() || self.origins.len() > 50 {
            return Err(Malformed::new("`cors.origins` holds 1 to 50 origins"));
        }
        for origin in &self.origins {
            let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            let proper = rest.is_some_and(|rest| {
                !rest.is_empty()
                    && rest.len() <= 260
                    && rest
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._:[]".contains(&b))
            });
            if origin != "*" && !proper {
                return Err(Malformed::new(format!(
                    "`cors.origins`: `{origin}` is no origin: scheme, host and port in lower case, no path"
                )));
            }
        }
        if self.credentials && self.origins.iter().any(|origin| origin == "*") {
            return Err(Malformed::new("`cors.credentials` does not go with the origin `*`"));
        }
        let named = |name: &String| {
            !name.is_empty()
                && name.len() <= 128
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
        };
        if self.headers.len() > 50
            || self.expose.len() > 50
            || !self.headers.iter().chain(&self.expose).all(named)
        {
            return Err(Malformed::new("`cors.headers` and `cors.expose` hold at most 50 header names each"));
        }
        if self.max_age > 86_400 {
            return Err(Malformed::new("`cors.max_age` is at most 86400"));
        }
        Ok(())
    }
}
