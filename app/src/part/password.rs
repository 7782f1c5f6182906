use leptos::prelude::*;

use crate::{
    page::{Need, Problem},
    text::{Label, Lang, Message, Rule},
};

/// The id of the list of rules, where there is one.
pub(crate) const RULES_ID: &str = "password-rules";

/// What a new password needs, before anything is typed; after a refusal, which of it was there.
#[component]
pub(crate) fn Rules(lang: Lang, need: Need, problems: Vec<Problem>) -> impl IntoView {
    if need.rules().is_empty() {
        return None;
    }
    let missing = missing(&problems);
    let items: Vec<_> = need.rules().iter().map(|rule| item(lang, *rule, &missing)).collect();
    Some(view! {
        <div class="rules" id=RULES_ID>
            <p>{lang.label(Label::PasswordRules)}</p>
            <ul role="list">{items}</ul>
        </div>
    })
}

/// The rules the last password broke; empty where it was not judged by them.
fn missing(problems: &[Problem]) -> Vec<Rule> {
    problems
        .iter()
        .filter_map(
            |problem| if let Message::PasswordLacks(rule) = problem.message { Some(rule) } else { None },
        )
        .collect()
}

fn item(lang: Lang, rule: Rule, missing: &[Rule]) -> impl IntoView + use<> {
    let (class, verdict) = if missing.is_empty() {
        ("", None)
    } else if missing.contains(&rule) {
        ("passwordCheck-notValid-customizable", Some(Label::RuleNotMet))
    } else {
        ("passwordCheck-valid-customizable", Some(Label::RuleMet))
    };
    let verdict = verdict.map(|label| view! { <span class="unseen">{lang.label(label)} " "</span> });
    view! { <li class=class>{verdict} {lang.rule(rule)}</li> }
}
