use super::*;
use crate::random::Random;
use std::cell::Cell;

struct Counter(Cell<u64>);
impl Random for Counter {
    fn fill(&self, out: &mut [u8]) {
        use sha2::{Digest, Sha256};
        for chunk in out.chunks_mut(32) {
            self.0.set(self.0.get() + 1);
            let digest = Sha256::digest(self.0.get().to_be_bytes());
            chunk.copy_from_slice(&digest[..chunk.len()]);
        }
    }
}

fn key() -> IdKey {
    IdKey::new([7; 32])
}

#[test]
fn a_pool_id_has_the_shape_that_clients_parse_and_finds_its_tag_again() {
    let id = PoolId::draw(&key(), "us-east-1", &Counter(Cell::new(0)));
    assert!(id.as_str().starts_with("us-east-1_") && id.name().len() == 9);
    assert_eq!(PoolId::parse(&key(), id.as_str()), Some(id));
}

#[test]
fn an_id_with_any_character_changed_is_refused() {
    let random = Counter(Cell::new(1));
    let pool = PoolId::draw(&key(), "us-east-1", &random);
    let client = ClientId::draw(&key(), pool.tag(), &random);
    let identity = IdentityId::draw(&key(), "us-east-1", pool.tag(), 5, &random);
    for at in 10..pool.as_str().len() {
        assert_eq!(PoolId::parse(&key(), &changed(pool.as_str(), at)), None);
    }
    for at in 0..client.as_str().len() {
        assert_eq!(ClientId::parse(&key(), &changed(client.as_str(), at)), None);
    }
    for at in 10..identity.as_str().len() {
        assert_eq!(IdentityId::parse(&key(), &changed(identity.as_str(), at)), None);
    }
}

fn changed(text: &str, at: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' };
    String::from_utf8(bytes).unwrap()
}

#[test]
fn an_id_of_one_region_is_refused_under_another_name_of_region() {
    let id = PoolId::draw(&key(), "us-east-1", &Counter(Cell::new(2)));
    assert_eq!(PoolId::parse(&key(), &id.as_str().replace("us-east-1", "eu-west-1")), None);
}

#[test]
fn a_client_id_is_26_base_36_characters_and_names_its_pool() {
    let random = Counter(Cell::new(3));
    for tag in [0, 1, u32::MAX] {
        let client = ClientId::draw(&key(), PoolTag(tag), &random);
        assert_eq!(client.as_str().len(), 26);
        assert!(client.as_str().bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase()));
        assert_eq!(ClientId::parse(&key(), client.as_str()).unwrap().pool(), PoolTag(tag));
    }
}

#[test]
fn an_identity_id_is_a_version_4_uuid_that_names_its_shard() {
    let random = Counter(Cell::new(4));
    for shard in [0, 1, 7, 255] {
        let id = IdentityId::draw(&key(), "eu-west-1", PoolTag(9), shard, &random);
        let uuid = id.as_str().strip_prefix("eu-west-1:").unwrap();
        assert_eq!((uuid.as_bytes()[14], uuid.len()), (b'4', 36));
        let again = IdentityId::parse(&key(), id.as_str()).unwrap();
        assert_eq!((again.shard(), again.pool()), (shard, PoolTag(9)));
    }
}

#[test]
fn an_identity_pool_id_is_not_an_identity_id() {
    let pool = IdentityPoolId::draw(&key(), "us-east-1", &Counter(Cell::new(5)));
    assert_eq!(IdentityPoolId::parse(&key(), pool.as_str()).as_ref(), Some(&pool));
    assert_eq!(IdentityId::parse(&key(), pool.as_str()), None);
}

#[test]
fn a_drawn_sub_lives_on_the_shard_it_was_drawn_for() {
    let random = Counter(Cell::new(6));
    for shards in [1, 3, 8, 256] {
        let placement = Placement::new(shards);
        let shard = placement.of_name("Ann@Example.com");
        assert!(shard < shards);
        assert_eq!(placement.of_sub(&placement.draw_sub(shard, &random)), shard);
    }
}

#[test]
fn names_that_differ_in_case_or_composition_share_a_shard() {
    let placement = Placement::new(256);
    assert_eq!(placement.of_name("ÉLAN"), placement.of_name("e\u{301}lan"));
}
