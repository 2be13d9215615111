//! The console command. All of it is in the library's `cli`.

use std::process::ExitCode;

/// A site of 100,000 items leaves so many small holes in the memory that looking for one would slow each save down.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    gongkai::cli::run(std::env::args_os())
}
