//! The grammar of structure: the words by which offices part their texts, as lists that can be read and extended.
//!
//! The styles of numbering stand in [`super::numbering`]; here is what is told by words. All lists are in `words`; the files
//! beside it read them: labels that run into their paragraphs (整改情况：), where the measures end (outlook, contacts,
//! annexes, signature), points inside a paragraph (一是…二是…), headings (关于“…”问题, 反馈问题一, 组织情况), and counts of
//! problems. Start with [`label`].

mod closing;
mod counts;
mod headings;
mod labels;
mod title;
mod turns;
mod words;

pub use closing::{Closing, closing, is_date, is_signer, signer_and_date, signers_of};
pub use counts::{counts_of_problems, counts_parts};
pub use headings::{
    behind_number, family_of_heading, family_of_problem, is_frame, is_heading_of_problem, is_of_contacts,
    is_of_one_problem, is_of_several, is_part_of_whole, is_remedy, is_surely_of_several, names_shortcoming,
    speaks_of_problem,
};
pub use labels::{
    Label, Meaning, label, label_beside_labels, meaning_of as meaning_of_title, with_whole_labels,
};
pub use title::{MOST_TITLE_LINES, n_title_lines};
pub use turns::{Turn, leads_to_findings, n_points, number_of_point, title_of_point, turns};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_are_places_in_the_text(
            text: String,
            near in "[【]?(整改|情况|反馈|问题|附件|一是|二是|下一步)*[一1]{0,3}[个：:】]?[改“”（）。]{0,9}(问题)?(反馈)?[12]个问题.?",
        ) {
            for text in [text, near] {
                prop_assert!(label(&text).is_none_or(|label| text.is_char_boundary(label.length)));
                prop_assert!(label_beside_labels(&text).is_none_or(|end| text.is_char_boundary(end)));
                prop_assert!(turns(&text).into_iter().all(|(mark, _)| text.get(mark).is_some()));
                prop_assert!(counts_of_problems(&text).into_iter().all(|(range, _)| text.get(range).is_some()));
                let _ = (family_of_problem(&text), names_shortcoming(&text), behind_number(&text));
                let _ = (title_of_point(&text), signers_of(&text), signer_and_date(&text), is_part_of_whole(&text));
                let gapless = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                prop_assert_eq!(gapless(&with_whole_labels(&text)), gapless(&text));
                let _ = (closing(&text, &text), is_heading_of_problem(&text), counts_parts(&text, 2), is_frame(&text));
            }
        }
    }
}
