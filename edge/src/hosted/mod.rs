//! The hosted pages: GET shows, POST acts and sends the browser on. Every page is complete without any script, carries
//! the authorization request in its query, and tells nothing about who has an account, but for sign-up: a name that is
//! taken has to be called taken.

mod branding;
mod change_password;
mod confirm_forgot_password;
mod confirm_user;
mod forgot_password;
mod login;
mod problem;
mod resend_code;
mod sign_up;
mod typed;

use crate::edge::Edge;
use crate::flow::browser::{self, Person};
use crate::flow::grant;
use crate::hosts::Site;
use crate::message::{Request, Response};
use crate::path::Path;
use crate::web::ask::Ask;
use crate::web::cookie::Cookie;
use crate::web::flash::{Flash, Notice};
use crate::web::visit::Visit;
use crate::web::{dress, form, page};
use app::page::Problem;
use app::text::{Message, Name};
use domain::error::{Error, Refusal};
use domain::pool::{Client, UserPool};
use http::{Method, StatusCode};
use std::rc::Rc;
use typed::Typed;

/// A page with a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaf {
    Login,
    SignUp,
    ConfirmUser,
    ResendCode,
    ForgotPassword,
    ConfirmForgotPassword,
    ChangePassword,
}

impl Leaf {
    const ALL: [Self; 7] = [
        Self::Login,
        Self::SignUp,
        Self::ConfirmUser,
        Self::ResendCode,
        Self::ForgotPassword,
        Self::ConfirmForgotPassword,
        Self::ChangePassword,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Login => login::PATH,
            Self::SignUp => sign_up::PATH,
            Self::ConfirmUser => confirm_user::PATH,
            Self::ResendCode => resend_code::PATH,
            Self::ForgotPassword => forgot_password::PATH,
            Self::ConfirmForgotPassword => confirm_forgot_password::PATH,
            Self::ChangePassword => change_password::PATH,
        }
    }
}

impl Leaf {
    /// What a person calls themselves on the page. An account that is not confirmed has no aliases yet.
    fn name(self, pool: &UserPool) -> Name {
        match self {
            Self::SignUp | Self::ConfirmUser | Self::ResendCode => dress::sign_up_name(pool),
            Self::Login | Self::ForgotPassword | Self::ConfirmForgotPassword | Self::ChangePassword => {
                dress::sign_in_name(pool)
            }
        }
    }
}

/// Serves a page of a site; `within` is the path in it. Gives the operation's name for the log.
pub(crate) async fn serve(
    edge: &Edge,
    request: Request,
    path: &Path,
    site: Site,
    within: &str,
) -> (String, Response) {
    let mut visit = match Visit::enter(edge, site, request, path).await {
        Ok(visit) => visit,
        Err(response) => return ("unknown".into(), response),
    };
    if let Some(file) = within.strip_prefix("/branding/") {
        return ("branding".into(), branding::serve(&visit, file).await);
    }
    if within == "/error" {
        return ("error".into(), visit.fail(StatusCode::BAD_REQUEST, Message::BadRequest).await);
    }
    let Some(leaf) = Leaf::ALL.into_iter().find(|leaf| leaf.path() == within) else {
        return ("unknown".into(), visit.fail(StatusCode::NOT_FOUND, Message::NotFound).await);
    };
    let name = leaf.path().trim_start_matches('/').to_owned();
    let response = match visit.request.method {
        Method::GET | Method::HEAD => show(&visit, leaf).await,
        Method::POST => act(&mut visit, leaf).await,
        _ => {
            let response = visit.fail(StatusCode::METHOD_NOT_ALLOWED, Message::BadRequest).await;
            response.with("allow", "GET, POST")
        }
    };
    (name, response)
}

/// A page as it is first seen.
async fn show(visit: &Visit, leaf: Leaf) -> Response {
    let ask = match Ask::read(&visit.edge, &visit.pool, &visit.query).await {
        Ok(ask) => ask,
        Err(wrong) => return visit.refuse(wrong).await,
    };
    let left = visit.flash(leaf.path());
    let hint = ask.login_hint.clone().filter(|_| leaf == Leaf::Login);
    let (username, notice) = match left {
        Some(flash) => (flash.username, flash.notice.map(|notice| notice.message())),
        None => (hint.unwrap_or_default(), None),
    };
    let typed = Typed { username, notice, ..Typed::default() };
    again(visit, &ask, leaf, typed, vec![]).await
}

/// A page with what was typed, and what was wrong with it.
async fn again(visit: &Visit, ask: &Ask, leaf: Leaf, typed: Typed, problems: Vec<Problem>) -> Response {
    let status = problem::status(&problems);
    let outcome = problems.first().map(|problem| page::outcome(&problem.message));
    let pool = &visit.pool;
    let name = leaf.name(pool);
    let page = match leaf {
        Leaf::Login => login::page(name, typed, problems),
        Leaf::SignUp => sign_up::page(pool, &ask.asker.client, typed, problems),
        Leaf::ConfirmUser => confirm_user::page(name, typed, problems),
        Leaf::ResendCode => resend_code::page(name, typed, problems),
        Leaf::ForgotPassword => forgot_password::page(name, typed, problems),
        Leaf::ConfirmForgotPassword => confirm_forgot_password::page(pool, typed, problems),
        Leaf::ChangePassword if typed.session.is_empty() => {
            // Nobody is asked for a new password out of the blue.
            return page::redirect(StatusCode::SEE_OTHER, &visit.url(login::PATH));
        }
        Leaf::ChangePassword => change_password::page(pool, typed, problems),
    };
    let response = visit.show(ask, status, leaf.path(), page).await;
    Response { outcome: outcome.map(Into::into), ..response }
}

/// A form that came back.
async fn act(visit: &mut Visit, leaf: Leaf) -> Response {
    let form = match form::take(&mut visit.request).await {
        Ok(form) => form,
        Err(fault) => return visit.fail(fault.status(), fault.message()).await,
    };
    let ask = match Ask::read(&visit.edge, &visit.pool, &visit.query).await {
        Ok(ask) => ask,
        Err(wrong) => return visit.refuse(wrong).await,
    };
    let typed = Typed::read(&visit.pool, &form);
    if !visit.is_own_form(&form) {
        let message = if visit.lacks_cookie() { Message::NoCookie } else { Message::FormExpired };
        return again(visit, &ask, leaf, typed, vec![Problem::with_form(message)]).await;
    }
    let missing = typed.missing(leaf, leaf.name(&visit.pool));
    if !missing.is_empty() {
        return again(visit, &ask, leaf, typed, missing).await;
    }
    let edge = visit.once(leaf.path(), &form);
    let step = Step { client: discreet(&ask.asker.client), edge, visit, ask: &ask };
    match leaf {
        Leaf::Login => login::post(&step, typed).await,
        Leaf::SignUp => sign_up::post(&step, typed).await,
        Leaf::ConfirmUser => confirm_user::post(&step, typed).await,
        Leaf::ResendCode => resend_code::post(&step, typed).await,
        Leaf::ForgotPassword => forgot_password::post(&step, typed).await,
        Leaf::ConfirmForgotPassword => confirm_forgot_password::post(&step, typed).await,
        Leaf::ChangePassword => change_password::post(&step, typed).await,
    }
}

/// What a form acts with.
#[derive(Debug)]
struct Step<'a> {
    visit: &'a Visit,
    /// The world in which the form acts once, however often it comes. What is the browser's own, its session and the code
    /// for its client, is made anew each time.
    edge: Edge,
    ask: &'a Ask,
    /// The client, keeping to itself who has an account.
    client: Rc<Client>,
}

/// Our own pages never tell whether there is such a user, whatever the client's setting is.
fn discreet(client: &Client) -> Rc<Client> {
    Rc::new(Client { hides_missing_users: true, ..client.clone() })
}

impl Step<'_> {
    /// The page once more, with what was wrong.
    async fn again(&self, leaf: Leaf, typed: Typed, error: &Error) -> Response {
        let problems = problem::of(self.visit, leaf, error, &typed.password);
        again(self.visit, self.ask, leaf, typed, problems).await
    }

    /// On to where a code is typed, whether or not one was sent: saying more would tell whether there is such an account.
    async fn sent<T>(&self, leaf: Leaf, typed: Typed, sent: Result<T, Error>, next: Leaf) -> Response {
        match sent {
            // Only these come alike to those who have an account and those who do not.
            Err(error @ (Error::Fault(_) | Error::Refused(Refusal::Busy | Refusal::LimitExceeded))) => {
                self.again(leaf, typed, &error).await
            }
            Ok(_) | Err(Error::Refused(_)) => self.visit.onward(&Flash {
                page: next.path().into(),
                username: typed.username,
                notice: Some(Notice::SentIfKnown),
            }),
        }
    }

    /// Somebody has proved who they are: the session that has started is this browser's, and its client gets a code.
    async fn signed_in(&self, typed: Typed, person: &Person) -> Response {
        let Visit { edge, pool, site, .. } = self.visit;
        let code = match grant::issue(edge, pool, person, &self.ask.bounds()).await {
            Ok(code) => code,
            // It has ended already: by an administrator, or because the form is one that was sent before.
            Err(error @ Error::Refused(Refusal::SessionInvalid)) => {
                let typed = Typed { username: typed.username, ..Typed::default() };
                return self.again(Leaf::Login, typed, &error).await;
            }
            Err(error) => return self.visit.broken(&error).await,
        };
        let to = self.ask.asker.back([("code", code.as_str())]);
        let response = page::redirect(StatusCode::SEE_OTHER, &to);
        let response = Cookie::Session.set(site, &person.cookie(edge, pool), Some(browser::LIVES), response);
        Cookie::Flash.clear(site, response)
    }
}
