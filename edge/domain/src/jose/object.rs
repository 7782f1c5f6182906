use std::fmt;

use serde::de::{Deserializer as _, Error as _, MapAccess, Visitor};
use serde_json::{Map, Value};

/// Reads a JSON object whose member names are unique at the top level. RFC 7515 §4 and RFC 7519 §4 leave repeated
/// names to the reader; two readers that choose differently can be played off against each other, so they are
/// refused.
pub(super) fn parse(text: &[u8]) -> Option<Map<String, Value>> {
    struct Unique;

    impl<'de> Visitor<'de> for Unique {
        type Value = Map<String, Value>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object with unique member names")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
            let mut object = Map::new();
            while let Some((name, value)) = members.next_entry::<String, Value>()? {
                if object.insert(name, value).is_some() {
                    return Err(A::Error::custom("repeated member"));
                }
            }
            Ok(object)
        }
    }

    let mut reader = serde_json::Deserializer::from_slice(text);
    let object = reader.deserialize_map(Unique).ok()?;
    reader.end().ok()?;
    Some(object)
}
