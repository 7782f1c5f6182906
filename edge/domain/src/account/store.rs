//! The account's rows; roles have a store of their own.

use super::{Gate, ListPools, PoolEntry, PoolKind, RegisterPool};
use crate::error::{Error, fault};
use crate::sql::{Row, Sql, SqlFault};
use std::collections::BTreeMap;

pub(super) fn version(sql: &dyn Sql) -> Result<u64, Error> {
    number(sql, "SELECT version FROM account WHERE id = 1")
}

/// Counts a change; to be called by every verb that makes one.
pub(crate) fn touch(sql: &dyn Sql) -> Result<(), SqlFault> {
    sql.query("UPDATE account SET version = version + 1 WHERE id = 1", &[]).map(drop)
}

pub(super) fn gate(sql: &dyn Sql) -> Result<Gate, Error> {
    let rows = sql.query("SELECT gate_version, gate FROM account WHERE id = 1", &[])?;
    let row = rows.first().ok_or_else(|| fault("an account without its row"))?;
    Ok(Gate { version: u64::try_from(row.integer(0)?).unwrap_or(0), document: row.text(1)? })
}

pub(super) fn update_gate(sql: &dyn Sql, version: u64, document: &str) -> Result<(), SqlFault> {
    let version = i64::try_from(version).unwrap_or(i64::MAX);
    sql.query(
        "UPDATE account SET gate_version = ?, gate = ? WHERE id = 1",
        &[version.into(), document.into()],
    )
    .map(drop)
}

/// An entry's name and version.
pub(super) fn find_pool(sql: &dyn Sql, kind: PoolKind, id: &str) -> Result<Option<(String, u64)>, SqlFault> {
    let rows = sql.query(
        "SELECT name, version FROM pool WHERE kind = ? AND id = ?",
        &[kind.label().into(), id.into()],
    )?;
    rows.first().map(|row| Ok((row.text(0)?, u64::try_from(row.integer(1)?).unwrap_or(0)))).transpose()
}

pub(super) fn count_pools(sql: &dyn Sql, kind: PoolKind) -> Result<i64, SqlFault> {
    let rows = sql.query("SELECT count(*) FROM pool WHERE kind = ?", &[kind.label().into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

pub(super) fn upsert_pool(sql: &dyn Sql, pool: &RegisterPool, now: i64) -> Result<(), SqlFault> {
    let version = i64::try_from(pool.version).unwrap_or(i64::MAX);
    sql.query(
        "INSERT INTO pool (kind, id, name, created, modified, version) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (kind, id) DO UPDATE
         SET name = excluded.name, modified = excluded.modified, version = excluded.version",
        &[
            pool.kind.label().into(),
            (&pool.id).into(),
            (&pool.name).into(),
            now.into(),
            now.into(),
            version.into(),
        ],
    )
    .map(drop)
}

pub(super) fn is_forgotten(sql: &dyn Sql, id: &str) -> Result<bool, SqlFault> {
    Ok(!sql.query("SELECT 1 FROM forgotten_pool WHERE id = ?", &[id.into()])?.is_empty())
}

pub(super) fn insert_forgotten(sql: &dyn Sql, id: &str) -> Result<(), SqlFault> {
    sql.query("INSERT INTO forgotten_pool (id) VALUES (?) ON CONFLICT (id) DO NOTHING", &[id.into()])
        .map(drop)
}

pub(super) fn delete_pool(sql: &dyn Sql, id: &str) -> Result<(), SqlFault> {
    for kind in [PoolKind::User, PoolKind::Identity] {
        sql.query("DELETE FROM pool WHERE kind = ? AND id = ?", &[kind.label().into(), id.into()])?;
    }
    Ok(())
}

/// Ids are ASCII, so nothing that begins with the prefix comes after it and the last character.
pub(super) fn page_pools(sql: &dyn Sql, list: &ListPools, limit: u32) -> Result<Vec<PoolEntry>, SqlFault> {
    let (after, end) = (list.after.as_str().max(list.prefix.as_str()), format!("{}\u{7f}", list.prefix));
    let rows = sql.query(
        "SELECT id, name, created, modified FROM pool WHERE kind = ? AND id > ? AND id < ? ORDER BY id LIMIT ?",
        &[list.kind.label().into(), after.into(), end.into(), limit.into()],
    )?;
    rows.iter().map(entry).collect()
}

pub(super) fn find_domain(sql: &dyn Sql, name: &str) -> Result<Option<String>, SqlFault> {
    let rows = sql.query("SELECT pool FROM domain WHERE name = ?", &[name.into()])?;
    rows.first().map(|row| row.text(0)).transpose()
}

/// The prefixes of one pool: one at most, but for what an older release left.
pub(super) fn list_domains_of(sql: &dyn Sql, pool: &str) -> Result<Vec<String>, SqlFault> {
    sql.query("SELECT name FROM domain WHERE pool = ?", &[pool.into()])?
        .iter()
        .map(|row| row.text(0))
        .collect()
}

pub(super) fn insert_domain(sql: &dyn Sql, name: &str, pool: &str) -> Result<(), SqlFault> {
    sql.query("INSERT INTO domain (name, pool) VALUES (?, ?)", &[name.into(), pool.into()]).map(drop)
}

pub(super) fn delete_domain(sql: &dyn Sql, name: &str) -> Result<(), SqlFault> {
    sql.query("DELETE FROM domain WHERE name = ?", &[name.into()]).map(drop)
}

/// All prefixes: as many as there may be pools.
pub(super) fn list_domains(sql: &dyn Sql) -> Result<BTreeMap<String, String>, SqlFault> {
    pairs(sql, "SELECT name, pool FROM domain WHERE name > '' ORDER BY name")
}

fn pairs(sql: &dyn Sql, statement: &str) -> Result<BTreeMap<String, String>, SqlFault> {
    sql.query(statement, &[])?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

fn number(sql: &dyn Sql, statement: &str) -> Result<u64, Error> {
    let rows = sql.query(statement, &[])?;
    let number = rows.first().ok_or_else(|| fault("an account without its row"))?.integer(0)?;
    Ok(u64::try_from(number).unwrap_or(0))
}

fn entry(row: &Row) -> Result<PoolEntry, SqlFault> {
    Ok(PoolEntry {
        id: row.text(0)?,
        name: row.text(1)?,
        created: row.integer(2)?,
        modified: row.integer(3)?,
    })
}
