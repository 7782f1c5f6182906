use std::fmt;
use std::ops::Deref;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The most leeway a check grants for clocks that disagree, in seconds.
const MAX_LEEWAY: i64 = 60;
/// Numeric dates beyond this (2^53) are not exact in JSON, nor dates.
const MAX_DATE: i64 = 1 << 53;

/// Something a signature has been checked over; only [`Unverified::verify`](super::Unverified::verify) makes one.
#[derive(Clone, Debug)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    pub(super) fn new(value: T) -> Self {
        Self(value)
    }

    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A token's claims (RFC 7519 §4). That they are signed says who wrote them, not that they hold here and now:
/// [`check`](Self::check) does.
#[derive(Clone)]
pub struct Claims(Map<String, Value>);

/// What a reader insists on.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    pub issuer: &'a str,
    pub audience: Audience<'a>,
    /// Grace for clocks that disagree, in seconds; more than 60 counts as 60, less than 0 as 0.
    pub leeway: i64,
}

/// Whom a token must be meant for.
#[derive(Clone, Copy, Debug)]
pub enum Audience<'a> {
    /// `aud` must name one of these. An empty list admits nothing.
    AnyOf(&'a [&'a str]),
    /// `aud` is not looked at: for tokens that have none, such as access tokens bound by `client_id`.
    Unchecked,
}

/// Why claims do not hold here and now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objection {
    /// `exp`, `iss` or `aud` is not there.
    Missing(&'static str),
    /// The claim has the wrong JSON type, or is no date.
    Malformed(&'static str),
    Expired,
    /// `nbf` is still to come.
    NotYetValid,
    /// `iat` is still to come.
    IssuedInTheFuture,
    Issuer,
    Audience,
}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(claim) => write!(f, "the token has no `{claim}`"),
            Self::Malformed(claim) => write!(f, "the token's `{claim}` is malformed"),
            Self::Expired => f.write_str("the token has expired"),
            Self::NotYetValid => f.write_str("the token is not valid yet"),
            Self::IssuedInTheFuture => f.write_str("the token was issued in the future"),
            Self::Issuer => f.write_str("the token is of another issuer"),
            Self::Audience => f.write_str("the token is meant for another audience"),
        }
    }
}

impl std::error::Error for Objection {}

impl Claims {
    pub(super) fn new(members: Map<String, Value>) -> Self {
        Self(members)
    }

    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// A claim that is a string.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// A claim that is a numeric date, in seconds since 1970.
    pub fn seconds(&self, name: &str) -> Option<i64> {
        date(self.get(name)?)
    }

    /// All claims in a shape of the caller's. `None` when they do not have it.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(&self.0).ok()
    }

    pub fn members(&self) -> &Map<String, Value> {
        &self.0
    }

    /// Holds the claims against `expected` at `now` (seconds since 1970): `exp` must be there and to come, `nbf` and
    /// `iat` past if there, `iss` equal, `aud` (a string or a list of strings) as expected.
    pub fn check(&self, expected: &Expected<'_>, now: i64) -> Result<(), Objection> {
        let leeway = expected.leeway.clamp(0, MAX_LEEWAY);
        let (earliest, latest) = (now.saturating_sub(leeway), now.saturating_add(leeway));
        if self.date("exp")?.ok_or(Objection::Missing("exp"))? <= earliest {
            return Err(Objection::Expired);
        }
        if self.date("nbf")?.is_some_and(|nbf| nbf > latest) {
            return Err(Objection::NotYetValid);
        }
        if self.date("iat")?.is_some_and(|iat| iat > latest) {
            return Err(Objection::IssuedInTheFuture);
        }
        match self.get("iss") {
            None => return Err(Objection::Missing("iss")),
            Some(Value::String(issuer)) if issuer == expected.issuer => {}
            Some(Value::String(_)) => return Err(Objection::Issuer),
            Some(_) => return Err(Objection::Malformed("iss")),
        }
        match expected.audience {
            Audience::Unchecked => Ok(()),
            Audience::AnyOf(accepted) => self.meant_for(accepted),
        }
    }

    fn meant_for(&self, accepted: &[&str]) -> Result<(), Objection> {
        let named: Vec<&str> = match self.get("aud") {
            None => return Err(Objection::Missing("aud")),
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(many)) => {
                many.iter().map(Value::as_str).collect::<Option<_>>().ok_or(Objection::Malformed("aud"))?
            }
            Some(_) => return Err(Objection::Malformed("aud")),
        };
        if named.iter().any(|name| accepted.contains(name)) { Ok(()) } else { Err(Objection::Audience) }
    }

    fn date(&self, name: &'static str) -> Result<Option<i64>, Objection> {
        self.get(name).map(|value| date(value).ok_or(Objection::Malformed(name))).transpose()
    }
}

/// Names without values: claims hold what people told us about themselves.
impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claims")?;
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// A numeric date may carry a fraction (RFC 7519 §2), which is dropped.
fn date(value: &Value) -> Option<i64> {
    let seconds = match value.as_i64() {
        Some(seconds) => seconds,
        None => whole(value.as_f64()?)?,
    };
    (-MAX_DATE..=MAX_DATE).contains(&seconds).then_some(seconds)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "both bounds are exact as f64, and the value lies between them"
)]
fn whole(number: f64) -> Option<i64> {
    (-(MAX_DATE as f64)..=MAX_DATE as f64).contains(&number).then(|| number.floor() as i64)
}
