//! Word and WPS.

use super::{Document, Refusal};

pub(super) fn read(_bytes: &[u8]) -> Result<Document, Refusal> {
    Err(Refusal { message: crate::diagnostic::Message::new("not yet", "尚未支持") })
}
