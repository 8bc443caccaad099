//! `codex-workflow run FILE`: the same, for people who have another `codex` on their path.

fn main() -> std::process::ExitCode {
    codex_cli::main_codex_workflow()
}
