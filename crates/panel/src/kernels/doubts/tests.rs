use proptest::prelude::*;
use schema::CellState;

use super::*;
use crate::cells::WeekTraits;
use crate::flow::Method;

proptest! {
    /// Marks looked at together are told as one by one.
    #[test]
    fn doubtful_cells_equal_a_plain_loop(
        drawn in prop::collection::vec((0..3_u8, 0..16_u8, 0..20_u16), 0..300),
        has_sure_width in prop::bool::ANY,
        step in 0..4_usize,
    ) {
        let state = |(state, ..): &(u8, u8, u16)| CellState::from_code(*state).unwrap();
        let flags = |bits: u8| crate::anomaly::Flags::from_bits(bits);
        let mark: Vec<Mark> = drawn
            .iter()
            .map(|cell| Mark::new(state(cell), Method::Interpolated).with_flags(flags(cell.1)))
            .collect();
        let is_sure = |cell: &(u8, u8, u16)| state(cell) == CellState::Observed;
        let width = |cell: &(u8, u8, u16)| if is_sure(cell) && !has_sure_width { 0 } else { cell.2 / 10 };
        let below: Vec<u16> = drawn.iter().map(width).collect();
        let (value, above) = (vec![0; drawn.len()], vec![0; drawn.len()]);
        let traits = WeekTraits { is_doubtful: true, has_sure_width };
        let cells = WeekCells {
            value: &value, below: &below, above: &above, mark: &mark, large: &[], base: 0, traits,
        };
        // All places, or every one, two or three.
        let listed: Vec<u32> = (0..drawn.len() as u32).step_by(step.max(1)).collect();
        let mut found = DoubtfulCells::default();
        found.find(&cells, (step > 0).then_some(listed.as_slice()));
        let cells = || listed.iter().enumerate().map(|(member, place)| {
            (Doubtful { member: member as u32, place: *place }, drawn[*place as usize])
        });
        let missing = cells().filter(|(_, cell)| state(cell) == CellState::Missing);
        prop_assert_eq!(found.missing, missing.map(|(at, _)| at).collect::<Vec<_>>());
        let known = cells().filter(|(_, cell)| {
            state(cell) == CellState::Estimated || is_sure(cell) && width(cell) > 0
        });
        prop_assert_eq!(found.known, known.map(|(at, _)| at).collect::<Vec<_>>());
    }
}
