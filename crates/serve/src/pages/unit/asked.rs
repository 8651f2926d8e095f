//! Which unit an address names.

use analyze::Condition;
use schema::Group;

use super::Kind;
use crate::compute::AppState;
use crate::figures::UNIT;
use crate::parameters::Parameters;
use crate::refusal::Refusal;
use crate::view::View;

/// The unit that a page is about.
pub(crate) struct Asked {
    pub(crate) kind: &'static Kind,
    /// The view whose group is the unit's, and whose address names it.
    pub(crate) view: View,
    pub(crate) group: Group,
    /// The unit, as the collection writes it.
    pub(crate) unit: String,
    /// The address as it was given.
    pub(crate) given: Parameters,
}

/// What an address names.
pub(super) enum Found {
    /// No unit: all of its kind.
    All(View),
    Unit(Box<Asked>),
    /// A unit that the collection does not have.
    Nowhere(View, String),
}

impl Asked {
    pub(super) fn read(
        state: &AppState,
        given: Parameters,
        kind: &'static Kind,
    ) -> Result<Found, Refusal> {
        let shown = state.app.collection(given.get("collection"))?;
        let name = given.get(kind.parameter).map(|name| name.trim().to_owned());
        let name = name.filter(|name| !name.is_empty());
        let mut of_view = given.without(kind.parameter).without(UNIT).without("model");
        if let Some(group) = kind.group {
            of_view = of_view.with("group", group);
        } else if of_view.get("group").is_none() {
            let meaning = "the attribute that models are grouped by, as size_band";
            return Err(Refusal::missing_parameter("group", meaning));
        }
        let view = View::of(shown, of_view.clone())?;
        let Some(name) = name else { return Ok(Found::All(view)) };
        let group = view.group("owner");
        let known = find(&view, &group, &name)?;
        let unit = match (known, kind.stands_for) {
            (None, Some(stands_for)) => stands_for(state, &view, &name)?,
            (known, _) => known,
        };
        let Some(unit) = unit else { return Ok(Found::Nowhere(view, name)) };
        let view = View { given: of_view.with(UNIT, &unit), ..view };
        Ok(Found::Unit(Box::new(Self { kind, view, group, unit, given })))
    }

    /// The view narrowed to the unit's own models.
    pub(super) fn of_own(&self) -> View {
        let attribute = self.group.name().to_owned();
        let mut view = self.view.clone();
        view.conditions.push(Condition { attribute, values: vec![self.unit.clone()] });
        view
    }
}

/// A unit by its name in any case, as the collection writes it; the one that is written exactly so
/// before others.
pub(super) fn find(view: &View, group: &Group, name: &str) -> Result<Option<String>, Refusal> {
    let grouping = view.shown.market.grouping(group)?;
    if grouping.find(name).is_some() {
        return Ok(Some(name.to_owned()));
    }
    let folded = name.to_lowercase();
    let mut labels = (0..grouping.unit_count() as u32).map(|code| grouping.label(code));
    Ok(labels.find(|label| label.to_lowercase() == folded).map(str::to_owned))
}
