//! [`Keys`] over the runtime's `WebCrypto`, about ten times as fast there as Rust in Wasm. An ES256 signature is r‖s
//! on both sides, so nothing is converted.
//!
//! Importing a key costs more than a verification, so imported keys are kept for the life of the isolate. A
//! `CryptoKey` may be used by any request in it; a promise may not, so only finished imports are kept.

use super::{boundary, task};
use std::cell::RefCell;

use domain::jose::{
    Algorithm, Jwk, KeyFault, KeyPair, Keys, LocalBoxFuture, Material, PrivateKey, PublicKey,
};
use js_sys::{Array, JSON, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, CryptoKeyPair, SubtleCrypto};

/// How many imported keys of each kind an isolate keeps: a few hundred pools' worth of verifying keys, and the signing
/// keys of those that are busy.
const PUBLIC_KEPT: usize = 256;
const PRIVATE_KEPT: usize = 64;

thread_local! {
    static PUBLIC: RefCell<Kept> = const { RefCell::new(Kept::new(PUBLIC_KEPT)) };
    static PRIVATE: RefCell<Kept> = const { RefCell::new(Kept::new(PRIVATE_KEPT)) };
}

/// The runtime's backend. Stateless: what it has imported belongs to the isolate.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WebCrypto;

impl Keys for WebCrypto {
    fn verify<'a>(
        &'a self,
        key: &'a PublicKey,
        algorithm: Algorithm,
        message: &'a [u8],
        signature: &'a [u8],
    ) -> LocalBoxFuture<'a, Result<bool, KeyFault>> {
        Box::pin(async move {
            if !key.admits(algorithm) {
                return Err(KeyFault::Unusable);
            }
            let key = public(key, algorithm).await?;
            let answer = task::answered(|hear, listener| {
                boundary::verify(algorithm.name(), &key, signature, message, hear, listener);
            });
            answer.await.map_err(fault)?.as_bool().ok_or_else(|| surprise("verify"))
        })
    }

    fn sign<'a>(
        &'a self,
        key: &'a PrivateKey,
        algorithm: Algorithm,
        message: &'a [u8],
    ) -> LocalBoxFuture<'a, Result<Vec<u8>, KeyFault>> {
        Box::pin(async move {
            let key = private(key, algorithm).await?;
            let answer = task::answered(|hear, listener| {
                boundary::sign(algorithm.name(), &key, message, hear, listener);
            });
            Ok(Uint8Array::new(&answer.await.map_err(fault)?).to_vec())
        })
    }

    fn generate(&self, algorithm: Algorithm) -> LocalBoxFuture<'_, Result<KeyPair, KeyFault>> {
        Box::pin(async move {
            let subtle = subtle()?;
            let parameters = kind(algorithm)?;
            if is_rsa(algorithm) {
                set(&parameters, "modulusLength", &2048.into())?;
                set(&parameters, "publicExponent", &Uint8Array::from([1, 0, 1].as_slice()))?;
            }
            let pair = subtle.generate_key_with_object(&parameters, true, &usages(&["sign", "verify"]));
            let pair: CryptoKeyPair = settled(pair).await?.unchecked_into();

            let der = settled(subtle.export_key("pkcs8", &pair.get_private_key())).await?;
            let der = Uint8Array::new(&der);
            let private = PrivateKey::from_pkcs8(der.to_vec()).map_err(|_| surprise("generateKey"));
            der.fill(0, 0, der.length());

            let jwk = settled(subtle.export_key("jwk", &pair.get_public_key())).await?;
            let jwk = JSON::stringify(&jwk).map_err(fault)?.as_string().unwrap_or_default();
            let jwk: Jwk = serde_json::from_str(&jwk).map_err(|_| surprise("exportKey"))?;
            let public = PublicKey::from_jwk(&jwk)
                .and_then(|key| key.pinned(algorithm))
                .map_err(|_| surprise("exportKey"))?;
            Ok(KeyPair { private: private?, public })
        })
    }
}

/// Imports a verifying key, or finds it imported. `WebCrypto` binds RSA keys to one hash, hence the algorithm in the
/// id.
async fn public(key: &PublicKey, algorithm: Algorithm) -> Result<CryptoKey, KeyFault> {
    let id = (key.thumbprint(), algorithm);
    if let Some(key) = PUBLIC.with_borrow_mut(|kept| kept.find(id)) {
        return Ok(key);
    }
    let (format, data): (_, Object) = match key.material() {
        Material::Rsa { .. } => {
            let jwk = serde_json::to_string(&key.to_jwk(algorithm)).map_err(|_| surprise("JSON"))?;
            ("jwk", JSON::parse(&jwk).map_err(fault)?.unchecked_into())
        }
        Material::P256 { x, y } => {
            let point = [&[0x04], x.as_slice(), y].concat();
            ("raw", Uint8Array::from(point.as_slice()).unchecked_into())
        }
    };
    let key = import(format, &data, algorithm, "verify").await?;
    PUBLIC.with_borrow_mut(|kept| kept.keep(id, key.clone()));
    Ok(key)
}

/// Imports a signing key, or finds it imported. Once inside it cannot be exported again.
async fn private(key: &PrivateKey, algorithm: Algorithm) -> Result<CryptoKey, KeyFault> {
    let id = (key.fingerprint(), algorithm);
    if let Some(key) = PRIVATE.with_borrow_mut(|kept| kept.find(id)) {
        return Ok(key);
    }
    let der = Uint8Array::from(key.expose_pkcs8());
    let imported = import("pkcs8", &der, algorithm, "sign").await;
    der.fill(0, 0, der.length());
    let imported = imported?;
    PRIVATE.with_borrow_mut(|kept| kept.keep(id, imported.clone()));
    Ok(imported)
}

async fn import(
    format: &str,
    data: &Object,
    algorithm: Algorithm,
    usage: &str,
) -> Result<CryptoKey, KeyFault> {
    let import = subtle()?.import_key_with_object(format, data, &kind(algorithm)?, false, &usages(&[usage]));
    // The key came from outside this function, so a refusal to import it speaks about the key.
    settled(import).await.map(JsCast::unchecked_into).map_err(|_| KeyFault::Unusable)
}

/// Imported keys, most recently used first; the last falls out when there is no room. Never borrowed over an await.
struct Kept {
    keys: Vec<(Id, CryptoKey)>,
    room: usize,
}

/// A hash of the key material, and the algorithm it was imported for.
type Id = ([u8; 32], Algorithm);

impl Kept {
    const fn new(room: usize) -> Self {
        Self { keys: Vec::new(), room }
    }

    fn find(&mut self, id: Id) -> Option<CryptoKey> {
        let at = self.keys.iter().position(|(kept, _)| *kept == id)?;
        let found = self.keys.remove(at);
        let key = found.1.clone();
        self.keys.insert(0, found);
        Some(key)
    }

    /// Two requests may import the same key at once; the second changes nothing.
    fn keep(&mut self, id: Id, key: CryptoKey) {
        if self.find(id).is_none() {
            self.keys.truncate(self.room.saturating_sub(1));
            self.keys.insert(0, (id, key));
        }
    }
}

fn is_rsa(algorithm: Algorithm) -> bool {
    match algorithm {
        Algorithm::Rs256 | Algorithm::Rs512 => true,
        Algorithm::Es256 => false,
    }
}

fn hash(algorithm: Algorithm) -> JsValue {
    match algorithm {
        Algorithm::Rs256 | Algorithm::Es256 => "SHA-256".into(),
        Algorithm::Rs512 => "SHA-512".into(),
    }
}

/// What a key is imported or generated as.
fn kind(algorithm: Algorithm) -> Result<Object, KeyFault> {
    let kind = Object::new();
    if is_rsa(algorithm) {
        set(&kind, "name", &"RSASSA-PKCS1-v1_5".into())?;
        set(&kind, "hash", &hash(algorithm))?;
    } else {
        set(&kind, "name", &"ECDSA".into())?;
        set(&kind, "namedCurve", &"P-256".into())?;
    }
    Ok(kind)
}

fn usages(names: &[&str]) -> JsValue {
    names.iter().map(|name| JsValue::from_str(name)).collect::<Array>().into()
}

fn set(object: &Object, name: &str, value: &JsValue) -> Result<(), KeyFault> {
    Reflect::set(object, &name.into(), value).map(drop).map_err(fault)
}

fn subtle() -> Result<SubtleCrypto, KeyFault> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).map_err(fault)?;
    if crypto.is_object() { Ok(crypto.unchecked_into::<Crypto>().subtle()) } else { Err(surprise("crypto")) }
}

async fn settled(promise: Result<Promise, JsValue>) -> Result<JsValue, KeyFault> {
    JsFuture::from(promise.map_err(fault)?).await.map_err(fault)
}

#[allow(clippy::needless_pass_by_value, reason = "the shape that `map_err` takes")]
fn fault(error: JsValue) -> KeyFault {
    let text = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.to_string()));
    KeyFault::Platform(text.unwrap_or_else(|| "an exception that is no error".to_owned()))
}

fn surprise(call: &str) -> KeyFault {
    KeyFault::Platform(format!("unexpected answer of `{call}`"))
}
