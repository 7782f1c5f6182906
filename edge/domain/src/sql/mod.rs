//! The one database seam: a statement goes in, whole rows come out, and a transaction either commits or leaves nothing.
//!
//! Two engines implement it: Durable Object SQLite on the runtime and rusqlite in native tests. Statements are written once
//! for both, in `store.rs` files and `schema/` only.

#[cfg(any(feature = "conformance", all(test, feature = "native")))]
pub mod conformance;
#[cfg(feature = "native")]
pub mod native;

use std::fmt;

/// The largest integer that a double tells from its neighbours: integers cross the runtime's boundary as doubles.
pub const EXACT: u64 = (1 << 53) - 1;

/// A value bound to a statement or read from a row. There is no REAL: the runtime hands whole REALs back as integers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Null,
    /// Within ±[`EXACT`]; every engine refuses others, both ways.
    Integer(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl From<i64> for Value {
    fn from(v: i64) -> Self {
        Self::Integer(v)
    }
}
impl From<u32> for Value {
    fn from(v: u32) -> Self {
        Self::Integer(i64::from(v))
    }
}
impl From<bool> for Value {
    fn from(v: bool) -> Self {
        Self::Integer(i64::from(v))
    }
}
impl From<&str> for Value {
    fn from(v: &str) -> Self {
        Self::Text(v.to_owned())
    }
}
impl From<String> for Value {
    fn from(v: String) -> Self {
        Self::Text(v)
    }
}
impl From<&String> for Value {
    fn from(v: &String) -> Self {
        Self::Text(v.clone())
    }
}
impl From<Vec<u8>> for Value {
    fn from(v: Vec<u8>) -> Self {
        Self::Blob(v)
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(v: Option<T>) -> Self {
        v.map_or(Self::Null, Into::into)
    }
}

/// One row, read by position in the order of the SELECT list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row(pub Vec<Value>);

impl Row {
    pub fn text(&self, at: usize) -> Result<String, SqlFault> {
        match self.0.get(at) {
            Some(Value::Text(v)) => Ok(v.clone()),
            other => Err(SqlFault::shape(at, "text", other)),
        }
    }
    pub fn text_or_null(&self, at: usize) -> Result<Option<String>, SqlFault> {
        match self.0.get(at) {
            Some(Value::Null) => Ok(None),
            _ => self.text(at).map(Some),
        }
    }
    pub fn integer(&self, at: usize) -> Result<i64, SqlFault> {
        match self.0.get(at) {
            Some(Value::Integer(v)) => Ok(*v),
            other => Err(SqlFault::shape(at, "integer", other)),
        }
    }
    pub fn integer_or_null(&self, at: usize) -> Result<Option<i64>, SqlFault> {
        match self.0.get(at) {
            Some(Value::Null) => Ok(None),
            _ => self.integer(at).map(Some),
        }
    }
    pub fn flag(&self, at: usize) -> Result<bool, SqlFault> {
        Ok(self.integer(at)? != 0)
    }
    pub fn blob(&self, at: usize) -> Result<Vec<u8>, SqlFault> {
        match self.0.get(at) {
            Some(Value::Blob(v)) => Ok(v.clone()),
            other => Err(SqlFault::shape(at, "blob", other)),
        }
    }
    /// A TEXT column that holds JSON.
    pub fn json<T: serde::de::DeserializeOwned>(&self, at: usize) -> Result<T, SqlFault> {
        serde_json::from_str(&self.text(at)?).map_err(|e| SqlFault(format!("column {at}: {e}")))
    }
}

/// The engine failed or a row is not of the expected shape: ours, never the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlFault(pub String);

impl SqlFault {
    fn shape(at: usize, wanted: &str, found: Option<&Value>) -> Self {
        let found = match found {
            None => "nothing",
            Some(Value::Null) => "null",
            Some(Value::Integer(_)) => "integer",
            Some(Value::Text(_)) => "text",
            Some(Value::Blob(_)) => "blob",
        };
        Self(format!("column {at}: wanted {wanted}, found {found}"))
    }
}
impl fmt::Display for SqlFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for SqlFault {}

/// What the body of a transaction asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Commit,
    RollBack,
}

/// A database of one object.
pub trait Sql {
    /// Runs one statement and returns all its rows (an undrained cursor would break the commit).
    fn query(&self, statement: &str, values: &[Value]) -> Result<Vec<Row>, SqlFault>;
    /// Runs `work` in a transaction; inside another it is a savepoint. A trap or a fault of the engine rolls back too.
    fn atomic(&self, work: &mut dyn FnMut() -> End) -> Result<(), SqlFault>;
}

impl fmt::Debug for dyn Sql + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sql")
    }
}

/// [`Sql::atomic`] with a result: `Err` rolls back every statement of `work`.
pub fn transaction<T, E: From<SqlFault>>(sql: &dyn Sql, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let mut work = Some(work);
    let mut out = None;
    sql.atomic(&mut || {
        let Some(work) = work.take() else { return End::RollBack };
        let result = work();
        let end = if result.is_ok() { End::Commit } else { End::RollBack };
        out = Some(result);
        end
    })?;
    out.unwrap_or_else(|| Err(SqlFault("transaction body did not run".into()).into()))
}
