//! Use cases of more than one step: hash a password, send a code, tell the shards, and the domain operations between
//! them. Async; they talk to the world only through [`crate::edge::Edge`].
