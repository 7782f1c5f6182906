//! The inputs of iam: shapes alike are written once, under the first one's name.
// Written by build/model.py from botocore 1.44.5. Do not edit.

use super::super::pattern;
use super::super::shape::{Shape, list, m, structure, text, whole};

/// By name, in order.
pub(in super::super) static OPERATIONS: &[(&str, &Shape)] = &[
    ("CreateRole", &CREATE_ROLE_REQUEST),
    ("DeleteRole", &DELETE_ROLE_REQUEST),
    ("DeleteRolePolicy", &DELETE_ROLE_POLICY_REQUEST),
    ("GetRole", &DELETE_ROLE_REQUEST),
    ("GetRolePolicy", &DELETE_ROLE_POLICY_REQUEST),
    ("ListRolePolicies", &LIST_ROLE_POLICIES_REQUEST),
    ("ListRoles", &LIST_ROLES_REQUEST),
    ("PutRolePolicy", &PUT_ROLE_POLICY_REQUEST),
];

static ROLE_NAME_TYPE: Shape = text().min(1).max(64).like(&pattern::ROLE_NAME);
static POLICY_DOCUMENT_TYPE: Shape = text().min(1).max(131_072).like(&pattern::POLICY);
static PATH_TYPE: Shape = text().min(1).max(512).like(&pattern::PATH);
static ROLE_DESCRIPTION_TYPE: Shape = text().max(1_000).like(&pattern::DESCRIPTION);
static ROLE_MAX_SESSION_DURATION_TYPE: Shape = whole(Some(3_600), Some(43_200));
static ARN_TYPE: Shape = text().min(20).max(2_048);
static TAG_KEY_TYPE: Shape = text().min(1).max(128).like(&pattern::TAG_KEY);
static TAG_VALUE_TYPE: Shape = text().max(256).like(&pattern::TAG_VALUE);
static TAG: Shape = structure(2, &[m("Key", &TAG_KEY_TYPE), m("Value", &TAG_VALUE_TYPE)]);
static TAG_LIST_TYPE: Shape = list(&TAG).max(50);
static CREATE_ROLE_REQUEST: Shape = structure(2, &[m("RoleName", &ROLE_NAME_TYPE), m("AssumeRolePolicyDocument", &POLICY_DOCUMENT_TYPE), m("Path", &PATH_TYPE), m("Description", &ROLE_DESCRIPTION_TYPE), m("MaxSessionDuration", &ROLE_MAX_SESSION_DURATION_TYPE), m("PermissionsBoundary", &ARN_TYPE), m("Tags", &TAG_LIST_TYPE)]);
static DELETE_ROLE_REQUEST: Shape = structure(1, &[m("RoleName", &ROLE_NAME_TYPE)]);
static POLICY_NAME_TYPE: Shape = text().min(1).max(128).like(&pattern::ROLE_NAME);
static DELETE_ROLE_POLICY_REQUEST: Shape = structure(2, &[m("RoleName", &ROLE_NAME_TYPE), m("PolicyName", &POLICY_NAME_TYPE)]);
static MARKER_TYPE: Shape = text().min(1).max(320).like(&pattern::MARKER);
static MAX_ITEMS_TYPE: Shape = whole(Some(1), Some(1_000));
static LIST_ROLE_POLICIES_REQUEST: Shape = structure(1, &[m("RoleName", &ROLE_NAME_TYPE), m("Marker", &MARKER_TYPE), m("MaxItems", &MAX_ITEMS_TYPE)]);
static PATH_PREFIX_TYPE: Shape = text().min(1).max(512).like(&pattern::PATH_PREFIX);
static LIST_ROLES_REQUEST: Shape = structure(0, &[m("PathPrefix", &PATH_PREFIX_TYPE), m("Marker", &MARKER_TYPE), m("MaxItems", &MAX_ITEMS_TYPE)]);
static PUT_ROLE_POLICY_REQUEST: Shape = structure(3, &[m("RoleName", &ROLE_NAME_TYPE), m("PolicyName", &POLICY_NAME_TYPE), m("PolicyDocument", &POLICY_DOCUMENT_TYPE)]);
