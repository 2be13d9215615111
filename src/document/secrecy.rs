//! Marks of secrecy, by which a text says that it is not for everybody.

/// Words that tell it wherever they stand.
const ANYWHERE: [&str; 7] =
    ["内部文件", "内部资料", "注意保存", "不予公开", "内部使用", "严禁外传", "不得外传"];

/// Degrees, which need a star or a line of their own: 国家秘密 stands in many texts.
const DEGREES: [&str; 3] = ["绝密", "机密", "秘密"];

/// Returns the lines of a text that carry a mark of secrecy.
pub(super) fn marks(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines().filter(|line| is_mark(line)).map(|line| crate::text::excerpt(line.trim(), 60))
}

fn is_mark(line: &str) -> bool {
    let squeezed: String = line.chars().filter(|character| !character.is_whitespace()).collect();
    let bare = squeezed.trim_matches(|character| "【】[]（）()〔〕".contains(character));
    let has_star =
        |degree: &str| ["★", "☆", "*", "＊"].iter().any(|star| squeezed.contains(&format!("{degree}{star}")));
    ANYWHERE.iter().any(|mark| squeezed.contains(mark))
        || DEGREES.iter().any(|degree| bare == *degree || has_star(degree))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_prose() {
        for line in
            ["机密★1年", "绝  密", "秘密 ★ 10年", "内部文件 注意保存", "（依申请不予公开）", "【机密】"]
        {
            assert!(is_mark(line), "{line}");
        }
        for line in ["泄露国家秘密", "保密工作机密文件", "公开", ""] {
            assert!(!is_mark(line), "{line}");
        }
    }
}
