//! Changes of the account.

use crate::edge::Edge;
use domain::address::Address;
use domain::command::Command;
use domain::error::Error;

/// Makes a change, and sees to it that this isolate acts on it at once; others follow within seconds.
pub(crate) async fn change<C>(edge: &Edge, command: C) -> Result<C::Answer, Error>
where
    C: Command + 'static,
    C::Answer: 'static,
{
    let flow = edge.clone();
    edge.to_the_end(async move {
        let answer = flow.call(&Address::ACCOUNT, &command).await?;
        // The change stands, whether or not it can be read back now; if not, whoever comes next reads it.
        if let Err(error) = flow.account_fresh().await {
            flow.cache.forget_account();
            flow.log_fault(&format!("reading the account after a change: {error:?}"));
        }
        Ok(answer)
    })
    .await
}
