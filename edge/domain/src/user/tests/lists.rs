//! Listing: every filter, in pages of every size, gives each user once and in order.

use super::*;

/// Twenty people; names and addresses that begin alike.
fn crowd() -> (Trial, Vec<User>) {
    let trial = Trial::new(Kind::UserShard);
    let mut people = Vec::new();
    for n in 0..20u32 {
        let mut ask = register(1, &format!("{}{n}", ["ann", "anna", "ben", "an%n"][n as usize % 4]));
        let bytes = [u8::try_from(n * 11 % 256).unwrap(); 16];
        ask.user.sub = Sub::parse(&crate::random::format_uuid(bytes)).unwrap();
        ask.operation = format!("register-{n}");
        if n % 3 == 0 {
            ask.user.status = Status::Unconfirmed;
        }
        if n % 5 == 0 {
            ask.user.enabled = false;
        }
        ask.user.attributes.insert("email".into(), format!("{}@example.com", ["x", "xy"][n as usize % 2]));
        match trial.answer(&ask) {
            Registered::Done(user) => people.push(user),
            other => panic!("{other:?}"),
        }
    }
    (trial, people)
}

fn all(trial: &Trial, filter: Option<&Filter>, limit: u32, bytes: u32) -> Vec<Sub> {
    let mut after = (String::new(), String::new());
    let mut out = Vec::new();
    loop {
        let page = trial.answer(&ListUsers {
            filter: filter.cloned(),
            after: after.clone(),
            limit,
            bytes,
            attributes: None,
        });
        assert!(page.len() <= limit as usize);
        assert!(
            page.is_empty() || fitting(&page, bytes) == page.len(),
            "{filter:?}: more than {bytes} bytes"
        );
        let keys: Vec<_> = page.iter().map(|(key, user)| (key.clone(), user.sub.to_string())).collect();
        assert!(keys.is_sorted(), "{filter:?}");
        assert!(keys.first().is_none_or(|first| *first > after), "{filter:?}");
        let Some(last) = keys.last() else { return out };
        after = last.clone();
        out.extend(page.into_iter().map(|(_, user)| user.sub));
    }
}

type Rule = Box<dyn Fn(&User) -> bool>;

#[test]
fn every_filter_gives_exactly_those_it_describes() {
    let (trial, people) = crowd();
    let filter = |on, value: &str, prefix| Filter { on, value: value.into(), prefix };
    let email = || FilterOn::Attribute("email".into());
    let first = people[0].sub.to_string();
    let head = first[..2].to_owned();
    let cases: Vec<(Option<Filter>, Rule)> = vec![
        (None, Box::new(|_| true)),
        (Some(filter(FilterOn::Username, "ann0", false)), Box::new(|u| u.username == "ann0")),
        (Some(filter(FilterOn::Username, "ann", true)), Box::new(|u| u.username.starts_with("ann"))),
        (Some(filter(FilterOn::Username, "an%", true)), Box::new(|u| u.username.starts_with("an%"))),
        (Some(filter(FilterOn::Username, "", true)), Box::new(|_| true)),
        (Some(filter(FilterOn::Username, "zed", true)), Box::new(|_| false)),
        (Some(filter(FilterOn::Sub, &first, false)), Box::new(move |u| u.sub.as_str() == first)),
        (
            Some(filter(FilterOn::Sub, &head.clone(), true)),
            Box::new(move |u| u.sub.as_str().starts_with(&head)),
        ),
        (Some(filter(FilterOn::Status, "CONFIRMED", false)), Box::new(|u| u.status == Status::Confirmed)),
        (Some(filter(FilterOn::Status, "CONF", true)), Box::new(|u| u.status == Status::Confirmed)),
        (Some(filter(FilterOn::Status, "", true)), Box::new(|_| true)),
        (Some(filter(FilterOn::Enabled, "Enabled", false)), Box::new(|u| u.enabled)),
        (Some(filter(FilterOn::Enabled, "Dis", true)), Box::new(|u| !u.enabled)),
        (Some(filter(FilterOn::Enabled, "Enable", false)), Box::new(|_| false)),
        (
            Some(filter(email(), "x@example.com", false)),
            Box::new(|u| u.attribute("email") == Some("x@example.com")),
        ),
        (Some(filter(email(), "x", true)), Box::new(|_| true)),
        (Some(filter(email(), "xy", true)), Box::new(|u| u.attribute("email") == Some("xy@example.com"))),
        (Some(filter(FilterOn::Attribute("phone_number".into()), "", true)), Box::new(|_| false)),
    ];
    for (filter, rule) in cases {
        let mut wanted: Vec<_> =
            people.iter().filter(|user| rule(user)).map(|user| user.sub.clone()).collect();
        wanted.sort();
        for (limit, bytes) in [(1, 1), (2, 900), (3, 600), (7, 1700), (61, 1), (61, 1200), (61, 100_000)] {
            let mut found = all(&trial, filter.as_ref(), limit, bytes);
            found.sort();
            assert_eq!(found, wanted, "{filter:?} in pages of {limit}, {bytes} bytes");
        }
    }
}

#[test]
fn a_page_has_at_most_sixty_one_whatever_is_asked() {
    let trial = Trial::new(Kind::UserShard);
    for n in 0..70u8 {
        let mut ask = register(1, &format!("user{n}"));
        ask.user.sub = Sub::parse(&crate::random::format_uuid([n; 16])).unwrap();
        ask.operation = format!("register-{n}");
        trial.answer(&ask);
    }
    let first = |bytes| ListUsers {
        filter: None,
        after: Default::default(),
        limit: u32::MAX,
        bytes,
        attributes: None,
    };
    assert_eq!(trial.answer(&first(u32::MAX)).len(), 61);
    // One user more than would be too few is enough.
    let page = trial.answer(&first(1000));
    assert!(is_full(&page, 1000) && !is_full(&page[1..], 1000), "{}", page.len());
    assert_eq!(trial.answer(&first(0)).len(), 1);
    assert_eq!(trial.answer(&CountUsers {}), 70);
}

#[test]
fn a_page_has_the_attributes_that_are_wanted_and_reads_no_others() {
    let (trial, _) = crowd();
    let page = |attributes: &[&str]| {
        trial.answer(&ListUsers {
            filter: None,
            after: Default::default(),
            limit: 61,
            bytes: 10_000,
            attributes: Some(attributes.iter().map(ToString::to_string).collect()),
        })
    };
    assert!(page(&["email", "name"]).iter().all(|(_, user)| user.attributes.keys().eq(["email"])));
    assert!(page(&["name"]).iter().all(|(_, user)| user.attributes.is_empty()));
    assert_eq!(page(&[]).len(), 20);
}

/// What a stranger can put into an account is quoted sixfold at worst: a page of such users is still an answer.
#[test]
fn a_user_who_fills_every_attribute_is_listed() {
    let trial = Trial::new(Kind::UserShard);
    for n in 0..4u8 {
        let mut ask = register(1, &format!("user{n}"));
        ask.user.sub = Sub::parse(&crate::random::format_uuid([n; 16])).unwrap();
        ask.operation = format!("register-{n}");
        for attribute in 0..17 {
            ask.user.attributes.insert(format!("attribute{attribute}"), "\u{1}".repeat(2048));
        }
        trial.answer(&ask);
    }
    assert_eq!(all(&trial, None, 61, 128 * 1024).len(), 4);
    let whole =
        ListUsers { filter: None, after: Default::default(), limit: 61, bytes: u32::MAX, attributes: None };
    assert_eq!(trial.answer(&whole).len(), 4);
}
