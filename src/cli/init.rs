//! `gongkai init`: a small site of two items whose comments teach.

use std::path::Path;

use anyhow::bail;

use super::{Outcome, print};
use crate::diagnostic::{Explain, Language, Message};
use crate::disk;

/// The files of the small site, by their path in it.
const FILES: &[(&str, &str)] = &[
    ("site.yaml", include_str!("starter/site.yaml")),
    ("content/contact.md", include_str!("starter/contact.md")),
    ("content/feedback.md", include_str!("starter/feedback.md")),
    ("content/example-2025/notice.md", include_str!("starter/notice.md")),
    ("content/example-2025/01.md", include_str!("starter/01.md")),
    ("content/example-2025/02.md", include_str!("starter/02.md")),
    ("content/example-2025/closing.md", include_str!("starter/closing.md")),
    ("content/example-2025/approved.txt", include_str!("starter/approved.txt")),
    ("output/.gitignore", "*\n!.gitignore\n"),
];

/// Writes the small site into `folder`, which must be new or empty.
pub(super) fn run(folder: &Path, language: Language) -> anyhow::Result<Outcome> {
    if !disk::is_free(folder)? {
        let folder = folder.display();
        bail!(Message::new(
            format!("`{folder}` is not empty; name a new or an empty folder, nothing was written"),
            format!("`{folder}` 不是空文件夹；请指定新的或空的文件夹，没有写任何文件"),
        ));
    }
    for (name, text) in FILES {
        let path = folder.join(name);
        let parent = path.parent().expect("a file stands in a folder");
        disk::create_folders(parent)
            .and_then(|_| disk::write_new(&path, text.as_bytes()))
            .explain(|| Message::new("the site could not be started", "未能新建网站"))?;
    }
    let folder = folder.display();
    print::out(&match language {
        Language::English => format!(
            "Started a site in {folder}\nNext: gongkai build --root {folder}\nThen open {folder}/output/index.html, and replace the example in {folder}/content by your notice."
        ),
        Language::Chinese => format!(
            "已在 {folder} 新建网站\n下一步：gongkai build --root {folder}\n然后打开 {folder}/output/index.html，再把 {folder}/content 中的例子换成您的通报。"
        ),
    });
    Ok(Outcome::Fine)
}
