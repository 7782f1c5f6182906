use crate::text::{Message, Rule};

/// A field of a form. Its id and its name are part of the contract: password managers and tests hold on to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    Username,
    /// The password to check, or the new one: a form only ever asks for one.
    Password,
    Code,
    /// A user attribute, by its Cognito name (`email`, `custom:team`).
    Attribute(String),
}

impl Field {
    /// What the form posts it as: `username`, `password`, `code`, `attribute.email`.
    pub fn name(&self) -> String {
        match self {
            Field::Username => "username".to_owned(),
            Field::Password => "password".to_owned(),
            Field::Code => "code".to_owned(),
            Field::Attribute(name) => format!("attribute.{name}"),
        }
    }

    /// Its id in the document, fit to follow a `#`: other characters than letters, digits and `_` are written as hex,
    /// so that two attributes never share one.
    pub fn id(&self) -> String {
        let Field::Attribute(name) = self else { return self.name() };
        name.bytes().fold("attribute-".to_owned(), |mut id, byte| {
            if byte.is_ascii_alphanumeric() || byte == b'_' {
                id.push(char::from(byte));
            } else {
                id.push('-');
                id.extend(
                    [byte >> 4, byte & 15].map(|half| char::from_digit(half.into(), 16).unwrap_or('0')),
                );
            }
            id
        })
    }
}

/// What went wrong, at a field or with the form as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub field: Option<Field>,
    pub message: Message,
}

impl Problem {
    pub fn at(field: Field, message: Message) -> Self {
        Self { field: Some(field), message }
    }

    pub fn with_form(message: Message) -> Self {
        Self { field: None, message }
    }
}

/// A user attribute that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its Cognito name.
    pub name: String,
    /// What was typed before, or is known.
    pub value: String,
    pub required: bool,
}

/// What a new password must have, stated before anybody types one. Empty where nothing is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Need(Vec<Rule>);

impl Need {
    pub fn new(rules: impl IntoIterator<Item = Rule>) -> Self {
        Self(rules.into_iter().collect())
    }

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.0
    }

    /// The fewest characters, where there is a rule for it.
    pub(crate) fn least(&self) -> Option<u16> {
        self.0.iter().find_map(|rule| if let Rule::Length(least) = rule { Some(*least) } else { None })
    }

    /// The rules as password managers read them (the `passwordrules` attribute).
    pub(crate) fn for_generators(&self) -> String {
        self.0
            .iter()
            .map(|rule| match rule {
                Rule::Length(least) => format!("minlength: {least};"),
                Rule::Upper => "required: upper;".to_owned(),
                Rule::Lower => "required: lower;".to_owned(),
                Rule::Number => "required: digit;".to_owned(),
                Rule::Symbol => "required: special;".to_owned(),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(attribute: &str) -> String {
        Field::Attribute(attribute.to_owned()).id()
    }

    #[test]
    fn two_attributes_never_share_an_id() {
        assert_eq!(id("given_name"), "attribute-given_name");
        assert_eq!(id("custom:a-b"), "attribute-custom-3aa-2db");
        assert_ne!(id("custom:a-3a"), id("custom:a:"));
        assert_eq!(id("\"é"), "attribute--22-c3-a9");
    }

    #[test]
    fn password_managers_are_told_the_rules() {
        let need = Need::new([Rule::Length(12), Rule::Upper, Rule::Symbol]);
        assert_eq!(need.for_generators(), "minlength: 12; required: upper; required: special;");
        assert_eq!(need.least(), Some(12));
        assert_eq!(Need::default().for_generators(), "");
    }
}
