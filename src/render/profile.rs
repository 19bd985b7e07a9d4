//! A profile as a file: YAML, or JSON. Both are written through a library, so that they are what they claim whatever stands
//! in them.

use serde_json::Value;

/// A profile as YAML.
///
/// # Errors
/// When it cannot be written.
pub fn yaml(profile: &Value) -> Result<String, serde_yaml::Error> {
    serde_yaml::to_string(profile)
}

/// A profile as JSON.
///
/// # Errors
/// When it cannot be written.
pub fn json(profile: &Value) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(profile).map(|text| text + "\n")
}
