//! The grammar: `( '.' class [ ':' state ] '{' ( property ':' value ';' )* '}' )*`. Everything else is refused.

use cssparser::{Delimiter, ParseError, ParseErrorKind, Parser, SourceLocation, ToCss, Token};

use super::error::{Problem, SheetError, excerpt};
use super::target::{Property, Target};
use super::{MAX_CHARS, MAX_DECLARATIONS, MAX_RULES, Sheet, value};

pub(super) type Parsed<T> = Result<T, ParseError<SheetError>>;

pub(super) fn sheet(css: &str) -> Result<Sheet, SheetError> {
    if css.len() > MAX_CHARS && css.chars().count() > MAX_CHARS {
        return Err(SheetError { line: 1, column: 1, problem: Problem::TooLong });
    }
    // Editors on Windows begin a file with a byte order mark, which CSS ignores too.
    let css = css.strip_prefix('\u{feff}').unwrap_or(css);
    if let Some((before, _)) = css.split_once('<') {
        let (line, column) = place(before);
        return Err(SheetError { line, column, problem: Problem::Markup });
    }
    let mut input = Parser::new(css);
    rules(&mut input).map_err(|error| match error.kind {
        ParseErrorKind::Custom(error) => error,
        // Ours name every case; this one keeps the function total.
        ParseErrorKind::Basic(kind) => at(input.current_source_location(), Problem::Syntax(kind.to_string())),
    })
}

fn rules(input: &mut Parser<'_>) -> Parsed<Sheet> {
    let mut sheet = Sheet::default();
    let (mut rules, mut declarations) = (0, 0);
    while let Some((start, token)) = next(input) {
        rules += 1;
        if rules > MAX_RULES {
            return refuse(start, Problem::TooManyRules);
        }
        let target = match token {
            Token::Delim('.') => selector(input)?,
            Token::AtKeyword(name) => return refuse(start, Problem::AtRule(excerpt(&name))),
            Token::Ident(_)
            | Token::Hash(_)
            | Token::IDHash(_)
            | Token::Colon
            | Token::SquareBracketBlock
            | Token::Delim(_) => return refuse(start, Problem::Selector(spell(&token))),
            _ => return refuse(start, Problem::Syntax(spell(&token))),
        };
        input.parse_nested_block(|block| body(block, target, &mut sheet, &mut declarations))?;
    }
    Ok(sheet)
}

/// The rest of a selector after its dot, up to and with the opening brace.
fn selector(input: &mut Parser<'_>) -> Parsed<Target> {
    let start = input.current_source_location();
    let class = match adjacent(input) {
        Some(Token::Ident(name)) => name,
        other => return refuse(start, Problem::Selector(spell_or_end(other.as_ref()))),
    };
    let mut state = None;
    loop {
        let here = input.current_source_location();
        match adjacent(input) {
            Some(Token::WhiteSpace(_)) => match next(input) {
                Some((_, Token::CurlyBracketBlock)) => break,
                Some((here, token)) => return refuse(here, Problem::Selector(spell(&token))),
                None => return refuse(here, Problem::Syntax("end of sheet".to_owned())),
            },
            Some(Token::CurlyBracketBlock) => break,
            Some(Token::Colon) if state.is_none() => match adjacent(input) {
                Some(Token::Ident(name)) => state = Some((here, name)),
                other => {
                    return refuse(here, Problem::Selector(format!(":{}", spell_or_end(other.as_ref()))));
                }
            },
            Some(token) => return refuse(here, Problem::Selector(spell(&token))),
            None => return refuse(here, Problem::Syntax("end of sheet".to_owned())),
        }
    }
    let Some(bare) = Target::ALL.into_iter().find(|target| target.class() == class.as_ref()) else {
        return refuse(start, Problem::Class(excerpt(&class)));
    };
    let name = state.as_ref().map(|(_, name)| name.as_ref());
    match (Target::find(&class, name), state) {
        (Some(target), _) => Ok(target),
        (None, Some((here, state))) => {
            refuse(here, Problem::State { class: bare.class(), state: excerpt(&state) })
        }
        (None, None) => refuse(start, Problem::Class(excerpt(&class))),
    }
}

fn body(block: &mut Parser<'_>, target: Target, sheet: &mut Sheet, declarations: &mut usize) -> Parsed<()> {
    while let Some((start, token)) = next(block) {
        let name = match token {
            Token::Semicolon => continue,
            Token::Ident(name) => name,
            Token::AtKeyword(name) => return refuse(start, Problem::AtRule(excerpt(&name))),
            _ => return refuse(start, Problem::Nested),
        };
        *declarations += 1;
        if *declarations > MAX_DECLARATIONS {
            return refuse(start, Problem::TooManyDeclarations);
        }
        match next(block) {
            Some((_, Token::Colon)) => {}
            Some((_, Token::CurlyBracketBlock)) => return refuse(start, Problem::Nested),
            _ => return refuse(start, unknown(target, &name)),
        }
        let Some(property) =
            target.properties().iter().copied().find(|property| property.name().eq_ignore_ascii_case(&name))
        else {
            return refuse(start, unknown(target, &name));
        };
        let value = block.parse_until_before(Delimiter::Semicolon, |input| whole(property, start, input))?;
        sheet.set(target, property, value);
    }
    Ok(())
}

/// A value and nothing after it.
fn whole(property: Property, start: SourceLocation, input: &mut Parser<'_>) -> Parsed<value::Value> {
    let value = value::parse(property, start, input)?;
    match next(input) {
        None => Ok(value),
        Some((here, token)) => refuse(here, unfit(property, &token)),
    }
}

fn unknown(target: Target, property: &str) -> Problem {
    let mut selector = format!(".{}", target.class());
    if let Some(state) = target.state() {
        selector.extend([":", state]);
    }
    Problem::Property { selector, property: excerpt(property) }
}

/// Why `token` has no place in a value of `property`.
pub(super) fn unfit(property: Property, token: &Token<'_>) -> Problem {
    match token {
        Token::Delim('!') => Problem::Important,
        Token::Function(name) => Problem::Function(excerpt(name)),
        Token::UnquotedUrl(_) | Token::BadUrl(_) => Problem::Function("url".to_owned()),
        _ => Problem::Value { property: property.name(), found: spell(token) },
    }
}

/// The next token that is neither space nor comment, and its place.
pub(super) fn next<'i>(input: &mut Parser<'i>) -> Option<(SourceLocation, Token<'i>)> {
    input.skip_whitespace();
    let here = input.current_source_location();
    input.next().ok().cloned().map(|token| (here, token))
}

/// The next token that is no comment.
fn adjacent<'i>(input: &mut Parser<'i>) -> Option<Token<'i>> {
    input.next_including_whitespace().ok().cloned()
}

pub(super) fn refuse<T>(here: SourceLocation, problem: Problem) -> Parsed<T> {
    Err(ParseError { kind: ParseErrorKind::Custom(at(here, problem)) })
}

fn at(here: SourceLocation, problem: Problem) -> SheetError {
    SheetError { line: here.line.saturating_add(1), column: here.column, problem }
}

/// The token as an error shows it.
pub(super) fn spell(token: &Token<'_>) -> String {
    match token {
        Token::CurlyBracketBlock => "{".to_owned(),
        token => excerpt(&token.to_css_string()),
    }
}

fn spell_or_end(token: Option<&Token<'_>>) -> String {
    token.map_or_else(|| "end of sheet".to_owned(), spell)
}

/// Line and column just after `before`, counted as the tokenizer counts: from 1, CR LF as one, columns in UTF-16.
fn place(before: &str) -> (u32, u32) {
    let mut place = (1_u32, 1_u32);
    let mut last = ' ';
    for c in before.chars() {
        match c {
            '\n' if last == '\r' => {}
            '\n' | '\r' | '\u{c}' => place = (place.0.saturating_add(1), 1),
            _ => place.1 = place.1.saturating_add(if c.len_utf16() == 2 { 2 } else { 1 }),
        }
        last = c;
    }
    place
}
