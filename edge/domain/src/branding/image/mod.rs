//! The owner's logo: PNG or JPEG, known by its bytes, rebuilt from the parts that draw the picture.
//!
//! The name and the media type that came with an upload count for nothing. Whatever is not needed to draw (text,
//! location, camera, colour profiles, thumbnails, bytes after the end) is left out, so that a file cannot be two things
//! at once or tell more than it shows. Pixels are not decoded; the bound on them is what protects those who do. An
//! orientation that stood in the metadata goes with it.

mod jpeg;
mod png;
#[cfg(test)]
mod tests;

use std::fmt;

/// The longest file of the API's model, in bytes.
pub const MAX_BYTES: usize = 131_072;
/// The greatest width and height, in pixels.
pub const MAX_SIDE: u32 = 4_096;

/// A picture that is safe to store and to serve.
#[derive(Clone, PartialEq, Eq)]
pub struct Image {
    pub kind: Kind,
    /// In pixels, 1 to [`MAX_SIDE`].
    pub width: u32,
    pub height: u32,
    /// The rebuilt file, never longer than the one sent.
    pub bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Kind {
    Png,
    Jpeg,
}

/// Why a file is no logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageError {
    TooLong,
    /// Neither PNG nor JPEG by its first bytes.
    UnknownKind,
    /// The file ends before the picture does.
    Truncated,
    /// Width or height is nought or beyond [`MAX_SIDE`].
    Dimensions,
    /// A part that the format does not allow, or that browsers do not draw.
    Malformed(&'static str),
}

impl Image {
    /// Reads and rebuilds a file. Time is linear in its length.
    pub fn parse(file: &[u8]) -> Result<Self, ImageError> {
        if file.len() > MAX_BYTES {
            return Err(ImageError::TooLong);
        }
        let (kind, (width, height, bytes)) = if let Some(chunks) = file.strip_prefix(png::SIGNATURE) {
            (Kind::Png, png::rebuild(chunks)?)
        } else if let Some(segments) = file.strip_prefix(jpeg::SIGNATURE) {
            (Kind::Jpeg, jpeg::rebuild(segments)?)
        } else {
            return Err(ImageError::UnknownKind);
        };
        Ok(Self { kind, width, height, bytes })
    }
}

impl Kind {
    /// The media type to serve it under, with `nosniff`.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// The file extension, without a dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }
}

/// Width and height if both are in bounds.
fn bounded(width: u32, height: u32) -> Result<(u32, u32), ImageError> {
    let side = 1..=MAX_SIDE;
    if side.contains(&width) && side.contains(&height) {
        Ok((width, height))
    } else {
        Err(ImageError::Dimensions)
    }
}

/// The first `N` bytes and the rest.
fn take<const N: usize>(bytes: &[u8]) -> Result<([u8; N], &[u8]), ImageError> {
    bytes.split_first_chunk().map(|(head, rest)| (*head, rest)).ok_or(ImageError::Truncated)
}

impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Image")
            .field("kind", &self.kind)
            .field("width", &self.width)
            .field("height", &self.height)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

impl fmt::Display for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "the image is longer than {MAX_BYTES} bytes"),
            Self::UnknownKind => write!(f, "the image is neither png nor jpeg"),
            Self::Truncated => write!(f, "the image ends too early"),
            Self::Dimensions => write!(f, "the image is not between 1 and {MAX_SIDE} pixels wide and high"),
            Self::Malformed(part) => write!(f, "the image has a malformed part: {part}"),
        }
    }
}

impl std::error::Error for ImageError {}
