//! The real binary, over real sockets: for what only a process can show.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// The binary under test.
pub fn aftercare() -> Command {
    Command::new(env!("CARGO_BIN_EXE_aftercare"))
}

/// A server in a process of its own.
pub struct Serving {
    child: Child,
    pub address: SocketAddr,
}

/// Settings by environment, for every verb alike.
pub fn settings(command: &mut Command, data: &Path, database: &str, address: SocketAddr) {
    command
        .env("AFTERCARE_DATA_DIR", data)
        .env("AFTERCARE_DATABASE__URL", database)
        .env("AFTERCARE_HTTP__LISTEN", address.to_string())
        .env("AFTERCARE_HTTP__PUBLIC_URL", format!("http://{address}"))
        .env("AFTERCARE_HTTP__LIMIT_FACTOR", "1000000")
        .env("RUST_LOG", "error");
}

/// A free port on this machine.
pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

impl Serving {
    /// Starts `aftercare serve` and waits until it answers.
    pub fn start(data: &Path, database: &str) -> Self {
        Self::start_with(data, database, &[])
    }

    /// The same with more settings.
    pub fn start_with(data: &Path, database: &str, more: &[(&str, &str)]) -> Self {
        let address = free_address();
        let mut command = aftercare();
        settings(&mut command, data, database, address);
        let child = command
            .envs(more.iter().copied())
            .arg("serve")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut serving = Self { child, address };
        let patience = Instant::now() + Duration::from_secs(60);
        while request(address, "GET", "/api/v1/boards", None, None).is_none() {
            assert!(serving.child.try_wait().unwrap().is_none(), "the server ended by itself");
            assert!(Instant::now() < patience, "the server does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        serving
    }

    /// Ends it without a word, as a power cut ends a process.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// One request on a connection of its own. `None` if no whole answer came back.
pub fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    token: Option<&str>,
    body: Option<&Value>,
) -> Option<(u16, Value)> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let authorization = token.map(|token| format!("authorization: Bearer {token}\r\n")).unwrap_or_default();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-type: application/json\r\n{authorization}content-length: {}\r\n\r\n",
        body.len()
    );
    let text = raw(address, &format!("{head}{body}"))?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, serde_json::from_str(body).ok()?))
}

/// Sends these bytes and hears everything that comes back.
pub fn raw(address: SocketAddr, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    Some(String::from_utf8_lossy(&answer).into_owned())
}
