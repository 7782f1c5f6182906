//! A browser without scripts.

use crate::call::{Answer, encode};
use crate::world::World;
use edge::message::{Body, Request};
use http::Method;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// It keeps cookies, reads forms, follows nothing by itself.
#[derive(Debug)]
pub struct Browser {
    world: Rc<World>,
    pub cookies: RefCell<BTreeMap<String, String>>,
}

impl Browser {
    pub fn new(world: &Rc<World>) -> Self {
        Self { world: Rc::clone(world), cookies: RefCell::default() }
    }

    /// A browser that has got hold of these cookies.
    pub fn with_cookies(world: &Rc<World>, cookies: BTreeMap<String, String>) -> Self {
        Self { world: Rc::clone(world), cookies: RefCell::new(cookies) }
    }

    fn request(&self, method: Method, target: &str, form: Option<&[(&str, &str)]>) -> Request {
        let mut request = World::request(method, target);
        let jar: Vec<String> = self.cookies.borrow().iter().map(|(n, v)| format!("{n}={v}")).collect();
        if !jar.is_empty() {
            request.headers.insert("cookie", jar.join("; ").parse().unwrap());
        }
        if let Some(form) = form {
            request.headers.insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
            request.headers.insert("origin", "null".parse().unwrap());
            request.headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
            request.body = Body::Bytes(encode(form).into_bytes());
        }
        request
    }

    pub fn send(&self, method: Method, target: &str, form: Option<&[(&str, &str)]>) -> Answer {
        let answer = self.world.ask(self.request(method, target, form));
        for line in answer.headers.get_all("set-cookie") {
            let line = line.to_str().unwrap();
            assert!(line.contains("Path=/_hosted/demo; HttpOnly; SameSite=Lax"), "{line}");
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.cookies.borrow_mut().insert(name.into(), value.into());
            }
        }
        answer
    }

    pub fn open(&self, target: &str) -> Answer {
        self.send(Method::GET, target, None)
    }

    /// Fills the page's form in and sends it, with what stands in it already.
    pub fn submit(&self, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let (action, all) = filled(page, fields);
        self.send(Method::POST, &action, Some(&pairs(&all)))
    }

    /// The request that [`Self::submit`] would send.
    pub fn submission(&self, page: &Answer, fields: &[(&str, &str)]) -> Request {
        let (action, all) = filled(page, fields);
        self.request(Method::POST, &action, Some(&pairs(&all)))
    }
}

fn pairs(fields: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Where a page's form goes, and what it says once these fields are filled in.
fn filled(page: &Answer, fields: &[(&str, &str)]) -> (String, BTreeMap<String, String>) {
    let html = page.text();
    let action = attribute(&html, "<form", "action").expect("a form");
    let mut all: BTreeMap<String, String> = html
        .split("<input")
        .skip(1)
        .filter_map(|input| {
            Some((attribute(input, "", "name")?, attribute(input, "", "value").unwrap_or_default()))
        })
        .collect();
    all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    (action, all)
}

/// The value of an attribute of the first element that begins with `element`.
pub fn attribute(html: &str, element: &str, name: &str) -> Option<String> {
    let from = html.get(html.find(element)?..)?;
    let tag = from.get(..from.find('>')?)?;
    let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
    Some(value.replace("&amp;", "&").replace("&quot;", "\"").replace("&#x27;", "'").replace("&lt;", "<"))
}
