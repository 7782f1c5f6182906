//! What expires on a user shard is deleted here, a bounded number of rows a time.

mod store;

use crate::error::Error;
use crate::object::Left;
use crate::sql::Sql;

/// Rows of each table deleted in one sweep.
const BATCH: i64 = 500;

/// Deletes what is past.
pub(crate) fn sweep(sql: &dyn Sql, now: i64) -> Result<Left, Error> {
    let mut left = Left::Nothing;
    for table in store::TABLES {
        let deleted = table.delete(sql, now, BATCH)?;
        left = left.max(Left::after(deleted, BATCH));
        if left == Left::Nothing && table.has_rows(sql)? {
            left = Left::Some;
        }
    }
    Ok(left)
}
