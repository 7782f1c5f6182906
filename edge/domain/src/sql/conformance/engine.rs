//! The engine itself: types, limits, refusals, transactions.

use super::{Check, Stop, committed, gives, refused, rolled_back, rows, write};
use crate::sql::{Sql, Value, transaction};

pub(super) const CHECKS: &[Check] = &[
    ("every value comes back as it went in", every_value_comes_back),
    ("numbers bind as reals", numbers_bind_as_reals),
    ("an integer that is not exact is refused", inexact_integers_are_refused),
    ("strict tables are strict", strict_tables_are_strict),
    ("rows are read by position", rows_are_read_by_position),
    ("text sorts by its bytes", text_sorts_by_its_bytes),
    ("a statement takes as many values as it asks for", values_are_counted),
    ("what the runtime refuses is refused", the_runtimes_refusals),
    ("limits are the runtime's", limits_are_the_runtimes),
    ("foreign keys hold", foreign_keys_hold),
    ("rows of RETURNING do not disturb the commit", returning_does_not_disturb),
    ("a transaction that is told to leaves nothing", rollback_leaves_nothing),
    ("a failed statement leaves the transaction alive", a_failed_statement_is_alone),
    ("an inner transaction rolls back alone", inner_rolls_back_alone),
    ("an outer transaction takes the inner one along", outer_takes_inner_along),
    ("schema changes roll back", schema_rolls_back),
];

const fn int(number: i64) -> Value {
    Value::Integer(number)
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn count(sql: &dyn Sql, table: &str, wanted: i64) -> Result<(), String> {
    gives(sql, &format!("SELECT count(*) FROM {table}"), &[], &[&[int(wanted)]])
}

fn every_value_comes_back(sql: &dyn Sql) -> Result<(), String> {
    write(sql, "CREATE TABLE c_value (i INTEGER, t TEXT, b BLOB) STRICT", &[])?;
    let exact = (1i64 << 53) - 1;
    let each = [
        [int(exact), text("Ünïcödé 🦀 'quoted'"), Value::Blob(vec![0, 1, 255])],
        [int(-exact), text(""), Value::Blob(Vec::new())],
        [Value::Null, Value::Null, Value::Null],
    ];
    for values in &each {
        write(sql, "INSERT INTO c_value VALUES (?, ?, ?)", values)?;
    }
    let wanted: Vec<&[Value]> = each.iter().map(<[Value; 3]>::as_slice).collect();
    gives(sql, "SELECT i, t, b FROM c_value ORDER BY rowid", &[], &wanted)?;
    let kinds: Vec<Value> = ["integer", "text", "blob"].map(text).to_vec();
    gives(sql, "SELECT typeof(i), typeof(t), typeof(b) FROM c_value LIMIT 1", &[], &[&kinds])
}

fn numbers_bind_as_reals(sql: &dyn Sql) -> Result<(), String> {
    // 1.5, which is no value we know.
    refused(sql, "SELECT ? / 2", &[int(3)])?;
    gives(sql, "SELECT CAST(? AS INTEGER) / 2", &[int(3)], &[&[int(1)]])?;
    gives(sql, "SELECT typeof(?)", &[int(3)], &[&[text("real")]])
}

fn inexact_integers_are_refused(sql: &dyn Sql) -> Result<(), String> {
    refused(sql, "SELECT ?", &[int(1 << 53)])?;
    refused(sql, "SELECT ?", &[int(i64::MIN)])?;
    refused(sql, "SELECT 9007199254740993", &[])
}

fn strict_tables_are_strict(sql: &dyn Sql) -> Result<(), String> {
    write(sql, "CREATE TABLE c_strict (i INTEGER NOT NULL, t TEXT NOT NULL) STRICT", &[])?;
    refused(sql, "INSERT INTO c_strict VALUES ('x', 'y')", &[])?;
    refused(sql, "INSERT INTO c_strict VALUES (1.5, 'y')", &[])?;
    refused(sql, "INSERT INTO c_strict VALUES (1, NULL)", &[])?;
    refused(sql, "INSERT INTO c_strict VALUES (1, x'00')", &[])?;
    write(sql, "INSERT INTO c_strict VALUES (?, ?)", &[int(1), text("y")])?;
    gives(sql, "SELECT typeof(i) FROM c_strict", &[], &[&[text("integer")]])
}

fn rows_are_read_by_position(sql: &dyn Sql) -> Result<(), String> {
    gives(sql, "SELECT 1 AS a, 2 AS a, 3 AS b", &[], &[&[int(1), int(2), int(3)]])
}

fn text_sorts_by_its_bytes(sql: &dyn Sql) -> Result<(), String> {
    let sorted = "SELECT column1 FROM (VALUES ('b'), ('a'), ('B'), ('ä'), ('')) ORDER BY column1";
    let wanted = ["", "B", "a", "b", "ä"].map(|letter| [text(letter)]);
    let wanted: Vec<&[Value]> = wanted.iter().map(<[Value; 1]>::as_slice).collect();
    gives(sql, sorted, &[], &wanted)?;
    // Only ASCII folds: our own folding is Unicode's, so none is left to the engine.
    gives(sql, "SELECT lower('ÄA')", &[], &[&[text("Äa")]])
}

fn values_are_counted(sql: &dyn Sql) -> Result<(), String> {
    refused(sql, "SELECT ?, ?", &[int(1)])?;
    refused(sql, "SELECT ?", &[int(1), int(2)])
}

fn the_runtimes_refusals(sql: &dyn Sql) -> Result<(), String> {
    for statement in [
        "BEGIN",
        "COMMIT",
        "SAVEPOINT a",
        "PRAGMA user_version",
        "PRAGMA user_version = 1",
        "CREATE TEMP TABLE c_temp (a)",
        "CREATE TEMPORARY TABLE c_temp (a)",
        "ATTACH 'other' AS other",
        "VACUUM",
        "SELECT 'a' REGEXP 'a'",
    ] {
        refused(sql, statement, &[])?;
    }
    Ok(())
}

fn limits_are_the_runtimes(sql: &dyn Sql) -> Result<(), String> {
    let list = |count: usize, item: &str| vec![item; count].join(", ");
    let ones = |count: usize| vec![int(1); count];
    rows(sql, &format!("SELECT 1 WHERE 1 IN ({})", list(100, "?")), &ones(100))?;
    refused(sql, &format!("SELECT 1 WHERE 1 IN ({})", list(101, "?")), &ones(101))?;
    rows(sql, &format!("SELECT {}", list(100, "1")), &[])?;
    refused(sql, &format!("SELECT {}", list(101, "1")), &[])?;
    rows(sql, "SELECT 'a' LIKE ?", &[text(&"a".repeat(50))])?;
    refused(sql, "SELECT 'a' LIKE ?", &[text(&"a".repeat(51))])
}

fn foreign_keys_hold(sql: &dyn Sql) -> Result<(), String> {
    write(sql, "CREATE TABLE c_parent (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID", &[])?;
    write(
        sql,
        "CREATE TABLE c_child (id TEXT NOT NULL REFERENCES c_parent (id) ON DELETE CASCADE) STRICT",
        &[],
    )?;
    refused(sql, "INSERT INTO c_child VALUES ('nobody')", &[])?;
    write(sql, "INSERT INTO c_parent VALUES ('somebody')", &[])?;
    write(sql, "INSERT INTO c_child VALUES ('somebody')", &[])?;
    write(sql, "DELETE FROM c_parent", &[])?;
    count(sql, "c_child", 0)
}

fn returning_does_not_disturb(sql: &dyn Sql) -> Result<(), String> {
    write(
        sql,
        "CREATE TABLE c_returning (id INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT NOT NULL) STRICT",
        &[],
    )?;
    committed(transaction(sql, || -> Result<(), Stop> {
        let insert = "INSERT INTO c_returning (t) VALUES ('a'), ('b'), ('c') RETURNING id";
        gives(sql, insert, &[], &[&[int(1)], &[int(2)], &[int(3)]])?;
        Ok(())
    }))?;
    count(sql, "c_returning", 3)
}

fn rollback_leaves_nothing(sql: &dyn Sql) -> Result<(), String> {
    write(sql, "CREATE TABLE c_rollback (t TEXT NOT NULL) STRICT", &[])?;
    rolled_back(transaction(sql, || -> Result<(), Stop> {
        write(sql, "INSERT INTO c_rollback VALUES ('a')", &[])?;
        count(sql, "c_rollback", 1)?;
        Err(Stop::Asked)
    }))?;
    count(sql, "c_rollback", 0)?;
    committed(transaction(sql, || -> Result<(), Stop> {
        write(sql, "INSERT INTO c_rollback VALUES ('b')", &[])?;
        Ok(())
    }))?;
    count(sql, "c_rollback", 1)
}

fn a_failed_statement_is_alone(sql: &dyn Sql) -> Result<(), String> {
    write(sql, "CREATE TABLE c_failed (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID", &[])?;
    committed(transaction(sql, || -> Result<(), Stop> {
        write(sql, "INSERT INTO c_failed VALUES ('a')", &[])?;
        refused(sql, "INSERT INTO c_failed VALUES ('b'), ('a')", &[])?;
        write(sql, "INSERT INTO c_failed VALUES ('c')", &[])?;
        Ok(())
    }))?;
    gives(sql, "SELECT id FROM c_failed ORDER BY id", &[], &[&[text("a")], &[text("c")]])
}

fn inner_rolls_back_alone(sql: &dyn Sql) -> Result<(), String> {
    write(sql, "CREATE TABLE c_inner (t TEXT NOT NULL) STRICT", &[])?;
    committed(transaction(sql, || -> Result<(), Stop> {
        write(sql, "INSERT INTO c_inner VALUES ('outer')", &[])?;
        rolled_back(transaction(sql, || -> Result<(), Stop> {
            write(sql, "INSERT INTO c_inner VALUES ('inner')", &[])?;
            Err(Stop::Asked)
        }))?;
        write(sql, "INSERT INTO c_inner VALUES ('after')", &[])?;
        Ok(())
    }))?;
    gives(sql, "SELECT t FROM c_inner ORDER BY rowid", &[], &[&[text("outer")], &[text("after")]])
}

fn outer_takes_inner_along(sql: &dyn Sql) -> Result<(), String> {
    write(sql, "CREATE TABLE c_outer (t TEXT NOT NULL) STRICT", &[])?;
    rolled_back(transaction(sql, || -> Result<(), Stop> {
        committed(transaction(sql, || -> Result<(), Stop> {
            write(sql, "INSERT INTO c_outer VALUES ('inner')", &[])?;
            Ok(())
        }))?;
        count(sql, "c_outer", 1)?;
        Err(Stop::Asked)
    }))?;
    count(sql, "c_outer", 0)
}

fn schema_rolls_back(sql: &dyn Sql) -> Result<(), String> {
    rolled_back(transaction(sql, || -> Result<(), Stop> {
        write(sql, "CREATE TABLE c_schema (t TEXT NOT NULL) STRICT", &[])?;
        write(sql, "INSERT INTO c_schema VALUES ('a')", &[])?;
        Err(Stop::Asked)
    }))?;
    refused(sql, "SELECT * FROM c_schema", &[])
}
