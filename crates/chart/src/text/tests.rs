use super::*;

#[test]
fn measured_width_covers_narrow_and_wide_fonts() {
    // Sums of the advances, in em, of Liberation Sans 2.1 (as wide as Arial and Helvetica) and
    // DejaVu Sans 2.37 (the widest in use), read from their `hmtx` tables.
    let check = |text: &str, narrow: f64, wide: f64| {
        let measured = width(text, 1.0);
        assert!(measured >= wide, "{text}: {measured} < {wide}");
        assert!(measured <= narrow * 1.35, "{text}: {measured} is far beyond {narrow}");
    };
    check("Alibaba (Qwen) 34.2 %", 10.283, 11.500);
    check("839,913,650 downloads", 10.620, 12.036);
    check("sentence-transformers", 10.004, 11.404);
    check("Unreviewed owners", 8.782, 9.874);
    check("meta-llama/Llama-3.1-8B", 11.227, 12.716);
    check("MMMM WWWW", 7.385, 7.724);
    check("illicit filling", 4.445, 5.381);
}

#[test]
fn shortened_text_fits() {
    assert_eq!(shorten("short", 10.0, 100.0), "short");
    let name = "an-organisation/with-a-very-long-model-name";
    let shown = shorten(name, 12.0, 120.0);
    assert!(shown.ends_with('…') && width(&shown, 12.0) <= 120.0, "{shown}");
    assert_eq!(shorten(name, 12.0, 0.0), "…");
}

#[test]
fn wrapped_lines_fit() {
    let lines = wrap("Share of all downloads in the week that go to each country", 12.0, 150.0);
    assert!(lines.len() > 1);
    assert!(lines.iter().all(|line| width(line, 12.0) <= 150.0), "{lines:?}");
    assert!(wrap("", 12.0, 150.0).is_empty());
}
