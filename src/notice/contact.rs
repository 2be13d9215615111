//! How citizens reach the unit.

/// One way to reach the unit (联系方式), typed, so that a page can offer the right link for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contact {
    /// A telephone number as printed, and the hours in which it is answered.
    Phone {
        /// The number as printed: `0580-2072198`.
        number: String,
        /// The hours as printed.
        hours: Option<String>,
    },
    /// A postal address.
    Post {
        /// The address as printed.
        address: String,
        /// The six digits.
        postcode: Option<String>,
    },
    /// An e-mail address; it has been checked to be one.
    Email {
        /// The address.
        address: String,
    },
    /// A way through a platform. Notices often call it 电子邮箱 although no mail can be sent to it.
    Platform {
        /// The platform's name.
        name: String,
        /// The steps from its entry, in order.
        path: Vec<String>,
        /// Its address on the web.
        url: Option<String>,
    },
}
