//! URLs signed beforehand by temporary credentials.

use super::photos::{Photos, upload};
use super::setup::get;
use http::Method;
use tests::call::Answer;

fn put(photos: &Photos, url: &str) -> Answer {
    photos.world.ask(upload(Method::PUT, url, b"picture"))
}

fn fetch(photos: &Photos, url: &str) -> Answer {
    photos.world.ask(get(url, &[]))
}

#[test]
fn a_url_does_what_it_was_signed_for_until_it_expires() {
    let photos = Photos::new(3);
    let (ann, anns) = photos.person("ann");
    let path = format!("/s3/photos/{ann}/a.png");
    let (putting, getting) =
        (photos.presigned(&anns, "PUT", &path, 60), photos.presigned(&anns, "GET", &path, 60));
    assert_eq!(put(&photos, &putting).status, 200);
    assert_eq!(fetch(&photos, &getting).text(), "picture");
    fetch(&photos, &putting).denies(403, "SignatureDoesNotMatch");
    put(&photos, &getting).denies(403, "SignatureDoesNotMatch");
    photos.world.advance(60);
    assert_eq!(fetch(&photos, &getting).status, 200, "its last second");
    photos.world.advance(1);
    let late = fetch(&photos, &getting);
    late.denies(403, "AccessDenied");
    assert_eq!(late.element("Message"), "Request has expired");
    put(&photos, &putting).denies(403, "AccessDenied");
}

#[test]
fn a_url_is_for_one_key_by_one_person_and_not_a_letter_of_it_may_change() {
    let photos = Photos::new(3);
    let ((ann, anns), (ben, bens)) = (photos.person("ann"), photos.person("ben"));
    let own = |who: &str| format!("/s3/photos/{who}/a.png");
    assert_eq!(photos.put(&anns, &own(&ann)).status, 200);
    assert_eq!(photos.put(&bens, &own(&ben)).status, 200);
    let url = photos.presigned(&anns, "GET", &own(&ann), 60);
    assert_eq!(fetch(&photos, &url).status, 200);
    let theirs = photos.presigned(&bens, "GET", &own(&ben), 60);
    let parameter = |url: &str, name: &str| {
        let start = url.find(&format!("{name}=")).unwrap();
        let end = url[start..].find('&').map_or(url.len(), |end| start + end);
        url[start..end].to_owned()
    };
    let swapped = |name: &str| url.replace(&parameter(&url, name), &parameter(&theirs, name));
    for (what, bent, code) in [
        ("another key", url.replace("a.png", "b.png"), "SignatureDoesNotMatch"),
        ("another folder", url.replacen(&ann, &ben, 1), "SignatureDoesNotMatch"),
        ("a longer life", url.replace("X-Amz-Expires=60", "X-Amz-Expires=61"), "SignatureDoesNotMatch"),
        ("a parameter more", format!("{url}&response-content-type=text%2Fhtml"), "SignatureDoesNotMatch"),
        ("another's signature", swapped("X-Amz-Signature"), "SignatureDoesNotMatch"),
        ("another's session token", swapped("X-Amz-Security-Token"), "SignatureDoesNotMatch"),
        ("another's key id", swapped("X-Amz-Credential"), "SignatureDoesNotMatch"),
        (
            "a week and a second",
            url.replace("X-Amz-Expires=60", "X-Amz-Expires=604801"),
            "AuthorizationQueryParametersError",
        ),
        ("no life", url.replace("X-Amz-Expires=60", ""), "AuthorizationQueryParametersError"),
        (
            "no session token",
            url.replace(&format!("&{}", parameter(&url, "X-Amz-Security-Token")), ""),
            "SignatureDoesNotMatch",
        ),
        ("two signatures", format!("{url}&{}", parameter(&url, "X-Amz-Signature")), "InvalidArgument"),
    ] {
        let answer = fetch(&photos, &bent);
        assert_ne!(bent, url, "{what}");
        assert!(answer.status.is_client_error(), "{what}: {}", answer.status);
        assert_eq!(answer.element("Code"), code, "{what}: {}", answer.text());
    }
    // Well signed, but not theirs.
    let trespass = photos.presigned(&anns, "GET", &own(&ben), 60);
    fetch(&photos, &trespass).denies(403, "AccessDenied");
    let trespass = photos.presigned(&anns, "DELETE", &own(&ben), 60);
    photos.world.ask(upload(Method::DELETE, &trespass, b"")).denies(403, "AccessDenied");
    assert_eq!(photos.memory.keys().len(), 2);
}

#[test]
fn a_url_ends_with_the_credentials_that_signed_it() {
    let photos = Photos::new(1);
    let (ann, anns) = photos.person("ann");
    let path = format!("/s3/photos/{ann}/a.png");
    assert_eq!(photos.put(&anns, &path).status, 200);
    let day = photos.presigned(&anns, "GET", &path, 86_400);
    photos.world.advance(3599);
    assert_eq!(fetch(&photos, &day).status, 200);
    photos.world.advance(1);
    fetch(&photos, &day).denies(400, "ExpiredToken");
}

#[test]
fn a_url_from_the_future_is_not_good_yet() {
    let photos = Photos::new(1);
    let (ann, anns) = photos.person("ann");
    let path = format!("/s3/photos/{ann}/a.png");
    assert_eq!(photos.put(&anns, &path).status, 200);
    photos.world.advance(2000);
    let url = photos.presigned(&anns, "GET", &path, 60);
    photos.world.advance(-1000);
    let early = fetch(&photos, &url);
    assert!(early.status.is_client_error(), "{}", early.text());
}
