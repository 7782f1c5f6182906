// amazon-cognito-identity-js, with USER_PASSWORD_AUTH.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { promisify } from "node:util";
import { AuthenticationDetails, CognitoUser, CognitoUserAttribute, CognitoUserPool } from "amazon-cognito-identity-js";
import { AdminCreateUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { start } from "./instance.mjs";
import { code } from "./outbox.mjs";
import { makePerson, makePool, PASSWORD } from "./pool.mjs";

const instance = await start();
const made = await makePool(instance, { pool: { AliasAttributes: ["email"] } });

/** Where the library keeps tokens: a browser's storage, without the browser. */
class Drawer extends Map {
  getItem = (key) => this.get(key) ?? null;
  setItem = (key, value) => this.set(key, value);
  removeItem = (key) => this.delete(key);
}

function visitor() {
  const Storage = new Drawer();
  const pool = new CognitoUserPool({
    UserPoolId: made.userPoolId,
    ClientId: made.clientId,
    endpoint: instance.endpoint,
    Storage,
  });
  return {
    pool,
    user(Username) {
      const user = new CognitoUser({ Username, Pool: pool, Storage });
      user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
      return user;
    },
  };
}

/** Signs in; answers the session, or the challenge that came instead. */
function authenticate(user, Password) {
  return new Promise((resolve, reject) => {
    user.authenticateUser(new AuthenticationDetails({ Username: user.getUsername(), Password }), {
      onSuccess: (session) => resolve({ session }),
      onFailure: reject,
      newPasswordRequired: (attributes) => resolve({ attributes }),
    });
  });
}

const person = () => `person-${randomUUID()}`;

test("a person signs up, confirms and signs in", async () => {
  const { pool, user } = visitor();
  const [name, email] = [person(), `${randomUUID()}@example.com`];
  const attributes = [new CognitoUserAttribute({ Name: "email", Value: email })];
  const { userSub } = await promisify(pool.signUp.bind(pool))(name, PASSWORD, attributes, null);
  const one = user(name);
  await promisify(one.confirmRegistration.bind(one))(await code(instance, email), false);
  const { session } = await authenticate(one, PASSWORD);
  assert.ok(session.isValid());
  assert.equal(session.getIdToken().payload.sub, userSub);
  assert.equal(pool.getCurrentUser().getUsername(), name);
});

test("a session is refreshed, and ended everywhere", async () => {
  const { user } = visitor();
  const name = person();
  await makePerson(instance, made, name);
  const one = user(name);
  const { session } = await authenticate(one, PASSWORD);
  const again = await promisify(one.refreshSession.bind(one))(session.getRefreshToken());
  assert.notEqual(again.getAccessToken().getJwtToken(), session.getAccessToken().getJwtToken());
  await new Promise((onSuccess, onFailure) => one.globalSignOut({ onSuccess, onFailure }));
  const two = user(name);
  await authenticate(two, PASSWORD);
});

test("attributes are read and written", async () => {
  const { user } = visitor();
  const name = person();
  await makePerson(instance, made, name, { given_name: "Ada" });
  const one = user(name);
  await authenticate(one, PASSWORD);
  await promisify(one.updateAttributes.bind(one))([new CognitoUserAttribute({ Name: "given_name", Value: "Augusta" })]);
  const attributes = await promisify(one.getUserAttributes.bind(one))();
  assert.equal(attributes.find((each) => each.getName() === "given_name").getValue(), "Augusta");
});

test("who was invited chooses a password", async () => {
  const { user } = visitor();
  const name = person();
  await instance.aws.idp.send(
    new AdminCreateUserCommand({
      UserPoolId: made.userPoolId,
      Username: name,
      TemporaryPassword: "For-one-time-1",
      MessageAction: "SUPPRESS",
    }),
  );
  const one = user(name);
  const { attributes } = await authenticate(one, "For-one-time-1");
  assert.ok(attributes);
  const session = await new Promise((onSuccess, onFailure) =>
    one.completeNewPasswordChallenge(PASSWORD, {}, { onSuccess, onFailure }),
  );
  assert.ok(session.isValid());
});

test("a forgotten password is replaced", async () => {
  const { user } = visitor();
  const [name, email] = [person(), `${randomUUID()}@example.com`];
  await makePerson(instance, made, name, { email, email_verified: "true" });
  const one = user(name);
  await new Promise((onSuccess, onFailure) => one.forgotPassword({ onSuccess, onFailure }));
  const sent = await code(instance, email);
  await new Promise((onSuccess, onFailure) => one.confirmPassword(sent, "Another-tide-2", { onSuccess, onFailure }));
  await assert.rejects(authenticate(one, PASSWORD), { code: "NotAuthorizedException" });
  await authenticate(one, "Another-tide-2");
});

test("a password is changed, and an account deleted, by its owner", async () => {
  const { user } = visitor();
  const name = person();
  await makePerson(instance, made, name);
  const one = user(name);
  await authenticate(one, PASSWORD);
  await promisify(one.changePassword.bind(one))(PASSWORD, "Another-tide-2");
  await promisify(one.deleteUser.bind(one))();
  await assert.rejects(authenticate(user(name), "Another-tide-2"), { code: "UserNotFoundException" });
});
