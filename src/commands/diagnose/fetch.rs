//! Fetches an exposition from an address: only when a call names one, and without following it elsewhere.

use std::io::{BufRead, BufReader};
use std::time::Duration;

use crate::diagnostic::Diagnostic;

/// A broker that answers no faster is the symptom.
const PATIENCE: Duration = Duration::from_secs(30);
/// A larger exposition is not read to its end.
const LARGEST: u64 = 1 << 30;

/// Opens what an address gives.
///
/// # Errors
/// Where it gives nothing.
pub(super) fn fetch(address: &str) -> Result<Box<dyn BufRead>, Box<Diagnostic>> {
    if address.starts_with("https://") {
        let message = format!("cannot read `{address}`: certificates are not brokerfit's to judge");
        let help = format!("fetch it with what trusts yours: `curl --cacert CA.pem {address} | brokerfit diagnose -`");
        return Err(Box::new(Diagnostic::error("unreadable", message).help(help)));
    }
    let config = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(0).build();
    let answer = ureq::Agent::new_with_config(config).get(address).header("Accept", "text/plain").call();
    match answer {
        Ok(answer) if answer.status().is_success() => {
            let body = answer.into_body().into_with_config().limit(LARGEST).reader();
            Ok(Box::new(BufReader::new(body)))
        }
        Ok(answer) => Err(Box::new(refused(address, &format!("it leads elsewhere ({})", answer.status())))),
        Err(error) => Err(Box::new(refused(address, &error.to_string()))),
    }
}

fn refused(address: &str, why: &str) -> Diagnostic {
    let problem = Diagnostic::error("unreadable", format!("cannot read `{address}`: {why}"));
    problem.help("is it the address of metrics, as in `http://HOST:15692/metrics/per-object`?")
}
