//! A notice as its pages must show it, compared with the text that was signed off.
//!
//! Start with [`NoticeText`], the lines of a notice with their places in its files. [`Comparison`] finds the runs of lines in
//! which they and the approved text differ, [`Columns`] the cells of tables that stand elsewhere; [`Alignment`] lays both texts
//! side by side for proofreading; [`plain_text`] is a notice as one text. Nothing is reported here: what a difference means is a rule of `check`.

mod alignment;
mod columns;
mod comparison;
mod pairing;
mod plain;
mod printed;

pub(crate) use alignment::{AlignedLine, Alignment, Row};
pub(crate) use columns::Columns;
pub(crate) use comparison::{CharacterPlace, Characters, Comparison, Run, agrees};
pub(crate) use plain::plain_text;
pub(crate) use printed::{NoticeText, PrintedLine};
