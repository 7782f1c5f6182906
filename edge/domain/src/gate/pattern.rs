//! Patterns of hosts and paths, read once and matched often.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A host: one name, every name below one, or any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum HostPattern {
    #[default]
    Any,
    Exact(String),
    /// With its leading dot: `.example.com` for `*.example.com`.
    Below(String),
}

impl HostPattern {
    /// `host` is in lower case and has no port.
    pub fn matches(&self, host: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Exact(name) => host == name,
            Self::Below(tail) => host.len() > tail.len() && host.ends_with(tail.as_str()),
        }
    }
}

impl HostPattern {
    /// Whether some host matches both.
    pub fn overlaps(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, _) | (_, Self::Any) => true,
            (Self::Exact(name), pattern) | (pattern, Self::Exact(name)) => pattern.matches(name),
            (Self::Below(one), Self::Below(other)) => one.ends_with(other) || other.ends_with(one),
        }
    }
}

impl TryFrom<String> for HostPattern {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let named = |name: &str| {
            !name.is_empty()
                && name.len() <= 253
                && name.split('.').all(|label| !label.is_empty() && label.len() <= 63)
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b))
        };
        match text.strip_prefix('*') {
            Some("") => Ok(Self::Any),
            Some(tail) if tail.strip_prefix('.').is_some_and(named) => Ok(Self::Below(tail.to_owned())),
            None if named(&text) => Ok(Self::Exact(text)),
            _ => Err(format!("`{text}` is no host: a name in lower case without a port, `*.name` or `*`")),
        }
    }
}

impl From<HostPattern> for String {
    fn from(pattern: HostPattern) -> Self {
        match pattern {
            HostPattern::Any => "*".into(),
            HostPattern::Exact(name) => name,
            HostPattern::Below(tail) => format!("*{tail}"),
        }
    }
}

/// A path: one, or the tree below one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PathPattern {
    /// Without a slash at its end, unless it is `/`.
    Exact(String),
    /// The root of the tree without a slash at its end: `/x` for `/x/*`, and nothing for `/*`.
    Tree(String),
}

impl PathPattern {
    /// `path` is decoded and begins with a slash. Whether a path is in a tree may also be asked of a raw one.
    pub fn matches(&self, path: &str) -> bool {
        match self {
            Self::Exact(exact) => path == exact || path.strip_suffix('/') == Some(exact),
            Self::Tree(root) => {
                path.strip_prefix(root.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
        }
    }
}

impl PathPattern {
    /// Whether all that it matches is `root` or below it; `root` has no slash at its end.
    pub fn is_within(&self, root: &str) -> bool {
        let (Self::Exact(path) | Self::Tree(path)) = self;
        path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl TryFrom<String> for PathPattern {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let (root, tree) = match text.strip_suffix("/*") {
            Some(root) => (root, true),
            None => (text.as_str(), false),
        };
        let proper = root.len() <= 1024
            && !root.contains(|c: char| c.is_control() || matches!(c, '*' | '?' | '#' | '\\' | '%' | ';'))
            && (root.starts_with('/') || (tree && root.is_empty()))
            && root.split('/').skip(1).all(|segment| !matches!(segment, "." | ".."))
            && !root.contains("//")
            && !(tree && root.ends_with('/'));
        if !proper {
            return Err(format!(
                "`{text}` is no path: it begins with a slash, is not encoded, and has a `*` at most as its last segment"
            ));
        }
        Ok(if tree {
            Self::Tree(root.to_owned())
        } else {
            Self::Exact(root.strip_suffix('/').filter(|rest| !rest.is_empty()).unwrap_or(root).to_owned())
        })
    }
}

impl From<PathPattern> for String {
    fn from(pattern: PathPattern) -> Self {
        match pattern {
            PathPattern::Exact(path) => path,
            PathPattern::Tree(root) => format!("{root}/*"),
        }
    }
}

impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from(self.clone()))
    }
}
