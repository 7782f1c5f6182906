//! An identity pool before a user pool, its roles, and the temporary credentials that come of them.

use crate::call::{Answer, Credentials};
use crate::person::{Pool, merge};
use crate::world::World;
use serde_json::{Value, json};
use std::rc::Rc;

const ACCOUNT: &str = "000000000000";
/// The role of people, and the one of guests.
pub const MEMBER: &str = "Member";
pub const GUEST: &str = "Guest";

/// An identity pool whose only logins are those of one user pool's client.
#[derive(Clone, Debug)]
pub struct Federation {
    pub people: Pool,
    pub id: String,
    /// The user pool as logins name it.
    pub provider: String,
}

impl Federation {
    /// A pool that takes guests, hands out tokens for the classic flow, and has a role for each kind, without policies.
    pub fn new(world: &Rc<World>) -> Self {
        let federation = Self::bare(&Pool::new(world), &json!({}));
        let member = role(world, MEMBER, &trust(&federation.id, "authenticated"));
        let guest = role(world, GUEST, &trust(&federation.id, "unauthenticated"));
        federation.set_roles(&json!({ "authenticated": member, "unauthenticated": guest })).ok();
        federation
    }

    /// A pool without roles, with members of `CreateIdentityPool` added or replaced.
    pub fn bare(people: &Pool, members: &Value) -> Self {
        let provider = format!("cognito-idp.us-east-1.amazonaws.com/{}", people.id);
        let base = json!({
            "IdentityPoolName": "demo",
            "AllowUnauthenticatedIdentities": true,
            "AllowClassicFlow": true,
            "CognitoIdentityProviders": [{ "ProviderName": provider, "ClientId": people.client }],
        });
        let made = people.world.federate("CreateIdentityPool", &merge(base, members)).ok();
        Self { people: people.clone(), id: made["IdentityPoolId"].as_str().unwrap().into(), provider }
    }

    fn world(&self) -> &Rc<World> {
        &self.people.world
    }

    pub fn set_roles(&self, roles: &Value) -> Answer {
        self.world().federate("SetIdentityPoolRoles", &json!({ "IdentityPoolId": self.id, "Roles": roles }))
    }

    /// What somebody who signs in with their password can prove: `Logins`.
    pub fn login(&self, name: &str) -> Value {
        self.proof(&self.people.tokens(name)["IdToken"])
    }
    /// `Logins` with this token.
    pub fn proof(&self, token: &Value) -> Value {
        json!({ self.provider.as_str(): token })
    }

    pub fn get_id(&self, logins: &Value) -> Answer {
        self.world().identity("GetId", &json!({ "IdentityPoolId": self.id, "Logins": logins }))
    }
    /// The identity of somebody who proves so much; `{}` makes a guest.
    pub fn identity(&self, logins: &Value) -> String {
        self.get_id(logins).ok()["IdentityId"].as_str().unwrap().to_owned()
    }
    /// `GetCredentialsForIdentity` and `GetOpenIdToken` take the same.
    pub fn ask_for(&self, operation: &str, identity: &str, logins: &Value) -> Answer {
        self.world().identity(operation, &json!({ "IdentityId": identity, "Logins": logins }))
    }
    /// Credentials by the enhanced flow.
    pub fn credentials(&self, identity: &str, logins: &Value) -> Credentials {
        let made = self.ask_for("GetCredentialsForIdentity", identity, logins).ok()["Credentials"].clone();
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        Credentials {
            access_key_id: text("AccessKeyId"),
            secret: text("SecretKey"),
            session_token: Some(text("SessionToken")),
        }
    }
    /// A token of the classic flow.
    pub fn token(&self, identity: &str, logins: &Value) -> String {
        self.ask_for("GetOpenIdToken", identity, logins).ok()["Token"].as_str().unwrap().to_owned()
    }
    /// A person who has signed in: their identity and credentials.
    pub fn member(&self, name: &str) -> (String, Credentials) {
        let login = self.login(name);
        let identity = self.identity(&login);
        let credentials = self.credentials(&identity, &login);
        (identity, credentials)
    }
}

pub fn role_arn(name: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT}:role/{name}")
}

/// A trust policy for identities of this pool who are `authenticated` or `unauthenticated`.
pub fn trust(pool: &str, kind: &str) -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "Federated": "cognito-identity.amazonaws.com" },
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": { "cognito-identity.amazonaws.com:aud": pool },
                "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": kind },
            },
        }],
    })
}

/// A policy of these statements.
pub fn policy(statements: &Value) -> String {
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

/// Makes a role; gives its ARN.
pub fn role(world: &Rc<World>, name: &str, trust: &Value) -> String {
    let trust = trust.to_string();
    world.iam("CreateRole", &[("RoleName", name), ("AssumeRolePolicyDocument", &trust)]).fine();
    role_arn(name)
}

/// Gives a role an inline policy.
pub fn put_policy(world: &Rc<World>, role: &str, name: &str, statements: &Value) {
    let document = policy(statements);
    let fields = [("RoleName", role), ("PolicyName", name), ("PolicyDocument", document.as_str())];
    world.iam("PutRolePolicy", &fields).fine();
}

/// Credentials as `AssumeRoleWithWebIdentity` answers them.
pub fn assumed(answer: &Answer) -> Credentials {
    answer.fine();
    Credentials {
        access_key_id: answer.element("AccessKeyId"),
        secret: answer.element("SecretAccessKey"),
        session_token: Some(answer.element("SessionToken")),
    }
}
