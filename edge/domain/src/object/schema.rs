//! Numbered schema files, run when an object wakes. A file that has landed is never edited: its digest is pinned in the
//! tests. Only DDL runs here; rows move in jobs with a cursor.

use crate::address::Kind;
use crate::error::Error;
use crate::sql::Sql;

/// The schema of one kind of object, oldest first. The first file of every kind begins with the tables of any object.
const fn files(kind: Kind) -> &'static [&'static [&'static str]] {
    const OBJECT: &str = include_str!("../../schema/object/0001.sql");
    match kind {
        Kind::Account => &[
            &[OBJECT, include_str!("../../schema/account/0001.sql")],
            &[include_str!("../../schema/account/0002.sql")],
        ],
        Kind::Pool => &[&[OBJECT, include_str!("../../schema/pool/0001.sql")]],
        Kind::UserShard => &[
            &[OBJECT, include_str!("../../schema/user_shard/0001.sql")],
            &[include_str!("../../schema/user_shard/0002.sql")],
        ],
        Kind::IdentityShard => &[&[OBJECT, include_str!("../../schema/identity_shard/0001.sql")]],
        Kind::Outbox => &[&[OBJECT, include_str!("../../schema/outbox/0001.sql")]],
    }
}

/// Runs every file the object has not seen, in order; the caller holds the transaction.
pub(super) fn migrate(sql: &dyn Sql, kind: Kind) -> Result<(), Error> {
    let seen = if super::store::founded(sql)? { super::store::meta(sql)?.schema } else { 0 };
    for (number, parts) in (1i64..).zip(files(kind)) {
        if number <= seen {
            continue;
        }
        for statement in parts.iter().flat_map(|text| statements(text)) {
            sql.query(statement, &[])?;
        }
        super::store::set_schema(sql, number)?;
    }
    Ok(())
}

/// Statements end with `;` at the end of a line.
fn statements(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split(";\n").map(str::trim).filter(|statement| {
        statement.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with("--"))
    })
}
