//! Who is at the other end of the request, from one trusted source of the platform.

use serde::{Deserialize, Serialize};

/// Carried in every command. Headers a client can write never end up here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// The peer's IP address in text; empty when the platform does not tell.
    pub address: String,
    /// Two letters, or empty.
    pub country: String,
    /// Autonomous system number, or 0.
    pub asn: u32,
    /// The request id that the answer and the log line carry.
    pub id: String,
}
