use super::store;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal, invalid};
use serde::{Deserialize, Serialize};

/// The most bytes that the document may take as a JSON string.
const ROOM: usize = 384 * 1024;

/// Replaces the gate document, which the Worker has checked. Its version becomes the next one.
#[derive(Debug, Serialize, Deserialize)]
pub struct PutGate {
    /// JSON.
    pub document: String,
    /// The version that the writer has read, 0 for none: another one since is a conflict.
    pub expected_version: u64,
}

impl Command for PutGate {
    /// The new version.
    type Answer = u64;
    const NAME: &'static str = "account.put_gate";
    const OBJECT: Kind = Kind::Account;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<u64, Error> {
        // It travels as a string in the snapshot, beside the roles.
        if self.document.len() > crate::gate::MAX_BYTES || serde_json::to_string(&self.document)?.len() > ROOM
        {
            return Err(invalid("the gate document is too long"));
        }
        let found = store::gate(cx.sql)?.version;
        if found != self.expected_version {
            let message = format!(
                "the gate document is at version {found}, and this one was made from {} (`version` or `If-Match` says so)",
                self.expected_version
            );
            return Err(Refusal::Conflict { message }.into());
        }
        let version = found + 1;
        store::update_gate(cx.sql, version, &self.document)?;
        store::touch(cx.sql)?;
        cx.event("account.gate_put", "gate", &version);
        Ok(version)
    }
}
