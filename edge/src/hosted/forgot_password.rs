//! `/forgotPassword`: a code for whoever has forgotten their password.

use super::typed::Typed;
use super::{Leaf, Step};
use crate::flow::reset;
use crate::message::Response;
use app::page::{AskCode, Page, Problem, Purpose};
use app::text::{Message, Name};

pub(super) const PATH: &str = "/forgotPassword";

pub(super) fn page(name: Name, typed: Typed, problems: Vec<Problem>) -> Page {
    Page::AskCode(AskCode { purpose: Purpose::Reset, name, username: typed.username, problems })
}

pub(super) async fn post(step: &Step<'_>, typed: Typed) -> Response {
    let Step { visit, edge, client, .. } = step;
    if reset::is_closed(&visit.pool) {
        let closed = vec![Problem::with_form(Message::ContactAdministrator)];
        return super::again(visit, step.ask, Leaf::ForgotPassword, typed, closed).await;
    }
    let sent = reset::forgot(edge, &visit.pool, client, &typed.username).await;
    step.sent(Leaf::ForgotPassword, typed, sent, Leaf::ConfirmForgotPassword).await
}
