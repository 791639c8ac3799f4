//! `aftercare demo`: a throw-away, seeded community on this machine.

use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::Path;
use std::time::Duration;

use clap::Args as ClapArgs;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::Done;
use crate::app::App;
use crate::demo::{self, Account};
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::ids::Ids;
use crate::platform::log;
use crate::serve;

/// Everything in it is made up and goes when it stops. It listens on this machine only.
#[derive(ClapArgs)]
pub(super) struct Args {
    /// Where to listen on 127.0.0.1; 0 takes any free port
    #[arg(long, default_value_t = 8000)]
    port: u16,
    /// First line: one JSON object {url, accounts: [{role, name, email, password, token}]}
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Done {
    log::start();
    let runtime = tokio::runtime::Runtime::new()?;
    // Heard from the start, so that the directory goes even if somebody stops us while we seed.
    let told_to_stop = runtime.spawn(super::told_to_stop());
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let listener = runtime.block_on(TcpListener::bind(address)).map_err(|error| {
        format!("cannot listen on {address}: {error}. Another port can be chosen with --port, 0 takes any")
    })?;
    let address = listener.local_addr()?;
    let url = format!("http://{address}");
    let directory = tempfile::Builder::new().prefix("aftercare-demo-").tempdir()?;
    let clock = Clock::manual(Clock::system().now());
    let app = App::open(config(directory.path(), address, &url), clock.clone(), Ids::from_os())?;
    let seeded = demo::seed(&app, &clock, &runtime)?;
    for surprise in &seeded.surprises {
        eprintln!("aftercare: the rules in force treat the demo's words otherwise than expected: {surprise}");
    }
    runtime.block_on(async {
        let mut running = tokio::spawn(serve::serve(app, listener, async {
            told_to_stop.await.ok();
        }));
        // Told to stop while it was seeding, the server ends instead of answering; that is no error.
        tokio::select! {
            ended = &mut running => ended??,
            up = answers(address) => match up {
                Ok(()) => {
                    tell(args, &url, &seeded.accounts)?;
                    running.await??;
                }
                Err(error) => tokio::time::timeout(Duration::from_secs(1), running).await.map_err(|_| error)???,
            },
        }
        Done::Ok(())
    })?;
    directory.close()?;
    Ok(())
}

fn config(directory: &Path, address: SocketAddr, url: &str) -> Config {
    let mut config = Config { data_dir: directory.to_owned(), ..Config::default() };
    config.community.name = "Aftercare demo".to_owned();
    config.http.listen = address;
    config.http.public_url = url.to_owned();
    // Everybody who looks around comes from one address.
    config.http.limit_factor = NonZeroU32::new(1000).unwrap_or(NonZeroU32::MIN);
    config.http.connections_per_address = config.http.connections;
    config
}

/// Waits until the first page has been answered: what we print is true when it is read.
async fn answers(address: SocketAddr) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut first = [0; 12];
    let read = tokio::time::timeout(Duration::from_secs(30), stream.read_exact(&mut first)).await;
    read.map_err(|_| std::io::Error::other("the demo does not answer"))?.map(|_| ())
}

fn tell(args: &Args, url: &str, accounts: &[Account]) -> Done {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", json!({ "url": url, "accounts": accounts }))?;
    } else {
        writeln!(
            out,
            "A community to look around in: {url}\nEverything in it is made up, and gone when you press Ctrl-C.\n"
        )?;
        writeln!(out, "{:10}  {:20}  {:28}  password", "sign in as", "name", "e-mail")?;
        for Account { role, name, email, password, .. } in accounts {
            writeln!(out, "{role:10}  {name:20}  {email:28}  {password}")?;
        }
    }
    out.flush()?;
    Ok(())
}
