use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn jwt(id: &str, matches: &Value) -> Value {
    json!({ "id": id, "match": matches, "auth": { "kind": "jwt", "pools": ["us-east-1_a"] }, "upstream": { "kind": "echo" } })
}

fn parse(routes: &Value) -> Result<Document, String> {
    let text = json!({ "version": 1, "routes": routes }).to_string();
    Document::parse(text.as_bytes(), true).map_err(|error| error.to_string())
}

fn changed(change: impl FnOnce(&mut Value)) -> Result<Document, String> {
    let mut route = jwt("a", &json!({ "path": "/a/*" }));
    change(&mut route);
    parse(&json!([route]))
}

#[test]
fn the_first_route_that_matches_decides_and_nothing_else_passes() {
    let document = parse(&json!([
        jwt("admin", &json!({ "host": "app.example.com", "path": "/admin/*" })),
        jwt("read", &json!({ "host": "app.example.com", "path": "/*", "methods": ["GET"] })),
        jwt("below", &json!({ "host": "*.example.org", "path": "/one" })),
    ]))
    .unwrap();
    for (host, method, path, id) in [
        ("app.example.com", "GET", "/admin/x", Some("admin")),
        ("app.example.com", "GET", "/admin", Some("admin")),
        ("app.example.com", "GET", "/admin/", Some("admin")),
        ("app.example.com", "GET", "/administrator", Some("read")),
        ("app.example.com", "GET", "/", Some("read")),
        ("app.example.com", "HEAD", "/x", Some("read")),
        ("app.example.com", "POST", "/x", None),
        ("example.com", "GET", "/x", None),
        ("a.b.example.org", "POST", "/one", Some("below")),
        ("a.example.org", "POST", "/one/", Some("below")),
        ("a.example.org", "POST", "/one/two", None),
        ("example.org", "POST", "/one", None),
        (".example.org", "POST", "/one", None),
        ("badexample.org", "POST", "/one", None),
    ] {
        let route = document.route(host, method, path, Some(path));
        assert_eq!(route.map(|route| route.id.as_str()), id, "{method} {host}{path}");
    }
}

#[test]
fn a_path_parameter_does_not_lead_around_a_route() {
    let document =
        parse(&json!([jwt("admin", &json!({ "path": "/admin/*" })), jwt("rest", &json!({ "path": "/*" }))]))
            .unwrap();
    for (path, id) in [("/x;a=1/y", Some("rest")), ("/admin;a/y", None), ("/admin/y;a", Some("admin"))] {
        let route = document.route("h", "GET", path, Some(path));
        assert_eq!(route.map(|route| route.id.as_str()), id, "{path}");
    }
}

#[test]
fn a_path_that_reads_in_two_ways_reaches_a_bucket_only() {
    let bucket = json!({
        "id": "photos", "match": { "path": "/s3/photos/*" }, "auth": { "kind": "iam" },
        "upstream": { "kind": "bucket", "bucket": "photos", "binding": "BUCKET" },
    });
    let document = parse(&json!([bucket, jwt("rest", &json!({ "path": "/*" }))])).unwrap();
    let id =
        |raw: &str, plain: Option<&str>| document.route("h", "GET", raw, plain).map(|route| route.id.clone());
    assert_eq!(id("/s3/photos/a//b", None).as_deref(), Some("photos"));
    assert_eq!(id("/s3/photos/%61", Some("/s3/photos/a")).as_deref(), Some("photos"));
    assert_eq!(id("/x/a//b", None), None);
    assert_eq!(id("/s3/%70hotos/a//b", None), None);
}

#[test]
fn a_bucket_is_found_behind_its_prefix() {
    let route = |path: &str| {
        parse(&json!([{
            "id": "p", "match": { "path": path }, "auth": { "kind": "iam" },
            "upstream": { "kind": "bucket", "bucket": "photos", "binding": "B" },
        }]))
    };
    let root = |path: &str| route(path).unwrap().routes[0].path_style_root("photos").map(str::to_owned);
    assert_eq!(root("/s3/photos/*").as_deref(), Some("/s3/"));
    assert_eq!(root("/photos/*").as_deref(), Some("/"));
    assert_eq!(root("/*"), None);
    for path in ["/s3/*", "/s3/xphotos/*", "/s3/photos", "/photos/x/*"] {
        assert!(route(path).unwrap_err().contains("match.path"), "{path}");
    }
}

#[test]
fn what_is_not_understood_is_refused_by_name() {
    type Change = fn(&mut Value);
    let cases: [(Change, &str); 24] = [
        (|r| r["colour"] = json!(1), "colour"),
        (|r| r["match"]["port"] = json!(1), "port"),
        (|r| r["auth"]["audience"] = json!("x"), "audience"),
        (|r| r["auth"]["kind"] = json!("oidc"), "oidc"),
        (|r| r["auth"] = json!({ "kind": "iam", "role": "x" }), "role"),
        (|r| r["require"] = json!({ "roles": [] }), "roles"),
        (|r| r["upstream"] = json!({ "kind": "echo", "url": "x" }), "url"),
        (|r| r["upstream"] = json!({ "kind": "http" }), "url"),
        (|r| r["upstream"] = json!({ "kind": "http", "url": "https://x", "retries": 1 }), "retries"),
        (|r| r["upstream"] = json!({ "kind": "http", "url": "https://x", "timeout": 0 }), "timeout"),
        (
            |r| r["upstream"] = json!({ "kind": "http", "url": "https://x", "headers": { "host": "y" } }),
            "host",
        ),
        (
            |r| {
                r["upstream"] =
                    json!({ "kind": "http", "url": "https://x", "headers": { "x-tidegate-sub": "y" } });
            },
            "x-tidegate-sub",
        ),
        (|r| r["upstream"] = json!({ "kind": "bucket", "bucket": "abc", "binding": "B" }), "iam"),
        (|r| r["cors"] = json!({ "origins": ["*"], "credentials": true }), "credentials"),
        (|r| r["cors"] = json!({ "origins": ["https://x/"] }), "https://x/"),
        (|r| r["cors"] = json!({ "origins": [] }), "origins"),
        (|r| r["match"]["methods"] = json!(["get"]), "get"),
        (|r| r["match"]["host"] = json!("Example.com"), "Example.com"),
        (|r| r["match"]["host"] = json!("a.*"), "a.*"),
        (|r| r["match"]["path"] = json!("/a*"), "/a*"),
        (|r| r["match"]["path"] = json!("/../*"), "/../*"),
        (|r| r["id"] = json!("a b"), "id"),
        (|r| r["auth"]["pools"] = json!([]), "pools"),
        (
            |r| {
                r["auth"] = json!({ "kind": "session", "pool": "p", "client_id": "c" });
                r["require"] = json!({ "scopes": ["x"] });
            },
            "x",
        ),
    ];
    for (at, (change, name)) in cases.into_iter().enumerate() {
        let text = changed(change).unwrap_err();
        assert!(text.contains(name), "case {at}: {text}");
    }
}

#[test]
fn an_id_or_a_bucket_has_one_meaning() {
    let a = jwt("a", &json!({ "path": "/a" }));
    assert!(parse(&json!([a, a])).unwrap_err().contains("taken"));
    let bucket = |id: &str, name: &str, binding: &str| {
        json!({ "id": id, "match": { "path": format!("/{name}/*") }, "auth": { "kind": "iam" },
                "upstream": { "kind": "bucket", "bucket": name, "binding": binding } })
    };
    assert!(parse(&json!([bucket("a", "one", "B"), bucket("b", "one", "B")])).is_ok());
    assert!(parse(&json!([bucket("a", "one", "B"), bucket("b", "one", "C")])).is_err());
    assert!(parse(&json!([bucket("a", "one", "B"), bucket("b", "two", "B")])).is_err());
}

#[test]
fn a_deployment_takes_neither_http_nor_the_echo() {
    let document = |upstream: Value| {
        let mut route = jwt("a", &json!({ "path": "/a" }));
        route["upstream"] = upstream;
        json!({ "routes": [route] }).to_string()
    };
    for upstream in [json!({ "kind": "echo" }), json!({ "kind": "http", "url": "http://x" })] {
        let text = document(upstream);
        assert!(Document::parse(text.as_bytes(), true).is_ok());
        assert!(Document::parse(text.as_bytes(), false).is_err());
    }
    for url in [
        "https://",
        "https:///x",
        "ftp://x",
        "https://u@x",
        "https://x?y",
        "https://x#y",
        "https://X",
        "https://x/../y",
        "https://x//y",
        "https://x/%2e",
        "https://x\\y",
        "//x",
    ] {
        let text = document(json!({ "kind": "http", "url": url }));
        assert!(Document::parse(text.as_bytes(), true).is_err(), "{url}");
    }
    for url in ["https://x", "https://x:8443/a/b", "https://x/"] {
        let text = document(json!({ "kind": "http", "url": url }));
        assert!(Document::parse(text.as_bytes(), false).is_ok(), "{url}");
    }
}

#[test]
fn a_document_is_bounded() {
    let routes = |count: usize| {
        let all: Vec<Value> = (0..count).map(|at| jwt(&format!("r{at}"), &json!({ "path": "/" }))).collect();
        parse(&json!(all))
    };
    assert!(routes(MAX_ROUTES).is_ok());
    assert!(routes(MAX_ROUTES + 1).unwrap_err().contains("200"));
    assert!(Document::parse(&vec![b' '; MAX_BYTES + 1], true).is_err());
    assert!(changed(|r| r["auth"]["pools"] = json!(vec!["p"; 51])).is_err());
}

#[test]
fn what_is_written_is_read_back() {
    let document = parse(&json!([{
        "id": "x", "match": { "host": "*.example.com", "path": "/a/*", "methods": ["GET", "PUT"] },
        "auth": { "kind": "jwt", "pools": ["p"], "token_use": "either" },
        "require": { "groups": ["g"], "scopes": ["s"], "client_ids": ["c"] },
        "upstream": { "kind": "http", "url": "https://x/b", "timeout": 5, "headers": { "x-a": "b" },
                      "forward": { "authorization": true, "cookies": false } },
        "cors": { "origins": ["https://y"], "headers": ["x-b"], "expose": ["etag"], "credentials": true, "max_age": 5 },
    }]))
    .unwrap();
    let text = serde_json::to_vec(&document).unwrap();
    assert_eq!(Document::parse(&text, false).unwrap(), document);
}

#[test]
fn each_list_that_asks_wants_one() {
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let subject = Subject {
        groups: names(&["g"]),
        scopes: names(&["s", "t"]),
        client_id: "c".into(),
        ..Subject::default()
    };
    for (groups, scopes, met) in [
        (&[][..], &[][..], true),
        (&["g"], &[], true),
        (&["x", "g"], &["t"], true),
        (&["x"], &["t"], false),
        (&["g"], &["x"], false),
    ] {
        let require = Require { groups: names(groups), scopes: names(scopes), client_ids: vec![] };
        assert_eq!(require.met_by(&subject), met, "{require:?}");
    }
    let of = |ids: &[&str]| Require { client_ids: names(ids), ..Require::default() };
    assert!(of(&[]).admits_client(&subject) && of(&["b", "c"]).admits_client(&subject));
    assert!(!of(&["b"]).admits_client(&subject));
}

#[test]
fn an_identity_header_is_known_in_any_spelling() {
    for name in
        ["x-tidegate-sub", "X-Tidegate-Sub", "x_tidegate_sub", "X_TIDEGATE-anything", "x-amzn-oidc-data"]
    {
        assert!(Upstream::is_identity_header(name), "{name}");
    }
    for name in ["x-tidegat-sub", "x-tidegate", "tidegate-sub", "x-amzn-trace-id"] {
        assert!(!Upstream::is_identity_header(name), "{name}");
    }
}

#[test]
fn an_origin_is_allowed_as_a_whole() {
    let cors = |origins: &[&str]| Cors {
        origins: origins.iter().map(|o| (*o).to_owned()).collect(),
        headers: vec![],
        expose: vec![],
        credentials: false,
        max_age: 0,
    };
    assert_eq!(cors(&["https://a"]).allow("https://a"), Some("https://a"));
    assert_eq!(cors(&["https://a"]).allow("https://a.evil"), None);
    assert_eq!(cors(&["https://a", "*"]).allow("null"), Some("*"));
}

proptest! {
    #[test]
    fn a_tree_holds_its_root_and_what_is_below_it(root in "(/[a-z]{1,4}){1,3}", below in "(/[a-z]{0,4}){0,3}", beside in "[a-z]{1,3}") {
        let pattern = PathPattern::try_from(format!("{root}/*")).unwrap();
        let (inside, outside) = (format!("{root}{below}"), format!("{root}{beside}{below}"));
        prop_assert!(pattern.matches(&inside));
        prop_assert!(!pattern.matches(&outside));
    }

    #[test]
    fn a_pattern_survives_writing(text in "(\\*?\\.?[a-z0-9.-]{0,9})|(/[a-z/*]{0,9})") {
        if let Ok(pattern) = HostPattern::try_from(text.clone()) {
            prop_assert_eq!(String::from(pattern), text.clone());
        }
        if let Ok(pattern) = PathPattern::try_from(text) {
            prop_assert_eq!(PathPattern::try_from(String::from(pattern.clone())).unwrap(), pattern);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        let _ = Document::parse(text.as_bytes(), true);
    }
}
