//! A pool with an app client, and people who use them.

use crate::call::{Answer, IDP, aws};
use crate::world::World;
use edge::cache::Cache;
use serde_json::{Value, json};
use std::rc::Rc;

pub const PASSWORD: &str = "Correct-horse-7";

/// A user pool in a world.
#[derive(Clone, Debug)]
pub struct Pool {
    pub world: Rc<World>,
    pub id: String,
    pub client: String,
}

impl Pool {
    /// A pool that verifies addresses by a code, with a public client that may sign in by password.
    pub fn new(world: &Rc<World>) -> Self {
        Self::with(world, &json!({}), &json!({}))
    }

    /// The same with members of `CreateUserPool` and `CreateUserPoolClient` added or replaced.
    pub fn with(world: &Rc<World>, pool: &Value, client: &Value) -> Self {
        let base = json!({ "PoolName": "people", "AutoVerifiedAttributes": ["email"] });
        let made = world.operate("CreateUserPool", &merge(base, pool)).ok();
        let id = made["UserPool"]["Id"].as_str().unwrap().to_owned();
        let base = json!({
            "UserPoolId": id,
            "ClientName": "app",
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        });
        let made = world.operate("CreateUserPoolClient", &merge(base, client)).ok();
        let client = made["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned();
        Self { world: Rc::clone(world), id, client }
    }

    pub fn sign_up_input(&self, name: &str, email: Option<&str>) -> Value {
        let attributes: Vec<_> =
            email.into_iter().map(|email| json!({ "Name": "email", "Value": email })).collect();
        json!({ "ClientId": self.client, "Username": name, "Password": PASSWORD, "UserAttributes": attributes })
    }

    pub fn sign_in_input(&self, name: &str, password: &str) -> Value {
        json!({
            "ClientId": self.client,
            "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": { "USERNAME": name, "PASSWORD": password },
        })
    }

    pub fn refresh_input(&self, token: &str) -> Value {
        json!({ "ClientId": self.client, "RefreshToken": token })
    }

    pub fn sign_up(&self, name: &str, email: &str) -> Answer {
        self.world.idp("SignUp", &self.sign_up_input(name, Some(email)))
    }

    pub fn confirm(&self, name: &str, code: &str) -> Answer {
        self.world.idp(
            "ConfirmSignUp",
            &json!({ "ClientId": self.client, "Username": name, "ConfirmationCode": code }),
        )
    }

    pub fn sign_in(&self, name: &str, password: &str) -> Answer {
        self.world.idp("InitiateAuth", &self.sign_in_input(name, password))
    }

    /// A person who has signed up and proven their address.
    pub fn person(&self, name: &str, email: &str) {
        self.sign_up(name, email).ok();
        self.confirm(name, &self.world.code(email)).ok();
    }

    /// The tokens of somebody who signs in with [`PASSWORD`].
    pub fn tokens(&self, name: &str) -> Value {
        self.sign_in(name, PASSWORD).ok()["AuthenticationResult"].clone()
    }

    pub fn user(&self, name: &str) -> Answer {
        self.world.operate("AdminGetUser", &json!({ "UserPoolId": self.id, "Username": name }))
    }

    /// An unsigned call as a future, for the scheduler; `isolate` is whose cache it is served from.
    pub fn asking(
        &self,
        isolate: &Rc<Cache>,
        operation: &str,
        input: &Value,
    ) -> impl Future<Output = Answer> + use<> {
        self.world.asking(isolate, aws(IDP, operation, input))
    }
}

/// `over`'s members in place of `base`'s.
pub(crate) fn merge(mut base: Value, over: &Value) -> Value {
    if let (Some(base), Some(over)) = (base.as_object_mut(), over.as_object()) {
        base.extend(over.clone());
    }
    base
}
