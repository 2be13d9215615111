//! The notices of a site, in a list whose copies share all that is alike in them.

use std::ops::{Index, IndexMut};
use std::sync::Arc;

use rpds::VectorSync;

use crate::notice::Notice;

/// The notices, the latest first.
///
/// A copy costs the same for any number of notices, and so does one notice in the place of another: the list is a tree of
/// small pieces, and only those on the way to the notice are made anew.
#[derive(Debug, Clone, Default)]
pub struct Notices(VectorSync<Arc<Notice>>);

impl Notices {
    /// Counts them.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the latest one.
    pub fn first(&self) -> Option<&Arc<Notice>> {
        self.0.first()
    }

    /// Goes through them, the latest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Notice>> + ExactSizeIterator {
        self.0.iter()
    }
}

impl FromIterator<Arc<Notice>> for Notices {
    fn from_iter<I: IntoIterator<Item = Arc<Notice>>>(notices: I) -> Self {
        Self(notices.into_iter().collect())
    }
}

impl Index<usize> for Notices {
    type Output = Arc<Notice>;

    fn index(&self, index: usize) -> &Self::Output {
        &self.0[index]
    }
}

impl IndexMut<usize> for Notices {
    fn index_mut(&mut self, index: usize) -> &mut Self::Output {
        &mut self.0[index]
    }
}
