//! Bodies that are held in memory whole: how much of its memory an isolate gives them, and how long it waits for one.
//!
//! A body takes what has arrived of it, never what its head only promises, and at most as much as it leaves free. A small
//! one takes nothing, so that those of others, be they many or standing still, do not keep it out: a sign-in has a few
//! hundred bytes.

use crate::message::{Body, BodyFault, ByteStream};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use futures_util::stream::iter;
use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;

/// What the bodies of all requests take up at most, in bytes. An isolate has 128 MB for everything, and a body is there
/// twice while it goes on to an upstream.
const MOST: usize = 32 << 20;
/// Up to here a body is not counted, in bytes: a request takes more in other ways.
const SMALL: usize = 16 << 10;
/// How long the next [`STRETCH`] of a body, or its end, may take, in milliseconds.
const PATIENCE: u32 = 10_000;
/// In bytes.
const STRETCH: usize = 64 << 10;

/// Why a body is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Untaken {
    TooLarge,
    Broken(BodyFault),
    /// The client has stopped sending.
    Slow,
    /// The isolate holds as much as it can.
    Crowded,
}

type Piece = Result<Vec<u8>, BodyFault>;

/// What the bodies of an isolate's requests take up.
#[derive(Debug, Default)]
pub(crate) struct Budget(Rc<Cell<usize>>);

/// What one request's body takes up. It is given back with the request, however that ends.
#[derive(Debug)]
pub(crate) struct Share {
    taken: Rc<Cell<usize>>,
    own: Cell<usize>,
}

impl Budget {
    pub(crate) fn share(&self) -> Share {
        Share { taken: Rc::clone(&self.0), own: Cell::new(0) }
    }
}

/// What of a body's bytes the budget counts.
const fn counted(bytes: usize) -> usize {
    bytes.saturating_sub(SMALL)
}

impl Drop for Share {
    fn drop(&mut self) {
        self.taken.set(self.taken.get().saturating_sub(counted(self.own.get())));
    }
}

impl Share {
    /// Whether so many bytes more leave as many free.
    fn fits(&self, more: usize) -> bool {
        let own = counted(self.own.get().saturating_add(more));
        own == 0 || own.saturating_add(self.taken_with(own)) <= MOST
    }

    /// What all would take if this one took so much.
    fn taken_with(&self, own: usize) -> usize {
        self.taken.get().saturating_sub(counted(self.own.get())).saturating_add(own)
    }

    fn take(&self, more: usize) -> Result<(), Untaken> {
        if !self.fits(more) {
            return Err(Untaken::Crowded);
        }
        let own = self.own.get().saturating_add(more);
        self.taken.set(self.taken_with(counted(own)));
        self.own.set(own);
        Ok(())
    }

    /// Makes room for `more` bytes behind those of `bytes`, which will not be more than `most`.
    fn make_room(&self, bytes: &mut Vec<u8>, more: usize, most: usize) -> Result<(), Untaken> {
        let wanted = bytes.len() + more;
        if wanted <= bytes.capacity() {
            return Ok(());
        }
        let room = bytes.capacity().saturating_mul(2).min(most).max(wanted);
        self.take(room - bytes.capacity())?;
        bytes.try_reserve_exact(room - bytes.len()).map_err(|_| Untaken::Crowded)
    }

    /// Reads a body whole, at most `limit` bytes. One that is there already was counted by whoever read it.
    pub(crate) async fn read<D: Future<Output = ()> + Unpin>(
        &self,
        body: Body,
        declared: Option<u64>,
        limit: usize,
        delay: impl Fn(u32) -> D,
    ) -> Result<Vec<u8>, Untaken> {
        let mut stream = match body {
            Body::Empty => return Ok(Vec::new()),
            Body::Bytes(bytes) if bytes.len() > limit => return Err(Untaken::TooLarge),
            Body::Bytes(bytes) => return Ok(bytes),
            Body::Stream(stream) => stream,
            Body::Held(held) => held.open(),
        };
        match self.gather(&mut stream, declared, limit, delay).await? {
            (bytes, None) => Ok(bytes),
            (_, Some(Ok(_))) => Err(Untaken::TooLarge),
            (_, Some(Err(fault))) => Err(Untaken::Broken(fault)),
        }
    }

    /// Reads ahead: a body of at most `limit` bytes is then there whole. A longer one, and one that breaks off, stays a
    /// stream from which nothing is missing.
    pub(crate) async fn read_ahead<D: Future<Output = ()> + Unpin>(
        &self,
        body: Body,
        declared: Option<u64>,
        limit: usize,
        delay: impl Fn(u32) -> D,
    ) -> Result<Body, Untaken> {
        let Body::Stream(mut stream) = body else { return Ok(body) };
        Ok(match self.gather(&mut stream, declared, limit, delay).await? {
            (bytes, None) if bytes.is_empty() => Body::Empty,
            (bytes, None) => Body::Bytes(bytes),
            (bytes, Some(next)) => Body::Stream(Box::pin(iter([Ok(bytes), next]).chain(stream))),
        })
    }

    /// The first `limit` bytes of a stream that declares so many, and what came after them, if anything did. `delay` ends
    /// after so many milliseconds.
    async fn gather<D: Future<Output = ()> + Unpin>(
        &self,
        stream: &mut ByteStream,
        declared: Option<u64>,
        limit: usize,
        delay: impl Fn(u32) -> D,
    ) -> Result<(Vec<u8>, Option<Piece>), Untaken> {
        let declared = declared.map(|length| usize::try_from(length).unwrap_or(usize::MAX));
        if declared.is_some_and(|length| !self.fits(length.min(limit))) {
            return Err(Untaken::Crowded);
        }
        let most = declared.unwrap_or(limit).min(limit);
        let (mut bytes, mut late, mut stretch) = (Vec::new(), delay(PATIENCE), 0);
        loop {
            let chunk = match select(stream.next(), &mut late).await {
                Either::Left((None, _)) => return Ok((bytes, None)),
                Either::Left((Some(Ok(chunk)), _)) if bytes.len() + chunk.len() <= limit => chunk,
                Either::Left((over, _)) => return Ok((bytes, over)),
                Either::Right(_) => return Err(Untaken::Slow),
            };
            self.make_room(&mut bytes, chunk.len(), most)?;
            stretch += chunk.len();
            if stretch >= STRETCH {
                (late, stretch) = (delay(PATIENCE), 0);
            }
            bytes.extend(chunk);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::{Pending, pending, ready};
    use futures_util::{FutureExt, stream};

    const MIB: usize = 1 << 20;

    fn never(_: u32) -> Pending<()> {
        pending()
    }

    /// A body that comes in pieces, and then ends or stands still.
    fn body(pieces: &[usize], ends: bool) -> Body {
        let pieces: Vec<_> = pieces.iter().map(|length| Ok(vec![b'x'; *length])).collect();
        let pieces = stream::iter(pieces);
        let rest = if ends { stream::empty().left_stream() } else { stream::pending().right_stream() };
        Body::Stream(Box::pin(pieces.chain(rest)))
    }

    /// What is read of a body that has come by now; `None` where more is waited for.
    fn read(share: &Share, body: Body, declared: Option<usize>) -> Option<Result<usize, Untaken>> {
        let declared = declared.map(|length| length as u64);
        let read = share.read(body, declared, 10 * MIB, never).now_or_never();
        read.map(|read| read.map(|bytes| bytes.len()))
    }

    #[test]
    fn a_body_is_read_to_its_end_or_to_its_limit() {
        let budget = Budget::default();
        for declared in [None, Some(3 * MIB)] {
            assert_eq!(read(&budget.share(), body(&[MIB, MIB, MIB], true), declared), Some(Ok(3 * MIB)));
        }
        assert_eq!(
            read(&budget.share(), body(&[5 * MIB, 6 * MIB], true), None),
            Some(Err(Untaken::TooLarge))
        );
        assert_eq!(read(&budget.share(), Body::Bytes(vec![0; 11 * MIB]), None), Some(Err(Untaken::TooLarge)));
        assert_eq!(read(&budget.share(), body(&[], true), None), Some(Ok(0)));
    }

    #[test]
    fn a_body_read_ahead_is_whole_or_lacks_nothing() {
        let budget = Budget::default();
        let ahead = |body, limit| {
            let share = budget.share();
            share.read_ahead(body, None, limit, never).now_or_never().unwrap().unwrap()
        };
        assert!(matches!(ahead(body(&[], true), 10), Body::Empty));
        assert!(matches!(ahead(body(&[5, 5], true), 10), Body::Bytes(bytes) if bytes.len() == 10));
        let longer = ahead(body(&[5, 5, 1, 7], true), 10);
        assert!(matches!(longer, Body::Stream(_)));
        assert_eq!(longer.read(100).now_or_never().unwrap().map(|bytes| bytes.len()), Ok(18));
    }

    #[test]
    fn all_bodies_together_stay_within_the_budget_and_a_small_one_still_passes() {
        let budget = Budget::default();
        let shares: Vec<Share> = (0..40).map(|_| budget.share()).collect();
        let read: Vec<_> = shares
            .iter()
            .map(|share| read(share, body(&vec![MIB / 16; 159], false), Some(10 * MIB)))
            .collect();
        assert_eq!(read[..2], [None, None], "they wait for more");
        assert!(read[2..].iter().all(|read| *read == Some(Err(Untaken::Crowded))));
        assert!(budget.0.get() <= MOST);
        let small = budget.share();
        assert_eq!(super::tests::read(&small, body(&[300], true), Some(300)), Some(Ok(300)));
        assert_eq!(super::tests::read(&budget.share(), body(&[MIB], true), None), Some(Ok(MIB)));
    }

    #[test]
    fn a_small_body_passes_whatever_others_hold() {
        let budget = Budget::default();
        let mut shares = Vec::new();
        // Smaller and smaller ones, until nothing is left.
        for size in (0..=20).rev().map(|power| 1usize << power) {
            for _ in 0..100 {
                let share = budget.share();
                let _ = read(&share, body(&[size], false), None);
                shares.push(share);
            }
        }
        assert!(budget.0.get() <= MOST && budget.0.get() > MOST - 2 * SMALL, "{}", budget.0.get());
        assert_eq!(read(&budget.share(), body(&[SMALL], true), Some(SMALL)), Some(Ok(SMALL)));
        assert_eq!(read(&budget.share(), body(&[3 * SMALL], true), None), Some(Err(Untaken::Crowded)));
    }

    #[test]
    fn a_head_takes_nothing_before_its_body_comes() {
        let budget = Budget::default();
        let shares: Vec<Share> = (0..1000).map(|_| budget.share()).collect();
        for share in &shares {
            assert_eq!(read(share, body(&[], false), Some(10 * MIB)), None);
        }
        assert_eq!(budget.0.get(), 0);
    }

    #[test]
    fn what_a_request_took_is_given_back_with_it() {
        let budget = Budget::default();
        for _ in 0..100 {
            let share = budget.share();
            assert_eq!(read(&share, body(&[MIB; 10], true), Some(10 * MIB)), Some(Ok(10 * MIB)));
            assert_eq!(budget.0.get(), 10 * MIB - SMALL);
            let broken = budget.share();
            assert_eq!(read(&broken, body(&[MIB, MIB], false), None), None);
        }
        assert_eq!(budget.0.get(), 0);
    }

    #[test]
    fn a_body_that_stands_still_is_not_waited_for() {
        let budget = Budget::default();
        let slow = |pieces: &[usize], delays: usize| {
            let left = Cell::new(delays);
            let delay = |_| {
                left.set(left.get().saturating_sub(1));
                if left.get() == 0 { ready(()).left_future() } else { pending().right_future() }
            };
            let share = budget.share();
            let read = share.read(body(pieces, false), None, 10 * MIB, delay).now_or_never();
            read.map(|read| read.map(|bytes| bytes.len()))
        };
        assert_eq!(slow(&[1000; 10], 1), Some(Err(Untaken::Slow)));
        assert_eq!(slow(&[1000; 10], 2), None, "the first delay is not over");
        assert_eq!(slow(&[STRETCH, 1], 2), Some(Err(Untaken::Slow)), "each stretch has a delay of its own");
        assert_eq!(slow(&[STRETCH, STRETCH], 4), None);
    }
}
