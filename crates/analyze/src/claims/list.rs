//! What the paper says, as far as it is publicly known.
//!
//! Ratios of the paper have no stated baseline: they are asked between 2023 and 2025, the first
//! and the last full year of which it gives sizes.

use schema::{CalendarPeriod, Measure, Statistic};

use super::{Claim, Expected, Origin, What, When};
use crate::{Average, Weight};

const TO_2021: CalendarPeriod = CalendarPeriod::UpTo(2021);
const TO_2022: CalendarPeriod = CalendarPeriod::UpTo(2022);
const TO_2025: CalendarPeriod = CalendarPeriod::UpTo(2025);
const Y2023: CalendarPeriod = CalendarPeriod::Year(2023);
const Y2024: CalendarPeriod = CalendarPeriod::Year(2024);
const Y2025: CalendarPeriod = CalendarPeriod::Year(2025);

/// A claim of the authors about downloads.
const fn stated(
    name: &'static str,
    number: u8,
    text: &'static str,
    (what, when): (What, When),
    expected: Expected,
) -> Claim {
    let (origin, measure) = (Origin::Authors, Measure::Downloads);
    Claim { name, number, text, origin, what, when, measure, expected }
}

/// A claim that others report.
const fn reported(claim: Claim) -> Claim {
    Claim { origin: Origin::Press, ..claim }
}

const fn share(group: &'static str, unit: &'static str) -> What {
    What::Share { group, unit }
}

const fn size(attribute: &'static str, average: Average, weight: Weight) -> What {
    What::Average { attribute, average, weight }
}

/// The claims, in the order of the paper.
pub const CLAIMS: &[Claim] = &[
    Claim {
        measure: Measure::Models,
        ..stated(
            "model-count",
            1,
            "851,000 models.",
            (What::Total, When::In(CalendarPeriod::Month(2025, 8))),
            Expected::Value(851_000.0, 500.0),
        )
    },
    stated(
        "download-count",
        1,
        "2.2 billion downloads from June 2020 to August 2025.",
        (What::Total, When::In(TO_2025)),
        Expected::Value(2.2e9, 0.05e9),
    ),
    stated(
        "us-falls",
        2,
        "The share of the United States falls.",
        (share("country", "United States"), When::Change(TO_2022, Y2025)),
        Expected::Fall,
    ),
    stated(
        "china-rises",
        2,
        "The share of China rises in 2025.",
        (share("country", "China"), When::Change(Y2024, Y2025)),
        Expected::Rise,
    ),
    stated(
        "industry-falls",
        2,
        "The share of industry falls.",
        (share("sector", "industry"), When::Change(TO_2022, Y2025)),
        Expected::Fall,
    ),
    stated(
        "unaffiliated-rises",
        2,
        "The share of unaffiliated developers rises.",
        (share("sector", "unaffiliated"), When::Change(TO_2022, Y2025)),
        Expected::Rise,
    ),
    stated(
        "new-consolidation",
        2,
        "A new consolidation begins: concentration by developer rises in 2025.",
        (What::Index { group: "developer", statistic: Statistic::Hhi }, When::Change(Y2024, Y2025)),
        Expected::Rise,
    ),
    stated(
        "industry-early",
        3,
        "Industry has about 70 % of downloads before 2022.",
        (share("sector", "industry"), When::In(TO_2021)),
        Expected::Value(0.70, 0.005),
    ),
    stated(
        "industry-late",
        3,
        "Industry has about 37 % of downloads in 2025.",
        (share("sector", "industry"), When::In(Y2025)),
        Expected::Value(0.37, 0.005),
    ),
    stated(
        "unaffiliated-early",
        3,
        "Unaffiliated developers have 17 % of downloads before 2022.",
        (share("sector", "unaffiliated"), When::In(TO_2021)),
        Expected::Value(0.17, 0.005),
    ),
    stated(
        "unaffiliated-late",
        3,
        "Unaffiliated developers have 39 % of downloads in 2025.",
        (share("sector", "unaffiliated"), When::In(Y2025)),
        Expected::Value(0.39, 0.005),
    ),
    reported(Claim {
        measure: Measure::FirstYear,
        ..stated(
            "new-models-online",
            4,
            "International and online groups have 23.8 % of the downloads of new models.",
            (share("country_group", "International / Online"), When::In(Y2025)),
            Expected::Value(0.238, 0.0005),
        )
    }),
    reported(Claim {
        measure: Measure::FirstYear,
        ..stated(
            "new-models-china",
            4,
            "China has 17.1 % of the downloads of new models.",
            (share("country_group", "China"), When::In(Y2025)),
            Expected::Value(0.171, 0.0005),
        )
    }),
    reported(Claim {
        measure: Measure::FirstYear,
        ..stated(
            "new-models-us",
            4,
            "The United States have 15.8 % of the downloads of new models.",
            (share("country_group", "USA"), When::In(Y2025)),
            Expected::Value(0.158, 0.0005),
        )
    }),
    stated(
        "mean-size-2023",
        5,
        "The mean size of downloaded models is 827 million parameters in 2023.",
        (size("parameters", Average::Mean, Weight::Measure), When::In(Y2023)),
        Expected::Value(827e6, 0.5e6),
    ),
    stated(
        "mean-size-2025",
        5,
        "The mean size of downloaded models is 20.8 billion parameters in 2025.",
        (size("parameters", Average::Mean, Weight::Measure), When::In(Y2025)),
        Expected::Value(20.8e9, 0.05e9),
    ),
    stated(
        "median-size-2023",
        5,
        "The median size of downloaded models is 326 million parameters in 2023.",
        (size("parameters", Average::Median, Weight::Measure), When::In(Y2023)),
        Expected::Value(326e6, 0.5e6),
    ),
    stated(
        "median-size-2025",
        5,
        "The median size of downloaded models is 406 million parameters in 2025.",
        (size("parameters", Average::Median, Weight::Measure), When::In(Y2025)),
        Expected::Value(406e6, 0.5e6),
    ),
    stated(
        "size-growth-mean-total-download",
        5,
        "Size grows 17 times: the mean, total parameters, by download.",
        (size("parameters", Average::Mean, Weight::Measure), When::Growth(Y2023, Y2025)),
        Expected::Value(17.0, 0.5),
    ),
    stated(
        "size-growth-median-total-download",
        5,
        "Size grows 17 times: the median, total parameters, by download.",
        (size("parameters", Average::Median, Weight::Measure), When::Growth(Y2023, Y2025)),
        Expected::Value(17.0, 0.5),
    ),
    stated(
        "size-growth-mean-total-model",
        5,
        "Size grows 17 times: the mean, total parameters, by model.",
        (size("parameters", Average::Mean, Weight::Model), When::Growth(Y2023, Y2025)),
        Expected::Value(17.0, 0.5),
    ),
    stated(
        "size-growth-median-total-model",
        5,
        "Size grows 17 times: the median, total parameters, by model.",
        (size("parameters", Average::Median, Weight::Model), When::Growth(Y2023, Y2025)),
        Expected::Value(17.0, 0.5),
    ),
    stated(
        "size-growth-mean-active-download",
        5,
        "Size grows 17 times: the mean, active parameters, by download.",
        (size("parameters_active", Average::Mean, Weight::Measure), When::Growth(Y2023, Y2025)),
        Expected::Value(17.0, 0.5),
    ),
    stated(
        "size-growth-median-active-download",
        5,
        "Size grows 17 times: the median, active parameters, by download.",
        (size("parameters_active", Average::Median, Weight::Measure), When::Growth(Y2023, Y2025)),
        Expected::Value(17.0, 0.5),
    ),
    stated(
        "size-growth-mean-active-model",
        5,
        "Size grows 17 times: the mean, active parameters, by model.",
        (size("parameters_active", Average::Mean, Weight::Model), When::Growth(Y2023, Y2025)),
        Expected::Value(17.0, 0.5),
    ),
    stated(
        "size-growth-median-active-model",
        5,
        "Size grows 17 times: the median, active parameters, by model.",
        (size("parameters_active", Average::Median, Weight::Model), When::Growth(Y2023, Y2025)),
        Expected::Value(17.0, 0.5),
    ),
    stated(
        "multimodal-growth",
        6,
        "The share of multimodal models grows 3.4 times.",
        (share("is_multimodal", "yes"), When::Growth(Y2023, Y2025)),
        Expected::Value(3.4, 0.05),
    ),
    stated(
        "quantized-growth",
        6,
        "The share of quantized models grows 5 times.",
        (share("is_quantized", "yes"), When::Growth(Y2023, Y2025)),
        Expected::Value(5.0, 0.5),
    ),
    stated(
        "moe-growth",
        6,
        "The share of mixtures of experts grows 7 times.",
        (share("is_moe", "yes"), When::Growth(Y2023, Y2025)),
        Expected::Value(7.0, 0.5),
    ),
    reported(stated(
        "data-available-2022",
        7,
        "Training data is disclosed and available for 79.3 % of downloads to 2022.",
        (share("training_data", "available"), When::In(TO_2022)),
        Expected::Value(0.793, 0.0005),
    )),
    reported(stated(
        "data-available-2023",
        7,
        "Training data is disclosed and available for 58.5 % of downloads in 2023.",
        (share("training_data", "available"), When::In(Y2023)),
        Expected::Value(0.585, 0.0005),
    )),
    reported(stated(
        "data-available-2024",
        7,
        "Training data is disclosed and available for 53.5 % of downloads in 2024.",
        (share("training_data", "available"), When::In(Y2024)),
        Expected::Value(0.535, 0.0005),
    )),
    reported(stated(
        "data-available-2025",
        7,
        "Training data is disclosed and available for 39.8 % of downloads in 2025.",
        (share("training_data", "available"), When::In(Y2025)),
        Expected::Value(0.398, 0.0005),
    )),
    reported(stated(
        "data-undisclosed-2022",
        7,
        "Training data is not disclosed for 9.8 % of downloads to 2022.",
        (share("training_data", "neither"), When::In(TO_2022)),
        Expected::Value(0.098, 0.0005),
    )),
    reported(stated(
        "data-undisclosed-2023",
        7,
        "Training data is not disclosed for 23.4 % of downloads in 2023.",
        (share("training_data", "neither"), When::In(Y2023)),
        Expected::Value(0.234, 0.0005),
    )),
    reported(stated(
        "data-undisclosed-2024",
        7,
        "Training data is not disclosed for 31.6 % of downloads in 2024.",
        (share("training_data", "neither"), When::In(Y2024)),
        Expected::Value(0.316, 0.0005),
    )),
    reported(stated(
        "data-undisclosed-2025",
        7,
        "Training data is not disclosed for 43.1 % of downloads in 2025.",
        (share("training_data", "neither"), When::In(Y2025)),
        Expected::Value(0.431, 0.0005),
    )),
    stated(
        "open-weights-behind",
        8,
        "Open-weights models are behind open-source ones in 2024.",
        (
            What::Lead { group: "openness_class", unit: "open weights", other: "open source" },
            When::In(Y2024),
        ),
        Expected::Fall,
    ),
    stated(
        "open-weights-ahead",
        8,
        "Open-weights models are ahead of open-source ones in 2025.",
        (
            What::Lead { group: "openness_class", unit: "open weights", other: "open source" },
            When::In(Y2025),
        ),
        Expected::Rise,
    ),
    stated(
        "quantizers-rise",
        9,
        "Those who quantize the models of others gain a share.",
        (share("role", "quantizer"), When::Change(Y2023, Y2025)),
        Expected::Rise,
    ),
    stated(
        "adapters-rise",
        9,
        "Those who adapt the models of others gain a share.",
        (share("role", "adapter maker"), When::Change(Y2023, Y2025)),
        Expected::Rise,
    ),
];
