//! Not written yet.

use super::{Document, Encoding, Refusal};

pub(super) fn read(_bytes: &[u8], _encoding: Encoding) -> Result<Document, Refusal> {
    Err(Refusal { message: crate::diagnostic::Message::new("not yet", "尚未支持") })
}
