//! Rows of families, refresh tokens, codes, browser sessions and spent ids.

use super::{Began, Family};
use crate::id::Sub;
use crate::sql::{Row, Sql, SqlFault};

/// A family and whether it ended early.
pub(super) struct FamilyRow {
    pub(super) family: Family,
    pub(super) ended: Option<i64>,
}

pub(super) fn insert_family(sql: &dyn Sql, family: &Family) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO family (id, sub, client, scope, auth_time, expires, began) VALUES (?, ?, ?, ?, ?, ?, ?)",
        &[
            (&family.id).into(),
            family.sub.as_str().into(),
            (&family.client).into(),
            (&family.scope).into(),
            family.auth_time.into(),
            family.expires.into(),
            family.began.map(|began| word(began).to_owned()).into(),
        ],
    )
    .map(drop)
}

pub(super) fn find_family(sql: &dyn Sql, id: &str) -> Result<Option<FamilyRow>, SqlFault> {
    let rows = sql.query(
        "SELECT id, sub, client, scope, auth_time, expires, began, ended FROM family WHERE id = ?",
        &[id.into()],
    )?;
    rows.first().map(family).transpose()
}

pub(super) fn end_family(sql: &dyn Sql, id: &str, at: i64) -> Result<(), SqlFault> {
    sql.query("UPDATE family SET ended = ? WHERE id = ? AND ended IS NULL", &[at.into(), id.into()]).map(drop)
}

pub(super) fn end_families(sql: &dyn Sql, sub: &Sub, at: i64) -> Result<(), SqlFault> {
    sql.query(
        "UPDATE family SET ended = ? WHERE sub = ? AND ended IS NULL",
        &[at.into(), sub.as_str().into()],
    )
    .map(drop)
}

pub(super) fn delete_families(sql: &dyn Sql, sub: &Sub) -> Result<(), SqlFault> {
    sql.query("DELETE FROM family WHERE sub = ?", &[sub.as_str().into()]).map(drop)
}

/// A refresh token: its successor's hash and when it was replaced, if it was.
pub(super) struct RefreshRow {
    pub(super) family: String,
    pub(super) successor: Option<String>,
    pub(super) replaced: Option<i64>,
}

pub(super) fn insert_refresh(sql: &dyn Sql, hash: &str, family: &str) -> Result<(), SqlFault> {
    sql.query("INSERT INTO refresh (hash, family) VALUES (?, ?)", &[hash.into(), family.into()]).map(drop)
}

pub(super) fn find_refresh(sql: &dyn Sql, hash: &str) -> Result<Option<RefreshRow>, SqlFault> {
    let rows = sql.query("SELECT family, successor, replaced FROM refresh WHERE hash = ?", &[hash.into()])?;
    rows.first()
        .map(|row| {
            Ok(RefreshRow {
                family: row.text(0)?,
                successor: row.text_or_null(1)?,
                replaced: row.integer_or_null(2)?,
            })
        })
        .transpose()
}

pub(super) fn replace_refresh(sql: &dyn Sql, hash: &str, successor: &str, at: i64) -> Result<(), SqlFault> {
    sql.query(
        "UPDATE refresh SET successor = ?, replaced = ? WHERE hash = ?",
        &[successor.into(), at.into(), hash.into()],
    )
    .map(drop)
}

/// Drops the tokens of a family that were replaced so long ago that only a thief would come with them; an unknown token
/// of a known family is treated as reused all the same.
pub(super) fn delete_replaced(sql: &dyn Sql, family: &str, before: i64) -> Result<(), SqlFault> {
    sql.query("DELETE FROM refresh WHERE family = ? AND replaced < ?", &[family.into(), before.into()])
        .map(drop)
}

pub(super) fn is_spent(sql: &dyn Sql, id: &str) -> Result<bool, SqlFault> {
    Ok(!sql.query("SELECT 1 FROM spent WHERE id = ?", &[id.into()])?.is_empty())
}

pub(super) fn insert_spent(sql: &dyn Sql, id: &str, expires: i64) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO spent (id, expires) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
        &[id.into(), expires.into()],
    )
    .map(drop)
}

/// An authorization code as stored.
pub(super) struct GrantRow {
    pub(super) sub: String,
    pub(super) client: String,
    pub(super) redirect_uri: String,
    pub(super) scope: String,
    pub(super) nonce: Option<String>,
    pub(super) challenge: Option<String>,
    pub(super) auth_time: i64,
    pub(super) expires: i64,
    pub(super) family: Option<String>,
}

pub(super) fn insert_grant(sql: &dyn Sql, hash: &str, grant: &GrantRow) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO grant_code (hash, sub, client, redirect_uri, scope, nonce, challenge, auth_time, expires, family)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &[
            hash.into(),
            (&grant.sub).into(),
            (&grant.client).into(),
            (&grant.redirect_uri).into(),
            (&grant.scope).into(),
            grant.nonce.clone().into(),
            grant.challenge.clone().into(),
            grant.auth_time.into(),
            grant.expires.into(),
            grant.family.clone().into(),
        ],
    )
    .map(drop)
}

pub(super) fn find_grant(sql: &dyn Sql, hash: &str) -> Result<Option<GrantRow>, SqlFault> {
    let rows = sql.query(
        "SELECT sub, client, redirect_uri, scope, nonce, challenge, auth_time, expires, family
         FROM grant_code WHERE hash = ?",
        &[hash.into()],
    )?;
    rows.first()
        .map(|row| {
            Ok(GrantRow {
                sub: row.text(0)?,
                client: row.text(1)?,
                redirect_uri: row.text(2)?,
                scope: row.text(3)?,
                nonce: row.text_or_null(4)?,
                challenge: row.text_or_null(5)?,
                auth_time: row.integer(6)?,
                expires: row.integer(7)?,
                family: row.text_or_null(8)?,
            })
        })
        .transpose()
}

pub(super) fn use_grant(sql: &dyn Sql, hash: &str, family: &str) -> Result<(), SqlFault> {
    sql.query("UPDATE grant_code SET family = ? WHERE hash = ?", &[family.into(), hash.into()]).map(drop)
}

pub(super) fn delete_grants(sql: &dyn Sql, sub: &Sub) -> Result<(), SqlFault> {
    sql.query("DELETE FROM grant_code WHERE sub = ?", &[sub.as_str().into()]).map(drop)
}

/// Of codes that were used something is kept: it tells when one comes again.
pub(super) fn delete_unused_grants(sql: &dyn Sql, sub: &Sub) -> Result<(), SqlFault> {
    sql.query("DELETE FROM grant_code WHERE sub = ? AND family IS NULL", &[sub.as_str().into()]).map(drop)
}

pub(super) fn insert_browser(
    sql: &dyn Sql,
    hash: &str,
    sub: &Sub,
    auth_time: i64,
    expires: i64,
) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO browser (hash, sub, auth_time, expires) VALUES (?, ?, ?, ?)",
        &[hash.into(), sub.as_str().into(), auth_time.into(), expires.into()],
    )
    .map(drop)
}

/// The sub, authentication time and end of a browser session.
pub(super) fn find_browser(sql: &dyn Sql, hash: &str) -> Result<Option<(String, i64, i64)>, SqlFault> {
    let rows = sql.query("SELECT sub, auth_time, expires FROM browser WHERE hash = ?", &[hash.into()])?;
    rows.first().map(|row| Ok((row.text(0)?, row.integer(1)?, row.integer(2)?))).transpose()
}

pub(super) fn delete_browser(sql: &dyn Sql, hash: &str) -> Result<(), SqlFault> {
    sql.query("DELETE FROM browser WHERE hash = ?", &[hash.into()]).map(drop)
}

pub(super) fn delete_browsers(sql: &dyn Sql, sub: &Sub) -> Result<(), SqlFault> {
    sql.query("DELETE FROM browser WHERE sub = ?", &[sub.as_str().into()]).map(drop)
}

fn family(row: &Row) -> Result<FamilyRow, SqlFault> {
    Ok(FamilyRow {
        family: Family {
            id: row.text(0)?,
            sub: Sub::parse(&row.text(1)?).ok_or_else(|| SqlFault("a family whose sub is no uuid".into()))?,
            client: row.text(2)?,
            scope: row.text(3)?,
            auth_time: row.integer(4)?,
            expires: row.integer(5)?,
            began: row.text_or_null(6)?.as_deref().map(began).transpose()?,
        },
        ended: row.integer_or_null(7)?,
    })
}

fn word(began: Began) -> &'static str {
    match began {
        Began::Api => "api",
        Began::Grant => "grant",
    }
}

fn began(word: &str) -> Result<Began, SqlFault> {
    match word {
        "api" => Ok(Began::Api),
        "grant" => Ok(Began::Grant),
        other => Err(SqlFault(format!("a family that began by `{other}`"))),
    }
}
