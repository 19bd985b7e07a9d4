//! Where the JSON Schema of profiles lies.

/// The address of the JSON Schema of profiles; editors find it by a profile's first line.
pub const PROFILE_SCHEMA: &str = "https://raw.githubusercontent.com/brokerfit/brokerfit/main/docs/profile.schema.json";
