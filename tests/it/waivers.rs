//! Waivers: what counts, what is told all the same, and when a waiver is a finding itself.

use brokerfit::context::Exit;

use crate::repository::{Repository, decided, misfit, of_files, standing};

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(id, standing)| ((*id).to_owned(), (*standing).to_owned())).collect()
}

/// A decision for the wrong broker with one waiver.
fn waived(waiver: &str) -> String {
    decided("orders", &format!("{{ broker: kafka, waiver: {waiver} }}"))
}

#[test]
fn a_waived_finding_is_told_and_does_not_count() {
    let repository = Repository::new("waived");
    let waiver = "{ finding: mismatch, reason: moves in spring, owner: payments, expires: 2026-12-31 }";
    repository.file("profile.yaml", &waived(waiver));
    let run = repository.check(&["./profile.yaml"]);
    assert_eq!((run.exit, run.stderr.as_str()), (Exit::Fine, ""));
    for part in ["mismatch", "moves in spring", "payments", "2026-12-31", "1 waived"] {
        assert!(run.stdout.contains(part), "`{part}` in {}", run.stdout);
    }
    let document = repository.checked(&["./profile.yaml"]);
    assert_eq!(standing(&document, "orders"), pairs(&[("mismatch", "waived")]));
    assert_eq!(document["summary"]["errors"], 0);
}

#[test]
fn a_waiver_holds_up_to_and_with_its_last_day() {
    let repository = Repository::new("last-day");
    repository.file("today.yaml", &waived("{ finding: mismatch, reason: r, expires: 2026-11-26 }"));
    repository.file("yesterday.yaml", &waived("{ finding: mismatch, reason: r, expires: 2026-11-25 }"));
    assert_eq!(repository.check(&["./today.yaml"]).exit, Exit::Fine);
    let expired = repository.check(&["./yesterday.yaml"]);
    assert_eq!(expired.exit, Exit::Refused);
    assert!(expired.stdout.contains("expired on 2026-11-25, and the finding counts again"), "{}", expired.stdout);
    let document = repository.checked(&["./yesterday.yaml"]);
    assert_eq!(standing(&document, "orders"), pairs(&[("mismatch", "counts"), ("waiver-expired", "counts")]));
}

#[test]
fn a_waiver_that_waives_nothing_is_a_finding() {
    let repository = Repository::new("unused");
    let text = decided(
        "orders",
        "{ broker: rabbitmq, option: quorum, waiver: [{ finding: ruled-out, reason: r, expires: 2026-12-01 }, \
         { finding: mismatch, reason: r, expires: 2020-01-01 }] }",
    );
    repository.file("profile.yaml", &text);
    let document = repository.checked(&["./profile.yaml"]);
    assert_eq!(standing(&document, "orders"), pairs(&[("waiver-unused", "counts"), ("waiver-expired", "counts")]));
    assert_eq!(repository.check(&["./profile.yaml"]).exit, Exit::Fine, "a warning alone does not fail");
    assert_eq!(repository.check(&["./profile.yaml", "--fail-on", "warning"]).exit, Exit::Refused);
}

#[test]
fn an_audit_sees_what_was_waived() {
    let repository = Repository::new("audit");
    repository.file("profile.yaml", &waived("{ finding: mismatch, reason: r, expires: 2026-12-31 }"));
    let run = repository.check(&["./profile.yaml", "--no-waivers"]);
    assert_eq!(run.exit, Exit::Refused);
    let document = repository.checked(&["./profile.yaml", "--no-waivers"]);
    assert_eq!(standing(&document, "orders"), pairs(&[("mismatch", "counts")]));
}

#[test]
fn a_central_waiver_holds_for_the_flows_that_it_names() {
    let repository = Repository::new("central");
    repository.file(
        "brokerfit.toml",
        "[[waiver]]\nfinding = \"mismatch\"\nflow = \"orders-*\"\nreason = \"r\"\nowner = \"platform\"\nexpires = 2026-12-31\n",
    );
    repository.file("a/profile.yaml", &misfit("orders-eu"));
    repository.file("b/profile.yaml", &misfit("billing"));
    let document = repository.checked(&["./"]);
    assert_eq!(standing(&document, "orders-eu"), pairs(&[("mismatch", "waived")]));
    assert_eq!(standing(&document, "billing"), pairs(&[("mismatch", "counts")]));
    assert_eq!(of_files(&document), []);
}

#[test]
fn a_central_waiver_is_unused_only_where_all_was_looked_at() {
    let repository = Repository::new("central-unused");
    repository.file(
        "brokerfit.toml",
        "[[waiver]]\nfinding = \"mismatch\"\nflow = \"gone-*\"\nreason = \"r\"\nexpires = 2026-12-31\n",
    );
    repository.file("a/profile.yaml", &misfit("orders"));
    assert_eq!(of_files(&repository.checked(&["./"])), pairs(&[("waiver-unused", "counts")]));
    // A hook that names the changed files knows nothing of the others.
    assert_eq!(of_files(&repository.checked(&["./a/profile.yaml"])), []);
    let run = repository.check(&["./"]);
    assert!(run.stdout.contains("brokerfit.toml:2:11"), "at the id of line 2: {}", run.stdout);
}

#[test]
fn what_a_waiver_lacks_is_an_error_in_its_place() {
    for (waiver, code, help) in [
        ("{ finding: mismatch, expires: 2026-12-31 }", "missing-field", "`reason`"),
        ("{ finding: mismatch, reason: ' ', expires: 2026-12-31 }", "missing-field", "say why"),
        ("{ finding: mismatch, reason: r }", "missing-field", "`expires`"),
        ("{ reason: r, expires: 2026-12-31 }", "missing-field", "`finding`"),
        ("{ finding: mismach, reason: r, expires: 2026-12-31 }", "unknown-finding", "did you mean `mismatch`?"),
        ("{ finding: conflict, reason: r, expires: 2026-12-31 }", "unknown-finding", "`conflict/…`"),
        ("{ finding: average-above-peak, reason: r, expires: 2026-12-31 }", "unknown-finding", "`conflict/average"),
        ("{ finding: waiver-unused, reason: r, expires: 2026-12-31 }", "unknown-finding", "cannot be waived"),
        ("{ finding: mismatch, reason: r, expires: 2026-02-30 }", "wrong-value", "as in `2027-03-31`"),
        ("{ finding: mismatch, reason: r, expires: nevr }", "wrong-value", "did you mean `never`?"),
        ("{ finding: mismatch, reason: r, expires: never }", "unlimited-waiver", "unlimited-waivers = true"),
        ("{ finding: mismatch, reasn: r, expires: 2026-12-31 }", "unknown-field", "did you mean `reason`?"),
        ("{ finding: mismatch, flow: x, reason: r, expires: 2026-12-31 }", "unknown-field", "`flow`"),
        ("yes", "wrong-shape", "write `waiver: {"),
    ] {
        let repository = Repository::new("wrong-waiver");
        repository.file("profile.yaml", &waived(waiver));
        let run = repository.check(&["./profile.yaml"]);
        assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""), "{waiver}");
        assert!(run.stderr.contains(&format!("error[{code}]")), "{code} in {}", run.stderr);
        assert!(run.stderr.contains(help), "{help} in {}", run.stderr);
    }
}

#[test]
fn without_end_only_where_the_configuration_allows_it() {
    let repository = Repository::new("unlimited");
    repository.file("brokerfit.toml", "unlimited-waivers = true\n");
    repository.file("profile.yaml", &waived("{ finding: mismatch, reason: r, expires: never }"));
    assert_eq!(repository.check(&["./profile.yaml"]).exit, Exit::Fine);
}
