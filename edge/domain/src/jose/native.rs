//! [`Keys`](super::Keys) in pure Rust, for native builds: tests, stories and tools. Draws on the system's randomness to
//! make keys and to blind RSA, which nothing else in this crate may do. The runtime has its own, over `WebCrypto`.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::elliptic_curve::Generate as _;
use p256::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use rsa::traits::PublicKeyParts as _;
use rsa::{BoxedUint, Pkcs1v15Sign, RsaPrivateKey, RsaPublicKey};
use sha2::{Digest as _, Sha256, Sha512};

use super::{Algorithm, KeyFault, KeyPair, LocalBoxFuture, Material, PrivateKey, PublicKey};

/// The modulus of a generated RSA key, in bits.
const RSA_BITS: usize = 2048;

/// The pure-Rust backend. Its futures are ready when first polled.
#[derive(Debug, Default)]
pub struct Keys {
    /// How many RSA keys of [`PREGENERATED`] this instance has handed out; absent, each is made afresh.
    handed_out: Option<AtomicUsize>,
}

/// RSA keys made once a process, on first use. Four, so that a pool's signing keys and a successor differ.
static PREGENERATED: [OnceLock<Result<KeyPair, KeyFault>>; 4] = [const { OnceLock::new() }; 4];

impl Keys {
    /// Makes every key afresh. An RSA key takes from a tenth of a second to several.
    pub fn new() -> Self {
        Self::default()
    }

    /// For tests: hands out RSA keys from a few that are made once a process, in turn, so that instances share them
    /// and the fifth is the first again. P-256 keys are cheap and always new.
    pub fn with_pregenerated() -> Self {
        Self { handed_out: Some(AtomicUsize::new(0)) }
    }

    fn rsa_pair(&self) -> Result<KeyPair, KeyFault> {
        let Some(handed_out) = &self.handed_out else { return new_rsa_pair() };
        let turn = handed_out.fetch_add(1, Ordering::Relaxed) % PREGENERATED.len();
        let cell = PREGENERATED.get(turn).ok_or(KeyFault::Unusable)?;
        cell.get_or_init(new_rsa_pair).clone()
    }
}

impl super::Keys for Keys {
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
            match key.material() {
                Material::Rsa { n, e } => {
                    let (n, e) = (BoxedUint::from_be_slice_vartime(n), BoxedUint::from_be_slice_vartime(e));
                    let key = RsaPublicKey::new_with_size_limits(n, e, 2048..=4096)
                        .map_err(|_| KeyFault::Unusable)?;
                    let (scheme, digest) = rsa_digest(algorithm, message)?;
                    Ok(key.verify(scheme, &digest, signature).is_ok())
                }
                Material::P256 { x, y } => {
                    let point = [&[0x04], x.as_slice(), y].concat();
                    let key = VerifyingKey::from_sec1_bytes(&point).map_err(|_| KeyFault::Unusable)?;
                    let Ok(signature) = Signature::from_slice(signature) else { return Ok(false) };
                    Ok(key.verify(message, &signature).is_ok())
                }
            }
        })
    }

    fn sign<'a>(
        &'a self,
        key: &'a PrivateKey,
        algorithm: Algorithm,
        message: &'a [u8],
    ) -> LocalBoxFuture<'a, Result<Vec<u8>, KeyFault>> {
        Box::pin(async move {
            match algorithm {
                Algorithm::Rs256 | Algorithm::Rs512 => {
                    let key =
                        RsaPrivateKey::from_pkcs8_der(key.expose_pkcs8()).map_err(|_| KeyFault::Unusable)?;
                    let (scheme, digest) = rsa_digest(algorithm, message)?;
                    key.sign_with_rng(&mut UnwrapErr(SysRng), scheme, &digest).map_err(platform)
                }
                Algorithm::Es256 => {
                    let key =
                        SigningKey::from_pkcs8_der(key.expose_pkcs8()).map_err(|_| KeyFault::Unusable)?;
                    let signature: Signature = key.try_sign(message).map_err(platform)?;
                    Ok(signature.to_bytes().to_vec())
                }
            }
        })
    }

    fn generate(&self, algorithm: Algorithm) -> LocalBoxFuture<'_, Result<KeyPair, KeyFault>> {
        Box::pin(async move {
            let pair = match algorithm {
                Algorithm::Rs256 | Algorithm::Rs512 => self.rsa_pair()?,
                Algorithm::Es256 => new_p256_pair()?,
            };
            Ok(KeyPair { public: pair.public.pinned(algorithm).map_err(platform)?, ..pair })
        })
    }
}

fn rsa_digest(algorithm: Algorithm, message: &[u8]) -> Result<(Pkcs1v15Sign, Vec<u8>), KeyFault> {
    match algorithm {
        Algorithm::Rs256 => Ok((Pkcs1v15Sign::new::<Sha256>(), Sha256::digest(message).to_vec())),
        Algorithm::Rs512 => Ok((Pkcs1v15Sign::new::<Sha512>(), Sha512::digest(message).to_vec())),
        Algorithm::Es256 => Err(KeyFault::Unusable),
    }
}

fn new_rsa_pair() -> Result<KeyPair, KeyFault> {
    let key = RsaPrivateKey::new(&mut UnwrapErr(SysRng), RSA_BITS).map_err(platform)?;
    Ok(KeyPair {
        private: PrivateKey::from_pkcs8(key.to_pkcs8_der().map_err(platform)?.as_bytes().to_vec())
            .map_err(platform)?,
        public: PublicKey::rsa(&key.n_bytes(), &key.e_bytes()).map_err(platform)?,
    })
}

fn new_p256_pair() -> Result<KeyPair, KeyFault> {
    let key = SigningKey::try_generate_from_rng(&mut SysRng).map_err(platform)?;
    let point = key.verifying_key().to_sec1_point(false);
    let (x, y) = point.x().zip(point.y()).ok_or(KeyFault::Unusable)?;
    Ok(KeyPair {
        private: PrivateKey::from_pkcs8(key.to_pkcs8_der().map_err(platform)?.as_bytes().to_vec())
            .map_err(platform)?,
        public: PublicKey::p256(x, y).map_err(platform)?,
    })
}

fn platform(fault: impl std::fmt::Display) -> KeyFault {
    KeyFault::Platform(fault.to_string())
}
