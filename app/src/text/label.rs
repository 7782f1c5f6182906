/// What the pages say by themselves. Where a sentence has a `{}`, a name goes there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    // Every page
    ErrorPrefix,
    ProblemHeading,
    /// Under the heading of a page with something to do.
    To,
    ReturnTo,
    Reference,
    Terms,
    Privacy,
    Support,
    Optional,
    Show,
    Hide,
    ShowPassword,
    HidePassword,
    PasswordShown,
    PasswordHidden,

    // Fields
    NameToSignIn(Name),
    Account,
    Password,
    NewPassword,
    PasswordRules,
    RuleMet,
    RuleNotMet,
    Code,
    CodeHint,
    PhoneHint,

    // Sign in
    SignIn,
    SignInHint,
    Forgotten,
    NoAccount,
    SignUpInstead,
    OtherWays,
    ContinueWith,
    ProviderNote,

    // Sign up
    SignUp,
    SignUpHint,
    HaveAccount,
    SignInInstead,

    // Confirm and resend
    Confirm,
    ConfirmHint,
    ConfirmAction,
    NoCode,
    SendAgain,
    Resend,
    ResendHint,
    ResendAction,
    HaveCode,

    // Forgotten and new passwords
    Forgot,
    ForgotHint,
    ForgotAction,
    Reset,
    ResetHint,
    ResetAction,
    Required,
    RequiredHint,
    RequiredAction,
    BackToSignIn,

    // Ends
    Failed,
    NoSuchPage,
    Retry,
    SignedOut,
    SignedOutHint,
    SignInAgain,
}

/// What a pool's people sign in with: any mix of a name of their own, an e-mail address and a phone number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Name {
    pub plain: bool,
    pub email: bool,
    pub phone: bool,
}

impl Name {
    pub const PLAIN: Name = Name { plain: true, email: false, phone: false };
    pub const EMAIL: Name = Name { plain: false, email: true, phone: false };
    pub const PHONE: Name = Name { plain: false, email: false, phone: true };
}
