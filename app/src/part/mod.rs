//! What pages are made of. Each part carries Cognito's classic class where that belongs, so that an owner's old sheet
//! finds what it styles; the look itself is in `style/`.

pub(crate) mod brand;
pub(crate) mod document;
pub(crate) mod field;
pub(crate) mod form;
pub(crate) mod link;
pub(crate) mod notice;
pub(crate) mod password;
pub(crate) mod provider;
