//! The rows of codes: at most one a subject and purpose.

use super::CodePurpose;
use crate::sql::{Sql, SqlFault};

/// Stores a code in place of the one before.
pub(super) fn put(
    sql: &dyn Sql,
    subject: &str,
    purpose: CodePurpose,
    mac: &str,
    detail: &str,
    expires: i64,
) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO code (sub, purpose, mac, detail, expires) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (sub, purpose) DO UPDATE
         SET mac = excluded.mac, detail = excluded.detail, expires = excluded.expires",
        &[subject.into(), purpose.label().into(), mac.into(), detail.into(), expires.into()],
    )
    .map(drop)
}

pub(in crate::user) fn delete(sql: &dyn Sql, subject: &str, purpose: CodePurpose) -> Result<(), SqlFault> {
    sql.query("DELETE FROM code WHERE sub = ? AND purpose = ?", &[subject.into(), purpose.label().into()])
        .map(drop)
}

/// The MAC, the detail, and when it expires.
pub(super) fn find(
    sql: &dyn Sql,
    sub: &str,
    purpose: CodePurpose,
) -> Result<Option<(String, String, i64)>, SqlFault> {
    let rows = sql.query(
        "SELECT mac, detail, expires FROM code WHERE sub = ? AND purpose = ?",
        &[sub.into(), purpose.label().into()],
    )?;
    rows.first().map(|row| Ok((row.text(0)?, row.text(1)?, row.integer(2)?))).transpose()
}
