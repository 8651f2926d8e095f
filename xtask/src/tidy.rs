//! The rules of the house that no lint can hold, each a function from what it looks at to its findings.
//!
//! A finding is one line: file, line where there is one, what is wrong and what to do.

mod arrows;
mod manifests;
mod methods;
mod paths;
mod rust;
mod text;

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};
use cargo_metadata::{DependencyKind, Package};

use crate::workspace::Workspace;

/// What the rules have to say.
pub(crate) struct Report {
    /// Each breaks a rule.
    pub(crate) findings: Vec<String>,
    /// Each comes close to breaking one.
    pub(crate) warnings: Vec<String>,
    /// How many files were read.
    files: usize,
}

impl Report {
    /// Prints the warnings, the findings and their number.
    pub(crate) fn print(&self) {
        for warning in &self.warnings {
            println!("warning: {warning}");
        }
        for finding in &self.findings {
            println!("finding: {finding}");
        }
        println!("tidy: {} files, {} findings", self.files, self.findings.len());
    }
}

/// A text file of the repository.
#[derive(Clone, Debug)]
struct SourceFile {
    /// From the root, with forward slashes.
    path: String,
    text: String,
}

/// A crate of the workspace.
#[derive(Clone, Debug)]
struct Member {
    name: String,
    version: String,
    may_be_published: bool,
    dependencies: Vec<Dependency>,
    manifest: SourceFile,
}

#[derive(Clone, Debug)]
struct Dependency {
    name: String,
    /// Whether tests, examples and benchmarks alone use it.
    is_dev: bool,
}

/// Reads the repository and runs every rule on it.
pub(crate) fn check(workspace: &Workspace) -> Result<Report> {
    let files = repository_files(workspace)?;
    let members = members(workspace, &files)?;
    let mut findings = Vec::new();
    findings.extend(arrows::between_crates(&members));
    findings.extend(arrows::six_onlys(&members));
    for member in &members {
        findings.extend(manifests::own_versions(&member.manifest));
        findings.extend(manifests::house_settings(member));
    }
    for file in &files {
        findings.extend(text::long_file(file));
        findings.extend(text::whitespace(file));
        findings.extend(paths::of_a_machine(file));
        findings.extend(paths::registry_hosts(file));
        findings.extend(rust::forbidden_words(file));
        findings.extend(rust::lifted_file_lints(file));
    }
    findings.extend(methods::unlinked_pages(&files));
    let warnings = files.iter().filter_map(text::nearly_long_file).collect();
    Ok(Report { findings, warnings, files: files.len() })
}

/// Every text file that git tracks, or would track if it were added: a rule should speak before the commit.
fn repository_files(workspace: &Workspace) -> Result<Vec<SourceFile>> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"])
        .current_dir(&workspace.root)
        .output()
        .context("failed to start git")?;
    if !output.status.success() {
        bail!(
            "failed to list the files of the repository: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    let listed = String::from_utf8(output.stdout).context("a file name that is not UTF-8")?;
    let mut files = Vec::new();
    for path in listed.split_terminator('\0') {
        let on_disk = workspace.root.join(path);
        // A file removed but not yet committed is still listed.
        if !on_disk.is_file() {
            continue;
        }
        let bytes = fs::read(&on_disk).with_context(|| format!("failed to read {path}"))?;
        if let Ok(text) = String::from_utf8(bytes) {
            files.push(SourceFile { path: path.to_owned(), text });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn members(workspace: &Workspace, files: &[SourceFile]) -> Result<Vec<Member>> {
    workspace
        .metadata
        .workspace_packages()
        .into_iter()
        .map(|package| member(workspace, package, files))
        .collect()
}

fn member(workspace: &Workspace, package: &Package, files: &[SourceFile]) -> Result<Member> {
    let path = package
        .manifest_path
        .strip_prefix(&workspace.metadata.workspace_root)
        .with_context(|| format!("crate {} lies outside the workspace", package.name))?
        .as_str()
        .replace('\\', "/");
    let manifest = files
        .iter()
        .find(|file| file.path == path)
        .with_context(|| format!("git ignores {path}"))?
        .clone();
    let dependencies = package
        .dependencies
        .iter()
        .map(|dependency| Dependency {
            name: dependency.name.clone(),
            is_dev: dependency.kind == DependencyKind::Development,
        })
        .collect();
    Ok(Member {
        name: package.name.to_string(),
        version: package.version.to_string(),
        may_be_published: package.publish.as_ref().is_none_or(|registries| !registries.is_empty()),
        dependencies,
        manifest,
    })
}

impl SourceFile {
    /// Lines with their numbers from 1.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// Whether the first lines say that a program wrote the file.
    fn is_generated(&self) -> bool {
        let mark = concat!("@gene", "rated");
        self.text.lines().take(5).any(|line| line.contains(mark))
    }

    /// Whether the file is Rust that only tests compile.
    fn is_rust_test(&self) -> bool {
        self.has_extension("rs")
            && (self.path.ends_with("/tests.rs") || self.path.contains("/tests/"))
    }

    fn has_extension(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, own)| own == extension)
    }
}

/// A made-up file for the rules' tests.
#[cfg(test)]
fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}
