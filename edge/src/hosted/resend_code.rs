//! `/resendcode`: another code to confirm an account.

use super::typed::Typed;
use super::{Leaf, Step};
use crate::flow::confirm;
use crate::message::Response;
use app::page::{AskCode, Page, Problem, Purpose};
use app::text::Name;

pub(super) const PATH: &str = "/resendcode";

pub(super) fn page(name: Name, typed: Typed, problems: Vec<Problem>) -> Page {
    Page::AskCode(AskCode { purpose: Purpose::Confirm, name, username: typed.username, problems })
}

pub(super) async fn post(step: &Step<'_>, typed: Typed) -> Response {
    let Step { visit, edge, client, .. } = step;
    let sent = confirm::resend(edge, &visit.pool, client, &typed.username).await;
    step.sent(Leaf::ResendCode, typed, sent, Leaf::ConfirmUser).await
}
