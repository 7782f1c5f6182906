//! The inputs of cognito-sync: shapes alike are written once, under the first one's name.
// Written by build/model.py from botocore 1.44.5. Do not edit.

use super::super::pattern;
use super::super::shape::{Shape, list, long, m, map, one_of, structure, text, whole};

/// By name, in order.
pub(in super::super) static OPERATIONS: &[(&str, &Shape)] = &[
    ("BulkPublish", &BULK_PUBLISH_REQUEST),
    ("DeleteDataset", &DELETE_DATASET_REQUEST),
    ("DescribeDataset", &DELETE_DATASET_REQUEST),
    ("DescribeIdentityPoolUsage", &BULK_PUBLISH_REQUEST),
    ("DescribeIdentityUsage", &DESCRIBE_IDENTITY_USAGE_REQUEST),
    ("GetBulkPublishDetails", &BULK_PUBLISH_REQUEST),
    ("GetCognitoEvents", &BULK_PUBLISH_REQUEST),
    ("GetIdentityPoolConfiguration", &BULK_PUBLISH_REQUEST),
    ("ListDatasets", &LIST_DATASETS_REQUEST),
    ("ListIdentityPoolUsage", &LIST_IDENTITY_POOL_USAGE_REQUEST),
    ("ListRecords", &LIST_RECORDS_REQUEST),
    ("RegisterDevice", &REGISTER_DEVICE_REQUEST),
    ("SetCognitoEvents", &SET_COGNITO_EVENTS_REQUEST),
    ("SetIdentityPoolConfiguration", &SET_IDENTITY_POOL_CONFIGURATION_REQUEST),
    ("SubscribeToDataset", &SUBSCRIBE_TO_DATASET_REQUEST),
    ("UnsubscribeFromDataset", &SUBSCRIBE_TO_DATASET_REQUEST),
    ("UpdateRecords", &UPDATE_RECORDS_REQUEST),
];

/// Method, path and operation; what is in braces stands for one segment.
pub(in super::super) static ROUTES: &[(&str, &str, &str)] = &[
    ("POST", "/identitypools/{IdentityPoolId}/bulkpublish", "BulkPublish"),
    ("DELETE", "/identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets/{DatasetName}", "DeleteDataset"),
    ("GET", "/identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets/{DatasetName}", "DescribeDataset"),
    ("GET", "/identitypools/{IdentityPoolId}", "DescribeIdentityPoolUsage"),
    ("GET", "/identitypools/{IdentityPoolId}/identities/{IdentityId}", "DescribeIdentityUsage"),
    ("POST", "/identitypools/{IdentityPoolId}/getBulkPublishDetails", "GetBulkPublishDetails"),
    ("GET", "/identitypools/{IdentityPoolId}/events", "GetCognitoEvents"),
    ("GET", "/identitypools/{IdentityPoolId}/configuration", "GetIdentityPoolConfiguration"),
    ("GET", "/identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets", "ListDatasets"),
    ("GET", "/identitypools", "ListIdentityPoolUsage"),
    ("GET", "/identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets/{DatasetName}/records", "ListRecords"),
    ("POST", "/identitypools/{IdentityPoolId}/identity/{IdentityId}/device", "RegisterDevice"),
    ("POST", "/identitypools/{IdentityPoolId}/events", "SetCognitoEvents"),
    ("POST", "/identitypools/{IdentityPoolId}/configuration", "SetIdentityPoolConfiguration"),
    ("POST", "/identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets/{DatasetName}/subscriptions/{DeviceId}", "SubscribeToDataset"),
    ("DELETE", "/identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets/{DatasetName}/subscriptions/{DeviceId}", "UnsubscribeFromDataset"),
    ("POST", "/identitypools/{IdentityPoolId}/identities/{IdentityId}/datasets/{DatasetName}", "UpdateRecords"),
];

static IDENTITY_POOL_ID: Shape = text().min(1).max(55).like(&pattern::IDENTITY_ID);
static BULK_PUBLISH_REQUEST: Shape = structure(1, &[m("IdentityPoolId", &IDENTITY_POOL_ID)]);
static DATASET_NAME: Shape = text().min(1).max(128).like(&pattern::DATASET);
static DELETE_DATASET_REQUEST: Shape = structure(3, &[m("IdentityPoolId", &IDENTITY_POOL_ID), m("IdentityId", &IDENTITY_POOL_ID), m("DatasetName", &DATASET_NAME)]);
static DESCRIBE_IDENTITY_USAGE_REQUEST: Shape = structure(2, &[m("IdentityPoolId", &IDENTITY_POOL_ID), m("IdentityId", &IDENTITY_POOL_ID)]);
static TEXT: Shape = text();
static INTEGER_STRING: Shape = whole(None, None);
static LIST_DATASETS_REQUEST: Shape = structure(2, &[m("IdentityPoolId", &IDENTITY_POOL_ID), m("IdentityId", &IDENTITY_POOL_ID), m("NextToken", &TEXT), m("MaxResults", &INTEGER_STRING)]);
static LIST_IDENTITY_POOL_USAGE_REQUEST: Shape = structure(0, &[m("NextToken", &TEXT), m("MaxResults", &INTEGER_STRING)]);
static LONG: Shape = long(None, None);
static LIST_RECORDS_REQUEST: Shape = structure(3, &[m("IdentityPoolId", &IDENTITY_POOL_ID), m("IdentityId", &IDENTITY_POOL_ID), m("DatasetName", &DATASET_NAME), m("LastSyncCount", &LONG), m("NextToken", &TEXT), m("MaxResults", &INTEGER_STRING), m("SyncSessionToken", &TEXT)]);
static PLATFORM: Shape = one_of(&["APNS", "APNS_SANDBOX", "GCM", "ADM"]);
static REGISTER_DEVICE_REQUEST: Shape = structure(4, &[m("IdentityPoolId", &IDENTITY_POOL_ID), m("IdentityId", &IDENTITY_POOL_ID), m("Platform", &PLATFORM), m("Token", &TEXT)]);
static EVENTS: Shape = map(&TEXT, &TEXT).max(1);
static SET_COGNITO_EVENTS_REQUEST: Shape = structure(2, &[m("IdentityPoolId", &IDENTITY_POOL_ID), m("Events", &EVENTS)]);
static APPLICATION_ARN: Shape = text().like(&pattern::PUSH_ARN);
static APPLICATION_ARN_LIST: Shape = list(&APPLICATION_ARN);
static ASSUME_ROLE_ARN: Shape = text().min(20).max(2_048).like(&pattern::ROLE_ARN);
static PUSH_SYNC: Shape = structure(0, &[m("ApplicationArns", &APPLICATION_ARN_LIST), m("RoleArn", &ASSUME_ROLE_ARN)]);
static STREAM_NAME: Shape = text().min(1).max(128);
static STREAMING_STATUS: Shape = one_of(&["ENABLED", "DISABLED"]);
static COGNITO_STREAMS: Shape = structure(0, &[m("StreamName", &STREAM_NAME), m("RoleArn", &ASSUME_ROLE_ARN), m("StreamingStatus", &STREAMING_STATUS)]);
static SET_IDENTITY_POOL_CONFIGURATION_REQUEST: Shape = structure(1, &[m("IdentityPoolId", &IDENTITY_POOL_ID), m("PushSync", &PUSH_SYNC), m("CognitoStreams", &COGNITO_STREAMS)]);
static DEVICE_ID: Shape = text().min(1).max(256);
static SUBSCRIBE_TO_DATASET_REQUEST: Shape = structure(4, &[m("IdentityPoolId", &IDENTITY_POOL_ID), m("IdentityId", &IDENTITY_POOL_ID), m("DatasetName", &DATASET_NAME), m("DeviceId", &DEVICE_ID)]);
static OPERATION: Shape = one_of(&["replace", "remove"]);
static RECORD_KEY: Shape = text().min(1).max(1_024);
static RECORD_VALUE: Shape = text().max(1_048_575);
static DATE: Shape = Shape::Instant;
static RECORD_PATCH: Shape = structure(3, &[m("Op", &OPERATION), m("Key", &RECORD_KEY), m("SyncCount", &LONG), m("Value", &RECORD_VALUE), m("DeviceLastModifiedDate", &DATE)]);
static RECORD_PATCH_LIST: Shape = list(&RECORD_PATCH);
static UPDATE_RECORDS_REQUEST: Shape = structure(4, &[m("IdentityPoolId", &IDENTITY_POOL_ID), m("IdentityId", &IDENTITY_POOL_ID), m("DatasetName", &DATASET_NAME), m("SyncSessionToken", &TEXT), m("DeviceId", &DEVICE_ID), m("RecordPatches", &RECORD_PATCH_LIST), m("ClientContext", &TEXT)]);
