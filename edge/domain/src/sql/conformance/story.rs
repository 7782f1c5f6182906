//! The stores over the engine: a shard's commands, delivered as the runtime delivers them.

use super::Check;
use crate::address::Kind;
use crate::caller::Caller;
use crate::command::{self, Command, Reply};
use crate::error::Refusal;
use crate::id::{Placement, Sub};
use crate::object::Object;
use crate::random::Random;
use crate::secret::Secret;
use crate::sql::{End, Row, Sql, SqlFault, Value};
use crate::user::{
    BeginPassword, CountUsers, DeleteUser, Deleted, FindUser, Located, Name, NameKind, NewPassword, Raise,
    Register, Registered, Status, User, Who,
};
use std::fmt::Debug;

pub(super) const CHECKS: &[Check] = &[("a shard's commands do what they say", a_shards_commands)];

/// Lends an engine to an object.
struct Lent<'a>(&'a dyn Sql);

impl Sql for Lent<'_> {
    fn query(&self, statement: &str, values: &[Value]) -> Result<Vec<Row>, SqlFault> {
        self.0.query(statement, values)
    }
    fn atomic(&self, work: &mut dyn FnMut() -> End) -> Result<(), SqlFault> {
        self.0.atomic(work)
    }
}

/// Nothing here depends on chance.
struct Constant;

impl Random for Constant {
    fn fill(&self, out: &mut [u8]) {
        out.fill(7);
    }
}

const NOW: i64 = 1_800_000_000;

struct Shard<'a>(Object<Lent<'a>>);

impl Shard<'_> {
    fn call<C: Command>(
        &self,
        operation: &str,
        version: u64,
        command: &C,
    ) -> Result<Reply<C::Answer>, String> {
        let bytes = command::encode(command, operation, version, 0, &Caller::default());
        let handled = self.0.handle(&bytes.map_err(|fault| fault.to_string())?, NOW, &Constant);
        command::decode::<C>(&handled.reply).map_err(|fault| fault.to_string())
    }
}

/// `reply` printed has to be `wanted` printed.
fn is<A: Debug>(what: &str, reply: &Reply<A>, wanted: &Reply<A>) -> Result<(), String> {
    let (reply, wanted) = (format!("{reply:?}"), format!("{wanted:?}"));
    if reply == wanted { Ok(()) } else { Err(format!("{what} answered {reply}, not {wanted}")) }
}

fn a_shards_commands(sql: &dyn Sql) -> Result<(), String> {
    let shard = Shard(Object::wake(Kind::UserShard, Lent(sql)).map_err(|fault| fault.to_string())?);
    let placement = Placement::new(1);
    let sub = placement.draw_sub(0, &Constant);
    let name = Name { kind: NameKind::Username, key: "ada".into() };
    let find = FindUser { who: Who::named(vec![name.clone()]) };

    is("an object that nothing founded", &shard.call("o1", 1, &find)?, &Reply::Absent)?;

    let register = register(sub.clone(), name.clone(), placement);
    let user = User { created: NOW, modified: NOW, ..register.user.clone() };
    let done = Reply::Answer(Registered::Done(user.clone()));
    is("a registration", &shard.call("o2", 1, &register)?, &done)?;
    is("its repetition", &shard.call("o2", 1, &register)?, &done)?;
    let held = Registered::NameHeld { name, by: sub.clone() };
    is("another of the same name", &shard.call("o3", 1, &register)?, &Reply::Answer(held))?;
    is("the user, found by name", &shard.call("o4", 1, &find)?, &Reply::Answer(Located::Here(user)))?;
    is("a newer configuration", &shard.call("o5", 2, &Raise {})?, &Reply::Answer(()))?;
    is("a command from before it", &shard.call("o6", 1, &CountUsers {})?, &Reply::Stale(2))?;
    is("the same built anew", &shard.call("o7", 2, &CountUsers {})?, &Reply::Answer(1))?;

    for try_ in 0..5 {
        let reply = shard.call(&format!("b{try_}"), 2, &begin(&sub, &format!("a{try_}")))?;
        if !matches!(reply, Reply::Answer(Located::Here(_))) {
            return Err(format!("try {try_} answered {reply:?}"));
        }
    }
    is("a try too many", &shard.call("b5", 2, &begin(&sub, "a5"))?, &Reply::Refused(Refusal::Busy))?;

    let delete = DeleteUser { who: Who::known(sub.clone()), proof: None, placement };
    let gone = Reply::Answer(Located::Here(Deleted { sub, elsewhere: Vec::new() }));
    is("the end", &shard.call("o8", 2, &delete)?, &gone)?;
    is("and nobody is left", &shard.call("o9", 2, &find)?, &Reply::Answer(Located::Missing))
}

fn begin(sub: &Sub, attempt: &str) -> BeginPassword {
    BeginPassword { who: Who::known(sub.clone()), attempt: attempt.into(), phantom: "p".into() }
}

fn register(sub: Sub, name: Name, placement: Placement) -> Register {
    Register {
        user: User {
            sub,
            username: name.key.clone(),
            status: Status::Confirmed,
            enabled: true,
            created: 0,
            modified: 0,
            attributes: [("email".to_owned(), "ada@example.com".to_owned())].into(),
        },
        password: Some(NewPassword { hash: Secret::new("$argon2id$".into()), lives: None }),
        here: vec![name],
        elsewhere: Vec::new(),
        operation: "o2".into(),
        placement,
    }
}
