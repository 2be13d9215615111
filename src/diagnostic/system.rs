//! What the system answers, in both languages.

use std::io::{self, ErrorKind};

use super::Message;

/// What each kind of answer is called in Chinese.
const IN_CHINESE: [(ErrorKind, &str); 27] = [
    (ErrorKind::NotFound, "不存在"),
    (ErrorKind::PermissionDenied, "没有权限"),
    (ErrorKind::AlreadyExists, "已经存在"),
    (ErrorKind::NotADirectory, "路径中有一段不是文件夹"),
    (ErrorKind::IsADirectory, "是文件夹，不是文件"),
    (ErrorKind::DirectoryNotEmpty, "文件夹不是空的"),
    (ErrorKind::InvalidFilename, "名称过长或无效"),
    (ErrorKind::InvalidInput, "系统不接受这个参数"),
    (ErrorKind::InvalidData, "内容无法识别"),
    (ErrorKind::StorageFull, "磁盘已满"),
    (ErrorKind::QuotaExceeded, "超出磁盘配额"),
    (ErrorKind::FileTooLarge, "文件过大"),
    (ErrorKind::ReadOnlyFilesystem, "磁盘是只读的"),
    (ErrorKind::ResourceBusy, "正被占用"),
    (ErrorKind::ExecutableFileBusy, "文件正在运行"),
    (ErrorKind::CrossesDevices, "不在同一个磁盘上"),
    (ErrorKind::TooManyLinks, "链接过多"),
    (ErrorKind::StaleNetworkFileHandle, "网络磁盘上的文件已失效"),
    (ErrorKind::AddrInUse, "端口已被占用"),
    (ErrorKind::AddrNotAvailable, "本机没有这个地址"),
    (ErrorKind::BrokenPipe, "接收的一方已断开"),
    (ErrorKind::ConnectionReset, "连接已断开"),
    (ErrorKind::TimedOut, "超时"),
    (ErrorKind::Interrupted, "被中断"),
    (ErrorKind::UnexpectedEof, "内容不完整"),
    (ErrorKind::Unsupported, "系统不支持"),
    (ErrorKind::OutOfMemory, "内存不足"),
];

impl Message {
    /// Tells what the system answered; in Chinese by its kind and number, since the system itself answers in English.
    pub fn of_system(error: &io::Error) -> Self {
        if let Some(own) = error.get_ref().and_then(|inside| inside.downcast_ref::<Self>()) {
            return own.clone();
        }
        let english = error.to_string();
        let known = IN_CHINESE.iter().find(|(kind, _)| *kind == error.kind());
        let chinese = match (known, error.raw_os_error()) {
            (Some((_, words)), Some(number)) => format!("{words}（系统错误 {number}）"),
            (Some((_, words)), None) => (*words).to_owned(),
            (None, _) => english.clone(),
        };
        Self::new(english, chinese)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_in_both_languages() {
        let of_system = io::Error::from_raw_os_error(2);
        assert_eq!(
            Message::of_system(&of_system).both(),
            [of_system.to_string().as_str(), "不存在（系统错误 2）"]
        );
        let by_kind = io::Error::from(ErrorKind::StorageFull);
        assert_eq!(Message::of_system(&by_kind).both(), ["no storage space", "磁盘已满"]);
        let own = io::Error::other(Message::new("it is no file", "它不是文件"));
        assert_eq!(Message::of_system(&own).both(), ["it is no file", "它不是文件"]);
        let other = io::Error::other("alien");
        assert_eq!(Message::of_system(&other).both(), ["alien", "alien"]);
    }
}
