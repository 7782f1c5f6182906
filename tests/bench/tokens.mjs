// Tokens, by the API.

/** Signs somebody in; `clientId` is the bench's own unless another is named. */
export async function signIn(set, email, clientId = set.clientId) {
  const { AuthenticationResult } = await set.call("InitiateAuth", passwordAsk(set, email, clientId));
  return AuthenticationResult;
}

export const passwordAsk = ({ clientId, password }, email, client = clientId) => ({
  ClientId: client,
  AuthFlow: "USER_PASSWORD_AUTH",
  AuthParameters: { USERNAME: email, PASSWORD: password },
});

export const refreshAsk = ({ clientId }, token) => ({
  ClientId: clientId,
  AuthFlow: "REFRESH_TOKEN_AUTH",
  AuthParameters: { REFRESH_TOKEN: token },
});

/** `count` different tokens of the bench's client, ID and access tokens by turns. */
export async function mint(set, count) {
  const { RefreshToken } = await signIn(set, set.people[0]);
  const tokens = [];
  const one = async () => {
    while (tokens.length < count) {
      const { AuthenticationResult } = await set.call("InitiateAuth", refreshAsk(set, RefreshToken));
      tokens.push(AuthenticationResult.AccessToken, AuthenticationResult.IdToken);
    }
  };
  await Promise.all(Array.from({ length: 16 }, one));
  if (new Set(tokens).size !== tokens.length) throw new Error("two tokens are the same");
  return tokens;
}
