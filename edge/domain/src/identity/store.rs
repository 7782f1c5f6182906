//! An identity pool's document, and a shard's identities and logins.

use super::{Identity, IdentityPool, Login};
use crate::id::IdentityId;
use crate::sql::{Row, Sql, SqlFault};

/// The configuration, without its keys.
pub(super) fn find_pool(sql: &dyn Sql) -> Result<Option<IdentityPool>, SqlFault> {
    let rows = sql.query("SELECT body FROM document WHERE name = 'identity_pool'", &[])?;
    rows.first().map(|row| row.json(0)).transpose()
}

pub(super) fn update_pool(sql: &dyn Sql, pool: &IdentityPool) -> Result<(), SqlFault> {
    let bare = IdentityPool { keys: Vec::new(), ..pool.clone() };
    let body = serde_json::to_string(&bare).map_err(|e| SqlFault(e.to_string()))?;
    sql.query(
        "INSERT INTO document (name, body) VALUES ('identity_pool', ?)
         ON CONFLICT (name) DO UPDATE SET body = excluded.body",
        &[body.into()],
    )
    .map(drop)
}

pub(super) fn find(sql: &dyn Sql, id: &IdentityId) -> Result<Option<Identity>, SqlFault> {
    let rows = sql.query("SELECT created, modified FROM identity WHERE id = ?", &[id.as_str().into()])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let logins = sql.query(
        "SELECT provider, subject FROM login WHERE identity = ? ORDER BY provider",
        &[id.as_str().into()],
    )?;
    let logins = logins.iter().map(login).collect::<Result<_, _>>()?;
    Ok(Some(Identity { id: id.clone(), logins, created: row.integer(0)?, modified: row.integer(1)? }))
}

pub(super) fn insert(sql: &dyn Sql, id: &IdentityId, now: i64) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO identity (id, created, modified) VALUES (?, ?, ?)",
        &[id.as_str().into(), now.into(), now.into()],
    )
    .map(drop)
}

pub(super) fn insert_login(sql: &dyn Sql, id: &IdentityId, login: &Login) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO login (identity, provider, subject) VALUES (?, ?, ?)",
        &[id.as_str().into(), (&login.provider).into(), (&login.subject).into()],
    )
    .map(drop)
}

pub(super) fn find_claim(sql: &dyn Sql, login: &Login) -> Result<Option<IdentityId>, SqlFault> {
    let rows = sql.query(
        "SELECT identity FROM login_claim WHERE provider = ? AND subject = ?",
        &[(&login.provider).into(), (&login.subject).into()],
    )?;
    rows.first().map(|row| row.json(0)).transpose()
}

/// The id is stored whole, as JSON: it carries its pool and shard, which only the Worker can check again.
pub(super) fn insert_claim(sql: &dyn Sql, login: &Login, id: &IdentityId, now: i64) -> Result<(), SqlFault> {
    let id = serde_json::to_string(id).map_err(|e| SqlFault(e.to_string()))?;
    sql.query(
        "INSERT INTO login_claim (provider, subject, identity, at) VALUES (?, ?, ?, ?)",
        &[(&login.provider).into(), (&login.subject).into(), id.into(), now.into()],
    )
    .map(drop)
}

fn login(row: &Row) -> Result<Login, SqlFault> {
    Ok(Login { provider: row.text(0)?, subject: row.text(1)? })
}
