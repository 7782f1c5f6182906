//! Roles and their inline policies.

use super::Plain::Text;
use super::{Entry, Rule, empty, honoured, only, operation, refused};

const ROLE_NAME: Rule = honoured("RoleName");
const POLICY_NAME: Rule = honoured("PolicyName");
const NO_PATHS: &str = "every role stands at `/`";

pub(super) const BUILT: &[Entry] = &[
    operation(
        "CreateRole",
        &[
            only("Path", &[Text("/")], NO_PATHS),
            ROLE_NAME,
            honoured("AssumeRolePolicyDocument"),
            honoured("Description"),
            honoured("MaxSessionDuration"),
            refused("PermissionsBoundary", "there are no permissions boundaries"),
            empty("Tags", "roles have no tags"),
        ],
    ),
    operation("GetRole", &[ROLE_NAME]),
    operation(
        "ListRoles",
        &[only("PathPrefix", &[Text("/")], NO_PATHS), honoured("Marker"), honoured("MaxItems")],
    ),
    operation("DeleteRole", &[ROLE_NAME]),
    operation("PutRolePolicy", &[ROLE_NAME, POLICY_NAME, honoured("PolicyDocument")]),
    operation("GetRolePolicy", &[ROLE_NAME, POLICY_NAME]),
    operation("ListRolePolicies", &[ROLE_NAME, honoured("Marker"), honoured("MaxItems")]),
    operation("DeleteRolePolicy", &[ROLE_NAME, POLICY_NAME]),
];
