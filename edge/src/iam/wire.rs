//! What several operations of this door read and write alike.

use crate::account_view::role_arn;
use crate::aws::xml::Xml;
use crate::edge::Edge;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::calendar;
use domain::error::{Error, fault, invalid};
use domain::percent;
use domain::role::Role;
use domain::seal::{Place, Purpose};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// IAM's page, where none is asked for.
const PAGE: u32 = 100;

pub(super) fn read<T: DeserializeOwned>(input: Value) -> Result<T, Error> {
    serde_json::from_value(input).map_err(|e| fault(format!("validated input that does not read: {e}")))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OneRole {
    pub(super) role_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OnePolicy {
    pub(super) role_name: String,
    pub(super) policy_name: String,
}

/// Where in a list a page begins, and how long it is.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Page {
    marker: Option<String>,
    max_items: Option<u32>,
}

impl Page {
    pub(super) fn size(&self) -> u32 {
        self.max_items.unwrap_or(PAGE)
    }

    /// The name after which the page begins; `list` says which list a marker must be of.
    pub(super) fn after(&self, edge: &Edge, list: &str) -> Result<String, Error> {
        let Some(marker) = &self.marker else { return Ok(String::new()) };
        let open = || {
            let sealed = URL_SAFE_NO_PAD.decode(marker).ok()?;
            String::from_utf8(edge.settings().keys.open(place(list), &sealed).ok()?).ok()
        };
        open().ok_or_else(|| invalid("Invalid Marker."))
    }

    /// Cuts what was found, which holds one more than the page if there is one, and says how to go on.
    pub(super) fn cut<T>(
        &self,
        edge: &Edge,
        list: &str,
        found: &mut Vec<T>,
        name: impl Fn(&T) -> &str,
    ) -> Xml {
        let size = self.size() as usize;
        let more = found.len() > size;
        found.truncate(size);
        let mut xml = Xml::new();
        xml.text("IsTruncated", more);
        if let Some(last) = found.last().filter(|_| more) {
            let sealed =
                edge.settings().keys.seal(place(list), name(last).as_bytes(), edge.platform.random());
            xml.text("Marker", URL_SAFE_NO_PAD.encode(sealed));
        }
        xml
    }
}

const fn place(list: &str) -> Place<'_> {
    Place::new(Purpose::Cursor, "", list, "iam")
}

/// A role's elements.
pub(super) fn role(edge: &Edge, role: &Role, xml: &mut Xml) {
    xml.text("Path", "/")
        .text("RoleName", &role.name)
        .text("RoleId", &role.id)
        .text("Arn", role_arn(&edge.settings().account, &role.name))
        .text("CreateDate", calendar::extended(role.created))
        .text("AssumeRolePolicyDocument", percent::encode(&role.trust));
    if let Some(description) = &role.description {
        xml.text("Description", description);
    }
    xml.text("MaxSessionDuration", role.max_session);
}
