use super::store;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use serde::{Deserialize, Serialize};

const MOST: usize = 100;

/// Names the binding behind a bucket.
#[derive(Debug, Serialize, Deserialize)]
pub struct PutBucket {
    pub name: String,
    pub binding: String,
}

impl Command for PutBucket {
    type Answer = ();
    const NAME: &'static str = "account.put_bucket";
    const OBJECT: Kind = Kind::Account;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        let buckets = store::list_buckets(cx.sql)?;
        if !buckets.contains_key(&self.name) && buckets.len() >= MOST {
            return Err(
                Refusal::QuotaExceeded { message: format!("There are {MOST} buckets already.") }.into()
            );
        }
        store::upsert_bucket(cx.sql, &self.name, &self.binding)?;
        store::touch(cx.sql)?;
        cx.event("account.bucket_put", self.name, &self.binding);
        Ok(())
    }
}
