//! A Meilisearch of its own for a test, on a free port, in a directory that goes away with it.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use aftercare_search::{MeilisearchOptions, scoped_keys};

/// Stops the server when it is dropped, also by a test that fails.
pub(crate) struct Server {
    child: Child,
    /// Both keys, and time enough for a busy machine.
    pub options: MeilisearchOptions,
    pub master: String,
    _directory: tempfile::TempDir,
}

impl Server {
    pub(crate) async fn start(binary: &Path) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let master = format!("only for this test, process {}", std::process::id());
        let child = Command::new(binary)
            .args(["--http-addr", &address.to_string(), "--master-key", &master, "--no-analytics"])
            .args(["--env", "production", "--log-level", "ERROR", "--db-path"])
            .arg(directory.path().join("data"))
            .current_dir(directory.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let patient = Duration::from_secs(20);
        let mut options = MeilisearchOptions {
            answer_within: patient,
            ..MeilisearchOptions::new(format!("http://{address}"))
        };
        let mut server = Self { child, options: options.clone(), master, _directory: directory };
        let started = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(server.child.try_wait().unwrap().is_none(), "Meilisearch did not start");
            assert!(started.elapsed() < patient, "Meilisearch does not listen");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let keys = scoped_keys(&options, &server.master.clone().into()).await.unwrap();
        options.search_key = Some(keys.search);
        options.write_key = Some(keys.write);
        server.options = options;
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
