use crate::aws::signed::Principal;
use crate::aws::xml::Xml;
use crate::edge::Edge;

pub(super) fn run(edge: &Edge, caller: &Principal) -> Xml {
    let account = &edge.settings().account;
    let mut xml = Xml::new();
    xml.text("Arn", caller.arn(account)).text("UserId", caller.user_id(account)).text("Account", account);
    xml
}
