//! `codex workflow run FILE`: the guide's own words.

fn main() -> std::process::ExitCode {
    codex_cli::main_codex()
}
