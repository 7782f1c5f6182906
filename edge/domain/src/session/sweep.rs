//! What expires on a user shard is deleted here, a bounded number of rows a time.

use crate::error::Error;
use crate::object::Left;
use crate::sql::Sql;

/// Rows of each kind deleted in one sweep.
const BATCH: i64 = 500;
/// How long a failed-password lock and a decision about names are remembered after their last change, in seconds.
const DAY: i64 = 86_400;

/// One line a table: delete statement, what else is there, how long rows outlive their time.
const TABLES: &[(&str, &str, i64)] = &[
    (
        "DELETE FROM code WHERE (sub, purpose) IN (SELECT sub, purpose FROM code WHERE expires < ? LIMIT ?) RETURNING 1",
        "SELECT 1 FROM code LIMIT 1",
        0,
    ),
    (
        "DELETE FROM spent WHERE id IN (SELECT id FROM spent WHERE expires < ? LIMIT ?) RETURNING 1",
        "SELECT 1 FROM spent LIMIT 1",
        0,
    ),
    (
        "DELETE FROM family WHERE id IN (SELECT id FROM family WHERE expires < ? LIMIT ?) RETURNING 1",
        "SELECT 1 FROM family LIMIT 1",
        // Access and ID tokens outlive the last refresh by at most a day.
        DAY,
    ),
    (
        "DELETE FROM grant_code WHERE hash IN (SELECT hash FROM grant_code WHERE expires < ? LIMIT ?) RETURNING 1",
        "SELECT 1 FROM grant_code LIMIT 1",
        DAY,
    ),
    (
        "DELETE FROM browser WHERE hash IN (SELECT hash FROM browser WHERE expires < ? LIMIT ?) RETURNING 1",
        "SELECT 1 FROM browser LIMIT 1",
        0,
    ),
    (
        "DELETE FROM budget WHERE (subject, kind) IN (SELECT subject, kind FROM budget WHERE since < ? LIMIT ?) RETURNING 1",
        "SELECT 1 FROM budget LIMIT 1",
        DAY,
    ),
    (
        "DELETE FROM attempt WHERE id IN (SELECT id FROM attempt WHERE at < ? LIMIT ?) RETURNING 1",
        "SELECT 1 FROM attempt LIMIT 1",
        DAY,
    ),
    (
        "DELETE FROM lock WHERE subject IN (SELECT subject FROM lock WHERE at < ? LIMIT ?) RETURNING 1",
        "SELECT 1 FROM lock LIMIT 1",
        DAY,
    ),
    (
        "DELETE FROM decision WHERE operation IN (SELECT operation FROM decision WHERE at < ? LIMIT ?) RETURNING 1",
        "SELECT 1 FROM decision LIMIT 1",
        DAY,
    ),
];

/// Deletes what is past.
pub(crate) fn sweep(sql: &dyn Sql, now: i64) -> Result<Left, Error> {
    let mut left = Left::Nothing;
    for (delete, any, slack) in TABLES {
        let deleted = sql.query(delete, &[(now - slack).into(), BATCH.into()])?.len();
        left = left.max(Left::after(deleted, BATCH));
        if left == Left::Nothing && !sql.query(any, &[])?.is_empty() {
            left = Left::Some;
        }
    }
    Ok(left)
}
