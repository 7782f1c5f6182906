//! What every engine behind [`Sql`] has to do alike: run natively by a test, and on the runtime inside an object.
//!
//! The runtime's rules are the stricter ones, so these checks are what makes a green native test mean something.

mod engine;
mod story;

use super::{Row, Sql, SqlFault, Value};

/// One rule: its name, and what goes wrong if the engine breaks it.
type Check = (&'static str, fn(&dyn Sql) -> Result<(), String>);

/// Runs every check against a database that nothing has been written to. `Err` names each rule that is broken.
pub fn run(sql: &dyn Sql) -> Result<(), String> {
    let checks = engine::CHECKS.iter().chain(story::CHECKS);
    let broken: Vec<String> =
        checks.filter_map(|(name, check)| check(sql).err().map(|why| format!("{name}: {why}"))).collect();
    if broken.is_empty() { Ok(()) } else { Err(broken.join("\n")) }
}

fn rows(sql: &dyn Sql, statement: &str, values: &[Value]) -> Result<Vec<Row>, String> {
    sql.query(statement, values).map_err(|fault| format!("`{statement}`: {fault}"))
}

fn write(sql: &dyn Sql, statement: &str, values: &[Value]) -> Result<(), String> {
    rows(sql, statement, values).map(drop)
}

fn refused(sql: &dyn Sql, statement: &str, values: &[Value]) -> Result<(), String> {
    match sql.query(statement, values) {
        Err(_) => Ok(()),
        Ok(rows) => Err(format!("`{statement}` was not refused: {rows:?}")),
    }
}

fn gives(sql: &dyn Sql, statement: &str, values: &[Value], wanted: &[&[Value]]) -> Result<(), String> {
    let found = rows(sql, statement, values)?;
    let same = found.len() == wanted.len() && found.iter().zip(wanted).all(|(row, wanted)| row.0 == *wanted);
    if same { Ok(()) } else { Err(format!("`{statement}` gave {found:?}, not {wanted:?}")) }
}

/// A transaction's error in these checks.
#[derive(Debug, PartialEq, Eq)]
enum Stop {
    Asked,
    Broken(String),
}

impl From<SqlFault> for Stop {
    fn from(fault: SqlFault) -> Self {
        Self::Broken(fault.to_string())
    }
}

impl From<String> for Stop {
    fn from(text: String) -> Self {
        Self::Broken(text)
    }
}

/// A transaction that was told to roll back has to say just that.
fn rolled_back<T: std::fmt::Debug>(result: Result<T, Stop>) -> Result<(), String> {
    match result {
        Err(Stop::Asked) => Ok(()),
        other => Err(format!("a transaction that rolls back answered {other:?}")),
    }
}

fn committed<T>(result: Result<T, Stop>) -> Result<T, String> {
    result.map_err(|stop| format!("a transaction did not commit: {stop:?}"))
}

#[cfg(all(test, feature = "native"))]
mod tests {
    use crate::sql::native::Native;

    #[test]
    fn the_native_engine_keeps_the_runtimes_rules() {
        assert_eq!(super::run(&Native::in_memory().unwrap()), Ok(()));
    }
}
