//! `sanad serve`: the office's pages and API, with the workers in the same process.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use sanad_intake::{Limits, ReadRequest, ReaderConfig, Readers};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

use super::READER;
use crate::accounts;
use crate::blobs::sweep::{GRACE, sweep};
use crate::config::{Config, PolicySource, ReadersConfig};
use crate::demo::{self, DEMO_PASSWORD, DEMO_USERS};
use crate::http::{self, App};
use crate::policies::{ImportedRegister, Policies, PolicyServer, Registry, recheck};
use crate::store::clock::{SystemChance, SystemClock};
use crate::store::{Store, StoreConfig};
use crate::work::{IntakeReader, PaperReader, Runner, RunnerConfig, keys_anew};

const MEGA: u64 = 1_000_000;

/// How long work that is left owed may hold up the end.
const LAST_MOMENT: Duration = Duration::from_secs(2);

/// Serves the pages and the API.
#[derive(Debug, clap::Args)]
pub(super) struct ServeArgs {
    /// Configuration file; without one every key has its default.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Address to listen on, instead of the configured one; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT")]
    address: Option<SocketAddr>,
    /// Makes invented accounts with a public password, to try the system.
    #[arg(long)]
    demo: bool,
    /// Loads the claims of this folder, one folder with a case.json each; with --demo.
    #[arg(long, value_name = "DIR", requires = "demo")]
    demo_claims: Option<PathBuf>,
    /// Log lines as JSON.
    #[arg(long)]
    log_json: bool,
}

/// Serves until told to stop.
///
/// # Errors
/// When the configuration, the database or the address cannot be used.
pub(super) fn run(args: &ServeArgs) -> anyhow::Result<ExitCode> {
    let config = configuration(args)?;
    log(args.log_json);
    // The children are started before the threads of the runtime: they begin as small as they can be.
    let reader = reader(&config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the runtime")?;
    let served = runtime.block_on(serve(config, reader));
    // Words that are still being read stay owed: nobody waits for them to the end of a long file.
    runtime.shutdown_timeout(LAST_MOMENT);
    served?;
    Ok(ExitCode::SUCCESS)
}

fn configuration(args: &ServeArgs) -> anyhow::Result<Config> {
    let mut config = match &args.config {
        Some(path) => Config::load(path)?,
        None => Config::default(),
    };
    if let Some(address) = args.address {
        config.server.address = address;
    }
    config.demo.enabled |= args.demo;
    if args.demo_claims.is_some() {
        config.demo.claims.clone_from(&args.demo_claims);
    }
    Ok(config)
}

fn log(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if json { lines.json().init() } else { lines.init() }
}

fn reader(config: &Config) -> anyhow::Result<Arc<dyn PaperReader>> {
    let program = std::env::current_exe().context("the program's own path")?;
    let limits = &config.limits;
    let request = ReadRequest {
        limits: Limits {
            max_bytes: limits.file_bytes(),
            max_page_pixels: limits.page_megapixels * MEGA,
            max_pages: limits.pages,
            max_total_pixels: limits.total_megapixels * MEGA,
        },
        ..ReadRequest::default()
    };
    let judging = ReaderConfig {
        children: config.readers.children,
        wall: Duration::from_secs(config.readers.wall_s),
        memory_bytes: config.readers.memory_mib << 20,
        cpu: Duration::from_secs(config.readers.cpu_s),
        recycle_after: config.readers.recycle_after,
        ..ReaderConfig::new(program, vec![READER.into()])
    };
    let words = ReaderConfig { children: config.readers.words, gives_way: true, ..judging.clone() };
    Ok(Arc::new(IntakeReader::new(Readers::new(judging), Readers::new(words), request)))
}

fn folder_of_database(url: &str) -> Option<&Path> {
    url.strip_prefix("sqlite:").and_then(|path| Path::new(path).parent()).filter(|path| !path.as_os_str().is_empty())
}

async fn store(config: &Config) -> anyhow::Result<Store> {
    if let Some(folder) = folder_of_database(&config.database.url) {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    std::fs::create_dir_all(&config.data.dir).with_context(|| format!("cannot make {}", config.data.dir.display()))?;
    let database = config.database.url.parse().context("[database] url")?;
    for step in Store::migrate(&database).await.context("the schema could not be brought up to date")? {
        tracing::info!(migration = %step, "schema step taken");
    }
    let store = StoreConfig { database, blobs: config.data.dir.clone(), readers: config.database.readers };
    let store = Store::open(&store, Arc::new(SystemClock), Arc::new(SystemChance)).await?;
    if !config.demo.enabled && accounts::has_demo_accounts(&store).await? {
        bail!(
            "this database holds demonstration accounts with a public password; \
             start with --demo, or use another database for real claims"
        );
    }
    Ok(store)
}

async fn serve(config: Config, reader: Arc<dyn PaperReader>) -> anyhow::Result<()> {
    let store = store(&config).await?;
    let listener = TcpListener::bind(config.server.address)
        .await
        .with_context(|| format!("cannot listen on {}", config.server.address))?;
    let address = listener.local_addr().context("the address in use")?;
    match sweep(&store, GRACE).await {
        Ok(swept) => tracing::info!(unfinished = swept.unfinished, orphans = swept.orphans, "swept"),
        // nothing is lost by litter that stays
        Err(error) => tracing::warn!(%error, "what interrupted uploads left was not cleared away"),
    }
    keys_anew::owe_from_before(&store).await.context("pages to be entered anew")?;
    let ReadersConfig { children: at_once, words: words_at_once, .. } = config.readers;
    let work = RunnerConfig { at_once, words_at_once, ..RunnerConfig::default() };
    let runner = Runner::start(&store, &reader, work);
    if config.demo.enabled {
        let (seeded, story) =
            demo::seed(&store, config.demo.claims.as_deref()).await.context("the demonstration's claims")?;
        tracing::info!(accounts = seeded.accounts, claims = seeded.claims, uploads = seeded.uploads, "seeded");
        let store = store.clone();
        let wanted = if config.demo.claims.is_some() { demo::CLAIMS } else { 0 };
        tokio::spawn(async move {
            let played = async {
                demo::play(&store, &story).await?;
                demo::populate(&store, &story, wanted).await
            };
            if let Err(error) = played.await {
                tracing::warn!(%error, "the demonstration's claims were left as they are");
            }
        });
    }
    announce(address, config.demo.enabled);
    let (stop, stopping) = watch::channel(false);
    let mut order = stopping.clone();
    let mut late = stopping.clone();
    let drain = Duration::from_secs(config.server.drain_s);
    tokio::spawn(async move {
        asked_to_stop().await;
        tracing::info!("stopping");
        // Open event streams end on it too; they would otherwise keep the server up.
        stop.send_replace(true);
    });
    let policies = policies(&config, &store)?;
    ask_again(&config, &store, &policies);
    let app = App { store: store.clone(), reader, policies, config: Arc::new(config), stopping };
    let service = http::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let ordered = async move {
        order.wait_for(|stop| *stop).await.ok();
    };
    let overdue = async {
        late.wait_for(|stop| *stop).await.ok();
        tokio::time::sleep(drain).await;
    };
    tokio::select! {
        served = axum::serve(listener, service).with_graceful_shutdown(ordered) => served.context("serving")?,
        () = overdue => tracing::warn!("requests were still open and are cut off"),
    }
    runner.stop().await;
    store.close().await;
    Ok(())
}

/// Who is asked about policies: for offices only where it is configured, for the internet at least the register.
fn policies(config: &Config, store: &Store) -> anyhow::Result<Policies> {
    let register: Arc<dyn Registry> = Arc::new(ImportedRegister(store.clone()));
    Ok(match config.policies.source {
        PolicySource::None => Policies::new(None, register),
        PolicySource::Register => Policies::new(Some(Arc::clone(&register)), register),
        PolicySource::Server => {
            let server = PolicyServer::new(config.policies.clone(), store.clone()).context("[policies]")?;
            let server: Arc<dyn Registry> = Arc::new(server);
            Policies::new(Some(Arc::clone(&server)), server)
        }
    })
}

/// Asks again, from time to time, for the policies that wait for an answer.
fn ask_again(config: &Config, store: &Store, policies: &Policies) {
    let (store, policies) = (store.clone(), policies.clone());
    let pause = Duration::from_secs(config.policies.ask_again_s.max(1));
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(pause).await;
            if let Err(error) = recheck(&store, &policies).await {
                tracing::warn!(%error, "policies that wait could not be asked for again");
            }
        }
    });
}

/// Ends on Ctrl+C or on a supervisor's order.
async fn asked_to_stop() {
    let interrupt = async {
        tokio::signal::ctrl_c().await.ok();
    };
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

/// Tells on standard output where to go; the first line is for programs as well.
fn announce(address: SocketAddr, demo: bool) {
    println!("sanad: http://{address}");
    if demo {
        println!("demonstration accounts, password {DEMO_PASSWORD}:");
        for user in DEMO_USERS {
            println!("  {:<14} {:<14} {}", user.user_name, user.role.as_str(), user.display_name);
        }
    }
}
