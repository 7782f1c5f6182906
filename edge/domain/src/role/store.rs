//! Roles and their inline policies. Names are compared without regard to case.

use super::Role;
use crate::sql::{Row, Sql, SqlFault};
use std::collections::BTreeMap;

const COLUMNS: &str = "name, id, trust, description, max_session, created, revoked_before";

pub(super) fn find(sql: &dyn Sql, name: &str) -> Result<Option<Role>, SqlFault> {
    let rows = sql.query(&format!("SELECT {COLUMNS} FROM role WHERE name = ?"), &[name.into()])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let mut found = role(row)?;
    let policies =
        sql.query("SELECT name, document FROM role_policy WHERE role = ? ORDER BY name", &[name.into()])?;
    found.policies =
        policies.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect::<Result<_, SqlFault>>()?;
    Ok(Some(found))
}

pub(super) fn page(sql: &dyn Sql, after: &str, limit: u32) -> Result<Vec<Role>, SqlFault> {
    let rows = sql.query(
        &format!("SELECT {COLUMNS} FROM role WHERE name > ? ORDER BY name LIMIT ?"),
        &[after.into(), limit.into()],
    )?;
    rows.iter().map(role).collect()
}

/// All roles with their policies; quotas bound them.
pub(crate) fn list(sql: &dyn Sql) -> Result<Vec<Role>, SqlFault> {
    let mut roles = page(sql, "", u32::MAX)?;
    let rows =
        sql.query("SELECT role, name, document FROM role_policy WHERE role > '' ORDER BY role, name", &[])?;
    let mut policies: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for row in rows {
        policies.entry(row.text(0)?).or_default().insert(row.text(1)?, row.text(2)?);
    }
    for role in &mut roles {
        role.policies = policies.remove(&role.name).unwrap_or_default();
    }
    Ok(roles)
}

pub(super) fn insert(sql: &dyn Sql, role: &Role) -> Result<(), SqlFault> {
    sql.query(
        &format!("INSERT INTO role ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"),
        &[
            (&role.name).into(),
            (&role.id).into(),
            (&role.trust).into(),
            role.description.clone().into(),
            role.max_session.into(),
            role.created.into(),
            role.revoked_before.into(),
        ],
    )
    .map(drop)
}

pub(super) fn delete(sql: &dyn Sql, name: &str) -> Result<(), SqlFault> {
    sql.query("DELETE FROM role WHERE name = ?", &[name.into()]).map(drop)
}

/// `role` is spelt as it is stored.
pub(super) fn upsert_policy(sql: &dyn Sql, role: &str, name: &str, document: &str) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO role_policy (role, name, document) VALUES (?, ?, ?)
         ON CONFLICT (role, name) DO UPDATE SET document = excluded.document",
        &[role.into(), name.into(), document.into()],
    )
    .map(drop)
}

/// Whether there was one.
pub(super) fn delete_policy(sql: &dyn Sql, role: &str, name: &str) -> Result<bool, SqlFault> {
    let rows = sql.query(
        "DELETE FROM role_policy WHERE role = ? AND name = ? RETURNING name",
        &[role.into(), name.into()],
    )?;
    Ok(!rows.is_empty())
}

fn role(row: &Row) -> Result<Role, SqlFault> {
    Ok(Role {
        name: row.text(0)?,
        id: row.text(1)?,
        trust: row.text(2)?,
        description: row.text_or_null(3)?,
        max_session: u32::try_from(row.integer(4)?).unwrap_or(0),
        created: row.integer(5)?,
        revoked_before: row.integer(6)?,
        policies: BTreeMap::new(),
    })
}
