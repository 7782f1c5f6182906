use super::password_begin::CHANGES;
use super::{NewPassword, Status, User, guard, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::id::Sub;
use crate::session::{self, Began, Family, NewBrowser, NewFamily};
use serde::{Deserialize, Serialize};

/// Ends a password try with what the Worker found.
#[derive(Debug, Serialize, Deserialize)]
pub struct FinishPassword {
    /// The sub, or the phantom that [`super::BeginPassword`] named.
    pub subject: String,
    pub attempt: String,
    pub outcome: Outcome,
    /// The browser's session to start where [`Outcome::Prove`] leads to [`SignedIn::Proven`].
    #[serde(default)]
    pub browser: Option<NewBrowser>,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Outcome {
    Wrong,
    /// Right: sign in, unless the user's state asks for more.
    SignIn(NewFamily),
    /// Right: the person is who they say, unless their state asks for more. No tokens yet: the hosted pages give those
    /// by a code.
    Prove,
    /// Right: the person changes the password.
    Change(NewPassword),
}

/// Where a right password leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignedIn {
    Done {
        user: User,
        family: Family,
    },
    Proven {
        user: User,
    },
    /// A temporary password was right: a new one must be chosen first.
    NewPasswordRequired {
        user: User,
        /// The temporary password's version, which the answer to the challenge must still find. A release before did not
        /// say.
        #[serde(default)]
        credential: Option<i64>,
    },
    /// The password was changed.
    Changed,
}

impl Command for FinishPassword {
    type Answer = SignedIn;
    const NAME: &'static str = "user.finish_password";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<SignedIn, Error> {
        let wrong = matches!(self.outcome, Outcome::Wrong);
        let row = match Sub::parse(&self.subject) {
            Some(sub) if !wrong => store::find(cx.sql, &sub)?,
            _ => None,
        };
        let Some(row) = row else {
            guard::finish_wrong(cx, &self.subject, &self.attempt)?;
            return Err(Refusal::WrongPassword.into());
        };
        guard::finish_right(cx, &self.subject, row.credential, &self.attempt)?;
        match self.outcome {
            Outcome::Wrong => Err(Refusal::WrongPassword.into()),
            Outcome::SignIn(family) => sign_in(cx, row, Begins::Family(family)),
            Outcome::Prove => sign_in(cx, row, Begins::Browser(self.browser)),
            Outcome::Change(password) => {
                password.set(cx, &row.user.sub)?;
                if row.user.status != Status::Confirmed {
                    return Err(Refusal::WrongState { message: "User is not confirmed.".into() }.into());
                }
                guard::give_back(cx, &self.subject, CHANGES)?;
                Ok(SignedIn::Changed)
            }
        }
    }
}

/// What a sign-in begins.
enum Begins {
    Family(NewFamily),
    /// `None` from a release that starts it by itself.
    Browser(Option<NewBrowser>),
}

fn sign_in(cx: &mut Context<'_>, row: store::UserRow, begins: Begins) -> Result<SignedIn, Error> {
    let user = row.user;
    if !user.enabled {
        return Err(Refusal::UserDisabled.into());
    }
    match user.status {
        Status::Unconfirmed => Err(Refusal::UserNotConfirmed.into()),
        Status::ResetRequired => Err(Refusal::PasswordResetRequired.into()),
        Status::ForceChangePassword if row.password_expires.is_some_and(|at| at <= cx.now) => {
            Err(Refusal::TemporaryPasswordExpired.into())
        }
        Status::ForceChangePassword => {
            Ok(SignedIn::NewPasswordRequired { user, credential: Some(row.credential) })
        }
        Status::Confirmed => Ok(match begins {
            Begins::Family(family) => {
                let family = session::begin(cx, &user.sub, family, Began::Api)?;
                SignedIn::Done { user, family }
            }
            Begins::Browser(browser) => {
                if let Some(browser) = browser {
                    session::begin_browser(cx, &user.sub, &browser)?;
                }
                SignedIn::Proven { user }
            }
        }),
    }
}
