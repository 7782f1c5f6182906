"""Identity pools, roles and temporary credentials."""

import json
import unittest
import urllib.error
import urllib.request

import boto3
from botocore.exceptions import ClientError

from deployment import client, iam, identity, idp, name, person, pool, public_identity, public_sts, sign_in, sts


def trust(identity_pool_id, kind):
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Federated": "cognito-identity.amazonaws.com"},
                    "Action": "sts:AssumeRoleWithWebIdentity",
                    "Condition": {
                        "StringEquals": {"cognito-identity.amazonaws.com:aud": identity_pool_id},
                        "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": kind},
                    },
                }
            ],
        }
    )


def allow(*actions):
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def opened(url, method):
    with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=30) as answer:
        return answer.read().decode()


class Roles(unittest.TestCase):
    def test_a_role_is_made_read_listed_and_deleted(self):
        role = name("role")
        made = iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust("us-east-1:x", "authenticated"))["Role"]
        self.assertRegex(made["Arn"], rf"^arn:aws:iam::\d{{12}}:role/{role}$")
        found = iam.get_role(RoleName=role)["Role"]
        self.assertEqual(found["AssumeRolePolicyDocument"], json.loads(trust("us-east-1:x", "authenticated")))
        listed = [each["RoleName"] for page in iam.get_paginator("list_roles").paginate() for each in page["Roles"]]
        self.assertIn(role, listed)
        with self.assertRaises(iam.exceptions.EntityAlreadyExistsException):
            iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust("us-east-1:x", "authenticated"))
        iam.delete_role(RoleName=role)
        with self.assertRaises(iam.exceptions.NoSuchEntityException):
            iam.get_role(RoleName=role)

    def test_a_policy_comes_back_as_it_was_put(self):
        role = name("role")
        iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust("us-east-1:x", "authenticated"))
        iam.put_role_policy(RoleName=role, PolicyName="one", PolicyDocument=allow("s3:GetObject"))
        found = iam.get_role_policy(RoleName=role, PolicyName="one")["PolicyDocument"]
        self.assertEqual(found, json.loads(allow("s3:GetObject")))
        self.assertEqual(iam.list_role_policies(RoleName=role)["PolicyNames"], ["one"])
        with self.assertRaises(iam.exceptions.DeleteConflictException):
            iam.delete_role(RoleName=role)

    def test_a_policy_that_is_no_policy_is_refused(self):
        with self.assertRaises(iam.exceptions.MalformedPolicyDocumentException):
            iam.create_role(RoleName=name("role"), AssumeRolePolicyDocument="{}")

    def test_an_operator_is_told_who_they_are(self):
        found = sts.get_caller_identity()
        self.assertRegex(found["Account"], r"^\d{12}$")
        self.assertIn(found["Account"], found["Arn"])

    def test_a_presigned_call_is_answered_to_whoever_holds_it(self):
        role = name("role")
        iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust("us-east-1:x", "authenticated"))
        # The model's method is POST; whoever hands an address on mostly asks for GET.
        for method in ("GET", "POST"):
            url = sts.generate_presigned_url("get_caller_identity", HttpMethod=method)
            self.assertIn(sts.get_caller_identity()["Arn"], opened(url, method))
            url = iam.generate_presigned_url("get_role", Params={"RoleName": role}, HttpMethod=method)
            self.assertIn(f"<RoleName>{role}</RoleName>", opened(url, method))
            for other, asked in ((url, "POST" if method == "GET" else "GET"), (url.replace(role, name("role")), method)):
                with self.assertRaises(urllib.error.HTTPError) as refused:
                    opened(other, asked)
                self.assertEqual(refused.exception.code, 403)
                self.assertIn("<Code>SignatureDoesNotMatch</Code>", refused.exception.read().decode())


class Identities(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pool = pool()
        cls.client, _ = client(cls.pool)
        cls.provider = f"cognito-idp.us-east-1.amazonaws.com/{cls.pool}"
        cls.identity_pool = identity.create_identity_pool(
            IdentityPoolName=name("pool"),
            AllowUnauthenticatedIdentities=True,
            AllowClassicFlow=True,
            CognitoIdentityProviders=[{"ProviderName": cls.provider, "ClientId": cls.client}],
        )["IdentityPoolId"]
        cls.roles = {}
        for kind in ("authenticated", "unauthenticated"):
            role = name(kind)
            document = trust(cls.identity_pool, kind)
            cls.roles[kind] = iam.create_role(RoleName=role, AssumeRolePolicyDocument=document)["Role"]["Arn"]
            policy = allow("cognito-idp:ListUsers") if kind == "authenticated" else allow("s3:GetObject")
            iam.put_role_policy(RoleName=role, PolicyName="what", PolicyDocument=policy)
        identity.set_identity_pool_roles(IdentityPoolId=cls.identity_pool, Roles=cls.roles)

    def logins(self):
        username = name("person")
        person(self.pool, username)
        return {self.provider: sign_in(self.client, username)["AuthenticationResult"]["IdToken"]}

    def credentials(self, logins):
        identity_id = public_identity.get_id(IdentityPoolId=self.identity_pool, Logins=logins)["IdentityId"]
        answer = public_identity.get_credentials_for_identity(IdentityId=identity_id, Logins=logins)
        self.assertEqual(answer["IdentityId"], identity_id)
        return identity_id, answer["Credentials"]

    def session(self, credentials, service):
        return boto3.client(
            service,
            aws_access_key_id=credentials["AccessKeyId"],
            aws_secret_access_key=credentials.get("SecretKey") or credentials["SecretAccessKey"],
            aws_session_token=credentials["SessionToken"],
        )

    def test_one_login_is_one_identity(self):
        logins = self.logins()
        first, credentials = self.credentials(logins)
        second, _ = self.credentials(logins)
        self.assertEqual(first, second)
        self.assertRegex(first, r"^us-east-1:[0-9a-f-]{36}$")
        self.assertTrue(credentials["AccessKeyId"].startswith("ASIA"))
        self.assertEqual(identity.describe_identity(IdentityId=first)["Logins"], [self.provider])

    def test_two_people_are_two_identities(self):
        self.assertNotEqual(self.credentials(self.logins())[0], self.credentials(self.logins())[0])

    def test_credentials_do_what_their_role_allows_and_no_more(self):
        _, credentials = self.credentials(self.logins())
        theirs = self.session(credentials, "cognito-idp")
        theirs.list_users(UserPoolId=self.pool)
        with self.assertRaises(ClientError) as refused:
            theirs.list_user_pools(MaxResults=1)
        self.assertEqual(refused.exception.response["Error"]["Code"], "AccessDeniedException")

    def test_credentials_say_whose_they_are(self):
        _, credentials = self.credentials(self.logins())
        found = self.session(credentials, "sts").get_caller_identity()
        self.assertIn(":assumed-role/", found["Arn"])

    def test_a_guest_gets_the_guests_role(self):
        _, credentials = self.credentials({})
        with self.assertRaises(ClientError) as refused:
            self.session(credentials, "cognito-idp").list_users(UserPoolId=self.pool)
        self.assertEqual(refused.exception.response["Error"]["Code"], "AccessDeniedException")

    def test_a_pool_without_guests_has_none(self):
        closed = identity.create_identity_pool(IdentityPoolName=name("pool"), AllowUnauthenticatedIdentities=False)
        with self.assertRaises(identity.exceptions.NotAuthorizedException):
            public_identity.get_id(IdentityPoolId=closed["IdentityPoolId"])

    def test_a_token_of_another_client_is_no_login(self):
        other, _ = client(self.pool)
        username = name("person")
        person(self.pool, username)
        token = sign_in(other, username)["AuthenticationResult"]["IdToken"]
        with self.assertRaises(identity.exceptions.NotAuthorizedException):
            public_identity.get_id(IdentityPoolId=self.identity_pool, Logins={self.provider: token})

    def test_an_access_token_is_no_login(self):
        username = name("person")
        person(self.pool, username)
        token = sign_in(self.client, username)["AuthenticationResult"]["AccessToken"]
        with self.assertRaises(identity.exceptions.NotAuthorizedException):
            public_identity.get_id(IdentityPoolId=self.identity_pool, Logins={self.provider: token})

    def test_somebody_elses_identity_stays_theirs(self):
        victim, _ = self.credentials(self.logins())
        with self.assertRaises(identity.exceptions.NotAuthorizedException):
            public_identity.get_credentials_for_identity(IdentityId=victim, Logins=self.logins())

    def test_the_classic_flow_ends_in_the_same_powers(self):
        logins = self.logins()
        identity_id = public_identity.get_id(IdentityPoolId=self.identity_pool, Logins=logins)["IdentityId"]
        token = public_identity.get_open_id_token(IdentityId=identity_id, Logins=logins)["Token"]
        assume = {"RoleSessionName": "classic", "WebIdentityToken": token}
        answer = public_sts.assume_role_with_web_identity(RoleArn=self.roles["authenticated"], **assume)
        self.assertIn("/classic", answer["AssumedRoleUser"]["Arn"])
        self.session(answer["Credentials"], "cognito-idp").list_users(UserPoolId=self.pool)
        with self.assertRaises(ClientError) as refused:
            public_sts.assume_role_with_web_identity(RoleArn=self.roles["unauthenticated"], **assume)
        self.assertEqual(refused.exception.response["Error"]["Code"], "AccessDenied")

    def test_an_identity_pool_is_described_listed_and_deleted(self):
        made = identity.create_identity_pool(IdentityPoolName=name("pool"), AllowUnauthenticatedIdentities=True)
        found = identity.describe_identity_pool(IdentityPoolId=made["IdentityPoolId"])
        self.assertEqual(found["IdentityPoolName"], made["IdentityPoolName"])
        self.assertEqual(identity.get_identity_pool_roles(IdentityPoolId=self.identity_pool)["Roles"], self.roles)
        pages = identity.get_paginator("list_identity_pools").paginate(PaginationConfig={"PageSize": 2})
        listed = [each["IdentityPoolId"] for page in pages for each in page["IdentityPools"]]
        self.assertIn(made["IdentityPoolId"], listed)
        identity.delete_identity_pool(IdentityPoolId=made["IdentityPoolId"])
        with self.assertRaises(identity.exceptions.ResourceNotFoundException):
            identity.describe_identity_pool(IdentityPoolId=made["IdentityPoolId"])


if __name__ == "__main__":
    unittest.main()
