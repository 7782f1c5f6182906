//! The deployment's configuration, from its variables and secrets. There are no default secrets: without its own, a
//! deployment answers nothing but what it lacks.

use super::message::property;
use crate::hosts;
use crate::platform::{Argon2Cost, Operator, Settings};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::seal::KeyRing;
use domain::secret::Secret;
use serde::Deserialize;
use std::cell::OnceCell;
use std::rc::Rc;
use worker::Env;

/// What a new password hash costs unless the deployment says otherwise: OWASP's first choice for Argon2id.
const ARGON2: Argon2Cost = Argon2Cost { memory_kib: 19_456, passes: 2, lanes: 1 };
/// Shards of a new pool.
const SHARDS: u16 = 8;
/// Bytes of an operator's secret key, at least. AWS's have 40.
const SECRET_KEY: usize = 32;

/// Why the deployment cannot run: one sentence for each variable.
pub(super) type Unset = Rc<str>;

thread_local! {
    // An isolate's variables never change.
    static READ: OnceCell<Result<Rc<Settings>, Unset>> = const { OnceCell::new() };
}

/// The settings, read once an isolate.
pub(super) fn of(env: &Env) -> Result<Rc<Settings>, Unset> {
    READ.with(|read| read.get_or_init(|| read_all(env)).clone())
}

/// Collects everything that is wrong, so that an operator mends it in one go.
struct Reader<'a> {
    env: &'a Env,
    wrong: Vec<String>,
}

impl Reader<'_> {
    fn text(&self, name: &str) -> Option<String> {
        property(self.env, name).as_string().filter(|text| !text.is_empty())
    }

    /// A variable that must be there; `read` says what it must be.
    fn required<T>(&mut self, name: &str, must: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let Some(text) = self.text(name) else {
            self.wrong.push(format!("{name} is missing: {must}"));
            return None;
        };
        self.check(name, must, read(&text))
    }

    fn optional<T>(&mut self, name: &str, must: &str, or: T, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let Some(text) = self.text(name) else { return Some(or) };
        self.check(name, must, read(&text))
    }

    /// Never repeats the value: it may be a secret.
    fn check<T>(&mut self, name: &str, must: &str, read: Option<T>) -> Option<T> {
        if read.is_none() {
            self.wrong.push(format!("{name} cannot be used: {must}"));
        }
        read
    }
}

fn read_all(env: &Env) -> Result<Rc<Settings>, Unset> {
    let mut reader = Reader { env, wrong: Vec::new() };
    let settings = read(&mut reader);
    settings.map(Rc::new).ok_or_else(|| reader.wrong.join("; ").into())
}

fn read(from: &mut Reader<'_>) -> Option<Settings> {
    // Every line runs, so that every variable is looked at.
    let home = from.required(
        "TIDEGATE_ORIGIN",
        "the deployment's own URL, such as `https://id.example.com`",
        origin,
    );
    let home = home.and_then(|home| {
        let own = !hosts::is_placeholder(&home);
        let must =
            "it still names a host of the examples; issuers are fixed by it, so name the deployment's own";
        from.check("TIDEGATE_ORIGIN", must, own.then_some(home))
    });
    let tls_origin = from.optional(
        "TIDEGATE_TLS_ORIGIN",
        "a local run's second URL, such as `https://localhost:8788`",
        None,
        |text| origin(text).map(Some),
    );
    let region = from.required("TIDEGATE_REGION", "a region such as `us-east-1`", region);
    let account = from.required("TIDEGATE_ACCOUNT_ID", "twelve digits", account);
    let operators = from.required(
        "TIDEGATE_OPERATOR_KEYS",
        "a JSON list of {accessKeyId, secretAccessKey}, the secret of 32 characters at least",
        operators,
    );
    let current = from.required("TIDEGATE_MASTER_SECRET", "32 random bytes or more in base64", secret);
    let previous = from.optional(
        "TIDEGATE_PREVIOUS_SECRETS",
        "a JSON list of former master secrets, newest first",
        Vec::new(),
        previous,
    );
    let shards = from.optional("TIDEGATE_SHARDS", "a number from 1 to 256", SHARDS, |text| {
        text.parse().ok().filter(|count| (1..=256).contains(count))
    });
    let argon2 = from.optional("TIDEGATE_ARGON2", "`KiB,passes,lanes`", ARGON2, argon2);
    let local = from.optional("TIDEGATE_LOCAL", "`1` or absent", false, flag);
    let aws_issuer = from.optional("TIDEGATE_AWS_ISSUER", "`1` or absent", false, flag);
    let local = local?;
    Some(Settings {
        origin: home?,
        // Elsewhere the platform knows how a request came; a port in a header does not.
        tls_origin: tls_origin?.filter(|_| local),
        region: region?,
        account: account?,
        local,
        shards: shards?,
        argon2: argon2?,
        keys: KeyRing::new(&current?, &previous?)?,
        operators: operators?,
        aws_issuer: aws_issuer?,
    })
}

fn origin(text: &str) -> Option<String> {
    let url = url::Url::parse(text).ok()?;
    let plain = matches!(url.scheme(), "http" | "https") && url.has_host();
    let origin = url.origin().ascii_serialization();
    // Issuers are compared as text, so only the one spelling is taken.
    (plain && origin == text.trim_end_matches('/')).then_some(origin)
}

fn region(text: &str) -> Option<String> {
    let plain = text.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-');
    (plain && text.contains('-')).then(|| text.to_owned())
}

fn account(text: &str) -> Option<String> {
    (text.len() == 12 && text.bytes().all(|c| c.is_ascii_digit())).then(|| text.to_owned())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OperatorKey {
    access_key_id: String,
    secret_access_key: Secret<String>,
}

fn operators(text: &str) -> Option<Vec<Operator>> {
    let keys: Vec<OperatorKey> = serde_json::from_str(text).ok()?;
    let good = |key: &OperatorKey| {
        key.access_key_id.len() >= 16
            && key.access_key_id.bytes().all(|c| c.is_ascii_alphanumeric())
            // Temporary keys begin so, and are looked for elsewhere.
            && !key.access_key_id.starts_with("ASIA")
            && key.secret_access_key.expose().len() >= SECRET_KEY
    };
    if keys.is_empty() || !keys.iter().all(good) {
        return None;
    }
    let operator =
        |key: OperatorKey| Operator { access_key_id: key.access_key_id, secret: key.secret_access_key };
    Some(keys.into_iter().map(operator).collect())
}

fn secret(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok().filter(|bytes| bytes.len() >= 32)
}

fn previous(text: &str) -> Option<Vec<Vec<u8>>> {
    let texts: Vec<String> = serde_json::from_str(text).ok()?;
    texts.iter().map(|text| secret(text)).collect()
}

fn argon2(text: &str) -> Option<Argon2Cost> {
    let mut parts = text.split(',').map(|part| part.trim().parse::<u32>().ok());
    let cost = Argon2Cost { memory_kib: parts.next()??, passes: parts.next()??, lanes: parts.next()?? };
    // Argon2's own limits, and an isolate's memory.
    let sound = cost.passes >= 1
        && (1..=16).contains(&cost.lanes)
        && (8 * cost.lanes..=65_536).contains(&cost.memory_kib);
    (parts.next().is_none() && sound).then_some(cost)
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}
