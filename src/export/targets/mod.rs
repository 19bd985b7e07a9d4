//! One file a target: which files it has, and what they need beyond the settings.

pub(super) mod clients;
pub(super) mod compose;
pub(super) mod definitions;
pub(super) mod kafka_topic;
pub(super) mod kit;
mod load;
pub(super) mod openmessaging;
pub(super) mod perf_test;
mod planned;
pub(super) mod prometheus;
pub(super) mod rabbitmq_conf;
pub(super) mod server_properties;
pub(super) mod topics;
mod topology;
