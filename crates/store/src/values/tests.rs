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
