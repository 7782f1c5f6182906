//! Commands as they travel, each of every kind of object, kept as text: they are the wire form that two releases share,
//! and the corpus for what must hold of every command whatever it does.

use super::*;
use crate::sql::Value;
use sha2::{Digest, Sha256};

struct Sample {
    reply: &'static str,
    command: &'static str,
    body: &'static str,
}

fn samples(text: &'static str) -> Vec<Sample> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut parts = line.splitn(3, ' ');
            let mut next = || parts.next().expect("reply, command and body");
            Sample { reply: next(), command: next(), body: next() }
        })
        .collect()
}

fn corpus() -> Vec<(Kind, Vec<Sample>)> {
    vec![
        (Kind::Account, samples(include_str!("samples/account.txt"))),
        (Kind::Pool, samples(include_str!("samples/pool.txt"))),
        (Kind::Pool, samples(include_str!("samples/identity_pool.txt"))),
        (Kind::UserShard, samples(include_str!("samples/user_shard.txt"))),
        (Kind::IdentityShard, samples(include_str!("samples/identity_shard.txt"))),
        (Kind::Outbox, samples(include_str!("samples/outbox.txt"))),
    ]
}

/// Which variant of `Reply` came back.
fn variant(reply: &serde_json::Value) -> &str {
    match reply {
        serde_json::Value::Object(fields) => fields.keys().next().map_or("", String::as_str),
        serde_json::Value::String(name) => name,
        _ => "",
    }
}

#[test]
fn every_command_has_a_sample() {
    let corpus = corpus();
    let missing: Vec<_> = table::names()
        .filter(|(kind, name)| {
            !corpus
                .iter()
                .any(|(k, samples)| k == kind && samples.iter().any(|sample| sample.command == *name))
        })
        .collect();
    assert!(missing.is_empty(), "add a line to tests/samples for {missing:?}");
}

#[test]
fn commands_of_another_release_are_read_and_answered_as_then() {
    for (kind, samples) in corpus() {
        let trial = Trial::new(kind);
        for Sample { reply, command, body } in samples {
            let operation = trial.operation();
            let answer = trial.raw(command, &operation, body);
            assert_eq!(variant(&answer), reply, "{command} {body}\n→ {answer}");
        }
    }
}

/// Fails each statement of each command in turn: the object must be as before, or as after.
#[test]
fn a_storage_fault_at_any_statement_leaves_all_or_nothing() {
    for (kind, samples) in corpus() {
        let trial = Trial::new(kind);
        for Sample { command, body, .. } in samples {
            let operation = trial.operation();
            let before = trial.dump();
            for at in 0.. {
                trial.object.sql().fail_in(at);
                let answer = trial.raw(command, &operation, body);
                if variant(&answer) == "Fault" {
                    let text = answer.to_string();
                    assert!(text.contains("injected"), "{command}: {text}");
                    // Founding is a step of its own; it brings no rows of the command's.
                    if !before.is_empty() {
                        assert_eq!(trial.dump(), before, "{command}, statement {at}");
                    }
                    continue;
                }
                assert!(trial.object.sql().disarm(), "{command} swallowed the fault at statement {at}");
                assert!(at > 0, "{command} runs no statement");
                break;
            }
        }
    }
}

/// What is kept only for a while is gone after it, and an object that rests is woken only for that.
#[test]
fn answers_and_events_are_swept_in_every_kind_of_object() {
    for (kind, samples) in corpus() {
        let trial = Trial::new(kind);
        for Sample { command, body, .. } in samples {
            trial.raw(command, &trial.operation(), body);
        }
        assert_ne!(trial.number("SELECT count(*) FROM operation"), 0, "{kind:?}");
        let events = trial.number("SELECT count(*) FROM event");
        let sweep = || {
            let due = trial.rows("SELECT due FROM job WHERE kind = 'sweep'");
            due.first().map(|row| row.integer(0).unwrap())
        };
        let mut woken = 0;
        while let Some(due) = sweep() {
            trial.object.ring(due).unwrap();
            woken += 1;
            if due < START + 90 * 86_400 && trial.number("SELECT gone FROM meta") == 0 {
                assert_eq!(trial.number("SELECT count(*) FROM event"), events, "{kind:?}: too early");
            }
            assert!(woken < 1000, "{kind:?} is swept for ever");
        }
        assert_eq!(trial.number("SELECT count(*) FROM operation"), 0, "{kind:?}");
        assert_eq!(trial.number("SELECT count(*) FROM event"), 0, "{kind:?}");
        if matches!(kind, Kind::Account | Kind::Pool | Kind::IdentityShard | Kind::Outbox) {
            assert!(woken <= 3, "{kind:?} was woken {woken} times");
        }
    }
}

/// Deleted is deleted: a copy of the disk tells nothing of the people who were in the pool.
#[test]
fn an_object_that_is_gone_keeps_nothing_but_its_tombstone() {
    for (kind, samples) in corpus() {
        let trial = Trial::new(kind);
        let deletes =
            |command: &str| ["user.close", "identity.close", "pool.finish_delete"].contains(&command);
        for Sample { command, body, .. } in samples.iter().filter(|sample| !deletes(sample.command)) {
            trial.raw(command, &trial.operation(), body);
        }
        let Some(last) = samples.iter().find(|sample| deletes(sample.command)) else { continue };
        let full = trial.dump().len();
        trial.raw(last.command, &trial.operation(), last.body);
        assert_eq!(trial.number("SELECT gone FROM meta"), 1, "{kind:?}");
        let first = trial.number("SELECT due FROM job WHERE kind = 'sweep'");
        assert_eq!(first, trial.now.get(), "{kind:?}: it is erased at once");
        trial.object.ring(first).unwrap();
        for table in trial.rows("SELECT name FROM sqlite_master WHERE type = 'table'") {
            let Value::Text(table) = &table.0[0] else { continue };
            if !["meta", "operation", "job", "sqlite_sequence"].contains(&table.as_str()) {
                let rows = trial.number(&format!("SELECT count(*) FROM {table}"));
                assert_eq!(rows, 0, "{kind:?}: `{table}` still holds rows");
            }
        }
        trial.object.ring(first + 7200).unwrap();
        assert_eq!(trial.number("SELECT count(*) FROM operation"), 0, "{kind:?}");
        assert!(trial.dump().len() * 4 < full, "{kind:?}: {}", trial.dump());
    }
}

#[test]
fn more_events_than_one_sweep_takes_are_swept_soon_after() {
    let trial = Trial::new(Kind::Account);
    let reserve = crate::account::ForgetPool { id: "d".into() };
    trial.answer(&reserve);
    let sql = trial.object.sql();
    for _ in 0..1500 {
        sql.query(
            "INSERT INTO event (at, kind, subject, detail) VALUES (?, 'k', 's', '{}')",
            &[START.into()],
        )
        .unwrap();
    }
    let old = START + 91 * 86_400;
    trial.object.ring(old).unwrap();
    assert_eq!(trial.number("SELECT count(*) FROM event"), 501);
    assert_eq!(trial.object.next_alarm().unwrap(), Some(old + 60));
    trial.object.ring(old + 60).unwrap();
    assert_eq!((trial.number("SELECT count(*) FROM event"), trial.object.next_alarm().unwrap()), (0, None));
}

#[test]
fn only_a_write_that_moves_the_alarm_sets_it() {
    let trial = Trial::new(Kind::Account);
    let free = |domain: &str, now| {
        let command = crate::account::ForgetPool { id: domain.into() };
        let caller = crate::caller::Caller::default();
        let bytes = crate::command::encode(&command, domain, 0, 0, &caller).unwrap();
        trial.object.handle(&bytes, now, &crate::object::trial::NoChance).alarm
    };
    assert_eq!(free("a", START), Some(START + 3600));
    assert_eq!(free("b", START + 5), None);
    trial.object.ring(START + 3600).unwrap();
    assert_eq!(free("c", START + 3700), Some(START + 7300), "earlier than the events' sweep");
}

/// Tables that hold a few rows whatever happens.
const SMALL: &[&str] =
    &["sqlite_master", "sqlite_schema", "meta", "document", "signing_key", "counter", "account"];

#[test]
fn no_statement_scans_a_table_that_grows() {
    for (kind, samples) in corpus() {
        let trial = Trial::new(kind);
        let first = trial.operation();
        trial.raw(samples[0].command, &first, samples[0].body);
        let sql = trial.object.sql();
        sql.watch();
        for Sample { command, body, .. } in &samples {
            trial.raw(command, &trial.operation(), body);
        }
        trial.object.ring(START + 10_000_000).unwrap();
        trial.object.next_alarm().unwrap();
        for statement in sql.watched() {
            if statement.starts_with("CREATE") {
                continue;
            }
            // One row of a table, or a bounded number in the order of an index, is no full scan; nor is it a batch of
            // whatever comes first, to be deleted by key.
            let read = statement.split_once(" IN (").map_or(statement.as_str(), |(_, inner)| inner);
            let bounded = read.contains("LIMIT") && !read.contains("WHERE");
            for step in sql.plan(&statement).unwrap_or_else(|e| panic!("{statement}: {e}")) {
                let scans = step.starts_with("SCAN")
                    && !SMALL.iter().any(|table| step.split(' ').nth(1) == Some(table))
                    && !step.contains("SCAN CONSTANT ROW")
                    // The rows of a subquery that is itself bounded.
                    && !step.starts_with("SCAN (subquery");
                assert!(!scans || bounded, "{kind:?}: `{statement}`\n→ {step}");
                assert!(!step.contains("TEMP B-TREE"), "{kind:?}: `{statement}` sorts\n→ {step}");
            }
        }
    }
}

#[test]
fn schema_files_that_have_landed_are_never_edited() {
    let digest = |text: &str| crate::id::hex(&Sha256::digest(text)).chars().take(16).collect::<String>();
    for (file, text, pinned) in [
        ("object/0001", include_str!("../../../schema/object/0001.sql"), "039eb32acade6da2"),
        ("account/0001", include_str!("../../../schema/account/0001.sql"), "1fdd70827e9b1a6c"),
        ("account/0002", include_str!("../../../schema/account/0002.sql"), "f09701e768de9d96"),
        ("identity_shard/0001", include_str!("../../../schema/identity_shard/0001.sql"), "385d7595161faab0"),
        ("pool/0001", include_str!("../../../schema/pool/0001.sql"), "750a77c935243b11"),
        ("user_shard/0001", include_str!("../../../schema/user_shard/0001.sql"), "0580e66326148fe4"),
        ("user_shard/0002", include_str!("../../../schema/user_shard/0002.sql"), "3d0a1bbf2dd7831b"),
        ("outbox/0001", include_str!("../../../schema/outbox/0001.sql"), "be866aa985db5d9b"),
    ] {
        assert_eq!(
            digest(text),
            pinned,
            "{file}: what landed is not edited; add a file with the next number"
        );
    }
}
