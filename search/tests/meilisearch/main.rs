//! The contract against a real Meilisearch, which this starts and stops itself: `tests/run meilisearch BINARY`.
//!
//! None of cargo's own tests (`harness = false`): without a server it says that it did not run and is not counted among
//! what passed.

#[cfg(test)]
mod checks;
#[cfg(test)]
mod server;
#[cfg(test)]
#[path = "../suite/mod.rs"]
mod suite;

#[tokio::main]
async fn main() {
    let Some(binary) = std::env::var_os("AFTERCARE_TEST_MEILISEARCH") else {
        println!(
            "NOT RUN: the search contract on Meilisearch. It needs a server's binary: tests/run meilisearch BINARY"
        );
        return;
    };
    checks::run(binary.as_ref()).await;
    println!("the search contract holds on {}", binary.display());
}
