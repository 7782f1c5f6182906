//! A shard's user rows.

use super::{Name, Status, User, Who};
use crate::id::Sub;
use crate::sql::{Row, Sql, SqlFault};
use std::collections::BTreeMap;

const COLUMNS: &str =
    "sub, username, status, enabled, created, modified, password, password_expires, credential";

/// A user and what only operations on credentials look at.
#[derive(Clone, Debug)]
pub(crate) struct UserRow {
    pub(crate) user: User,
    pub(crate) password: Option<String>,
    pub(crate) password_expires: Option<i64>,
    pub(crate) credential: i64,
}

/// What a name or sub leads to on this shard.
#[derive(Debug)]
pub(crate) enum At {
    Here(Box<UserRow>),
    Elsewhere(Sub),
    Missing,
}

/// Finds whom a command is about. A claim is only a hint: the user must hold the name.
pub(crate) fn locate(sql: &dyn Sql, who: &Who) -> Result<At, SqlFault> {
    let mut names = &who.names;
    if let Some(sub) = &who.sub {
        if let Some(row) = find(sql, sub)? {
            for name in names {
                if holds(sql, sub, name)? {
                    return Ok(At::Here(Box::new(row)));
                }
            }
            return Ok(if names.is_empty() { At::Here(Box::new(row)) } else { At::Missing });
        }
        names = &who.otherwise;
    }
    for name in names {
        let Some(claim) = super::claim::find(sql, name)? else { continue };
        if !holds(sql, &claim.sub, name)? {
            return Ok(At::Elsewhere(claim.sub));
        }
        if let Some(row) = find(sql, &claim.sub)? {
            return Ok(At::Here(Box::new(row)));
        }
    }
    Ok(who.nobody.clone().map_or(At::Missing, At::Elsewhere))
}

pub(crate) fn find(sql: &dyn Sql, sub: &Sub) -> Result<Option<UserRow>, SqlFault> {
    let rows = sql.query(&format!("SELECT {COLUMNS} FROM user WHERE sub = ?"), &[sub.as_str().into()])?;
    rows.first().map(|row| user_row(sql, row, None)).transpose()
}

/// A user with some attributes only: a JSON array of their names.
pub(super) fn find_with(sql: &dyn Sql, sub: &Sub, wanted: Option<&str>) -> Result<Option<User>, SqlFault> {
    let rows = sql.query(&format!("SELECT {COLUMNS} FROM user WHERE sub = ?"), &[sub.as_str().into()])?;
    rows.first().map(|row| Ok(user_row(sql, row, wanted)?.user)).transpose()
}

pub(super) fn insert(sql: &dyn Sql, row: &UserRow) -> Result<(), SqlFault> {
    let user = &row.user;
    sql.query(
        &format!("INSERT INTO user ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        &[
            user.sub.as_str().into(),
            (&user.username).into(),
            user.status.label().into(),
            user.enabled.into(),
            user.created.into(),
            user.modified.into(),
            row.password.clone().into(),
            row.password_expires.into(),
            row.credential.into(),
        ],
    )?;
    for (name, value) in &user.attributes {
        set_attribute(sql, &user.sub, name, value)?;
    }
    sql.query("UPDATE counter SET value = value + 1 WHERE name = 'users'", &[]).map(drop)
}

pub(super) fn delete(sql: &dyn Sql, sub: &Sub) -> Result<(), SqlFault> {
    sql.query("DELETE FROM user WHERE sub = ?", &[sub.as_str().into()])?;
    sql.query("UPDATE counter SET value = value - 1 WHERE name = 'users'", &[]).map(drop)
}

pub(super) fn count(sql: &dyn Sql) -> Result<i64, SqlFault> {
    let rows = sql.query("SELECT value FROM counter WHERE name = 'users'", &[])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

pub(super) fn set_status(sql: &dyn Sql, sub: &Sub, status: Status, now: i64) -> Result<(), SqlFault> {
    sql.query(
        "UPDATE user SET status = ?, modified = ? WHERE sub = ?",
        &[status.label().into(), now.into(), sub.as_str().into()],
    )
    .map(drop)
}

pub(super) fn set_enabled(sql: &dyn Sql, sub: &Sub, enabled: bool, now: i64) -> Result<(), SqlFault> {
    sql.query(
        "UPDATE user SET enabled = ?, modified = ? WHERE sub = ?",
        &[enabled.into(), now.into(), sub.as_str().into()],
    )
    .map(drop)
}

/// Sets the password; the credential's version grows, so that tries begun against the old one prove nothing.
pub(super) fn set_password(
    sql: &dyn Sql,
    sub: &Sub,
    hash: &str,
    expires: Option<i64>,
    now: i64,
) -> Result<(), SqlFault> {
    sql.query(
        "UPDATE user SET password = ?, password_expires = ?, credential = credential + 1, modified = ? WHERE sub = ?",
        &[hash.into(), expires.into(), now.into(), sub.as_str().into()],
    )
    .map(drop)
}

pub(super) fn touch(sql: &dyn Sql, sub: &Sub, now: i64) -> Result<(), SqlFault> {
    sql.query("UPDATE user SET modified = ? WHERE sub = ?", &[now.into(), sub.as_str().into()]).map(drop)
}

pub(super) fn set_attribute(sql: &dyn Sql, sub: &Sub, name: &str, value: &str) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO attribute (sub, name, value) VALUES (?, ?, ?)
         ON CONFLICT (sub, name) DO UPDATE SET value = excluded.value",
        &[sub.as_str().into(), name.into(), value.into()],
    )
    .map(drop)
}

pub(super) fn delete_attribute(sql: &dyn Sql, sub: &Sub, name: &str) -> Result<(), SqlFault> {
    sql.query("DELETE FROM attribute WHERE sub = ? AND name = ?", &[sub.as_str().into(), name.into()])
        .map(drop)
}

/// Whether the user holds this very name.
pub(crate) fn holds(sql: &dyn Sql, sub: &Sub, name: &Name) -> Result<bool, SqlFault> {
    let rows = sql.query(
        "SELECT 1 FROM name WHERE sub = ? AND kind = ? AND key = ?",
        &[sub.as_str().into(), name.kind.label().into(), (&name.key).into()],
    )?;
    Ok(!rows.is_empty())
}

pub(super) fn names(sql: &dyn Sql, sub: &Sub) -> Result<Vec<Name>, SqlFault> {
    let rows = sql.query("SELECT kind, key FROM name WHERE sub = ?", &[sub.as_str().into()])?;
    rows.iter()
        .map(|row| {
            let kind = row.text(0)?;
            let kind =
                super::NameKind::parse(&kind).ok_or_else(|| SqlFault(format!("name of kind `{kind}`")))?;
            Ok(Name { kind, key: row.text(1)? })
        })
        .collect()
}

pub(super) fn set_name(sql: &dyn Sql, sub: &Sub, name: &Name) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO name (sub, kind, key) VALUES (?, ?, ?)
         ON CONFLICT (sub, kind) DO UPDATE SET key = excluded.key",
        &[sub.as_str().into(), name.kind.label().into(), (&name.key).into()],
    )
    .map(drop)
}

pub(super) fn delete_name(sql: &dyn Sql, sub: &Sub, name: &Name) -> Result<(), SqlFault> {
    sql.query(
        "DELETE FROM name WHERE sub = ? AND kind = ? AND key = ?",
        &[sub.as_str().into(), name.kind.label().into(), (&name.key).into()],
    )
    .map(drop)
}

fn user_row(sql: &dyn Sql, row: &Row, wanted: Option<&str>) -> Result<UserRow, SqlFault> {
    let sub = row.text(0)?;
    let status = row.text(2)?;
    let attributes = match wanted {
        None => sql.query("SELECT name, value FROM attribute WHERE sub = ?", &[(&sub).into()])?,
        Some(names) => sql.query(
            "SELECT name, value FROM attribute WHERE sub = ? AND name IN (SELECT value FROM json_each(?))",
            &[(&sub).into(), names.into()],
        )?,
    };
    let attributes: BTreeMap<_, _> =
        attributes.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect::<Result<_, SqlFault>>()?;
    Ok(UserRow {
        user: User {
            sub: Sub::parse(&sub).ok_or_else(|| SqlFault("a user whose sub is no uuid".into()))?,
            username: row.text(1)?,
            status: Status::parse(&status).ok_or_else(|| SqlFault(format!("a user of status `{status}`")))?,
            enabled: row.flag(3)?,
            created: row.integer(4)?,
            modified: row.integer(5)?,
            attributes,
        },
        password: row.text_or_null(6)?,
        password_expires: row.integer_or_null(7)?,
        credential: row.integer(8)?,
    })
}
