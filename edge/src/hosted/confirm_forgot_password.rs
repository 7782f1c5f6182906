//! `/confirmForgotPassword`: the code that was sent, and the password from now on.

use super::typed::Typed;
use super::{Leaf, Step, login};
use crate::flow::reset;
use crate::message::Response;
use crate::web::dress;
use crate::web::flash::{Flash, Notice};
use app::page::{Page, Problem, Reset};
use domain::pool::UserPool;

pub(super) const PATH: &str = "/confirmForgotPassword";

pub(super) fn page(pool: &UserPool, typed: Typed, problems: Vec<Problem>) -> Page {
    let Typed { username, notice, .. } = typed;
    let need = dress::need(&pool.settings.password);
    Page::Reset(Reset { name: dress::sign_in_name(pool), username, need, problems, notice })
}

pub(super) async fn post(step: &Step<'_>, typed: Typed) -> Response {
    let Step { visit, edge, client, .. } = step;
    let Typed { username, code, password, .. } = &typed;
    match reset::confirm(edge, &visit.pool, client, username, code, password).await {
        Ok(()) => visit.onward(&Flash {
            page: login::PATH.into(),
            username: typed.username,
            notice: Some(Notice::PasswordChanged),
        }),
        Err(error) => step.again(Leaf::ConfirmForgotPassword, typed, &error).await,
    }
}
