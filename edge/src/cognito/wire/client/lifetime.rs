//! How long a client's tokens live: three numbers, each with its unit of `TokenValidityUnits`.

use super::Ask;
use domain::error::{Error, invalid};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Seconds.
#[derive(Debug)]
pub(super) struct Lifetimes {
    pub(super) refresh: i64,
    pub(super) access: i64,
    pub(super) id: i64,
    /// The refresh token's in the unit that was named for it: told where nothing was said, too.
    pub(super) told_refresh: i64,
}

impl Lifetimes {
    /// What is left out is what AWS takes for it: thirty days and an hour, whatever unit was named.
    pub(super) fn read(ask: &Ask) -> Result<Self, Error> {
        let units = &ask.token_validity_units;
        let of = |number: Option<i64>, unit: &Option<String>, default| {
            number.map(|number| seconds(number, unit.as_deref(), default)).transpose()
        };
        let refresh = ask.refresh_token_validity.filter(|number| *number != 0);
        let lasts = of(refresh, &units.refresh_token, DAY)?.unwrap_or(30 * DAY);
        let lifetimes = Self {
            refresh: lasts,
            told_refresh: refresh.unwrap_or(lasts / seconds(1, units.refresh_token.as_deref(), DAY)?),
            access: of(ask.access_token_validity, &units.access_token, HOUR)?.unwrap_or(HOUR),
            id: of(ask.id_token_validity, &units.id_token, HOUR)?.unwrap_or(HOUR),
        };
        within("RefreshTokenValidity", lifetimes.refresh, HOUR, 3650 * DAY)?;
        for (name, lifetime) in [("AccessTokenValidity", lifetimes.access), ("IdTokenValidity", lifetimes.id)]
        {
            within(name, lifetime, 5 * MINUTE, DAY)?;
            if lifetime > lifetimes.refresh {
                return Err(invalid(format!(
                    "Invalid range for token validity: {name} must not be greater than RefreshTokenValidity"
                )));
            }
        }
        Ok(lifetimes)
    }
}

fn seconds(number: i64, unit: Option<&str>, default: i64) -> Result<i64, Error> {
    let unit = match unit {
        None => default,
        Some("seconds") => 1,
        Some("minutes") => MINUTE,
        Some("hours") => HOUR,
        Some("days") => DAY,
        Some(other) => return Err(invalid(format!("TokenValidityUnits: unknown unit `{other}`"))),
    };
    number.checked_mul(unit).ok_or_else(|| invalid("a token validity is too large"))
}

fn within(name: &str, value: i64, least: i64, most: i64) -> Result<(), Error> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(invalid(format!(
        "Invalid range for token validity: {name} must be between {least} and {most} seconds"
    )))
}
