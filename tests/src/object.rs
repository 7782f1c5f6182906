//! The objects of a world, each with its own database. A database outlives its object: killing and waking is what a
//! restart does.

use domain::address::Address;
use domain::context::Job;
use domain::error::Error;
use domain::object::{CompleteJob, Object, PostponeJob};
use domain::random::Random;
use domain::sql::native::Native;
use domain::sql::{End, Row, Sql, SqlFault, Value, transaction};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::rc::Rc;

/// A database that its object does not own.
#[derive(Clone, Debug)]
pub struct Kept(Rc<Native>);

impl Sql for Kept {
    fn query(&self, statement: &str, values: &[Value]) -> Result<Vec<Row>, SqlFault> {
        self.0.query(statement, values)
    }
    fn atomic(&self, work: &mut dyn FnMut() -> End) -> Result<(), SqlFault> {
        self.0.atomic(work)
    }
}

#[derive(Debug)]
struct Resident {
    sql: Kept,
    object: Object<Kept>,
    alarm: Option<i64>,
}

#[derive(Debug, Default)]
pub struct Objects(RefCell<BTreeMap<Address, Resident>>);

impl Objects {
    /// Runs one command; addressing an object makes it, as on the platform. `fault` fails the n-th statement.
    pub fn deliver(
        &self,
        to: &Address,
        command: &[u8],
        clock: i64,
        random: &dyn Random,
        fault: Option<u32>,
    ) -> Vec<u8> {
        let mut all = self.0.borrow_mut();
        let resident = all.entry(to.clone()).or_insert_with(|| {
            let sql = Kept(Rc::new(Native::in_memory().unwrap()));
            Resident { object: Object::wake(to.kind, sql.clone()).unwrap(), sql, alarm: None }
        });
        if let Some(n) = fault {
            resident.sql.0.fail_in(n);
        }
        let handled = resident.object.handle(command, clock, random);
        resident.sql.0.disarm();
        if handled.alarm.is_some() {
            resident.alarm = handled.alarm;
        }
        handled.reply
    }

    /// Ends an object and wakes it again on what it stored.
    pub fn restart(&self, at: &Address) {
        if let Some(resident) = self.0.borrow_mut().get_mut(at) {
            resident.object = Object::wake(at.kind, resident.sql.clone()).unwrap();
            resident.alarm = resident.object.next_alarm().unwrap();
        }
    }

    pub fn addresses(&self) -> Vec<Address> {
        self.0.borrow().keys().cloned().collect()
    }

    /// Whose alarm has rung by `clock`, and the jobs that want the world.
    pub fn ring(&self, clock: i64) -> Vec<(Address, Vec<Job>)> {
        let mut all = self.0.borrow_mut();
        let due = all.iter_mut().filter(|(_, resident)| resident.alarm.is_some_and(|at| at <= clock));
        due.map(|(address, resident)| {
            let jobs = resident.object.ring(clock).unwrap();
            resident.alarm = resident.object.next_alarm().unwrap();
            (address.clone(), jobs)
        })
        .collect()
    }

    /// Ends a job by how it went, as the object's alarm does.
    pub fn end_job(&self, at: &Address, job: &Job, outcome: &Result<(), Error>, clock: i64) {
        let mut all = self.0.borrow_mut();
        let resident = all.get_mut(at).unwrap();
        transaction(&resident.sql, || match outcome {
            Ok(()) => CompleteJob { id: job.id.clone(), body: job.body.clone() }.run(&resident.sql),
            Err(_) => PostponeJob { id: job.id.clone(), body: job.body.clone() }.run(&resident.sql, clock),
        })
        .unwrap();
        resident.alarm = resident.object.next_alarm().unwrap();
    }

    /// Rows of one object, for looking behind the API; none where the object was never founded.
    pub fn rows(&self, at: &Address, select: &str) -> Vec<Row> {
        let all = self.0.borrow();
        let Some(resident) = all.get(at) else { return Vec::new() };
        let founded = resident.sql.query("SELECT 1 FROM sqlite_master WHERE name = 'meta'", &[]).unwrap();
        if founded.is_empty() { Vec::new() } else { resident.sql.query(select, &[]).unwrap() }
    }

    /// Every row of every object but clocks and remembered answers: equal texts are equal worlds.
    pub fn dump(&self) -> String {
        let mut out = String::new();
        for address in self.addresses() {
            for table in
                self.rows(&address, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            {
                let table = table.text(0).unwrap();
                if matches!(table.as_str(), "meta" | "operation" | "job" | "sqlite_sequence") {
                    continue;
                }
                for row in self.rows(&address, &format!("SELECT * FROM {table}")) {
                    let _ = writeln!(out, "{:?} {address} {table} {:?}", address.kind, row.0);
                }
            }
        }
        out
    }
}
