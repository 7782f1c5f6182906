// One deployment for one test file: the built Wasm on miniflare unless told otherwise, its state in a folder of its own.
import { Agent } from "node:http";
import { after } from "node:test";
import { CognitoIdentityClient } from "@aws-sdk/client-cognito-identity";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";
import { launch } from "../../edge/build/launch.mjs";
import { seed } from "../../edge/build/seed.mjs";

/** The cheapest password hash: these tests are about everything else. */
const ARGON2 = "8,1,1";

/**
 * AWS's clients ask once, so that no failure hides behind a retry, and each time on a connection of its own: the runtime
 * closes one that has rested for five seconds, maybe just when it is taken up again.
 */
export const ONCE = { maxAttempts: 1, requestHandler: { httpAgent: new Agent({ keepAlive: false }) } };

/** Starts it, stopped when the file's tests have ended; with `seeded`, holding the demo. `runtime` launches it. */
export async function start({ seeded = false, runtime = launch, ...options } = {}) {
  const lines = [];
  const running = await runtime({ argon2: ARGON2, log: (line) => lines.push(line), ...options });
  after(() => running.stop());
  const instance = { ...running, lines, aws: clients(running) };
  after(() => Object.values(instance.aws).forEach((client) => client.destroy()));
  if (!seeded) return instance;
  return { ...instance, demo: await seed({ ...running, ...running.operator }) };
}

/** AWS's clients, signing with the operator's key. */
function clients({ endpoint, region, operator }) {
  const { accessKeyId, secretAccessKey } = operator;
  const options = { endpoint, region, credentials: { accessKeyId, secretAccessKey }, ...ONCE };
  return {
    idp: new CognitoIdentityProviderClient(options),
    identity: new CognitoIdentityClient(options),
    iam: new IAMClient(options),
    sts: new STSClient(options),
  };
}
