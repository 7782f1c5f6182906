use std::fmt;

use jsonwebtoken::jwk::{
    AlgorithmParameters, CommonParameters, EllipticCurve, EllipticCurveKeyParameters, EllipticCurveKeyType,
    Jwk, KeyOperations, PublicKeyUse, RSAKeyParameters, RSAKeyType,
};
use sha2::{Digest as _, Sha256};

use super::{Algorithm, from_base64url, to_base64url};

/// Smallest and largest RSA modulus accepted, in bits.
const MODULUS_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;
/// Largest RSA exponent accepted: what the backends take, and small enough that verifying stays cheap.
const MAX_EXPONENT: u64 = (1 << 33) - 1;
/// More base64url than a modulus of 4096 bits with a leading zero byte needs.
const MAX_FIELD: usize = 700;

/// A public key whose parameters are within bounds. Whether an EC point lies on the curve, the verifier decides.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    parameters: Parameters,
    /// The single algorithm its owner declared it for, if any.
    only: Option<Algorithm>,
    thumbprint: [u8; 32],
}

#[derive(Clone, PartialEq, Eq)]
enum Parameters {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256 { x: [u8; 32], y: [u8; 32] },
}

/// What a backend builds its own key from: unsigned big-endian integers, RSA's without leading zeros.
#[derive(Clone, Copy, Debug)]
pub enum Material<'a> {
    Rsa { n: &'a [u8], e: &'a [u8] },
    P256 { x: &'a [u8; 32], y: &'a [u8; 32] },
}

/// Why a key was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadKey {
    /// Not RSA or P-256.
    Kind,
    /// A field is missing, or not strict base64url.
    Encoding,
    /// Too small or too large.
    Size,
    /// RSA: an even modulus, or an exponent that is even, below 3 or above 2^33.
    Value,
    /// Declared for something other than verifying with one of our algorithms.
    Purpose,
}

impl fmt::Display for BadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kind => "neither an RSA nor a P-256 key",
            Self::Encoding => "a key parameter is not base64url",
            Self::Size => "a key parameter is out of size",
            Self::Value => "an RSA parameter is out of range",
            Self::Purpose => "the key is declared for another use",
        })
    }
}

impl std::error::Error for BadKey {}

impl PublicKey {
    /// An RSA key from its unsigned big-endian modulus and exponent. Leading zero bytes are dropped, as some producers
    /// write one (RFC 7518 §6.3.1.1).
    pub fn rsa(n: &[u8], e: &[u8]) -> Result<Self, BadKey> {
        let (n, e) = (without_leading_zeros(n), without_leading_zeros(e));
        let (Some(first), Some(last)) = (n.first(), n.last()) else { return Err(BadKey::Size) };
        let bits = n.len() * 8 - first.leading_zeros() as usize;
        if !MODULUS_BITS.contains(&bits) || e.len() > 8 {
            return Err(BadKey::Size);
        }
        let exponent = e.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        if last % 2 == 0 || exponent % 2 == 0 || !(3..=MAX_EXPONENT).contains(&exponent) {
            return Err(BadKey::Value);
        }
        Ok(Self::new(Parameters::Rsa { n: n.to_vec(), e: e.to_vec() }))
    }

    /// A P-256 key from its affine coordinates, 32 bytes each.
    pub fn p256(x: &[u8], y: &[u8]) -> Result<Self, BadKey> {
        let (Ok(x), Ok(y)) = (x.try_into(), y.try_into()) else { return Err(BadKey::Size) };
        Ok(Self::new(Parameters::P256 { x, y }))
    }

    fn new(parameters: Parameters) -> Self {
        // RFC 7638 §3: the required members only, in lexicographic order, without white space.
        let canonical = match &parameters {
            Parameters::Rsa { n, e } => {
                format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, to_base64url(e), to_base64url(n))
            }
            Parameters::P256 { x, y } => {
                format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, to_base64url(x), to_base64url(y))
            }
        };
        Self { parameters, only: None, thumbprint: Sha256::digest(canonical).into() }
    }

    /// The same key, declared for one algorithm.
    pub fn pinned(mut self, algorithm: Algorithm) -> Result<Self, BadKey> {
        if !self.admits(algorithm) {
            return Err(BadKey::Purpose);
        }
        self.only = Some(algorithm);
        Ok(self)
    }

    /// Reads a published key. Its `alg` pins it; a `use` or `key_ops` that does not cover verifying is refused. What
    /// else it says (`x5c` and the like, a private half) is ignored.
    pub fn from_jwk(jwk: &Jwk) -> Result<Self, BadKey> {
        if !matches!(jwk.common.public_key_use, None | Some(PublicKeyUse::Signature)) {
            return Err(BadKey::Purpose);
        }
        if jwk.common.key_operations.as_ref().is_some_and(|all| !all.contains(&KeyOperations::Verify)) {
            return Err(BadKey::Purpose);
        }
        let key = match &jwk.algorithm {
            AlgorithmParameters::RSA(parameters) => {
                Self::rsa(&field(&parameters.n)?, &field(&parameters.e)?)?
            }
            AlgorithmParameters::EllipticCurve(parameters) if parameters.curve == EllipticCurve::P256 => {
                Self::p256(&field(&parameters.x)?, &field(&parameters.y)?)?
            }
            _ => return Err(BadKey::Kind),
        };
        match jwk.common.key_algorithm {
            None => Ok(key),
            Some(algorithm) => key.pinned(Algorithm::of_key(algorithm).ok_or(BadKey::Purpose)?),
        }
    }

    /// The key as it is published: `kid` is its thumbprint, `use` is `sig`, `alg` as given.
    pub fn to_jwk(&self, algorithm: Algorithm) -> Jwk {
        Jwk {
            common: CommonParameters {
                public_key_use: Some(PublicKeyUse::Signature),
                key_algorithm: Some(jsonwebtoken::Algorithm::from(algorithm).into()),
                key_id: Some(self.kid()),
                ..CommonParameters::default()
            },
            algorithm: match &self.parameters {
                Parameters::Rsa { n, e } => AlgorithmParameters::RSA(RSAKeyParameters {
                    key_type: RSAKeyType::RSA,
                    n: to_base64url(n),
                    e: to_base64url(e),
                }),
                Parameters::P256 { x, y } => AlgorithmParameters::EllipticCurve(EllipticCurveKeyParameters {
                    key_type: EllipticCurveKeyType::EC,
                    curve: EllipticCurve::P256,
                    x: to_base64url(x),
                    y: to_base64url(y),
                }),
            },
        }
    }

    /// Whether a signature by this algorithm may be checked with this key: the kind fits, and the owner declared no
    /// other algorithm.
    pub fn admits(&self, algorithm: Algorithm) -> bool {
        let fits = match algorithm {
            Algorithm::Rs256 | Algorithm::Rs512 => matches!(self.parameters, Parameters::Rsa { .. }),
            Algorithm::Es256 => matches!(self.parameters, Parameters::P256 { .. }),
        };
        fits && self.only.is_none_or(|only| only == algorithm)
    }

    /// The algorithm its owner declared it for, if any.
    pub fn algorithm(&self) -> Option<Algorithm> {
        self.only
    }

    /// The key id we give it: the RFC 7638 SHA-256 thumbprint in base64url, 43 characters.
    pub fn kid(&self) -> String {
        to_base64url(self.thumbprint)
    }

    /// The RFC 7638 SHA-256 thumbprint, which names the key material and nothing else.
    pub fn thumbprint(&self) -> [u8; 32] {
        self.thumbprint
    }

    pub fn material(&self) -> Material<'_> {
        match &self.parameters {
            Parameters::Rsa { n, e } => Material::Rsa { n, e },
            Parameters::P256 { x, y } => Material::P256 { x, y },
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublicKey")
            .field("kid", &self.kid())
            .field("only", &self.only)
            .finish_non_exhaustive()
    }
}

fn field(text: &str) -> Result<Vec<u8>, BadKey> {
    if text.len() > MAX_FIELD {
        return Err(BadKey::Size);
    }
    from_base64url(text).ok_or(BadKey::Encoding)
}

fn without_leading_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.get(zeros..).unwrap_or_default()
}
