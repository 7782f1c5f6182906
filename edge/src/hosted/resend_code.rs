//! `/resendcode`: another code to confirm an account.

use super::typed::Typed;
use super::{Leaf, Step, confirm_user, problem};
use crate::flow::sign_up;
use crate::message::Response;
use crate::web::dress;
use crate::web::flash::{Flash, Notice};
use app::page::{Page, Problem, Resend};
use domain::error::{Error, Refusal};
use domain::pool::UserPool;

pub(super) const PATH: &str = "/resendcode";

pub(super) fn page(pool: &UserPool, typed: Typed, problems: Vec<Problem>) -> Page {
    Page::Resend(Resend { name: dress::sign_up_name(pool), username: typed.username, problems })
}

pub(super) async fn post(step: &Step<'_>, typed: Typed) -> Response {
    let Step { visit, client, .. } = step;
    let sent = sign_up::resend(&visit.edge, &visit.pool, client, &typed.username).await;
    match unless_telling(step, sent) {
        None => visit.onward(&Flash {
            page: confirm_user::PATH.into(),
            username: typed.username,
            notice: Some(Notice::SentIfKnown),
        }),
        Some(problem) => step.again(Leaf::ResendCode, typed, problem).await,
    }
}

/// What went wrong with sending a code, unless saying so would tell whether there is such an account.
pub(super) fn unless_telling<T>(step: &Step<'_>, sent: Result<T, Error>) -> Option<Problem> {
    match sent {
        // Only these come alike to those who have an account and those who do not.
        Err(error @ (Error::Fault(_) | Error::Refused(Refusal::Busy | Refusal::LimitExceeded))) => {
            Some(problem::of(step.visit, Leaf::ResendCode, &error))
        }
        Ok(_) | Err(Error::Refused(_)) => None,
    }
}
