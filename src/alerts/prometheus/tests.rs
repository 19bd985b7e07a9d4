//! Tests of the rule file: for each alert a series that makes it fire, and one that is just short of it.

use std::fmt::Write as _;

use super::super::{Alert, Alerts, Series, plain};
use super::Head;
use super::yaml::{comment, scalar};

/// `prometheus-rules.test.yaml`.
pub fn tests(alerts: &Alerts, head: &Head) -> String {
    let mut out = String::with_capacity(16 * 1024);
    let said = format!(
        "Each alert of {} once with series that make it fire, and once with series that are just short of it: \
         `promtool test rules` with this file.",
        head.rules_file
    );
    comment("", &said, &mut out);
    let _ = writeln!(out, "rule_files:\n  - {}", scalar(&head.rules_file));
    out.push_str("evaluation_interval: 1m\n");
    // What is recorded comes first, as it mostly does; without this the order is left to chance.
    out.push_str("group_eval_order:\n");
    for group in head.groups(alerts) {
        let _ = writeln!(out, "  - {}", scalar(&group));
    }
    out.push_str("tests:\n");
    for alert in &alerts.alerts {
        case(alert, &alert.fires, true, &mut out);
        case(alert, &alert.quiet, false, &mut out);
    }
    out
}

fn case(alert: &Alert, series: &[Series], fires: bool, out: &mut String) {
    if series.is_empty() {
        return;
    }
    // The window must be full, the alert must have lasted, and a few minutes more.
    let minutes = ((alert.window + alert.lasting) / 60.0).ceil() + 10.0;
    let word = if fires { "fires" } else { "stays quiet" };
    let _ = writeln!(out, "  - name: {}", scalar(&format!("{} {word}", alert.name)));
    out.push_str("    interval: 1m\n    input_series:\n");
    for one in series {
        let _ = writeln!(out, "      - series: {}", scalar(&one.selector));
        let _ = writeln!(out, "        values: {}", scalar(&values(one, minutes)));
    }
    out.push_str("    promql_expr_test:\n");
    // An alert that fires is a series of its own, whatever its texts say.
    let expr = format!("(count(ALERTS{{alertname=\"{}\",alertstate=\"firing\"}}) > bool 0) or vector(0)", alert.name);
    let _ = writeln!(out, "      - expr: {}", scalar(&expr));
    let _ = writeln!(out, "        eval_time: {}m", plain(minutes));
    let _ = writeln!(out, "        exp_samples:\n          - labels: \"{{}}\"\n            value: {}", u8::from(fires));
}

/// `start+stepxcount`, as the tests of Prometheus write a series.
fn values(series: &Series, minutes: f64) -> String {
    let sign = if series.step < 0.0 { '-' } else { '+' };
    format!("{}{sign}{}x{}", plain(series.start), plain(series.step.abs()), plain(minutes))
}
