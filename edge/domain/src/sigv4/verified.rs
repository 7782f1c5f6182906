//! A signature that has been proved.

use std::fmt;

use super::{Body, Chunking, Content, Scope, SigningKey, claim::Claim, payload::Framing};

/// Where the signature came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In the `authorization` header.
    Header,
    /// In the query, good until `expires_at` (epoch seconds).
    Presigned { expires_at: i64 },
}

/// Proof that the holder of a secret signed a request. It says nothing of a body that came later: see
/// [`Verified::framing`].
pub struct Verified {
    claim: Claim,
    content: Content,
    key: SigningKey,
}

impl Verified {
    /// Called by nothing but the proof.
    pub(super) fn new(claim: Claim, content: Content, key: SigningKey) -> Self {
        Self { claim, content, key }
    }

    pub fn access_key_id(&self) -> &str {
        &self.claim.access_key_id
    }

    pub fn session_token(&self) -> Option<&str> {
        self.claim.session_token.as_deref()
    }

    pub fn scope(&self) -> &Scope {
        &self.claim.scope
    }

    /// Epoch seconds.
    pub fn signed_at(&self) -> i64 {
        self.claim.signed_at
    }

    pub fn form(&self) -> Form {
        self.claim.form
    }

    /// How the payload was named.
    pub fn content(&self) -> Content {
        self.content
    }

    /// Whether this is the body that was signed, where it was named by its hash or is not part of the signature.
    pub fn covers(&self, body: &[u8]) -> bool {
        match self.content {
            Content::Unsigned => true,
            Content::Sha256(named) => Body::Whole(body).digest() == Some(named),
            Content::Chunked(_) => false,
        }
    }

    /// How the body has to be read, for [`payload::Decoder::new`](super::payload::Decoder::new).
    pub fn framing(&self) -> Framing {
        let Claim { signature, signed_at, scope, .. } = &self.claim;
        let chain = || super::payload::Chain::new(self.key.clone(), *signed_at, scope, *signature);
        match self.content {
            Content::Unsigned => Framing::Plain { sha256: None },
            Content::Sha256(digest) => Framing::Plain { sha256: Some(digest) },
            Content::Chunked(Chunking::Signed) => Framing::Signed { chain: chain(), trailer: false },
            Content::Chunked(Chunking::SignedTrailer) => Framing::Signed { chain: chain(), trailer: true },
            Content::Chunked(Chunking::UnsignedTrailer) => Framing::Unsigned,
        }
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Verified")
            .field("access_key_id", &self.claim.access_key_id)
            .field("scope", &self.claim.scope)
            .field("form", &self.claim.form)
            .field("content", &self.content)
            .finish_non_exhaustive()
    }
}
