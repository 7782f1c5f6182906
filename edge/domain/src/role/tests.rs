use super::*;
use crate::account::tests::World;
use crate::account::{FindAccount, Snapshot};

const TRUST: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow",
    "Principal": {"Federated": "cognito-identity.amazonaws.com"}, "Action": "sts:AssumeRoleWithWebIdentity"}}"#;
const POLICY: &str = r#"{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#;

fn create(name: &str) -> CreateRole {
    CreateRole { name: name.into(), trust: TRUST.into(), description: None, max_session: 3600 }
}
fn put(role: &str, name: &str, document: &str) -> PutRolePolicy {
    PutRolePolicy { role: role.into(), name: name.into(), document: document.into() }
}

#[test]
fn a_role_is_found_under_any_case_and_taken_in_every_case() {
    let world = World::new();
    let made = world.run(create("Reader")).unwrap();
    assert!(made.id.starts_with("AROA") && made.id.len() == 21);
    assert_eq!(world.run(FindRole { name: "reader".into() }), Ok(made));
    assert_eq!(world.run(create("READER")), Err(Refusal::RoleTaken { role: "READER".into() }));
}

#[test]
fn a_policy_is_kept_to_the_character_and_a_role_with_one_is_not_deleted() {
    let world = World::new();
    world.run(create("reader")).unwrap();
    world.run(put("Reader", "inline", POLICY)).unwrap();
    let role = world.run(FindRole { name: "reader".into() }).unwrap();
    assert_eq!(role.policies.get("inline").map(String::as_str), Some(POLICY));
    let delete = || DeleteRole { name: "reader".into() };
    assert!(matches!(world.run(delete()), Err(Refusal::RoleInUse { .. })));
    world.run(DeleteRolePolicy { role: "reader".into(), name: "inline".into() }).unwrap();
    assert_eq!(
        world.run(DeleteRolePolicy { role: "reader".into(), name: "inline".into() }),
        Err(Refusal::RolePolicyNotFound { policy: "inline".into() })
    );
    world.run(delete()).unwrap();
    assert_eq!(world.run(delete()), Err(Refusal::RoleNotFound { role: "reader".into() }));
}

#[test]
fn a_policy_that_is_not_understood_is_not_stored() {
    let world = World::new();
    world.run(create("reader")).unwrap();
    for text in
        ["", "{}", r#"{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "More": 1}}"#]
    {
        assert!(
            matches!(world.run(put("reader", "p", text)), Err(Refusal::PolicyMalformed { .. })),
            "{text}"
        );
    }
    // A trust policy is no identity policy.
    assert!(matches!(world.run(put("reader", "p", TRUST)), Err(Refusal::PolicyMalformed { .. })));
    let wrong = CreateRole { trust: POLICY.into(), ..create("writer") };
    assert!(matches!(world.run(wrong), Err(Refusal::PolicyMalformed { .. })));
    assert!(world.run(FindRole { name: "reader".into() }).unwrap().policies.is_empty());
    assert_eq!(
        world.run(FindRole { name: "writer".into() }),
        Err(Refusal::RoleNotFound { role: "writer".into() })
    );
}

#[test]
fn inline_policies_of_a_role_share_one_quota() {
    let world = World::new();
    world.run(create("reader")).unwrap();
    let long = |length: usize| {
        let filler = "a".repeat(length);
        format!(
            r#"{{"Statement":[{{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/{filler}"}}]}}"#
        )
    };
    world.run(put("reader", "one", &long(6000))).unwrap();
    assert!(matches!(world.run(put("reader", "two", &long(6000))), Err(Refusal::QuotaExceeded { .. })));
    // In its own place it counts once.
    world.run(put("reader", "one", &long(7000))).unwrap();
    assert_eq!(world.run(FindRole { name: "reader".into() }).unwrap().policies.len(), 1);
}

#[test]
fn all_roles_together_stay_within_the_snapshot() {
    let world = World::new();
    let padded = format!("{}{}", " ".repeat(40_000), POLICY);
    for number in 0..6 {
        world.run(create(&format!("r{number}"))).unwrap();
        world.run(put(&format!("r{number}"), "p", &padded)).unwrap();
    }
    world.run(create("r6")).unwrap();
    assert!(matches!(world.run(put("r6", "p", &padded)), Err(Refusal::QuotaExceeded { .. })));
    let snapshot: Snapshot = world.run(FindAccount { known: None }).unwrap().unwrap();
    assert_eq!(snapshot.roles.len(), 7);
}

#[test]
fn roles_come_in_pages_by_name() {
    let world = World::new();
    for name in ["c", "a", "B"] {
        world.run(create(name)).unwrap();
    }
    let names = |after: &str, limit| {
        let page = world.run(ListRoles { after: after.into(), limit }).unwrap();
        page.into_iter().map(|role| role.name).collect::<Vec<_>>()
    };
    assert_eq!(names("", 2), ["a", "B"]);
    assert_eq!(names("B", 2), ["c"]);
}
