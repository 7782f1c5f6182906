use super::*;

struct Fixed(u8);
impl Random for Fixed {
    fn fill(&self, out: &mut [u8]) {
        out.fill(self.0);
    }
}

fn ring(seed: u8, previous: &[u8]) -> KeyRing {
    KeyRing::new(&[seed; 32], &previous.iter().map(|s| vec![*s; 32]).collect::<Vec<_>>()).unwrap()
}

const HERE: Place<'_> = Place::new(Purpose::SigningKey, "pool", "kid", "private");

#[test]
fn a_sealed_value_opens_in_its_own_place_only() {
    let ring = ring(1, &[]);
    let sealed = ring.seal(HERE, b"value", &Fixed(3));
    assert_eq!(ring.open(HERE, &sealed), Ok(b"value".to_vec()));
    for elsewhere in [
        Place { purpose: Purpose::ClientSecret, ..HERE },
        Place { pool: "other", ..HERE },
        Place { subject: "other", ..HERE },
        Place { column: "other", ..HERE },
        // The same bytes, cut differently between the parts.
        Place { pool: "poolk", subject: "id", ..HERE },
    ] {
        assert_eq!(ring.open(elsewhere, &sealed), Err(Unsealable), "{elsewhere:?}");
    }
}

#[test]
fn any_changed_byte_is_refused() {
    let ring = ring(1, &[]);
    let sealed = ring.seal(HERE, b"value", &Fixed(3));
    for at in 0..sealed.len() {
        let mut bent = sealed.clone();
        bent[at] ^= 1;
        assert_eq!(ring.open(HERE, &bent), Err(Unsealable), "byte {at}");
    }
    for cut in 0..sealed.len() {
        assert_eq!(ring.open(HERE, &sealed[..cut]), Err(Unsealable), "cut at {cut}");
    }
}

#[test]
fn a_rotated_secret_still_opens_what_the_previous_one_sealed() {
    let sealed = ring(1, &[]).seal(HERE, b"value", &Fixed(3));
    assert_eq!(ring(2, &[1]).open(HERE, &sealed), Ok(b"value".to_vec()));
    assert_eq!(ring(2, &[]).open(HERE, &sealed), Err(Unsealable));
}

#[test]
fn ids_stay_valid_when_the_secret_rotates() {
    let pool = crate::id::PoolId::draw(&ring(1, &[]).id_key(), "us-east-1", &Fixed(9));
    assert!(crate::id::PoolId::parse(&ring(2, &[1]).id_key(), pool.as_str()).is_some());
}

#[test]
fn a_stable_seal_repeats_itself_and_differs_by_value() {
    let ring = ring(1, &[]);
    let seal = |value| ring.seal_stable(ring.current_id(), HERE, value).unwrap();
    assert_eq!(seal(b"a"), seal(b"a"));
    assert_ne!(seal(b"a")[..29], seal(b"b")[..29]);
}

#[test]
fn a_stable_seal_repeats_itself_after_the_secret_rotated() {
    let before = ring(1, &[]);
    let sealed = before.seal_stable(before.current_id(), HERE, b"a").unwrap();
    let id = sealed_under(&sealed).unwrap();
    assert_eq!(id, before.current_id());
    let after = ring(2, &[1]);
    assert_eq!(after.seal_stable(id, HERE, b"a"), Some(sealed.clone()));
    assert_eq!(after.open(HERE, &sealed), Ok(b"a".to_vec()));
    assert_eq!(ring(2, &[]).seal_stable(id, HERE, b"a"), None);
}

#[test]
fn a_short_secret_is_refused() {
    assert!(KeyRing::new(&[1; 31], &[]).is_none());
    assert!(KeyRing::new(&[1; 32], &[vec![1; 8]]).is_none());
}
