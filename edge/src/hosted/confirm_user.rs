//! `/confirmUser`: the code that proves a new account's address.

use super::typed::Typed;
use super::{Leaf, Step, login};
use crate::flow::confirm;
use crate::message::Response;
use crate::web::flash::{Flash, Notice};
use app::page::{Confirm, Page, Problem};
use app::text::Name;

pub(super) const PATH: &str = "/confirmUser";

pub(super) fn page(name: Name, typed: Typed, problems: Vec<Problem>) -> Page {
    let Typed { username, notice, .. } = typed;
    Page::Confirm(Confirm { name, username, problems, notice })
}

pub(super) async fn post(step: &Step<'_>, typed: Typed) -> Response {
    let Step { visit, edge, client, .. } = step;
    match confirm::confirm(edge, &visit.pool, client, &typed.username, &typed.code).await {
        Ok(_) => visit.onward(&Flash {
            page: login::PATH.into(),
            username: typed.username,
            notice: Some(Notice::Confirmed),
        }),
        Err(error) => step.again(Leaf::ConfirmUser, typed, &error).await,
    }
}
