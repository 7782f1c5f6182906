//! Opaque values that browsers and clients carry for us and that find their own way back: sealed, with the shard that
//! knows them and a secret of which the shard stores the hash.

use crate::edge::Edge;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::hex;
use domain::pool::UserPool;
use domain::random;
use domain::seal::{self, KeyRing, Place, Purpose};
use domain::secret::Secret;
use sha2::{Digest, Sha256};

/// More than any ticket takes, in characters.
const LONGEST: usize = 256;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) shard: u16,
    secret: Secret<[u8; 32]>,
}

impl Ticket {
    pub(crate) fn draw(edge: &Edge, shard: u16) -> Self {
        Self { shard, secret: random::bytes(edge.platform.random()).into() }
    }

    /// The one ticket that belongs to something of ours, for what is done once and may be answered more than once.
    pub(crate) fn of(edge: &Edge, shard: u16, purpose: Purpose, id: &str) -> Self {
        let key = edge.settings().keys.derive(purpose, &["ticket"]);
        Self { shard, secret: seal::mac(&key, &[id.as_bytes()]).into() }
    }

    /// As it travels. It opens for the same purpose and pool only.
    pub(crate) fn seal(&self, edge: &Edge, pool: &UserPool, purpose: Purpose) -> String {
        self.seal_with(&edge.settings().keys, &pool.id.tag().to_string(), purpose, edge.platform.random())
    }

    fn seal_with(&self, keys: &KeyRing, pool: &str, purpose: Purpose, random: &dyn random::Random) -> String {
        let mut plain = self.shard.to_be_bytes().to_vec();
        plain.extend(self.secret.expose());
        URL_SAFE_NO_PAD.encode(keys.seal(place(pool, purpose), &plain, random))
    }

    /// `None` when it is not ours, not of this pool, or names a shard the pool does not have.
    pub(crate) fn open(edge: &Edge, pool: &UserPool, purpose: Purpose, text: &str) -> Option<Self> {
        Self::open_with(&edge.settings().keys, &pool.id.tag().to_string(), purpose, text)
            .filter(|ticket| ticket.shard < pool.placement.shards)
    }

    fn open_with(keys: &KeyRing, pool: &str, purpose: Purpose, text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let sealed = URL_SAFE_NO_PAD.decode(text).ok()?;
        let plain = keys.open(place(pool, purpose), &sealed).ok()?;
        let (shard, secret) = plain.split_first_chunk::<2>()?;
        let secret = <[u8; 32]>::try_from(secret).ok()?.into();
        Some(Self { shard: u16::from_be_bytes(*shard), secret })
    }

    /// What the shard stores.
    pub(crate) fn hash(&self) -> String {
        hex(&Sha256::digest(self.secret.expose()))
    }
}

const fn place(pool: &str, purpose: Purpose) -> Place<'_> {
    Place::new(purpose, pool, "", "ticket")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::testing::Counting;

    fn keys(seed: u8) -> KeyRing {
        KeyRing::new(&[seed; 32], &[]).unwrap()
    }
    fn ticket() -> Ticket {
        Ticket { shard: 7, secret: [9; 32].into() }
    }

    #[test]
    fn a_ticket_opens_for_its_own_pool_and_purpose_only() {
        let text = ticket().seal_with(&keys(1), "0000002a", Purpose::Cookie, &Counting::default());
        let open = |seed, pool, purpose| Ticket::open_with(&keys(seed), pool, purpose, &text);
        assert_eq!(open(1, "0000002a", Purpose::Cookie), Some(ticket()));
        assert_eq!(open(1, "0000002b", Purpose::Cookie), None);
        assert_eq!(open(1, "0000002a", Purpose::Grant), None);
        assert_eq!(open(2, "0000002a", Purpose::Cookie), None);
    }

    #[test]
    fn a_ticket_fits_a_cookie_and_gives_nothing_away() {
        let text = ticket().seal_with(&keys(1), "0000002a", Purpose::Cookie, &Counting::default());
        assert!(text.len() < 128, "{}", text.len());
        assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
        assert!(!format!("{:?}", ticket()).contains('9'));
    }

    #[test]
    fn whatever_is_no_ticket_is_refused() {
        let text = ticket().seal_with(&keys(1), "0000002a", Purpose::Cookie, &Counting::default());
        let bent = format!("{}A", &text[..text.len() - 1]);
        for other in ["", "AAAA", "not base64!", &text[1..], &bent, &"A".repeat(10_000)] {
            if other != text {
                assert_eq!(Ticket::open_with(&keys(1), "0000002a", Purpose::Cookie, other), None, "{other}");
            }
        }
    }
}
