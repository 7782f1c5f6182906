//! What holds for every page in every state.

use std::collections::BTreeSet;

use super::{documents, html::Document, shell};
use crate::{
    page::{
        Attribute, Confirm, Failure, Field, Need, NewPassword, Page, Problem, Provider, ProviderKind, SignIn,
        SignUp, samples,
    },
    render,
    shell::{Links, Sheet, Shell},
    style::CSS,
    text::{Lang, Message, Name, Rule},
};

/// Cognito's own list: an owner's classic sheet may name these and no others.
const CLASSIC: [&str; 15] = [
    "background-customizable",
    "banner-customizable",
    "errorMessage-customizable",
    "idpButton-customizable",
    "idpDescription-customizable",
    "inputField-customizable",
    "label-customizable",
    "legalText-customizable",
    "logo-customizable",
    "passwordCheck-notValid-customizable",
    "passwordCheck-valid-customizable",
    "redirect-customizable",
    "socialButton-customizable",
    "submitButton-customizable",
    "textDescription-customizable",
];

fn read(page: Page) -> Document {
    Document::read(&render(page, shell()))
}

#[test]
fn every_page_has_one_heading_one_main_and_a_title_that_names_it() {
    for (name, page, document) in documents() {
        let heading = &document.one("h1").text;
        document.one("main");
        let title = &document.one("title").text;
        assert!(title.contains(heading.as_str()) && title.ends_with(" · Acme Photos"), "{name}: {title}");
        assert_eq!(title.starts_with("Error: "), page.failed(), "{name}: {title}");
        assert_eq!(document.one("html").get("lang"), Some("en"), "{name}");
    }
}

#[test]
fn ids_are_unique_and_references_resolve() {
    for (name, _, document) in documents() {
        let ids: Vec<_> = document.0.iter().filter_map(|element| element.get("id")).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{name}: {ids:?}");
        for element in &document.0 {
            let references = ["for", "aria-describedby", "aria-labelledby", "aria-controls"];
            let fragment = element.get("href").and_then(|href| href.strip_prefix('#'));
            let named =
                references.iter().filter_map(|r| element.get(r)).flat_map(str::split_ascii_whitespace);
            for id in named.chain(fragment) {
                assert!(document.by_id(id).is_some(), "{name}: <{}> points at #{id}", element.tag);
            }
        }
    }
}

#[test]
fn every_field_a_person_fills_in_has_a_label_a_name_and_an_autocomplete_token() {
    for (name, _, document) in documents() {
        let seen = |i: &&super::html::Element| i.get("type") != Some("hidden") && i.get("hidden").is_none();
        for input in document.all("input").filter(seen) {
            let id = input.get("id").unwrap();
            let label = document.all("label").find(|label| label.get("for") == Some(id));
            assert!(label.is_some_and(|label| !label.text.trim().is_empty()), "{name}: {id}");
            assert!(input.get("name").is_some() && input.get("autocomplete").is_some(), "{name}: {id}");
        }
    }
}

#[test]
fn every_form_posts_the_proof_that_it_is_ours() {
    for (name, _, document) in documents() {
        for form in document.all("form") {
            assert_eq!(form.get("method"), Some("post"), "{name}");
            assert!(form.get("action").unwrap().contains("?client_id=1&state=a%26b"), "{name}");
        }
        let count = |field| document.all("input").filter(|input| input.get("name") == Some(field)).count();
        assert_eq!(count("_csrf"), document.all("form").count(), "{name}");
        assert_eq!(count("_once"), document.all("form").count(), "{name}");
    }
}

#[test]
fn nothing_in_a_page_needs_an_inline_exception() {
    for (name, _, document) in documents() {
        for element in &document.0 {
            for (attribute, value) in &element.attributes {
                assert!(!attribute.starts_with("on") && attribute != "style", "{name}: {attribute}");
                assert!(!value.starts_with("javascript:") && !value.starts_with("data:"), "{name}: {value}");
            }
        }
        let script = document.one("script");
        assert_eq!(
            (script.get("type"), script.get("src")),
            (Some("module"), Some("/assets/boot.js")),
            "{name}"
        );
        assert_eq!(script.text, "", "{name}");
    }
}

#[test]
fn the_style_element_holds_the_sheet_to_the_letter() {
    for (name, page) in samples() {
        let html = render(page, shell());
        assert_eq!(html.matches(&format!("<style>{CSS}</style>")).count(), 1, "{name}");
        assert_eq!(html.matches("<style").count(), 1, "{name}");
    }
}

#[test]
fn a_linked_sheet_comes_before_the_owners() {
    let mut at = shell();
    at.assets.sheet = Sheet::Linked("/assets/app.css".to_owned());
    let document = Document::read(&render(Page::SignIn(SignIn::default()), at));
    let sheets: Vec<_> = document.all("link").filter(|link| link.get("rel") == Some("stylesheet")).collect();
    assert_eq!(
        sheets.iter().map(|s| s.get("href").unwrap()).collect::<Vec<_>>(),
        ["/assets/app.css", "/assets/owner.css"]
    );
    assert!(document.all("style").next().is_none());
}

#[test]
fn an_owners_sheet_keeps_the_page_light() {
    let scheme = |at| {
        Document::read(&render(samples().remove(0).1, at)).one("html").get("data-scheme").map(str::to_owned)
    };
    assert_eq!(scheme(shell()).as_deref(), Some("light"));
    assert_eq!(scheme(Shell::default()).as_deref(), Some("light dark"));
}

#[test]
fn every_classic_class_stands_somewhere_and_no_other_does() {
    let found: BTreeSet<_> = documents()
        .flat_map(|(_, _, document)| {
            let classes = document.0.iter().flat_map(|e| e.classes().map(str::to_owned)).collect::<Vec<_>>();
            classes.into_iter().filter(|class| class.ends_with("-customizable"))
        })
        .collect();
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), CLASSIC);
}

#[test]
fn classic_classes_stand_where_an_owner_expects_them() {
    for (name, _, document) in documents() {
        for element in &document.0 {
            let tag = element.tag.as_str();
            let seen =
                tag == "input" && element.get("type") != Some("hidden") && element.get("hidden").is_none();
            assert_eq!(element.has_class("inputField-customizable"), seen, "{name}: {tag}");
            assert_eq!(element.has_class("label-customizable"), tag == "label", "{name}: {tag}");
            assert_eq!(element.has_class("logo-customizable"), tag == "img", "{name}: {tag}");
            assert_eq!(
                element.has_class("submitButton-customizable"),
                element.has_class("submit"),
                "{name}: {tag}"
            );
        }
    }
}

#[test]
fn problems_are_summed_up_first_and_told_at_their_fields() {
    for (name, page, document) in documents() {
        let Some(summary) = document.by_id("problems") else {
            assert!(page.problems().is_empty(), "{name}");
            continue;
        };
        assert_eq!((summary.get("role"), summary.get("tabindex")), (Some("alert"), Some("-1")), "{name}");
        assert!(summary.get("autofocus").is_some(), "{name}: reached without script");
        for problem in page.problems() {
            assert!(summary.text.contains(&*Lang::English.message(&problem.message)), "{name}");
            let Some(field) = &problem.field else { continue };
            let link = format!("#{}", field.id());
            assert!(document.all("a").any(|a| a.get("href") == Some(&link)), "{name}: {link}");
            let input = document.by_id(&field.id()).unwrap();
            assert_eq!(input.get("aria-invalid"), Some("true"), "{name}");
            let complaint = format!("{}-problem", field.id());
            let described_by = input.get("aria-describedby").unwrap();
            assert!(described_by.split(' ').any(|id| id == complaint), "{name}: {described_by}");
        }
        let invalid = document.0.iter().filter(|e| e.get("aria-invalid").is_some()).count();
        let fields =
            page.problems().iter().filter_map(|p| p.field.as_ref().map(Field::id)).collect::<BTreeSet<_>>();
        assert_eq!(invalid, fields.len(), "{name}");
    }
}

#[test]
fn no_password_or_code_field_ever_carries_a_value() {
    for (name, _, document) in documents() {
        for input in document.all("input") {
            if matches!(input.get("name"), Some("password" | "code")) {
                assert_eq!(input.get("value"), None, "{name}");
            }
            assert_eq!(
                input.get("type") == Some("password"),
                input.get("name") == Some("password"),
                "{name}"
            );
        }
    }
}

#[test]
fn the_name_is_kept_after_a_refusal() {
    let page = SignIn {
        username: "ada".to_owned(),
        problems: vec![Problem::with_form(Message::WrongNameOrPassword)],
        ..SignIn::default()
    };
    assert_eq!(read(Page::SignIn(page)).by_name("username").get("value"), Some("ada"));
}

#[test]
fn a_name_that_was_the_problem_is_open_to_change() {
    let confirm =
        |problems| Page::Confirm(Confirm { username: "ada".to_owned(), problems, ..Confirm::default() });
    assert!(read(confirm(vec![])).by_name("username").get("readonly").is_some());
    let refused = read(confirm(vec![Problem::at(Field::Username, Message::BadUsername)]));
    assert_eq!(refused.by_id("username").unwrap().get("readonly"), None);
}

#[test]
fn the_name_field_follows_what_the_pool_signs_in_with() {
    let field = |name| {
        let document = read(Page::SignIn(SignIn { name, ..SignIn::default() }));
        let input = document.by_name("username");
        (input.get("type").unwrap().to_owned(), input.get("autocomplete").unwrap().to_owned())
    };
    let expected = |kind: &str| (kind.to_owned(), "username".to_owned());
    assert_eq!(field(Name::EMAIL), expected("email"));
    assert_eq!(field(Name::PHONE), expected("tel"));
    assert_eq!(field(Name::PLAIN), expected("text"));
    assert_eq!(field(Name { plain: false, email: true, phone: true }), expected("text"));
}

#[test]
fn passwords_and_codes_say_what_they_are() {
    for (name, page, document) in documents() {
        let token = |field: &str| {
            document.all("input").find(|i| i.get("name") == Some(field)).and_then(|i| i.get("autocomplete"))
        };
        let (password, code) = match page {
            Page::SignIn(_) => (Some("current-password"), None),
            Page::SignUp(_) | Page::NewPassword(_) => (Some("new-password"), None),
            Page::Reset(_) => (Some("new-password"), Some("one-time-code")),
            Page::Confirm(_) => (None, Some("one-time-code")),
            Page::AskCode(_) | Page::Failure(_) | Page::SignedOut(_) => (None, None),
        };
        assert_eq!((token("password"), token("code")), (password, code), "{name}");
    }
}

#[test]
fn the_hint_at_what_is_optional_stands_only_where_something_is() {
    let said = |required| {
        let attributes = vec![Attribute { name: "email".to_owned(), value: String::new(), required }];
        render(Page::SignUp(SignUp { attributes, ..SignUp::default() }), shell())
            .contains("marked as optional")
    };
    assert!(said(false));
    assert!(!said(true));
}

#[test]
fn rules_are_stated_before_typing_and_judged_after() {
    let sign_up = |problems| {
        let need = Need::new([Rule::Length(12), Rule::Number]);
        read(Page::SignUp(SignUp { need, problems, ..SignUp::default() }))
    };
    let fresh = sign_up(vec![]);
    let password = fresh.by_name("password");
    assert_eq!(password.get("aria-describedby"), Some("password-rules"));
    assert_eq!(
        (password.get("minlength"), password.get("passwordrules")),
        (Some("12"), Some("minlength: 12; required: digit;"))
    );
    assert!(fresh.by_id("password-rules").unwrap().text.contains("at least 12 characters"));
    assert!(!fresh.0.iter().any(|e| e.classes().any(|class| class.starts_with("passwordCheck"))));

    let judged = sign_up(vec![Problem::at(Field::Password, Message::PasswordLacks(Rule::Number))]);
    let item = |class: &str| judged.all("li").find(|li| li.has_class(class)).unwrap().text.clone();
    assert!(item("passwordCheck-valid-customizable").contains("done: at least 12 characters"));
    assert!(item("passwordCheck-notValid-customizable").contains("missing: a number"));
}

#[test]
fn the_island_shows_nothing_until_it_wakes() {
    for (name, page, document) in documents() {
        let asleep: Vec<_> =
            document.all("button").filter(|button| button.get("type") == Some("button")).collect();
        assert!(asleep.iter().all(|button| button.get("hidden").is_some()), "{name}");
        let asks = matches!(page, Page::SignIn(_) | Page::SignUp(_) | Page::Reset(_) | Page::NewPassword(_));
        assert_eq!(asleep.len(), usize::from(asks), "{name}");
        assert_eq!(document.all("leptos-island").count(), usize::from(asks), "{name}");
    }
}

#[test]
fn who_asks_and_where_one_goes_next_is_said() {
    for (name, page, document) in documents() {
        let protected =
            |class| document.0.iter().find(|e| e.has_class(class) && e.get("data-protected").is_some());
        assert!(protected("client").is_some_and(|client| client.text.contains("Acme Photos")), "{name}");
        let host = protected("origin").map(|origin| origin.text.contains("photos.acme.example"));
        let ends = matches!(page, Page::Failure(_) | Page::SignedOut(_));
        assert_eq!(host, (!ends).then_some(true), "{name}");
        assert!(document.one("footer").text.contains("7f3a-91c2"), "{name}");
    }
}

#[test]
fn a_bare_shell_leaves_out_what_it_does_not_know() {
    for (name, page) in samples() {
        let document = Document::read(&render(page, Shell { links: Links::default(), ..Shell::default() }));
        assert!(document.all("script").next().is_none(), "{name}");
        assert!(!document.0.iter().any(|e| e.has_class("client") || e.has_class("origin")), "{name}");
        assert!(document.all("a").all(|a| a.get("href").is_some_and(|href| !href.is_empty())), "{name}");
    }
}

#[test]
fn hostile_text_stays_text_wherever_it_is_shown() {
    const EVIL: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;</title></style>{}\0";
    let evil = || EVIL.to_owned();
    let mut at = shell();
    at.brand.client_name = Some(evil());
    at.return_host = Some(evil());
    at.reference = evil();
    at.form.csrf = evil();
    at.form.action = format!("?client_id=1&{EVIL}");
    at.links.forgot = Some(evil());
    at.brand.css_url = Some(evil());
    let problems = vec![
        Problem::at(Field::Attribute(evil()), Message::MissingAttribute(evil())),
        Problem::with_form(Message::Malformed(evil())),
    ];
    let attributes = vec![Attribute { name: evil(), value: evil(), required: true }];
    let provider = Provider { kind: ProviderKind::Social, name: evil(), url: evil() };
    let pages = [
        Page::SignIn(SignIn {
            username: evil(),
            providers: vec![provider],
            problems: problems.clone(),
            ..SignIn::default()
        }),
        Page::SignUp(SignUp {
            username: evil(),
            attributes: attributes.clone(),
            problems: problems.clone(),
            ..SignUp::default()
        }),
        Page::NewPassword(NewPassword {
            username: evil(),
            session: Some(evil()),
            attributes,
            problems,
            ..NewPassword::default()
        }),
        Page::Confirm(Confirm {
            username: evil(),
            notice: Some(Message::Malformed(evil())),
            ..Confirm::default()
        }),
        Page::Failure(Failure { message: Message::Malformed(evil()), retry_url: Some(evil()) }),
    ];
    for page in pages {
        let html = render(page, at.clone());
        assert!(!html.contains("<script>") && !html.contains("<img src=x"), "{html}");
        // Read strictly: had any of it become markup, there would be an element more or a quote too few.
        let document = Document::read(&html);
        assert_eq!(document.all("script").count(), 1);
        assert!(document.one("title").text.contains(EVIL));
    }
}

#[test]
fn every_sentence_comes_from_the_language() {
    let at = || Shell { lang: Lang::Pseudo, ..shell() };
    for (name, page) in samples() {
        let document = Document::read(&render(page, at()));
        assert_eq!(document.one("html").get("lang"), Some("en-XA"), "{name}");
        for tag in ["h1", "h2", "label", "button", "a"] {
            for element in document.all(tag) {
                assert!(element.text.contains('['), "{name}: <{tag}> {}", element.text);
            }
        }
    }
}

#[test]
fn pages_rendered_at_once_on_many_threads_are_the_same_as_one_by_one() {
    let alone: Vec<_> = samples().into_iter().map(|(_, page)| render(page, shell())).collect();
    let together: Vec<Vec<_>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| samples().into_iter().map(|(_, page)| render(page, shell())).collect()))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for rendered in together {
        assert!(rendered == alone);
    }
}
