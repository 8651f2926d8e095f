//! Sums made beforehand, for the questions that are asked again and again.
//!
//! A *cube* holds, for every week, what each combination of some attributes' units adds up to.
//! A question whose group and filter are among them is answered from the smallest cube that has
//! them all, and is always equal to one answered from the cells.
//!
//! Of attributes with more units than a cube may have, as uploaders, the sums of weeks are kept
//! without what is not sure about them.

use schema::{Flagged, Week};

use crate::engine::Panel;
use crate::grouping::{Filter, Grouping, Scope};
use crate::sums::{Doubt, Sums};
use crate::weekly::{Follower, Prepared, WeeklySums};
use crate::windows::{Detail, FlowQuestion};

/// Fewer sums than this are told before a second thread has begun.
const SUMS_WORTH_A_THREAD: usize = 1 << 12;

/// Cells and weekly sums together take at most so much memory.
const BYTES_A_CELL: usize = 10;

/// Cubes over a panel, smallest first.
#[derive(Debug, Clone, Default)]
pub struct Cubes {
    cubes: Vec<Cube>,
    weekly: Vec<Weekly>,
}

/// The weekly sums of an attribute with many units.
#[derive(Debug, Clone)]
struct Weekly {
    name: String,
    sums: WeeklySums,
    /// Attributes that all models of a unit share.
    followers: Vec<(String, Follower)>,
}

/// Sums of every week by combinations of some attributes' units.
#[derive(Debug, Clone)]
struct Cube {
    /// The attributes, each with how many units it has.
    attributes: Vec<(String, usize)>,
    /// The units of each combination, in the order of the attributes.
    combinations: Vec<Vec<u32>>,
    first: Week,
    /// By week, by combination.
    weeks: Vec<Sums>,
}

/// A question as cubes understand it: of all weeks' cells, none left out for its flags or age.
#[derive(Debug, Clone, Copy)]
pub struct CubeQuestion<'a> {
    /// The attribute whose units are asked about.
    pub group: &'a str,
    /// Attributes of which some units are asked about, with their codes.
    pub conditions: &'a [(&'a str, Vec<u32>)],
    /// Over how many trailing weeks; at least 1.
    pub window: usize,
}

impl Cubes {
    /// Makes cubes of attributes: first one of as many together as have at most `most`
    /// combinations, in the order given, then of each pair of these and of each alone; and weekly
    /// sums of those that have more units than that, as far as memory allows.
    #[must_use]
    pub fn new(panel: &Panel, attributes: &[(&str, &Grouping)], most: usize) -> Self {
        let mut cubes = Self::default();
        let is_small = |(_, grouping): &&(&str, &Grouping)| grouping.unit_count() <= most;
        let small: Vec<_> = attributes.iter().filter(is_small).copied().collect();
        cubes.add_weekly(panel, attributes, most);
        let Some((base, together)) = Cube::base(panel, &small, most) else { return cubes };
        for (at, (one, _)) in together.iter().enumerate() {
            cubes.cubes.push(base.rolled_up(&[*one]));
            for (other, _) in &together[at + 1..] {
                cubes.cubes.push(base.rolled_up(&[*one, *other]));
            }
        }
        for (name, grouping) in &small {
            if !together.iter().any(|(known, _)| known == name) {
                cubes
                    .cubes
                    .extend(Cube::base(panel, &[(*name, *grouping)], most).map(|(cube, _)| cube));
            }
        }
        cubes.cubes.push(base);
        cubes.cubes.sort_by_key(|cube| cube.combinations.len());
        cubes
    }

    fn add_weekly(&mut self, panel: &Panel, attributes: &[(&str, &Grouping)], most: usize) {
        let mut held = panel.cells().bytes();
        for (name, grouping) in attributes {
            if grouping.unit_count() <= most {
                continue;
            }
            let Some(sums) = WeeklySums::new(panel, grouping) else { continue };
            if held + sums.bytes() > BYTES_A_CELL * panel.cells().count() {
                continue;
            }
            held += sums.bytes();
            let followers = attributes.iter().filter(|(other, _)| other != name);
            let followers = followers.filter_map(|(other, of_other)| {
                Some(((*other).to_owned(), sums.follower(grouping, of_other)?))
            });
            let followers = followers.collect();
            self.weekly.push(Weekly { name: (*name).to_owned(), sums, followers });
        }
    }

    /// The weekly sums of an attribute, or of one that it follows from, where they were made.
    #[must_use]
    pub fn weekly(&self, attribute: &str) -> Option<Prepared<'_>> {
        let own = self.weekly.iter().find(|weekly| weekly.name == attribute);
        own.map(|weekly| weekly.sums.prepared()).or_else(|| {
            self.weekly.iter().find_map(|Weekly { sums, followers, .. }| {
                let (_, follower) = followers.iter().find(|(name, _)| name == attribute)?;
                Some(sums.prepared_for(follower))
            })
        })
    }

    /// The bytes that are held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let of = |cube: &Cube| {
            let sums = size_of::<u64>() + size_of::<u32>() + size_of::<Doubt>();
            cube.weeks.len() * cube.combinations.len() * sums
        };
        let of_weekly = self.weekly.iter().map(|weekly| weekly.sums.bytes());
        self.cubes.iter().map(of).chain(of_weekly).sum()
    }

    /// Answers as [`Panel::over_windows`] would; `None` where no cube has all that is asked about,
    /// or a window may hold weeks that are missing: which models it rests on is then for the cells
    /// to tell.
    pub fn over_windows<T: Send>(
        &self,
        panel: &Panel,
        question: &CubeQuestion<'_>,
        (first, last): (Week, Week),
        answer: impl Fn(Week, &Sums) -> T + Sync,
    ) -> Option<Vec<T>> {
        let cube = self.cubes.iter().find(|cube| cube.covers(question))?;
        let (oldest, newest) = panel.weeks()?;
        let (first, last) = (first.max(oldest), last.min(newest));
        let begin = first.plus(1 - question.window as i32).max(oldest);
        if question.window > 1 && !panel.is_without_gaps(begin, last) {
            return None;
        }
        let weeks: Vec<Week> = first.to(last).collect();
        let sums = weeks.len() * cube.combinations.len();
        let threads = panel.threads().min(sums / SUMS_WORTH_A_THREAD + 1);
        let work = |weeks: &[Week]| cube.each(question, weeks, oldest, &answer);
        let mut stretches = weeks.chunks(weeks.len().div_ceil(threads).max(1));
        let own = stretches.next().unwrap_or_default();
        Some(std::thread::scope(|scope| {
            let others: Vec<_> =
                stretches.map(|stretch| scope.spawn(move || work(stretch))).collect();
            let mut answers = work(own);
            for other in others {
                answers.extend(other.join().expect("adding up does not panic"));
            }
            answers
        }))
    }
}

impl Cube {
    /// The cube of as many attributes as have at most `most` combinations together, with these.
    fn base<'a, 'b>(
        panel: &Panel,
        attributes: &[(&'a str, &'b Grouping)],
        most: usize,
    ) -> Option<(Self, Vec<(&'a str, &'b Grouping)>)> {
        let (first, last) = panel.weeks()?;
        let mut together: Vec<(&str, &Grouping)> = Vec::new();
        let mut crossed: Option<(Grouping, Vec<Vec<u32>>)> = None;
        for (name, grouping) in attributes {
            let next = match &crossed {
                None => {
                    let units = (0..grouping.unit_count() as u32).map(|unit| vec![unit]);
                    ((*grouping).clone(), units.collect::<Vec<_>>())
                }
                Some((known, combinations)) => {
                    let (crossed, pairs) = known.crossed(grouping);
                    let combination = |(known, unit): &(u32, u32)| {
                        let mut units = combinations[*known as usize].clone();
                        units.push(*unit);
                        units
                    };
                    let combinations = pairs.iter().map(combination).collect();
                    (crossed, combinations)
                }
            };
            if next.1.len() <= most {
                crossed = Some(next);
                together.push((*name, *grouping));
            }
        }
        let (grouping, combinations) = crossed?;
        let filter = Filter::all(panel.model_count());
        let scope = Scope::new(&grouping, &filter);
        let question = FlowQuestion {
            scope: &scope,
            is_first_year: false,
            flagged: Flagged::Include,
            window: 1,
            detail: Detail::Everything,
            prepared: None,
        };
        let attributes =
            together.iter().map(|(name, one)| ((*name).to_owned(), one.unit_count())).collect();
        let weeks = panel.over_windows(&question, (first, last), |_, sums| sums.clone());
        Some((Self { attributes, combinations, first, weeks }, together))
    }

    /// The cube of some of its attributes only.
    fn rolled_up(&self, names: &[&str]) -> Self {
        let places: Vec<usize> = names.iter().filter_map(|name| self.place_of(name)).collect();
        let pick = |units: &Vec<u32>| places.iter().map(|at| units[*at]).collect::<Vec<u32>>();
        let mut combinations: Vec<Vec<u32>> = self.combinations.iter().map(pick).collect();
        combinations.sort_unstable();
        combinations.dedup();
        let code = |units: &Vec<u32>| {
            combinations.binary_search(&pick(units)).expect("every combination was listed")
        };
        let codes: Vec<usize> = self.combinations.iter().map(code).collect();
        let roll = |sums: &Sums| {
            let mut rolled = Sums::zero(combinations.len());
            for (from, to) in codes.iter().enumerate() {
                rolled.take::<true>(*to, sums, from);
                rolled.models[*to] += sums.models[from];
            }
            rolled.wide_cells = sums.wide_cells;
            rolled
        };
        let weeks = self.weeks.iter().map(roll).collect();
        let attributes = places.iter().map(|at| self.attributes[*at].clone()).collect();
        Self { attributes, first: self.first, weeks, combinations }
    }

    /// Answers for successive weeks, of a record that begins with `oldest`.
    fn each<T>(
        &self,
        question: &CubeQuestion<'_>,
        weeks: &[Week],
        oldest: Week,
        answer: &impl Fn(Week, &Sums) -> T,
    ) -> Vec<T> {
        let Some(first) = weeks.first() else { return Vec::new() };
        let mut window = Rolling::new(self, question);
        if question.window == 1 && window.is_whole() {
            return weeks.iter().map(|week| answer(*week, self.of_week(*week))).collect();
        }
        let begin = first.plus(1 - question.window as i32).max(oldest);
        for week in begin.to(first.plus(-1)) {
            window.add::<true>(week);
        }
        let answers = weeks.iter().map(|week| {
            let left = week.plus(-(question.window as i32));
            if question.window == 1 {
                window.sums.empty();
            } else if left >= begin {
                window.add::<false>(left);
            }
            window.add::<true>(*week);
            window.count_models(*week);
            answer(*week, &window.sums)
        });
        answers.collect()
    }

    fn of_week(&self, week: Week) -> &Sums {
        &self.weeks[(week.number() - self.first.number()) as usize]
    }

    fn place_of(&self, name: &str) -> Option<usize> {
        self.attributes.iter().position(|(known, _)| known == name)
    }

    fn covers(&self, question: &CubeQuestion<'_>) -> bool {
        let asked = question.conditions.iter().map(|(name, _)| *name);
        asked.chain([question.group]).all(|name| self.place_of(name).is_some())
    }
}

/// A window over a cube, with the combinations that are asked about.
struct Rolling<'a> {
    cube: &'a Cube,
    /// The combinations that are kept, each with its unit.
    kept: Vec<(usize, usize)>,
    sums: Sums,
}

impl<'a> Rolling<'a> {
    fn new(cube: &'a Cube, question: &CubeQuestion<'_>) -> Self {
        let place = |name: &str| cube.place_of(name).expect("the cube covers the question");
        let group = place(question.group);
        let conditions: Vec<(usize, &[u32])> = question
            .conditions
            .iter()
            .map(|(name, codes)| (place(name), codes.as_slice()))
            .collect();
        let is_kept =
            |units: &[u32]| conditions.iter().all(|(at, codes)| codes.contains(&units[*at]));
        let combinations = cube.combinations.iter().enumerate();
        let kept = combinations.filter(|(_, units)| is_kept(units));
        let kept = kept.map(|(combination, units)| (combination, units[group] as usize)).collect();
        Self { cube, kept, sums: Sums::zero(cube.attributes[group].1) }
    }

    /// Whether the cube's sums are those of the units, as they are.
    fn is_whole(&self) -> bool {
        let is_itself =
            |(at, (combination, unit)): (usize, &(usize, usize))| at == *combination && at == *unit;
        self.kept.len() == self.sums.unit_count()
            && self.kept.len() == self.cube.combinations.len()
            && self.kept.iter().enumerate().all(is_itself)
    }

    fn add<const ADD: bool>(&mut self, week: Week) {
        let of_week = self.cube.of_week(week);
        for (combination, unit) in &self.kept {
            self.sums.take::<ADD>(*unit, of_week, *combination);
        }
        let wide = &mut self.sums.wide_cells;
        *wide = if ADD { *wide + of_week.wide_cells } else { *wide - of_week.wide_cells };
    }

    /// The models of a window are those of its last week: none goes once it has come.
    fn count_models(&mut self, week: Week) {
        let of_week = self.cube.of_week(week);
        self.sums.models.fill(0);
        for (combination, unit) in &self.kept {
            self.sums.models[*unit] += of_week.models[*combination];
        }
    }
}

impl Sums {
    /// Adds what another's unit adds up to to one of its own, or takes it away again; models are
    /// left as they are.
    fn take<const ADD: bool>(&mut self, unit: usize, other: &Self, from: usize) {
        let value = other.value[from];
        self.value[unit] = if ADD { self.value[unit] + value } else { self.value[unit] - value };
        let Some(more) = other.doubt(from as u32).copied() else { return };
        if more.is_none() {
            return;
        }
        let doubt = self.doubt_of(unit);
        doubt.take::<ADD>(more.estimated, more.below, more.above);
        let missing = &mut doubt.missing;
        *missing = if ADD { *missing + more.missing } else { *missing - more.missing };
    }
}
