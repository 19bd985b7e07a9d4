//! What asks for the most nodes, and how far the load may grow before it asks for more.

use super::{Floor, Resource};

/// What asks for the most nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// The id of the resource, or of the floor.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How many nodes it asks for.
    pub asks: f64,
    /// It is a resource, which grows with the load; else a floor.
    pub resource: bool,
}

/// How far the load may grow before the number of nodes does.
#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    /// The factor.
    pub factor: f64,
    /// Which resource asks for more then.
    pub title: String,
    /// Its id.
    pub id: String,
}

/// The resource or the floor that asks for the most; of both, the floor, as the load does not decide then.
pub(super) fn binding(resources: &[Resource], floors: &[Floor]) -> Option<Binding> {
    let resource = resources.first();
    let floor = floors.first();
    match (resource, floor) {
        (Some(resource), floor) if floor.is_none_or(|floor| resource.asks > floor.asks) => Some(Binding {
            id: resource.id.clone(),
            title: resource.title.clone(),
            asks: resource.asks,
            resource: true,
        }),
        (_, Some(floor)) => {
            Some(Binding { id: floor.id.clone(), title: floor.title.clone(), asks: floor.asks, resource: false })
        }
        _ => None,
    }
}

/// The least factor by which what a resource takes may grow while so many nodes still do.
pub(super) fn room(resources: &[Resource], nodes: f64, spare: f64) -> Option<Room> {
    let taking = resources.iter().filter(|it| it.demand.amount > 0.0);
    let factors = taking.map(|it| {
        let planned = nodes * it.supply.amount / it.demand.amount;
        let away = it.most.as_ref().map(|most| (nodes - spare) * most.amount / it.demand.amount);
        (planned.min(away.unwrap_or(f64::INFINITY)), it)
    });
    let (factor, first) = factors.min_by(|one, other| one.0.total_cmp(&other.0))?;
    Some(Room { factor, title: first.title.clone(), id: first.id.clone() })
}
