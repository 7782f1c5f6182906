//! Use cases of more than one step: hash a password, send a code, tell the shards, and the domain operations between
//! them. Async; they talk to the world only through [`crate::edge::Edge`].

pub(crate) mod account;
pub(crate) mod attribute;
pub(crate) mod branding;
pub(crate) mod browser;
pub(crate) mod challenge;
pub(crate) mod claim;
pub(crate) mod confirm;
pub(crate) mod credential;
mod date_time;
pub(crate) mod gate;
pub(crate) mod grant;
pub(crate) mod identity;
pub mod job;
pub(crate) mod list_users;
pub(crate) mod locate;
pub(crate) mod login;
pub(crate) mod message;
pub(crate) mod password;
pub(crate) mod phantom;
pub(crate) mod pool;
pub(crate) mod refresh;
pub(crate) mod reset;
pub(crate) mod secret;
pub(crate) mod sign_in;
pub(crate) mod sign_up;
pub(crate) mod ticket;
pub(crate) mod token;
pub(crate) mod user;
pub(crate) mod verify;
