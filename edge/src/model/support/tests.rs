use serde_json::json;

use super::super::shape::Shape;
use super::*;

const SERVICES: [Service; 5] = [Service::Idp, Service::Identity, Service::Sync, Service::Sts, Service::Iam];

/// What a rule's members are to be compared with: the structure itself, or the one in a list or map.
fn inner(shape: &'static Shape) -> &'static Shape {
    match shape {
        Shape::List { element, .. } => inner(element),
        Shape::Map { value, .. } => inner(value),
        other => other,
    }
}

/// Names every member without a rule, every rule without a member, and every structure waved through whole.
fn gaps(path: &str, shape: &'static Shape, rules: &[Rule], found: &mut Vec<String>) {
    let Shape::Structure { members, .. } = shape else {
        found.push(format!("{path} has members in the table alone"));
        return;
    };
    for member in *members {
        let path = format!("{path}.{}", member.name);
        let nested = matches!(inner(member.shape), Shape::Structure { .. });
        match rules.iter().filter(|rule| rule.member == member.name).collect::<Vec<_>>()[..] {
            [rule] => match rule.stance {
                Stance::Within(rules) if nested => gaps(&path, inner(member.shape), rules, found),
                Stance::Within(_) if matches!(member.shape, Shape::Map { .. }) => {}
                Stance::Within(_) => found.push(format!("{path} has nothing within")),
                Stance::Honoured if nested => found.push(format!("{path} is honoured whole")),
                _ => {}
            },
            [] => found.push(format!("{path} has no rule")),
            _ => found.push(format!("{path} has several rules")),
        }
    }
    let strays = rules.iter().filter(|rule| members.iter().all(|member| member.name != rule.member));
    found.extend(strays.map(|rule| format!("{path}.{} is not in the model", rule.member)));
}

#[test]
fn every_member_of_every_built_operation_has_its_rule() {
    let mut found = Vec::new();
    for service in SERVICES {
        for entry in built(service) {
            let operation = service.operation(entry.name).expect(entry.name);
            gaps(entry.name, operation.input, entry.input, &mut found);
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_missing_rule_and_a_stray_one_are_found() {
    let operation = Service::Idp.operation("ListUserPools").unwrap();
    let mut found = Vec::new();
    gaps("ListUserPools", operation.input, &[honoured("MaxResults"), honoured("Colour")], &mut found);
    assert_eq!(found, ["ListUserPools.NextToken has no rule", "ListUserPools.Colour is not in the model"]);
}

#[test]
fn every_value_a_rule_allows_is_one_the_model_allows() {
    fn walk(path: &str, shape: &'static Shape, rules: &[Rule]) {
        let Shape::Structure { members, .. } = shape else { return };
        for rule in rules {
            let Some(member) = members.iter().find(|member| member.name == rule.member) else { continue };
            let shape = inner(member.shape);
            let path = format!("{path}.{}", rule.member);
            match (&rule.stance, shape) {
                (Stance::Within(rules), shape) => walk(&path, shape, rules),
                (Stance::Only(values, _), Shape::Text(text)) if !text.allowed.is_empty() => {
                    for value in *values {
                        let known = match value {
                            Plain::Text(value) => text.allowed.contains(value),
                            Plain::Empty => true,
                            Plain::Is(_) | Plain::Number(_) => false,
                        };
                        assert!(known, "{path}: {value:?}");
                    }
                }
                _ => {}
            }
        }
    }
    for service in SERVICES {
        for entry in built(service) {
            walk(entry.name, service.operation(entry.name).unwrap().input, entry.input);
        }
    }
}

fn refused(service: Service, name: &str, input: &Value) -> Option<String> {
    service.operation(name).unwrap().check_supported(input).err().map(|unsupported| unsupported.member)
}

#[test]
fn what_the_console_sends_by_default_is_supported() {
    let input = json!({
        "PoolName": "demo",
        "Policies": {
            "PasswordPolicy": {"MinimumLength": 8, "RequireSymbols": true, "PasswordHistorySize": 0},
            "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]},
        },
        "LambdaConfig": {},
        "MfaConfiguration": "OFF",
        "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
        "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"},
        "Schema": [{"Name": "email", "Required": true, "DeveloperOnlyAttribute": false}],
        "UserPoolAddOns": {"AdvancedSecurityMode": "OFF"},
        "UserPoolTier": "ESSENTIALS",
        "DeviceConfiguration": null,
    });
    assert_eq!(refused(Service::Idp, "CreateUserPool", &input), None);
}

#[test]
fn a_parameter_we_would_not_honour_is_refused_by_name() {
    for (input, member) in [
        (json!({"MfaConfiguration": "ON"}), "MfaConfiguration"),
        (
            json!({"Policies": {"PasswordPolicy": {"PasswordHistorySize": 5}}}),
            "Policies.PasswordPolicy.PasswordHistorySize",
        ),
        (json!({"LambdaConfig": {"PreSignUp": "arn:aws:lambda:us-east-1:1:function:f"}}), "LambdaConfig"),
        (json!({"DeviceConfiguration": {}}), "DeviceConfiguration"),
        (
            json!({"Schema": [{"Name": "a"}, {"DeveloperOnlyAttribute": true}]}),
            "Schema.DeveloperOnlyAttribute",
        ),
        (
            json!({"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}}),
            "Policies.SignInPolicy.AllowedFirstAuthFactors",
        ),
        (json!({"Colour": "red"}), "Colour"),
        (json!({"Policies": {"Colour": "red"}}), "Policies.Colour"),
    ] {
        assert_eq!(refused(Service::Idp, "CreateUserPool", &input).as_deref(), Some(member));
    }
}

#[test]
fn what_feeds_features_that_are_off_passes_even_where_the_model_does_not_have_it() {
    let input = json!({"AccessToken": "a.b.c", "ClientMetadata": {"from": "an older SDK"}});
    assert_eq!(refused(Service::Idp, "DeleteUser", &input), None);
}

#[test]
fn auth_parameters_are_held_to_their_keys() {
    let sign_in = |key: &str| {
        let input = json!({"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": "a", key: "b"}});
        refused(Service::Idp, "InitiateAuth", &input)
    };
    assert_eq!(sign_in("PASSWORD"), None);
    assert_eq!(sign_in("DEVICE_KEY"), None);
    assert_eq!(sign_in("SRP_A").as_deref(), Some("AuthParameters.SRP_A"));
    let answer = json!({"ChallengeResponses": {"userAttributes.name": "b"}});
    assert_eq!(refused(Service::Idp, "RespondToAuthChallenge", &answer), None);
}

#[test]
fn a_flow_that_is_not_built_is_refused_when_used_and_stored_on_a_client() {
    let used = json!({"AuthFlow": "USER_SRP_AUTH"});
    assert_eq!(refused(Service::Idp, "InitiateAuth", &used).as_deref(), Some("AuthFlow"));
    let stored = json!({"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"], "AllowedOAuthFlows": []});
    assert_eq!(refused(Service::Idp, "CreateUserPoolClient", &stored), None);
    let implicit = json!({"AllowedOAuthFlows": ["code", "implicit"]});
    assert_eq!(
        refused(Service::Idp, "CreateUserPoolClient", &implicit).as_deref(),
        Some("AllowedOAuthFlows")
    );
}

#[test]
fn a_session_policy_is_refused_rather_than_dropped() {
    let input = json!({"Policy": "{}"});
    assert_eq!(refused(Service::Sts, "AssumeRoleWithWebIdentity", &input).as_deref(), Some("Policy"));
}

#[test]
fn an_echoed_name_is_short_and_without_controls() {
    let input = json!({ "\u{1b}[31m".to_owned() + &"x".repeat(1_000): 1 });
    let member = refused(Service::Idp, "GetUser", &input).unwrap();
    assert!(member.len() == MAX_ECHO && member.starts_with("[31m"));
}
