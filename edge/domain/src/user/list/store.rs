//! Users by what they are listed by, a page a time.

use super::{Page, weight};
use crate::id::Sub;
use crate::sql::{Sql, SqlFault, Value};
use crate::user::{Status, store};

/// Where a page begins, after a (sort key, sub), and how many users it has at most, of how many bytes, with which attributes.
pub(super) struct Window<'a> {
    pub(super) sql: &'a dyn Sql,
    pub(super) after: &'a (String, String),
    pub(super) limit: u32,
    pub(super) bytes: u32,
    /// A JSON array of names.
    pub(super) wanted: Option<&'a str>,
}

impl Window<'_> {
    pub(super) fn all(&self) -> Result<Page, SqlFault> {
        self.equal("SELECT sub, '' FROM user WHERE sub > ? ORDER BY sub LIMIT ?", &[])
    }
    pub(super) fn by_username(&self, name: &str) -> Result<Page, SqlFault> {
        let select = "SELECT sub, '' FROM user WHERE username = ? AND sub > ? ORDER BY sub LIMIT ?";
        self.equal(select, &[name.into()])
    }
    pub(super) fn by_start_of_username(&self, start: &str) -> Result<Page, SqlFault> {
        let select = "SELECT sub, username FROM user
             WHERE username >= ? AND username < ? AND (username, sub) > (?, ?)
             ORDER BY username, sub LIMIT ?";
        self.between(select, &[start.into(), end(start)])
    }
    pub(super) fn by_sub(&self, sub: &str) -> Result<Page, SqlFault> {
        self.equal("SELECT sub, '' FROM user WHERE sub = ? AND sub > ? LIMIT ?", &[sub.into()])
    }
    pub(super) fn by_start_of_sub(&self, start: &str) -> Result<Page, SqlFault> {
        let select = "SELECT sub, '' FROM user WHERE sub >= ? AND sub < ? AND sub > ? ORDER BY sub LIMIT ?";
        self.equal(select, &[start.into(), end(start)])
    }
    pub(super) fn by_status(&self, status: Status) -> Result<Page, SqlFault> {
        let select = "SELECT sub, '' FROM user WHERE status = ? AND sub > ? ORDER BY sub LIMIT ?";
        self.equal(select, &[status.label().into()])
    }
    pub(super) fn by_enabled(&self, enabled: bool) -> Result<Page, SqlFault> {
        let select = "SELECT sub, '' FROM user WHERE enabled = ? AND sub > ? ORDER BY sub LIMIT ?";
        self.equal(select, &[enabled.into()])
    }
    pub(super) fn by_attribute(&self, name: &str, value: &str) -> Result<Page, SqlFault> {
        let select =
            "SELECT sub, '' FROM attribute WHERE name = ? AND value = ? AND sub > ? ORDER BY sub LIMIT ?";
        self.equal(select, &[name.into(), value.into()])
    }
    pub(super) fn by_start_of_attribute(&self, name: &str, start: &str) -> Result<Page, SqlFault> {
        let select = "SELECT sub, value FROM attribute
             WHERE name = ? AND value >= ? AND value < ? AND (value, sub) > (?, ?)
             ORDER BY value, sub LIMIT ?";
        self.between(select, &[name.into(), start.into(), end(start)])
    }

    /// A SELECT that ends with: after which sub, how many.
    fn equal(&self, select: &str, values: &[Value]) -> Result<Page, SqlFault> {
        let window = [(&self.after.1).into(), self.limit.into()];
        self.page(select, &[values, &window].concat())
    }
    /// A SELECT that ends with: after which value, after which sub, how many.
    fn between(&self, select: &str, values: &[Value]) -> Result<Page, SqlFault> {
        let window = [(&self.after.0).into(), (&self.after.1).into(), self.limit.into()];
        self.page(select, &[values, &window].concat())
    }
    /// The users whom a SELECT of subs and sort keys finds.
    fn page(&self, select: &str, values: &[Value]) -> Result<Page, SqlFault> {
        let rows = self.sql.query(select, values)?;
        let (mut page, mut bytes) = (Page::with_capacity(rows.len()), 0);
        for row in &rows {
            let Some(sub) = Sub::parse(&row.text(0)?) else { continue };
            let Some(user) = store::find_with(self.sql, &sub, self.wanted)? else { continue };
            let entry = (row.text(1)?, user);
            bytes += weight(&entry);
            page.push(entry);
            if bytes >= self.bytes as usize {
                break;
            }
        }
        Ok(page)
    }
}

/// The least text greater than every text with this start.
fn end(start: &str) -> Value {
    Value::from(format!("{start}\u{10ffff}"))
}
