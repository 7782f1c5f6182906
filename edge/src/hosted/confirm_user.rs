//! `/confirmUser`: the code that proves a new account's address.

use super::typed::Typed;
use super::{Leaf, Step, login, problem};
use crate::flow::sign_up;
use crate::message::Response;
use crate::web::dress;
use crate::web::flash::{Flash, Notice};
use app::page::{Confirm, Page, Problem};
use domain::pool::UserPool;

pub(super) const PATH: &str = "/confirmUser";

pub(super) fn page(pool: &UserPool, typed: Typed, problems: Vec<Problem>) -> Page {
    let Typed { username, notice, .. } = typed;
    Page::Confirm(Confirm { name: dress::sign_up_name(pool), username, problems, notice })
}

pub(super) async fn post(step: &Step<'_>, typed: Typed) -> Response {
    let Step { visit, client, .. } = step;
    match sign_up::confirm(&visit.edge, &visit.pool, client, &typed.username, &typed.code).await {
        Ok(_) => visit.onward(&Flash {
            page: login::PATH.into(),
            username: typed.username,
            notice: Some(Notice::Confirmed),
        }),
        Err(error) => {
            let problem = problem::of(visit, Leaf::ConfirmUser, &error);
            step.again(Leaf::ConfirmUser, typed, problem).await
        }
    }
}
