//! What must never be shown: keys whose values are secrets, and values that hold one.

/// Words of a key that name a secret, wherever they stand in it.
const WORDS: [&str; 11] = [
    "cookie",
    "credential",
    "credentials",
    "jaas",
    "pass",
    "passphrase",
    "passwd",
    "password",
    "passwords",
    "secret",
    "secrets",
];
/// Ends of keys that name a secret, or the material of one.
const ENDS: [&str; 9] = [
    "token",
    "api.key",
    "apikey",
    "encryption.key",
    "license",
    "private.key",
    "keystore.key",
    "truststore.certificates",
    "keystore.certificate.chain",
];

/// Whether a value may not be shown: because of its key, or because it looks like a secret itself.
pub(super) fn is(key: &str, value: &str) -> bool {
    is_key(key) || holds_one(value)
}

fn is_key(key: &str) -> bool {
    let dotted = key.to_ascii_lowercase().replace(['_', '-'], ".");
    dotted.split('.').any(|word| WORDS.contains(&word)) || ENDS.iter().any(|end| dotted.ends_with(end))
}

/// `scheme://user:password@host`, an encrypted value, or a login module with its password.
fn holds_one(value: &str) -> bool {
    let with_user = value.match_indices("://").any(|(at, _)| {
        let rest = value.get(at + 3..).unwrap_or_default();
        let authority = rest.split(['/', '?', ' ', ',']).next().unwrap_or_default();
        authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
    });
    with_user || value.starts_with("encrypted:") || value.contains("password=") || value.contains("-----BEGIN")
}

#[cfg(test)]
mod tests {
    use super::is;

    #[test]
    fn secrets_are_known_by_key_or_value() {
        for key in [
            "default_pass",
            "ssl.keystore.password",
            "ssl.keystore.key",
            "sasl.jaas.config",
            "listener.name.internal.plain.sasl.jaas.config",
            "RABBITMQ_ERLANG_COOKIE",
            "auth_oauth2.introspection_client_secret",
            "definitions.tls.password",
        ] {
            assert!(is(key, "x"), "{key}");
        }
        for key in ["ssl.keystore.location", "delegation.token.expiry.time.ms", "default_user", "loopback_users.guest"]
        {
            assert!(!is(key, "x"), "{key}");
        }
        for value in ["amqp://user:pw@host/vhost", "amqps://u:p%40@h", "encrypted:abc", "a password=\"x\""] {
            assert!(is("uri", value), "{value}");
        }
        for value in
            ["PLAINTEXT://:9092,CONTROLLER://:9093", "1@localhost:9093", "amqp://host:5672", "amqp://user@host"]
        {
            assert!(!is("uri", value), "{value}");
        }
    }
}
