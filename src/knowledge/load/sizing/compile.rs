//! One option's sizing: every formula compiled, and what they ask for put together into one number of nodes.

use super::super::context::Context;
use super::super::names::NameScope;
use super::NODES;
use super::raw::{Parts, Raw};
use crate::expr::{ExprId, Type, Wants};
use crate::knowledge::broker::OptionId;
use crate::knowledge::sizing::{Amount, Floor, Remark, Resource, Sizing};
use crate::knowledge::text::Template;
use crate::knowledge::written::Owner;
use crate::quantity::Unit;
use crate::table::Spanned;

/// What all parts ask for at the most: what `round` rounds.
const ASKED: &str = "sizing.asked";
/// How many nodes may be away.
const SPARE: &str = "sizing.spare";

/// A compiled formula.
type Typed = (ExprId, Type);

/// One option while its sizing is compiled.
pub(super) struct Compiler<'c, 'v> {
    pub(super) option: OptionId,
    pub(super) scope: NameScope<'v>,
    pub(super) context: &'c mut Context,
}

impl Compiler<'_, '_> {
    /// The sizing of the option, and the type of its number of nodes.
    pub(super) fn sizing(
        &mut self,
        nodes: &Raw<'_>,
        parts: &Parts<'_>,
        of: &dyn Fn(&&Raw<'_>) -> bool,
    ) -> Option<(Sizing, Type)> {
        self.own(nodes);
        let spare = self.count(nodes, "spare")?;
        self.scope.quantities.insert(SPARE.to_owned(), spare);
        let resources: Vec<Resource> = parts.resources.iter().filter(of).filter_map(|raw| self.resource(raw)).collect();
        let floors: Vec<Floor> = parts.floors.iter().filter(of).filter_map(|raw| self.floor(raw)).collect();
        self.own(nodes);
        let asks: Vec<ExprId> = floors.iter().map(|it| it.asks).chain(resources.iter().map(|it| it.asks)).collect();
        let asked = self.most_of(&asks)?;
        self.scope.quantities.insert(ASKED.to_owned(), asked);
        let rounded = self.count(nodes, "round")?;
        let most = self.count(nodes, "most")?;
        let spread = self.count(nodes, "spread")?;
        let within =
            self.with(&[("sizing.rounded", rounded), ("sizing.most", most)], "clamp(sizing.rounded, 1, sizing.most)")?;
        self.scope.quantities.insert(NODES.to_owned(), within);
        self.context.owner = Owner::of(&[NODES]);
        let text = self.context.texts.add(&listed(nodes, parts, of));
        self.context.written.add(within.0, self.context.owner, text);
        self.own(nodes);
        let sizing = Sizing {
            option: self.option,
            word: self.context.text(nodes.title),
            key: nodes.key,
            spare: spare.0,
            asked: asked.0,
            nodes: within.0,
            most: most.0,
            spread: spread.0,
            why: self.text(nodes, Some(nodes.why)),
            beyond: self.text(nodes, nodes.text("beyond")),
            unspread: self.text(nodes, nodes.text("unspread")),
            sources: nodes.sources.clone(),
            resources,
            floors,
            amounts: parts.amounts.iter().filter(of).filter_map(|raw| self.amount(raw)).collect(),
            remarks: parts.remarks.iter().filter(of).filter_map(|raw| self.remark(raw)).collect(),
        };
        Some((sizing, within.1))
    }

    fn resource(&mut self, raw: &Raw<'_>) -> Option<Resource> {
        self.own(raw);
        let when = self.when(raw).ok()?;
        let demand = self.formula(raw, "demand")?;
        let supply = self.formula(raw, "supply")?;
        let most = raw.formula("most").is_some().then(|| self.formula(raw, "most"));
        if [Some(supply), most.flatten()].into_iter().flatten().any(|(_, kind)| kind != demand.1) {
            let message = format!("`{}` takes and gives amounts of different units", raw.id.text);
            self.context.problem("rule-expression", raw.file, raw.id.span, message, "units differ");
            return None;
        }
        let planned = self.with(&[("own.demand", demand), ("own.supply", supply)], "ceil(own.demand / own.supply)")?;
        let asks = match most {
            None => planned,
            Some(most) => {
                let names = [("own.planned", planned), ("own.demand", demand), ("own.most", most?)];
                self.with(&names, "max(own.planned, ceil(own.demand / own.most) + sizing.spare)")?
            }
        };
        let asks = self.where_it_counts(when, asks)?;
        Some(Resource {
            id: self.context.text(Some(raw.id)),
            title: self.context.text(raw.title),
            unit: unit(demand.1),
            when: when.map(|(id, _)| id),
            demand: demand.0,
            supply: supply.0,
            most: most.flatten().map(|(id, _)| id),
            asks: asks.0,
            why: self.text(raw, Some(raw.why)),
            assumed: self.assumed(raw),
            sources: raw.sources.clone(),
        })
    }

    fn floor(&mut self, raw: &Raw<'_>) -> Option<Floor> {
        self.own(raw);
        let when = self.when(raw).ok()?;
        let count = self.count(raw, "count")?;
        let asks = self.where_it_counts(when, count)?;
        Some(Floor {
            id: self.context.text(Some(raw.id)),
            title: self.context.text(raw.title),
            when: when.map(|(id, _)| id),
            count: count.0,
            asks: asks.0,
            why: self.text(raw, Some(raw.why)),
            assumed: self.assumed(raw),
            sources: raw.sources.clone(),
        })
    }

    fn amount(&mut self, raw: &Raw<'_>) -> Option<Amount> {
        self.own(raw);
        let when = self.when(raw).ok()?;
        let value = self.formula(raw, "value")?;
        Some(Amount {
            id: self.context.text(Some(raw.id)),
            title: self.context.text(raw.title),
            of: raw.of,
            unit: unit(value.1),
            when: when.map(|(id, _)| id),
            value: value.0,
            why: self.text(raw, Some(raw.why)),
            assumed: self.assumed(raw),
            sources: raw.sources.clone(),
        })
    }

    fn remark(&mut self, raw: &Raw<'_>) -> Option<Remark> {
        self.own(raw);
        let when = self.when(raw).ok()?;
        Some(Remark {
            id: self.context.text(Some(raw.id)),
            when: when.map(|(id, _)| id),
            why: self.text(raw, Some(raw.why)),
            assumed: self.assumed(raw),
            sources: raw.sources.clone(),
        })
    }

    /// Whose expressions are read from here on.
    fn own(&mut self, raw: &Raw<'_>) {
        self.context.owner = Owner::of(&[raw.id.text]);
    }

    /// The condition of a part, which may have none; an error where there is one that is wrong.
    fn when(&mut self, raw: &Raw<'_>) -> Result<Option<Typed>, ()> {
        match raw.when {
            None => Ok(None),
            Some(text) => self.context.expression(raw.file, text, Wants::Bool, &mut self.scope).map(Some).ok_or(()),
        }
    }

    fn formula(&mut self, raw: &Raw<'_>, name: &str) -> Option<Typed> {
        self.context.expression(raw.file, raw.formula(name)?, Wants::Number(None), &mut self.scope)
    }

    fn count(&mut self, raw: &Raw<'_>, name: &str) -> Option<Typed> {
        self.context.expression(raw.file, raw.formula(name)?, Wants::Number(Some(Unit::COUNT)), &mut self.scope)
    }

    fn text(&mut self, raw: &Raw<'_>, text: Option<Spanned<'_>>) -> Template {
        self.context.template(raw.file, text, &mut self.scope)
    }

    fn assumed(&mut self, raw: &Raw<'_>) -> Option<Template> {
        raw.assumed.map(|text| self.text(raw, Some(text)))
    }

    /// A formula of this file's own making over what is compiled already.
    fn with(&mut self, names: &[(&str, Typed)], formula: &str) -> Option<Typed> {
        for (name, typed) in names {
            self.scope.quantities.insert((*name).to_owned(), *typed);
        }
        let compiled = self.context.program.compile(formula, Wants::Any, &mut self.scope).ok();
        for (name, _) in names {
            self.scope.quantities.remove(*name);
        }
        compiled
    }

    fn where_it_counts(&mut self, when: Option<Typed>, asks: Typed) -> Option<Typed> {
        match when {
            None => Some(asks),
            Some(when) => self.with(&[("own.when", when), ("own.asks", asks)], "if(own.when, own.asks, 0)"),
        }
    }

    fn most_of(&mut self, asks: &[ExprId]) -> Option<Typed> {
        let count = Type::Number(Unit::COUNT);
        let mut all = asks.iter().map(|id| (*id, count));
        let mut most = all.next()?;
        for next in all {
            most = self.with(&[("own.most", most), ("own.next", next)], "max(own.most, own.next)")?;
        }
        Some(most)
    }
}

fn unit(kind: Type) -> Unit {
    match kind {
        Type::Number(unit) => unit,
        _ => Unit::COUNT,
    }
}

/// The number of nodes as people read it: who asks, how it is rounded, and the most that it may be.
fn listed(nodes: &Raw<'_>, parts: &Parts<'_>, of: &dyn Fn(&&Raw<'_>) -> bool) -> String {
    let mut asking: Vec<&str> = Vec::new();
    for raw in parts.floors.iter().chain(&parts.resources).filter(of) {
        if !asking.contains(&raw.id.text) {
            asking.push(raw.id.text);
        }
    }
    let round = nodes.formula("round").map_or(ASKED, |text| text.text);
    let most = nodes.formula("most").map_or("", |text| text.text);
    format!("clamp({}, 1, {most})", round.replace(ASKED, &format!("max({})", asking.join(", "))))
}
