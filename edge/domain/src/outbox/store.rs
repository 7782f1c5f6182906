use super::{Message, Sent};
use crate::sql::{Row, Sql, SqlFault};

pub(super) fn insert(sql: &dyn Sql, at: i64, message: &Message) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO message (at, medium, recipient, subject, body, about) VALUES (?, ?, ?, ?, ?, ?)",
        &[
            at.into(),
            (&message.medium).into(),
            (&message.to).into(),
            (&message.subject).into(),
            (&message.body).into(),
            (&message.about).into(),
        ],
    )
    .map(drop)
}

pub(super) fn delete_oldest(sql: &dyn Sql, keep: i64) -> Result<(), SqlFault> {
    sql.query(
        "DELETE FROM message WHERE seq <= (SELECT max(seq) FROM message) - CAST(? AS INTEGER)",
        &[keep.into()],
    )
    .map(drop)
}

pub(super) fn page(sql: &dyn Sql, to: Option<&str>, limit: u32) -> Result<Vec<Sent>, SqlFault> {
    let rows = match to {
        Some(to) => sql.query(
            "SELECT seq, at, medium, recipient, subject, body, about FROM message WHERE recipient = ?
             ORDER BY seq DESC LIMIT ?",
            &[to.into(), limit.into()],
        )?,
        None => sql.query(
            "SELECT seq, at, medium, recipient, subject, body, about FROM message ORDER BY seq DESC LIMIT ?",
            &[limit.into()],
        )?,
    };
    rows.iter().map(sent).collect()
}

fn sent(row: &Row) -> Result<Sent, SqlFault> {
    Ok(Sent {
        seq: row.integer(0)?,
        at: row.integer(1)?,
        message: Message {
            medium: row.text(2)?,
            to: row.text(3)?,
            subject: row.text(4)?,
            body: row.text(5)?,
            about: row.text(6)?,
        },
    })
}
