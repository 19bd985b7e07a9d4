//! A starter kit: a broker to try out, and programs in Python that publish and process as the settings say.

use super::compose;
use crate::export::order::{Order, Unfit};
use crate::export::{File, template};

/// A kit's files: the path, and the template. What comes out empty is not needed, and not written.
type Files = &'static [(&'static str, &'static str)];

const OF_QUEUES: Files = &[
    ("README.md", include_str!("../templates/rabbitmq/kit/README.md.j2")),
    ("requirements.txt", include_str!("../templates/rabbitmq/kit/requirements.txt.j2")),
    ("handler.py", include_str!("../templates/rabbitmq/kit/handler.py.j2")),
    ("worker.py", include_str!("../templates/rabbitmq/kit/worker.py.j2")),
    ("publisher.py", include_str!("../templates/rabbitmq/kit/publisher.py.j2")),
    ("store.py", include_str!("../templates/rabbitmq/kit/store.py.j2")),
    ("flow.py", include_str!("../templates/rabbitmq/kit/flow.py.j2")),
];
const STREAM: &str = include_str!("../templates/kafka/kit/stream.py.j2");
const SHARED_STREAM: &str = include_str!("../templates/kafka/kit/stream-share.py.j2");
const OF_TOPICS: Files = &[
    ("README.md", include_str!("../templates/kafka/kit/README.md.j2")),
    ("requirements.txt", include_str!("../templates/kafka/kit/requirements.txt.j2")),
    ("handler.py", include_str!("../templates/kafka/kit/handler.py.j2")),
    ("producer.py", include_str!("../templates/kafka/kit/producer.py.j2")),
    ("store.py", include_str!("../templates/kafka/kit/store.py.j2")),
    ("client.py", include_str!("../templates/kafka/kit/client.py.j2")),
];

/// The kit, with the compose file and all that it mounts.
pub(in crate::export) fn files(order: &Order<'_>) -> Result<Vec<File>, Unfit> {
    let of_topics = order.broker_name() == "kafka";
    let mut templates = if of_topics { OF_TOPICS } else { OF_QUEUES }.to_vec();
    if of_topics {
        templates.push(("stream.py", if order.short() == "share-group" { SHARED_STREAM } else { STREAM }));
    }
    let mut files = Vec::new();
    for (path, text) in templates {
        let text = template::fill(order, text)?;
        if !text.trim().is_empty() {
            files.push(File::new(path, text));
        }
    }
    files.extend(compose::files(order)?);
    Ok(files)
}
