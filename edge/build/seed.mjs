// Makes the demo, through the public API alone: what it does, anybody with an operator key can do. Looks before it
// makes, so that a later run, or one on another port, finds what is there.
import {
  CognitoIdentityClient,
  CreateIdentityPoolCommand,
  paginateListIdentityPools,
  SetIdentityPoolRolesCommand,
} from "@aws-sdk/client-cognito-identity";
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolDomainCommand,
  paginateListUserPoolClients,
  paginateListUserPools,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AwsClient } from "aws4fetch";

/** What everything of the demo is called. */
const NAME = "demo";
const POLICY = "own-folder";

/**
 * Seeds the deployment at `endpoint`, and tells its demo site in the state folder. Answers what `--json` says (`site`,
 * `userPoolId`, `clientId`, `identityPoolId`, `bucket`, `s3Endpoint`, `jwtRoute`, `sessionRoute`), and `signIn`, the
 * hosted page. `tls` is the same deployment's second endpoint, if it has one.
 */
export async function seed({ endpoint, tls, region, accessKeyId, secretAccessKey, state }) {
  const options = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
  const idp = new CognitoIdentityProviderClient(options);
  const identity = new CognitoIdentityClient(options);
  const iam = new IAMClient(options);
  try {
    const userPoolId = await userPool(idp);
    const origins = [endpoint, tls?.endpoint].filter(Boolean);
    const clientId = await appClient(idp, userPoolId, origins);
    await domain(idp, userPoolId);
    const provider = { ProviderName: `cognito-idp.${region}.amazonaws.com/${userPoolId}`, ClientId: clientId };
    const identityPoolId = await identityPool(identity, iam, provider);
    await gate(options, routes({ userPoolId, clientId }));
    const site = `${endpoint}/demo/`;
    const demo = {
      site,
      userPoolId,
      clientId,
      identityPoolId,
      bucket: NAME,
      s3Endpoint: `${endpoint}/s3`,
      jwtRoute: `${endpoint}/gate/jwt/hello`,
      sessionRoute: `${endpoint}/gate/session/hello`,
    };
    const adminRoute = `${endpoint}/gate/admin/hello`;
    state.write("site/demo/config.json", { endpoint, tlsEndpoint: tls?.endpoint, region, ...demo, adminRoute });
    const query = new URLSearchParams({ client_id: clientId, response_type: "code", redirect_uri: site });
    return { ...demo, signIn: `${endpoint}/_hosted/${NAME}/login?${query}` };
  } finally {
    for (const client of [idp, identity, iam]) client.destroy();
  }
}

/** The first of a list's items, over all its pages, that `wanted` picks. */
async function first(pages, key, wanted) {
  for await (const page of pages) {
    const found = page[key]?.find(wanted);
    if (found) return found;
  }
  return undefined;
}

async function userPool(idp) {
  const pages = paginateListUserPools({ client: idp }, { MaxResults: 60 });
  const found = await first(pages, "UserPools", ({ Name }) => Name === NAME);
  if (found) return found.Id;
  const { UserPool } = await idp.send(
    new CreateUserPoolCommand({
      PoolName: NAME,
      UsernameAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
    }),
  );
  return UserPool.Id;
}

async function appClient(idp, UserPoolId, origins) {
  const wanted = {
    UserPoolId,
    ClientName: NAME,
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    // The second is where the gate's session routes send a browser back to.
    CallbackURLs: origins.flatMap((origin) => [`${origin}/demo/`, `${origin}/_gate/callback`]),
    LogoutURLs: origins.flatMap((origin) => [`${origin}/demo/`, `${origin}/`]),
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid", "email", "profile", "aws.cognito.signin.user.admin"],
    SupportedIdentityProviders: ["COGNITO"],
    PreventUserExistenceErrors: "ENABLED",
    EnableTokenRevocation: true,
    RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 30 },
  };
  const pages = paginateListUserPoolClients({ client: idp }, { UserPoolId, MaxResults: 60 });
  const found = await first(pages, "UserPoolClients", ({ ClientName }) => ClientName === NAME);
  if (!found) {
    const { UserPoolClient } = await idp.send(new CreateUserPoolClientCommand(wanted));
    return UserPoolClient.ClientId;
  }
  const { ClientId } = found;
  const { UserPoolClient } = await idp.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  // Another port is another origin.
  const has = (url) => UserPoolClient.CallbackURLs?.includes(url);
  if (!wanted.CallbackURLs.every(has)) await idp.send(new UpdateUserPoolClientCommand({ ...wanted, ClientId }));
  return ClientId;
}

async function domain(idp, UserPoolId) {
  const { DomainDescription } = await idp.send(new DescribeUserPoolDomainCommand({ Domain: NAME }));
  if (DomainDescription?.UserPoolId) return;
  await idp.send(new CreateUserPoolDomainCommand({ Domain: NAME, UserPoolId }));
}

async function identityPool(identity, iam, provider) {
  const pages = paginateListIdentityPools({ client: identity }, { MaxResults: 60 });
  const found = await first(pages, "IdentityPools", ({ IdentityPoolName }) => IdentityPoolName === NAME);
  const made =
    found ??
    (await identity.send(
      new CreateIdentityPoolCommand({
        IdentityPoolName: NAME,
        AllowUnauthenticatedIdentities: true,
        CognitoIdentityProviders: [provider],
      }),
    ));
  const { IdentityPoolId } = made;
  const Roles = {
    authenticated: await role(iam, IdentityPoolId, "authenticated", ownFolder()),
    unauthenticated: await role(iam, IdentityPoolId, "unauthenticated", nothing()),
  };
  await identity.send(new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles }));
  return IdentityPoolId;
}

/** The ARN of a role that identities of one pool, and of one kind, may take. */
async function role(iam, identityPoolId, kind, policy) {
  const RoleName = `${NAME}-${kind}`;
  const found = await iam.send(new GetRoleCommand({ RoleName })).catch((error) => {
    if (error.name !== "NoSuchEntityException") throw error;
  });
  if (found) {
    if (decodeURIComponent(found.Role.AssumeRolePolicyDocument).includes(identityPoolId)) return found.Role.Arn;
    // It trusts an identity pool that is gone.
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: POLICY }));
    await iam.send(new DeleteRoleCommand({ RoleName }));
  }
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Federated: "cognito-identity.amazonaws.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "cognito-identity.amazonaws.com:aud": identityPoolId },
        "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": kind },
      },
    },
  });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: policy });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: POLICY, PolicyDocument }));
  return Role.Arn;
}

/** Objects below the identity's own id, and a list of them. */
function ownFolder() {
  const bucket = `arn:aws:s3:::${NAME}`;
  const own = "${cognito-identity.amazonaws.com:sub}/*";
  return [
    { Effect: "Allow", Action: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"], Resource: `${bucket}/${own}` },
    { Effect: "Allow", Action: "s3:ListBucket", Resource: bucket, Condition: { StringLike: { "s3:prefix": own } } },
  ];
}

/** Guests are known, and that is all. */
function nothing() {
  return [{ Effect: "Deny", Action: "*", Resource: "*" }];
}

/** The gate's routes; the first that matches decides. */
function routes({ userPoolId, clientId }) {
  const jwt = { kind: "jwt", pools: [userPoolId] };
  const session = { kind: "session", pool: userPoolId, client_id: clientId };
  const upstream = { kind: "echo" };
  const require = { client_ids: [clientId] };
  return [
    { id: "demo-admin", match: { path: "/gate/admin/*" }, auth: jwt, require: { groups: ["admin"] }, upstream },
    { id: "demo-jwt", match: { path: "/gate/jwt/*" }, auth: jwt, require, upstream },
    { id: "demo-session", match: { path: "/gate/session/*" }, auth: session, upstream },
    {
      id: "demo-bucket",
      match: { path: `/s3/${NAME}/*` },
      auth: { kind: "iam" },
      upstream: { kind: "bucket", bucket: NAME, binding: "BUCKET_DEMO" },
    },
  ];
}

/** Puts the demo's routes into the gate's document, once; everybody else's stay, after them. */
async function gate({ endpoint, region, credentials }, wanted) {
  const signer = new AwsClient({ ...credentials, region, service: "tidegate", retries: 0 });
  const send = async (init) => {
    const answer = await signer.fetch(`${endpoint}/_tidegate/gate`, init);
    if (!answer.ok) throw new Error(`the gate answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const current = await send();
  // A route stands as long as it names this pool and client; whoever changed it otherwise keeps the change.
  const stands = ({ id, auth }) => {
    const found = current.routes.find((route) => route.id === id);
    const same = (member) => JSON.stringify(found?.auth[member]) === JSON.stringify(auth[member]);
    return found && ["pools", "pool", "client_id"].every(same);
  };
  if (wanted.every(stands)) return;
  const ours = new Set(wanted.map(({ id }) => id));
  const others = current.routes.filter(({ id }) => !ours.has(id));
  const body = JSON.stringify({ version: current.version, routes: [...wanted, ...others] });
  await send({ method: "PUT", headers: { "content-type": "application/json" }, body });
}
