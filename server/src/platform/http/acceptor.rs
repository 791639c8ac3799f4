//! The door: how many connections may stand in it, and how long one may take to say what it wants.
//!
//! poem reads headers without a deadline and spins when the machine runs out of file descriptors; this acceptor does neither.

use std::collections::HashMap;
use std::future::Future;
use std::io::{Error, ErrorKind, Result as IoResult};
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use parking_lot::Mutex;
use poem::http::uri::Scheme;
use poem::listener::Acceptor;
use poem::web::{LocalAddr, RemoteAddr};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep_until};

/// A silent connection is closed after this long; every answer we send starts the time anew.
const PATIENCE: Duration = Duration::from_secs(15);

/// Accepts connections, up to so many in all and from one address.
pub struct Bouncer {
    listener: TcpListener,
    places: Arc<Semaphore>,
    guests: Arc<Mutex<HashMap<IpAddr, usize>>>,
    per_address: usize,
    exempt: Vec<IpAddr>,
}

impl Bouncer {
    /// `exempt` addresses (reverse proxies) may take every place.
    pub fn new(listener: TcpListener, places: usize, per_address: usize, exempt: Vec<IpAddr>) -> Self {
        Self {
            listener,
            places: Arc::new(Semaphore::new(places)),
            guests: Arc::default(),
            per_address,
            exempt,
        }
    }

    fn seat(&self, ip: IpAddr, permit: OwnedSemaphorePermit) -> Option<Seat> {
        let mut guests = self.guests.lock();
        let count = guests.entry(ip).or_default();
        if *count >= self.per_address && !self.exempt.contains(&ip) {
            return None;
        }
        *count += 1;
        Some(Seat { ip, guests: self.guests.clone(), _permit: permit })
    }
}

impl Acceptor for Bouncer {
    type Io = Guest;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.listener.local_addr().ok().map(|addr| LocalAddr(addr.into())).into_iter().collect()
    }

    async fn accept(&mut self) -> IoResult<(Guest, LocalAddr, RemoteAddr, Scheme)> {
        loop {
            let permit = self.places.clone().acquire_owned().await.map_err(Error::other)?;
            match self.listener.accept().await {
                Ok((stream, peer)) => {
                    let Some(seat) = self.seat(peer.ip(), permit) else { continue };
                    stream.set_nodelay(true).ok();
                    let local = stream.local_addr()?;
                    return Ok((
                        Guest::new(stream, seat),
                        LocalAddr(local.into()),
                        RemoteAddr(peer.into()),
                        Scheme::HTTP,
                    ));
                }
                // Out of file descriptors, most likely: wait for some to come back instead of spinning.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }
}

/// A place that is given back when the connection ends.
struct Seat {
    ip: IpAddr,
    guests: Arc<Mutex<HashMap<IpAddr, usize>>>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut guests = self.guests.lock();
        if let Some(count) = guests.get_mut(&self.ip) {
            *count -= 1;
            if *count == 0 {
                guests.remove(&self.ip);
            }
        }
    }
}

/// A connection that must say something whole before its time is up. Bytes read do not extend it; only an answer does.
pub struct Guest {
    stream: TcpStream,
    deadline: Pin<Box<Sleep>>,
    /// The last thing that happened was an answer of ours: the next bytes begin a new request with its own time.
    answered: bool,
    _seat: Seat,
}

impl Guest {
    fn new(stream: TcpStream, seat: Seat) -> Self {
        Self {
            stream,
            deadline: Box::pin(sleep_until(Instant::now() + PATIENCE)),
            answered: false,
            _seat: seat,
        }
    }
}

impl AsyncRead for Guest {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<IoResult<()>> {
        if let Poll::Ready(read) = Pin::new(&mut self.stream).poll_read(cx, buf) {
            if std::mem::take(&mut self.answered) && self.deadline.deadline() > Instant::now() {
                self.deadline.as_mut().reset(Instant::now() + PATIENCE);
            }
            return match self.deadline.deadline() > Instant::now() {
                true => Poll::Ready(read),
                false => Poll::Ready(Err(Error::from(ErrorKind::TimedOut))),
            };
        }
        match self.deadline.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(Error::from(ErrorKind::TimedOut))),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncWrite for Guest {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<IoResult<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        if matches!(written, Poll::Ready(Ok(1..))) {
            self.deadline.as_mut().reset(Instant::now() + PATIENCE);
            self.answered = true;
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<IoResult<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<IoResult<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[std::io::IoSlice<'_>],
    ) -> Poll<IoResult<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        if matches!(written, Poll::Ready(Ok(1..))) {
            self.deadline.as_mut().reset(Instant::now() + PATIENCE);
            self.answered = true;
        }
        written
    }
}
