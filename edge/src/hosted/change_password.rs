//! `/changePassword`: a password of one's own in place of a temporary one, on the way in.

use super::typed::Typed;
use super::{Leaf, Step};
use crate::flow::challenge::{self, Answer};
use crate::message::Response;
use crate::web::dress;
use app::page::{Attribute, NewPassword, Page, Problem};
use domain::error::{Error, Refusal};
use domain::pool::UserPool;
use domain::user::User;
use http::StatusCode;

pub(super) const PATH: &str = "/changePassword";

/// The page as the answer to a right temporary password.
pub(super) async fn ask(step: &Step<'_>, username: String, session: String, user: &User) -> Response {
    let visit = step.visit;
    let missing = required(&visit.pool).filter(|name| user.attribute(name).is_none());
    let attributes = missing.map(|name| (name.to_owned(), String::new())).collect();
    let typed = Typed { username, session, attributes, ..Typed::default() };
    visit.show(step.ask, StatusCode::OK, PATH, page(&visit.pool, typed, vec![])).await
}

/// Which attributes are missing is known from the form that comes back: it holds a field for each.
pub(super) fn page(pool: &UserPool, typed: Typed, problems: Vec<Problem>) -> Page {
    let attributes = required(pool)
        .filter_map(|name| typed.attributes.get_key_value(name))
        .map(|(name, value)| Attribute { name: name.clone(), value: value.clone(), required: true })
        .collect();
    Page::NewPassword(NewPassword {
        username: typed.username,
        session: Some(typed.session),
        attributes,
        need: dress::need(&pool.settings.password),
        problems,
    })
}

pub(super) async fn post(step: &Step<'_>, mut typed: Typed) -> Response {
    let Step { visit, edge, client, .. } = step;
    typed.attributes.retain(|name, _| required(&visit.pool).any(|required| required == name));
    // Each field that came stood on the page, and has to be filled in.
    let mut problems = typed.wrong_attributes(typed.attributes.keys().map(|name| (name.as_str(), true)));
    problems.extend(typed.wrong_password(&visit.pool.settings.password));
    if !problems.is_empty() {
        return super::again(visit, step.ask, Leaf::ChangePassword, typed, problems).await;
    }
    let answer = Answer {
        session: &typed.session,
        username: Some(&typed.username),
        password: &typed.password,
        attributes: typed.attributes.clone(),
    };
    match challenge::answer_hosted(edge, &visit.pool, client, answer).await {
        Ok(person) => step.signed_in(typed, &person).await,
        // There is no way on from here but to begin again.
        Err(Error::Refused(
            refusal @ (Refusal::SessionInvalid | Refusal::SessionExpired | Refusal::SessionUsed),
        )) => {
            let typed = Typed { username: typed.username, ..Typed::default() };
            step.again(Leaf::Login, typed, &refusal.into()).await
        }
        Err(error) => step.again(Leaf::ChangePassword, typed, &error).await,
    }
}

/// The attributes a person must have, but for those only an administrator may write.
fn required(pool: &UserPool) -> impl Iterator<Item = &str> {
    let open = |name: &&str| pool.settings.attribute(name).is_some_and(|attribute| !attribute.developer_only);
    pool.settings.required().filter(open)
}
