//! One request to a pool's site: whose site it is, what it carries along, and the ways it can end.

use super::ask::{Ask, Asker, Wrong};
use super::cookie::Cookie;
use super::flash::{self, Flash};
use super::{csrf, dress, once, page, uri};
use crate::edge::Edge;
use crate::flow::branding;
use crate::hosts::Site;
use crate::message::{Request, Response};
use crate::path::{Pairs, Path, Plus};
use app::page::{Failure, Page};
use app::text::{Lang, Message};
use domain::branding::ALL;
use domain::error::{Error, Refusal};
use domain::pool::UserPool;
use http::StatusCode;
use std::rc::Rc;

#[derive(Debug)]
pub(crate) struct Visit {
    pub(crate) edge: Edge,
    pub(crate) site: Site,
    pub(crate) pool: Rc<UserPool>,
    pub(crate) request: Request,
    pub(crate) query: Pairs,
    pub(crate) lang: Lang,
    /// This browser's half of the proof that a form is ours.
    forgery: String,
    /// The browser does not have it yet.
    forgery_is_new: bool,
}

impl Visit {
    /// Enters the site that a request is for, or answers that there is none.
    pub(crate) async fn enter(
        edge: &Edge,
        site: Site,
        request: Request,
        path: &Path,
    ) -> Result<Self, Response> {
        let empty = Pairs::default();
        let (status, message) = match path.query(Plus::Space) {
            Err(_) => (StatusCode::BAD_REQUEST, Message::BadRequest),
            Ok(query) => match pool_of(edge, &site.prefix).await {
                Ok(Some(pool)) => return Ok(Self::new(edge, site, pool, request, query)),
                Ok(None) => (StatusCode::NOT_FOUND, Message::NotFound),
                Err(error) => ours(edge, &error),
            },
        };
        Err(page::bare(edge, page::language(&request, &empty), status, message))
    }

    pub(crate) fn new(edge: &Edge, site: Site, pool: Rc<UserPool>, request: Request, query: Pairs) -> Self {
        let lang = page::language(&request, &query);
        let known = Cookie::Forgery.read(&site, &request).filter(|cookie| csrf::is_drawn(cookie));
        let forgery_is_new = known.is_none();
        let forgery = known.unwrap_or_else(|| csrf::draw(edge));
        Self { edge: edge.clone(), site, pool, request, query, lang, forgery, forgery_is_new }
    }

    /// A page of this site with the request carried along, as a whole address.
    pub(crate) fn url(&self, page: &str) -> String {
        uri::with(&self.site.url(page), self.query.iter())
    }

    /// The same for a link: without the origin, so that it leads where the browser already is.
    pub(crate) fn link(&self, page: &str) -> String {
        uri::with(&format!("{}{page}", self.site.path), self.query.iter())
    }

    /// Whether a form that came with this request was ours.
    pub(crate) fn is_own_form(&self, form: &Pairs) -> bool {
        let cookie = Cookie::Forgery.read(&self.site, &self.request);
        let token = form.one("_csrf").ok().flatten();
        !csrf::is_foreign(&self.request, &self.site)
            && csrf::holds(&self.edge.settings().keys, &self.pool, cookie.as_deref(), token)
    }

    /// Whether a form came without the cookie that each page sets.
    pub(crate) fn lacks_cookie(&self) -> bool {
        Cookie::Forgery.read(&self.site, &self.request).is_none()
    }

    /// The world as a form that was posted to `page` acts in it: [once](super::once).
    pub(crate) fn once(&self, page: &str, form: &Pairs) -> Edge {
        once::edge(&self.edge, &self.pool, &self.forgery, page, form)
    }

    /// What an earlier page left for this one.
    pub(crate) fn flash(&self, page: &str) -> Option<Flash> {
        let text = Cookie::Flash.read(&self.site, &self.request)?;
        Flash::open(&self.edge, &self.pool, page, &text)
    }

    /// On to another page of this site, leaving something for it.
    pub(crate) fn onward(&self, flash: &Flash) -> Response {
        let response = page::redirect(StatusCode::SEE_OTHER, &self.url(&flash.page));
        Cookie::Flash.set(&self.site, &flash.seal(&self.edge, &self.pool), Some(flash::LIVES), response)
    }

    /// Shows a page whose form posts to `action`.
    pub(crate) async fn show(&self, ask: &Ask, status: StatusCode, action: &str, page: Page) -> Response {
        self.dressed(Some(&ask.asker), status, action, page).await
    }

    async fn dressed(&self, asker: Option<&Asker>, status: StatusCode, action: &str, page: Page) -> Response {
        let client = asker.map_or(ALL, |asker| asker.client.id.as_str());
        // A page without its look is better than none.
        let look = match branding::worn(&self.edge, &self.pool, client).await {
            Ok(look) => look,
            Err(error) => {
                page::log_fault(&self.edge, &error);
                None
            }
        };
        let token = csrf::token(&self.edge, &self.pool, &self.forgery);
        let shell = dress::shell(self, asker, look.as_deref(), action, token);
        let redirect_uri = asker.map(|asker| asker.redirect_uri.as_str()).filter(|_| page.leads_on());
        let response = page::answer(status, page, shell, redirect_uri);
        if self.forgery_is_new {
            Cookie::Forgery.set(&self.site, &self.forgery, None, response)
        } else {
            response
        }
    }

    /// A page that says why there is no other.
    pub(crate) async fn fail(&self, status: StatusCode, message: Message) -> Response {
        let outcome = page::outcome(&message);
        let page = Page::Failure(Failure { message, retry_url: None });
        self.dressed(None, status, "/error", page).await.told(outcome)
    }

    /// The end of a session, as a page.
    pub(crate) async fn signed_out(&self) -> Response {
        self.dressed(None, StatusCode::OK, "/logout", Page::SignedOut(app::page::SignedOut)).await
    }

    /// Something could not be done for a reason that is not the request's.
    pub(crate) async fn broken(&self, error: &Error) -> Response {
        let (status, message) = ours(&self.edge, error);
        self.fail(status, message).await
    }

    /// The answer to an authorization request that goes no further.
    pub(crate) async fn refuse(&self, wrong: Wrong) -> Response {
        match wrong {
            Wrong::Client => self.fail(StatusCode::BAD_REQUEST, Message::UnknownClient).await,
            Wrong::Redirect => self.fail(StatusCode::BAD_REQUEST, Message::UnregisteredRedirect).await,
            Wrong::Unreadable => self.fail(StatusCode::BAD_REQUEST, Message::BadRequest).await,
            Wrong::Told { asker, error, description } => tell(&asker, error, &description),
            Wrong::Failed(error) => self.broken(&error).await,
        }
    }
}

/// Sends an error to the client (RFC 6749 §4.1.2.1).
pub(crate) fn tell(asker: &Asker, error: &'static str, description: &str) -> Response {
    let to = asker.back([("error", error), ("error_description", description)]);
    page::redirect(StatusCode::FOUND, &to).told(error)
}

/// What a person is told of something that is not theirs to mend. The log learns why.
fn ours(edge: &Edge, error: &Error) -> (StatusCode, Message) {
    let fault = match error {
        Error::Refused(Refusal::Busy) => return (StatusCode::SERVICE_UNAVAILABLE, Message::Busy),
        Error::Refused(Refusal::PoolNotFound { .. }) => return (StatusCode::NOT_FOUND, Message::NotFound),
        Error::Refused(refusal) => format!("a page was refused with {refusal:?}"),
        Error::Fault(fault) => fault.to_string(),
    };
    edge.log_fault(&fault);
    (StatusCode::INTERNAL_SERVER_ERROR, Message::Fault)
}

/// The pool that holds a domain prefix.
async fn pool_of(edge: &Edge, prefix: &str) -> Result<Option<Rc<UserPool>>, Error> {
    let named = async |id: &str| match edge.pool_named(id).await {
        Ok(pool) => Ok((pool.domain.as_deref() == Some(prefix)).then_some(pool)),
        Err(Error::Refused(Refusal::PoolNotFound { .. })) => Ok(None),
        Err(error) => Err(error),
    };
    if let Some(id) = edge.account().await?.domains.get(prefix)
        && let Some(pool) = named(id).await?
    {
        return Ok(Some(pool));
    }
    match edge.account_looked_at_again().await?.domains.get(prefix) {
        Some(id) => named(id).await,
        None => Ok(None),
    }
}
