use super::*;
use crate::account::tests::World;

const OLD: &[u8] = b"the old master secret, 32 bytes long";
const NEW: &[u8] = b"the new master secret, 32 bytes long";

fn ring(current: &[u8], previous: &[&[u8]]) -> KeyRing {
    let previous: Vec<Vec<u8>> = previous.iter().map(|raw| raw.to_vec()).collect();
    KeyRing::new(current, &previous).unwrap()
}

fn subject(name: &str) -> Subject {
    Subject {
        role: "reader".into(),
        role_id: "AROAX".into(),
        name: name.into(),
        identity: "us-east-1:1".into(),
        pool: "us-east-1:2".into(),
        amr: vec!["authenticated".into()],
        tags: BTreeMap::new(),
        policy: None,
    }
}

fn issued(keys: &KeyRing, world: &World, name: &str) -> Credentials {
    issue(keys, world.random(), subject(name), 1000, 3600).unwrap()
}

#[test]
fn credentials_have_the_shapes_that_clients_expect_and_tell_whose_they_are() {
    let (keys, world) = (ring(OLD, &[]), World::new());
    let made = issued(&keys, &world, "ann");
    assert!(made.access_key_id.starts_with("ASIA") && made.access_key_id.len() == 20);
    assert!(is_temporary(&made.access_key_id) && !is_temporary("AKIAEXAMPLE"));
    assert_eq!(made.secret.expose().len(), 40);
    assert_eq!(secret_of(&keys, &made.access_key_id), Some(made.secret.clone()));
    let session = open(&keys, &made.access_key_id, made.session_token.expose(), 1000).unwrap();
    assert_eq!((session.name.as_str(), session.issued, session.expires), ("ann", 1000, 4600));
    assert_eq!(format!("{made:?}").matches("Secret(..)").count(), 2);
}

#[test]
fn a_session_token_is_refused_beside_another_key() {
    let (keys, world) = (ring(OLD, &[]), World::new());
    let (ann, bob) = (issued(&keys, &world, "ann"), issued(&keys, &world, "bob"));
    assert_ne!(ann.access_key_id, bob.access_key_id);
    assert_ne!(ann.secret, bob.secret);
    let swapped = open(&keys, &ann.access_key_id, bob.session_token.expose(), 1000);
    assert_eq!(swapped, Err(Rejected::Invalid));
}

#[test]
fn a_session_token_with_any_bit_changed_is_refused() {
    let (keys, world) = (ring(OLD, &[]), World::new());
    let made = issued(&keys, &world, "ann");
    let sealed = STANDARD.decode(made.session_token.expose()).unwrap();
    for at in 0..sealed.len() {
        let mut forged = sealed.clone();
        forged[at] ^= 1;
        let forged = STANDARD.encode(forged);
        assert_eq!(open(&keys, &made.access_key_id, &forged, 1000), Err(Rejected::Invalid), "byte {at}");
    }
    let cut = &made.session_token.expose()[..40];
    for text in ["", "AAAA", "not base64!", cut] {
        assert_eq!(open(&keys, &made.access_key_id, text, 1000), Err(Rejected::Invalid), "{text}");
    }
    let long = "A".repeat(MAX_TOKEN + 1);
    assert_eq!(open(&keys, &made.access_key_id, &long, 1000), Err(Rejected::Invalid));
}

#[test]
fn credentials_end_on_the_second() {
    let (keys, world) = (ring(OLD, &[]), World::new());
    let made = issued(&keys, &world, "ann");
    let at =
        |now| open(&keys, &made.access_key_id, made.session_token.expose(), now).map(|session| session.name);
    assert_eq!(at(4599), Ok("ann".into()));
    assert_eq!(at(4600), Err(Rejected::Expired));
}

#[test]
fn credentials_outlive_a_rotation_and_end_with_their_master_secret() {
    let (old, both, new) = (ring(OLD, &[]), ring(NEW, &[OLD]), ring(NEW, &[]));
    let world = World::new();
    let made = issued(&old, &world, "ann");
    let (id, token) = (&made.access_key_id, made.session_token.expose());
    assert_eq!(secret_of(&both, id), Some(made.secret.clone()));
    assert!(open(&both, id, token, 1000).is_ok());
    assert_eq!(secret_of(&new, id), None);
    assert_eq!(open(&new, id, token, 1000), Err(Rejected::Invalid));
    let next = issued(&both, &world, "ann");
    assert!(secret_of(&new, &next.access_key_id).is_some());
}

#[test]
fn what_is_no_access_key_id_of_ours_has_no_secret() {
    let keys = ring(OLD, &[]);
    let made = issued(&keys, &World::new(), "ann").access_key_id;
    for id in
        ["", "ASIA", "AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "ASIA0000000000000000", "ASIAéééééééé"]
    {
        assert_eq!(secret_of(&keys, id), None, "{id}");
    }
    assert_eq!(secret_of(&keys, &made.to_lowercase()), None);
    assert_eq!(secret_of(&keys, &format!("{made}A")), None);
}

#[test]
fn a_token_sealed_for_another_purpose_is_no_session_token() {
    let (keys, world) = (ring(OLD, &[]), World::new());
    let made = issued(&keys, &world, "ann");
    let session = open(&keys, &made.access_key_id, made.session_token.expose(), 1000).unwrap();
    let plain = serde_json::to_vec(&session).unwrap();
    for purpose in [Purpose::Session, Purpose::Refresh, Purpose::Credential] {
        let place = Place::new(purpose, "", &made.access_key_id, "token");
        let forged = STANDARD.encode(keys.seal(place, &plain, world.random()));
        assert_eq!(open(&keys, &made.access_key_id, &forged, 1000), Err(Rejected::Invalid));
    }
}
