//! Compiles `edge` and `browser` to Wasm and lays both out for the runtime:
//!
//! ```text
//! out/<bundle>/worker/    index.js (the shim), edge.js, edge_bg.wasm
//! out/<bundle>/assets/    public/, and assets/ with the island's script and Wasm
//! ```
//!
//! `cargo run -p build -- [dev|release] [--root DIR] [--out DIR] [--features LIST]`

mod bind;
mod compile;
mod lay;
mod step;

use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::ExitCode;
use step::Steps;

/// How the Wasm is compiled: `dev` in a short time, `release` small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Profile {
    Dev,
    Release,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }

    /// The profile's name in the workspace's `Cargo.toml`.
    fn cargo(self) -> &'static str {
        match self {
            Self::Dev => "wasm-dev",
            Self::Release => "release",
        }
    }
}

/// What to build, from where, to where.
#[derive(Debug)]
struct Plan {
    profile: Profile,
    /// The workspace.
    root: PathBuf,
    /// Holds one folder a bundle, named for its profile or its features.
    out: PathBuf,
    /// Features of the Worker that a test asks for; a release has none.
    features: Option<String>,
}

impl Plan {
    fn read(mut args: impl Iterator<Item = String>) -> Result<Self> {
        let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let (mut profile, mut root, mut out, mut features) = (Profile::Dev, None, None, None);
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "dev" => profile = Profile::Dev,
                "release" => profile = Profile::Release,
                "--root" => root = args.next().map(PathBuf::from),
                "--out" => out = args.next().map(PathBuf::from),
                "--features" => features = args.next(),
                other => bail!(
                    "unknown argument `{other}`: [dev|release] [--root DIR] [--out DIR] [--features LIST]"
                ),
            }
        }
        let Some(root) = root.or_else(|| here.ancestors().nth(2).map(PathBuf::from)) else {
            bail!("`{}` is not inside the workspace: pass --root", here.display());
        };
        if profile == Profile::Release && features.is_some() {
            bail!("a release has no features: they are for tests");
        }
        let out = out.unwrap_or_else(|| root.join("edge/build/out"));
        Ok(Self { profile, root, out, features })
    }

    /// Where this bundle's files go: a test's own features make a bundle of their own.
    fn target(&self) -> PathBuf {
        self.out.join(self.features.as_deref().unwrap_or(self.profile.name()))
    }
}

fn build(plan: &Plan) -> Result<()> {
    let mut steps = Steps::of(5);
    let edge = steps.run("compile the Worker", || compile::wasm(plan, "edge", plan.features.as_deref()))?;
    let worker = steps.run("bind the Worker", || bind::worker(plan, &edge))?;
    let browser = steps.run("compile the browser island", || compile::wasm(plan, "browser", None))?;
    let island = steps.run("bind the browser island", || bind::island(plan, &browser))?;
    steps.run("lay out the bundle", || lay::bundle(plan, &worker, &island))?;
    Ok(())
}

fn main() -> ExitCode {
    let outcome = Plan::read(std::env::args().skip(1)).and_then(|plan| build(&plan));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("build: {error:#}");
            ExitCode::FAILURE
        }
    }
}
