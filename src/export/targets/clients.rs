//! What each client library is told, under its own names: properties in files, parameters of code as a page and as JSON.

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::planned;
use crate::clients::{ClientSetting, ClientSettings, clients};
use crate::export::order::{Order, Unfit};
use crate::export::{File, template};
use crate::knowledge::{ClientForm, Scope};

const PROPERTIES: &str = include_str!("../templates/client.properties.j2");
const PARAMETERS: &str = include_str!("../templates/client.md.j2");
/// What each instance must have a value of its own for.
const OF_AN_INSTANCE: [&str; 1] = ["transactional.id"];

/// A setting of a client, as templates see it.
#[derive(Debug, Serialize)]
struct Told<'c> {
    name: &'c str,
    code: Option<&'c str>,
    value: &'c str,
    shown: &'c str,
    default: &'c str,
    why: &'c str,
    risk: Option<&'c str>,
    note: Option<&'c str>,
    held: Option<&'c str>,
    since: Option<&'c str>,
    sources: &'c [String],
    facts: Vec<String>,
    own: bool,
}

/// The files of every client, those of stated languages first.
pub(in crate::export) fn files(order: &Order<'_>) -> Result<Vec<File>, Unfit> {
    let found = clients(order.knowledge, order.profile, order.facts, order.option, &order.settings);
    if found.is_empty() {
        return Err(Unfit {
            message: "no client library is known for this option".to_owned(),
            help: "`brokerfit tune` shows what producers and consumers set under the broker's own names".to_owned(),
        });
    }
    let mut files = Vec::new();
    for client in &found {
        match client.form {
            ClientForm::Properties => {
                for (scope, settings) in client.scopes().into_iter().filter(|(_, settings)| !settings.is_empty()) {
                    let path = format!("clients/{}/{}.properties", client.client, scope.word());
                    files.push(File::new(path, properties(order, client, scope, settings)?));
                }
            }
            ClientForm::Parameters => {
                let own = own(order, client, &client.scopes());
                let page = template::fill_with(order, PARAMETERS, own)?;
                files.push(File::new(format!("clients/{}/parameters.md", client.client), page));
                files.push(File::new(format!("clients/{}/parameters.json", client.client), parameters(client)? + "\n"));
            }
        }
    }
    Ok(files)
}

fn properties(
    order: &Order<'_>,
    client: &ClientSettings,
    scope: Scope,
    settings: &[ClientSetting],
) -> Result<String, Unfit> {
    template::fill_with(order, PROPERTIES, own(order, client, &[(scope, settings)]))
}

/// What a template sees of a client.
fn own(order: &Order<'_>, client: &ClientSettings, scopes: &[(Scope, &[ClientSetting])]) -> Value {
    let parts = scopes.iter().filter(|(_, settings)| !settings.is_empty()).map(|(scope, settings)| {
        let all: Vec<Told<'_>> = settings.iter().map(|setting| told(order, *scope, setting)).collect();
        minijinja::context! { scope => scope.word(), settings => Value::from(Serde(all)) }
    });
    let absent = client.absent.iter().filter(|absent| scopes.iter().any(|(scope, _)| *scope == absent.scope));
    let absent = absent.map(|it| minijinja::context! { key => it.key.clone(), instead => it.instead.clone() });
    minijinja::context! {
        title => client.title.clone(),
        about => client.about.clone(),
        package => client.package.clone(),
        library => client.version.clone(),
        parts => parts.collect::<Value>(),
        absent => absent.collect::<Value>(),
        groups => planned::groups(order),
    }
}

fn told<'c>(order: &Order<'_>, scope: Scope, setting: &'c ClientSetting) -> Told<'c> {
    let of = setting.from.as_deref().and_then(|key| order.setting(scope, key));
    Told {
        name: &setting.name,
        code: setting.code.as_deref(),
        value: &setting.value,
        shown: &setting.shown,
        default: &setting.default,
        why: &setting.why,
        risk: setting.risk.as_deref(),
        note: setting.note.as_deref(),
        held: setting.held.as_deref(),
        since: setting.since.as_deref(),
        sources: &setting.sources,
        facts: of.map_or_else(Vec::new, |setting| order.grounds(setting)),
        own: OF_AN_INSTANCE.contains(&setting.name.as_str()),
    }
}

/// The parameters alone, for programs that read them.
fn parameters(client: &ClientSettings) -> Result<String, Unfit> {
    let literal = |text: &str| match text {
        "True" | "true" => json!(true),
        "False" | "false" => json!(false),
        text => text.parse::<i64>().map_or_else(|_| json!(text), |number| json!(number)),
    };
    let mut all =
        Map::from_iter([("client".to_owned(), json!(client.client)), ("version".to_owned(), json!(client.version))]);
    for (scope, settings) in client.scopes() {
        let of: Map<String, Json> = settings.iter().map(|it| (it.name.clone(), literal(&it.value))).collect();
        if !of.is_empty() {
            all.insert(scope.word().to_owned(), Json::Object(of));
        }
    }
    serde_json::to_string_pretty(&all).map_err(|error| Unfit {
        message: format!("the parameters cannot be written: {error}"),
        help: "this is a fault of the program; please report it with the profile".to_owned(),
    })
}
