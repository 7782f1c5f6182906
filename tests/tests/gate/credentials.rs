//! Temporary credentials before a bucket and an upstream: what they open, and what closes them.

use super::photos::{POLICY, Photos, own_folders};
use super::setup::routes;
use edge::cache::Cache;
use http::Method;
use serde_json::json;
use std::rc::Rc;
use tests::World;
use tests::call::Credentials;
use tests::federation::{GUEST, MEMBER, put_policy, role, role_arn, trust};

#[test]
fn whoever_signs_in_has_a_folder_of_their_own_and_nobody_elses() {
    for shards in [1, 3, 8] {
        let photos = Photos::new(shards);
        let ((ann, anns), (ben, bens)) = (photos.person("ann"), photos.person("ben"));
        let own = format!("/s3/photos/{ann}/a.png");
        assert_eq!(photos.put(&anns, &own).status, 200);
        assert_eq!(photos.put(&bens, &format!("/s3/photos/{ben}/b.png")).status, 200);
        let got = photos.get(&anns, &own);
        assert_eq!((got.status.as_u16(), got.text().as_str()), (200, "picture"));
        assert_eq!(photos.ask(&anns, Method::HEAD, &own, b"").status, 200);
        let listed = photos.get(&anns, &format!("/s3/photos?list-type=2&prefix={ann}%2F"));
        assert_eq!(listed.fine().elements("Key"), [format!("{ann}/a.png")]);
        // Nothing there: told to whom it belongs, who may list it.
        photos.get(&anns, &format!("/s3/photos/{ann}/none.png")).denies(404, "NoSuchKey");

        let keys = photos.memory.keys();
        for target in [
            format!("/s3/photos/{ben}/b.png"),
            format!("/s3/photos/{ben}/none.png"),
            format!("/s3/photos/{ann}x/a.png"),
            format!("/s3/photos/x{ann}/a.png"),
            format!("/s3/photos/{ann}"),
            format!("/s3/photos/{}/a.png", ann.to_uppercase()),
            "/s3/photos/a.png".to_owned(),
            "/s3/photos/*/a.png".to_owned(),
            "/s3/photos/$%7Bcognito-identity.amazonaws.com:sub%7D/a.png".to_owned(),
        ] {
            for method in [Method::GET, Method::PUT, Method::DELETE] {
                photos.ask(&anns, method, &target, b"").denies(403, "AccessDenied");
            }
            assert_eq!(photos.ask(&anns, Method::HEAD, &target, b"").status, 403, "{target}");
        }
        for query in [
            "list-type=2".to_owned(),
            "list-type=2&prefix=".to_owned(),
            format!("list-type=2&prefix={ben}%2F"),
            format!("list-type=2&prefix={ann}"),
            format!("list-type=2&start-after={ann}%2F"),
        ] {
            photos.get(&anns, &format!("/s3/photos?{query}")).denies(403, "AccessDenied");
        }
        assert_eq!(photos.memory.keys(), keys);
        assert_eq!(photos.ask(&anns, Method::DELETE, &own, b"").status, 204);
        assert_eq!(photos.memory.keys(), [format!("{ben}/b.png")]);
    }
}

#[test]
fn an_explicit_deny_is_stronger_than_the_folder_being_ones_own() {
    let photos = Photos::new(1);
    let (ann, anns) = photos.person("ann");
    let locked = format!("/s3/photos/{ann}/locked/a.png");
    let operator = Credentials::operator();
    assert_eq!(photos.put(&operator, &locked).status, 200, "operators may do everything");
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        photos.ask(&anns, method, &locked, b"").denies(403, "AccessDenied");
    }
    assert_eq!(photos.memory.bytes(&format!("{ann}/locked/a.png")).unwrap(), b"picture");
    // One deny more, in a policy of its own, closes the rest of the folder.
    let own = format!("/s3/photos/{ann}/a.png");
    assert_eq!(photos.put(&anns, &own).status, 200);
    put_policy(
        &photos.world,
        MEMBER,
        "freeze",
        &json!({ "Effect": "Deny", "Action": "s3:Put*", "Resource": "*" }),
    );
    photos.put(&anns, &own).denies(403, "AccessDenied");
    assert_eq!(photos.get(&anns, &own).status, 200);
}

#[test]
fn credentials_that_are_not_whole_open_nothing() {
    let photos = Photos::new(1);
    let ((ann, anns), (_, bens)) = (photos.person("ann"), photos.person("ben"));
    let own = format!("/s3/photos/{ann}/a.png");
    let later = photos.pool.credentials(&ann, &photos.pool.login("ann"));
    let with = |token: Option<&String>| Credentials { session_token: token.cloned(), ..anns.clone() };
    for (what, by, code) in [
        ("another person's session token", with(bens.session_token.as_ref()), "InvalidToken"),
        ("a session token of another key of one's own", with(later.session_token.as_ref()), "InvalidToken"),
        ("no session token", with(None), "InvalidToken"),
        ("no session token at all", with(Some(&"AAAA".to_owned())), "InvalidToken"),
        (
            "another's secret",
            Credentials { secret: bens.secret.clone(), ..anns.clone() },
            "SignatureDoesNotMatch",
        ),
        (
            "a key that was never given out",
            Credentials { access_key_id: "ASIAAAAAAAAAAAAAAAAA".into(), ..anns.clone() },
            "InvalidAccessKeyId",
        ),
        (
            "an operator's key with a session token",
            Credentials { session_token: anns.session_token.clone(), ..Credentials::operator() },
            "InvalidToken",
        ),
    ] {
        let answer = photos.put(&by, &own);
        assert_eq!(answer.element("Code"), code, "{what}: {}", answer.text());
        assert!(answer.status.is_client_error(), "{what}");
    }
    assert!(photos.memory.keys().is_empty());
    assert_eq!(photos.put(&anns, &own).status, 200);
}

#[test]
fn credentials_end_with_their_hour() {
    let photos = Photos::new(1);
    let (ann, anns) = photos.person("ann");
    let own = format!("/s3/photos/{ann}/a.png");
    photos.world.advance(3599);
    assert_eq!(photos.put(&anns, &own).status, 200);
    photos.world.advance(1);
    photos.put(&anns, &own).denies(400, "ExpiredToken");
    photos.get(&anns, &own).denies(400, "ExpiredToken");
}

#[test]
fn a_change_of_the_roles_policy_acts_on_credentials_given_out_before() {
    let photos = Photos::new(1);
    let world = &photos.world;
    let (ann, anns) = photos.person("ann");
    let own = format!("/s3/photos/{ann}/a.png");
    assert_eq!(photos.put(&anns, &own).status, 200);
    let other: Rc<Cache> = Rc::default();
    let elsewhere = || {
        let request = world.signed(World::request(Method::GET, &own), &anns, "s3");
        world.run(world.asking(&other, request)).status
    };
    assert_eq!(elsewhere(), 200);
    world.iam("DeleteRolePolicy", &[("RoleName", MEMBER), ("PolicyName", POLICY)]).fine();
    photos.get(&anns, &own).denies(403, "AccessDenied");
    // Another isolate may act on what it knew for five seconds.
    world.advance(5);
    assert_eq!(elsewhere(), 403);
    own_folders(world);
    assert_eq!(photos.get(&anns, &own).status, 200);
    world.advance(5);
    assert_eq!(elsewhere(), 200);
}

#[test]
fn credentials_end_with_their_role_and_do_not_come_back_with_its_name() {
    let photos = Photos::new(1);
    let world = &photos.world;
    let (ann, anns) = photos.person("ann");
    let own = format!("/s3/photos/{ann}/a.png");
    assert_eq!(photos.put(&anns, &own).status, 200);
    world.iam("DeleteRolePolicy", &[("RoleName", MEMBER), ("PolicyName", POLICY)]).fine();
    world.iam("DeleteRole", &[("RoleName", MEMBER)]).fine();
    photos.get(&anns, &own).denies(403, "AccessDenied");
    role(world, MEMBER, &trust(&photos.pool.id, "authenticated"));
    own_folders(world);
    photos.get(&anns, &own).denies(403, "AccessDenied");
    let (_, fresh) = photos.pool.member("ann");
    assert_eq!(photos.get(&fresh, &own).status, 200, "the role of that name is another, for others");
}

#[test]
fn a_guest_has_what_the_guests_role_gives_and_never_more_than_guests_may() {
    let photos = Photos::new(3);
    let world = &photos.world;
    let guest = photos.pool.identity(&json!({}));
    let by = photos.pool.credentials(&guest, &json!({}));
    photos.get(&by, "/s3/photos/public/a.png").denies(403, "AccessDenied");
    put_policy(
        world,
        GUEST,
        "much",
        &json!([{ "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket", "iam:*", "cognito-idp:*"], "Resource": "*" }]),
    );
    assert_eq!(photos.put(&Credentials::operator(), "/s3/photos/public/a.png").status, 200);
    assert_eq!(photos.get(&by, "/s3/photos/public/a.png").status, 200);
    photos.put(&by, "/s3/photos/public/a.png").denies(403, "AccessDenied");
    // Administration is not for guests of the enhanced flow, whatever their role says.
    let denied = world.iam_by(&by, "ListRoles", &[]);
    denied.denies(403, "AccessDenied");
    assert!(denied.element("Message").contains("no session policy allows"), "{}", denied.text());
    // The classic flow has no such bounds.
    let token = photos.pool.token(&guest, &json!({}));
    let arn = role_arn(GUEST);
    let assume = [("RoleArn", arn.as_str()), ("RoleSessionName", "web"), ("WebIdentityToken", &token)];
    let classic = tests::federation::assumed(&world.sts("AssumeRoleWithWebIdentity", &assume));
    world.iam_by(&classic, "ListRoles", &[]).fine();
}

#[test]
fn a_missing_object_is_told_only_to_whom_may_list() {
    let photos = Photos::new(1);
    let (ann, anns) = photos.person("ann");
    let put = json!({ "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*" });
    put_policy(&photos.world, MEMBER, POLICY, &put);
    let target = format!("/s3/photos/{ann}/none.png");
    photos.get(&anns, &target).denies(403, "AccessDenied");
    assert_eq!(photos.ask(&anns, Method::HEAD, &target, b"").status, 403);
    own_folders(&photos.world);
    photos.get(&anns, &target).denies(404, "NoSuchKey");
    assert_eq!(photos.ask(&anns, Method::HEAD, &target, b"").status, 404);
}

#[test]
fn a_signed_route_before_an_upstream_is_opened_by_policy_and_tells_the_identity() {
    let photos = Photos::new(1);
    let world = &photos.world;
    let ((ann, anns), (ben, _)) = (photos.person("ann"), photos.person("ben"));
    let ask = |by: &Credentials, method: Method, target: &str| {
        let mut request = world.signed(World::request(method, target), by, "execute-api");
        request.headers.insert("x-tidegate-identity-id", "forged".parse().unwrap());
        world.ask(request)
    };
    let own = format!("/notes/{ann}/1");
    let refused = ask(&anns, Method::GET, &own);
    assert_eq!((refused.status.as_u16(), refused.header("x-amzn-errortype")), (403, "AccessDeniedException"));
    let resource =
        "arn:aws:execute-api:us-east-1:000000000000:notes/GET/notes/${cognito-identity.amazonaws.com:sub}/*";
    put_policy(
        world,
        MEMBER,
        "notes",
        &json!({ "Effect": "Allow", "Action": "execute-api:Invoke", "Resource": resource }),
    );
    let seen = ask(&anns, Method::GET, &own).ok();
    assert_eq!(seen["identity"]["x-tidegate-identity-id"], ann, "{seen}");
    for (method, target) in [
        (Method::POST, own.clone()),
        (Method::GET, format!("/notes/{ben}/1")),
        (Method::GET, format!("/notes/{ann}")),
    ] {
        assert_eq!(ask(&anns, method, &target).status, 403, "{target}");
    }
    // A path that could be read as another never gets so far.
    for target in [format!("/notes/{ann}/../{ben}/1"), format!("/notes/{ann}/%2e%2e/{ben}/1")] {
        assert_eq!(ask(&anns, Method::GET, &target).status, 400, "{target}");
    }
    let unsigned = world.ask(World::request(Method::GET, &own));
    assert_eq!(unsigned.header("x-amzn-errortype"), "MissingAuthenticationTokenException");
    // What passes for a bucket's service passes for nothing else.
    let request = World::request(Method::GET, &own);
    assert_eq!(world.ask(world.signed(request, &anns, "s3")).status, 403);
    routes(world, &json!([]));
    assert_eq!(ask(&anns, Method::GET, &own).status, 404);
}
