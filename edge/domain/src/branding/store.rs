//! Rows of branding, one a client.

use super::image::Kind;
use super::{Branding, Logo};
use crate::sql::{Row, Sql, SqlFault};

pub(super) fn find(sql: &dyn Sql, client: &str) -> Result<Option<Branding>, SqlFault> {
    let rows = sql.query(
        "SELECT client, source, sheet, image_kind, image_width, image_height, version, created, modified
         FROM branding WHERE client = ?",
        &[client.into()],
    )?;
    rows.first().map(branding).transpose()
}

pub(super) fn find_logo(sql: &dyn Sql, client: &str) -> Result<Option<Vec<u8>>, SqlFault> {
    let rows =
        sql.query("SELECT image FROM branding WHERE client = ? AND image IS NOT NULL", &[client.into()])?;
    rows.first().map(|row| row.blob(0)).transpose()
}

pub(super) fn upsert(sql: &dyn Sql, branding: &Branding, image: Option<Vec<u8>>) -> Result<(), SqlFault> {
    let logo = branding.logo.as_ref();
    sql.query(
        "INSERT INTO branding
           (client, source, sheet, image_kind, image_width, image_height, image, version, created, modified)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (client) DO UPDATE SET
           source = excluded.source, sheet = excluded.sheet, image_kind = excluded.image_kind,
           image_width = excluded.image_width, image_height = excluded.image_height, image = excluded.image,
           version = excluded.version, modified = excluded.modified",
        &[
            (&branding.client).into(),
            branding.source.clone().into(),
            branding.sheet.clone().into(),
            logo.map(|logo| logo.kind.extension()).into(),
            logo.map(|logo| logo.width).into(),
            logo.map(|logo| logo.height).into(),
            image.into(),
            (&branding.version).into(),
            branding.created.into(),
            branding.modified.into(),
        ],
    )
    .map(drop)
}

pub(crate) fn delete(sql: &dyn Sql, client: &str) -> Result<(), SqlFault> {
    sql.query("DELETE FROM branding WHERE client = ?", &[client.into()]).map(drop)
}

fn branding(row: &Row) -> Result<Branding, SqlFault> {
    let logo = match row.text_or_null(3)?.as_deref() {
        None => None,
        Some(kind) => Some(Logo {
            kind: match kind {
                "png" => Kind::Png,
                "jpg" => Kind::Jpeg,
                other => return Err(SqlFault(format!("a logo of kind `{other}`"))),
            },
            width: side(row.integer(4)?)?,
            height: side(row.integer(5)?)?,
        }),
    };
    Ok(Branding {
        client: row.text(0)?,
        source: row.text_or_null(1)?,
        sheet: row.text_or_null(2)?,
        logo,
        version: row.text(6)?,
        created: row.integer(7)?,
        modified: row.integer(8)?,
    })
}

fn side(pixels: i64) -> Result<u32, SqlFault> {
    u32::try_from(pixels).map_err(|_| SqlFault(format!("a logo of {pixels} pixels")))
}
