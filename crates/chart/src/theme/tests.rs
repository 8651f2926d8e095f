use super::*;
use crate::sample;

fn channels(colour: &str) -> [f64; 3] {
    [1, 3, 5].map(|at| f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0)
}

fn linear(colour: &str) -> [f64; 3] {
    channels(colour).map(|channel| {
        if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    })
}

/// Contrast as WCAG 2.2 defines it.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let [red, green, blue] = linear(colour);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn contrast_agrees_with_the_definition() {
    assert!((contrast("#ffffff", "#000000") - 21.0).abs() < 1e-9);
    // WebAIM's contrast checker gives 4.54 for #767676 on white.
    assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.01);
}

#[test]
fn series_and_text_can_be_read_in_both_themes() {
    let ground = &COLOURS[0];
    for colour in &COLOURS {
        let least = match colour.name {
            "ink" | "muted" => 4.5,
            name if name.starts_with("s-") => 4.5,
            _ => continue,
        };
        assert!(contrast(colour.light, ground.light) >= least, "{} light", colour.name);
        assert!(contrast(colour.dark, ground.dark) >= least, "{} dark", colour.name);
    }
}

/// Lightness, green to red, and blue to yellow of a colour in linear light (Ottosson's Oklab).
fn oklab([red, green, blue]: [f64; 3]) -> [f64; 3] {
    let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
    let medium = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
    let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
    [
        0.210_454_255_3 * long + 0.793_617_785 * medium - 0.004_072_046_8 * short,
        1.977_998_495_1 * long - 2.428_592_205 * medium + 0.450_593_709_9 * short,
        0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766 * short,
    ]
}

/// How colours look without red or without green cones: Machado, Oliveira and Fernandes 2009,
/// severity 1.0, to three digits; and as they are.
const SEEN: [(&str, [[f64; 3]; 3]); 3] = [
    ("by all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("without red", [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
    ("without green", [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
];

#[test]
fn series_can_be_told_apart_by_those_who_see_fewer_hues() {
    let series: Vec<&Colour> =
        COLOURS.iter().filter(|colour| CLASSES.contains(&colour.name)).collect();
    for pick in [|colour: &Colour| colour.light, |colour: &Colour| colour.dark] {
        for (who, rows) in SEEN {
            let seen = |colour: &Colour| {
                let plain = linear(pick(colour));
                let cone = |row: [f64; 3]| row.iter().zip(plain).map(|(by, of)| by * of).sum();
                oklab(rows.map(|row| f64::clamp(cone(row), 0.0, 1.0)))
            };
            for (index, one) in series.iter().enumerate() {
                for other in &series[index + 1..] {
                    let pairs = seen(one).into_iter().zip(seen(other));
                    let apart = pairs.map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    assert!(apart > 0.07, "{} {} {who}: {apart}", one.name, other.name);
                }
            }
        }
    }
}

/// Each pair of neighbouring classes of a map, and each class with the text that stands on it.
#[test]
fn classes_go_one_way_in_lightness_and_carry_their_text() {
    let named = |name: &str| COLOURS.iter().find(|colour| colour.name == name).unwrap();
    let classes = ["q-1", "q-2", "q-3", "q-4", "q-5", "q-6"].map(named);
    for pick in [|colour: &Colour| colour.light, |colour: &Colour| colour.dark] {
        let ground = pick(named("background"));
        for (who, rows) in SEEN {
            let lightness = |colour: &Colour| {
                let plain = linear(pick(colour));
                let cone = |row: [f64; 3]| row.iter().zip(plain).map(|(by, of)| by * of).sum();
                oklab(rows.map(|row| f64::clamp(cone(row), 0.0, 1.0)))[0]
            };
            let steps = classes.windows(2).map(|pair| lightness(pair[1]) - lightness(pair[0]));
            let steps: Vec<f64> = steps.collect();
            let is_apart = steps.iter().all(|step| step.abs() > 0.07);
            let is_one_way = steps.iter().all(|step| step.is_sign_positive() == (steps[0] > 0.0));
            assert!(is_apart && is_one_way, "{who}: {steps:?}");
        }
        for (place, class) in classes.iter().enumerate() {
            // As the stylesheet has it.
            let text = if place < 3 { pick(named("ink")) } else { ground };
            assert!(contrast(pick(class), text) >= 4.5, "{}", class.name);
        }
        assert!(contrast(pick(named("gap")), pick(named("ink"))) >= 4.5);
        assert!(contrast(pick(classes[5]), ground) > contrast(pick(classes[0]), ground));
    }
}

#[test]
fn colours_do_not_change_when_series_are_hidden_or_moved() {
    let mut figure = sample::lines(6, 3);
    let keys: Vec<String> = figure.series.iter().map(|series| series.key.clone()).collect();
    let classes = |figure: &Figure| -> Vec<&str> {
        keys.iter().map(|key| color_class(key, figure)).collect()
    };
    let before = classes(&figure);
    figure.series[2].is_hidden = true;
    figure.series.reverse();
    assert_eq!(classes(&figure), before);
    let mut distinct = before.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), 6, "{before:?}");
}

#[test]
fn only_eight_series_have_colours() {
    let mut figure = sample::lines(12, 3);
    figure.series[0].is_residual = true;
    let classes: Vec<&str> =
        figure.series.iter().map(|series| color_class(&series.key, &figure)).collect();
    assert_eq!(classes[0], REST);
    assert!(classes[1..9].iter().all(|class| *class != REST), "{classes:?}");
    assert!(classes[9..].iter().all(|class| *class == REST), "{classes:?}");
    assert_eq!(color_class("not a key", &figure), REST);
}

#[test]
fn files_know_no_variables() {
    for theme in [Theme::Light, Theme::Dark] {
        let rules = embedded(theme).unwrap();
        assert!(!rules.contains("var("), "{rules}");
    }
    assert!(stylesheet().contains("prefers-color-scheme:dark"));
    assert_eq!(stylesheet().matches('{').count(), stylesheet().matches('}').count());
}
