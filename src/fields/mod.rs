//! Values that `site.yaml`, notices and sections write alike: days and contacts; and those that `gongkai init` writes.
//!
//! Each reads one key of [`crate::yaml::Fields`], reports what it cannot be, and returns what `notice` calls it.

mod contact;
mod day;
mod example;

pub(crate) use contact::contacts;
pub(crate) use day::{day_or_month, limit, located_day, required_day};
pub(crate) use example::{examples, is_example, is_example_notice};
