//! The binary `aftercare`. Everything it does is in the library; this only starts it.

fn main() -> std::process::ExitCode {
    aftercare::cli::run()
}
