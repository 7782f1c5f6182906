//! Colours: hex, names, `rgb()` and `hsl()` in, hex out.

use std::fmt;

use cssparser::{Parser, SourceLocation, Token, color};

use super::error::Problem;
use super::parse::{Parsed, next, refuse, unfit};
use super::target::Property;

/// Red, green, blue and opacity in sRGB, 255 being full. Prints as `#rrggbb` or `#rrggbbaa`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour {
    red: u8,
    green: u8,
    blue: u8,
    alpha: u8,
}

impl Colour {
    const TRANSPARENT: Self = Self { red: 0, green: 0, blue: 0, alpha: 0 };

    /// The colour that begins with `token`, or `None` where no colour begins.
    pub(super) fn begin(
        property: Property,
        here: SourceLocation,
        token: &Token<'_>,
        input: &mut Parser<'_>,
    ) -> Parsed<Option<Self>> {
        match token {
            Token::Hash(digits) | Token::IDHash(digits) => {
                let Ok((red, green, blue, alpha)) = color::parse_hash_color(digits.as_bytes()) else {
                    return refuse(here, unfit(property, token));
                };
                Ok(Some(Self { red, green, blue, alpha: byte(f64::from(alpha)) }))
            }
            Token::Ident(name) if name.eq_ignore_ascii_case("transparent") => Ok(Some(Self::TRANSPARENT)),
            Token::Ident(name) => Ok(color::parse_named_color(name).ok().map(|(red, green, blue)| Self {
                red,
                green,
                blue,
                alpha: u8::MAX,
            })),
            Token::Function(name) if is(name, "rgb") || is(name, "rgba") => {
                let part = |token: &Token<'_>| match token {
                    Token::Number { value, .. } => Some(f64::from(*value) / 255.0),
                    Token::Percentage { unit_value, .. } => Some(f64::from(*unit_value)),
                    _ => None,
                };
                let ([red, green, blue], alpha) =
                    input.parse_nested_block(|input| arguments(property, here, input, [&part; 3]))?;
                Ok(Some(Self { red: byte(red), green: byte(green), blue: byte(blue), alpha: byte(alpha) }))
            }
            Token::Function(name) if is(name, "hsl") || is(name, "hsla") => {
                let hue = |token: &Token<'_>| match token {
                    Token::Number { value, .. } => Some(f64::from(*value)),
                    Token::Dimension { value, unit, .. } if is(unit, "deg") => Some(f64::from(*value)),
                    _ => None,
                };
                let share = |token: &Token<'_>| match token {
                    Token::Percentage { unit_value, .. } => Some(f64::from(*unit_value).clamp(0.0, 1.0)),
                    _ => None,
                };
                let ([hue, saturation, lightness], alpha) = input
                    .parse_nested_block(|input| arguments(property, here, input, [&hue, &share, &share]))?;
                Ok(Some(Self::from_hsl(hue, saturation, lightness, alpha)))
            }
            _ => Ok(None),
        }
    }

    /// CSS Color 4, section 7.1.
    fn from_hsl(hue: f64, saturation: f64, lightness: f64, alpha: f64) -> Self {
        let reach = saturation * lightness.min(1.0 - lightness);
        let channel = |n: f64| {
            let k = (n + hue.rem_euclid(360.0) / 30.0) % 12.0;
            byte(lightness - reach * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0))
        };
        Self { red: channel(0.0), green: channel(8.0), blue: channel(4.0), alpha: byte(alpha) }
    }
}

type Part<'a> = &'a dyn Fn(&Token<'_>) -> Option<f64>;

/// Three components and an opacity: all with commas, or with spaces and a slash before the opacity.
fn arguments(
    property: Property,
    start: SourceLocation,
    input: &mut Parser<'_>,
    parts: [Part<'_>; 3],
) -> Parsed<([f64; 3], f64)> {
    let missing = || Problem::ValueMissing { property: property.name() };
    let mut components = [0.0; 3];
    // Commas or spaces: the first gap settles it.
    let mut commas = false;
    for (index, (slot, part)) in components.iter_mut().zip(parts).enumerate() {
        let Some((mut here, mut token)) = next(input) else { return refuse(start, missing()) };
        if index == 1 {
            commas = matches!(token, Token::Comma);
        }
        if index > 0 && commas {
            if !matches!(token, Token::Comma) {
                return refuse(here, unfit(property, &token));
            }
            let Some(after) = next(input) else { return refuse(start, missing()) };
            (here, token) = after;
        }
        match part(&token) {
            Some(value) => *slot = value,
            None => return refuse(here, unfit(property, &token)),
        }
    }
    match next(input) {
        None => return Ok((components, 1.0)),
        Some((_, Token::Comma)) if commas => {}
        Some((_, Token::Delim('/'))) if !commas => {}
        Some((here, token)) => return refuse(here, unfit(property, &token)),
    }
    let alpha = match next(input) {
        Some((_, Token::Number { value, .. })) => f64::from(value),
        Some((_, Token::Percentage { unit_value, .. })) => f64::from(unit_value),
        Some((here, token)) => return refuse(here, unfit(property, &token)),
        None => return refuse(start, missing()),
    };
    match next(input) {
        None => Ok((components, alpha)),
        Some((here, token)) => refuse(here, unfit(property, &token)),
    }
}

fn is(name: &str, expected: &str) -> bool {
    name.eq_ignore_ascii_case(expected)
}

/// A share of one as a byte; whatever lies outside is cut, as CSS cuts it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=255 just before")]
fn byte(share: f64) -> u8 {
    (share * 255.0).round().clamp(0.0, 255.0) as u8
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)?;
        if self.alpha == u8::MAX { Ok(()) } else { write!(f, "{:02x}", self.alpha) }
    }
}
