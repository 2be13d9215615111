//! Values that `site.yaml`, notices and sections write alike: days and contacts.
//!
//! Each reads one key of [`crate::yaml::Fields`], reports what it cannot be, and returns what `notice` calls it.

mod contact;
mod day;

pub(crate) use contact::contacts;
pub(crate) use day::{day, day_or_month, located_day, required_day};
