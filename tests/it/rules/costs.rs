//! What a second broker costs: what `portfolio.toml` may hold, and what it refuses.

use super::small::Small;

const COST: &str = "[[cost]]\nid = \"second-people\"\ntitle = \"People\"\nhow = \"Somebody must know it.\"\nsource = [\"bystander\"]\n";

#[test]
fn costs_load_and_what_is_wrong_with_them_is_refused() {
    let small = |text: &str| Small::new().and("portfolio.toml", text);
    assert_eq!(small(COST).loaded().costs.len(), 1);
    let case = "[[cost.case]]\nwhen = \"self.running\"\nsize = \"paid\"\nhow = \"It is there.\"\n";
    assert_eq!(small(&format!("{COST}{case}")).linted(), []);
    for (text, code) in [
        (COST.replace("source = [\"bystander\"]\n", ""), "cost-unsourced"),
        (format!("{COST}{COST}"), "duplicate-id"),
        (COST.replace("bystander", "nobody"), "unknown-source"),
        (COST.replace("Somebody", "The alpha's friends"), "names-broker"),
        (format!("{COST}{}", case.replace("paid", "free")), "rule-value"),
        (format!("{COST}{}", case.replace("self.running", "self.runing")), "rule-expression"),
        (format!("{COST}{}", case.replace("self.running", "telemetry in pattern")), "reads-pattern"),
        ("[[agreement]]\nfacts = [\"flow.weight\"]\nshared_by = \"all\"\nbecause = \"x\"\n".to_owned(), "rule-value"),
        ("[[agreement]]\nfacts = [\"flow.rate\"]\nshared_by = \"none\"\nbecause = \"x\"\n".to_owned(), "rule-value"),
        ("[[price]]\nid = \"x\"\n".to_owned(), "rule-field-unknown"),
    ] {
        assert_eq!(small(&text).refused(), [code], "{text}");
    }
}
