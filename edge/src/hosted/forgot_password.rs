//! `/forgotPassword`: a code for whoever has forgotten their password.

use super::resend_code::unless_telling;
use super::typed::Typed;
use super::{Leaf, Step, confirm_forgot_password};
use crate::flow::reset;
use crate::message::Response;
use crate::web::dress;
use crate::web::flash::{Flash, Notice};
use app::page::{Forgot, Page, Problem};
use domain::pool::UserPool;

pub(super) const PATH: &str = "/forgotPassword";

pub(super) fn page(pool: &UserPool, typed: Typed, problems: Vec<Problem>) -> Page {
    Page::Forgot(Forgot { name: dress::sign_in_name(pool), username: typed.username, problems })
}

pub(super) async fn post(step: &Step<'_>, typed: Typed) -> Response {
    let Step { visit, client, .. } = step;
    let sent = reset::forgot(&visit.edge, &visit.pool, client, &typed.username).await;
    match unless_telling(step, sent) {
        None => visit.onward(&Flash {
            page: confirm_forgot_password::PATH.into(),
            username: typed.username,
            notice: Some(Notice::SentIfKnown),
        }),
        Some(problem) => step.again(Leaf::ForgotPassword, typed, problem).await,
    }
}
