//! rusqlite behind [`Sql`], made as strict as Durable Object SQLite so that a green native test means something there.

use super::{EXACT, End, Row, Sql, SqlFault, Value};
use rusqlite::limits::Limit;
use rusqlite::types::{ToSqlOutput, ValueRef};
use std::cell::{Cell, RefCell};
use std::path::Path;

/// A private in-memory or on-disk database.
#[derive(Debug)]
pub struct Native {
    connection: rusqlite::Connection,
    depth: Cell<u32>,
    /// Fails the n-th statement from now, for storage-fault tests.
    fail_in: Cell<Option<u32>>,
    /// Statement texts seen, for the test that asks for their query plans.
    seen: RefCell<Option<std::collections::BTreeSet<String>>>,
}

/// Statements the runtime refuses, so we refuse them too.
const REFUSED: &[&str] =
    &["PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH", "VACUUM"];

impl Native {
    pub fn in_memory() -> Result<Self, SqlFault> {
        Self::over(rusqlite::Connection::open_in_memory().map_err(fault)?)
    }
    pub fn open(path: &Path) -> Result<Self, SqlFault> {
        Self::over(rusqlite::Connection::open(path).map_err(fault)?)
    }
    fn over(connection: rusqlite::Connection) -> Result<Self, SqlFault> {
        connection.execute_batch("PRAGMA foreign_keys = ON").map_err(fault)?;
        for (limit, n) in [
            (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 100),
            (Limit::SQLITE_LIMIT_COLUMN, 100),
            (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50),
            (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
            (Limit::SQLITE_LIMIT_LENGTH, 2_000_000),
        ] {
            connection.set_limit(limit, n).map_err(fault)?;
        }
        connection.set_prepared_statement_cache_capacity(256);
        Ok(Self { connection, depth: Cell::new(0), fail_in: Cell::new(None), seen: RefCell::new(None) })
    }
    /// The `n`-th statement from now (0 is the next) fails once.
    pub fn fail_in(&self, n: u32) {
        self.fail_in.set(Some(n));
    }
    /// Takes an injected fault back; whether it was still waiting.
    pub fn disarm(&self) -> bool {
        self.fail_in.take().is_some()
    }
    /// Starts to remember statement texts.
    pub fn watch(&self) {
        *self.seen.borrow_mut() = Some(std::collections::BTreeSet::new());
    }
    /// The statement texts run since [`Self::watch`].
    pub fn watched(&self) -> Vec<String> {
        self.seen.borrow().iter().flatten().cloned().collect()
    }
    /// The engine's plan for a statement, one line a step.
    pub fn plan(&self, statement: &str) -> Result<Vec<String>, SqlFault> {
        let mut prepared =
            self.connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).map_err(fault)?;
        let nulls = vec![rusqlite::types::Null; prepared.parameter_count()];
        let rows = prepared
            .query_map(rusqlite::params_from_iter(nulls), |row| row.get::<_, String>(3))
            .map_err(fault)?;
        rows.collect::<Result<_, _>>().map_err(fault)
    }
    fn control(&self, statement: &str) -> Result<(), SqlFault> {
        self.connection.execute_batch(statement).map_err(fault)
    }
}

impl Sql for Native {
    fn query(&self, statement: &str, values: &[Value]) -> Result<Vec<Row>, SqlFault> {
        let upper = statement.trim_start().to_ascii_uppercase();
        if REFUSED.iter().any(|word| upper.starts_with(word)) || upper.starts_with("CREATE TEMP") {
            return Err(SqlFault(format!("not authorised: {statement}")));
        }
        if let Some(seen) = self.seen.borrow_mut().as_mut() {
            seen.insert(statement.to_owned());
        }
        match self.fail_in.get() {
            Some(0) => {
                self.fail_in.set(None);
                return Err(SqlFault("injected storage fault".into()));
            }
            Some(n) => self.fail_in.set(Some(n - 1)),
            None => {}
        }
        let mut prepared = self.connection.prepare_cached(statement).map_err(fault)?;
        let columns = prepared.column_count();
        let mut rows = prepared.query(rusqlite::params_from_iter(values.iter().map(Bound))).map_err(fault)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(fault)? {
            let mut cells = Vec::with_capacity(columns);
            for at in 0..columns {
                cells.push(cell(row.get_ref(at).map_err(fault)?)?);
            }
            out.push(Row(cells));
        }
        Ok(out)
    }

    fn atomic(&self, work: &mut dyn FnMut() -> End) -> Result<(), SqlFault> {
        let depth = self.depth.get();
        self.control(&format!("SAVEPOINT level_{depth}"))?;
        self.depth.set(depth + 1);
        let end = work();
        self.depth.set(depth);
        match end {
            End::Commit => self.control(&format!("RELEASE level_{depth}")),
            End::RollBack => {
                self.control(&format!("ROLLBACK TO level_{depth}"))?;
                self.control(&format!("RELEASE level_{depth}"))
            }
        }
    }
}

/// Binds as the runtime does: every number is a REAL.
struct Bound<'a>(&'a Value);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            #[expect(clippy::cast_precision_loss, reason = "guarded")]
            Value::Integer(v) if v.unsigned_abs() <= EXACT => {
                ToSqlOutput::Borrowed(ValueRef::Real(*v as f64))
            }
            Value::Integer(v) => return Err(rusqlite::Error::ToSqlConversionFailure(inexact(*v).into())),
            Value::Text(v) => ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes())),
            Value::Blob(v) => ToSqlOutput::Borrowed(ValueRef::Blob(v)),
        })
    }
}

fn cell(value: ValueRef<'_>) -> Result<Value, SqlFault> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(v) if v.unsigned_abs() <= EXACT => Value::Integer(v),
        ValueRef::Integer(v) => return Err(SqlFault(inexact(v))),
        // The runtime cannot tell 1.0 from 1; a fraction would mean arithmetic on an uncast number.
        #[expect(clippy::cast_possible_truncation, reason = "only whole numbers pass the guard")]
        ValueRef::Real(v) if v.fract() == 0.0 => Value::Integer(v as i64),
        ValueRef::Real(v) => return Err(SqlFault(format!("a fraction came back: {v}"))),
        ValueRef::Text(v) => Value::Text(String::from_utf8_lossy(v).into_owned()),
        ValueRef::Blob(v) => Value::Blob(v.to_vec()),
    })
}

fn inexact(number: i64) -> String {
    format!("{number} is not exact as a double")
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` hands over")]
fn fault(error: rusqlite::Error) -> SqlFault {
    SqlFault(error.to_string())
}
