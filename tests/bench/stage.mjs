// What every measurement stands on: the release bundle as `npm start` runs it, seeded, its state on disk; people, an
// upstream behind the gate, and a client whose refresh tokens stay.
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { AwsClient } from "aws4fetch";
import { launch, launchBare } from "../../edge/build/launch.mjs";
import { seed } from "../../edge/build/seed.mjs";
import { PASSWORD, makePerson } from "../workerd/pool.mjs";
import { startUpstream } from "./upstream.mjs";

/** People who sign in, so that nobody is kept waiting for their own last try. */
const PEOPLE = 8;

/** The Argon2 cost of a deployment that says nothing of it: `ARGON2` in `edge/src/runtime/settings.rs`. */
export const COST = "19456,2,1";

export async function stage({ folder, bare, undo }) {
  const state = join(folder, "state");
  mkdirSync(state);
  const log = createWriteStream(join(folder, "tidegate.log"));
  const start = bare ? launchBare : launch;
  const running = await start({ state, profile: "release", log: (line) => log.write(`${line}\n`) });
  undo.push(() => running.stop());
  const upstream = await startUpstream();
  undo.push(() => upstream.stop());

  process.stderr.write("bench: seeding\n");
  const { endpoint, region, operator } = running;
  const demo = await seed({ endpoint, region, ...operator, state: running.state });
  const idp = new CognitoIdentityProviderClient({ endpoint, region, credentials: operator, maxAttempts: 1 });
  undo.push(() => idp.destroy());
  const aws = { idp };
  const { UserPoolClient } = await idp.send(
    new CreateUserPoolClientCommand({
      UserPoolId: demo.userPoolId,
      ClientName: "bench",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    }),
  );
  const people = Array.from({ length: PEOPLE }, (_, at) => `bench-${at}@example.com`);
  for (const email of people) await makePerson({ aws }, demo, email, { email, email_verified: "true" });

  const set = {
    endpoint,
    pid: running.pid,
    issuer: `${endpoint}/${demo.userPoolId}`,
    demo,
    clientId: UserPoolClient.ClientId,
    people,
    password: PASSWORD,
    upstream: upstream.url,
    /** Calls an operation of `cognito-idp`, unsigned. */
    call: (operation, body) => call(endpoint, operation, body),
  };
  await addRoutes(running, set);
  return set;
}

/** A JSON call, as a client sends it. */
export const apiHeaders = (operation) => ({
  "content-type": "application/x-amz-json-1.1",
  "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
});

async function call(endpoint, operation, body) {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: apiHeaders(operation),
    body: JSON.stringify(body),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(`${operation} answered ${answer.status}: ${JSON.stringify(told)}`);
  return told;
}

/** Two gated routes beside the demo's: one leads to the upstream, one is answered here. */
async function addRoutes({ endpoint, region, operator }, { demo, clientId, upstream }) {
  const signer = new AwsClient({ ...operator, region, service: "tidegate", retries: 0 });
  const url = `${endpoint}/_tidegate/gate`;
  const document = await (await signer.fetch(url)).json();
  const auth = { kind: "jwt", pools: [demo.userPoolId], token_use: "either" };
  const require = { client_ids: [clientId] };
  document.routes.push(
    { id: "forwarded", match: { path: "/forwarded/*" }, auth, require, upstream: { kind: "http", url: upstream } },
    { id: "echoed", match: { path: "/echoed/*" }, auth, require, upstream: { kind: "echo" } },
  );
  const answer = await signer.fetch(url, { method: "PUT", body: JSON.stringify(document) });
  if (!answer.ok) throw new Error(`the gate document was refused: ${await answer.text()}`);
}
