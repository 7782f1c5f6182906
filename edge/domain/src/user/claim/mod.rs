//! Claims: a name belongs to at most one user of a pool, though names and users live on different shards.
//!
//! The protocol: claim the name (open) → write the user, who now holds it → settle the claim. A name whose shard is also
//! the user's home is claimed in the user's own transaction. Crash table:
//!
//! | stopped after | state | who mends it |
//! |---|---|---|
//! | claim | open claim, nobody holds the name | the next who wants the name asks the owner, which stores 'aborted'; the late write finds that and is refused; the claim is released |
//! | user written | open claim, the owner holds the name | lookups follow the claim to the owner, who holds it; the next contender is told so |
//! | settled | done | – |
//! | user deleted or name moved, claim not yet released | claim to a name its owner does not hold | the next contender asks the owner and releases it |
//!
//! What a person types does not say of which kind it is. So a text is one person's in all its kinds: nobody gets as a
//! username what another signs in with as their preferred one. All kinds of a text live on one shard, as placement minds
//! the text alone. The text of a sub is its user's from the beginning: it lives where they do, and nobody else gets it.
//!
//! Asking decides: after [`Decide`] answered "not held", the operation asked about can never make it held.

mod store;

use super::{Name, store as users};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::id::{Placement, Sub};
use crate::sql::{Sql, SqlFault};
use serde::{Deserialize, Serialize};

pub(super) use store::{find, release, release_of};

/// Who has a claim, and by which operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimant {
    pub name: Name,
    pub sub: Sub,
    pub operation: String,
}

/// How claiming went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Taken {
    /// The claim is ours.
    Ours,
    /// A user of this very shard holds the name.
    Held(Sub),
    /// Somebody else claims it: ask their home shard.
    Contested(Claimant),
}

/// Claims a name for a user whose home is another shard. Sent to the name's shard.
#[derive(Debug, Serialize, Deserialize)]
pub struct Claim {
    pub claimant: Claimant,
    pub placement: Placement,
}

impl Command for Claim {
    type Answer = Taken;
    const NAME: &'static str = "user.claim";
    const OBJECT: Kind = Kind::UserShard;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Taken, Error> {
        take(cx, self.placement, &self.claimant, "open")
    }
}

/// The user holds the name now. Sent to the name's shard.
#[derive(Debug, Serialize, Deserialize)]
pub struct SettleClaim {
    pub claimant: Claimant,
}

impl Command for SettleClaim {
    type Answer = ();
    const NAME: &'static str = "user.settle_claim";
    const OBJECT: Kind = Kind::UserShard;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        Ok(store::settle(cx.sql, &self.claimant)?)
    }
}

/// Gives a claim back. Only this claimant's: a later claim by another operation stays.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReleaseClaim {
    pub claimant: Claimant,
}

impl Command for ReleaseClaim {
    type Answer = ();
    const NAME: &'static str = "user.release_claim";
    const OBJECT: Kind = Kind::UserShard;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        Ok(store::release(cx.sql, &self.claimant)?)
    }
}

/// What a user's home says of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holding {
    Held,
    /// Not held, and the operation asked about never will.
    NotHeld,
}

/// Asks a user's home whether the user holds a name, and ends the operation that meant to if not.
#[derive(Debug, Serialize, Deserialize)]
pub struct Decide {
    pub claimant: Claimant,
}

impl Command for Decide {
    type Answer = Holding;
    const NAME: &'static str = "user.decide";
    const OBJECT: Kind = Kind::UserShard;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Holding, Error> {
        if users::holds(cx.sql, &self.claimant.sub, &self.claimant.name)? {
            return Ok(Holding::Held);
        }
        store::decide(cx.sql, &self.claimant.operation, "aborted", cx.now)?;
        Ok(Holding::NotHeld)
    }
}

/// Claims a name on this, its shard. Writes nothing unless the answer is `Ours`.
pub(super) fn take(
    cx: &Context<'_>,
    placement: Placement,
    wanted: &Claimant,
    state: &str,
) -> Result<Taken, Error> {
    let lives_here = |sub: &Sub| placement.of_sub(sub) == placement.of_name(&wanted.name.key);
    if let Some(own) = find(cx.sql, &wanted.name)?.filter(|current| current.sub == wanted.sub) {
        if own.operation == wanted.operation || users::holds(cx.sql, &own.sub, &own.name)? {
            return Ok(Taken::Ours);
        }
        if !lives_here(&own.sub) {
            return Ok(Taken::Contested(own));
        }
    }
    match look(cx.sql, placement, &wanted.sub, &wanted.name)? {
        Taken::Ours => {}
        other => return Ok(other),
    }
    // What is left are claims of users whose home is here and who do not hold the name, and one's own of other kinds.
    for leftover in store::all_of(cx.sql, &wanted.name.key)? {
        if leftover.sub != wanted.sub || leftover.name.kind == wanted.name.kind {
            store::release(cx.sql, &leftover)?;
        }
    }
    store::insert(cx.sql, wanted, state, cx.now)?;
    Ok(Taken::Ours)
}

/// Whether others leave a name of this shard to a user: `Ours` when nobody else has it, in whatever kind. Where somebody's
/// home is another shard, only that can say whether they hold it. An operation looks before it writes anything, so that
/// its answer may be this.
pub(super) fn look(sql: &dyn Sql, placement: Placement, sub: &Sub, name: &Name) -> Result<Taken, SqlFault> {
    // A sub has one spelling, in lower case, which is placed as a name is: whoever has it is on this shard.
    if let Some(of_another) = Sub::parse(&name.key).filter(|other| other != sub)
        && users::find(sql, &of_another)?.is_some()
    {
        return Ok(Taken::Held(of_another));
    }
    for current in store::all_of(sql, &name.key)? {
        if current.sub == *sub {
            continue;
        }
        if users::holds(sql, &current.sub, &current.name)? {
            return Ok(Taken::Held(current.sub));
        }
        if placement.of_sub(&current.sub) != placement.of_name(&name.key) {
            return Ok(Taken::Contested(current));
        }
    }
    Ok(Taken::Ours)
}

/// The first of these names, of this shard, for which somebody else's home has to be asked.
pub(super) fn contested(
    sql: &dyn Sql,
    placement: Placement,
    sub: &Sub,
    names: &[Name],
) -> Result<Option<Claimant>, SqlFault> {
    for name in names {
        if let Taken::Contested(other) = look(sql, placement, sub, name)? {
            return Ok(Some(other));
        }
    }
    Ok(None)
}

/// The user write of an operation that claimed names elsewhere: refused once somebody was told it never happens.
pub(super) fn commit(cx: &Context<'_>, operation: &str) -> Result<(), Error> {
    if store::decide(cx.sql, operation, "done", cx.now)? == "aborted" {
        return Err(Refusal::Busy.into());
    }
    Ok(())
}
