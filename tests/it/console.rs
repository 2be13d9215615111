//! What the console says: each file of `tests/cmd/` is a session with its commands and their output.

#[test]
fn sessions_read_as_written() {
    trycmd::TestCases::new().env("NO_COLOR", "1").env("LC_ALL", "C").env("LANG", "C").case("tests/cmd/*.md");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    use std::process::{Command, Stdio};
    for arguments in [&["--help"][..], &["build", "--help"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_gongkai"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {errors}");
        assert!(!errors.contains("panicked"), "{errors}");
    }
}
