//! The only door to the file system: folders become sorted lists, files become bounded bytes, bytes become text.
//!
//! Start with [`walk`], [`read()`] and [`text()`]: they meet what authors put into their folders, so what is wrong
//! there becomes a diagnostic with a place and the rest stays usable. The functions of `change` meet our own
//! files, for `init` and for the writer of the site; what fails there is an error that names the path.
//! This module does not know what a file means, never opens anything but regular files, and follows a symbolic
//! link only to a file of the same folder, since everything it returns may end up on a public site.

#![expect(clippy::disallowed_methods, reason = "this module is the door")]

mod change;
mod characters;
mod given;
mod link;
mod opened;
mod permission;
mod read;
mod replace;
mod sources;
mod stamp;
mod stretch;
mod text;
mod walk;

pub(crate) use self::change::{
    EntryKind, FolderLock, cannot, copy_seen, create_folders, holds_bytes, holds_same_bytes, kind_of,
    list_tree, lock_folder, read_own, remove_file, remove_folder_if_empty, remove_tree, rename, resolve,
    visible_names, write_durably,
};
pub use self::change::{is_free, write_new};
pub use self::characters::report as report_characters;
pub(crate) use self::given::{is_file, read_bounded, read_given};
pub(crate) use self::opened::{Opened, open};
pub use self::permission::Readers;
pub(crate) use self::permission::{Age, check_can_change, create_private_folder, has_mode, set_mode};
pub use self::read::read;
pub use self::replace::{Replacement, replace_all};
pub use self::sources::Sources;
pub(crate) use self::stamp::{Probe, Stamp, stamps};
pub(crate) use self::stretch::{Stretch, open_stretch};
pub use self::text::{prose, text, warn_of_characters};
pub(crate) use self::walk::is_leftover;
pub use self::walk::{FoundFile, walk, walk_entry, walk_published};
