//! Proving a contact that a person has changed or never proven: a code goes there, and comes back.

use super::claim::{self, Names};
use super::message::{self, Delivery};
use super::token::AccessClaims;
use crate::edge::Edge;
use domain::error::{Error, Refusal, fault, invalid};
use domain::pool::{Contact, UserPool};
use domain::user::{
    CheckContactCode, CodePurpose, Name, NameKind, PutContactCode, Registered, VerifyContact,
};
use std::rc::Rc;

/// The contact that an attribute is.
pub(crate) fn contact(attribute: &str) -> Result<Contact, Error> {
    Contact::of_attribute(attribute)
        .ok_or_else(|| invalid(format!("{attribute}: only email and phone_number can be verified.")))
}

/// Sends a code to the address that waits to be proven, else to the one that stands.
pub(crate) async fn ask(
    edge: &Edge,
    pool: &Rc<UserPool>,
    claims: &AccessClaims,
    contact: Contact,
) -> Result<Delivery, Error> {
    message::ready(edge)?;
    let purpose = CodePurpose::proving(contact);
    let code = message::draw_code(edge);
    let mac = message::code_mac(edge, pool, claims.proof.sub.as_str(), purpose, &code);
    let put = |_: &UserPool| PutContactCode { proof: claims.proof.clone(), contact, mac: mac.clone() };
    let address = edge.call_shard(pool, claims.shard(pool.placement), put).await?;
    message::send(edge, message::with_code(pool, contact, purpose, &address, &code)).await?;
    Ok(Delivery::to(contact, &address))
}

/// Proves by code: an address that waited is the person's now, and where contacts are names it becomes one.
pub(crate) async fn verify(
    edge: &Edge,
    pool: &Rc<UserPool>,
    claims: &AccessClaims,
    contact: Contact,
    code: &str,
) -> Result<(), Error> {
    let (sub, home) = (claims.proof.sub.clone(), claims.shard(pool.placement));
    let macs = message::code_macs(edge, pool, sub.as_str(), CodePurpose::proving(contact), code);
    let check = |_: &UserPool| CheckContactCode { proof: claims.proof.clone(), contact, macs: macs.clone() };
    let provable = edge.call_shard(pool, home, check).await?;
    let alias = contact.alias();
    let is_name = pool.settings.sign_in_aliases().contains(&alias);
    let name = is_name.then(|| Name::new(pool, NameKind::from(alias), &provable.address));
    let (kept, names): (Vec<_>, Vec<_>) = name.into_iter().partition(|name| provable.names.contains(name));
    let (edge, pool, proof) = (edge.clone(), Rc::clone(pool), claims.proof.clone());
    let work = edge.clone();
    work.to_the_end(async move {
        let names = Names::split(&edge, &pool, home, names);
        let command = |pool: &UserPool| VerifyContact {
            proof: proof.clone(),
            contact,
            macs: macs.clone(),
            address: provable.address.clone(),
            here: names.here.clone(),
            elsewhere: names.elsewhere.clone(),
            kept: kept.clone(),
            operation: names.operation.clone(),
            placement: pool.placement,
        };
        claim::holding(&edge, &pool, &sub, &names, async || {
            for _ in 0..3 {
                match edge.call_shard(&pool, home, command).await? {
                    Registered::Done(_) => return Ok(()),
                    Registered::Contested(other) => claim::dispute(&edge, &pool, &names, &other).await?,
                    other @ Registered::NameHeld { .. } => {
                        return Err(fault(format!("verified, but {other:?}")));
                    }
                }
            }
            Err(Refusal::Busy.into())
        })
        .await
    })
    .await
}
