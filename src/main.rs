//! The console command. All of it is in the library's `cli`.

use std::process::ExitCode;

/// Builds and saves ask for memory in small pieces, which this allocator finds sooner than that of the system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    gongkai::cli::run(std::env::args_os())
}
