//! The tables of a user shard whose rows expire.

use crate::sql::{Sql, SqlFault};

/// How long a failed-password lock and a decision about names are remembered after their last change, in seconds.
const DAY: i64 = 86_400;

pub(super) struct Table {
    /// Deletes at most so many rows whose time is before another.
    delete: &'static str,
    /// Whether any row is there.
    any: &'static str,
    /// Seconds that rows outlive their time.
    slack: i64,
}

impl Table {
    /// Deletes up to a batch of what is past; how many rows that were.
    pub(super) fn delete(&self, sql: &dyn Sql, now: i64, batch: i64) -> Result<usize, SqlFault> {
        Ok(sql.query(self.delete, &[(now - self.slack).into(), batch.into()])?.len())
    }
    pub(super) fn has_rows(&self, sql: &dyn Sql) -> Result<bool, SqlFault> {
        Ok(!sql.query(self.any, &[])?.is_empty())
    }
}

pub(super) const TABLES: &[Table] = &[
    Table {
        delete: "DELETE FROM code WHERE (sub, purpose) IN (SELECT sub, purpose FROM code WHERE expires < ? LIMIT ?) RETURNING 1",
        any: "SELECT 1 FROM code LIMIT 1",
        slack: 0,
    },
    Table {
        delete: "DELETE FROM spent WHERE id IN (SELECT id FROM spent WHERE expires < ? LIMIT ?) RETURNING 1",
        any: "SELECT 1 FROM spent LIMIT 1",
        slack: 0,
    },
    Table {
        delete: "DELETE FROM family WHERE id IN (SELECT id FROM family WHERE expires < ? LIMIT ?) RETURNING 1",
        any: "SELECT 1 FROM family LIMIT 1",
        // Access and ID tokens outlive the last refresh by at most a day.
        slack: DAY,
    },
    Table {
        delete: "DELETE FROM grant_code WHERE hash IN (SELECT hash FROM grant_code WHERE expires < ? LIMIT ?) RETURNING 1",
        any: "SELECT 1 FROM grant_code LIMIT 1",
        slack: DAY,
    },
    Table {
        delete: "DELETE FROM browser WHERE hash IN (SELECT hash FROM browser WHERE expires < ? LIMIT ?) RETURNING 1",
        any: "SELECT 1 FROM browser LIMIT 1",
        slack: 0,
    },
    Table {
        delete: "DELETE FROM budget WHERE (subject, kind) IN (SELECT subject, kind FROM budget WHERE since < ? LIMIT ?) RETURNING 1",
        any: "SELECT 1 FROM budget LIMIT 1",
        slack: DAY,
    },
    Table {
        delete: "DELETE FROM attempt WHERE id IN (SELECT id FROM attempt WHERE at < ? LIMIT ?) RETURNING 1",
        any: "SELECT 1 FROM attempt LIMIT 1",
        slack: DAY,
    },
    Table {
        delete: "DELETE FROM lock WHERE subject IN (SELECT subject FROM lock WHERE at < ? LIMIT ?) RETURNING 1",
        any: "SELECT 1 FROM lock LIMIT 1",
        slack: DAY,
    },
    Table {
        delete: "DELETE FROM decision WHERE operation IN (SELECT operation FROM decision WHERE at < ? LIMIT ?) RETURNING 1",
        any: "SELECT 1 FROM decision LIMIT 1",
        slack: DAY,
    },
];
