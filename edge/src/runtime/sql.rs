//! Durable Object `SQLite` behind [`Sql`].

use super::fault;
use domain::sql::{EXACT, End, Row, Sql, SqlFault, Value};
use js_sys::{Array, ArrayBuffer, Iterator, Number, Uint8Array};
use wasm_bindgen::prelude::*;
use worker::worker_sys::SqlStorage;
use worker::{State, Storage};

#[allow(unsafe_code, reason = "what wasm-bindgen makes of a foreign function")]
mod foreign {
    use super::{Array, Iterator, JsValue, wasm_bindgen};

    #[wasm_bindgen]
    extern "C" {
        pub(super) type Transactions;

        /// `worker` does not have it. Throws whatever the callback throws, once it has rolled back.
        #[wasm_bindgen(method, catch, js_name = transactionSync)]
        pub(super) fn transaction_sync(
            this: &Transactions,
            work: &mut dyn FnMut() -> Result<JsValue, JsValue>,
        ) -> Result<JsValue, JsValue>;

        /// All rows in one call. Stepping may throw, which `worker` does not expect.
        #[wasm_bindgen(catch, js_namespace = Array, js_name = from)]
        pub(super) fn drain(rows: &Iterator) -> Result<Array, JsValue>;
    }
}

/// The database of one object.
#[derive(Debug)]
pub(super) struct DurableSql {
    storage: Storage,
    sql: SqlStorage,
}

impl DurableSql {
    pub(super) fn of(state: &State) -> Self {
        let storage = state.storage();
        Self { sql: storage.as_raw().sql(), storage }
    }
}

impl Sql for DurableSql {
    fn query(&self, statement: &str, values: &[Value]) -> Result<Vec<Row>, SqlFault> {
        let broken = |thrown: JsValue| SqlFault(fault::text(&thrown));
        let values = values.iter().map(bind).collect::<Result<Array, _>>()?;
        let cursor = self.sql.exec(statement, values).map_err(broken)?;
        let rows = foreign::drain(&cursor.raw()).map_err(broken)?;
        rows.iter().map(|row| Array::from(&row).iter().map(read).collect::<Result<_, _>>().map(Row)).collect()
    }

    fn atomic(&self, work: &mut dyn FnMut() -> End) -> Result<(), SqlFault> {
        let storage: &foreign::Transactions = self.storage.as_raw().unchecked_ref();
        let mut end = None;
        let done = storage.transaction_sync(&mut || match *end.insert(work()) {
            End::Commit => Ok(JsValue::UNDEFINED),
            // Throwing is how a transaction is told to roll back.
            End::RollBack => Err(JsValue::NULL),
        });
        match (end, done) {
            (Some(End::Commit), Ok(_)) => Ok(()),
            (Some(End::RollBack), Err(thrown)) if thrown.is_null() => Ok(()),
            (_, Err(thrown)) => Err(SqlFault(fault::text(&thrown))),
            (_, Ok(_)) => Err(SqlFault("a transaction that did not end as asked".into())),
        }
    }
}

fn bind(value: &Value) -> Result<JsValue, SqlFault> {
    Ok(match value {
        Value::Null => JsValue::NULL,
        #[allow(clippy::cast_precision_loss, reason = "guarded")]
        Value::Integer(number) if number.unsigned_abs() <= EXACT => JsValue::from(*number as f64),
        Value::Integer(number) => return Err(SqlFault(format!("{number} is not exact as a double"))),
        Value::Text(text) => JsValue::from_str(text),
        Value::Blob(bytes) => Uint8Array::from(bytes.as_slice()).buffer().into(),
    })
}

fn read(value: JsValue) -> Result<Value, SqlFault> {
    if value.is_null() {
        return Ok(Value::Null);
    }
    if let Some(number) = value.as_f64() {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "only whole numbers that are exact pass the guard"
        )]
        return if Number::is_safe_integer(&value) {
            Ok(Value::Integer(number as i64))
        } else {
            Err(SqlFault(format!("{number} came back, which is no exact integer")))
        };
    }
    if let Some(text) = value.as_string() {
        return Ok(Value::Text(text));
    }
    match value.dyn_into::<ArrayBuffer>() {
        Ok(bytes) => Ok(Value::Blob(Uint8Array::new(&bytes).to_vec())),
        Err(_) => Err(SqlFault("a value of no type that a database has".into())),
    }
}
