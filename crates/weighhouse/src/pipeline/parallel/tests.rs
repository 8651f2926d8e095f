use anyhow::anyhow;

use super::*;

/// Each piece gives as many results as its number, with what it is and which of them.
#[expect(clippy::unnecessary_wraps, reason = "work can fail")]
fn pairs(piece: usize, give: &mut dyn FnMut((usize, usize))) -> anyhow::Result<()> {
    (0..piece).for_each(|result| give((piece, result)));
    Ok(())
}

#[test]
fn results_come_in_the_order_of_the_pieces() {
    let mut taken = Vec::new();
    in_order(20, pairs, |pair| {
        taken.push(pair);
        Ok(())
    })
    .unwrap();
    let expected: Vec<_> =
        (0..20).flat_map(|piece| (0..piece).map(move |result| (piece, result))).collect();
    assert_eq!(taken, expected);
}

#[test]
fn no_pieces_are_no_work() {
    in_order(0, pairs, |_| Err(anyhow!("nothing is there to be taken"))).unwrap();
}

#[test]
fn the_first_failure_of_the_work_ends_it() {
    let mut taken = 0;
    let work = |piece: usize, give: &mut dyn FnMut(usize)| {
        give(piece);
        if piece >= 5 { Err(anyhow!("piece {piece}")) } else { Ok(()) }
    };
    let failure = in_order(100, work, |_| {
        taken += 1;
        Ok(())
    });
    assert_eq!(failure.unwrap_err().to_string(), "piece 5");
    assert_eq!(taken, 6);
}

#[test]
fn a_failure_of_the_taking_ends_it() {
    let failure =
        in_order(
            100,
            pairs,
            |(piece, _)| {
                if piece == 7 { Err(anyhow!("full at {piece}")) } else { Ok(()) }
            },
        );
    assert_eq!(failure.unwrap_err().to_string(), "full at 7");
}
