//! A person's life in a pool, from sign-up to deletion, by the API.

use serde_json::json;
use tests::World;
use tests::person::{PASSWORD, Pool};

#[test]
fn a_person_signs_up_confirms_signs_in_refreshes_and_signs_out() {
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let pool = Pool::new(&world);
        let signed_up = pool.sign_up("ann", "ann@example.com").ok();
        assert_eq!(signed_up["UserConfirmed"], false);
        assert_eq!(signed_up["CodeDeliveryDetails"]["Destination"], "a***@e***");
        pool.sign_in("ann", PASSWORD).fails("UserNotConfirmedException");
        pool.confirm("ann", &world.code("ann@example.com")).ok();
        let tokens = pool.tokens("ann");
        let got = world.idp("GetUser", &json!({ "AccessToken": tokens["AccessToken"] })).ok();
        assert_eq!(got["Username"], "ann");
        let attribute = |name: &str| {
            let all = got["UserAttributes"].as_array().unwrap();
            all.iter().find(|a| a["Name"] == name).map(|a| a["Value"].clone())
        };
        assert_eq!(attribute("sub"), Some(signed_up["UserSub"].clone()));
        assert_eq!(attribute("email_verified"), Some(json!("true")));
        let refreshed = world.idp(
            "InitiateAuth",
            &json!({
                "ClientId": pool.client,
                "AuthFlow": "REFRESH_TOKEN_AUTH",
                "AuthParameters": { "REFRESH_TOKEN": tokens["RefreshToken"] },
            }),
        );
        let refreshed = refreshed.ok()["AuthenticationResult"].clone();
        assert!(refreshed.get("RefreshToken").is_none(), "without rotation the token stays");
        world.idp("GetUser", &json!({ "AccessToken": refreshed["AccessToken"] })).ok();
        world.idp("GlobalSignOut", &json!({ "AccessToken": refreshed["AccessToken"] })).ok();
        for token in [&tokens["AccessToken"], &refreshed["AccessToken"]] {
            world.idp("GetUser", &json!({ "AccessToken": token })).fails("NotAuthorizedException");
        }
        let refresh = pool.refresh_input(tokens["RefreshToken"].as_str().unwrap());
        world.idp("GetTokensFromRefreshToken", &refresh).fails("NotAuthorizedException");
    }
}

#[test]
fn a_forgotten_password_is_replaced_by_a_code_and_the_old_one_stops() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    world.idp("ForgotPassword", &json!({ "ClientId": pool.client, "Username": "ann" })).ok();
    let reset = |code: &str| {
        world.idp(
            "ConfirmForgotPassword",
            &json!({
                "ClientId": pool.client,
                "Username": "ann",
                "ConfirmationCode": code,
                "Password": "Another-horse-8",
            }),
        )
    };
    let code = world.code("ann@example.com");
    let wrong = if code == "000000" { "000001" } else { "000000" };
    reset(wrong).fails("CodeMismatchException");
    pool.sign_in("ann", PASSWORD).ok();
    reset(&code).ok();
    reset(&code).fails("ExpiredCodeException");
    pool.sign_in("ann", PASSWORD).fails("NotAuthorizedException");
    pool.sign_in("ann", "Another-horse-8").ok();
}

#[test]
fn a_password_is_changed_by_whoever_knows_the_old_one() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    let tokens = pool.tokens("ann");
    let change = |old: &str, new: &str| {
        let input =
            json!({ "AccessToken": tokens["AccessToken"], "PreviousPassword": old, "ProposedPassword": new });
        world.idp("ChangePassword", &input)
    };
    change("wrong-Horse-9", "Another-horse-8").fails("NotAuthorizedException");
    change(PASSWORD, "short").fails("InvalidPasswordException");
    change(PASSWORD, "Another-horse-8").ok();
    pool.sign_in("ann", PASSWORD).fails("NotAuthorizedException");
    pool.sign_in("ann", "Another-horse-8").ok();
}

#[test]
fn an_invited_person_chooses_a_password_and_is_in() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    let invite = json!({
        "UserPoolId": pool.id,
        "Username": "ben",
        "UserAttributes": [{ "Name": "email", "Value": "ben@example.com" }, { "Name": "email_verified", "Value": "true" }],
        "DesiredDeliveryMediums": ["EMAIL"],
    });
    let made = world.operate("AdminCreateUser", &invite).ok();
    assert_eq!(made["User"]["UserStatus"], "FORCE_CHANGE_PASSWORD");
    let body = world.messages("ben@example.com")[0].message.body.clone();
    let temporary = body.split("temporary password is ").nth(1).unwrap().trim_end_matches('.');
    // The mail ends its sentence with a dot, and so may the password.
    let challenge = pool.sign_in("ben", temporary).ok();
    assert_eq!(challenge["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    let answer = json!({
        "ClientId": pool.client,
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": "ben", "NEW_PASSWORD": PASSWORD },
    });
    assert!(world.idp("RespondToAuthChallenge", &answer).ok()["AuthenticationResult"]["IdToken"].is_string());
    world.idp("RespondToAuthChallenge", &answer).fails("NotAuthorizedException");
    pool.tokens("ben");
}

/// An administrator has said that an address is proven: of that address, not of one that the person brings.
#[test]
fn an_invited_person_brings_what_is_missing_and_changes_nothing() {
    let world = World::with_shards(3);
    let pool = Pool::with(&world, &json!({ "AliasAttributes": ["preferred_username"] }), &json!({}));
    let invite = |name: &str, attributes: &[(&str, &str)]| {
        let attributes: Vec<_> = attributes.iter().map(|(n, v)| json!({ "Name": n, "Value": v })).collect();
        let input = json!({ "UserPoolId": pool.id, "Username": name, "TemporaryPassword": "Temporary-7",
            "UserAttributes": attributes });
        world.operate("AdminCreateUser", &input).ok();
    };
    let answer = |name: &str, attribute: &str, value: &str| {
        let mut responses = json!({ "USERNAME": name, "NEW_PASSWORD": PASSWORD });
        responses[format!("userAttributes.{attribute}")] = json!(value);
        let session = pool.sign_in(name, "Temporary-7").ok()["Session"].clone();
        let input = json!({ "ClientId": pool.client, "ChallengeName": "NEW_PASSWORD_REQUIRED",
            "Session": session, "ChallengeResponses": responses });
        world.idp("RespondToAuthChallenge", &input)
    };
    let proven = ("email_verified", "true");
    invite("ann", &[("email", "ann@example.com"), proven]);
    let refused = answer("ann", "email", "victim@example.com");
    refused.fails("NotAuthorizedException");
    assert!(refused.text().contains("Cannot modify an already provided email"), "{}", refused.text());
    answer("ann", "preferred_username", "annie").fails("InvalidParameterException");
    answer("ann", "email", "ann@example.com").ok();
    let attributes = |name: &str| pool.user(name).ok()["UserAttributes"].to_string();
    assert!(
        attributes("ann").contains(r#"{"Name":"email_verified","Value":"true"}"#),
        "said again, it stays"
    );
    // What was said to be proven before there was anything is not proven now.
    invite("ben", &[proven]);
    answer("ben", "email", "victim@example.com").ok();
    assert!(
        attributes("ben").contains(r#"{"Name":"email_verified","Value":"false"}"#),
        "{}",
        attributes("ben")
    );
    invite("cleo", &[("nickname", "C")]);
    answer("cleo", "nickname", "").ok();
    assert!(attributes("cleo").contains(r#"{"Name":"nickname","Value":"C"}"#), "an empty value is none");
}

#[test]
fn a_proven_address_is_a_name_where_the_pool_has_such_aliases() {
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let pool = Pool::with(
            &world,
            &json!({ "AliasAttributes": ["email", "preferred_username"], "UsernameConfiguration": { "CaseSensitive": false } }),
            &json!({}),
        );
        for n in 0..8 {
            let (name, email) = (format!("user{n}"), format!("User{n}@example.com"));
            pool.sign_up(&name, &email).ok();
            // Not proven yet: the address names nobody, and says no more than a wrong password would.
            assert_ne!(pool.sign_in(&email, PASSWORD).status, 200);
            pool.confirm(&name, &world.code(&email)).ok();
            pool.tokens(&email);
            pool.tokens(&email.to_lowercase());
            pool.tokens(&name);
        }
        // Somebody else may say it is theirs, but not prove it.
        pool.sign_up("thief", "user0@example.com").ok();
        pool.confirm("thief", &world.code("user0@example.com")).fails("AliasExistsException");
        assert_eq!(pool.user("user0@example.com").ok()["Username"], "user0");
        // Whoever is deleted leaves the address free.
        world.operate("AdminDeleteUser", &json!({ "UserPoolId": pool.id, "Username": "user0" })).ok();
        pool.confirm("thief", &world.code("user0@example.com")).ok();
        assert_eq!(pool.user("user0@example.com").ok()["Username"], "thief");
    }
}

#[test]
fn where_addresses_are_usernames_the_person_signs_in_with_theirs() {
    let world = World::with_shards(3);
    let pool = Pool::with(
        &world,
        &json!({ "UsernameAttributes": ["email"], "UsernameConfiguration": { "CaseSensitive": false } }),
        &json!({}),
    );
    let made = pool.sign_up("ann@example.com", "ann@example.com").ok();
    pool.sign_up("Ann@Example.com", "Ann@Example.com").fails("UsernameExistsException");
    pool.sign_up("ann", "ann@example.com").fails("InvalidParameterException");
    pool.confirm("ann@example.com", &world.code("ann@example.com")).ok();
    pool.tokens("ANN@example.com");
    assert_eq!(pool.user("ann@example.com").ok()["Username"], made["UserSub"], "the sub is the username");
    // A new address is a new name at once, and the old one is free.
    let tokens = pool.tokens("ann@example.com");
    let update = json!({
        "AccessToken": tokens["AccessToken"],
        "UserAttributes": [{ "Name": "email", "Value": "ann@example.org" }],
    });
    world.idp("UpdateUserAttributes", &update).ok();
    pool.tokens("ann@example.org");
    // In other letters it is the same name, on whatever shard.
    let capital = json!({
        "AccessToken": tokens["AccessToken"],
        "UserAttributes": [{ "Name": "email", "Value": "Ann@example.org" }],
    });
    world.idp("UpdateUserAttributes", &capital).ok();
    pool.tokens("ann@example.org");
    pool.user("ann@example.com").fails("UserNotFoundException");
    pool.sign_up("ann@example.com", "ann@example.com").ok();
}

#[test]
fn what_somebody_signs_in_with_is_nobody_elses_name_of_any_kind() {
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let aliases = json!({ "AliasAttributes": ["preferred_username", "email"], "UsernameConfiguration": { "CaseSensitive": false } });
        let pool = Pool::with(&world, &aliases, &json!({}));
        let prefer = |name: &str, preferred: &str| {
            let attributes = json!([{ "Name": "preferred_username", "Value": preferred }]);
            let token = pool.tokens(name)["AccessToken"].clone();
            world.idp("UpdateUserAttributes", &json!({ "AccessToken": token, "UserAttributes": attributes }))
        };
        for n in 0..6 {
            let (ann, ben, neo) = (format!("ann{n}"), format!("ben{n}"), format!("neo{n}"));
            let address = |name: &str| format!("{name}@example.com");
            pool.person(&ann, &address(&ann));
            pool.person(&ben, &address(&ben));
            prefer(&ann, &neo).ok();
            prefer(&ann, &neo).ok();
            prefer(&ann, &neo.to_uppercase()).ok();
            let signed_up = pool.sign_up(&neo.to_uppercase(), &address(&neo));
            signed_up.fails("UsernameExistsException");
            assert!(signed_up.text().contains("User already exists"), "{}", signed_up.text());
            let invite = json!({ "UserPoolId": pool.id, "Username": neo, "MessageAction": "SUPPRESS" });
            let invited = world.operate("AdminCreateUser", &invite);
            invited.fails("UsernameExistsException");
            assert!(invited.text().contains("User account already exists"), "{}", invited.text());
            for taken in [&neo, &ann] {
                let refused = prefer(&ben, taken);
                refused.fails("AliasExistsException");
                assert!(refused.text().contains("preferred_username"), "{}", refused.text());
            }
            // An address is a name only to whoever has proven it.
            prefer(&ben, &address(&ann)).fails("InvalidParameterException");
            for name in [&ann, &neo, &address(&ann)] {
                assert_eq!(pool.user(name).ok()["Username"], json!(ann), "{name}");
                pool.tokens(name);
            }
            // Whoever lets go of a name leaves it to all kinds.
            prefer(&ann, &ann).ok();
            pool.person(&neo, &address(&neo));
            assert_eq!(pool.user(&neo).ok()["Username"], json!(neo));
        }
    }
}

/// Else the code would go to the address that the person has, and they would sign in with one that is another's.
#[test]
fn where_an_address_is_the_username_there_is_no_other_address() {
    let world = World::with_shards(3);
    let pool = Pool::with(
        &world,
        &json!({ "UsernameAttributes": ["email", "phone_number"], "UsernameConfiguration": { "CaseSensitive": false } }),
        &json!({}),
    );
    let sign_up = |name: &str, attribute: &str, value: &str| {
        let mut input = pool.sign_up_input(name, None);
        input["UserAttributes"] = json!([{ "Name": attribute, "Value": value }]);
        world.idp("SignUp", &input)
    };
    let invite = |name: &str, attribute: &str, value: &str| {
        let attributes = json!([{ "Name": attribute, "Value": value }]);
        let input = json!({ "UserPoolId": pool.id, "Username": name, "UserAttributes": attributes });
        world.operate("AdminCreateUser", &input)
    };
    for (name, attribute, other) in [
        ("victim@example.com", "email", "attacker@example.com"),
        ("+15550100001", "phone_number", "+15550100002"),
    ] {
        for refused in [sign_up(name, attribute, other), invite(name, attribute, other)] {
            refused.fails("InvalidParameterException");
            assert!(refused.text().contains("same as username"), "{}", refused.text());
        }
    }
    assert_eq!(world.messages("attacker@example.com").len(), 0);
    // The same address however it is written, an empty one and the other contact are no contradiction.
    for (name, attribute, value, email) in [
        ("ann@example.com", "email", "Ann@Example.com", "Ann@Example.com"),
        ("ben@example.com", "email", "", "ben@example.com"),
        ("cleo@example.com", "phone_number", "+15550100003", "cleo@example.com"),
    ] {
        sign_up(name, attribute, value).ok();
        pool.confirm(name, &world.code(email)).ok();
        pool.tokens(name);
    }
    invite("dora@example.com", "email", "DORA@example.com").ok();
    invite("+15550100004", "email", "emil@example.com").ok();
}

#[test]
fn a_disabled_person_is_out_at_once_and_stays_signed_out() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    let tokens = pool.tokens("ann");
    let user = json!({ "UserPoolId": pool.id, "Username": "ann" });
    world.operate("AdminDisableUser", &user).ok();
    pool.sign_in("ann", PASSWORD).fails("NotAuthorizedException");
    world.idp("GetUser", &json!({ "AccessToken": tokens["AccessToken"] })).fails("NotAuthorizedException");
    world.operate("AdminEnableUser", &user).ok();
    world.idp("GetUser", &json!({ "AccessToken": tokens["AccessToken"] })).fails("NotAuthorizedException");
    pool.tokens("ann");
}

#[test]
fn a_person_who_leaves_is_gone_and_their_name_is_free() {
    let world = World::with_shards(8);
    let pool = Pool::with(&world, &json!({ "AliasAttributes": ["email"] }), &json!({}));
    pool.person("ann", "ann@example.com");
    let tokens = pool.tokens("ann");
    let refresh = pool.refresh_input(tokens["RefreshToken"].as_str().unwrap());
    let token = json!({ "AccessToken": tokens["AccessToken"] });
    world.idp("DeleteUser", &token).ok();
    world.idp("GetUser", &token).fails("UserNotFoundException");
    world.idp("GlobalSignOut", &token).fails("NotAuthorizedException");
    world.idp("GetTokensFromRefreshToken", &refresh).fails("NotAuthorizedException");
    pool.person("ann", "ann@example.com");
    assert_eq!(pool.user("ann@example.com").ok()["Username"], "ann");
}

#[test]
fn pages_of_users_give_each_once_over_all_shards() {
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let pool = Pool::new(&world);
        for n in 0..25 {
            pool.sign_up(&format!("user{n:02}"), &format!("user{n}@example.com")).ok();
        }
        for (filter, wanted) in
            [(None, 25), (Some("username ^= \"user1\""), 10), (Some("email = \"user3@example.com\""), 1)]
        {
            for limit in [1, 7, 60] {
                let mut names = Vec::new();
                let mut token = serde_json::Value::Null;
                loop {
                    let mut ask = json!({ "UserPoolId": pool.id, "Limit": limit });
                    if let Some(filter) = filter {
                        ask["Filter"] = json!(filter);
                    }
                    if !token.is_null() {
                        ask["PaginationToken"] = token;
                    }
                    let page = world.operate("ListUsers", &ask).ok();
                    let users = page["Users"].as_array().unwrap();
                    assert!(users.len() <= limit);
                    names.extend(users.iter().map(|user| user["Username"].as_str().unwrap().to_owned()));
                    token = page["PaginationToken"].clone();
                    if token.is_null() {
                        break;
                    }
                }
                let found = names.len();
                names.sort();
                names.dedup();
                assert_eq!((found, names.len()), (wanted, wanted), "{shards} shards, {filter:?} by {limit}");
            }
        }
    }
}

/// A stranger may make as large an account as the schema lets them; nobody else is lost for it.
#[test]
fn pages_of_long_users_are_short_and_give_each_once_in_order() {
    for shards in [1, 3, 8] {
        let world = World::with_shards(shards);
        let pool = Pool::with(&world, &json!({ "AutoVerifiedAttributes": [] }), &json!({}));
        let long = ["name", "nickname", "given_name", "family_name", "middle_name", "profile", "website"];
        for n in 0..30 {
            let mut input = pool.sign_up_input(&format!("user{n:02}"), None);
            if n % 3 > 0 {
                let value = "\u{1f30a}".repeat(2048);
                let attribute = |name: &&str| json!({ "Name": name, "Value": value });
                input["UserAttributes"] = long.iter().map(attribute).collect();
            }
            world.idp("SignUp", &input).ok();
        }
        let mut orders = Vec::new();
        for (limit, wanted) in [(1, None), (7, None), (60, None), (60, Some("nickname")), (60, Some("email"))]
        {
            let (mut subs, mut names, mut pages) = (Vec::new(), Vec::new(), 0);
            let mut token = serde_json::Value::Null;
            loop {
                let mut ask = json!({ "UserPoolId": pool.id, "Limit": limit });
                if let Some(wanted) = wanted {
                    ask["AttributesToGet"] = json!(["sub", wanted, "nothing"]);
                }
                if !token.is_null() {
                    ask["PaginationToken"] = token;
                }
                let answer = world.operate("ListUsers", &ask);
                assert!(answer.text().len() < 2_000_000, "{}", answer.text().len());
                let page = answer.ok();
                pages += 1;
                for user in page["Users"].as_array().unwrap() {
                    names.push(user["Username"].as_str().unwrap().to_owned());
                    let attributes = user["Attributes"].as_array().unwrap();
                    subs.push(attributes[0]["Value"].as_str().unwrap().to_owned());
                    if let Some(wanted) = wanted {
                        assert!(attributes[1..].iter().all(|entry| entry["Name"] == wanted));
                    }
                }
                token = page["PaginationToken"].clone();
                if token.is_null() {
                    break;
                }
            }
            assert!(subs.is_sorted());
            names.sort();
            assert_eq!(
                names,
                (0..30).map(|n| format!("user{n:02}")).collect::<Vec<_>>(),
                "{shards}, {limit}"
            );
            assert!(wanted.is_some() || pages > 1, "{shards} shards by {limit}: {pages}");
            assert!(wanted != Some("email") || pages == 1, "{shards} shards: {pages}");
            orders.push(subs);
        }
        orders.dedup();
        assert_eq!(orders.len(), 1);
    }
}
