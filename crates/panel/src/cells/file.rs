//! Cells in a file, laid out as they lie in memory.
//!
//! Little endian: eight bytes of name and version; then numbers of weeks, models, cells, large
//! values, known sums; the first week; then the columns, each whole; then, for each week, its
//! runs. Docs: `docs/panel-file.md`.

use std::io::{self, Read, Write};

use schema::Week;

use super::{Cells, Mark, PlacedSum, Run, WeekTotals, WeekTraits};
use crate::Error;

const NAME: [u8; 8] = *b"whcells2";
/// Bytes that are turned into numbers at once: a piece that stays in the processor's cache.
const PIECE: usize = 1 << 18;
/// Says of a week that it keeps no runs.
const NO_RUNS: u64 = u64::MAX;

impl Cells {
    /// Writes the cells.
    pub fn write(&self, sink: &mut dyn Write) -> io::Result<()> {
        sink.write_all(&NAME)?;
        let numbers = [
            self.week_count(),
            self.order.len(),
            self.value.len(),
            self.large.len(),
            self.known_sums.len(),
        ];
        put(sink, numbers.iter().map(|number| *number as u64), u64::to_le_bytes)?;
        sink.write_all(&self.first_number().to_le_bytes())?;
        put(sink, self.offsets.iter().map(|offset| *offset as u64), u64::to_le_bytes)?;
        put(sink, self.order.iter().copied(), u32::to_le_bytes)?;
        put(sink, self.value.iter().copied(), u32::to_le_bytes)?;
        put(sink, self.below.iter().copied(), u16::to_le_bytes)?;
        put(sink, self.above.iter().copied(), u16::to_le_bytes)?;
        put(sink, self.mark.iter().copied(), |mark| [mark.bits()])?;
        let large = self.large.iter().flat_map(|(cell, excess)| [*cell, *excess]);
        put(sink, large, u64::to_le_bytes)?;
        for sum in &self.known_sums {
            sink.write_all(&sum.place.to_le_bytes())?;
            put(sink, [sum.first, sum.last].into_iter(), i32::to_le_bytes)?;
            sink.write_all(&sum.value.to_le_bytes())?;
            put(sink, [sum.below, sum.above].into_iter(), u16::to_le_bytes)?;
        }
        put(sink, self.traits.iter().map(|traits| bits_of(*traits)), u8::to_le_bytes)?;
        let totals = self.totals.iter().flat_map(|week| {
            [week.observed, week.estimated, week.missing, week.flagged, week.estimated_parts]
        });
        put(sink, totals, u64::to_le_bytes)?;
        for runs in &self.runs {
            let count = runs.as_ref().map_or(NO_RUNS, |runs| runs.len() as u64);
            sink.write_all(&count.to_le_bytes())?;
            let runs = runs.as_deref().unwrap_or_default();
            put(sink, runs.iter().flat_map(|run| [run.value, run.count]), u32::to_le_bytes)?;
            put(sink, runs.iter().flat_map(|run| [run.below, run.above]), f32::to_le_bytes)?;
        }
        Ok(())
    }

    /// Reads cells as [`Cells::write`] wrote them, from a source of so many bytes.
    pub fn read(source: &mut dyn Read, bytes: u64) -> Result<Self, Error> {
        let mut name = [0; NAME.len()];
        source.read_exact(&mut name).map_err(Error::Unreadable)?;
        if name != NAME {
            return Err(Error::NotCells);
        }
        let numbers = take(source, 5, u64::from_le_bytes)?;
        // So that no count reserves more than the file holds.
        if numbers.iter().any(|number| *number > bytes) {
            return Err(Error::Damaged { what: "it is shorter than it says" });
        }
        let count = |at: usize| numbers[at] as usize;
        let first = take(source, 1, i32::from_le_bytes)?[0];
        let weeks = count(0);
        let offsets = if weeks == 0 { 0 } else { weeks + 1 };
        let offsets = take(source, offsets, u64::from_le_bytes)?;
        let mut cells = Self {
            first: (weeks > 0).then(|| Week::from_number(first)),
            offsets: offsets.into_iter().map(|offset| offset as usize).collect(),
            order: take(source, count(1), u32::from_le_bytes)?,
            value: take(source, count(2), u32::from_le_bytes)?,
            below: take(source, count(2), u16::from_le_bytes)?,
            above: take(source, count(2), u16::from_le_bytes)?,
            mark: take(source, count(2), |[bits]| Mark::from_bits(bits))?,
            ..Self::default()
        };
        let large = take(source, count(3) * 2, u64::from_le_bytes)?;
        cells.large = large.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        for _ in 0..count(4) {
            cells.known_sums.push(known_sum(source)?);
        }
        let traits = take(source, weeks, u8::from_le_bytes)?;
        cells.traits = traits.into_iter().map(traits_of).collect();
        let totals = take(source, weeks * 5, u64::from_le_bytes)?;
        cells.totals = totals.as_chunks::<5>().0.iter().map(totals_of).collect();
        for _ in 0..weeks {
            cells.runs.push(runs(source, bytes)?);
        }
        cells.check()?;
        Ok(cells)
    }

    /// Fails where the parts do not fit together, so that nothing reads beyond them later.
    fn check(&self) -> Result<(), Error> {
        let models = self.order.len();
        let is_sorted = self.offsets.is_sorted()
            && self.offsets.windows(2).all(|pair| pair[1] - pair[0] <= models)
            && self.offsets.windows(3).all(|three| three[2] - three[1] >= three[1] - three[0]);
        if !is_sorted || self.offsets.last().is_some_and(|end| *end != self.value.len()) {
            return Err(Error::Damaged { what: "its weeks do not fit its cells" });
        }
        let mut is_there = vec![false; models];
        for model in &self.order {
            match is_there.get_mut(*model as usize) {
                Some(there) if !*there => *there = true,
                _ => return Err(Error::Damaged { what: "its order of models is none" }),
            }
        }
        if self.known_sums.iter().any(|sum| sum.place as usize >= models || sum.last < sum.first) {
            return Err(Error::Damaged { what: "a known sum belongs to no model" });
        }
        Ok(())
    }
}

fn known_sum(source: &mut dyn Read) -> Result<PlacedSum, Error> {
    let place = take(source, 1, u32::from_le_bytes)?[0];
    let weeks = take(source, 2, i32::from_le_bytes)?;
    let value = take(source, 1, u64::from_le_bytes)?[0];
    let widths = take(source, 2, u16::from_le_bytes)?;
    let (first, last) = (weeks[0], weeks[1]);
    Ok(PlacedSum { place, first, last, value, below: widths[0], above: widths[1] })
}

fn runs(source: &mut dyn Read, bytes: u64) -> Result<Option<Vec<Run>>, Error> {
    let count = take(source, 1, u64::from_le_bytes)?[0];
    if count == NO_RUNS {
        return Ok(None);
    }
    if count > bytes {
        return Err(Error::Damaged { what: "it is shorter than it says" });
    }
    let whole = take(source, count as usize * 2, u32::from_le_bytes)?;
    let widths = take(source, count as usize * 2, f32::from_le_bytes)?;
    let runs = whole.chunks_exact(2).zip(widths.chunks_exact(2)).map(|(whole, widths)| Run {
        value: whole[0],
        count: whole[1],
        below: widths[0],
        above: widths[1],
    });
    Ok(Some(runs.collect()))
}

fn bits_of(traits: WeekTraits) -> u8 {
    let WeekTraits { is_doubtful, has_sure_width } = traits;
    u8::from(is_doubtful) | u8::from(has_sure_width) << 1
}

fn traits_of(bits: u8) -> WeekTraits {
    WeekTraits { is_doubtful: bits & 1 != 0, has_sure_width: bits & 2 != 0 }
}

fn totals_of(numbers: &[u64; 5]) -> WeekTotals {
    let [observed, estimated, missing, flagged, estimated_parts] = *numbers;
    WeekTotals { observed, estimated, missing, flagged, estimated_parts }
}

/// Writes numbers one after another.
fn put<T, const N: usize>(
    sink: &mut dyn Write,
    numbers: impl Iterator<Item = T>,
    bytes_of: fn(T) -> [u8; N],
) -> io::Result<()> {
    let mut piece = Vec::with_capacity(PIECE + N);
    for number in numbers {
        piece.extend_from_slice(&bytes_of(number));
        if piece.len() >= PIECE {
            sink.write_all(&piece)?;
            piece.clear();
        }
    }
    sink.write_all(&piece)
}

/// Reads so many numbers.
fn take<T: Clone + Default, const N: usize>(
    source: &mut dyn Read,
    count: usize,
    number_of: fn([u8; N]) -> T,
) -> Result<Vec<T>, Error> {
    let mut numbers = vec![T::default(); count];
    let mut piece = vec![0; PIECE.min(count * N)];
    for slots in numbers.chunks_mut(PIECE / N) {
        let bytes = &mut piece[..slots.len() * N];
        source.read_exact(bytes).map_err(Error::Unreadable)?;
        let (parts, _) = bytes.as_chunks::<N>();
        for (slot, part) in slots.iter_mut().zip(parts) {
            *slot = number_of(*part);
        }
    }
    Ok(numbers)
}
