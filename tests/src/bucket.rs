//! A bucket in memory, as strict about lengths and broken streams as R2.

use domain::jose::LocalBoxFuture;
use edge::message::ByteStream;
use edge::platform::{Bucket, CallFault, ListObjects, ObjectMetadata, ObjectPage, Stored};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

#[derive(Debug, Default)]
pub struct Memory {
    objects: RefCell<BTreeMap<String, (Stored, Vec<u8>)>>,
    /// Epoch milliseconds that the next object is stored at.
    pub clock: Cell<i64>,
}

impl Memory {
    /// An object's bytes, past every door.
    pub fn bytes(&self, key: &str) -> Option<Vec<u8>> {
        self.objects.borrow().get(key).map(|(_, bytes)| bytes.clone())
    }
    /// All keys in order.
    pub fn keys(&self) -> Vec<String> {
        self.objects.borrow().keys().cloned().collect()
    }

    fn page(&self, ask: &ListObjects) -> ObjectPage {
        let objects = self.objects.borrow();
        let after = ask.cursor.as_ref().or(ask.start_after.as_ref());
        let start = after.map_or(Bound::Included(ask.prefix.as_str()), |key| Bound::Excluded(key.as_str()));
        let mut page = ObjectPage::default();
        let mut prefixes = BTreeSet::new();
        let mut last = String::new();
        for (key, (stored, _)) in objects.range::<str, _>((start, Bound::Unbounded)) {
            let Some(rest) = key.strip_prefix(ask.prefix.as_str()) else {
                if key.as_str() > ask.prefix.as_str() {
                    break;
                }
                continue;
            };
            let folded = ask.delimiter.as_ref().and_then(|delimiter| {
                rest.find(delimiter.as_str())
                    .map(|at| format!("{}{}", ask.prefix, &rest[..at + delimiter.len()]))
            });
            // A cursor within a folded prefix goes on after all of it.
            if folded
                .as_ref()
                .is_some_and(|folded| after.is_some_and(|after| after.starts_with(folded.as_str())))
            {
                continue;
            }
            let counted = page.objects.len() + prefixes.len();
            let known = folded.as_ref().is_some_and(|folded| prefixes.contains(folded));
            if counted >= ask.limit as usize && !known {
                page.cursor = Some(last);
                break;
            }
            last.clone_from(key);
            match folded {
                Some(folded) => drop(prefixes.insert(folded)),
                None => page.objects.push(stored.clone()),
            }
        }
        page.prefixes = prefixes.into_iter().collect();
        page
    }
}

impl Bucket for Memory {
    fn put<'a>(
        &'a self,
        key: &'a str,
        length: u64,
        mut body: ByteStream,
        metadata: ObjectMetadata,
    ) -> LocalBoxFuture<'a, Result<Stored, CallFault>> {
        Box::pin(async move {
            let mut bytes = Vec::new();
            // R2 has the object once it has as many bytes as it was promised, whatever the stream does then.
            while (bytes.len() as u64) < length {
                let chunk = body.next().await.ok_or_else(|| CallFault("the stream ended early".into()))?;
                bytes.extend(chunk.map_err(|fault| CallFault(fault.0))?);
            }
            if bytes.len() as u64 > length {
                return Err(CallFault("the stream is longer than promised".into()));
            }
            let digest = Sha256::digest(&bytes);
            let etag = digest.iter().take(16).fold(String::new(), |etag, byte| etag + &format!("{byte:02x}"));
            let stored = Stored { key: key.into(), size: length, etag, uploaded: self.clock.get(), metadata };
            self.objects.borrow_mut().insert(key.to_owned(), (stored.clone(), bytes));
            Ok(stored)
        })
    }

    fn get<'a>(
        &'a self,
        key: &'a str,
        range: Option<(u64, u64)>,
    ) -> LocalBoxFuture<'a, Result<Option<(Stored, ByteStream)>, CallFault>> {
        Box::pin(async move {
            let Some((stored, bytes)) = self.objects.borrow().get(key).cloned() else { return Ok(None) };
            let (first, count) = range.unwrap_or((0, stored.size));
            let (first, count) = (usize::try_from(first).unwrap(), usize::try_from(count).unwrap());
            let cut =
                bytes.get(first..first + count).ok_or_else(|| CallFault("no such range".into()))?.to_vec();
            let body: ByteStream = Box::pin(futures_util::stream::iter([Ok(cut)]));
            Ok(Some((stored, body)))
        })
    }

    fn head<'a>(&'a self, key: &'a str) -> LocalBoxFuture<'a, Result<Option<Stored>, CallFault>> {
        Box::pin(async move { Ok(self.objects.borrow().get(key).map(|(stored, _)| stored.clone())) })
    }

    fn delete<'a>(&'a self, key: &'a str) -> LocalBoxFuture<'a, Result<(), CallFault>> {
        Box::pin(async move {
            self.objects.borrow_mut().remove(key);
            Ok(())
        })
    }

    fn list<'a>(&'a self, ask: &'a ListObjects) -> LocalBoxFuture<'a, Result<ObjectPage, CallFault>> {
        Box::pin(async move { Ok(self.page(ask)) })
    }
}
