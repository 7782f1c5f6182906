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

/// A command written down: what all commands have in common, so that the way to the object is one piece of code.
#[derive(Debug)]
pub struct Written {
    name: &'static str,
    body: Box<RawValue>,
}

impl Written {
    pub fn of<C: Command>(command: &C) -> Result<Self, Fault> {
        let body = serde_json::value::to_raw_value(command)
            .map_err(|e| Fault(format!("encode {}: {e}", C::NAME)))?;
        Ok(Self { name: C::NAME, body })
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The bytes of one call.
    pub fn envelope(
        &self,
        operation: &str,
        version: u64,
        offset: i64,
        caller: &Caller,
    ) -> Result<Vec<u8>, Fault> {
        let caller = caller.clone();
        let envelope =
            Envelope { form: 1, command: self.name, operation, version, offset, caller, body: &self.body };
        serde_json::to_vec(&envelope).map_err(|e| Fault(format!("encode {}: {e}", self.name)))
    }

    /// What the object answered, the answer itself still unread: [`answer`] does that.
    pub fn open(&self, reply: &[u8]) -> Result<Reply<Box<RawValue>>, Fault> {
        serde_json::from_slice(reply).map_err(|e| Fault(format!("answer of {}: {e}", self.name)))
    }
}

/// Reads the answer to a `C`.
pub fn answer<C: Command>(raw: &RawValue) -> Result<C::Answer, Fault> {
    serde_json::from_str(raw.get()).map_err(|e| Fault(format!("answer of {}: {e}", C::NAME)))
}

/// Builds the bytes of one call.
pub fn encode<C: Command>(
    command: &C,
    operation: &str,
    version: u64,
    offset: i64,
    caller: &Caller,
) -> Result<Vec<u8>, Fault> {
    Written::of(command)?.envelope(operation, version, offset, caller)
}

/// Reads what [`encode`]'s receiver answered.
pub fn decode<C: Command>(reply: &[u8]) -> Result<Reply<C::Answer>, Fault> {
    let reply: Reply<Box<RawValue>> =
        serde_json::from_slice(reply).map_err(|e| Fault(format!("answer of {}: {e}", C::NAME)))?;
    reply.read::<C>()
}

impl Reply<Box<RawValue>> {
    /// The same with its answer read.
    pub fn read<C: Command>(self) -> Result<Reply<C::Answer>, Fault> {
        Ok(match self {
            Self::Answer(raw) => Reply::Answer(answer::<C>(&raw)?),
            Self::Refused(refusal) => Reply::Refused(refusal),
            Self::Stale(version) => Reply::Stale(version),
            Self::Gone => Reply::Gone,
            Self::Absent => Reply::Absent,
            Self::Fault(fault) => Reply::Fault(fault),
        })
    }
}
