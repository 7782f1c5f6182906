//! Every regular expression of the model, each with a matcher written by hand: a regex engine would weigh
//! more than the rest of the Worker.
//!
//! The text is kept because it is part of the answer (`Member must satisfy regular expression pattern: …`).
//! A pattern holds for the whole string, and `\w`, `\d`, `\s`, `\S` mean ASCII, as in the service's own
//! dialect. `build/model.py` reads this file and stops at a pattern of the model that is not here; the
//! fixture it writes checks each matcher against a real engine.

use super::category::{is_letter_number_or_separator, is_separator, is_visible};

/// A regular expression and the function that stands for it.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) text: &'static str,
    matches: fn(&str) -> bool,
}

impl Pattern {
    pub(super) fn matches(&self, value: &str) -> bool {
        (self.matches)(value)
    }
}

const fn pattern(text: &'static str, matches: fn(&str) -> bool) -> Pattern {
    Pattern { text, matches }
}

// User pools.
pub(super) static POOL_ID: Pattern =
    pattern(r"[\w-]+_[0-9a-zA-Z]+", |s| parted(s.rsplit_once('_'), b"-", |c| c.is_ascii_alphanumeric()));
pub(super) static VISIBLE: Pattern = pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", |s| some(s, is_visible));
pub(super) static WORD_PLUS: Pattern = pattern(r"[\w+]+", |s| words(s, b"+"));
pub(super) static ATTRIBUTE_NAME: Pattern = pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+", |s| {
    some(s, |c| is_visible(c) || matches!(c, '\t' | '\n' | '\r' | ' '))
});
pub(super) static NO_SPACE: Pattern = pattern(r"[\S]+", |s| some(s, |c| !is_space(c)));
pub(super) static PROVIDER_NAME: Pattern =
    pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]+", |s| some(s, |c| is_visible(c) || is_separator(c)));
pub(super) static NEW_PROVIDER_NAME: Pattern =
    pattern(r"[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+", new_provider_name);
pub(super) static DEVICE_KEY: Pattern =
    pattern(r"[\w-]+_[0-9a-f-]+", |s| parted(s.rsplit_once('_'), b"-", is_hex_or_dash));
pub(super) static SESSION_ID: Pattern = pattern(r"^(tkn|sso)[a-z0-9]{25}$", |s| {
    s.strip_prefix("tkn")
        .or_else(|| s.strip_prefix("sso"))
        .is_some_and(|rest| rest.len() == 25 && some(rest, is_lower_or_digit))
});
pub(super) static EVENT_ID: Pattern = pattern(r"[\w+-]+", |s| words(s, b"+-"));
pub(super) static TOKEN: Pattern = pattern(r"[A-Za-z0-9-_=.]+", |s| words(s, b"-=."));
pub(super) static DERIVED_TOKEN: Pattern = pattern(r"[A-Za-z0-9-_+/=.]+", |s| words(s, b"-+/=."));
pub(super) static SECRET_HASH: Pattern = pattern(r"[\w+=/]+", |s| words(s, b"+=/"));
pub(super) static ARN: Pattern = pattern(
    r"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?",
    arn,
);
pub(super) static OPTIONAL_ARN: Pattern = pattern(
    r"(arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?)?",
    |s| s.is_empty() || arn(s),
);
pub(super) static S3_ARN: Pattern =
    pattern(r"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:::[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?", |s| {
        arn_with(s, str::is_empty, str::is_empty)
    });
pub(super) static IDP_IDENTIFIER: Pattern = pattern(r"[\w\s+=.@-]+", |s| words(s, b" \t\n\x0b\x0c\r+=.@-"));
pub(super) static ACR_LEVEL: Pattern =
    pattern(r"Level[1-4]", |s| matches!(s, "Level1" | "Level2" | "Level3" | "Level4"));
pub(super) static SCOPE: Pattern =
    pattern(r"[\x21\x23-\x5B\x5D-\x7E]+", |s| some(s, |c| c.is_ascii_graphic() && !matches!(c, '"' | '\\')));
pub(super) static SCOPE_NAME: Pattern = pattern(r"[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+", |s| {
    some(s, |c| c.is_ascii_graphic() && !matches!(c, '"' | '/' | '\\'))
});
pub(super) static RESOURCE_ID: Pattern = pattern(r"^[\w\- ]+$", |s| words(s, b"- "));
pub(super) static NAME: Pattern = pattern(r"[\w\s+=,.@-]+", |s| words(s, b" \t\n\x0b\x0c\r+=,.@-"));
pub(super) static TERMS_NAME: Pattern =
    pattern(r"^(terms-of-use|privacy-policy)$", |s| matches!(s, "terms-of-use" | "privacy-policy"));
pub(super) static LANGUAGE: Pattern = pattern(
    r"^cognito:(default|dutch|english|french|spanish|german|bahasa-indonesia|italian|japanese|korean|portuguese-brazil|chinese-(simplified|traditional))$",
    language,
);
pub(super) static LINK_URL: Pattern = pattern(r"^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$", |s| some(s, is_visible));
pub(super) static SMS_CODE_MESSAGE: Pattern =
    pattern(r".*\{####\}.*", |s| s.contains("{####}") && every(s, is_in_line));
pub(super) static EMAIL_CODE_MESSAGE: Pattern =
    pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*", |s| {
        s.contains("{####}") && every(s, is_prose)
    });
pub(super) static EMAIL_LINK_MESSAGE: Pattern = pattern(
    r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{##[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*##\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*",
    |s| s.split_once("{##").is_some_and(|(_, rest)| rest.contains("##}")) && every(s, is_prose),
);
pub(super) static SUBJECT: Pattern = pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+", |s| some(s, is_prose));
pub(super) static INVITATION: Pattern = pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*", |s| every(s, is_prose));
pub(super) static NOTICE: Pattern = pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]+", |s| some(s, is_prose));
pub(super) static EMAIL_ADDRESS: Pattern =
    pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+", email_address);
pub(super) static CONFIGURATION_SET: Pattern = pattern(r"^[a-zA-Z0-9_-]+$", |s| words(s, b"-"));
pub(super) static ANYTHING: Pattern = pattern(r"(?s).*", |_| true);
pub(super) static HEX: Pattern = pattern(r"^[0-9a-fA-F]+$", |s| some(s, |c| c.is_ascii_hexdigit()));
pub(super) static DOMAIN: Pattern = pattern(r"^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$", |s| {
    s.len() <= 63 && some(s, |c| is_lower_or_digit(c) || c == '-') && !s.starts_with('-') && !s.ends_with('-')
});
pub(super) static UUID: Pattern = pattern(
    r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[4][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$",
    uuid,
);
pub(super) static IMPORT_JOB_ID: Pattern = pattern(r"import-[0-9a-zA-Z-]+", |s| {
    s.strip_prefix("import-").is_some_and(|rest| some(rest, |c| c.is_ascii_alphanumeric() || c == '-'))
});
pub(super) static ONE_TIME_CODE: Pattern = pattern(r"[0-9]+", digits);

// Identity pools.
pub(super) static PROVIDER_ID: Pattern = pattern(r"[\w.;_/-]+", |s| words(s, b".;/-"));
pub(super) static DEVELOPER_NAME: Pattern = pattern(r"[\w._-]+", |s| words(s, b".-"));
pub(super) static LOGIN_NAME: Pattern = pattern(r"[\w._:/-]+", |s| words(s, b".:/-"));
pub(super) static LOGIN_CLIENT: Pattern = pattern(r"[\w_]+", |s| words(s, b""));
pub(super) static IDENTITY_ID: Pattern =
    pattern(r"[\w-]+:[0-9a-f-]+", |s| parted(s.split_once(':'), b"-", is_hex_or_dash));
pub(super) static ACCOUNT_ID: Pattern = pattern(r"\d+", digits);
pub(super) static ROLE_KIND: Pattern =
    pattern(r"(un)?authenticated", |s| matches!(s, "authenticated" | "unauthenticated"));

// Sync.
pub(super) static DATASET: Pattern = pattern(r"[a-zA-Z0-9_.:-]+", |s| words(s, b".:-"));
pub(super) static PUSH_ARN: Pattern =
    pattern(r"arn:aws:sns:[-0-9a-z]+:\d+:app/[A-Z_]+/[a-zA-Z0-9_.-]+", push_arn);
pub(super) static ROLE_ARN: Pattern = pattern(r"arn:aws:iam::\d+:role/.*", |s| {
    s.strip_prefix("arn:aws:iam::")
        .and_then(|rest| rest.split_once(":role/"))
        .is_some_and(|(account, name)| digits(account) && every(name, is_in_line))
});

// Roles.
pub(super) static XML_TEXT: Pattern = pattern(
    r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+",
    |s| {
        // The last range is meant as the planes above the first, though the dialect reads it otherwise.
        some(
            s,
            |c| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..),
        )
    },
);
pub(super) static SESSION_NAME: Pattern = pattern(r"[\w+=,.@-]*", |s| s.is_empty() || words(s, b"+=,.@-"));
pub(super) static ROLE_NAME: Pattern = pattern(r"[\w+=,.@-]+", |s| words(s, b"+=,.@-"));
pub(super) static POLICY: Pattern = pattern(r"[\u0009\u000A\u000D\u0020-\u00FF]+", |s| {
    some(s, |c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{ff}'))
});
pub(super) static TAG_KEY: Pattern = pattern(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+", |s| some(s, is_in_tag));
pub(super) static TAG_VALUE: Pattern = pattern(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", |s| every(s, is_in_tag));
pub(super) static PATH: Pattern = pattern(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)", |s| {
    s == "/"
        || s.strip_prefix('/')
            .and_then(|rest| rest.strip_suffix('/'))
            .is_some_and(|inner| some(inner, |c| c.is_ascii_graphic()))
});
pub(super) static PATH_PREFIX: Pattern = pattern(r"\u002F[\u0021-\u007F]*", |s| {
    s.strip_prefix('/').is_some_and(|rest| every(rest, |c| matches!(c, '!'..='\u{7f}')))
});
pub(super) static DESCRIPTION: Pattern = pattern(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*", |s| {
    every(s, |c| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a1}'..='\u{ff}'))
});
pub(super) static MARKER: Pattern =
    pattern(r"[\u0020-\u00FF]+", |s| some(s, |c| matches!(c, ' '..='\u{ff}')));

/// `[class]+`
fn some(value: &str, class: fn(char) -> bool) -> bool {
    !value.is_empty() && every(value, class)
}

/// `[class]*`
fn every(value: &str, class: fn(char) -> bool) -> bool {
    value.chars().all(class)
}

/// `[\w…]+` with these ASCII characters besides.
fn words(value: &str, more: &[u8]) -> bool {
    let is_in = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || more.contains(&byte);
    !value.is_empty() && value.bytes().all(is_in)
}

/// `[\w…]+`, a mark, `[class]+`. The class does not hold the mark, so it is where the split was made.
fn parted(parts: Option<(&str, &str)>, more: &[u8], class: fn(char) -> bool) -> bool {
    parts.is_some_and(|(before, after)| words(before, more) && some(after, class))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// `\s`
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r')
}

/// `.`: anything but the end of a line.
fn is_in_line(c: char) -> bool {
    !matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// `[\p{L}\p{M}\p{S}\p{N}\p{P}\s]`
fn is_prose(c: char) -> bool {
    is_visible(c) || is_space(c)
}

fn is_in_tag(c: char) -> bool {
    is_letter_number_or_separator(c) || matches!(c, '_' | '.' | ':' | '/' | '=' | '+' | '-' | '@')
}

fn is_hex_or_dash(c: char) -> bool {
    matches!(c, '0'..='9' | 'a'..='f' | '-')
}

fn is_lower_or_digit(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9')
}

fn digits(value: &str) -> bool {
    some(value, |c| c.is_ascii_digit())
}

fn arn(value: &str) -> bool {
    arn_with(value, |region| every(region, is_in_arn), digits)
}

/// `arn:partition:service:region:account:resource`, with one or two further parts.
fn arn_with(value: &str, region: fn(&str) -> bool, account: fn(&str) -> bool) -> bool {
    let mut parts = value.split(':');
    parts.next() == Some("arn")
        && parts.next().is_some_and(is_arn_part)
        && parts.next().is_some_and(is_arn_part)
        && parts.next().is_some_and(region)
        && parts.next().is_some_and(account)
        && parts.next().is_some_and(is_arn_part)
        && parts.next().is_none_or(is_arn_part)
        && parts.next().is_none_or(is_arn_part)
        && parts.next().is_none()
}

fn is_arn_part(part: &str) -> bool {
    some(part, is_in_arn)
}

/// `[\w+=/,.@-]`
fn is_in_arn(c: char) -> bool {
    is_word(c) || matches!(c, '+' | '=' | '/' | ',' | '.' | '@' | '-')
}

fn push_arn(value: &str) -> bool {
    let Some(rest) = value.strip_prefix("arn:aws:sns:") else { return false };
    let mut parts = rest.splitn(3, ':');
    let (Some(region), Some(account), Some(resource)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    some(region, |c| is_lower_or_digit(c) || c == '-')
        && digits(account)
        && resource.strip_prefix("app/").is_some_and(|rest| {
            rest.split_once('/').is_some_and(|(platform, name)| {
                some(platform, |c| c.is_ascii_uppercase() || c == '_') && words(name, b".-")
            })
        })
}

fn new_provider_name(value: &str) -> bool {
    let open = |c: char| c != '_' && !is_separator(c);
    let mut rest = value.chars();
    rest.next().is_some_and(open) && rest.next().is_some_and(is_visible) && some(rest.as_str(), open)
}

fn email_address(value: &str) -> bool {
    let mut inner = value.chars();
    inner.next();
    inner.next_back();
    inner.as_str().contains('@') && every(value, is_visible)
}

fn language(value: &str) -> bool {
    matches!(
        value.strip_prefix("cognito:"),
        Some(
            "default"
                | "dutch"
                | "english"
                | "french"
                | "spanish"
                | "german"
                | "bahasa-indonesia"
                | "italian"
                | "japanese"
                | "korean"
                | "portuguese-brazil"
                | "chinese-simplified"
                | "chinese-traditional"
        )
    )
}

/// A version 4 UUID, of either case.
fn uuid(value: &str) -> bool {
    value.len() == 36
        && value.char_indices().all(|(at, c)| match at {
            8 | 13 | 18 | 23 => c == '-',
            14 => c == '4',
            19 => matches!(c, '8' | '9' | 'a' | 'b' | 'A' | 'B'),
            _ => c.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests;
