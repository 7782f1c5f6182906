//! One cargo invocation a component: `edge` renders with leptos' `ssr`, `browser` with its `hydrate`,
//! and cargo would unify the two in one run.

use crate::Plan;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

const TARGET: &str = "wasm32-unknown-unknown";

/// The most memory an instance may grow to, in bytes. Cloudflare ends an isolate at 128 MB, its JavaScript
/// included; a Worker that meets its own limit first answers 500 and goes on.
const MEMORY: u32 = 96 << 20;

/// Leptos then boxes what a page is made of, instead of compiling each page's own nest of types: smaller where there are
/// many pages, as in the Worker; larger where there is one island, as in the browser.
const ERASE: [&str; 2] =
    ["--config", r#"target.wasm32-unknown-unknown.rustflags=["--cfg","erase_components"]"#];

/// Compiles `package`'s library and answers where cargo put its Wasm.
pub(crate) fn wasm(plan: &Plan, package: &str, features: Option<&str>) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut child = Command::new(cargo)
        .current_dir(&plan.root)
        .args(if package == "edge" { &ERASE[..] } else { &[] })
        .args(["rustc", "--lib", "--crate-type", "cdylib", "--package", package, "--target", TARGET])
        .args(["--profile", plan.profile.cargo(), "--message-format", "json-render-diagnostics"])
        .args(features.iter().flat_map(|list| ["--features", *list]))
        .args(["--", "-C", &format!("link-arg=--max-memory={MEMORY}")])
        // Let wasm-bindgen's macros emit the same code that worker's own bundler asks for.
        .env("WASM_BINDGEN_USE_JS_SYS", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("cargo does not start: install Rust from https://rustup.rs")?;
    let Some(stdout) = child.stdout.take() else { bail!("cargo has no output") };
    let mut found = None;
    for line in BufReader::new(stdout).lines() {
        found = artefact(&line?, package).or(found);
    }
    if !child.wait()?.success() {
        bail!(
            "cargo refused `{package}`: its message is above; `rustup target add {TARGET}` if the target is missing"
        );
    }
    found.with_context(|| format!("`{package}` makes no Wasm: its crate-type needs `cdylib`"))
}

/// The Wasm file that one of cargo's messages reports for `package`.
fn artefact(line: &str, package: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message.get("reason")?.as_str()? != "compiler-artifact"
        || message.get("target")?.get("name")?.as_str()? != package
    {
        return None;
    }
    let files = message.get("filenames")?.as_array()?;
    let mut paths = files.iter().filter_map(Value::as_str).map(PathBuf::from);
    paths.find(|path| path.extension().is_some_and(|extension| extension == "wasm"))
}

#[cfg(test)]
mod tests {
    use super::artefact;
    use std::path::PathBuf;

    #[test]
    fn the_wasm_of_the_named_package_is_found_among_cargos_messages() {
        let line = r#"{"reason":"compiler-artifact","target":{"name":"edge"},"filenames":["/t/libedge.rlib","/t/edge.wasm"]}"#;
        assert_eq!(artefact(line, "edge"), Some(PathBuf::from("/t/edge.wasm")));
        assert_eq!(artefact(line, "browser"), None);
        assert_eq!(artefact(r#"{"reason":"build-finished","success":true}"#, "edge"), None);
    }
}
