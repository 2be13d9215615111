//! What the console says: each file of `tests/cmd/` is a session with its commands and their output.

use std::process::{Command, Stdio};

use crate::site::TestSite;

const GONGKAI: &str = env!("CARGO_BIN_EXE_gongkai");

#[test]
fn sessions_read_as_written() {
    trycmd::TestCases::new().env("NO_COLOR", "1").env("LC_ALL", "C").env("LANG", "C").case("tests/cmd/*.md");
}

#[test]
fn the_locale_chooses_the_language() {
    let check = |variables: &[(&str, &str)], expected: &str| {
        let mut command = Command::new(GONGKAI);
        command.arg("--help").env_clear();
        let help = command.envs(variables.iter().copied()).output().unwrap();
        let help = String::from_utf8(help.stdout).unwrap();
        assert!(help.contains(expected), "{variables:?}: {help}");
    };
    check(&[("LANG", "zh_CN.UTF-8")], "用法：");
    check(&[("LANG", "en_US.UTF-8"), ("LC_ALL", "zh_CN.UTF-8")], "用法：");
    check(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "en_US.UTF-8")], "Usage:");
    check(&[("LANG", "C")], "Usage:");
    check(&[], "Usage:");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let site = TestSite::small();
    let (root, new) = (site.path(""), site.path("new"));
    let (root, new) = (root.to_str().unwrap(), new.to_str().unwrap());
    let commands = [
        &["--help"][..],
        &["build", "--help"],
        &["build", "--root", root],
        &["figures", "--root", root],
        &["init", new],
    ];
    for arguments in commands {
        let output = Command::new(GONGKAI).args(arguments).stdout(closed_pipe()).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {errors}");
        assert!(errors.is_empty(), "{arguments:?}: {errors}");
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_does_not_hide_that_the_content_has_errors() {
    let site = TestSite::small().with("site.yaml", "titel: 示例\n");
    let status = Command::new(GONGKAI)
        .args(["build", "--root"])
        .arg(site.path(""))
        .stderr(closed_pipe())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(1));
}

/// Returns the end of a pipe that nobody reads.
#[cfg(unix)]
fn closed_pipe() -> Stdio {
    let (_, writer) = std::io::pipe().unwrap();
    writer.into()
}
