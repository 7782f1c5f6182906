//! What a classic sheet may name: 15 classes, three of them with one state each, and the properties of each.
//!
//! The properties are those of the developer guide ("Customizing hosted UI (classic) branding") and of the template its
//! console hands out, which knows three more: `border-radius` and `padding` of the social button, `text-align` of the
//! redirect line. Sheets in use also colour that line.

use Property::{
    Background, BackgroundColor, Border, BorderColor, BorderRadius, BoxSizing, Color, Display, FontSize,
    FontWeight, Height, Margin, MarginBottom, MaxHeight, MaxWidth, Outline, Padding, PaddingBottom,
    PaddingTop, TextAlign, Width,
};

/// A class of the hosted pages, in one state. The order is the order of the served sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Background,
    Banner,
    Logo,
    Label,
    TextDescription,
    IdpDescription,
    LegalText,
    InputField,
    InputFieldFocus,
    SubmitButton,
    SubmitButtonHover,
    IdpButton,
    IdpButtonHover,
    SocialButton,
    Redirect,
    ErrorMessage,
    PasswordValid,
    PasswordNotValid,
}

impl Target {
    pub(super) const ALL: [Self; 18] = [
        Self::Background,
        Self::Banner,
        Self::Logo,
        Self::Label,
        Self::TextDescription,
        Self::IdpDescription,
        Self::LegalText,
        Self::InputField,
        Self::InputFieldFocus,
        Self::SubmitButton,
        Self::SubmitButtonHover,
        Self::IdpButton,
        Self::IdpButtonHover,
        Self::SocialButton,
        Self::Redirect,
        Self::ErrorMessage,
        Self::PasswordValid,
        Self::PasswordNotValid,
    ];

    /// The target of `.class` or `.class:state`. Classes are case-sensitive, states are not.
    pub(super) fn find(class: &str, state: Option<&str>) -> Option<Self> {
        Self::ALL.into_iter().find(|target| {
            target.class() == class
                && match (target.state(), state) {
                    (None, None) => true,
                    (Some(ours), Some(theirs)) => ours.eq_ignore_ascii_case(theirs),
                    _ => false,
                }
        })
    }

    /// The class without its dot.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Background => "background-customizable",
            Self::Banner => "banner-customizable",
            Self::Logo => "logo-customizable",
            Self::Label => "label-customizable",
            Self::TextDescription => "textDescription-customizable",
            Self::IdpDescription => "idpDescription-customizable",
            Self::LegalText => "legalText-customizable",
            Self::InputField | Self::InputFieldFocus => "inputField-customizable",
            Self::SubmitButton | Self::SubmitButtonHover => "submitButton-customizable",
            Self::IdpButton | Self::IdpButtonHover => "idpButton-customizable",
            Self::SocialButton => "socialButton-customizable",
            Self::Redirect => "redirect-customizable",
            Self::ErrorMessage => "errorMessage-customizable",
            Self::PasswordValid => "passwordCheck-valid-customizable",
            Self::PasswordNotValid => "passwordCheck-notValid-customizable",
        }
    }

    /// The pseudo-class without its colon.
    pub(super) const fn state(self) -> Option<&'static str> {
        match self {
            Self::InputFieldFocus => Some("focus"),
            Self::SubmitButtonHover | Self::IdpButtonHover => Some("hover"),
            _ => None,
        }
    }

    pub(super) const fn properties(self) -> &'static [Property] {
        match self {
            Self::Background => &[BackgroundColor],
            Self::Banner => &[Padding, BackgroundColor],
            Self::Logo => &[MaxWidth, MaxHeight, BackgroundColor],
            Self::Label => &[FontWeight, Color],
            Self::TextDescription | Self::IdpDescription => {
                &[PaddingTop, PaddingBottom, Display, FontSize, Color]
            }
            Self::LegalText => &[Color, FontSize],
            Self::InputField => &[Width, Height, Color, BackgroundColor, Border],
            Self::InputFieldFocus => &[BorderColor, Outline],
            Self::SubmitButton => &[FontSize, FontWeight, Margin, Width, Height, Color, BackgroundColor],
            Self::SubmitButtonHover | Self::IdpButtonHover => &[Color, BackgroundColor],
            Self::IdpButton => &[Height, Width, TextAlign, MarginBottom, Color, BackgroundColor, BorderColor],
            Self::SocialButton => &[Height, TextAlign, Width, MarginBottom, BorderRadius, Padding],
            Self::Redirect => &[TextAlign, Color],
            Self::ErrorMessage => &[Margin, Padding, FontSize, Width, Background, Border, Color, BoxSizing],
            Self::PasswordValid | Self::PasswordNotValid => &[Color],
        }
    }
}

/// A property that at least one target takes. No target takes a shorthand together with one of its parts, so the order
/// of declarations decides only between two of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Property {
    Display,
    BoxSizing,
    Width,
    Height,
    MaxWidth,
    MaxHeight,
    Margin,
    MarginBottom,
    Padding,
    PaddingTop,
    PaddingBottom,
    Border,
    BorderColor,
    BorderRadius,
    Outline,
    Background,
    BackgroundColor,
    Color,
    FontSize,
    FontWeight,
    TextAlign,
}

impl Property {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Display => "display",
            BoxSizing => "box-sizing",
            Width => "width",
            Height => "height",
            MaxWidth => "max-width",
            MaxHeight => "max-height",
            Margin => "margin",
            MarginBottom => "margin-bottom",
            Padding => "padding",
            PaddingTop => "padding-top",
            PaddingBottom => "padding-bottom",
            Border => "border",
            BorderColor => "border-color",
            BorderRadius => "border-radius",
            Outline => "outline",
            Background => "background",
            BackgroundColor => "background-color",
            Color => "color",
            FontSize => "font-size",
            FontWeight => "font-weight",
            TextAlign => "text-align",
        }
    }
}
