//! Rows and columns called 合计 → the sums of the others.

use super::{Found, Named};
use crate::binding::Words;

pub(super) fn find(_words: &Words, _named: &[Named], _found: &mut Found) {}
