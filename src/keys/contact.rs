//! The keys of a contact: one of four forms, told by the key that comes first.

use crate::yaml::{Key, Keys, Kind};

pub const PHONE: Key = Key::new("phone", Kind::Text, "a telephone number, alone, as printed");

pub const HOURS: Key = Key::new("hours", Kind::Text, "beside `phone`: when it is answered");

pub const POST: Key = Key::new("post", Kind::Text, "a postal address as printed");

pub const POSTCODE: Key = Key::new("postcode", Kind::Text, "beside `post`: six digits, in quotes");

pub const EMAIL: Key = Key::new("email", Kind::Text, "an address for mail");

pub const PLATFORM: Key = Key::new("platform", Kind::Text, "the name of a platform");

pub const PATH: Key = Key::new("path", Kind::Texts, "beside `platform`: what to click, in order");

pub const URL: Key = Key::new("url", Kind::Text, "beside `platform`: its address");

/// The forms that a contact may have.
pub const FORMS: &[Keys] = &[&[&PHONE, &HOURS], &[&POST, &POSTCODE], &[&EMAIL], &[&PLATFORM, &PATH, &URL]];
