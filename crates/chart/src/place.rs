//! Where labels go so that they lie apart, where flows lie, and nodes so that a tree is tidy.

pub(crate) mod flow;
pub(crate) mod tree;
pub(crate) mod world;

/// Moves labels apart along one axis: each as near to where it wants to be as the others allow.
///
/// `wanted` holds centres in ascending order, `height` the space each one takes, and `low`…`high`
/// the room for centres. Where the room is too small they are spread evenly over it.
pub(crate) fn apart(wanted: &[f64], height: f64, low: f64, high: f64) -> Vec<f64> {
    let needed = height * wanted.len().saturating_sub(1) as f64;
    let height = if needed > high - low { (high - low).max(0.0) / needed * height } else { height };
    let mut blocks: Vec<Block> = Vec::new();
    for centre in wanted {
        let mut block = Block { count: 1, sum: *centre };
        while let Some(last) = blocks.last() {
            if last.bottom(height, low, high) + height <= block.top(height, low, high) {
                break;
            }
            block = last.joined(&block, height);
            blocks.pop();
        }
        blocks.push(block);
    }
    let mut placed = Vec::with_capacity(wanted.len());
    for block in blocks {
        let top = block.top(height, low, high);
        placed.extend((0..block.count).map(|index| top + height * index as f64));
    }
    placed
}

/// How many labels of this height fit into the room for their centres.
pub(crate) fn capacity(height: f64, low: f64, high: f64) -> usize {
    if high < low { 0 } else { ((high - low) / height + 1e-9).floor() as usize + 1 }
}

/// Labels that touch each other and move together.
struct Block {
    count: usize,
    /// The sum of where each wants the top of the block to be.
    sum: f64,
}

impl Block {
    fn top(&self, height: f64, low: f64, high: f64) -> f64 {
        let lowest_top = high - height * (self.count - 1) as f64;
        (self.sum / self.count as f64).min(lowest_top).max(low)
    }

    fn bottom(&self, height: f64, low: f64, high: f64) -> f64 {
        self.top(height, low, high) + height * (self.count - 1) as f64
    }

    fn joined(&self, below: &Self, height: f64) -> Self {
        let offset = height * self.count as f64;
        Self {
            count: self.count + below.count,
            sum: self.sum + below.sum - offset * below.count as f64,
        }
    }
}

#[cfg(test)]
mod tests;
