use proptest::prelude::*;

mod refusal;

use super::{Scope, Sheet, SheetError};

fn refused(css: &str) -> SheetError {
    match Sheet::parse(css) {
        Err(error) => error,
        Ok(sheet) => panic!("accepted {css:?} as {:?}", sheet.to_css(Scope::NONE)),
    }
}

fn served(css: &str) -> String {
    match Sheet::parse(css) {
        Ok(sheet) => sheet.to_css(Scope::NONE),
        Err(error) => panic!("refused {css:?}: {error}"),
    }
}

/// Every class and every property of the console's template, with values of our own.
const TEMPLATE: &str = "
.logo-customizable { max-width: 40%; max-height: 25%; }
.banner-customizable { padding: 10px 0px 12px 0px; background-color: midnightblue; }
.label-customizable { font-weight: 500; }
.textDescription-customizable { padding-top: 8px; padding-bottom: 8px; display: block; font-size: 15px; }
.idpDescription-customizable { padding-top: 9px; padding-bottom: 9px; display: inline; font-size: 15px; }
.legalText-customizable { color: #556; font-size: 11px; }
.submitButton-customizable {
    font-size: 15px; font-weight: bold; margin: 18px 0px 9px 0px; height: 44px; width: 100%;
    color: #fff; background-color: #0A5C36;
}
.submitButton-customizable:hover { color: #fff; background-color: #083; }
.errorMessage-customizable {
    padding: 6px; font-size: 13px; width: 100%; background: #FFF5F5; border: 1px solid #B00020; color: #B00020;
    box-sizing: border-box; margin: 0 auto;
}
.inputField-customizable { width: 100%; height: 36px; color: #222; background-color: #fff; border: 1px solid #bbb; }
.inputField-customizable:focus { border-color: #36c; outline: 0; }
.idpButton-customizable {
    height: 42px; width: 50%; width: 100%; text-align: center; margin-bottom: 12px;
    color: #fff; background-color: #345; border-color: #234;
}
.idpButton-customizable:hover { color: #fff; background-color: #456; }
.socialButton-customizable {
    border-radius: 3px; height: 42px; margin-bottom: 12px; padding: 2px; text-align: left; width: 100%;
}
.redirect-customizable { text-align: center; }
.passwordCheck-notValid-customizable { color: #A31; }
.passwordCheck-valid-customizable { color: #173; }
.background-customizable { background-color: #eee; }
";

#[test]
fn the_template_of_the_console_is_accepted_and_served_in_full() {
    let css = served(TEMPLATE);
    assert_eq!(css.lines().count(), 18);
    assert!(css.contains(".idpButton-customizable{width:100%;height:42px;margin-bottom:12px;"), "{css}");
    assert!(css.contains(".banner-customizable{padding:10px 0 12px 0;background-color:#191970}\n"), "{css}");
    assert!(css.contains(".inputField-customizable:focus{border-color:#3366cc;outline:0}\n"), "{css}");
    assert!(css.contains("border:1px solid #b00020;"), "{css}");
    assert_eq!(served(&css), css);
}

#[test]
fn the_served_sheet_stands_in_its_layer_under_its_ancestor() {
    let sheet = Sheet::parse(".submitButton-customizable:HOVER{COLOR:Red}").unwrap();
    let expected = "@layer owner{\n.brand .submitButton-customizable:hover{color:#ff0000}\n}\n";
    assert_eq!(sheet.to_css(Scope::HOSTED), expected);
}

#[test]
fn an_empty_sheet_is_served_as_nothing() {
    for css in ["", "  \n", "/* nothing yet */", ".logo-customizable{}", ".logo-customizable { ; ; }"] {
        let sheet = Sheet::parse(css).unwrap();
        assert!(sheet.is_empty(), "{css:?}");
        assert_eq!(sheet.to_css(Scope::HOSTED), "", "{css:?}");
    }
}

#[test]
fn of_two_declarations_the_last_counts() {
    let css =
        ".legalText-customizable{color:red;color:blue} .legalText-customizable{color:lime;font-size:12px}";
    assert_eq!(served(css), ".legalText-customizable{color:#00ff00;font-size:12px}\n");
}

#[test]
fn each_value_has_one_way_to_be_written() {
    let cases = [
        ("legalText", "color: RED", "color:#ff0000"),
        ("legalText", "color: #abcd", "color:#aabbccdd"),
        ("legalText", "color: #AABBCCFF", "color:#aabbcc"),
        ("legalText", "color: transparent", "color:#00000000"),
        ("legalText", "color: rgb(1, 2, 300)", "color:#0102ff"),
        ("legalText", "color: rgba(10%, 20%, 30%, .5)", "color:#1a334d80"),
        ("legalText", "color: rgb(1 2 3 / 50%)", "color:#01020380"),
        ("legalText", "color: hsl(120, 100%, 25%)", "color:#008000"),
        ("legalText", "color: HSLA(-120deg 100% 50% / 1)", "color:#0000ff"),
        ("legalText", "font-size: 1.250REM", "font-size:1.25rem"),
        ("legalText", "font-size: +12.0px", "font-size:12px"),
        ("legalText", "font-size: 1e1px", "font-size:10px"),
        ("label", "font-weight: 900", "font-weight:900"),
        ("label", "font-weight: Normal", "font-weight:normal"),
        ("submitButton", "margin: 0px auto", "margin:0 auto"),
        ("submitButton", "width: 33.333%", "width:33.333%"),
        ("submitButton", "height: auto", "height:auto"),
        ("logo", "max-width: none", "max-width:none"),
        ("inputField", "border: none", "border:none"),
        ("inputField", "border: #000 dotted thin", "border:thin dotted #000000"),
        ("inputField:focus", "outline: 2px rgb(0 0 0)", "outline:2px #000000"),
        ("errorMessage", "background: none", "background:none"),
        ("background", "background-color:/**/#fff/* white */", "background-color:#ffffff"),
        // Escapes spell the same words, and nothing of them is left.
        ("legalText", "c\\6flor: r\\65 d", "color:#ff0000"),
        ("legalText", "\\000063olor: \\23 fff", ""),
    ];
    for (name, declaration, expected) in cases {
        let (class, state) =
            name.split_once(':').map_or((name, String::new()), |(c, s)| (c, format!(":{s}")));
        let css = format!(".{class}-customizable{state} {{ {declaration} }}");
        if expected.is_empty() {
            refused(&css);
        } else {
            assert_eq!(
                served(&css),
                format!(".{class}-customizable{state}{{{expected}}}\n"),
                "{declaration}"
            );
        }
    }
}

#[test]
fn an_escaped_or_commented_selector_is_the_class_it_spells() {
    for css in [
        ".\\6c ogo-customizable{max-width:1px}",
        "./**/logo-customizable/**/{max-width:1px}",
        "\u{feff}/*\u{0}*/.logo-customizable\r\n\t{max-width:1px}",
        ".logo-customizable{max-width:1px",
    ] {
        assert_eq!(served(css), ".logo-customizable{max-width:1px}\n", "{css:?}");
    }
}

#[test]
fn a_refusal_names_what_it_found_and_where() {
    let cases = [
        (
            ".logo-customizable { }\n  .header-customizable {}",
            "line 2, column 4: the class `header-customizable` is not customizable",
        ),
        (
            ".label-customizable { color: red;\n margin: 0 }",
            "line 2, column 2: the property `margin` of `.label-customizable` is not customizable",
        ),
        (
            ".label-customizable:hover { color: red }",
            "line 1, column 20: the state `hover` of `label-customizable` is not customizable",
        ),
        (
            ".inputField-customizable:focus { color: red }",
            "line 1, column 34: the property `color` of `.inputField-customizable:focus` is not customizable",
        ),
        (".label-customizable { color: 12px }", "line 1, column 30: `color` does not take `12px`"),
        (".label-customizable { color: }", "line 1, column 23: `color` has no value or only part of one"),
        (
            ".logo-customizable{max-width:-3px}",
            "line 1, column 30: `max-width` does not take a size of `-3px`",
        ),
        ("@media print { }", "line 1, column 1: the at-rule `@media` is not allowed"),
        ("/*\u{1f600}*/ <", "line 1, column 8: `<` is not allowed"),
        ("/*\r\n\n*/</style>", "line 3, column 3: `<` is not allowed"),
        ("}", "line 1, column 1: expected a rule, found `}`"),
        (".logo-customizable", "line 1, column 19: expected a rule, found `end of sheet`"),
    ];
    for (css, expected) in cases {
        assert_eq!(refused(css).to_string(), expected, "{css:?}");
    }
}

#[test]
fn the_template_is_served_in_less_than_four_kilobytes() {
    let css = served(TEMPLATE);
    assert!(css.len() < 4_096, "{}", css.len());
}

#[test]
fn an_excerpt_shows_no_control_character() {
    let error = refused(".a\\0a \\1b [31m{}").to_string();
    assert!(!error.chars().any(char::is_control), "{error:?}");
}

/// Sheets made of pieces that the grammar knows, in an order that it may not.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        ".",
        "label-customizable",
        ".logo-customizable",
        ".inputField-customizable",
        ":focus",
        ":hover",
        "{",
        "}",
        ";",
        ":",
        ",",
        "color",
        "border",
        "max-width:",
        "outline:",
        "red",
        "#abc",
        "1px",
        "3%",
        "0",
        "-1em",
        "solid",
        "none",
        "rgb(",
        "hsl(",
        ")",
        "/",
        "url(",
        "url(x)",
        "\\",
        "\\75",
        "/*",
        "*/",
        "'",
        "\"",
        "!important",
        "@media",
        "(",
        "[",
        "]",
        " ",
        "\n",
        "\u{0}",
        "é",
        "\u{1f600}",
        "1e39px",
        "auto",
        "<",
        "-->",
        "var(",
        "12.5px",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Whole declarations, so that most sheets are accepted.
fn sheets() -> impl Strategy<Value = String> {
    let size = (0_u32..400_000, prop::sample::select(vec!["px", "%", "em", "rem"]))
        .prop_map(|(thousandths, unit)| format!("{}.{:03}{unit}", thousandths / 1000, thousandths % 1000));
    let colour = prop_oneof![
        "#[0-9a-fA-F]{3}|#[0-9a-f]{4}|#[0-9a-f]{6}|#[0-9A-F]{8}",
        (0..400, 0..120, 0..120, 0..120).prop_map(|(h, s, l, a)| format!("hsl({h} {s}% {l}% / {a}%)")),
        (0..300, 0..300, 0..300, 0.0..1.1).prop_map(|(r, g, b, a)| format!("rgba({r},{g},{b},{a:.3})")),
    ];
    let rule = (size, colour).prop_flat_map(|(size, colour)| {
        prop::sample::select(vec![
            format!(".logo-customizable{{max-width:{size};background-color:{colour}}}"),
            format!(".submitButton-customizable{{margin:{size} auto 0 {size};color:{colour};width:{size}}}"),
            format!(".inputField-customizable{{border:solid {colour} thin;height:{size}}}"),
            format!(".inputField-customizable:focus{{outline:2.5px {colour};border-color:{colour}}}"),
            format!(".legalText-customizable{{font-size:{size};color:{colour}}}"),
        ])
    });
    prop::collection::vec(rule, 1..6).prop_map(|rules| rules.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gets_an_answer(css in "\\PC{0,200}") {
        let _ = Sheet::parse(&css);
    }

    #[test]
    fn any_order_of_pieces_is_refused_or_served_safely(css in pieces()) {
        if let Ok(sheet) = Sheet::parse(&css) {
            let out = sheet.to_css(Scope::NONE);
            prop_assert!(!out.contains(['<', '@', '\\', '(', '\'', '"', '!', '*']));
            prop_assert!(out.is_ascii());
            prop_assert_eq!(Sheet::parse(&out), Ok(sheet));
        }
    }

    #[test]
    fn what_is_served_reads_as_the_same_sheet(css in sheets()) {
        if let Ok(sheet) = Sheet::parse(&css) {
            let out = sheet.to_css(Scope::NONE);
            let again = Sheet::parse(&out);
            prop_assert_eq!(again.as_ref().map(|sheet| sheet.to_css(Scope::NONE)), Ok(out.clone()));
            prop_assert_eq!(again, Ok(sheet));
        }
    }
}
