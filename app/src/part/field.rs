use std::{borrow::Cow, sync::Arc};

use leptos::{attr::custom::custom_attribute, prelude::*};

use super::{
    notice::{Complaint, complaint_id},
    password::{RULES_ID, Rules},
};
use crate::{
    island::{Reveal, Words},
    page::{Attribute, Field, Need, Problem},
    text::{Label, Lang, Name},
};

type Problems = Arc<Vec<Problem>>;

/// How a line of text is typed and filled in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextKind {
    kind: &'static str,
    inputmode: Option<&'static str>,
    autocomplete: &'static str,
    autocapitalize: &'static str,
    hint: Option<Label>,
}

impl TextKind {
    const fn new(kind: &'static str, inputmode: Option<&'static str>, autocomplete: &'static str) -> Self {
        Self { kind, inputmode, autocomplete, autocapitalize: "none", hint: None }
    }

    /// What begins with a capital letter, as names do.
    const fn words(autocomplete: &'static str) -> Self {
        Self { autocapitalize: "words", ..Self::new("text", None, autocomplete) }
    }

    /// The name to sign in with. Always `username` to a password manager, whatever it is made of.
    pub(crate) const fn of_name(name: Name) -> Self {
        match (name.plain, name.email, name.phone) {
            (false, true, false) => Self::new("email", Some("email"), "username"),
            (false, false, true) => Self::phone("username"),
            _ => Self::new("text", None, "username"),
        }
    }

    const fn phone(autocomplete: &'static str) -> Self {
        Self { hint: Some(Label::PhoneHint), ..Self::new("tel", Some("tel"), autocomplete) }
    }

    /// A user attribute, by its Cognito name.
    fn of_attribute(name: &str) -> Self {
        match name {
            "email" => Self::new("email", Some("email"), "email"),
            "phone_number" => Self::phone("tel"),
            "birthdate" => Self::new("date", None, "bday"),
            "picture" => Self::new("url", Some("url"), "photo"),
            "profile" | "website" => Self::new("url", Some("url"), "url"),
            "name" => Self::words("name"),
            "given_name" => Self::words("given-name"),
            "middle_name" => Self::words("additional-name"),
            "family_name" => Self::words("family-name"),
            "nickname" => Self::words("nickname"),
            "address" => Self::words("street-address"),
            "gender" => Self::words("sex"),
            "locale" => Self::words("language"),
            _ => Self::new("text", None, "off"),
        }
    }
}

/// A labelled line of text, with its hint and what is wrong with it.
#[component]
pub(crate) fn Text(
    lang: Lang,
    field: Field,
    kind: TextKind,
    label: Cow<'static, str>,
    value: String,
    problems: Problems,
    #[prop(default = true)] required: bool,
) -> impl IntoView {
    let id = field.id();
    let problem = problem_at(&problems, &field);
    let hint_id = kind.hint.map(|_| format!("{id}-hint"));
    let described_by = described_by([hint_id.clone(), problem.is_some().then(|| complaint_id(&field))]);
    let optional =
        (!required).then(|| view! { <span class="optional">" (" {lang.label(Label::Optional)} ")"</span> });
    let hint = kind.hint.map(|hint| view! { <p class="hint" id=hint_id>{lang.label(hint)}</p> });
    view! {
        <div class="field">
            <label class="label-customizable" for=id.clone()>{label} {optional}</label>
            {hint}
            {complaint(lang, &field, problem.as_ref())}
            <input
                class="input inputField-customizable"
                id=id
                name=field.name()
                type=kind.kind
                inputmode=kind.inputmode
                autocomplete=kind.autocomplete
                autocapitalize=kind.autocapitalize
                spellcheck="false"
                value=value
                required=required
                aria-invalid=problem.is_some().then_some("true")
                aria-describedby=described_by
            />
        </div>
    }
}

/// A password, old or new. It takes no value: what was typed is never written back.
#[component]
pub(crate) fn Secret(
    lang: Lang,
    label: Label,
    autocomplete: &'static str,
    #[prop(optional)] need: Need,
    problems: Problems,
) -> impl IntoView {
    let field = Field::Password;
    let id = field.id();
    let problem = problem_at(&problems, &field);
    let rules_id = (!need.rules().is_empty()).then(|| RULES_ID.to_owned());
    let described_by = described_by([rules_id, problem.is_some().then(|| complaint_id(&field))]);
    let generators = Some(need.for_generators()).filter(|rules| !rules.is_empty());
    let least = need.least().map(|least| least.to_string());
    let say = |label| lang.label(label).into_owned();
    let words = Words {
        show: say(Label::Show),
        hide: say(Label::Hide),
        show_label: say(Label::ShowPassword),
        hide_label: say(Label::HidePassword),
        shown_now: say(Label::PasswordShown),
        hidden_now: say(Label::PasswordHidden),
    };
    view! {
        <div class="field">
            <label class="label-customizable" for=id.clone()>{lang.label(label)}</label>
            <Rules lang need problems=problems.to_vec() />
            {complaint(lang, &field, problem.as_ref())}
            <div class="secret">
                <input
                    class="input inputField-customizable"
                    id=id.clone()
                    name=field.name()
                    type="password"
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    {..custom_attribute("passwordrules", generators)}
                    required=true
                    minlength=least
                    aria-invalid=problem.is_some().then_some("true")
                    aria-describedby=described_by
                />
                <Reveal controls=id words />
            </div>
        </div>
    }
}

/// The code that was sent: one field, filled in by the phone where it can, pasted in any form.
#[component]
pub(crate) fn Code(lang: Lang, problems: Problems) -> impl IntoView {
    let field = Field::Code;
    let id = field.id();
    let problem = problem_at(&problems, &field);
    let hint_id = format!("{id}-hint");
    let described_by = described_by([Some(hint_id.clone()), problem.is_some().then(|| complaint_id(&field))]);
    view! {
        <div class="field">
            <label class="label-customizable" for=id.clone()>{lang.label(Label::Code)}</label>
            <p class="hint" id=hint_id>{lang.label(Label::CodeHint)}</p>
            {complaint(lang, &field, problem.as_ref())}
            <input
                class="input code inputField-customizable"
                id=id
                name=field.name()
                type="text"
                inputmode="numeric"
                autocomplete="one-time-code"
                autocapitalize="none"
                spellcheck="false"
                pattern="[0-9 \\-]*"
                required=true
                aria-invalid=problem.is_some().then_some("true")
                aria-describedby=described_by
            />
        </div>
    }
}

/// The person a code or a new password is for: shown where known, asked for where not.
#[component]
pub(crate) fn WhoseCode(
    lang: Lang,
    name: Name,
    username: String,
    known: bool,
    problems: Problems,
) -> impl IntoView {
    if known {
        return view! { <KnownName lang username /> }.into_any();
    }
    let label = lang.label(Label::NameToSignIn(name));
    view! { <Text lang field=Field::Username kind=TextKind::of_name(name) label value=username problems /> }
        .into_any()
}

/// A name that is settled. Not `type=hidden`: password managers look for a real field to tell whose password this is.
#[component]
pub(crate) fn KnownName(lang: Lang, username: String) -> impl IntoView {
    view! {
        <p class="whose"><span>{lang.label(Label::Account)}</span> " " <bdi>{username.clone()}</bdi></p>
        <input
            id=Field::Username.id()
            name=Field::Username.name()
            type="text"
            autocomplete="username"
            value=username
            readonly=true
            hidden=true
        />
    }
}

/// Every attribute that is asked for, in the order given.
#[component]
pub(crate) fn Attributes(lang: Lang, attributes: Vec<Attribute>, problems: Problems) -> impl IntoView {
    attributes
        .into_iter()
        .map(|Attribute { name, value, required }| {
            let (kind, label) = (TextKind::of_attribute(&name), lang.attribute(&name));
            let field = Field::Attribute(name);
            view! { <Text lang field kind label value problems=problems.clone() required /> }
        })
        .collect::<Vec<_>>()
}

fn problem_at(problems: &[Problem], field: &Field) -> Option<Problem> {
    problems.iter().find(|problem| problem.field.as_ref() == Some(field)).cloned()
}

fn complaint(lang: Lang, field: &Field, problem: Option<&Problem>) -> impl IntoView + use<> {
    let (field, message) = (field.clone(), problem.map(|problem| problem.message.clone()));
    message.map(|message| view! { <Complaint lang field message /> })
}

fn described_by<const N: usize>(ids: [Option<String>; N]) -> Option<String> {
    let ids: Vec<_> = ids.into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
