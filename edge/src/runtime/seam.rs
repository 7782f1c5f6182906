//! Ways to break an object on purpose, for the tests of the seams. Compiled with the feature `seams` only; locally the
//! objects are of the class `Outbox`, with names that no address has.
//!
//! `GET /_seam/hang/<n>` lets the next calls to objects, `n` of them, go without an answer; `GET /_seam/hang` answers how
//! many are left. Any request with the header `x-seam-target` is answered with what its target was, and was read as. `GET /_seam/panic`
//! panics in the Worker itself. `GET /_seam/object/<name>/<what>` asks an object:
//!
//! | what | does |
//! |---|---|
//! | `write` | writes a row, and answers once that is acknowledged |
//! | `count` | answers how many rows there are |
//! | `ids` | answers the rows' numbers |
//! | `undo` | writes a row in a transaction that rolls back |
//! | `panic`, `write-panic`, `undo-panic` | panics: before, after, and in the transaction of a write |
//! | `oom`, `stack` | runs out of memory, or of stack |
//! | `throw` | fails as an object does that cannot wake |
//! | `found` | makes it an outbox with two jobs that are due and no alarm: a sweep, and one of no known kind |
//! | `wake` | wakes it as a command would |
//! | `jobs` | answers the jobs that are left, and how often each was tried |
//! | `conformance` | runs the database checks |

use super::chance::Chance;
use super::sql::DurableSql;
use super::world::within_deadline;
use super::{clock, fault, vectors};
use crate::message::{Request, Response};
use crate::path::Path;
use crate::platform::CallFault;
use domain::address::Kind;
use domain::caller::Caller;
use domain::command;
use domain::error::Fault;
use domain::object::Object;
use domain::outbox::{Message, Post};
use domain::sql::{Row, Sql, SqlFault, conformance, transaction};
use http::StatusCode;
use std::cell::Cell;
use std::time::Duration;
use worker::{Delay, Env};

thread_local! {
    // Objects live in the Worker's own isolate here.
    static HANGS: Cell<u32> = const { Cell::new(0) };
}

/// Answers a request that is for a seam, or hands it on.
pub(super) async fn entry(env: &Env, request: Request) -> Result<Response, Request> {
    let path = request.raw_path().to_owned();
    if path == "/_seam/panic" {
        panic_now();
    }
    if let Some(rest) = path.strip_prefix("/_seam/hang") {
        if let Some(calls) = rest.strip_prefix('/').and_then(|calls| calls.parse().ok()) {
            HANGS.set(calls);
        }
        return Ok(answer(200, HANGS.get().to_string()));
    }
    if path == vectors::PATH {
        return Ok(vectors::serve(request).await);
    }
    if let Some(rest) = path.strip_prefix("/_seam/object/") {
        return Ok(match within_deadline(ask(env, rest)).await {
            Ok((status, text)) => answer(status, text),
            Err(CallFault(text)) => answer(500, text),
        });
    }
    if request.headers.contains_key("x-seam-target") {
        let plain = match Path::parse(&request.target) {
            Ok(path) => match path.plain() {
                Ok(plain) => format!("plain {plain}"),
                Err(error) => format!("refused {error:?}"),
            },
            Err(error) => format!("refused {error:?}"),
        };
        return Ok(answer(200, format!("{}\n{plain}\n", request.target)));
    }
    Err(request)
}

fn answer(status: u16, text: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Response::text(status, "text/plain; charset=utf-8", text)
}

async fn ask(env: &Env, rest: &str) -> Result<(u16, String), CallFault> {
    let (name, what) = rest.split_once('/').unwrap_or((rest, ""));
    let objects = env.durable_object("OUTBOX").map_err(fault::worker)?;
    let object = objects.get_by_name(&format!("seam {name}")).map_err(fault::worker)?;
    let mut reply = object.fetch_with_str(&format!("https://object/{what}")).await.map_err(fault::worker)?;
    Ok((reply.status_code(), reply.text().await.map_err(fault::worker)?))
}

/// Keeps a caller waiting, if it is to wait.
pub(super) async fn hang() {
    if let Some(left) = HANGS.get().checked_sub(1) {
        HANGS.set(left);
        // Longer than anybody waits. With nothing under way, the runtime would see that no answer can come.
        Delay::from(Duration::from_mins(1)).await;
    }
}

/// The object's side.
pub(super) fn object(sql: DurableSql, path: &str) -> worker::Result<worker::Response> {
    let text = run(sql, path.trim_start_matches('/'))
        .map_err(|fault| worker::Error::RustError(fault.to_string()))?;
    worker::Response::ok(text)
}

fn run(sql: DurableSql, what: &str) -> Result<String, SqlFault> {
    if what == "found" {
        return found(sql);
    }
    let sql = &sql;
    sql.query(
        "CREATE TABLE IF NOT EXISTS seam (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL) STRICT",
        &[],
    )?;
    let write = || sql.query("INSERT INTO seam (at) VALUES (?) RETURNING id", &[what.into()]);
    match what {
        "write" => write().and_then(|rows| first(&rows)),
        "count" => sql.query("SELECT count(*) FROM seam", &[]).and_then(|rows| first(&rows)),
        "ids" => {
            let rows = sql.query("SELECT id FROM seam ORDER BY id", &[])?;
            let ids: Vec<String> =
                rows.iter().map(|row| row.integer(0).map(|id| id.to_string())).collect::<Result<_, _>>()?;
            Ok(ids.join(" "))
        }
        "jobs" => {
            let rows = sql.query("SELECT id || ' ' || tries FROM job ORDER BY id", &[])?;
            let jobs: Vec<String> = rows.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?;
            Ok(jobs.join(", "))
        }
        "wake" => Ok("awake".into()),
        "undo" => {
            let undone = transaction(sql, || write().and(Err::<(), _>(SqlFault("undone".into()))));
            Ok(format!("{undone:?}"))
        }
        "panic" => panic_now(),
        "write-panic" => {
            write()?;
            panic_now()
        }
        "undo-panic" => transaction(sql, || {
            write()?;
            panic_now()
        }),
        "oom" => {
            let mut hoard: Vec<Vec<u8>> = Vec::new();
            loop {
                hoard.push(vec![1; 16 << 20]);
                std::hint::black_box(&mut hoard);
            }
        }
        "stack" => Ok(deeper(1).to_string()),
        "throw" => Err(SqlFault("asked to".into())),
        "conformance" => Ok(conformance::run(sql).err().unwrap_or_else(|| "conforms".into())),
        other => Ok(format!("no seam `{other}`")),
    }
}

fn found(sql: DurableSql) -> Result<String, SqlFault> {
    let broken = |fault: Fault| SqlFault(fault.to_string());
    let message = Message {
        medium: "EMAIL".into(),
        to: "a".into(),
        subject: "b".into(),
        body: "c".into(),
        about: "d".into(),
    };
    let post = command::encode(&Post { message }, "seam", 0, 0, &Caller::default()).map_err(broken)?;
    let object = Object::wake(Kind::Outbox, sql).map_err(broken)?;
    object.handle(&post, clock::now(), &Chance);
    // Nothing that would call for another sweep.
    object.sql().query("DELETE FROM operation", &[])?;
    object.sql().query(
        "INSERT OR REPLACE INTO job (id, kind, due, tries, body) VALUES ('sweep', 'sweep', 1, 0, '{}'), ('x', 'x', 1, 0, '{}')",
        &[],
    )?;
    Ok("founded".into())
}

fn first(rows: &[Row]) -> Result<String, SqlFault> {
    rows.first().map_or(Ok(0), |row| row.integer(0)).map(|number| number.to_string())
}

#[allow(clippy::panic, reason = "this is what the test is about")]
fn panic_now() -> ! {
    panic!("asked to");
}

#[allow(unconditional_recursion, reason = "this is what the test is about")]
fn deeper(depth: u64) -> u64 {
    let kept = std::hint::black_box([depth; 64]);
    deeper(depth + 1) + kept.iter().sum::<u64>()
}
