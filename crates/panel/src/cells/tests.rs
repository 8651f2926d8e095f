use schema::{CellState, Instant};

use super::*;
use crate::Error;
use crate::flow::{Birth, Cell, Method, ModelFlows};

fn flows(first: i32, values: &[Option<f64>]) -> ModelFlows {
    let cells = values.iter().enumerate().map(|(index, value)| Cell {
        week: Week::from_number(first + index as i32),
        value: value.unwrap_or(0.0),
        low: value.unwrap_or(0.0),
        high: value.unwrap_or(0.0),
        state: if value.is_some() { CellState::Observed } else { CellState::Missing },
        method: Method::Difference,
    });
    ModelFlows { cells: cells.collect(), ..ModelFlows::default() }
}

fn through(week: i32) -> Instant {
    Week::from_number(week).end()
}

#[test]
fn a_model_that_exists_without_a_cell_is_missing_and_before_the_record_there_is_none() {
    let mut builder = CellsBuilder::new();
    builder.push(&flows(102, &[Some(7.0), Some(8.0)]));
    builder.push(&flows(99, &[None, Some(1.0), Some(2.0), Some(3.0), Some(4.0)]));
    builder.push(&ModelFlows::default());
    builder.push(&ModelFlows::default());
    let born = Birth::Known(Week::from_number(101).start());
    let births = [Birth::BeforeFloor, Birth::Unknown, born, Birth::Unknown];
    let cells = builder.finish(&births, through(103));
    let weeks = (Week::from_number(100), Week::from_number(103));
    assert_eq!(cells.weeks(), Some(weeks), "the record begins with what is first known");
    // Models 0 and 1 are there from the record's first week, 2 from 101, 3 never.
    assert_eq!(cells.order(), [0, 1, 2, 3]);
    assert_eq!((0..4).map(|week| cells.len_of(week)).collect::<Vec<_>>(), [2, 3, 3, 3]);
    assert_eq!(cells.state_counts(), [6, 0, 5]);
}

#[test]
fn what_is_no_file_of_cells_is_said_to_be_none() {
    let error = Cells::read(&mut b"PAR1 something else".as_slice(), 19).unwrap_err();
    assert!(matches!(error, Error::NotCells), "{error}");
    let mut builder = CellsBuilder::new();
    builder.push(&flows(10, &[Some(1.0), Some(2.0)]));
    let mut file = Vec::new();
    builder.finish(&[Birth::Unknown], through(11)).write(&mut file).unwrap();
    // The order of models, after the name, five counts, the first week and three offsets.
    file[8 + 5 * 8 + 4 + 3 * 8] = 7;
    let error = Cells::read(&mut file.as_slice(), file.len() as u64).unwrap_err();
    assert!(error.to_string().contains("order of models"), "{error}");
}
