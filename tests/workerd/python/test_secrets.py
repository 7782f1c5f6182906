"""A confidential client: every call of a person's proves the secret."""

import base64
import hashlib
import hmac
import unittest

from deployment import PASSWORD, address, client, code, idp, pool, public_idp

wrong = idp.exceptions


class Secrets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pool = pool(UsernameAttributes=["email"])
        cls.client, cls.secret = client(cls.pool, GenerateSecret=True)

    def hash(self, name):
        mac = hmac.new(self.secret.encode(), (name + self.client).encode(), hashlib.sha256)
        return base64.b64encode(mac.digest()).decode()

    def test_a_person_comes_in_and_stays_by_the_hash(self):
        email = address()
        proof = {"ClientId": self.client, "SecretHash": self.hash(email)}
        known = {"Password": PASSWORD, "UserAttributes": [{"Name": "email", "Value": email}]}
        with self.assertRaises(wrong.NotAuthorizedException):
            public_idp.sign_up(ClientId=self.client, Username=email, **known)
        sub = public_idp.sign_up(Username=email, **known, **proof)["UserSub"]
        public_idp.confirm_sign_up(Username=email, ConfirmationCode=code(email), **proof)
        tokens = public_idp.initiate_auth(
            ClientId=self.client,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": email, "PASSWORD": PASSWORD, "SECRET_HASH": self.hash(email)},
        )["AuthenticationResult"]
        refresh = {"REFRESH_TOKEN": tokens["RefreshToken"]}
        with self.assertRaises(wrong.NotAuthorizedException):
            public_idp.initiate_auth(
                ClientId=self.client,
                AuthFlow="REFRESH_TOKEN_AUTH",
                AuthParameters={**refresh, "SECRET_HASH": self.hash(email)},
            )
        refreshed = public_idp.initiate_auth(
            ClientId=self.client,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={**refresh, "SECRET_HASH": self.hash(sub)},
        )
        self.assertIn("AccessToken", refreshed["AuthenticationResult"])
        owned = {"ClientId": self.client, "ClientSecret": self.secret}
        public_idp.get_tokens_from_refresh_token(RefreshToken=tokens["RefreshToken"], **owned)
        public_idp.revoke_token(Token=tokens["RefreshToken"], **owned)
        with self.assertRaises(wrong.NotAuthorizedException):
            public_idp.get_tokens_from_refresh_token(RefreshToken=tokens["RefreshToken"], **owned)


if __name__ == "__main__":
    unittest.main()
