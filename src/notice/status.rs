//! Whether a problem is solved: five states, and the words that an office has for them.

use crate::keys::section::STATUSES;

/// Whether a problem is solved (整改状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// 已完成.
    Completed,
    /// 基本完成.
    MostlyCompleted,
    /// 正在整改.
    InProgress,
    /// 长期坚持.
    LongTerm,
    /// 未完成.
    NotDone,
}

impl Status {
    /// Every status with the word that front matter and templates use for it. Search files know them by their places.
    pub const ALL: [(&'static str, Self); 5] = [
        ("completed", Self::Completed),
        ("mostly-completed", Self::MostlyCompleted),
        ("in-progress", Self::InProgress),
        ("long-term", Self::LongTerm),
        ("not-done", Self::NotDone),
    ];

    /// The word for it: `completed`.
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(_, status)| *status == self).expect("every status is listed").0
    }

    /// Returns the status that a word means, be it the one of front matter or one that offices print.
    pub fn of_word(word: &str) -> Option<Self> {
        let meant = |choice: &&crate::yaml::Choice| choice.word == word || choice.instead.contains(&word);
        let id = STATUSES.iter().find(meant)?.word;
        Self::ALL.iter().find(|(known, _)| *known == id).map(|(_, status)| *status)
    }

    /// Tells whether one item may be both: what is done may be kept up, what is not done is under way.
    pub fn may_be_also(self, other: Self) -> bool {
        use Status::{Completed, InProgress, LongTerm, MostlyCompleted, NotDone};
        let pair = (self.min(other), self.max(other));
        !matches!(
            pair,
            (Completed, MostlyCompleted | InProgress | NotDone) | (MostlyCompleted | LongTerm, NotDone)
        )
    }
}

/// The status of an item, with the words that stand for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemStatus {
    /// Which of the known states it is.
    pub is: Status,
    /// The office's own words for it; `None` where those of the site are shown.
    pub words: Option<String>,
}

impl ItemStatus {
    /// Takes a word that is known; one that offices print is shown as it is written.
    pub fn of_word(word: &str) -> Option<Self> {
        let is = Status::of_word(word)?;
        Some(Self { is, words: (word != is.id()).then(|| word.to_owned()) })
    }
}

#[cfg(test)]
mod tests {
    use super::{ItemStatus, STATUSES, Status};

    #[test]
    fn each_printed_word_means_one_status() {
        let mut words: Vec<&str> = STATUSES.iter().flat_map(|choice| choice.instead).copied().collect();
        words.sort_unstable();
        let n = words.len();
        words.dedup();
        assert_eq!(words.len(), n);
        for (id, status) in Status::ALL {
            assert_eq!(ItemStatus::of_word(id), Some(ItemStatus { is: status, words: None }));
        }
    }

    #[test]
    fn printed_words_mean_a_status_and_stay() {
        for (word, is) in [
            ("已销号", Status::Completed),
            ("基本完成取得阶段性成果并持续整改", Status::MostlyCompleted),
            ("持续整改", Status::InProgress),
            ("立行立改并长期坚持", Status::LongTerm),
            ("尚未整改", Status::NotDone),
        ] {
            assert_eq!(ItemStatus::of_word(word), Some(ItemStatus { is, words: Some(word.to_owned()) }));
        }
        assert_eq!(Status::of_word("差不多"), None);
    }
}
