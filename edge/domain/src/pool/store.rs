//! A pool's rows.

use super::{Client, SigningKey, UserPool};
use crate::sql::{Row, Sql, SqlFault};

/// The configuration, without its keys.
pub(super) fn find_pool(sql: &dyn Sql) -> Result<Option<UserPool>, SqlFault> {
    let rows = sql.query("SELECT body FROM document WHERE name = 'pool'", &[])?;
    rows.first().map(|row| row.json(0)).transpose()
}

pub(super) fn update_pool(sql: &dyn Sql, pool: &UserPool) -> Result<(), SqlFault> {
    let bare = UserPool { keys: Vec::new(), ..pool.clone() };
    sql.query(
        "INSERT INTO document (name, body) VALUES ('pool', ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body",
        &[json(&bare)?.into()],
    )
    .map(drop)
}

pub(crate) fn insert_key(sql: &dyn Sql, key: &SigningKey) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO signing_key (kid, signs, algorithm, public, private, created, retired)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        &[
            (&key.kid).into(),
            key.signs.label().into(),
            (&key.algorithm).into(),
            (&key.public).into(),
            key.private.clone().into(),
            key.created.into(),
            key.retired.into(),
        ],
    )
    .map(drop)
}

pub(crate) fn page_keys(sql: &dyn Sql) -> Result<Vec<SigningKey>, SqlFault> {
    let rows = sql.query(
        "SELECT kid, signs, algorithm, public, private, created, retired FROM signing_key ORDER BY kid LIMIT 20",
        &[],
    )?;
    rows.iter().map(key).collect()
}

pub(super) fn find_client(sql: &dyn Sql, id: &str) -> Result<Option<Client>, SqlFault> {
    let rows = sql.query("SELECT body FROM client WHERE id = ?", &[id.into()])?;
    rows.first().map(|row| row.json(0)).transpose()
}

pub(super) fn page_clients(sql: &dyn Sql, after: &str, limit: u32) -> Result<Vec<Client>, SqlFault> {
    let rows =
        sql.query("SELECT body FROM client WHERE id > ? ORDER BY id LIMIT ?", &[after.into(), limit.into()])?;
    rows.iter().map(|row| row.json(0)).collect()
}

/// How many clients there are, counted no further than `limit`.
pub(super) fn count_clients(sql: &dyn Sql, limit: u32) -> Result<i64, SqlFault> {
    let rows = sql.query(
        "SELECT count(*) FROM (SELECT 1 FROM client WHERE id > '' ORDER BY id LIMIT ?)",
        &[limit.into()],
    )?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

pub(super) fn upsert_client(sql: &dyn Sql, client: &Client) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO client (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        &[client.id.as_str().into(), json(client)?.into()],
    )
    .map(drop)
}

pub(super) fn delete_client(sql: &dyn Sql, id: &str) -> Result<(), SqlFault> {
    sql.query("DELETE FROM client WHERE id = ?", &[id.into()]).map(drop)
}

fn json(value: &impl serde::Serialize) -> Result<String, SqlFault> {
    serde_json::to_string(value).map_err(|e| SqlFault(e.to_string()))
}

fn key(row: &Row) -> Result<SigningKey, SqlFault> {
    use super::Signs;
    Ok(SigningKey {
        kid: row.text(0)?,
        signs: match row.text(1)?.as_str() {
            "id" => Signs::Id,
            "access" => Signs::Access,
            "open_id" => Signs::OpenId,
            other => return Err(SqlFault(format!("a key that signs `{other}`"))),
        },
        algorithm: row.text(2)?,
        public: row.text(3)?,
        private: row.blob(4)?,
        created: row.integer(5)?,
        retired: row.integer_or_null(6)?,
    })
}
