mod claims;
mod codes;
mod guard;
mod lists;
mod protocol;

use super::*;
use crate::address::Kind;
use crate::command::Reply;
use crate::error::Refusal;
use crate::id::Placement;
use crate::object::trial::{START, Trial};

fn sub(digit: u8) -> Sub {
    let d = char::from(b'0' + digit);
    let run = |n: usize| d.to_string().repeat(n);
    Sub::parse(&format!("{}-{}-4{}-8{}-{}", run(8), run(4), run(3), run(3), run(12))).unwrap()
}

fn named(key: &str) -> Name {
    Name { kind: NameKind::Username, key: key.into() }
}

fn hash(text: &str) -> NewPassword {
    NewPassword { hash: text.to_owned().into(), lives: None }
}

/// A confirmed user with the password `$one`, on a shard that is a pool's only one.
fn register(digit: u8, username: &str) -> Register {
    Register {
        user: User {
            sub: sub(digit),
            username: username.into(),
            status: Status::Confirmed,
            enabled: true,
            created: 0,
            modified: 0,
            attributes: BTreeMap::new(),
        },
        password: Some(hash("$one")),
        here: vec![named(username)],
        elsewhere: vec![],
        operation: format!("register-{digit}"),
        placement: Placement::new(1),
    }
}

fn with_ann() -> Trial {
    let trial = Trial::new(Kind::UserShard);
    assert!(matches!(trial.answer(&register(1, "ann")), Registered::Done(_)));
    trial
}

fn ann() -> Who {
    Who::known(sub(1))
}
