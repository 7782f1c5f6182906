//! Roles and their policies, by IAM's Query protocol.

use edge::platform::Platform;
use http::Method;
use serde_json::json;
use std::rc::Rc;
use tests::World;
use tests::call::{Answer, Credentials, form, sign};
use tests::federation::{Federation, MEMBER, policy, put_policy, role, role_arn, trust};

const POOL: &str = "us-east-1:00000000-0000-4000-8000-000000000000";

fn world_with(name: &str) -> Rc<World> {
    let world = World::with_shards(1);
    role(&world, name, &trust(POOL, "authenticated"));
    world
}

fn put(world: &Rc<World>, role: &str, name: &str, document: &str) -> Answer {
    world.iam("PutRolePolicy", &[("RoleName", role), ("PolicyName", name), ("PolicyDocument", document)])
}

fn decoded(text: &str) -> String {
    let pairs = format!("x={text}");
    let bytes = pairs.as_bytes();
    let (mut out, mut at) = (Vec::new(), 2);
    while at < bytes.len() {
        if bytes[at] == b'%' {
            out.push(u8::from_str_radix(&pairs[at + 1..at + 3], 16).unwrap());
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap()
}

#[test]
fn a_role_and_its_policies_are_made_read_listed_and_deleted() {
    let world = World::with_shards(1);
    let trusted = trust(POOL, "authenticated").to_string();
    let made = world.iam(
        "CreateRole",
        &[
            ("RoleName", "Reader"),
            ("AssumeRolePolicyDocument", &trusted),
            ("Description", "reads <all> & \"more\""),
            ("MaxSessionDuration", "7200"),
            ("Path", "/"),
        ],
    );
    made.fine();
    let text = made.text();
    assert!(
        text.starts_with("<CreateRoleResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"),
        "{text}"
    );
    assert_eq!(made.header("content-type"), "text/xml");
    assert_eq!(made.element("RequestId"), made.header("x-amzn-requestid"));
    let got = world.iam("GetRole", &[("RoleName", "Reader")]);
    for answer in [&made, &got] {
        assert_eq!(answer.element("Arn"), role_arn("Reader"));
        assert_eq!(answer.element("Path"), "/");
        assert!(answer.element("RoleId").starts_with("AROA") && answer.element("RoleId").len() == 21);
        assert_eq!(answer.element("CreateDate"), "2023-11-14T22:13:20Z");
        assert_eq!(answer.element("MaxSessionDuration"), "7200");
        assert_eq!(answer.element("Description"), "reads &lt;all&gt; &amp; &quot;more&quot;");
        assert_eq!(decoded(&answer.element("AssumeRolePolicyDocument")), trusted);
    }
    let allow = policy(&json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }));
    for name in ["first", "second"] {
        let answer = put(&world, "Reader", name, &allow);
        answer.fine();
        assert!(!answer.text().contains("Result>"), "an operation without output: {}", answer.text());
    }
    let one = [("RoleName", "Reader"), ("PolicyName", "first")];
    let read = world.iam("GetRolePolicy", &one);
    assert_eq!((read.element("RoleName"), read.element("PolicyName")), ("Reader".into(), "first".into()));
    assert_eq!(decoded(&read.element("PolicyDocument")), allow);
    let names = || world.iam("ListRolePolicies", &[("RoleName", "Reader")]).elements("member");
    assert_eq!(names(), ["first", "second"]);
    // A policy of the same name takes the old one's place.
    let deny = policy(&json!({ "Effect": "Deny", "Action": "*", "Resource": "*" }));
    put(&world, "Reader", "first", &deny).fine();
    assert_eq!(decoded(&world.iam("GetRolePolicy", &one).element("PolicyDocument")), deny);
    assert_eq!(names(), ["first", "second"]);

    world.iam("DeleteRole", &[("RoleName", "Reader")]).denies(409, "DeleteConflict");
    world.iam("DeleteRolePolicy", &one).fine();
    world.iam("DeleteRolePolicy", &one).denies(404, "NoSuchEntity");
    world.iam("GetRolePolicy", &one).denies(404, "NoSuchEntity");
    assert_eq!(names(), ["second"]);
    world.iam("DeleteRolePolicy", &[("RoleName", "Reader"), ("PolicyName", "second")]).fine();
    world.iam("DeleteRole", &[("RoleName", "Reader")]).fine();
    world.iam("GetRole", &[("RoleName", "Reader")]).denies(404, "NoSuchEntity");
    assert_eq!(world.iam("ListRoles", &[]).elements("RoleName"), Vec::<String>::new());
}

#[test]
fn a_role_nobody_made_is_told_so_by_every_operation() {
    let world = world_with("Reader");
    let stored = world.objects.dump();
    let allow = policy(&json!({ "Effect": "Allow", "Action": "*", "Resource": "*" }));
    for (operation, more) in [
        ("GetRole", vec![]),
        ("DeleteRole", vec![]),
        ("ListRolePolicies", vec![]),
        ("GetRolePolicy", vec![("PolicyName", "p")]),
        ("DeleteRolePolicy", vec![("PolicyName", "p")]),
        ("PutRolePolicy", vec![("PolicyName", "p"), ("PolicyDocument", allow.as_str())]),
    ] {
        let named = |name: &'static str| {
            let mut fields = vec![("RoleName", name)];
            fields.extend(&more);
            world.iam(operation, &fields)
        };
        named("No&body").denies(400, "ValidationError");
        let answer = named("Nobody");
        answer.denies(404, "NoSuchEntity");
        assert!(answer.element("Message").contains("Nobody"), "{}", answer.text());
        assert_eq!((answer.element("Type").as_str(), answer.header("content-type")), ("Sender", "text/xml"));
    }
    assert_eq!(world.objects.dump(), stored);
}

#[test]
fn a_name_that_differs_only_in_case_is_taken() {
    let world = world_with("Reader");
    let trusted = trust(POOL, "authenticated").to_string();
    let again = world.iam("CreateRole", &[("RoleName", "READER"), ("AssumeRolePolicyDocument", &trusted)]);
    again.denies(409, "EntityAlreadyExists");
    assert_eq!(world.iam("GetRole", &[("RoleName", "reader")]).element("RoleName"), "Reader");
}

#[test]
fn documents_that_are_not_understood_in_full_are_refused_and_write_nothing() {
    let world = world_with("Reader");
    let stored = world.objects.dump();
    let statement = |rest: &str| format!(r#"{{"Version":"2012-10-17","Statement":[{{{rest}}}]}}"#);
    let bad = [
        "x".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        r#"{"Version":"2012-10-17"}"#.to_owned(),
        r#"{"Version":"2020-01-01","Statement":[]}"#.to_owned(),
        statement(r#""Effect":"Maybe","Action":"s3:*","Resource":"*""#),
        statement(r#""Effect":"Allow","Action":"s3:*""#),
        statement(r#""Effect":"Allow","Resource":"*""#),
        statement(r#""Effect":"Allow","Action":"everything","Resource":"*""#),
        statement(r#""Effect":"Allow","Action":"s3:*","NotAction":"s3:*","Resource":"*""#),
        statement(r#""Effect":"Allow","Action":"s3:*","Resource":"photos""#),
        statement(r#""Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*""#),
        statement(r#""Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Looks":{"aws:x":"y"}}"#),
        statement(r#""Effect":"Allow","Action":"s3:*","Resource":"*","Wish":"x""#),
        statement(r#""Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username""#),
        format!("{}{}", "[".repeat(900), "]".repeat(900)),
    ];
    for document in &bad {
        let answer = put(&world, "Reader", "p", document);
        assert_eq!(
            (answer.status.as_u16(), answer.element("Code").as_str()),
            (400, "MalformedPolicyDocument"),
            "{document}"
        );
    }
    let allow = policy(&json!({ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }));
    for document in bad.iter().chain([&allow]) {
        let fields = [("RoleName", "New"), ("AssumeRolePolicyDocument", document.as_str())];
        let answer = world.iam("CreateRole", &fields);
        assert_eq!(answer.element("Code"), "MalformedPolicyDocument", "{document}");
    }
    assert_eq!(world.objects.dump(), stored);
}

#[test]
fn limits_are_kept_to_the_letter() {
    let world = world_with("Reader");
    let trusted = trust(POOL, "authenticated").to_string();
    let create = |name: &str, more: (&'static str, &str)| {
        world.iam("CreateRole", &[("RoleName", name), ("AssumeRolePolicyDocument", &trusted), more])
    };
    let (longest, long) = ("x".repeat(64), "x".repeat(65));
    create(&longest, ("MaxSessionDuration", "3600")).fine();
    create("Longest", ("MaxSessionDuration", "43200")).fine();
    let stored = world.objects.dump();
    create(&long, ("MaxSessionDuration", "3600")).denies(400, "ValidationError");
    for seconds in ["3599", "43201", "-1", "", "soon", "3600.5", "99999999999999999999"] {
        let answer = create("Bad", ("MaxSessionDuration", seconds));
        assert_eq!(answer.status, 400, "{seconds}: {}", answer.text());
    }
    create("Bad", ("Description", &"x".repeat(1001))).denies(400, "ValidationError");
    assert_eq!(world.objects.dump(), stored);

    // All policies of a role may have 10,240 characters, white space not counted.
    let sized = |size: usize, space: &str| {
        let bare = policy(&json!({ "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/" }));
        let filled = bare.replace(":::b/", &format!(":::b/{}", "k".repeat(size - bare.len())));
        filled.replacen(',', &format!(",{space}"), 1)
    };
    put(&world, "Reader", "one", &sized(5_000, &" ".repeat(9_000))).fine();
    put(&world, "Reader", "two", &sized(5_240, "\n")).fine();
    let stored = world.objects.dump();
    let over = put(&world, "Reader", "three", &sized(200, ""));
    over.denies(409, "LimitExceeded");
    put(&world, "Reader", "two", &sized(5_241, "")).denies(409, "LimitExceeded");
    assert_eq!(world.objects.dump(), stored, "what was refused left something");
}

#[test]
fn all_roles_together_have_room_for_a_quarter_of_a_megabyte() {
    let world = World::with_shards(1);
    let bare = policy(&json!({ "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/" }));
    let big = bare.replace(":::b/", &format!(":::b/{}", "k".repeat(10_000)));
    let mut stored = 0;
    let refused = (0..40).find_map(|n| {
        let name = format!("Role{n}");
        role(&world, &name, &trust(POOL, "authenticated"));
        let answer = put(&world, &name, "p", &big);
        stored += usize::from(answer.status == 200);
        (answer.status != 200).then_some(answer)
    });
    refused.expect("a limit").denies(409, "LimitExceeded");
    assert!((20..26).contains(&stored), "{stored}");
}

#[test]
fn roles_and_policies_are_listed_in_pages_whose_marker_is_bound_to_its_list() {
    let world = World::with_shards(1);
    for name in ["C", "A", "B", "E", "D"] {
        role(&world, name, &trust(POOL, "authenticated"));
    }
    let allow = policy(&json!({ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }));
    for name in ["z", "y", "x"] {
        put(&world, "A", name, &allow).fine();
    }
    let pages = |operation: &str, of: &[(&str, &str)], element: &str| {
        let (mut all, mut marker, mut markers) = (Vec::new(), String::new(), Vec::new());
        loop {
            let mut fields = of.to_vec();
            fields.push(("MaxItems", "2"));
            if !marker.is_empty() {
                fields.push(("Marker", &marker));
            }
            let page = world.iam(operation, &fields);
            page.fine();
            all.extend(page.elements(element));
            let next = page.element("Marker");
            assert_eq!(page.element("IsTruncated"), (!next.is_empty()).to_string());
            if next.is_empty() {
                return (all, markers);
            }
            markers.push(next.clone());
            marker = next;
        }
    };
    let (roles, markers) = pages("ListRoles", &[], "RoleName");
    assert_eq!((roles.as_slice(), markers.len()), (&["A", "B", "C", "D", "E"].map(str::to_owned)[..], 2));
    let (policies, _) = pages("ListRolePolicies", &[("RoleName", "A")], "member");
    assert_eq!(policies, ["x", "y", "z"]);
    for marker in [markers[0].as_str(), "AAAA"] {
        let fields = [("RoleName", "A"), ("Marker", marker)];
        world.iam("ListRolePolicies", &fields).denies(400, "ValidationError");
    }
    for size in ["0", "1001", "x"] {
        assert_eq!(world.iam("ListRoles", &[("MaxItems", size)]).status, 400, "{size}");
    }
}

#[test]
fn what_iam_has_and_we_do_not_is_refused_by_its_name() {
    let world = world_with("Reader");
    let stored = world.objects.dump();
    let trusted = trust(POOL, "authenticated").to_string();
    for (member, fields) in [
        ("Path", vec![("Path", "/staff/")]),
        ("PermissionsBoundary", vec![("PermissionsBoundary", "arn:aws:iam::aws:policy/ReadOnlyAccess")]),
        ("Tags", vec![("Tags.member.1.Key", "a"), ("Tags.member.1.Value", "b")]),
    ] {
        let mut all = vec![("RoleName", "New"), ("AssumeRolePolicyDocument", trusted.as_str())];
        all.extend(fields);
        let answer = world.iam("CreateRole", &all);
        answer.denies(400, "ValidationError");
        assert!(answer.element("Message").contains(member), "{}", answer.text());
    }
    let prefixed = world.iam("ListRoles", &[("PathPrefix", "/staff/")]);
    prefixed.denies(400, "ValidationError");
    assert!(prefixed.element("Message").contains("PathPrefix"));
    world.iam("ListRoles", &[("PathPrefix", "/")]).fine();
    for operation in ["CreateUser", "AttachRolePolicy", "UpdateAssumeRolePolicy", "No<such>"] {
        let answer = world.iam(operation, &[("RoleName", "Reader")]);
        answer.denies(400, "UnknownOperationException");
        let named: String = operation.chars().filter(char::is_ascii_alphanumeric).collect();
        assert!(answer.element("Message").contains(&named), "{}", answer.text());
    }
    let unknown = world.iam("GetRole", &[("RoleName", "Reader"), ("Wish", "x")]);
    unknown.denies(400, "ValidationError");
    assert!(unknown.element("Message").contains("Wish"), "{}", unknown.text());
    assert_eq!(world.objects.dump(), stored);
}

#[test]
fn forms_that_are_no_call_get_the_protocols_own_error() {
    let world = world_with("Reader");
    let stored = world.objects.dump();
    let ask = |body: &str| {
        let mut request = form(&[]);
        request.body = edge::message::Body::Bytes(body.as_bytes().to_vec());
        world.ask(world.signed(request, &Credentials::operator(), "iam"))
    };
    for (body, code) in [
        ("", "MissingAction"),
        ("RoleName=Reader", "MissingAction"),
        ("Action=", "MissingAction"),
        ("Action=GetRole&Version=1999-01-01&RoleName=Reader", "NoSuchVersion"),
        ("Action=GetRole&Action=DeleteRole&Version=2010-05-08&RoleName=Reader", "MalformedQueryString"),
        ("Action=GetRole&Version=2010-05-08&RoleName=%zz", "MalformedQueryString"),
        ("Action=GetRole&Version=2010-05-08&RoleName=%ff", "MalformedQueryString"),
        ("Action=GetRole&Version=2010-05-08", "ValidationError"),
        ("Action=GetRole&Version=2010-05-08&RoleName=", "ValidationError"),
        ("Action=GetRole&Version=2010-05-08&RoleName=a%00b", "MalformedQueryString"),
    ] {
        let answer = ask(body);
        assert_eq!(
            (answer.status.as_u16(), answer.element("Code").as_str()),
            (400, code),
            "{body}: {}",
            answer.text()
        );
        assert!(answer.text().starts_with("<ErrorResponse xmlns="), "{}", answer.text());
    }
    let huge = ask(&format!("Action=GetRole&Version=2010-05-08&RoleName={}", "x".repeat(200_000)));
    assert_eq!(huge.status, 413, "{}", huge.text());
    // Without a version the action tells the API.
    assert_eq!(ask("Action=GetRole&RoleName=Reader").element("RoleName"), "Reader");
    assert_eq!(world.objects.dump(), stored);
}

#[test]
fn iam_is_for_operators_and_for_whom_a_policy_allows_it() {
    let world = World::with_shards(1);
    let pool = Federation::new(&world);
    pool.people.person("ann", "ann@example.com");
    let (_, ann) = pool.member("ann");
    let call = |fields: &[(&str, &str)]| {
        let mut all = vec![("Action", "GetRole"), ("Version", "2010-05-08")];
        all.extend(fields);
        form(&all)
    };
    let reader = [("RoleName", MEMBER)];
    world.ask(call(&reader)).denies(403, "MissingAuthenticationToken");
    let now = world.now();
    let operator = Credentials::operator;
    let wrong = Credentials { secret: "x".repeat(40), ..operator() };
    let unknown = Credentials { access_key_id: "AKIANOBODYNOBODY0000".into(), ..operator() };
    for (by, service, at, code) in [
        (wrong, "iam", now, "SignatureDoesNotMatch"),
        (unknown, "iam", now, "InvalidClientTokenId"),
        (operator(), "sts", now, "SignatureDoesNotMatch"),
        (operator(), "iam", now - 901, "SignatureDoesNotMatch"),
        (operator(), "iam", now + 901, "SignatureDoesNotMatch"),
        (Credentials { session_token: Some("x".into()), ..operator() }, "iam", now, "InvalidClientTokenId"),
    ] {
        world.ask(sign(call(&reader), &by, service, at)).denies(403, code);
    }
    let denied = world.iam_by(&ann, "GetRole", &reader);
    denied.denies(403, "AccessDenied");
    assert!(
        denied.element("Message").contains("is not authorized to perform: iam:GetRole"),
        "{}",
        denied.text()
    );
    let allow = json!({ "Effect": "Allow", "Action": "iam:GetRole", "Resource": role_arn(MEMBER) });
    put_policy(&world, MEMBER, "look", &allow);
    world.iam_by(&ann, "GetRole", &reader).fine();
    world.iam_by(&ann, "GetRole", &[("RoleName", "Guest")]).denies(403, "AccessDenied");
    world
        .iam_by(&ann, "DeleteRolePolicy", &[("RoleName", MEMBER), ("PolicyName", "look")])
        .denies(403, "AccessDenied");
}

#[test]
fn a_presigned_call_is_a_get_whose_query_is_the_form() {
    let world = world_with("Reader");
    let headers = [("host", "localhost:8787")];
    let ask = domain::sigv4::Request {
        method: "GET",
        path: "/",
        query: "Action=GetRole&Version=2010-05-08&RoleName=Reader",
        headers: &headers,
        accept_encoding: None,
    };
    let signer = domain::sigv4::Signer {
        access_key_id: tests::world::ACCESS_KEY,
        secret: tests::world::SECRET_KEY,
        session_token: None,
        region: "us-east-1",
        service: "iam",
        now: world.now(),
    };
    let nothing = domain::sigv4::Content::Sha256(<sha2::Sha256 as sha2::Digest>::digest(b"").into());
    let query = signer.presign(&ask, 60, nothing).unwrap();
    let get = |query: &str| world.ask(World::request(Method::GET, &format!("/?{query}")));
    assert_eq!(get(&query).fine().element("RoleName"), "Reader");
    get(&query.replace("RoleName=Reader", "RoleName=Writer")).denies(403, "SignatureDoesNotMatch");
    // Without a signature it is a page like any other, which nobody has put there.
    assert_eq!(get("Action=GetRole&Version=2010-05-08&RoleName=Reader").status, 404);
    world.advance(61);
    get(&query).denies(403, "SignatureDoesNotMatch");
}

#[test]
fn a_lost_reply_makes_one_role() {
    use tests::gate::Fate::{LostReply, Well};
    let world = World::with_shards(1);
    world.next_calls(&[LostReply, Well]);
    role(&world, "Reader", &trust(POOL, "authenticated"));
    assert_eq!(world.iam("ListRoles", &[]).elements("RoleName"), ["Reader"]);
}
