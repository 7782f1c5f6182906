//! Which commands an object knows: one line each.

use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, fault};
use crate::{account, branding, identity, outbox, pool, role, session, user};
use serde_json::value::RawValue;

pub(super) struct Entry {
    name: &'static str,
    object: Kind,
    pub(super) writes: bool,
    pub(super) founds: bool,
    pub(super) run: fn(&RawValue, &mut Context<'_>) -> Result<Box<RawValue>, Error>,
}

const fn entry<C: Command>() -> Entry {
    Entry { name: C::NAME, object: C::OBJECT, writes: C::WRITES, founds: C::FOUNDS, run: run::<C> }
}

fn run<C: Command>(body: &RawValue, cx: &mut Context<'_>) -> Result<Box<RawValue>, Error> {
    let command: C = serde_json::from_str(body.get()).map_err(|e| fault(format!("{}: {e}", C::NAME)))?;
    let answer = command.run(cx)?;
    Ok(serde_json::value::to_raw_value(&answer)?)
}

pub(super) fn find(kind: Kind, name: &str) -> Option<&'static Entry> {
    COMMANDS.iter().find(|entry| entry.name == name && entry.object == kind)
}

/// Every command, by object and name.
#[cfg(all(test, feature = "native"))]
pub(super) fn names() -> impl Iterator<Item = (Kind, &'static str)> {
    COMMANDS.iter().map(|entry| (entry.object, entry.name))
}

const COMMANDS: &[Entry] = &[
    // Account
    entry::<account::FindAccount>(),
    entry::<account::RegisterPool>(),
    entry::<account::ForgetPool>(),
    entry::<account::ListPools>(),
    entry::<account::FindDomain>(),
    entry::<account::PutGate>(),
    // Account: roles
    entry::<role::CreateRole>(),
    entry::<role::FindRole>(),
    entry::<role::ListRoles>(),
    entry::<role::DeleteRole>(),
    entry::<role::PutRolePolicy>(),
    entry::<role::DeleteRolePolicy>(),
    // Pool
    entry::<pool::CreatePool>(),
    entry::<pool::FindPool>(),
    entry::<pool::UpdatePool>(),
    entry::<pool::DeletePool>(),
    entry::<pool::FinishDelete>(),
    entry::<pool::SetDomain>(),
    entry::<pool::Told>(),
    entry::<pool::CreateClient>(),
    entry::<pool::FindClient>(),
    entry::<pool::ListClients>(),
    entry::<pool::UpdateClient>(),
    entry::<pool::DeleteClient>(),
    // Pool: branding
    entry::<branding::SetBranding>(),
    entry::<branding::FindBranding>(),
    entry::<branding::FindLogo>(),
    // Pool: identity pools
    entry::<identity::CreateIdentityPool>(),
    entry::<identity::FindIdentityPool>(),
    entry::<identity::SetRoles>(),
    entry::<identity::DeleteIdentityPool>(),
    // IdentityShard
    entry::<identity::Admit>(),
    entry::<identity::FindIdentity>(),
    entry::<identity::Raise>(),
    entry::<identity::Close>(),
    // UserShard: names
    entry::<user::Claim>(),
    entry::<user::SettleClaim>(),
    entry::<user::ReleaseClaim>(),
    entry::<user::Decide>(),
    entry::<user::Forsake>(),
    // UserShard: users
    entry::<user::Register>(),
    entry::<user::ConfirmSignUp>(),
    entry::<user::AdminConfirm>(),
    entry::<user::PutCode>(),
    entry::<user::PutFirstCode>(),
    entry::<user::CheckCode>(),
    entry::<user::FindUser>(),
    entry::<user::ListUsers>(),
    entry::<user::CountUsers>(),
    entry::<user::SetAttributes>(),
    entry::<user::AdminSetAttributes>(),
    entry::<user::PutContactCode>(),
    entry::<user::CheckContactCode>(),
    entry::<user::VerifyContact>(),
    entry::<user::EnableUser>(),
    entry::<user::DeleteUser>(),
    // UserShard: passwords
    entry::<user::BeginPassword>(),
    entry::<user::BeginChange>(),
    entry::<user::FinishPassword>(),
    entry::<user::AdminSetPassword>(),
    entry::<user::AnswerNewPassword>(),
    entry::<user::ResetPassword>(),
    // UserShard: sessions
    entry::<session::CheckToken>(),
    entry::<session::Stand>(),
    entry::<session::Refresh>(),
    entry::<session::Rotate>(),
    entry::<session::RevokeFamily>(),
    entry::<session::SignOutEverywhere>(),
    entry::<session::IssueGrant>(),
    entry::<session::RedeemGrant>(),
    entry::<session::StartBrowser>(),
    entry::<session::FindBrowser>(),
    entry::<session::EndBrowser>(),
    // UserShard: configuration
    entry::<user::Raise>(),
    entry::<user::Close>(),
    // Outbox
    entry::<outbox::Post>(),
    entry::<outbox::List>(),
];
