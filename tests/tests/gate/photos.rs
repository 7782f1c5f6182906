//! A bucket behind the gate, and people whose role gives them a folder of their own in it.

use super::setup::routes;
use domain::sigv4::{self, Content};
use edge::message::{Body, Request};
use edge::platform::Platform;
use http::Method;
use serde_json::json;
use std::rc::Rc;
use tests::World;
use tests::bucket::Memory;
use tests::call::{Answer, Credentials, signer};
use tests::federation::{Federation, MEMBER, put_policy};
use tests::world::START;

pub(crate) struct Photos {
    pub(crate) world: Rc<World>,
    pub(crate) memory: Rc<Memory>,
    pub(crate) pool: Federation,
}

/// The policies that [`own_folders`] gives.
pub(crate) const POLICY: &str = "own-folder";

impl Photos {
    /// A world in which whoever signs in may use the folder of their identity, except what is under `locked`.
    pub(crate) fn new(shards: u16) -> Self {
        let world = World::with_shards(shards);
        let memory = Rc::new(Memory::default());
        memory.clock.set(START * 1000);
        world.add_bucket("BUCKET_PHOTOS", memory.clone());
        routes(
            &world,
            &json!([
                { "id": "photos", "match": { "path": "/s3/photos/*" }, "auth": { "kind": "iam" },
                  "upstream": { "kind": "bucket", "bucket": "photos", "binding": "BUCKET_PHOTOS" } },
                { "id": "notes", "match": { "path": "/notes/*" }, "auth": { "kind": "iam" },
                  "upstream": { "kind": "echo" } },
            ]),
        );
        let pool = Federation::new(&world);
        own_folders(&world);
        Self { world, memory, pool }
    }

    /// Somebody new: their identity and credentials.
    pub(crate) fn person(&self, name: &str) -> (String, Credentials) {
        self.pool.people.person(name, &format!("{name}@example.com"));
        self.pool.member(name)
    }

    pub(crate) fn ask(&self, by: &Credentials, method: Method, target: &str, body: &[u8]) -> Answer {
        let request = upload(method, target, body);
        self.world.ask(self.world.signed(request, by, "s3"))
    }
    pub(crate) fn put(&self, by: &Credentials, target: &str) -> Answer {
        self.ask(by, Method::PUT, target, b"picture")
    }
    pub(crate) fn get(&self, by: &Credentials, target: &str) -> Answer {
        self.ask(by, Method::GET, target, b"")
    }

    /// A URL that is good for so many seconds.
    pub(crate) fn presigned(&self, by: &Credentials, method: &str, path: &str, seconds: u32) -> String {
        let headers = [("host", "localhost:8787")];
        let request = sigv4::Request { method, path, query: "", headers: &headers, accept_encoding: None };
        let query = signer(by, "s3", self.world.now()).presign(&request, seconds, Content::Unsigned).unwrap();
        format!("{path}?{query}")
    }
}

/// Puts the rule of own folders into the role of those who signed in.
pub(crate) fn own_folders(world: &Rc<World>) {
    let own = "${cognito-identity.amazonaws.com:sub}";
    put_policy(
        world,
        MEMBER,
        POLICY,
        &json!([
            { "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
              "Resource": format!("arn:aws:s3:::photos/{own}/*") },
            { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::photos",
              "Condition": { "StringLike": { "s3:prefix": [format!("{own}/*")] } } },
            { "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::photos/*/locked/*" },
        ]),
    );
}

pub(crate) fn upload(method: Method, target: &str, body: &[u8]) -> Request {
    let mut request = World::request(method, target);
    if !body.is_empty() {
        request.headers.insert("content-length", body.len().to_string().parse().unwrap());
        request.body = Body::Bytes(body.to_vec());
    }
    request
}
