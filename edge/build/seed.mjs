// Makes the demo, through the public API alone: what it does, anybody with an operator key can do. Looks before it
// makes, and mends what it finds: a run may have been killed anywhere, or have been on another port.
import { existsSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import {
  CognitoIdentityClient,
  CreateIdentityPoolCommand,
  DeleteIdentityPoolCommand,
  DescribeIdentityPoolCommand,
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
  GetRolePolicyCommand,
  IAMClient,
  paginateListRolePolicies,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AwsClient } from "aws4fetch";

/** What everything of the demo is called. */
const NAME = "demo";
const POLICY = "own-folder";

/** Where the demo site finds its configuration, in the state folder. */
const CONFIG = "site/demo/config.json";
const KINDS = ["authenticated", "unauthenticated"];

/** Calls `act` with AWS's clients. */
async function withClients({ endpoint, region, accessKeyId, secretAccessKey }, act) {
  const options = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
  const clients = {
    idp: new CognitoIdentityProviderClient(options),
    identity: new CognitoIdentityClient(options),
    iam: new IAMClient(options),
  };
  try {
    return await act(clients, options);
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

const ABSENT = ["NoSuchEntityException", "ResourceNotFoundException"];

/** What `asked` answers, or nothing where it is about something that is not there. */
const find = (asked) =>
  asked.catch((error) => {
    if (!ABSENT.includes(error.name)) throw error;
  });

/** Whether all that `seed` made and answered as `demo` is still there; what has become of it is its owner's affair. */
export function stands(deployment, { userPoolId: UserPoolId, clientId: ClientId, identityPoolId: IdentityPoolId }) {
  if (![UserPoolId, ClientId, IdentityPoolId].every((id) => typeof id === "string" && id !== "")) return false;
  return withClients(deployment, async ({ idp, identity, iam }) => {
    if (!existsSync(deployment.state.file(CONFIG))) return false;
    const [client, domain, pool, ...policies] = await Promise.all([
      find(idp.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))),
      idp.send(new DescribeUserPoolDomainCommand({ Domain: NAME })),
      find(identity.send(new DescribeIdentityPoolCommand({ IdentityPoolId }))),
      ...KINDS.map((kind) => {
        const policy = { RoleName: roleName(kind), PolicyName: POLICY };
        return find(iam.send(new GetRolePolicyCommand(policy)));
      }),
    ]);
    return [client, domain.DomainDescription?.UserPoolId, pool, ...policies].every(Boolean);
  });
}

/**
 * Seeds the deployment at `endpoint`, and tells its demo site in the state folder. Answers what `--json` says (`site`,
 * `userPoolId`, `clientId`, `identityPoolId`, `bucket`, `s3Endpoint`, `jwtRoute`, `sessionRoute`), and `signIn`, the
 * hosted page. `tls` is the same deployment's second endpoint, if it has one.
 */
export function seed({ endpoint, tls, region, accessKeyId, secretAccessKey, state }) {
  return withClients({ endpoint, region, accessKeyId, secretAccessKey }, async ({ idp, identity, iam }, options) => {
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
    state.write(CONFIG, { endpoint, tlsEndpoint: tls?.endpoint, region, ...demo, adminRoute });
    const query = new URLSearchParams({ client_id: clientId, response_type: "code", redirect_uri: site });
    return { ...demo, signIn: `${endpoint}/_hosted/${NAME}/login?${query}` };
  });
}

/** The first of a list's items, over all its pages, that `wanted` picks. */
async function first(pages, key, wanted) {
  for await (const page of pages) {
    const found = page[key]?.find(wanted);
    if (found) return found;
  }
  return undefined;
}

/** The pool with the demo's domain, or else one of its name. */
async function userPool(idp) {
  const { DomainDescription } = await idp.send(new DescribeUserPoolDomainCommand({ Domain: NAME }));
  if (DomainDescription?.UserPoolId) return DomainDescription.UserPoolId;
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
  const has = (member) => [wanted[member]].flat().every((each) => [UserPoolClient[member]].flat().includes(each));
  const members = Object.keys(wanted).filter((member) => member !== "RefreshTokenRotation");
  if (!members.every(has)) await idp.send(new UpdateUserPoolClientCommand({ ...wanted, ClientId }));
  return ClientId;
}

async function domain(idp, UserPoolId) {
  const { DomainDescription } = await idp.send(new DescribeUserPoolDomainCommand({ Domain: NAME }));
  if (DomainDescription?.UserPoolId) return;
  await idp.send(new CreateUserPoolDomainCommand({ Domain: NAME, UserPoolId }));
}

async function identityPool(identity, iam, provider) {
  const pages = paginateListIdentityPools({ client: identity }, { MaxResults: 60 });
  const listed = await first(pages, "IdentityPools", ({ IdentityPoolName }) => IdentityPoolName === NAME);
  let pool = listed && (await identity.send(new DescribeIdentityPoolCommand({ IdentityPoolId: listed.IdentityPoolId })));
  const same = (one) => Object.entries(provider).every(([member, value]) => one[member] === value);
  if (pool && !pool.CognitoIdentityProviders?.some(same)) {
    // It is for a user pool or a client that is gone, and nobody can tell it of another.
    await identity.send(new DeleteIdentityPoolCommand({ IdentityPoolId: pool.IdentityPoolId }));
    pool = undefined;
  }
  const { IdentityPoolId } =
    pool ??
    (await identity.send(
      new CreateIdentityPoolCommand({
        IdentityPoolName: NAME,
        AllowUnauthenticatedIdentities: true,
        CognitoIdentityProviders: [provider],
      }),
    ));
  const Roles = {};
  for (const kind of KINDS) Roles[kind] = await role(iam, IdentityPoolId, kind);
  await identity.send(new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles }));
  return IdentityPoolId;
}

const roleName = (kind) => `${NAME}-${kind}`;

/** The ARN of a role that identities of one pool, and of one kind, may take. */
async function role(iam, identityPoolId, kind) {
  const RoleName = roleName(kind);
  const trust = {
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
  };
  let found = (await find(iam.send(new GetRoleCommand({ RoleName }))))?.Role;
  if (found && !isDeepStrictEqual(JSON.parse(decodeURIComponent(found.AssumeRolePolicyDocument)), trust)) {
    // It trusts an identity pool that is gone.
    for await (const { PolicyNames } of paginateListRolePolicies({ client: iam }, { RoleName })) {
      for (const PolicyName of PolicyNames) await find(iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
    }
    await find(iam.send(new DeleteRoleCommand({ RoleName })));
    found = undefined;
  }
  const AssumeRolePolicyDocument = JSON.stringify(trust);
  const { Arn } = found ?? (await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))).Role;
  const Statement = kind === "authenticated" ? ownFolder() : nothing();
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: POLICY, PolicyDocument }));
  return Arn;
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
