//! What the two doors that browsers come to, [`crate::oidc`] and [`crate::hosted`], have in common: the authorization
//! request that both carry along, cookies, the proof that a form is ours, and how a page goes out.

pub(crate) mod ask;
pub(crate) mod cookie;
pub(crate) mod csp;
pub(crate) mod csrf;
pub(crate) mod dress;
pub(crate) mod flash;
pub(crate) mod form;
pub(crate) mod once;
pub(crate) mod page;
pub(crate) mod pkce;
pub(crate) mod scope;
#[cfg(test)]
pub(crate) mod testing;
pub(crate) mod uri;
pub(crate) mod visit;
