//! Diagnostic codes that only a plan can give, out of the one table in `codex-spec`.

use codex_spec::Code;

macro_rules! codes {
    ($($function:ident = $code:literal;)*) => {
        $(pub(super) fn $function() -> Code { Code::named($code) })*

        #[cfg(test)]
        mod tests {
            #[test]
            fn every_code_is_in_the_table() {
                for code in [$($code),*] {
                    assert!(codex_spec::CODES.iter().any(|(known, _)| *known == code), "{code}");
                }
            }
        }
    };
}

codes! {
    branch = "branch";
    missing_interface = "missing-interface";
    no_executor = "no-executor";
    not_enforced = "not-enforced";
    pattern_hint = "pattern-hint";
    scope_pattern = "scope-pattern";
    scope_symlink = "scope-symlink";
    scope_submodule = "scope-submodule";
    scope_overlap = "scope-overlap";
    secret_in_scope = "secret-in-scope";
    unknown_agent = "unknown-agent";
    unmatched_read = "unmatched-read";
    wide_scope = "wide-scope";
}
