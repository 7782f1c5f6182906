//! Cognito Sync, of which nothing is built yet.

use http::Method;
use serde_json::json;
use tests::World;
use tests::call::raw;

const POOL: &str = "/identitypools/us-east-1%3A6f1c9e2e-0000-4000-8000-3c0ffee00000";

#[test]
fn an_operation_is_refused_by_its_name_whatever_it_says() {
    let world = World::with_shards(1);
    let identity = format!("{POOL}/identities/us-east-1%3A6f1c9e2e-0000-4000-8000-3c0ffee00001");
    for (method, path, name) in [
        (Method::GET, "/identitypools?maxResults=3".to_owned(), "ListIdentityPoolUsage"),
        (Method::POST, format!("{POOL}/configuration"), "SetIdentityPoolConfiguration"),
        (Method::GET, format!("{identity}/datasets/a.b:c_d-e/records?lastSyncCount=0"), "ListRecords"),
        (Method::DELETE, format!("{identity}/datasets/notes"), "DeleteDataset"),
    ] {
        let answer = world.ask(World::request(method, &path));
        answer.fails("UnknownOperationException");
        assert_eq!(answer.json()["message"], format!("{name} is not supported by Tidegate yet."));
        assert_eq!(answer.header("x-amzn-errortype"), "UnknownOperationException:");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
    let target = "com.amazonaws.cognito.sync.model.AWSCognitoSyncService.ListRecords";
    let answer = world.ask(raw(target, json!({}).to_string().into_bytes()));
    assert_eq!(answer.json()["message"], "ListRecords is not supported by Tidegate yet.");
}

#[test]
fn what_names_no_operation_is_told_so_and_what_is_near_is_the_gates() {
    let world = World::with_shards(1);
    for (method, path) in [(Method::PATCH, POOL.to_owned()), (Method::GET, format!("{POOL}/nothing"))] {
        let answer = world.ask(World::request(method, &path));
        answer.fails("UnknownOperationException");
        assert_eq!(answer.json()["message"], "The request names no operation of this API.");
    }
    for path in ["/identitypoolsx", "/identitypool", "http://app.example.com/identitypools"] {
        assert_eq!(world.ask(World::request(Method::GET, path)).status, 404, "{path}");
    }
}

#[test]
fn a_page_may_ask_before_it_calls() {
    let world = World::with_shards(1);
    let mut request = World::request(Method::OPTIONS, POOL);
    request.headers.insert("origin", "https://app.example.com".parse().unwrap());
    request.headers.insert("access-control-request-method", "DELETE".parse().unwrap());
    request.headers.insert("access-control-request-headers", "authorization,x-amz-date".parse().unwrap());
    let answer = world.ask(request);
    assert_eq!(answer.status, 200);
    assert!(answer.header("access-control-allow-methods").contains("DELETE"));
    assert_eq!(answer.header("access-control-allow-headers"), "authorization,x-amz-date");
}
