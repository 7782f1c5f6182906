//! The rows of claims, and of what was decided about operations that claimed.

use super::Claimant;
use crate::id::Sub;
use crate::sql::{Sql, SqlFault, Value};
use crate::user::{Name, NameKind};

/// The claims to a text, of every kind.
pub(super) fn all_of(sql: &dyn Sql, key: &str) -> Result<Vec<Claimant>, SqlFault> {
    let [a, b, c, d] = NameKind::ALL.map(|kind| kind.label().into());
    let rows = sql.query(
        "SELECT kind, sub, operation FROM claim WHERE kind IN (?, ?, ?, ?) AND key = ?",
        &[a, b, c, d, key.into()],
    )?;
    rows.iter()
        .map(|row| {
            let kind = NameKind::parse(&row.text(0)?).ok_or_else(|| SqlFault("a claim of no kind".into()))?;
            claimant(Name { kind, key: key.to_owned() }, &row.text(1)?, row.text(2)?)
        })
        .collect()
}

fn claimant(name: Name, sub: &str, operation: String) -> Result<Claimant, SqlFault> {
    let sub = Sub::parse(sub).ok_or_else(|| SqlFault("a claim whose sub is no uuid".into()))?;
    Ok(Claimant { name, sub, operation })
}

pub(in crate::user) fn find(sql: &dyn Sql, name: &Name) -> Result<Option<Claimant>, SqlFault> {
    let rows = sql.query(
        "SELECT sub, operation FROM claim WHERE kind = ? AND key = ?",
        &[name.kind.label().into(), (&name.key).into()],
    )?;
    rows.first().map(|row| claimant(name.clone(), &row.text(0)?, row.text(1)?)).transpose()
}

/// A claim in a state, `open` or `settled`.
pub(super) fn insert(sql: &dyn Sql, claimant: &Claimant, state: &str, now: i64) -> Result<(), SqlFault> {
    let [kind, key, sub, operation] = columns(claimant);
    sql.query(
        "INSERT INTO claim (kind, key, sub, operation, state, at) VALUES (?, ?, ?, ?, ?, ?)",
        &[kind, key, sub, operation, state.into(), now.into()],
    )
    .map(drop)
}

pub(super) fn settle(sql: &dyn Sql, claimant: &Claimant) -> Result<(), SqlFault> {
    sql.query(
        "UPDATE claim SET state = 'settled' WHERE kind = ? AND key = ? AND sub = ? AND operation = ?",
        &columns(claimant),
    )
    .map(drop)
}

pub(in crate::user) fn release(sql: &dyn Sql, claimant: &Claimant) -> Result<(), SqlFault> {
    sql.query(
        "DELETE FROM claim WHERE kind = ? AND key = ? AND sub = ? AND operation = ?",
        &columns(claimant),
    )
    .map(drop)
}

/// Releases whatever claim the user has to a name on this shard.
pub(in crate::user) fn release_of(sql: &dyn Sql, sub: &Sub, name: &Name) -> Result<(), SqlFault> {
    sql.query(
        "DELETE FROM claim WHERE kind = ? AND key = ? AND sub = ?",
        &[name.kind.label().into(), (&name.key).into(), sub.as_str().into()],
    )
    .map(drop)
}

fn columns(claimant: &Claimant) -> [Value; 4] {
    [
        claimant.name.kind.label().into(),
        (&claimant.name.key).into(),
        claimant.sub.as_str().into(),
        (&claimant.operation).into(),
    ]
}

/// Stores an outcome unless one is stored; gives the one that stands.
pub(super) fn decide(sql: &dyn Sql, operation: &str, outcome: &str, now: i64) -> Result<String, SqlFault> {
    sql.query(
        "INSERT INTO decision (operation, outcome, at) VALUES (?, ?, ?) ON CONFLICT (operation) DO NOTHING",
        &[operation.into(), outcome.into(), now.into()],
    )?;
    let rows = sql.query("SELECT outcome FROM decision WHERE operation = ?", &[operation.into()])?;
    rows.first().map_or_else(|| Ok(String::new()), |row| row.text(0))
}
