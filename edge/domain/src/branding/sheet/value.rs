//! Values: each property's own small grammar, and the one way each value is written.

use std::fmt;

use cssparser::{Parser, SourceLocation, Token};

use super::colour::Colour;
use super::error::Problem;
use super::parse::{Parsed, next, refuse, spell, unfit};
use super::target::Property;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Colour(Colour),
    Word(&'static str),
    Weight(i32),
    /// One to four sizes, as a shorthand for the sides or corners takes them.
    Sizes(Vec<Size>),
    Line(Line),
}

/// A length, a percentage, or a word in the place of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// Thousandths of the unit, so that equality and printing are exact.
    Length(i32, Unit),
    Word(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Px,
    Percent,
    Em,
    Rem,
}

/// A border or an outline: any of width, style and colour, at least one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    width: Option<Size>,
    style: Option<&'static str>,
    colour: Option<Colour>,
}

/// What sizes a property takes. None takes a negative one: that would move one part of the page over another.
#[derive(Clone, Copy)]
struct Sizes {
    most: usize,
    words: &'static [&'static str],
    percent: bool,
    /// Whether sizes too small to read are refused.
    text: bool,
}

const PADDING: Sizes = Sizes { most: 4, words: &[], percent: true, text: false };
const MARGIN: Sizes = Sizes { words: &["auto"], ..PADDING };
const EXTENT: Sizes = Sizes { most: 1, ..MARGIN };
const CEILING: Sizes = Sizes { words: &["none"], ..EXTENT };
const TEXT: Sizes = Sizes { words: &[], text: true, ..EXTENT };
const WIDTH: Sizes = Sizes { words: &["thin", "medium", "thick"], percent: false, ..EXTENT };

const STYLES: &[&str] =
    &["none", "hidden", "solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset"];

/// Reads the value of `property`, which stands at `start`, and leaves what follows it.
pub(super) fn parse(property: Property, start: SourceLocation, input: &mut Parser<'_>) -> Parsed<Value> {
    match property {
        Property::Color | Property::BackgroundColor | Property::BorderColor => {
            colour(property, start, input, &[])
        }
        Property::Background => colour(property, start, input, &["none"]),
        Property::Display => word(property, start, input, &["block", "inline"]),
        Property::BoxSizing => word(property, start, input, &["border-box", "content-box"]),
        Property::TextAlign => {
            word(property, start, input, &["left", "right", "center", "justify", "start", "end"])
        }
        Property::FontWeight => weight(property, start, input),
        Property::FontSize => sizes(property, start, input, TEXT),
        Property::Width | Property::Height | Property::MarginBottom => sizes(property, start, input, EXTENT),
        Property::MaxWidth | Property::MaxHeight => sizes(property, start, input, CEILING),
        Property::Margin => sizes(property, start, input, MARGIN),
        Property::Padding | Property::BorderRadius => sizes(property, start, input, PADDING),
        Property::PaddingTop | Property::PaddingBottom => {
            sizes(property, start, input, Sizes { most: 1, ..PADDING })
        }
        Property::Border | Property::Outline => line(property, start, input),
    }
}

fn first<'i>(
    property: Property,
    start: SourceLocation,
    input: &mut Parser<'i>,
) -> Parsed<(SourceLocation, Token<'i>)> {
    match next(input) {
        Some(found) => Ok(found),
        None => refuse(start, Problem::ValueMissing { property: property.name() }),
    }
}

fn colour(
    property: Property,
    start: SourceLocation,
    input: &mut Parser<'_>,
    words: &[&'static str],
) -> Parsed<Value> {
    let (here, token) = first(property, start, input)?;
    if let Some(word) = among(&token, words) {
        return Ok(Value::Word(word));
    }
    match Colour::begin(property, here, &token, input)? {
        Some(colour) => Ok(Value::Colour(colour)),
        None => refuse(here, unfit(property, &token)),
    }
}

fn word(
    property: Property,
    start: SourceLocation,
    input: &mut Parser<'_>,
    words: &[&'static str],
) -> Parsed<Value> {
    let (here, token) = first(property, start, input)?;
    match among(&token, words) {
        Some(word) => Ok(Value::Word(word)),
        None => refuse(here, unfit(property, &token)),
    }
}

fn weight(property: Property, start: SourceLocation, input: &mut Parser<'_>) -> Parsed<Value> {
    let (here, token) = first(property, start, input)?;
    match token {
        Token::Number { int_value: Some(weight @ 100..=900), .. } => Ok(Value::Weight(weight)),
        token => match among(&token, &["normal", "bold"]) {
            Some(word) => Ok(Value::Word(word)),
            None => refuse(here, unfit(property, &token)),
        },
    }
}

fn sizes(property: Property, start: SourceLocation, input: &mut Parser<'_>, takes: Sizes) -> Parsed<Value> {
    let mut found = Vec::new();
    let (mut here, mut token) = first(property, start, input)?;
    loop {
        match size(property, here, &token, takes)? {
            Some(size) if found.len() < takes.most => found.push(size),
            _ => return refuse(here, unfit(property, &token)),
        }
        match next(input) {
            Some(after) => (here, token) = after,
            None => return Ok(Value::Sizes(found)),
        }
    }
}

/// The size that `token` is, or `None` where it is no size that `takes` knows.
fn size(property: Property, here: SourceLocation, token: &Token<'_>, takes: Sizes) -> Parsed<Option<Size>> {
    let (value, unit) = match token {
        Token::Number { value: 0.0, .. } => (0.0, Unit::Px),
        Token::Percentage { unit_value, .. } if takes.percent => {
            (f64::from(*unit_value) * 100.0, Unit::Percent)
        }
        Token::Dimension { value, unit, .. } => {
            let Some(unit) = Unit::named(unit) else { return Ok(None) };
            (f64::from(*value), unit)
        }
        token => return Ok(among(token, takes.words).map(Size::Word)),
    };
    let (least, most) = unit.bounds(takes.text);
    if !(least..=most).contains(&value) {
        return refuse(here, Problem::Range { property: property.name(), found: spell(token) });
    }
    Ok(Some(Size::exact(value, unit)))
}

fn line(property: Property, start: SourceLocation, input: &mut Parser<'_>) -> Parsed<Value> {
    let mut line = Line::default();
    let (mut here, mut token) = first(property, start, input)?;
    loop {
        if let (None, Some(width)) = (line.width, size(property, here, &token, WIDTH)?) {
            line.width = Some(width);
        } else if let (None, Some(style)) = (line.style, among(&token, STYLES)) {
            line.style = Some(style);
        } else if let (None, Some(colour)) = (line.colour, Colour::begin(property, here, &token, input)?) {
            line.colour = Some(colour);
        } else {
            return refuse(here, unfit(property, &token));
        }
        match next(input) {
            Some(after) => (here, token) = after,
            None => return Ok(Value::Line(line)),
        }
    }
}

/// Our own copy of the keyword that `token` is.
fn among(token: &Token<'_>, words: &[&'static str]) -> Option<&'static str> {
    let Token::Ident(name) = token else { return None };
    words.iter().copied().find(|word| word.eq_ignore_ascii_case(name))
}

impl Size {
    #[allow(clippy::cast_possible_truncation, reason = "bounded by `Unit::bounds`, so far inside of i32")]
    fn exact(value: f64, unit: Unit) -> Self {
        match (value * 1000.0).round() as i32 {
            0 => Self::Length(0, Unit::Px),
            thousandths => Self::Length(thousandths, unit),
        }
    }
}

impl Unit {
    fn named(name: &str) -> Option<Self> {
        [Self::Px, Self::Em, Self::Rem].into_iter().find(|unit| unit.name().eq_ignore_ascii_case(name))
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Px => "px",
            Self::Percent => "%",
            Self::Em => "em",
            Self::Rem => "rem",
        }
    }

    /// The least and the greatest value. Text keeps a size at which it can be seen.
    const fn bounds(self, text: bool) -> (f64, f64) {
        match (self, text) {
            (Self::Px, false) => (0.0, 2_000.0),
            (Self::Percent, false) => (0.0, 400.0),
            (Self::Em | Self::Rem, false) => (0.0, 100.0),
            (Self::Px, true) => (8.0, 96.0),
            (Self::Percent, true) => (50.0, 400.0),
            (Self::Em | Self::Rem, true) => (0.5, 6.0),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Word(word) => f.write_str(word),
            Self::Length(0, _) => f.write_str("0"),
            Self::Length(thousandths, unit) => {
                write!(f, "{}", thousandths / 1000)?;
                if thousandths % 1000 != 0 {
                    write!(f, ".{}", format!("{:03}", thousandths % 1000).trim_end_matches('0'))?;
                }
                write!(f, "{unit}")
            }
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.width.map(|width| width.to_string());
        let colour = self.colour.map(|colour| colour.to_string());
        let parts = [width.as_deref(), self.style, colour.as_deref()];
        for (index, part) in parts.into_iter().flatten().enumerate() {
            write!(f, "{}{part}", if index > 0 { " " } else { "" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Colour(colour) => colour.fmt(f),
            Self::Word(word) => f.write_str(word),
            Self::Weight(weight) => weight.fmt(f),
            Self::Line(line) => line.fmt(f),
            Self::Sizes(sizes) => {
                for (index, size) in sizes.iter().enumerate() {
                    write!(f, "{}{size}", if index > 0 { " " } else { "" })?;
                }
                Ok(())
            }
        }
    }
}
