//! Decision records: what a decision assumes, read from the record that its `adr` names.

use brokerfit::context::Exit;

use crate::repository::{MISFIT, Repository, standing};

fn profile(adr: &str, peak: &str) -> String {
    let workload = MISFIT.replace("peak: 2k/s", &format!("peak: {peak}"));
    format!("name: orders\ndecision: {{ broker: rabbitmq, option: quorum, adr: \"{adr}\" }}\n{workload}")
}

const RECORD: &str = "# Gr\u{f6}\u{df}e\n\n### Confirmation\n\n```yaml\ndecision:\n  broker: rabbitmq\n  knowledge: 2026.11.25\n  \
                      assumes:\n    throughput.peak: 0/s..2k/s\n```\n";

#[test]
fn what_the_record_assumes_is_held_against_the_profile() {
    let repository = Repository::new("record");
    repository.file("docs/adr/0007.md", RECORD);
    // The path counts from the root of the repository, as such paths usually do.
    repository.file("services/orders/profile.yaml", &profile("docs/adr/0007.md", "2k/s"));
    assert_eq!(standing(&repository.checked(&["./services"]), "orders"), []);
    repository.file("services/orders/profile.yaml", &profile("docs/adr/0007.md", "3k/s"));
    let document = repository.checked(&["./services"]);
    assert_eq!(standing(&document, "orders"), [("assumption-broken/throughput.peak".to_owned(), "counts".to_owned())]);
    let found = &document["flows"][0]["findings"][0];
    assert!(found["message"].as_str().unwrap().contains("the profile now says 3k/s"), "{found:#}");
    // Line 10 of the record is `    throughput.peak: 0/s..2k/s`: the value begins after four blanks, the name, `:` and a blank.
    let place = &found["places"][0];
    assert_eq!((&place["line"], &place["column"]), (&10.into(), &22.into()), "{found:#}");
    assert!(place["file"].as_str().unwrap().ends_with("docs/adr/0007.md"), "{found:#}");
    assert_eq!(repository.check(&["./services"]).exit, Exit::Refused);
}

#[test]
fn what_the_program_wrote_is_read_back() {
    let repository = Repository::new("record-written");
    let advise = |name: &str| {
        let program = std::process::Command::new(env!("CARGO_BIN_EXE_brokerfit"))
            .args(["advise", &repository.path(name), "--format", "adr"])
            .output()
            .unwrap();
        String::from_utf8(program.stdout).unwrap()
    };
    repository.file("profile.yaml", &profile("record.md", "2k/s"));
    repository.file("record.md", &advise("profile.yaml"));
    assert_eq!(standing(&repository.checked(&["./profile.yaml"]), "orders"), []);
    let other =
        profile("record.md", "2k/s").replace("  ordering: none", "  ordering: none\n  retention: { replay: true }");
    repository.file("profile.yaml", &other);
    let found = standing(&repository.checked(&["./profile.yaml"]), "orders");
    assert!(found.iter().any(|(id, _)| id == "assumption-broken/retention.replay"), "{found:?}");
}

#[test]
fn a_record_that_is_wrong_is_no_pass_and_one_that_is_elsewhere_says_nothing() {
    let repository = Repository::new("record-wrong");
    repository.file("profile.yaml", &profile("record.md", "3k/s"));
    repository.file("record.md", &RECORD.replace("throughput.peak", "throughput.peek"));
    let run = repository.check(&["./profile.yaml"]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""));
    assert!(run.stderr.contains("record.md:10:5") && run.stderr.contains("`throughput.peak`"), "{}", run.stderr);
    repository.file("record.md", &RECORD.replace("```yaml\ndecision:\n", "```yaml\ndecision: [\n"));
    assert_eq!(repository.check(&["./profile.yaml"]).exit, Exit::Wrong);
    for adr in ["nowhere.md", "https://example.com/adr/7.md", "ADR-7", "profile.yaml"] {
        repository.file("profile.yaml", &profile(adr, "3k/s"));
        assert_eq!(standing(&repository.checked(&["./profile.yaml"]), "orders"), [], "{adr}");
    }
}
