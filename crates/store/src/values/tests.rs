use super::*;

#[test]
fn values_of_every_type_come_back_with_their_nulls() {
    let cases = [
        (ValueType::Text, Value::from("a")),
        (ValueType::TextList, Value::TextList(vec!["a".into(), "b".into()])),
        (ValueType::TextList, Value::TextList(vec![])),
        (ValueType::Integer, Value::Integer(-7)),
        (ValueType::Number, Value::Number(0.1)),
        (ValueType::Boolean, Value::Boolean(false)),
        (ValueType::Day, Value::Day(Day::from_epoch_days(-1))),
        (ValueType::Instant, Value::Instant(Instant::from_millis(1))),
    ];
    for (value_type, known) in cases {
        let column = Column { name: "x", value_type };
        let values = vec![known, Value::Null];
        let batch = batch_of_values(&[column], std::slice::from_ref(&values));
        assert_eq!(values_of_batch(&[batch], &column).unwrap(), values);
    }
}

#[test]
fn a_column_of_another_type_is_refused() {
    let text = Column { name: "x", value_type: ValueType::Text };
    let batch = batch_of_values(&[text], &[vec![Value::from("a")]]);
    let number = Column { name: "x", value_type: ValueType::Number };
    let refused = values_of_batch(&[batch], &number).unwrap_err();
    assert_eq!(refused.to_string(), "column 'x' is absent or not of type number");
}

#[test]
fn values_of_every_type_are_gathered_from_several_batches() {
    let cases = [
        (ValueType::Text, Value::from("a"), Value::from("b")),
        (ValueType::TextList, Value::TextList(vec!["a".into()]), Value::TextList(vec![])),
        (ValueType::Integer, Value::Integer(-7), Value::Integer(8)),
        (ValueType::Number, Value::Number(0.1), Value::Number(0.2)),
        (ValueType::Boolean, Value::Boolean(false), Value::Boolean(true)),
        (ValueType::Day, Value::Day(Day::from_epoch_days(-1)), Value::Day(Day::from_epoch_days(1))),
        (
            ValueType::Instant,
            Value::Instant(Instant::from_millis(1)),
            Value::Instant(Instant::from_millis(2)),
        ),
    ];
    for (value_type, a, b) in cases {
        let column = Column { name: "x", value_type };
        let batch = |values: &[Value]| batch_of_values(&[column], &[values.to_vec()]);
        let sources = [batch(&[a.clone(), Value::Null]), batch(&[Value::Null, b.clone()])];
        let pick = |source, row| Some(Pick { source, row });
        let picks = vec![pick(1, 1), None, pick(0, 0), pick(0, 1), pick(1, 1)];
        let gathered = gather(&[column], &sources, &[picks]).unwrap();
        assert_eq!(gathered, batch(&[b.clone(), Value::Null, a, Value::Null, b]));
    }
}

#[test]
fn a_column_of_another_type_is_not_gathered_and_one_that_is_not_there_is_not_needed() {
    let text = Column { name: "x", value_type: ValueType::Text };
    let batch = batch_of_values(&[text], &[vec![Value::from("a")]]);
    let number = Column { name: "x", value_type: ValueType::Number };
    let refused = gather(&[number], std::slice::from_ref(&batch), &[vec![]]).unwrap_err();
    assert_eq!(refused.to_string(), "column 'x' is absent or not of type number");
    let other = Column { name: "y", value_type: ValueType::Text };
    let nothing = gather(&[other], std::slice::from_ref(&batch), &[vec![None]]).unwrap();
    assert_eq!(values_of_batch(&[nothing], &other).unwrap(), [Value::Null]);
}

#[test]
fn batches_beside_each_other_have_the_columns_of_both() {
    let column = |name| Column { name, value_type: ValueType::Text };
    let batch = |name, text: &str| batch_of_values(&[column(name)], &[vec![text.into()]]);
    let expected =
        batch_of_values(&[column("x"), column("y")], &[vec!["a".into()], vec!["b".into()]]);
    assert_eq!(beside(&batch("x", "a"), &batch("y", "b")), expected);
}

/// Null, empty and a list of one empty text differ; where a row lies in its batch does not matter.
#[test]
fn rows_have_the_same_fingerprint_only_if_they_hold_the_same() {
    let column = |name, value_type| Column { name, value_type };
    let columns = [
        column("text", ValueType::Text),
        column("list", ValueType::TextList),
        column("number", ValueType::Integer),
        column("other", ValueType::Integer),
    ];
    let list = |texts: &[&str]| Value::TextList(texts.iter().map(|t| (*t).to_owned()).collect());
    let rows = [
        [Value::Null, Value::Null, Value::Null, Value::Null],
        ["".into(), Value::Null, Value::Null, Value::Null],
        [Value::Null, list(&[]), Value::Null, Value::Null],
        [Value::Null, list(&[""]), Value::Null, Value::Null],
        [Value::Null, list(&["ab", "c"]), Value::Null, Value::Null],
        [Value::Null, list(&["a", "bc"]), Value::Null, Value::Null],
        [Value::Null, Value::Null, 0_i64.into(), Value::Null],
        [Value::Null, Value::Null, Value::Null, 0_i64.into()],
        ["a".into(), list(&["a", "bc"]), 7_i64.into(), 7_i64.into()],
    ];
    let values: Vec<Vec<Value>> =
        (0..columns.len()).map(|at| rows.iter().map(|row| row[at].clone()).collect()).collect();
    let batch = batch_of_values(&columns, &values);
    let fingerprints = row_fingerprints(&batch, &columns).unwrap();
    let distinct: std::collections::HashSet<_> = fingerprints.iter().collect();
    assert_eq!(distinct.len(), rows.len());
    let later = row_fingerprints(&batch.slice(5, 4), &columns).unwrap();
    assert_eq!(later, fingerprints[5..]);
    assert!(row_fingerprints(&batch, &[column("text", ValueType::Integer)]).is_err());
}

#[test]
fn the_same_rows_are_picked_of_every_column() {
    let columns = ["x", "y"].map(|name| Column { name, value_type: ValueType::Integer });
    let batch = |rows: &[(i64, i64)]| {
        let column = |value: fn(&(i64, i64)) -> i64| rows.iter().map(value).map(Value::from);
        let values = [column(|row| row.0).collect(), column(|row| row.1).collect()];
        batch_of_values(&columns, &values)
    };
    let pick = |source, row| Some(Pick { source, row });
    let picks = [pick(1, 0), pick(0, 1), pick(0, 0)];
    let sources = [batch(&[(1, 2), (3, 4)]), batch(&[(5, 6)])];
    let gathered = gather_rows(&columns, &sources, &picks).unwrap();
    assert_eq!(gathered, batch(&[(5, 6), (3, 4), (1, 2)]));
}

#[test]
fn the_first_known_value_is_found_and_a_builder_begins_anew() {
    let column = Column { name: "x", value_type: ValueType::Integer };
    let mut builder = BatchBuilder::new(&[column]);
    for value in [Value::Null, 7_i64.into(), 8_i64.into()] {
        builder.push(0, &value);
    }
    let first = builder.finish();
    assert_eq!(first_known(&first, 0, ValueType::Integer), Some(7_i64.into()));
    builder.push(0, &Value::Null);
    let second = builder.finish();
    assert_eq!((first.num_rows(), second.num_rows()), (3, 1));
    assert_eq!(first_known(&second, 0, ValueType::Integer), None);
}
