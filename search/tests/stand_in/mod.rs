//! A small HTTP server that answers what a test tells it to.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub(crate) enum Answer {
    /// Keeps the connection and says nothing.
    Nothing,
    Body(u16, String),
    Redirect(String),
    /// A body that goes on for ever.
    Endless,
}

pub(crate) struct StandIn {
    pub url: String,
    asked: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl StandIn {
    /// `answer` is given the path and everything that follows it.
    pub(crate) async fn start(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let (answer, count) = (Arc::new(answer), asked.clone());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::Relaxed);
                let answer = answer.clone();
                tokio::spawn(async move {
                    // Whoever asked may be gone before the answer is.
                    let _ = serve(stream, &*answer).await;
                });
            }
        });
        Self { url, asked, task }
    }

    /// Connections so far.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    /// Stops listening; answers the address where nobody is now.
    pub(crate) fn stopped(self) -> String {
        self.task.abort();
        self.url.clone()
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One request for each connection.
async fn serve(mut stream: TcpStream, answer: &(impl Fn(&str) -> Answer + Sync)) -> std::io::Result<()> {
    let request = read(&mut stream).await?;
    let (_, from_path) = request.split_once(' ').unwrap_or_default();
    let reply = |status: u16, more: &str, body: &str| {
        format!(
            "HTTP/1.1 {status} x\r\ncontent-type: text/html\r\nconnection: close\r\n{more}content-length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    match answer(from_path) {
        Answer::Nothing => std::future::pending().await,
        Answer::Body(status, body) => stream.write_all(reply(status, "", &body).as_bytes()).await,
        Answer::Redirect(to) => {
            stream.write_all(reply(307, &format!("location: {to}/\r\n"), "").as_bytes()).await
        }
        Answer::Endless => {
            stream.write_all(b"HTTP/1.1 200 x\r\n\r\n").await?;
            loop {
                stream.write_all(&[b' '; 65_536]).await?;
            }
        }
    }
}

async fn read(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 4_096];
        let many = stream.read(&mut piece).await?;
        bytes.extend_from_slice(&piece[..many]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.to_ascii_lowercase().strip_prefix("content-length: ").and_then(|text| text.parse().ok())
            });
            if body.len() >= length.unwrap_or(0) {
                return Ok(text);
            }
        }
        if many == 0 {
            return Ok(text);
        }
    }
}
