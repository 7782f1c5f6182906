//! The account as the Worker tier sees it: at most [`cache::MAX_AGE`](crate::cache::MAX_AGE) seconds old, its policies
//! parsed once.

use crate::edge::Edge;
use domain::account::{FindAccount, Gate, Snapshot};
use domain::address::Address;
use domain::error::{Error, fault};
use domain::policy::{Document, Kind};
use domain::role;
use std::collections::BTreeMap;
use std::rc::Rc;

#[derive(Debug)]
pub struct AccountSnapshot {
    /// Grows with each change.
    pub version: u64,
    /// Hosted prefix → user pool id.
    pub domains: BTreeMap<String, String>,
    /// By name, spelt as it was given.
    pub roles: BTreeMap<String, Role>,
    /// The gate document as stored; whoever reads it parses it once a version.
    pub gate: Gate,
}

/// A role, ready to evaluate.
#[derive(Debug)]
pub struct Role {
    pub arn: String,
    pub id: String,
    pub path: &'static str,
    pub trust: Document,
    /// Inline policies by name.
    pub policies: BTreeMap<String, Document>,
    /// Sessions issued before this time are over.
    pub revoked_before: i64,
    /// Seconds.
    pub max_session: u32,
    pub created: i64,
    pub description: Option<String>,
}

impl AccountSnapshot {
    /// The role with this ARN.
    pub fn role(&self, arn: &str) -> Option<(&str, &Role)> {
        let name = arn.rsplit('/').next()?;
        let (name, role) = self.roles.get_key_value(name)?;
        (role.arn == arn).then_some((name, role))
    }

    fn read(edge: &Edge, snapshot: Snapshot) -> Self {
        let Snapshot { version, domains, roles, gate, .. } = snapshot;
        let account = &edge.settings().account;
        let mut read = BTreeMap::new();
        for role in roles {
            // A stored policy was understood when it was stored. One that is not, after a change of ours, must neither
            // let more pass than it should (a deny left out) nor take everybody else's role with it.
            match parse(&role, account) {
                Ok(parsed) => drop(read.insert(role.name, parsed)),
                Err(text) => edge.log_fault(&format!("role `{}` is left out: {text}", role.name)),
            }
        }
        Self { version, domains, roles: read, gate }
    }
}

/// The ARN of a role; every role stands at `/`.
pub(crate) fn role_arn(account: &str, name: &str) -> String {
    format!("arn:aws:iam::{account}:role/{name}")
}

fn parse(role: &role::Role, account: &str) -> Result<Role, String> {
    let read = |text: &str, kind| Document::parse(text, kind).map_err(|malformed| malformed.to_string());
    let policies = role
        .policies
        .iter()
        .map(|(name, text)| Ok((name.clone(), read(text, Kind::Identity)?)))
        .collect::<Result<_, String>>()?;
    Ok(Role {
        arn: role_arn(account, &role.name),
        id: role.id.clone(),
        path: "/",
        trust: read(&role.trust, Kind::Trust)?,
        policies,
        revoked_before: role.revoked_before,
        max_session: role.max_session,
        created: role.created,
        description: role.description.clone(),
    })
}

impl Edge {
    /// The account, at most some seconds old.
    pub async fn account(&self) -> Result<Rc<AccountSnapshot>, Error> {
        match self.cache.account(self.platform.now()) {
            Some((account, true)) => Ok(account),
            _ => self.account_fresh().await,
        }
    }

    /// The account for something that the cached one does not have: as it is now, unless that was asked for too often
    /// lately. Anybody can ask for what is nowhere, and there is one account.
    pub(crate) async fn account_looked_at_again(&self) -> Result<Rc<AccountSnapshot>, Error> {
        if self.cache.may_look_again(self.platform.now()) {
            self.account_fresh().await
        } else {
            self.account().await
        }
    }

    /// The account as it is now.
    pub async fn account_fresh(&self) -> Result<Rc<AccountSnapshot>, Error> {
        let reading = self.cache.reading(self.platform.now());
        let kept = self.cache.account(reading.at).map(|(account, _)| account);
        let known = kept.as_ref().map(|account| account.version);
        let account = match (self.call(&Address::ACCOUNT, &FindAccount { known }).await?, kept) {
            (Some(snapshot), _) => Rc::new(AccountSnapshot::read(self, snapshot)),
            (None, Some(kept)) => kept,
            (None, None) => return Err(fault("the account did not tell its state")),
        };
        self.cache.keep_account(Rc::clone(&account), reading);
        Ok(account)
    }
}
