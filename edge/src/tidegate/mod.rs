//! Tidegate's own door, under `/_tidegate/`: the outbox of local runs. (The gate document is the gate's.)

mod outbox;

pub(crate) use outbox::outbox;
