"""A person's life in a pool."""

import unittest

from deployment import PASSWORD, address, advance, client, code, idp, messages, name, pool, public_idp, sign_in, values

wrong = idp.exceptions


class People(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pool = pool(UsernameAttributes=["email"])
        cls.client, _ = client(cls.pool)

    def sign_up(self):
        email = address()
        public_idp.sign_up(
            ClientId=self.client,
            Username=email,
            Password=PASSWORD,
            UserAttributes=[{"Name": "email", "Value": email}, {"Name": "given_name", "Value": "Ada"}],
        )
        return email

    def confirmed(self):
        email = self.sign_up()
        public_idp.confirm_sign_up(ClientId=self.client, Username=email, ConfirmationCode=code(email))
        return email

    def signed_in(self):
        email = self.confirmed()
        return email, sign_in(self.client, email)["AuthenticationResult"]

    def test_a_sign_up_says_where_the_code_went(self):
        email = address()
        answer = public_idp.sign_up(
            ClientId=self.client,
            Username=email,
            Password=PASSWORD,
            UserAttributes=[{"Name": "email", "Value": email}],
        )
        self.assertFalse(answer["UserConfirmed"])
        self.assertRegex(answer["UserSub"], r"^[0-9a-f-]{36}$")
        details = answer["CodeDeliveryDetails"]
        self.assertEqual((details["DeliveryMedium"], details["AttributeName"]), ("EMAIL", "email"))
        self.assertEqual(details["Destination"], "p***@e***")
        self.assertEqual(len(messages(email)), 1)

    def test_nobody_signs_in_before_confirming(self):
        email = self.sign_up()
        with self.assertRaises(wrong.UserNotConfirmedException):
            sign_in(self.client, email)

    def test_the_code_confirms_once(self):
        email = self.sign_up()
        sent = code(email)
        public_idp.confirm_sign_up(ClientId=self.client, Username=email, ConfirmationCode=sent)
        with self.assertRaises(wrong.NotAuthorizedException):
            public_idp.confirm_sign_up(ClientId=self.client, Username=email, ConfirmationCode=sent)
        self.assertIn("AccessToken", sign_in(self.client, email)["AuthenticationResult"])

    def test_a_wrong_code_confirms_nobody(self):
        email = self.sign_up()
        other = "000000" if code(email) != "000000" else "000001"
        with self.assertRaises(wrong.CodeMismatchException):
            public_idp.confirm_sign_up(ClientId=self.client, Username=email, ConfirmationCode=other)

    def test_a_resent_code_replaces_the_first(self):
        email = self.sign_up()
        first = code(email)
        public_idp.resend_confirmation_code(ClientId=self.client, Username=email)
        second = code(email)
        if first != second:
            with self.assertRaises((wrong.CodeMismatchException, wrong.ExpiredCodeException)):
                public_idp.confirm_sign_up(ClientId=self.client, Username=email, ConfirmationCode=first)
        public_idp.confirm_sign_up(ClientId=self.client, Username=email, ConfirmationCode=second)

    def test_a_code_lapses_after_a_day(self):
        email = self.sign_up()
        sent = code(email)
        advance(86_401)
        with self.assertRaises(wrong.ExpiredCodeException):
            public_idp.confirm_sign_up(ClientId=self.client, Username=email, ConfirmationCode=sent)
        public_idp.resend_confirmation_code(ClientId=self.client, Username=email)
        public_idp.confirm_sign_up(ClientId=self.client, Username=email, ConfirmationCode=code(email))

    def test_a_name_is_taken_once(self):
        email = self.confirmed()
        with self.assertRaises(wrong.UsernameExistsException):
            public_idp.sign_up(
                ClientId=self.client,
                Username=email,
                Password=PASSWORD,
                UserAttributes=[{"Name": "email", "Value": email}],
            )

    def test_a_weak_password_is_refused_before_anything_is_made(self):
        email = address()
        with self.assertRaises(wrong.InvalidPasswordException):
            public_idp.sign_up(ClientId=self.client, Username=email, Password="short")
        with self.assertRaises(wrong.UserNotFoundException):
            idp.admin_get_user(UserPoolId=self.pool, Username=email)
        self.assertEqual(messages(email), [])

    def test_a_right_password_brings_three_tokens(self):
        _, tokens = self.signed_in()
        self.assertEqual(tokens["TokenType"], "Bearer")
        self.assertEqual(tokens["ExpiresIn"], 3600)
        self.assertEqual({"AccessToken", "IdToken", "RefreshToken"} - tokens.keys(), set())

    def test_a_wrong_password_brings_none(self):
        email = self.confirmed()
        with self.assertRaises(wrong.NotAuthorizedException) as refused:
            sign_in(self.client, email, "Not-this-one-1")
        self.assertEqual(refused.exception.response["Error"]["Message"], "Incorrect username or password.")

    def test_a_refresh_token_brings_new_tokens(self):
        _, tokens = self.signed_in()
        again = public_idp.initiate_auth(
            ClientId=self.client,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"]},
        )["AuthenticationResult"]
        self.assertNotIn("RefreshToken", again)
        self.assertIn("IdToken", again)
        public_idp.get_user(AccessToken=again["AccessToken"])

    def test_an_access_token_reads_and_writes_its_person(self):
        email, tokens = self.signed_in()
        access = tokens["AccessToken"]
        before = values(public_idp.get_user(AccessToken=access)["UserAttributes"])
        self.assertEqual((before["email"], before["email_verified"]), (email, "true"))
        self.assertEqual(before["given_name"], "Ada")
        public_idp.update_user_attributes(
            AccessToken=access,
            UserAttributes=[{"Name": "given_name", "Value": "Augusta"}, {"Name": "family_name", "Value": "King"}],
        )
        after = values(public_idp.get_user(AccessToken=access)["UserAttributes"])
        self.assertEqual((after["given_name"], after["family_name"]), ("Augusta", "King"))
        self.assertEqual(after["sub"], before["sub"])

    def test_a_new_address_is_proven_by_the_code_that_went_there(self):
        _, tokens = self.signed_in()
        access, new = tokens["AccessToken"], address()
        sent = public_idp.update_user_attributes(
            AccessToken=access, UserAttributes=[{"Name": "email", "Value": new}]
        )["CodeDeliveryDetailsList"]
        self.assertEqual([details["AttributeName"] for details in sent], ["email"])
        again = public_idp.get_user_attribute_verification_code(AccessToken=access, AttributeName="email")
        self.assertEqual(again["CodeDeliveryDetails"]["DeliveryMedium"], "EMAIL")
        right = code(new)
        other = "000000" if right != "000000" else "000001"
        with self.assertRaises(wrong.CodeMismatchException):
            public_idp.verify_user_attribute(AccessToken=access, AttributeName="email", Code=other)
        public_idp.verify_user_attribute(AccessToken=access, AttributeName="email", Code=right)
        after = values(public_idp.get_user(AccessToken=access)["UserAttributes"])
        self.assertEqual((after["email"], after["email_verified"]), (new, "true"))

    def test_a_password_is_changed_by_whoever_knows_it(self):
        email, tokens = self.signed_in()
        change = {"AccessToken": tokens["AccessToken"], "ProposedPassword": "Another-tide-2"}
        with self.assertRaises(wrong.NotAuthorizedException):
            public_idp.change_password(PreviousPassword="Not-this-one-1", **change)
        public_idp.change_password(PreviousPassword=PASSWORD, **change)
        with self.assertRaises(wrong.NotAuthorizedException):
            sign_in(self.client, email)
        sign_in(self.client, email, "Another-tide-2")

    def test_a_forgotten_password_is_replaced_by_a_code(self):
        email = self.confirmed()
        details = public_idp.forgot_password(ClientId=self.client, Username=email)["CodeDeliveryDetails"]
        self.assertEqual(details["DeliveryMedium"], "EMAIL")
        reset = {"ClientId": self.client, "Username": email, "Password": "Another-tide-2"}
        sent = code(email)
        public_idp.confirm_forgot_password(ConfirmationCode=sent, **reset)
        with self.assertRaises((wrong.ExpiredCodeException, wrong.CodeMismatchException)):
            public_idp.confirm_forgot_password(ConfirmationCode=sent, **reset)
        sign_in(self.client, email, "Another-tide-2")

    def test_signing_out_everywhere_ends_every_token(self):
        email, tokens = self.signed_in()
        public_idp.global_sign_out(AccessToken=tokens["AccessToken"])
        with self.assertRaises(wrong.NotAuthorizedException):
            public_idp.get_user(AccessToken=tokens["AccessToken"])
        with self.assertRaises(wrong.NotAuthorizedException):
            public_idp.initiate_auth(
                ClientId=self.client,
                AuthFlow="REFRESH_TOKEN_AUTH",
                AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"]},
            )
        sign_in(self.client, email)

    def test_a_revoked_refresh_token_takes_its_access_tokens_along(self):
        _, tokens = self.signed_in()
        public_idp.revoke_token(ClientId=self.client, Token=tokens["RefreshToken"])
        with self.assertRaises(wrong.NotAuthorizedException):
            public_idp.get_user(AccessToken=tokens["AccessToken"])

    def test_who_deletes_themselves_is_gone_and_the_name_is_free(self):
        email, tokens = self.signed_in()
        public_idp.delete_user(AccessToken=tokens["AccessToken"])
        with self.assertRaises(wrong.UserNotFoundException):
            idp.admin_get_user(UserPoolId=self.pool, Username=email)
        with self.assertRaises(wrong.UserNotFoundException):
            public_idp.get_user(AccessToken=tokens["AccessToken"])
        public_idp.sign_up(
            ClientId=self.client,
            Username=email,
            Password=PASSWORD,
            UserAttributes=[{"Name": "email", "Value": email}],
        )

    def test_a_missing_person_looks_like_a_wrong_password(self):
        guarded, _ = client(self.pool, PreventUserExistenceErrors="ENABLED")
        with self.assertRaises(wrong.NotAuthorizedException) as refused:
            sign_in(guarded, address())
        self.assertEqual(refused.exception.response["Error"]["Message"], "Incorrect username or password.")

    def test_rotation_gives_a_successor_each_time(self):
        rotating, _ = client(
            self.pool,
            ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
            RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
        )
        email = self.confirmed()
        first = sign_in(rotating, email)["AuthenticationResult"]["RefreshToken"]
        second = public_idp.get_tokens_from_refresh_token(ClientId=rotating, RefreshToken=first)
        second = second["AuthenticationResult"]["RefreshToken"]
        self.assertNotEqual(first, second)
        with self.assertRaises((wrong.RefreshTokenReuseException, wrong.NotAuthorizedException)):
            public_idp.get_tokens_from_refresh_token(ClientId=rotating, RefreshToken=first)
        # Whoever replays a token ends the session that it began.
        with self.assertRaises(wrong.NotAuthorizedException):
            public_idp.get_tokens_from_refresh_token(ClientId=rotating, RefreshToken=second)


class UnsupportedThings(unittest.TestCase):
    def test_an_operation_that_is_not_built_says_its_name(self):
        from botocore.exceptions import ClientError

        with self.assertRaises(ClientError) as refused:
            idp.list_groups(UserPoolId=pool())
        self.assertEqual(refused.exception.response["Error"]["Code"], "UnknownOperationException")
        self.assertIn("ListGroups", refused.exception.response["Error"]["Message"])
        self.assertEqual(refused.exception.response["ResponseMetadata"]["HTTPStatusCode"], 400)

    def test_a_flow_that_is_not_built_is_stored_and_refused_when_used(self):
        pool_id = pool()
        client_id, _ = client(pool_id, ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
        stored = idp.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)["UserPoolClient"]
        self.assertIn("ALLOW_USER_SRP_AUTH", stored["ExplicitAuthFlows"])
        with self.assertRaises(wrong.ClientError):
            public_idp.initiate_auth(
                ClientId=client_id,
                AuthFlow="USER_SRP_AUTH",
                AuthParameters={"USERNAME": name("nobody"), "SRP_A": "ab" * 384},
            )


if __name__ == "__main__":
    unittest.main()
