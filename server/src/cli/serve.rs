//! `aftercare serve`: the real thing.

use super::Done;
use crate::app::App;
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::ids::Ids;
use crate::platform::log;
use crate::serve;

pub(super) fn run(config: Config) -> Done {
    log::start();
    let runtime = tokio::runtime::Runtime::new()?;
    let app = App::open(config, Clock::system(), Ids::from_os())?;
    runtime.block_on(async {
        let listener = serve::listen(&app).await?;
        eprintln!("aftercare: serving {} on http://{}", app.config.community.name, listener.local_addr()?);
        serve::serve(app, listener, super::told_to_stop()).await?;
        eprintln!("aftercare: stopped");
        Ok(())
    })
}
