"""The deployment under test, as boto3 sees it: endpoint and key come from the environment, as for anybody."""

import json
import os
import re
import urllib.parse
import urllib.request
import uuid

import boto3
from botocore import UNSIGNED
from botocore.config import Config

PASSWORD = "Tide-and-gate-1"

_once = Config(retries={"total_max_attempts": 1})

idp = boto3.client("cognito-idp", config=_once)
identity = boto3.client("cognito-identity", config=_once)
iam = boto3.client("iam", config=_once)
sts = boto3.client("sts", config=_once)

# What a browser or a phone has: no key at all.
_nobody = Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1})
public_idp = boto3.client("cognito-idp", config=_nobody)
public_identity = boto3.client("cognito-identity", config=_nobody)
public_sts = boto3.client("sts", config=_nobody)


def name(of):
    """A name that no other test has."""
    return f"{of}-{uuid.uuid4().hex[:12]}"


def address():
    return f"{name('person')}@example.com"


def messages(to):
    """The messages to one address, the newest first."""
    url = f"{os.environ['TIDEGATE_OUTBOX']}?{urllib.parse.urlencode({'to': to})}"
    request = urllib.request.Request(url, headers={"Accept": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return [message for message in json.load(answer) if message["to"] == to]


def code(to):
    """The code in the newest message to an address."""
    return re.search(r"\b\d{6}\b", messages(to)[0]["body"]).group()


def advance(seconds):
    """Moves the deployment's clock on."""
    request = urllib.request.Request(
        f"{os.environ['AWS_ENDPOINT_URL']}/_tidegate/clock",
        data=json.dumps({"advance": seconds}).encode(),
        headers={"Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=30).close()


def pool(**settings):
    """A user pool's id."""
    settings = {"AutoVerifiedAttributes": ["email"], **settings}
    return idp.create_user_pool(PoolName=name("pool"), **settings)["UserPool"]["Id"]


def client(pool_id, **settings):
    """A client's id, and its secret if it has one."""
    settings = {"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], **settings}
    made = idp.create_user_pool_client(UserPoolId=pool_id, ClientName="test", **settings)["UserPoolClient"]
    return made["ClientId"], made.get("ClientSecret")


def person(pool_id, username, **attributes):
    """A confirmed person whose password is PASSWORD."""
    listed = [{"Name": key, "Value": value} for key, value in attributes.items()]
    idp.admin_create_user(UserPoolId=pool_id, Username=username, UserAttributes=listed, MessageAction="SUPPRESS")
    idp.admin_set_user_password(UserPoolId=pool_id, Username=username, Password=PASSWORD, Permanent=True)


def sign_in(client_id, username, password=PASSWORD):
    """What InitiateAuth answers to a name and a password."""
    return public_idp.initiate_auth(
        ClientId=client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": username, "PASSWORD": password},
    )


def values(attributes):
    return {each["Name"]: each["Value"] for each in attributes}
