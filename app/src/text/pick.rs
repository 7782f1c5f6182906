use super::Lang;

/// Where a person's languages may be told, strongest first. Every part is raw, hostile text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wish<'a> {
    /// OIDC: tags, separated by spaces, best first.
    pub ui_locales: Option<&'a str>,
    /// Cognito: one tag.
    pub lang: Option<&'a str>,
    /// What the person chose before, from a cookie.
    pub cookie: Option<&'a str>,
    /// The browser's `Accept-Language` header.
    pub accept_language: Option<&'a str>,
}

/// How many tags of one wish are read; nobody speaks more, and the rest costs time.
const MOST_TAGS: usize = 16;

impl Lang {
    /// The first language asked for that the pages speak; English where there is none.
    pub fn pick(wish: &Wish) -> Lang {
        let asked = [wish.ui_locales, wish.lang, wish.cookie].into_iter().flatten();
        asked
            .flat_map(|tags| tags.split_ascii_whitespace().take(MOST_TAGS))
            .find_map(Lang::asked_for)
            .or_else(|| wish.accept_language.and_then(Lang::accepted))
            .unwrap_or_default()
    }

    /// The language of a tag a person or an app chose: the pseudo language in full, others by their first subtag.
    fn asked_for(tag: &str) -> Option<Lang> {
        if tag.eq_ignore_ascii_case(Lang::Pseudo.tag()) {
            return Some(Lang::Pseudo);
        }
        Lang::of(tag)
    }

    /// The best of an `Accept-Language` header (RFC 9110 §12.5.4): highest weight, and the first among equals.
    fn accepted(header: &str) -> Option<Lang> {
        header
            .split(',')
            .take(MOST_TAGS)
            .filter_map(|entry| {
                let (tag, parameters) = entry.split_once(';').unwrap_or((entry, ""));
                let weight = weight(parameters)?;
                Some((weight, Lang::of(tag.trim())?)).filter(|_| weight > 0)
            })
            .reduce(|best, next| if next.0 > best.0 { next } else { best })
            .map(|(_, lang)| lang)
    }

    fn of(tag: &str) -> Option<Lang> {
        let primary = tag.split(['-', '_']).next()?;
        // `*` is content with whatever we speak first.
        let ours = |lang: &&Lang| {
            **lang != Lang::Pseudo && (lang.tag().eq_ignore_ascii_case(primary) || primary == "*")
        };
        Lang::ALL.iter().find(ours).copied()
    }
}

/// A weight in thousandths; 1000 where none is given, `None` where it is not a weight.
fn weight(parameters: &str) -> Option<u16> {
    let parameters = parameters.trim();
    if parameters.is_empty() {
        return Some(1000);
    }
    let digits = parameters.strip_prefix("q=").or_else(|| parameters.strip_prefix("Q="))?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_wish_we_can_meet_decides() {
        let wish = Wish { ui_locales: Some("xx en-XA"), lang: Some("en"), ..Wish::default() };
        assert_eq!(Lang::pick(&wish), Lang::Pseudo);
        let wish =
            Wish { ui_locales: Some("xx yy"), lang: Some("en_GB"), cookie: Some("en-XA"), ..Wish::default() };
        assert_eq!(Lang::pick(&wish), Lang::English);
        let wish = Wish { cookie: Some("en-xa"), accept_language: Some("en"), ..Wish::default() };
        assert_eq!(Lang::pick(&wish), Lang::Pseudo);
    }

    #[test]
    fn nothing_we_speak_is_english() {
        assert_eq!(Lang::pick(&Wish::default()), Lang::English);
        assert_eq!(Lang::pick(&Wish { lang: Some("\0<script>"), ..Wish::default() }), Lang::English);
    }

    #[test]
    fn no_browser_gets_the_pseudo_language_by_its_header() {
        assert_eq!(Lang::accepted("en-XA"), Some(Lang::English));
    }

    #[test]
    fn a_header_is_read_by_weight() {
        assert_eq!(Lang::accepted("xx, en;q=0.5"), Some(Lang::English));
        assert_eq!(Lang::accepted("xx, *;q=0.1"), Some(Lang::English));
        assert_eq!(Lang::accepted("en;q=0"), None);
        assert_eq!(Lang::accepted("en;q=2, en;q=0.1234, en;w=1"), None);
        assert_eq!(Lang::accepted("xx,".repeat(17).as_str()), None);
        assert_eq!(weight("q=0.05"), Some(50));
        assert_eq!(weight("Q=1.000"), Some(1000));
        assert_eq!(weight("q=1.001"), None);
    }
}
