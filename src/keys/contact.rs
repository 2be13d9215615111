//! The keys of a contact: one of four forms, told by the key that comes first.

use crate::yaml::{Key, Keys, Kind};

/// A telephone number.
pub const PHONE: Key = Key::new("phone", Kind::Text, "a telephone number, alone, as printed");

/// When it is answered.
pub const HOURS: Key = Key::new("hours", Kind::Text, "beside `phone`: when it is answered");

/// A postal address.
pub const POST: Key = Key::new("post", Kind::Text, "a postal address as printed");

/// Its postcode.
pub const POSTCODE: Key = Key::new("postcode", Kind::Text, "beside `post`: six digits, in quotes");

/// An e-mail address.
pub const EMAIL: Key = Key::new("email", Kind::Text, "an address for mail");

/// A platform.
pub const PLATFORM: Key = Key::new("platform", Kind::Text, "the name of a platform");

/// The way through it.
pub const PATH: Key = Key::new("path", Kind::Texts, "beside `platform`: what to click, in order");

/// Its address.
pub const URL: Key = Key::new("url", Kind::Text, "beside `platform`: its address");

/// The forms that a contact may have.
pub const FORMS: &[Keys] = &[&[&PHONE, &HOURS], &[&POST, &POSTCODE], &[&EMAIL], &[&PLATFORM, &PATH, &URL]];
