//! The binary `aftercare`. Everything it does is in the library; this only starts it.

use mimalloc::MiMalloc;

// A page is thousands of small strings that live for a millisecond: a fifth of its time went into the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> std::process::ExitCode {
    aftercare::cli::run()
}
