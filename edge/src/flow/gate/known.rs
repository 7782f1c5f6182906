//! What an isolate remembers for the gate between requests. Plain data, bounded; a map starts over when it is full.

use crate::cache::{Forgotten, Reading};
use crate::path::{Base, UpstreamError};
use domain::gate::{Document, Subject, TokenUse};
use domain::id::PoolTag;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

const TOKENS: usize = 4096;
const SESSIONS: usize = 4096;

/// SHA-256 of a token or cookie: the thing itself is not kept.
type Print = [u8; 32];

#[derive(Debug, Default)]
pub(crate) struct Known {
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

pub(super) fn print(text: &str) -> Print {
    Sha256::digest(text.as_bytes()).into()
}

impl Known {
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
