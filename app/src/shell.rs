//! What surrounds a page: whose it is, where its links lead, what its forms post back.

use crate::text::Lang;

/// Everything about a document but the page itself. URLs are used as they are: the caller puts the query on them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shell {
    pub lang: Lang,
    pub brand: Brand,
    pub links: Links,
    pub form: Form,
    pub assets: Assets,
    /// Where the browser goes after this, as a host (`photos.example.com`), so that a person can tell a stranger's link.
    pub return_host: Option<String>,
    /// Names this answer in the logs.
    pub reference: String,
}

/// How the owner of the pool or client dresses the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brand {
    /// The app the person is signing in to.
    pub client_name: Option<String>,
    pub logo: Option<Logo>,
    /// The owner's sheet, linked after ours. It was drawn for a light page, so it also switches the dark scheme off.
    pub css_url: Option<String>,
    pub terms_url: Option<String>,
    pub privacy_url: Option<String>,
    pub support_url: Option<String>,
}

/// The owner's logo. With its size in pixels known, the box it will fill is reserved exactly and nothing shifts;
/// without, the largest box it may fill is reserved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    pub url: String,
    pub size: Option<(u32, u32)>,
}

impl Logo {
    /// The most a logo is given, in CSS pixels: Cognito's own figure.
    pub const LARGEST: (u32, u32) = (350, 178);

    /// Width and height on the page: scaled down to [`Logo::LARGEST`], never up.
    pub fn shown(&self) -> (u32, u32) {
        let (most_wide, most_high) = Self::LARGEST;
        let Some((width, height)) = self.size.filter(|(w, h)| *w > 0 && *h > 0) else { return Self::LARGEST };
        if width <= most_wide && height <= most_high {
            return (width, height);
        }
        let (w, h) = (u64::from(width), u64::from(height));
        let (mw, mh) = (u64::from(most_wide), u64::from(most_high));
        // The side that overflows more, compared without dividing.
        let (w, h) = if w * mh >= h * mw { (mw, h * mw / w) } else { (w * mh / h, mh) };
        (u32::try_from(w).unwrap_or(most_wide).max(1), u32::try_from(h).unwrap_or(most_high).max(1))
    }
}

/// Where a page may lead. A link that is absent is not shown: without `sign_up`, nobody is invited to sign up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    pub sign_in: Option<String>,
    pub sign_up: Option<String>,
    pub forgot: Option<String>,
    pub confirm: Option<String>,
    /// Also what the "send a new code" button on the confirm page posts to.
    pub resend: Option<String>,
}

/// What the page's form posts, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// The page's own form posts here.
    pub action: String,
    /// Goes back as `_csrf`.
    pub csrf: String,
    /// Names this copy of the form; goes back as `_once`, so that a double click is one submission.
    pub once: String,
}

/// What the browser loads beside the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assets {
    pub sheet: Sheet,
    /// The module that wakes the islands; without it the page is the same, with nothing to wake.
    pub boot_url: Option<String>,
    pub icon_url: Option<String>,
}

/// How our own sheet travels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Sheet {
    /// In the document. `style-src` then has to carry the hash of [`CSS`](crate::style::CSS).
    #[default]
    Inline,
    /// From this URL, which serves [`CSS`](crate::style::CSS).
    Linked(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(width: u32, height: u32) -> (u32, u32) {
        Logo { url: String::new(), size: Some((width, height)) }.shown()
    }

    #[test]
    fn a_logo_keeps_its_shape_inside_the_box() {
        assert_eq!(shown(120, 40), (120, 40));
        assert_eq!(shown(700, 100), (350, 50));
        assert_eq!(shown(356, 356), (178, 178));
        assert_eq!(shown(u32::MAX, 1), (350, 1));
        assert_eq!(shown(1, u32::MAX), (1, 178));
    }

    #[test]
    fn a_logo_of_unknown_size_gets_the_largest_box() {
        assert_eq!(shown(0, 9), Logo::LARGEST);
        assert_eq!(Logo { url: String::new(), size: None }.shown(), Logo::LARGEST);
    }
}
