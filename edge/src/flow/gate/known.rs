//! What an isolate remembers for the gate between requests. Plain data, bounded; a map starts over when it is full.

use crate::cache::{Forgotten, Reading};
use crate::path::{Base, UpstreamError};
use domain::gate::{Document, Subject, TokenUse};
use domain::id::PoolTag;
use domain::random::{self, Random};
use domain::secret::Secret;
use siphasher::sip128::SipHasher24;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

const TOKENS: usize = 4096;
const SESSIONS: usize = 4096;

/// What a token or cookie is known by: SipHash-2-4 of 128 bits under a key that no other isolate has. The thing itself is
/// not kept, and nobody who does not know the key can make another with the same print; a SHA-256 of a token was a
/// quarter of the gate's own work.
type Print = u128;

#[derive(Debug, Default)]
pub(crate) struct Known {
    key: OnceCell<Secret<[u8; 16]>>,
    document: RefCell<Option<Rc<Document>>>,
    /// The upstreams of its routes, by URL.
    bases: RefCell<HashMap<String, Rc<Base>>>,
    tokens: RefCell<HashMap<Print, Rc<KnownToken>>>,
    sessions: RefCell<HashMap<Print, KnownSession>>,
    ended: Forgotten,
}

/// A token that was verified here.
#[derive(Debug)]
pub(crate) struct KnownToken {
    pub(crate) subject: Rc<Subject>,
    pub(crate) token_use: TokenUse,
    pub(crate) pool: PoolTag,
    pub(crate) pool_id: String,
    /// The pool's version that it was verified under.
    pub(crate) version: u64,
    /// Epoch seconds.
    pub(crate) expires: i64,
}

/// A browser session that stood when it was last asked after.
#[derive(Clone, Debug)]
pub(crate) struct KnownSession {
    pub(crate) subject: Rc<Subject>,
    pub(crate) read: i64,
}

impl Known {
    pub(super) fn print(&self, text: &str, random: &dyn Random) -> Print {
        let key = self.key.get_or_init(|| Secret::new(random::bytes(random)));
        SipHasher24::new_with_key(key.expose()).hash(text.as_bytes()).as_u128()
    }
    pub(super) fn document(&self, version: u64) -> Option<Rc<Document>> {
        self.document.borrow().as_ref().filter(|document| document.version == version).cloned()
    }
    pub(super) fn keep_document(&self, document: &Rc<Document>) {
        *self.document.borrow_mut() = Some(Rc::clone(document));
        self.bases.borrow_mut().clear();
    }
    pub(crate) fn base(&self, url: &str) -> Result<Rc<Base>, UpstreamError> {
        if let Some(base) = self.bases.borrow().get(url) {
            return Ok(Rc::clone(base));
        }
        let base = Rc::new(Base::read(url)?);
        self.bases.borrow_mut().insert(url.to_owned(), Rc::clone(&base));
        Ok(base)
    }
    pub(super) fn token(&self, print: &Print) -> Option<Rc<KnownToken>> {
        self.tokens.borrow().get(print).cloned()
    }
    pub(super) fn keep_token(&self, print: Print, token: Rc<KnownToken>) {
        keep(&self.tokens, TOKENS, print, token);
    }
    pub(super) fn session(&self, print: &Print) -> Option<KnownSession> {
        self.sessions.borrow().get(print).cloned()
    }
    /// To be called before a session is asked after.
    pub(super) fn asking(&self, now: i64) -> Reading {
        self.ended.reading(now)
    }
    pub(super) fn keep_session(&self, print: Print, subject: &Rc<Subject>, asked: Reading) {
        if self.ended.lets_keep(asked) {
            let session = KnownSession { subject: Rc::clone(subject), read: asked.at };
            keep(&self.sessions, SESSIONS, print, session);
        }
    }
    /// A session has ended: who asked after it before does not know.
    pub(super) fn end_session(&self, print: &Print) {
        self.ended.again();
        self.sessions.borrow_mut().remove(print);
    }
}

fn keep<V>(map: &RefCell<HashMap<Print, V>>, most: usize, print: Print, value: V) {
    let mut map = map.borrow_mut();
    if map.len() >= most && !map.contains_key(&print) {
        map.clear();
    }
    map.insert(print, value);
}
