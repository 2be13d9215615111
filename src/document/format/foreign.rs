//! Files that are not read: what each is, and the way out.

use memchr::memmem;

use super::Refusal;

/// How much of the end of an archive is looked at for the names of its entries, in bytes: its directory stands there.
const LONGEST_DIRECTORY: usize = 1 << 20;

/// How much of its beginning, and at most how many names at either place.
const LONGEST_BEGINNING: usize = 1 << 16;
const MOST_NAMES: usize = 10_000;

/// How much of a text is looked at for what it is, in characters.
const LONGEST_HEAD: usize = 4096;

/// The first bytes of files that are no text, and what they are, in English and Chinese.
const BEGINNINGS: [(&[u8], &str, &str); 15] = [
    (b"\x89PNG\r\n", "a PNG picture", "PNG 图片"),
    (b"\xFF\xD8\xFF", "a JPEG picture", "JPEG 图片"),
    (b"GIF8", "a GIF picture", "GIF 图片"),
    (b"II*\0", "a TIFF picture", "TIFF 图片"),
    (b"MM\0*", "a TIFF picture", "TIFF 图片"),
    (b"\0\0\x01\0", "a picture (icon)", "图标图片"),
    (b"Rar!\x1A\x07", "a RAR archive", "RAR 压缩包"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", "7z 压缩包"),
    (b"\x1F\x8B", "a gzip archive", "gzip 压缩包"),
    (b"BZh", "a bzip2 archive", "bzip2 压缩包"),
    (b"MZ\x90", "a program", "可执行程序"),
    (b"\x7FELF", "a program", "可执行程序"),
    (b"SQLite format 3\0", "a database", "数据库文件"),
    (b"ID3", "a sound recording", "录音文件"),
    (b"\xD7\xCD\xC6\x9A", "a WMF picture", "WMF 图片"),
];

/// Tells whether `bytes` are a document of Word; refuses what is no text.
pub(super) fn is_word(bytes: &[u8]) -> Result<bool, Refusal> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return is_word_archive(bytes);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Err(compound_file(bytes));
    }
    if bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return Err(in_word_processor("a document in RTF", "RTF 文档"));
    }
    if memmem::find(bytes.get(..1024).unwrap_or(bytes), b"%PDF-").is_some() {
        return Err(Refusal::new(
            "this is a PDF, which has lost what is a paragraph; import the .docx that it was made from, or copy its text \
             into a .txt file and import that",
            "这是 PDF，已丢失段落信息；请导入生成它的 .docx，或把文字复制到 .txt 再导入",
        ));
    }
    for (beginning, english, chinese) in BEGINNINGS {
        if bytes.starts_with(beginning) {
            return Err(no_text(english, chinese));
        }
    }
    let is_riff = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let is_bitmap = bytes.starts_with(b"BM") && bytes.get(6..10) == Some(b"\0\0\0\0");
    if is_riff || is_bitmap {
        return Err(no_text("a picture", "图片"));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Err(no_text("a video or a HEIC picture", "视频或 HEIC 图片"));
    }
    Ok(false)
}

/// Returns the names of the entries of an archive, in lower case: of those whose headers stand at its end or at its beginning.
fn names(bytes: &[u8]) -> Vec<String> {
    let start = bytes.len().saturating_sub(LONGEST_DIRECTORY);
    let directory = bytes.get(start..).unwrap_or_default();
    // In the directory, and in front of each entry, of which a damaged archive has some at least.
    let places = [
        (directory, b"PK\x01\x02", 28, 46),
        (bytes.get(..LONGEST_BEGINNING).unwrap_or(bytes), b"PK\x03\x04", 26, 30),
    ];
    let mut names = Vec::new();
    for (bytes, mark, length_at, name_at) in places {
        for header in memmem::find_iter(bytes, mark).filter_map(|at| bytes.get(at..)).take(MOST_NAMES) {
            let length = header
                .get(length_at..length_at + 2)
                .map_or(0, |two| usize::from(two[0]) | usize::from(two[1]) << 8);
            if let Some(name) = header.get(name_at..name_at + length) {
                names.push(String::from_utf8_lossy(name).replace('\\', "/").to_ascii_lowercase());
            }
        }
    }
    names
}

fn is_word_archive(bytes: &[u8]) -> Result<bool, Refusal> {
    let names = names(bytes);
    let head = bytes.get(..512).unwrap_or(bytes);
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    let is = |words: &str| memmem::find(head, words.as_bytes()).is_some();
    let is_office = has("[content_types].xml") || has("_rels/");
    Err(if is("application/vnd.oasis.opendocument.text") {
        in_word_processor("a document in ODT", "ODT 文档")
    } else if is("application/vnd.oasis.opendocument") {
        no_text("a spreadsheet or presentation in OpenDocument", "OpenDocument 表格或演示文稿")
    } else if is("application/epub+zip") {
        no_text("an e-book", "电子书")
    } else if has("ofd.xml") {
        Refusal::new(
            "this is an OFD file, which has lost what is a paragraph; import the .docx that it was made from",
            "这是 OFD 版式文件，已丢失段落信息；请导入生成它的 .docx",
        )
    } else if has("word/document") || (is_office && has("word/")) {
        return Ok(true);
    } else if is_office && has("xl/") {
        no_text("a workbook (.xlsx)", "工作簿（.xlsx）")
    } else if is_office && has("ppt/") {
        no_text("a presentation (.pptx)", "演示文稿（.pptx）")
    } else if has("[content_types].xml") {
        // Programs may keep the text of a Word document anywhere.
        return Ok(true);
    } else if names.is_empty() {
        Refusal::new(
            "this is a damaged ZIP archive, perhaps a .docx; get it again from its sender",
            "这是损坏的 ZIP 文件（可能是 .docx）；请向发件人重新索取",
        )
    } else {
        Refusal::new(
            "this is a ZIP archive without a Word document's parts; unpack it and import the .docx in it",
            "这是 ZIP 压缩包，不是 Word 文档；请解压后导入其中的 .docx",
        )
    })
}

/// Tells what a file is in which several streams lie, by their names.
fn compound_file(bytes: &[u8]) -> Refusal {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    };
    if has("EncryptedPackage") {
        return Refusal::new(
            "the document is encrypted; open it with its password, take the password off (File, Info, Protect Document), \
             save it as .docx, and import that",
            "文档设了打开密码；请用密码打开，去掉打开密码后另存为 .docx，再导入",
        );
    }
    if has("WordDocument") {
        in_word_processor(
            "an old document of Word or WPS (.doc, .wps)",
            "旧格式的 Word 或 WPS 文档（.doc、.wps）",
        )
    } else if has("Workbook") || has("Book") {
        no_text("an old workbook (.xls, .et)", "旧格式的表格（.xls、.et）")
    } else if has("PowerPoint Document") {
        no_text("an old presentation (.ppt, .dps)", "旧格式的演示文稿（.ppt、.dps）")
    } else {
        in_word_processor("an old office file (.doc, .wps, .et)", "旧格式的办公文件（.doc、.wps、.et）")
    }
}

/// Refuses texts of a kind that is not read.
pub(super) fn refuse_text(text: &str) -> Result<(), Refusal> {
    let head: String = text.trim_start().chars().take(LONGEST_HEAD).collect();
    let begins = |word: &str| head.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let is_mail = head.to_ascii_lowercase().contains("content-type: multipart/");
    if begins("MIME-Version:") || (begins("From:") && is_mail) {
        return Err(Refusal::new(
            "this is a web page in one file (MHTML); open it, save it as .docx or as a web page without pictures (.html), \
             and import that",
            "这是单个文件网页（MHTML）；请打开后另存为 .docx 或“网页（.html）”，再导入",
        ));
    }
    if !begins("<?xml") && !begins("<w:wordDocument") && !begins("<pkg:package") {
        return Ok(());
    }
    let has = |word: &str| head.contains(word);
    if has("<pkg:package") || has("Word.Document") && has("pkg:") {
        return Err(in_word_processor(
            "a document of Word as one XML file (flat OPC)",
            "单个 XML 文件的 Word 文档（flat OPC）",
        ));
    }
    if has("Word.Document") || has("wordDocument") {
        return Err(in_word_processor("an XML document of Word 2003", "Word 2003 XML 文档"));
    }
    if has("<office:document") {
        return Err(in_word_processor(
            "an OpenDocument text as one XML file",
            "单个 XML 文件的 OpenDocument 文档",
        ));
    }
    let is_page = super::markup::is_html(text) && !has("<!DOCTYPE svg");
    if is_page { Ok(()) } else { Err(no_text("an XML file", "XML 文件")) }
}

fn in_word_processor(english: &str, chinese: &str) -> Refusal {
    Refusal::new(
        format!(
            "this is {english}; open it in Word or WPS, look for tracked changes, save it as .docx, and import that; \
             LibreOffice, if installed, does it by `soffice --headless --convert-to docx FILE`"
        ),
        format!(
            "这是{chinese}；请用 Word 或 WPS 打开，先看有无修订，另存为 .docx，再导入；装有 LibreOffice 的，也可运行 \
             `soffice --headless --convert-to docx 文件`"
        ),
    )
}

fn no_text(english: &str, chinese: &str) -> Refusal {
    Refusal::new(
        format!(
            "this is {english}, and no document with the text of a notice; import that as .docx, .txt, .html or .md"
        ),
        format!("这是{chinese}，不是通报文档；请导入 .docx、.txt、.html 或 .md 格式的通报"),
    )
}
