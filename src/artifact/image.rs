//! Container images that run a broker: by which rules they read the environment, and what their tags say of the version.

use super::environment::Rules;
use crate::quantity::Version;

/// What is known of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Image {
    pub(super) broker: &'static str,
    pub(super) rules: Rules,
    tags: Tags,
}

/// What the tags of an image count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tags {
    /// Versions of the broker.
    Broker,
    /// Versions of Confluent Platform.
    Confluent,
    /// A version of Scala, then one of the broker: `2.13-2.8.1`.
    AfterScala,
    /// Versions of something else.
    Other,
}

const KAFKA: &str = "kafka";
const RABBITMQ: &str = "rabbitmq";

/// Owner, name, what it is; an official image has no owner.
const IMAGES: [(&str, &str, Image); 20] = {
    const fn of(broker: &'static str, rules: Rules, tags: Tags) -> Image {
        Image { broker, rules, tags }
    }
    let confluent = of(KAFKA, Rules::Kafka, Tags::Confluent);
    let bitnami_kafka = of(KAFKA, Rules::BitnamiKafka, Tags::Broker);
    let bitnami_rabbit = of(RABBITMQ, Rules::BitnamiRabbitmq, Tags::Broker);
    let rabbit = of(RABBITMQ, Rules::Rabbitmq, Tags::Broker);
    [
        ("apache", "kafka", of(KAFKA, Rules::Kafka, Tags::Broker)),
        ("apache", "kafka-native", of(KAFKA, Rules::Kafka, Tags::Broker)),
        ("confluentinc", "cp-kafka", confluent),
        ("confluentinc", "cp-server", confluent),
        ("confluentinc", "cp-enterprise-kafka", confluent),
        ("confluentinc", "confluent-local", confluent),
        ("bitnami", "kafka", bitnami_kafka),
        ("bitnamilegacy", "kafka", bitnami_kafka),
        ("bitnamisecure", "kafka", bitnami_kafka),
        ("wurstmeister", "kafka", of(KAFKA, Rules::KafkaDots, Tags::AfterScala)),
        ("debezium", "kafka", of(KAFKA, Rules::KafkaDots, Tags::Other)),
        ("library", "rabbitmq", rabbit),
        ("", "rabbitmq", rabbit),
        ("pivotalrabbitmq", "rabbitmq", of(RABBITMQ, Rules::Rabbitmq, Tags::Other)),
        ("rabbitmq", "vmware-rabbitmq", of(RABBITMQ, Rules::Rabbitmq, Tags::Other)),
        ("bitnami", "rabbitmq", bitnami_rabbit),
        ("bitnamilegacy", "rabbitmq", bitnami_rabbit),
        ("bitnamisecure", "rabbitmq", bitnami_rabbit),
        ("heidiks", "rabbitmq-delayed-message-exchange", rabbit),
        ("chainguard", "rabbitmq", rabbit),
    ]
};

/// The images, as a message lists them.
pub(super) const KNOWN: &str = "`apache/kafka`, `confluentinc/cp-kafka`, `bitnami/kafka`, `wurstmeister/kafka`, \
                                `debezium/kafka`, `rabbitmq` and `bitnami/rabbitmq`";

/// The image of a reference such as `docker.io/apache/kafka:4.1.0@sha256:…`, and its tag.
pub(super) fn find(reference: &str) -> Option<(Image, &str)> {
    let reference = reference.split('@').next().unwrap_or_default().trim();
    let slash = reference.rfind('/').map_or(0, |at| at + 1);
    let (path, tag) = match reference.get(slash..)?.split_once(':') {
        Some((name, tag)) => (reference.get(..slash + name.len())?, tag),
        None => (reference, ""),
    };
    let mut parts = path.rsplit('/');
    let name = parts.next()?;
    // A registry has a dot or a port in its name.
    let owner = parts.next().filter(|owner| !owner.contains(['.', ':']) && *owner != "localhost").unwrap_or_default();
    let found = IMAGES.iter().find(|(of, image, _)| *of == owner && *image == name)?;
    Some((found.2, tag))
}

/// Variables that only a broker has, where nothing is known of the image, and what they tell.
pub(super) fn of_variables(names: &[String]) -> Option<Image> {
    let has = |name: &str| names.iter().any(|it| it == name);
    let own = ["KAFKA_LISTENERS", "KAFKA_ADVERTISED_LISTENERS", "KAFKA_ADVERTISED_HOST_NAME", "KAFKA_PROCESS_ROLES"];
    if names.iter().any(|name| name.starts_with("KAFKA_CFG_")) {
        return Some(Image { broker: KAFKA, rules: Rules::BitnamiKafka, tags: Tags::Other });
    }
    if own.into_iter().any(has) {
        let rules = if has("KAFKA_CREATE_TOPICS") { Rules::KafkaDots } else { Rules::Kafka };
        return Some(Image { broker: KAFKA, rules, tags: Tags::Other });
    }
    let rabbit = ["RABBITMQ_DEFAULT_USER", "RABBITMQ_ERLANG_COOKIE", "RABBITMQ_NODENAME"];
    let told = rabbit.into_iter().filter(|name| has(name)).count();
    (told > 1).then_some(Image { broker: RABBITMQ, rules: Rules::Rabbitmq, tags: Tags::Other })
}

impl Image {
    /// Whether a broker of this image does not start without variables.
    pub(super) fn is_set_by_variables(self) -> bool {
        self.broker == KAFKA
    }

    /// The version of the broker that a tag names, and which part of the tag names it.
    pub(super) fn version(self, tag: &str) -> Option<(Version, std::ops::Range<usize>)> {
        let start = match self.tags {
            Tags::Other => return None,
            Tags::AfterScala => tag.find('-')? + 1,
            Tags::Broker | Tags::Confluent => 0,
        };
        let (version, length) = leading_version(tag.get(start..)?)?;
        let version = if self.tags == Tags::Confluent { of_confluent(version)? } else { version };
        Some((version, start..start + length))
    }
}

/// The version with which a text begins, and its length. One number alone is no version: as a tag it moves on.
pub(super) fn leading_version(text: &str) -> Option<(Version, usize)> {
    let digits_and_dots = text.find(|it: char| !(it.is_ascii_digit() || it == '.')).unwrap_or(text.len());
    let mut candidate = text.get(..digits_and_dots)?.trim_end_matches('.');
    loop {
        if candidate.split('.').count() < 2 {
            return None;
        }
        if let Ok(version) = Version::parse(candidate) {
            return Some((version, candidate.len()));
        }
        candidate = candidate.rsplit_once('.')?.0;
    }
}

/// The line of Kafka in a version of Confluent Platform.
// Sources: https://docs.confluent.io/platform/current/installation/versions-interoperability.html; that 8.3 is Kafka
// 4.3: https://docs.confluent.io/operator/3.3/co-upgrade-cp.html
fn of_confluent(version: Version) -> Option<Version> {
    let (major, minor) = match (version.major, version.minor) {
        (8, minor @ 0..=3) => (4, minor),
        (7, minor @ 0..=9) => (3, minor),
        (6, minor @ 0..=2) => (2, minor + 6),
        (5, minor @ 0..=5) => (2, minor),
        (4, minor @ 0..=1) => (1, minor),
        _ => return None,
    };
    Some(Version { major, minor, patch: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(reference: &str) -> Option<String> {
        let (image, tag) = find(reference)?;
        let version = image.version(tag).map(|(version, at)| format!(" {version} ({})", &tag[at]));
        Some(format!("{}{}", image.broker, version.unwrap_or_default()))
    }

    #[test]
    fn images_are_known_by_owner_and_name_wherever_they_are_kept() {
        let told = |reference| told(reference).unwrap_or_else(|| "-".to_owned());
        for (reference, expected) in [
            ("apache/kafka", "kafka"),
            ("apache/kafka:latest", "kafka"),
            ("apache/kafka:4.1.0-rc2", "kafka 4.1.0 (4.1.0)"),
            ("docker.io/apache/kafka-native:4.0.0@sha256:abc", "kafka 4.0.0 (4.0.0)"),
            ("registry.local:5000/mirror/apache/kafka:3.9", "kafka 3.9 (3.9)"),
            ("confluentinc/cp-kafka:7.6.0", "kafka 3.6 (7.6.0)"),
            ("confluentinc/cp-server:8.2.x-latest", "kafka 4.2 (8.2)"),
            ("confluentinc/cp-kafka:8.3.0", "kafka 4.3 (8.3.0)"),
            ("confluentinc/cp-kafka:8.4.0", "kafka"),
            ("confluentinc/cp-kafka-connect:7.6.0", "-"),
            ("bitnamilegacy/kafka:3.7.0-debian-12-r5", "kafka 3.7.0 (3.7.0)"),
            ("bitnami/kafka:4", "kafka"),
            ("wurstmeister/kafka:2.13-2.8.1", "kafka 2.8.1 (2.8.1)"),
            ("quay.io/debezium/kafka:3.0", "kafka"),
            ("rabbitmq", "rabbitmq"),
            ("rabbitmq:3-management", "rabbitmq"),
            ("rabbitmq:4.3.1-management-alpine", "rabbitmq 4.3.1 (4.3.1)"),
            ("localhost/rabbitmq:4.0", "rabbitmq 4.0 (4.0)"),
            ("ghcr.io/someone/rabbitmq:4.0", "-"),
            ("kbudde/rabbitmq-exporter:v1.0.0", "-"),
            ("provectuslabs/kafka-ui", "-"),
            ("", "-"),
        ] {
            assert_eq!(told(reference), expected, "{reference}");
        }
    }
}
