//! What an object's alarm asks of the world.

use super::pool;
use crate::edge::Edge;
use domain::context::Job;
use domain::error::{Error, fault};
use domain::pool::{TELL, Tell};

/// Runs one job; the object completes or postpones it by the result.
pub async fn run(edge: &Edge, job: &Job) -> Result<(), Error> {
    match job.kind.as_str() {
        TELL => {
            let tell: Tell = serde_json::from_str(&job.body)?;
            pool::finish(edge, &tell).await
        }
        other => Err(fault(format!("a job of unknown kind `{other}`"))),
    }
}
