//! AWS's Signature Version 4 test suite.

use super::super::{Content, authorization, canonical::PathRule, key::sha256, presigned};
use super::*;

struct Case {
    name: String,
    rule: PathRule,
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    token: Option<String>,
    body: String,
    declares_body: bool,
    by_header: String,
    by_query: String,
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in include_str!("suite.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if word == "case" {
            cases.push(Case {
                name: rest.to_owned(),
                rule: PathRule::Normalised,
                method: String::new(),
                path: String::new(),
                query: String::new(),
                headers: Vec::new(),
                token: None,
                body: String::new(),
                declares_body: false,
                by_header: String::new(),
                by_query: String::new(),
            });
            continue;
        }
        let case = cases.last_mut().unwrap();
        match word {
            "rule" => {
                case.rule = if rest == "as-received" { PathRule::AsReceived } else { PathRule::Normalised };
            }
            "request" => {
                let (method, target) = rest.split_once(' ').unwrap();
                let (path, query) = target.split_once('?').unwrap_or((target, ""));
                (case.method, case.path, case.query) = (method.to_owned(), path.to_owned(), query.to_owned());
            }
            "header" => {
                let (name, value) = rest.split_once(':').unwrap();
                case.headers.push((name.to_owned(), value.replace("\\n", "\n")));
            }
            "token" => case.token = Some(rest.to_owned()),
            "body" => rest.clone_into(&mut case.body),
            "declare-body" => case.declares_body = true,
            "by-header" => rest.clone_into(&mut case.by_header),
            "by-query" => rest.clone_into(&mut case.by_query),
            other => panic!("{other} in the suite"),
        }
    }
    cases
}

impl Case {
    fn headers(&self) -> Vec<(&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    fn signer(&self) -> Signer<'_> {
        Signer { session_token: self.token.as_deref(), ..signer("service") }
    }

    fn content(&self) -> Content {
        Content::Sha256(sha256(self.body.as_bytes()))
    }
}

fn prove(unverified: Unverified, case: &Case, signature: &str) {
    let body = Body::Whole(case.body.as_bytes());
    assert_eq!(unverified.signature(), signature, "{}", case.name);
    let (canonical, to_sign) = unverified.explain(body).unwrap();
    let key = SigningKey::derive(SUITE_SECRET, unverified.scope());
    let verified = unverified.verify(&Expected { services: &["service"], now: SUITE_TIME }, &key, body);
    let verified = verified.unwrap_or_else(|error| panic!("{}: {error}\n{canonical}\n{to_sign}", case.name));
    assert_eq!(verified.access_key_id(), "AKIDEXAMPLE");
    assert_eq!(verified.scope().region(), "us-east-1");
    assert_eq!(verified.session_token(), case.token.as_deref());
    assert_eq!(verified.signed_at(), SUITE_TIME);
}

#[test]
fn every_published_header_signature_verifies() {
    let cases = cases();
    assert_eq!(cases.len(), 37);
    for case in cases {
        let digest = case.content().write();
        let mut headers = case.headers();
        headers.push(("X-Amz-Date", "20150830T123600Z"));
        headers.extend(case.token.as_deref().map(|token| ("X-Amz-Security-Token", token)));
        if case.declares_body {
            headers.push(("x-amz-content-sha256", &digest));
        }
        let mut names: Vec<String> = headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        names.sort_unstable();
        names.dedup();
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
             SignedHeaders={}, Signature={}",
            names.join(";"),
            case.by_header,
        );
        headers.push(("Authorization", &authorization));
        let request = request(&case.method, &case.path, &case.query, &headers);
        let claim = authorization::read(&request, &authorization).unwrap();
        prove(Unverified::of(claim, &request, case.rule).unwrap(), &case, &case.by_header);
    }
}

#[test]
fn every_published_query_signature_verifies() {
    for case in cases() {
        let headers = case.headers();
        let mut names: Vec<String> = headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        names.sort_unstable();
        names.dedup();
        let mut query = format!(
            "X-Amz-Signature={}&X-Amz-Algorithm=AWS4-HMAC-SHA256\
             &X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fservice%2Faws4_request\
             &X-Amz-Date=20150830T123600Z&X-Amz-Expires=3600&X-Amz-SignedHeaders={}&{}",
            case.by_query,
            names.join("%3B"),
            case.query,
        );
        if let Some(token) = &case.token {
            query.push_str("&X-Amz-Security-Token=");
            query.push_str(&token.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D"));
        }
        let request = request(&case.method, &case.path, &query, &headers);
        let claim = presigned::read(&request).unwrap();
        prove(Unverified::of(claim, &request, case.rule).unwrap(), &case, &case.by_query);
    }
}

#[test]
fn our_signatures_are_the_published_ones() {
    for case in cases().iter().filter(|case| case.rule == PathRule::Normalised) {
        let headers = case.headers();
        let bare = request(&case.method, &case.path, &case.query, &headers);
        let query = case.signer().presign(&bare, 3600, case.content()).unwrap();
        assert!(query.ends_with(&case.by_query), "{}: {query}", case.name);

        let digest = case.content().write();
        let mut headers = headers.clone();
        if case.declares_body {
            headers.push(("x-amz-content-sha256", &digest));
        }
        let added = case.signer().headers(&Request { headers: &headers, ..bare }, case.content()).unwrap();
        let (_, authorization) = added.last().unwrap();
        assert!(authorization.ends_with(&case.by_header), "{}: {authorization}", case.name);
    }
}
