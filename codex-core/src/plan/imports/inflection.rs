//! From names of constants to names of files, as Rails' autoloading has them.

/// The file name of one constant, without its ending: `OrdersController` is `orders_controller`.
///
/// A word begins at a capital behind a small letter or a digit, and at the last capital of a run of them that a small
/// letter follows: `HTMLParser` is `html_parser`, `I18nBackend` is `i18n_backend`.
pub(super) fn underscore(constant: &str) -> String {
    let letters: Vec<char> = constant.chars().collect();
    let mut name = String::with_capacity(constant.len() + 4);
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let behind = letters.get(at + 1);
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_ascii_digit()
                    || before.is_uppercase() && behind.is_some_and(|behind| behind.is_lowercase())
            });
        if begins {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

/// A file name or a constant without what tells words apart. A project that declares acronyms of its own has other
/// words in them: both `OAuthToken` and `oauth_token` are `oauthtoken`.
pub(super) fn squash(name: &str) -> String {
    name.chars().filter(|letter| *letter != '_').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files() {
        for (constant, expected) in [
            ("Order", "order"),
            ("LineItem", "line_item"),
            ("OrdersController", "orders_controller"),
            ("HTMLParser", "html_parser"),
            ("ParserHTML", "parser_html"),
            ("SSLError", "ssl_error"),
            ("I18nBackend", "i18n_backend"),
            ("X509Certificate", "x509_certificate"),
            ("API", "api"),
            ("APIController", "api_controller"),
            ("V1", "v1"),
            ("A", "a"),
            ("MAX_SIZE", "max_size"),
            ("Äpfel", "äpfel"),
            ("", ""),
        ] {
            assert_eq!(underscore(constant), expected, "{constant}");
        }
    }

    #[test]
    fn acronyms_of_a_project() {
        for (constant, file) in [("OAuthToken", "oauth_token"), ("GraphQLType", "graphql_type"), ("IPhone", "iphone")] {
            assert_eq!(squash(constant), squash(file), "{constant}");
        }
    }
}
