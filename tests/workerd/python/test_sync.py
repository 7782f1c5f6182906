"""Cognito Sync, of which nothing is built yet: every operation is refused by its own name, and none by the gate's 404."""

import unittest

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from deployment import idp

sync = boto3.client("cognito-sync", config=Config(retries={"total_max_attempts": 1}))

ID = "us-east-1:6f1c9e2e-0000-4000-8000-3c0ffee00000"
VALUES = {"string": ID, "integer": 1, "long": 1, "boolean": True, "map": {}, "list": []}
NAMES = {"DatasetName": "notes", "Platform": "GCM", "DeviceId": "device", "Events": {"SyncTrigger": ""}}


def least(operation):
    """Input with what the model requires, and no more."""
    shape = sync.meta.service_model.operation_model(operation).input_shape
    required = shape.required_members if shape else []
    return {name: NAMES.get(name, VALUES.get(shape.members[name].type_name)) for name in required}


class Operations(unittest.TestCase):
    def test_each_is_refused_by_its_name(self):
        methods = {sync.meta.method_to_api_mapping[name]: name for name in sync.meta.method_to_api_mapping}
        self.assertEqual(len(methods), 17)
        for operation, method in methods.items():
            with self.subTest(operation), self.assertRaises(ClientError) as refused:
                getattr(sync, method)(**least(operation))
            answer = refused.exception.response
            self.assertEqual(answer["Error"]["Code"], "UnknownOperationException")
            self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 400)
            self.assertIn(operation, answer["Error"]["Message"].split())

    def test_the_other_apis_do_so_too(self):
        with self.assertRaises(ClientError) as refused:
            idp.create_group(UserPoolId="us-east-1_AbC123xyz", GroupName="admin")
        self.assertEqual(refused.exception.response["Error"]["Code"], "UnknownOperationException")
        self.assertIn("CreateGroup", refused.exception.response["Error"]["Message"].split())


if __name__ == "__main__":
    unittest.main()
