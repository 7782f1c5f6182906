"""People, by an operator."""

import unittest

from deployment import PASSWORD, address, client, idp, messages, name, person, pool, public_idp, sign_in, values

wrong = idp.exceptions


class Admin(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pool = pool()
        flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        cls.client, _ = client(cls.pool, ExplicitAuthFlows=flows)

    def person(self, **attributes):
        username = name("person")
        person(self.pool, username, **attributes)
        return username

    def of(self, username):
        return {"UserPoolId": self.pool, "Username": username}

    def admin_sign_in(self, username, password):
        return idp.admin_initiate_auth(
            UserPoolId=self.pool,
            ClientId=self.client,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": username, "PASSWORD": password},
        )

    def test_who_is_invited_chooses_a_password_first(self):
        username, email = name("person"), address()
        made = idp.admin_create_user(
            **self.of(username),
            TemporaryPassword="For-one-time-1",
            UserAttributes=[{"Name": "email", "Value": email}],
            DesiredDeliveryMediums=["EMAIL"],
        )["User"]
        self.assertEqual((made["UserStatus"], made["Enabled"]), ("FORCE_CHANGE_PASSWORD", True))
        self.assertIn("For-one-time-1", messages(email)[0]["body"])
        asked = sign_in(self.client, username, "For-one-time-1")
        self.assertEqual(asked["ChallengeName"], "NEW_PASSWORD_REQUIRED")
        self.assertIn("userAttributes", asked["ChallengeParameters"])
        answer = {
            "ClientId": self.client,
            "ChallengeName": "NEW_PASSWORD_REQUIRED",
            "Session": asked["Session"],
            "ChallengeResponses": {"USERNAME": username, "NEW_PASSWORD": PASSWORD, "userAttributes.name": "Ada"},
        }
        tokens = public_idp.respond_to_auth_challenge(**answer)["AuthenticationResult"]
        self.assertEqual(values(public_idp.get_user(AccessToken=tokens["AccessToken"])["UserAttributes"])["name"], "Ada")
        with self.assertRaises(wrong.NotAuthorizedException):
            public_idp.respond_to_auth_challenge(**answer)
        self.assertEqual(idp.admin_get_user(**self.of(username))["UserStatus"], "CONFIRMED")

    def test_an_operator_answers_the_challenge_too(self):
        username = name("person")
        idp.admin_create_user(**self.of(username), TemporaryPassword="For-one-time-1", MessageAction="SUPPRESS")
        asked = self.admin_sign_in(username, "For-one-time-1")
        tokens = idp.admin_respond_to_auth_challenge(
            UserPoolId=self.pool,
            ClientId=self.client,
            ChallengeName="NEW_PASSWORD_REQUIRED",
            Session=asked["Session"],
            ChallengeResponses={"USERNAME": username, "NEW_PASSWORD": PASSWORD},
        )["AuthenticationResult"]
        self.assertIn("RefreshToken", tokens)

    def test_a_person_is_described(self):
        username = self.person(email=address(), given_name="Ada")
        found = idp.admin_get_user(**self.of(username))
        self.assertEqual((found["Username"], found["UserStatus"]), (username, "CONFIRMED"))
        self.assertTrue(found["Enabled"])
        self.assertEqual(values(found["UserAttributes"])["given_name"], "Ada")

    def test_a_sign_up_is_confirmed_without_a_code(self):
        username = name("person")
        public_idp.sign_up(ClientId=self.client, Username=username, Password=PASSWORD)
        idp.admin_confirm_sign_up(**self.of(username))
        sign_in(self.client, username)

    def test_who_is_disabled_stays_out_until_enabled(self):
        username = self.person()
        tokens = sign_in(self.client, username)["AuthenticationResult"]
        idp.admin_disable_user(**self.of(username))
        with self.assertRaises(wrong.NotAuthorizedException):
            sign_in(self.client, username)
        with self.assertRaises(wrong.NotAuthorizedException):
            public_idp.initiate_auth(
                ClientId=self.client,
                AuthFlow="REFRESH_TOKEN_AUTH",
                AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"]},
            )
        idp.admin_enable_user(**self.of(username))
        sign_in(self.client, username)

    def test_a_password_that_is_not_permanent_asks_for_another(self):
        username = self.person()
        idp.admin_set_user_password(**self.of(username), Password="For-one-time-1", Permanent=False)
        self.assertEqual(sign_in(self.client, username, "For-one-time-1")["ChallengeName"], "NEW_PASSWORD_REQUIRED")

    def test_who_is_deleted_is_gone(self):
        username = self.person()
        idp.admin_delete_user(**self.of(username))
        with self.assertRaises(wrong.UserNotFoundException):
            idp.admin_get_user(**self.of(username))
        person(self.pool, username)

    def test_an_admin_flow_needs_a_signature(self):
        with self.assertRaises(wrong.ClientError):
            public_idp.initiate_auth(
                ClientId=self.client,
                AuthFlow="ADMIN_USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": self.person(), "PASSWORD": PASSWORD},
            )


class Lists(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pool = pool()
        cls.people = sorted(name("person") for _ in range(25))
        for index, username in enumerate(cls.people):
            family = "Byron" if index % 5 == 0 else "King"
            person(cls.pool, username, email=f"{username}@example.com", family_name=family)
        idp.admin_disable_user(UserPoolId=cls.pool, Username=cls.people[3])

    def pages(self, **ask):
        size = ask.pop("size", 60)
        return [
            [each["Username"] for each in page["Users"]]
            for page in idp.get_paginator("list_users").paginate(
                UserPoolId=self.pool, PaginationConfig={"PageSize": size}, **ask
            )
        ]

    def filtered(self, text):
        return sorted(username for page in self.pages(Filter=text) for username in page)

    def test_every_person_is_on_exactly_one_page(self):
        pages = self.pages(size=10)
        self.assertEqual([len(page) for page in pages], [10, 10, 5])
        self.assertEqual(sorted(username for page in pages for username in page), self.people)

    def test_a_full_last_page_is_the_last(self):
        self.assertEqual([len(page) for page in self.pages(size=25)], [25])
        self.assertEqual([len(page) for page in self.pages(size=5)], [5] * 5)

    def test_a_filter_finds_one_by_address(self):
        self.assertEqual(self.filtered(f'email = "{self.people[7]}@example.com"'), [self.people[7]])
        self.assertEqual(self.filtered('email = "nobody@example.com"'), [])

    def test_a_filter_finds_those_that_begin_alike(self):
        self.assertEqual(self.filtered('username ^= "person-"'), self.people)
        self.assertEqual(self.filtered('family_name = "Byron"'), self.people[::5])

    def test_a_filter_finds_by_state(self):
        self.assertEqual(self.filtered('status = "Disabled"'), [self.people[3]])
        self.assertEqual(self.filtered('cognito:user_status = "CONFIRMED"'), self.people)

    def test_a_filter_that_says_nothing_is_refused(self):
        with self.assertRaises(wrong.InvalidParameterException):
            self.pages(Filter="email is what")

    def test_only_the_attributes_asked_for_are_told(self):
        found = idp.list_users(UserPoolId=self.pool, AttributesToGet=["email"], Limit=1)["Users"][0]
        self.assertEqual([each["Name"] for each in found["Attributes"]], ["email"])


if __name__ == "__main__":
    unittest.main()
