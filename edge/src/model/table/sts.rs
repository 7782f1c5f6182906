//! The inputs of sts: shapes alike are written once, under the first one's name.
// Written by build/model.py from botocore 1.44.5. Do not edit.

use super::super::pattern;
use super::super::shape::{Shape, list, m, structure, text, whole};

/// By name, in order.
pub(in super::super) static OPERATIONS: &[(&str, &Shape)] = &[
    ("AssumeRoleWithWebIdentity", &ASSUME_ROLE_WITH_WEB_IDENTITY_REQUEST),
    ("GetCallerIdentity", &GET_CALLER_IDENTITY_REQUEST),
];

static ARN_TYPE: Shape = text().min(20).max(2_048).like(&pattern::XML_TEXT);
static ROLE_SESSION_NAME_TYPE: Shape = text().min(2).max(64).like(&pattern::SESSION_NAME);
static CLIENT_TOKEN_TYPE: Shape = text().min(4).max(20_000).secret();
static URL_TYPE: Shape = text().min(4).max(2_048);
static POLICY_DESCRIPTOR_TYPE: Shape = structure(0, &[m("arn", &ARN_TYPE)]);
static POLICY_DESCRIPTOR_LIST_TYPE: Shape = list(&POLICY_DESCRIPTOR_TYPE);
static SESSION_POLICY_DOCUMENT_TYPE: Shape = text().min(1).max(2_048).like(&pattern::POLICY);
static ROLE_DURATION_SECONDS_TYPE: Shape = whole(Some(900), Some(43_200));
static MINIMUM_SESSION_TOKEN_SIZE_TYPE: Shape = whole(Some(0), Some(4_096));
static ASSUME_ROLE_WITH_WEB_IDENTITY_REQUEST: Shape = structure(3, &[m("RoleArn", &ARN_TYPE), m("RoleSessionName", &ROLE_SESSION_NAME_TYPE), m("WebIdentityToken", &CLIENT_TOKEN_TYPE), m("ProviderId", &URL_TYPE), m("PolicyArns", &POLICY_DESCRIPTOR_LIST_TYPE), m("Policy", &SESSION_POLICY_DOCUMENT_TYPE), m("DurationSeconds", &ROLE_DURATION_SECONDS_TYPE), m("MinimumSessionTokenSize", &MINIMUM_SESSION_TOKEN_SIZE_TYPE)]);
static GET_CALLER_IDENTITY_REQUEST: Shape = structure(0, &[]);
