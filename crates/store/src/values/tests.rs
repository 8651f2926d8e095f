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
