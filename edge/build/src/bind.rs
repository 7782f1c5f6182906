//! wasm-bindgen, and for a release wasm-opt. A component whose Wasm has not changed keeps its last result.

use crate::{Plan, Profile};
use anyhow::{Context, Result, bail};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// What LLVM emits for this target, which wasm-opt must be told.
const FEATURES: [&str; 8] = [
    "bulk-memory",
    "exception-handling",
    "multivalue",
    "mutable-globals",
    "nontrapping-float-to-int",
    "reference-types",
    "sign-ext",
    "simd",
];

/// Binds the Worker: a module that instantiates itself and can be reset after a panic.
pub(crate) fn worker(plan: &Plan, wasm: &Path) -> Result<PathBuf> {
    bind(plan, wasm, "edge", |bindgen| {
        bindgen.module(true)?;
        bindgen.reset_state_function(true).force_enable_abort_handler(true);
        Ok(())
    })
}

/// Binds the browser's part: a module that fetches its Wasm.
pub(crate) fn island(plan: &Plan, wasm: &Path) -> Result<PathBuf> {
    bind(plan, wasm, "app", |bindgen| {
        bindgen.web(true)?;
        bindgen.omit_default_module_path(false);
        Ok(())
    })
}

fn bind(
    plan: &Plan,
    wasm: &Path,
    name: &str,
    target: impl FnOnce(&mut Bindgen) -> Result<()>,
) -> Result<PathBuf> {
    let out = plan.target().join("bound").join(name);
    let mark = fingerprint(wasm)?;
    let seal = out.join(".made-from");
    if fs::read_to_string(&seal).is_ok_and(|made| made == mark) {
        return Ok(out);
    }
    if out.exists() {
        fs::remove_dir_all(&out).with_context(|| format!("cannot empty `{}`", out.display()))?;
    }
    let small = plan.profile == Profile::Release;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name(name).typescript(false);
    bindgen.remove_name_section(small).remove_producers_section(small);
    target(&mut bindgen)?;
    bindgen.generate(&out)?;
    if small {
        shrink(plan, &out.join(format!("{name}_bg.wasm")))?;
    }
    // Written last: a build cut short starts over.
    fs::write(&seal, mark)?;
    Ok(out)
}

/// Changes with the Wasm and with this tool, which holds wasm-bindgen.
fn fingerprint(wasm: &Path) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in [wasm, &std::env::current_exe()?] {
        let bytes = fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))?;
        bytes.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn shrink(plan: &Plan, wasm: &Path) -> Result<()> {
    let tool = plan.root.join("node_modules/.bin/wasm-opt");
    if !tool.exists() {
        bail!("`{}` is missing: run `npm ci`", tool.display());
    }
    let status = Command::new(&tool)
        .arg(wasm)
        .arg("-o")
        .arg(wasm)
        // Rust puts nothing in the first KiB but the far end of its stack.
        .args(["--low-memory-unused", "-Oz"])
        .args(FEATURES.map(|feature| format!("--enable-{feature}")))
        .status()
        .with_context(|| format!("`{}` does not start", tool.display()))?;
    if !status.success() {
        bail!("wasm-opt failed: its message is above; `npm ci` brings the version it needs");
    }
    Ok(())
}
