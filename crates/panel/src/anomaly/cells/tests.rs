use schema::CellState;

use super::*;
use crate::flow::Method;
use crate::{Birth, Cell, ModelFlows};

#[test]
fn each_flag_is_counted_also_beside_another() {
    let week = "2024-03-04".parse::<Week>().unwrap();
    let cell = |after: i32| Cell {
        week: week.plus(after),
        value: 10.0,
        low: 10.0,
        high: 10.0,
        state: CellState::Observed,
        method: Method::Difference,
    };
    let mut builder = CellsBuilder::new();
    for _ in 0..2 {
        builder.push(&ModelFlows { cells: (0..4).map(cell).collect(), ..ModelFlows::default() });
    }
    builder.set_flags(0, 1, Flags::of(Flag::Spike));
    builder.set_flags(1, 1, Flags::of(Flag::Spike).union(Flag::Synchronous.into()));
    builder.set_flags(1, 3, Flags::of(Flag::Floor));
    let cells = builder.finish(&[Birth::Unknown; 2], week.plus(4).start());
    let expected = [(Flag::Spike, 2), (Flag::Shift, 0), (Flag::Synchronous, 1), (Flag::Floor, 1)];
    assert_eq!(count_flags(&cells), expected);
    assert_eq!(count_flags(&Cells::default()), Flag::ALL.map(|flag| (flag, 0)));
}
