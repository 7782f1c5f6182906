//! `/login`: name and password.

use super::typed::Typed;
use super::{Leaf, Step, change_password, confirm_user};
use crate::flow::sign_in::{self, Proven};
use crate::message::Response;
use crate::web::flash::{Flash, Notice};
use app::page::{Page, Problem, SignIn};
use app::text::Name;
use domain::error::{Error, Refusal};

pub(super) const PATH: &str = "/login";

pub(super) fn page(name: Name, typed: Typed, problems: Vec<Problem>) -> Page {
    let Typed { username, notice, .. } = typed;
    Page::SignIn(SignIn { name, username, providers: vec![], problems, notice })
}

pub(super) async fn post(step: &Step<'_>, typed: Typed) -> Response {
    let Step { visit, edge, client, .. } = step;
    match sign_in::prove(edge, &visit.pool, client, &typed.username, &typed.password).await {
        Ok(Proven::Person(person)) => step.signed_in(typed, &person).await,
        Ok(Proven::NewPassword { session, user }) => {
            change_password::ask(step, typed.username, session, &user).await
        }
        // Said only to who knows the password.
        Err(Error::Refused(Refusal::UserNotConfirmed)) => visit.onward(&Flash {
            page: confirm_user::PATH.into(),
            username: typed.username,
            notice: Some(Notice::NotConfirmed),
        }),
        Err(error) => step.again(Leaf::Login, typed, &error).await,
    }
}
