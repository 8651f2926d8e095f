//! The coefficients of a regression.

use crate::sum::sum;

/// A fit by least squares.
pub(crate) struct Fit {
    /// One for each column.
    pub(crate) coefficients: Vec<f64>,
    /// The sum of the squared distances.
    pub(crate) squares: f64,
}

/// Fits the columns, each as long as the values, by Householder's reflections.
///
/// `None` where the columns depend on each other, or are more than the values.
pub(crate) fn least_squares(columns: &[Vec<f64>], values: &[f64]) -> Option<Fit> {
    let (count, width) = (values.len(), columns.len());
    if count < width {
        return None;
    }
    let mut columns = columns.to_vec();
    let mut values = values.to_vec();
    let mut diagonal = Vec::with_capacity(width);
    for at in 0..width {
        let size = norm(&columns[at][at..]);
        let below: Vec<f64> = columns[at][at..].to_vec();
        if size <= 1e-12 * norm(&columns[at]) {
            return None;
        }
        // The reflection takes the column below the diagonal to one number, of the other sign.
        let onto = if below[0] > 0.0 { -size } else { size };
        let mut mirror = below;
        mirror[0] -= onto;
        let length = norm(&mirror);
        for x in &mut mirror {
            *x /= length;
        }
        for column in &mut columns[at + 1..] {
            reflect(&mirror, &mut column[at..]);
        }
        reflect(&mirror, &mut values[at..]);
        diagonal.push(onto);
    }
    let mut coefficients = vec![0.0; width];
    for at in (0..width).rev() {
        let later = (at + 1..width).map(|other| columns[other][at] * coefficients[other]);
        coefficients[at] = (values[at] - sum(later)) / diagonal[at];
    }
    let squares = sum(values[width..].iter().map(|x| x * x));
    Some(Fit { coefficients, squares })
}

fn norm(values: &[f64]) -> f64 {
    sum(values.iter().map(|x| x * x)).sqrt()
}

fn reflect(mirror: &[f64], values: &mut [f64]) {
    let along = 2.0 * sum(mirror.iter().zip(&*values).map(|(a, b)| a * b));
    for (value, mirror) in values.iter_mut().zip(mirror) {
        *value -= along * mirror;
    }
}
