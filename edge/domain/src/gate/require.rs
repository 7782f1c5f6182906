use super::Subject;
use serde::{Deserialize, Serialize};

/// What a token or session must carry. One of each list that is not empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Require {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub client_ids: Vec<String>,
}

impl Require {
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.scopes.is_empty() && self.client_ids.is_empty()
    }

    /// Whether the token was issued to a client that may come here at all. API Gateway counts a wrong audience as a bad
    /// token (401), not as one that may do too little (403).
    pub fn admits_client(&self, subject: &Subject) -> bool {
        self.client_ids.is_empty() || self.client_ids.contains(&subject.client_id)
    }

    /// Whether groups and scopes suffice.
    pub fn met_by(&self, subject: &Subject) -> bool {
        let one = |asked: &[String], had: &[String]| {
            asked.is_empty() || asked.iter().any(|name| had.contains(name))
        };
        one(&self.groups, &subject.groups) && one(&self.scopes, &subject.scopes)
    }
}
