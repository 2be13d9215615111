//! Whatever a file holds, looking into it ends, and says the same twice.

use proptest::prelude::*;

use super::testing::{exif, gps, jpeg, look_at, office, png, tiff, webp};

const NAMES: [&str; 12] = [
    "a.pdf", "a.docx", "a.xlsx", "a.pptx", "a.doc", "a.svg", "a.jpg", "a.png", "a.webp", "a.gif", "a.avif",
    "a.mp4",
];

/// A file of each kind, whole.
fn whole() -> Vec<Vec<u8>> {
    let heic =
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x22meta\0\0\0\0\0\0\0\x16iinf\0\0\0\0\0\x01Exif".to_vec();
    vec![
        jpeg(4, 3, &exif(6, &gps(30))),
        png(4, 3, &tiff(6, &gps(30))),
        webp(4, 3, &tiff(6, &gps(30))),
        tiff(6, &gps(30)),
        heic,
        b"%PDF-1.4 <</Author(a\\101)>> <dc:creator><rdf:li>x</rdf:li></dc:creator>".to_vec(),
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><style>a{fill:url(#b)}</style></svg>".to_vec(),
        office(&[
            (
                "word/document.xml",
                "<w:p xmlns:w=\"w\"><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r></w:p>",
            ),
            ("docProps/core.xml", "<a xmlns:dc=\"dc\"><dc:creator>b</dc:creator></a>"),
        ]),
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_looked_through(bytes in prop::collection::vec(any::<u8>(), 0..400), name in 0..NAMES.len()) {
        prop_assert_eq!(look_at(NAMES[name], &bytes), look_at(NAMES[name], &bytes));
    }

    #[test]
    fn damaged_files_are_looked_through(
        which in 0..8_usize,
        name in 0..NAMES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = whole().swap_remove(which);
        for (index, byte) in changes {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        look_at(NAMES[name], &bytes);
    }
}
