"""Pools, clients, domains and branding, by an operator."""

import unittest
import urllib.request

from botocore.exceptions import ClientError

from deployment import client, idp, name, pool

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63e0a9e9f90f0003c002144adf9bb5"
    "0000000049454e44ae426082"
)


class Pools(unittest.TestCase):
    def test_a_pool_is_described_as_it_was_made(self):
        policy = {"PasswordPolicy": {"MinimumLength": 12, "RequireSymbols": False, "RequireUppercase": True}}
        made = idp.create_user_pool(PoolName=name("pool"), Policies=policy, UserPoolTags={"team": "tide"})["UserPool"]
        self.assertRegex(made["Id"], r"^us-east-1_[0-9A-Za-z]{9}$")
        self.assertIn(f"userpool/{made['Id']}", made["Arn"])
        found = idp.describe_user_pool(UserPoolId=made["Id"])["UserPool"]
        self.assertEqual(found["Policies"]["PasswordPolicy"]["MinimumLength"], 12)
        self.assertFalse(found["Policies"]["PasswordPolicy"]["RequireSymbols"])
        self.assertEqual(found["UserPoolTags"], {"team": "tide"})
        self.assertEqual(found["CreationDate"], made["CreationDate"])

    def test_an_update_is_seen_at_once(self):
        pool_id = pool()
        for length in (9, 10, 11):
            policy = {"PasswordPolicy": {"MinimumLength": length}}
            idp.update_user_pool(UserPoolId=pool_id, AutoVerifiedAttributes=["email"], Policies=policy)
            found = idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]
            self.assertEqual(found["Policies"]["PasswordPolicy"]["MinimumLength"], length)

    def test_pools_are_listed_a_page_at_a_time(self):
        made = {pool() for _ in range(3)}
        pages = idp.get_paginator("list_user_pools").paginate(PaginationConfig={"PageSize": 2})
        listed = [each["Id"] for page in pages for each in page["UserPools"]]
        self.assertLessEqual(made, set(listed))
        self.assertEqual(len(listed), len(set(listed)))

    def test_a_deleted_pool_is_gone(self):
        pool_id = pool()
        client_id, _ = client(pool_id)
        idp.delete_user_pool(UserPoolId=pool_id)
        with self.assertRaises(idp.exceptions.ResourceNotFoundException):
            idp.describe_user_pool(UserPoolId=pool_id)
        with self.assertRaises(idp.exceptions.ResourceNotFoundException):
            idp.sign_up(ClientId=client_id, Username="ada", Password="Tide-and-gate-1")

    def test_a_protected_pool_stays(self):
        pool_id = pool(DeletionProtection="ACTIVE")
        with self.assertRaises(idp.exceptions.InvalidParameterException):
            idp.delete_user_pool(UserPoolId=pool_id)
        idp.describe_user_pool(UserPoolId=pool_id)

    def test_what_is_not_honoured_is_refused_by_name(self):
        with self.assertRaises(ClientError) as refused:
            pool(MfaConfiguration="ON")
        self.assertIn("fa", refused.exception.response["Error"]["Message"])
        pool(MfaConfiguration="OFF")

    def test_a_client_is_made_read_changed_listed_and_deleted(self):
        pool_id = pool()
        client_id, secret = client(pool_id, GenerateSecret=True)
        self.assertRegex(client_id, r"^[0-9a-z]{26}$")
        self.assertRegex(secret, r"^[0-9a-z]{51}$")
        found = idp.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)["UserPoolClient"]
        self.assertEqual(found["ClientSecret"], secret)
        idp.update_user_pool_client(UserPoolId=pool_id, ClientId=client_id, ClientName="renamed")
        found = idp.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)["UserPoolClient"]
        self.assertEqual((found["ClientName"], found["ClientSecret"]), ("renamed", secret))
        others = {client(pool_id)[0] for _ in range(2)}
        pages = idp.get_paginator("list_user_pool_clients").paginate(
            UserPoolId=pool_id, PaginationConfig={"PageSize": 2}
        )
        listed = [each["ClientId"] for page in pages for each in page["UserPoolClients"]]
        self.assertEqual((set(listed), len(listed)), ({client_id} | others, 3))
        idp.delete_user_pool_client(UserPoolId=pool_id, ClientId=client_id)
        with self.assertRaises(idp.exceptions.ResourceNotFoundException):
            idp.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)

    def test_a_domain_belongs_to_one_pool(self):
        pool_id, prefix = pool(), name("gate")
        self.assertNotIn("UserPoolId", idp.describe_user_pool_domain(Domain=prefix)["DomainDescription"])
        idp.create_user_pool_domain(Domain=prefix, UserPoolId=pool_id)
        found = idp.describe_user_pool_domain(Domain=prefix)["DomainDescription"]
        self.assertEqual((found["UserPoolId"], found["Status"]), (pool_id, "ACTIVE"))
        with self.assertRaises(idp.exceptions.InvalidParameterException):
            idp.create_user_pool_domain(Domain=prefix, UserPoolId=pool())
        idp.delete_user_pool_domain(Domain=prefix, UserPoolId=pool_id)
        idp.create_user_pool_domain(Domain=prefix, UserPoolId=pool())

    def test_branding_is_kept_as_it_was_given(self):
        pool_id = pool()
        idp.create_user_pool_domain(Domain=name("gate"), UserPoolId=pool_id)
        css = ".submitButton-customizable {background-color: #0c7c8c;}"
        set_to = idp.set_ui_customization(UserPoolId=pool_id, CSS=css, ImageFile=PIXEL)["UICustomization"]
        found = idp.get_ui_customization(UserPoolId=pool_id)["UICustomization"]
        self.assertEqual((found["CSS"], found["ClientId"]), (css, "ALL"))
        self.assertEqual(found["ImageUrl"], set_to["ImageUrl"])
        with urllib.request.urlopen(found["ImageUrl"], timeout=30) as logo:
            self.assertEqual(logo.headers["Content-Type"], "image/png")
        with self.assertRaises(idp.exceptions.InvalidParameterException):
            idp.set_ui_customization(UserPoolId=pool_id, CSS="@import url(https://example.com/x.css);")


class Signatures(unittest.TestCase):
    def test_a_wrong_secret_opens_nothing(self):
        import boto3

        stranger = boto3.client("cognito-idp", aws_secret_access_key="x" * 40, aws_access_key_id="AKIA" + "A" * 16)
        with self.assertRaises(ClientError) as refused:
            stranger.list_user_pools(MaxResults=1)
        self.assertEqual(refused.exception.response["Error"]["Code"], "UnrecognizedClientException")

    def test_an_unsigned_admin_call_is_refused(self):
        from deployment import public_idp

        with self.assertRaises(ClientError) as refused:
            public_idp.list_user_pools(MaxResults=1)
        self.assertEqual(refused.exception.response["Error"]["Code"], "MissingAuthenticationTokenException")


if __name__ == "__main__":
    unittest.main()
