//! One object under test: an own database, a clock that only moves when told, counted randomness.

use super::Object;
use crate::address::Kind;
use crate::caller::Caller;
use crate::command::{self, Command, Reply};
use crate::error::{Fault, Refusal};
use crate::random::Random;
use crate::sql::native::Native;
use crate::sql::{Row, Sql, Value};
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::fmt::{Debug, Write};

/// 2023-11-14, a time like any other.
pub(crate) const START: i64 = 1_700_000_000;

pub(crate) struct Trial {
    pub(crate) object: Object<Native>,
    pub(crate) now: Cell<i64>,
    /// The pool version that commands carry; 0 is none.
    pub(crate) version: Cell<u64>,
    pub(crate) drawn: Counted,
}

pub(crate) struct Counted(Cell<u64>);

impl Counted {
    fn next(&self) -> u64 {
        self.0.set(self.0.get() + 1);
        self.0.get()
    }
}

impl Random for Counted {
    fn fill(&self, out: &mut [u8]) {
        for chunk in out.chunks_mut(32) {
            let block = Sha256::digest(self.next().to_be_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

impl Trial {
    pub(crate) fn new(kind: Kind) -> Self {
        Self::over(kind, Native::in_memory().unwrap())
    }
    /// Wakes on a database that may hold what an earlier release left.
    pub(crate) fn over(kind: Kind, sql: Native) -> Self {
        let object = Object::wake(kind, sql).unwrap();
        Self { object, now: Cell::new(START), version: Cell::new(0), drawn: Counted(Cell::new(0)) }
    }
    pub(crate) fn advance(&self, seconds: i64) {
        self.now.set(self.now.get() + seconds);
    }
    pub(crate) fn operation(&self) -> String {
        format!("operation-{}", self.drawn.next())
    }
    /// Delivers one command under an operation id of the test's choice.
    pub(crate) fn send<C: Command>(&self, operation: &str, command: &C) -> Reply<C::Answer> {
        let bytes = command::encode(command, operation, self.version.get(), 0, &Caller::default()).unwrap();
        let handled = self.object.handle(&bytes, self.now.get(), &self.drawn);
        command::decode::<C>(&handled.reply).unwrap()
    }
    pub(crate) fn ask<C: Command>(&self, command: &C) -> Reply<C::Answer> {
        self.send(&self.operation(), command)
    }
    pub(crate) fn answer<C: Command<Answer: Debug>>(&self, command: &C) -> C::Answer {
        match self.ask(command) {
            Reply::Answer(answer) => answer,
            other => panic!("{} was to be answered, not {other:?}", C::NAME),
        }
    }
    pub(crate) fn refusal<C: Command<Answer: Debug>>(&self, command: &C) -> Refusal {
        match self.ask(command) {
            Reply::Refused(refusal) => refusal,
            other => panic!("{} was to be refused, not {other:?}", C::NAME),
        }
    }
    pub(crate) fn fault<C: Command<Answer: Debug>>(&self, command: &C) -> Fault {
        match self.ask(command) {
            Reply::Fault(fault) => fault,
            other => panic!("{} was to break, not {other:?}", C::NAME),
        }
    }
    /// Delivers a command spelt in JSON, as another release would send it; gives the raw reply.
    pub(crate) fn raw(&self, name: &str, operation: &str, body: &str) -> serde_json::Value {
        let version = self.version.get();
        let bytes = format!(
            r#"{{"form":1,"command":"{name}","operation":"{operation}","version":{version},"offset":0,"caller":{{"address":"","country":"","asn":0,"id":""}},"body":{body}}}"#
        );
        let handled = self.object.handle(bytes.as_bytes(), self.now.get(), &self.drawn);
        serde_json::from_slice(&handled.reply).unwrap()
    }
    pub(crate) fn rows(&self, select: &str) -> Vec<Row> {
        self.object.sql().query(select, &[]).unwrap()
    }
    /// The one number that a statement selects.
    pub(crate) fn number(&self, select: &str) -> i64 {
        self.rows(select)[0].integer(0).unwrap()
    }
    /// Everything stored, as text: equal dumps are equal objects.
    pub(crate) fn dump(&self) -> String {
        let tables = self.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
        let mut out = String::new();
        for table in tables {
            let Value::Text(table) = &table.0[0] else { continue };
            for row in self.rows(&format!("SELECT * FROM {table}")) {
                writeln!(out, "{table} {:?}", row.0).unwrap();
            }
        }
        out
    }
}

/// For what draws nothing.
pub(crate) struct NoChance;

impl Random for NoChance {
    fn fill(&self, out: &mut [u8]) {
        out.fill(0);
    }
}
