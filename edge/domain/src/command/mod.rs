//! The typed call from the Worker tier to an object: one struct a command, the same in a native test and on the runtime.

use crate::address::Kind;
use crate::caller::Caller;
use crate::context::Context;
use crate::error::{Error, Fault, Refusal};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Something an object can be asked to do. The struct is the wire form, so the release before and after must read it:
/// fields are added with `#[serde(default)]` and never renamed (pinned samples in the tests hold this).
pub trait Command: Serialize + DeserializeOwned {
    type Answer: Serialize + DeserializeOwned;
    /// `noun.verb`; never reused for another meaning.
    const NAME: &'static str;
    const OBJECT: Kind;
    /// A command that writes has its answer remembered under its operation id, and repeated.
    const WRITES: bool = true;
    /// Only such a command brings an object's schema into being; others find nothing there.
    const FOUNDS: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<Self::Answer, Error>;
}

/// What travels to an object.
#[derive(Debug, Serialize, Deserialize)]
pub struct Envelope<'a> {
    /// The form of this struct, 1.
    pub form: u16,
    pub command: &'a str,
    /// Drawn once a flow step; a repetition of the step carries the same.
    pub operation: &'a str,
    /// The pool version that the command was built from; 0 when it depends on none.
    pub version: u64,
    /// Seconds added to the object's clock; other than 0 only where the local test clock exists.
    pub offset: i64,
    pub caller: Caller,
    #[serde(borrow)]
    pub body: &'a RawValue,
}

/// What comes back.
#[derive(Debug, Serialize, Deserialize)]
pub enum Reply<A> {
    Answer(A),
    Refused(Refusal),
    /// The object knows a newer version of the pool: reload and try again.
    Stale(u64),
    /// The pool was deleted.
    Gone,
    /// There is no such object: nothing has founded it.
    Absent,
    Fault(Fault),
}

/// Builds the bytes of one call.
pub fn encode<C: Command>(
    command: &C,
    operation: &str,
    version: u64,
    offset: i64,
    caller: &Caller,
) -> Result<Vec<u8>, Fault> {
    let fault = |e: serde_json::Error| Fault(format!("encode {}: {e}", C::NAME));
    let body = serde_json::value::to_raw_value(command).map_err(fault)?;
    let envelope = Envelope {
        form: 1,
        command: C::NAME,
        operation,
        version,
        offset,
        caller: caller.clone(),
        body: &body,
    };
    serde_json::to_vec(&envelope).map_err(fault)
}

/// Reads what [`encode`]'s receiver answered.
pub fn decode<C: Command>(reply: &[u8]) -> Result<Reply<C::Answer>, Fault> {
    serde_json::from_slice(reply).map_err(|e| Fault(format!("answer of {}: {e}", C::NAME)))
}
