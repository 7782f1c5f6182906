//! Puts what was bound where the runtime, the launcher and `wrangler` look for it.

use crate::Plan;
use anyhow::{Context, Result, bail};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Fills `worker/` and `assets/` from the two bound components, the shim and `public/`.
pub(crate) fn bundle(plan: &Plan, bound_worker: &Path, bound_island: &Path) -> Result<()> {
    let target = plan.target();
    let worker = fresh(target.join("worker"))?;
    copy_tree(bound_worker, &worker)?;
    copy(&plan.root.join("edge/build/shim.js"), &worker.join("index.js"))?;

    let assets = fresh(target.join("assets"))?;
    copy_tree(&plan.root.join("public"), &assets)?;
    // The demo is for local runs: wrangler reads this file and leaves it behind.
    fs::write(assets.join(".assetsignore"), "/demo\n")?;
    island(bound_island, &plan.root.join("app/browser/boot.js"), &assets.join("assets"))
}

/// Lays out the island. `boot.js` keeps its name; what it loads carries a hash of its content, so
/// that a browser never joins the script of one release to the Wasm of another.
fn island(bound: &Path, boot: &Path, out: &Path) -> Result<()> {
    copy_tree(bound, out)?;
    let wasm = rename(out, "app_bg", "wasm")?;
    replace(&out.join("app.js"), "app_bg.wasm", &wasm)?;
    let script = rename(out, "app", "js")?;
    copy(boot, &out.join("boot.js"))?;
    replace(&out.join("boot.js"), "app.js", &script)
}

/// Renames `stem.extension` to `stem-<hash of its content>.extension` and answers the new name.
fn rename(folder: &Path, stem: &str, extension: &str) -> Result<String> {
    let from = folder.join(format!("{stem}.{extension}"));
    let mut hasher = DefaultHasher::new();
    fs::read(&from).with_context(|| format!("cannot read `{}`", from.display()))?.hash(&mut hasher);
    let name = format!("{stem}-{:016x}.{extension}", hasher.finish());
    fs::rename(&from, folder.join(&name))?;
    Ok(name)
}

/// Puts `to` wherever `file` says `from`.
fn replace(file: &Path, from: &str, to: &str) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    if !text.contains(from) {
        bail!("`{}` does not load `{from}`", file.display());
    }
    fs::write(file, text.replace(from, to))?;
    Ok(())
}

fn fresh(folder: PathBuf) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty `{}`", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    Ok(folder)
}

/// Copies a folder, hidden files excepted.
fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read `{}`", from.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &to.join(name))?;
        } else {
            copy(&entry.path(), &to.join(name))?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to)
        .with_context(|| format!("cannot copy `{}` to `{}`", from.display(), to.display()))
        .map(|_| ())
}
