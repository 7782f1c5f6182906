//! Sheets that try to fetch, to read, to deceive or to exhaust.

use super::super::{MAX_CHARS, Problem, Sheet};
use super::refused;

#[test]
fn only_one_class_with_one_known_state_selects() {
    for css in [
        "*{color:red}",
        "input{color:red}",
        "#password{color:red}",
        ":root{color:red}",
        "[value^=a]{color:red}",
        "&{color:red}",
        ">.logo-customizable{max-width:1px}",
        ". logo-customizable{max-width:1px}",
        "..logo-customizable{max-width:1px}",
        ".logo-customizable *{max-width:1px}",
        ".logo-customizable img{max-width:1px}",
        ".logo-customizable .banner-customizable{max-width:1px}",
        ".logo-customizable.banner-customizable{max-width:1px}",
        ".logo-customizable,.banner-customizable{background-color:red}",
        ".logo-customizable[value^=a]{max-width:1px}",
        ".logo-customizable#a{max-width:1px}",
        ".logo-customizable>a{max-width:1px}",
        ".logo-customizable::before{max-width:1px}",
        ".logo-customizable:not(a){max-width:1px}",
        ".logo-customizable:has([value^=a]){max-width:1px}",
        ".submitButton-customizable:hover:hover{color:red}",
        ".submitButton-customizable:hover::after{color:red}",
        ".submitButton-customizable: hover{color:red}",
        ".submitButton-customizable:hover .x{color:red}",
        "*|*{color:red}",
        ".\\2a {color:red}",
    ] {
        let problem = refused(css).problem;
        assert!(
            matches!(problem, Problem::Selector(_) | Problem::Class(_)),
            "{css:?} was refused for another reason: {problem}"
        );
    }
    for css in [
        ".submitButton-customizable:focus{color:red}",
        ".inputField-customizable:hover{border-color:red}",
        ".inputField-customizable:autofill{border-color:red}",
        ".logo-customizable:hover{max-width:1px}",
    ] {
        assert!(matches!(refused(css).problem, Problem::State { .. }), "{css:?}");
    }
    for css in
        [".Logo-customizable{}", ".logo{}", ".logo-customizable\\20 {}", ".logo-customizable\u{200b}{}"]
    {
        assert!(matches!(refused(css).problem, Problem::Class(_)), "{css:?}");
    }
}

#[test]
fn every_at_rule_is_refused() {
    for css in [
        "@import 'https://evil.example/a.css';",
        "@import url(//evil.example/a.css);",
        "@\\69mport 'a.css';",
        "@IMPORT/**/'a.css';",
        "@charset 'utf-7';",
        "@namespace x url(a);",
        "@media screen{.logo-customizable{max-width:1px}}",
        "@supports (color:red){}",
        "@page{}",
        "@layer base{}",
        "@font-face{font-family:x;src:url(a)}",
        "@keyframes x{}",
        "@property --x{}",
        ".logo-customizable{@media print{max-width:1px}}",
        ".logo-customizable{@apply x;}",
    ] {
        assert!(matches!(refused(css).problem, Problem::AtRule(_)), "{css:?}");
    }
}

#[test]
fn nothing_fetches_and_nothing_reads_attributes_or_variables() {
    for value in [
        "url(https://evil.example/x)",
        "url('https://evil.example/x')",
        "\\75rl(https://evil.example/x)",
        "\\000075 rl(x)",
        "u\\72 l(\"x\")",
        "URL(x)",
        "url(a b)",
        "src('x')",
        "image(x)",
        "image-set('x' 1x)",
        "-webkit-image-set(url(x) 1x)",
        "cross-fade(url(x), red)",
        "element(#x)",
        "paint(x)",
        "expression(alert(1))",
        "exp\\72 ession(alert(1))",
        "attr(value)",
        "attr(value color, red)",
        "var(--x)",
        "env(x)",
        "calc(1px + 1px)",
        "linear-gradient(red, blue)",
        "color-mix(in srgb, red, blue)",
        "light-dark(red, blue)",
        "rgb(var(--x))",
        "rgb(1, 2, attr(value))",
        "hsl(calc(1), 1%, 1%)",
        "red url(x)",
    ] {
        let css = format!(".errorMessage-customizable{{background:{value}}}");
        assert!(matches!(refused(&css).problem, Problem::Function(_)), "{css:?}");
    }
    // A comment splits a token; what is left is not a function.
    for value in ["u/**/rl(x)", "url/**/(x)", "ur\\", "expression/**/(alert(1))"] {
        let css = format!(".errorMessage-customizable{{background:{value}}}");
        assert!(matches!(refused(&css).problem, Problem::Value { .. }), "{css:?}");
    }
}

#[test]
fn no_property_outside_the_list_is_taken_however_it_is_spelt() {
    for declaration in [
        "position:fixed",
        "content:'You won'",
        "behavior:url(x)",
        "-moz-binding:url(x)",
        "background-image:url(x)",
        "b\\61 ckground-image:none",
        "back\\67round:red",
        "--x:url(x)",
        "\\2d-x:1",
        "filter:none",
        "z-index:9",
        "opacity:0",
        "visibility:hidden",
        "all:unset",
        "cursor:none",
        "-webkit-text-security:none",
        "co/**/lor:red",
        "colo\u{72}\u{301}:red",
        "\u{441}olor:red",
        "color",
        "color red",
        "color;color:red",
    ] {
        let css = format!(".label-customizable{{{declaration}}}");
        assert!(matches!(refused(&css).problem, Problem::Property { .. }), "{css:?}");
    }
}

#[test]
fn a_rule_inside_a_rule_is_refused() {
    for inner in [
        ".logo-customizable{max-width:1px}",
        "&:hover{color:red}",
        "color{}",
        "*color:red",
        "{color:red}",
        "(color:red)",
        "'x':red",
        "#x{}",
        ":hover{}",
    ] {
        let css = format!(".label-customizable{{{inner}}}");
        assert_eq!(refused(&css).problem, Problem::Nested, "{css:?}");
    }
    for css in [".label-customizable{color:red{}}", ".label-customizable{color:{red}}"] {
        assert!(matches!(refused(css).problem, Problem::Value { .. }), "{css:?}");
    }
}

#[test]
fn important_is_refused_because_it_reverses_the_layers() {
    for value in
        ["red !important", "red!important", "red ! important", "red /**/!/**/IMPORTANT", "!important"]
    {
        let css = format!(".label-customizable{{color:{value}}}");
        assert_eq!(refused(&css).problem, Problem::Important, "{css:?}");
    }
}

#[test]
fn markup_is_refused_wherever_it_stands() {
    for css in [
        "</style><script>alert(1)</script>",
        "/* </style> */",
        ".label-customizable{color:red;}</STYLE>",
        ".label-customizable{color:'<b>'}",
        "<!-- .label-customizable{color:red} -->",
    ] {
        assert_eq!(refused(css).problem, Problem::Markup, "{css:?}");
    }
    // The closing half of an HTML comment has no `<`, and is no rule either.
    assert!(matches!(refused("-->").problem, Problem::Syntax(_)));
    // An escaped one is only a character of a name that we do not know.
    assert!(matches!(refused(".\\3c /style{}").problem, Problem::Selector(_)));
}

#[test]
fn values_of_the_wrong_kind_are_refused() {
    let cases = [
        ("legalText", "color: #12345"),
        ("legalText", "color: #ggg"),
        ("legalText", "color: notacolour"),
        ("legalText", "color: red blue"),
        ("legalText", "color: red, blue"),
        ("legalText", "color: currentcolor"),
        ("legalText", "color: inherit"),
        ("legalText", "color: rgb(1,2)"),
        ("legalText", "color: rgb(1,2,3,4,5)"),
        ("legalText", "color: rgb(1 2,3)"),
        ("legalText", "color: rgb(1,2 3)"),
        ("legalText", "color: rgb(1,2,3/4)"),
        ("legalText", "color: rgb(1 2 3, 4)"),
        ("legalText", "color: rgb(,1,2,3)"),
        ("legalText", "color: rgb()"),
        ("legalText", "color: hsl(1,2,3)"),
        ("legalText", "color: rgb((((((1))))))"),
        ("legalText", "color: 'red"),
        ("legalText", "font-size: 0"),
        ("legalText", "font-size: 1px"),
        ("legalText", "font-size: 12"),
        ("legalText", "font-size: 12vw"),
        ("legalText", "font-size: large"),
        ("legalText", "font-size: 1e38px"),
        ("legalText", "font-size: 1e999px"),
        ("label", "font-weight: 50"),
        ("label", "font-weight: 400.5"),
        ("label", "font-weight: bolder"),
        ("textDescription", "display: none"),
        ("textDescription", "padding-top: 1px 2px"),
        ("textDescription", "padding-top: -1px"),
        ("submitButton", "margin: -200px 0 0 0"),
        ("submitButton", "margin: 0 0 0 0 0"),
        ("submitButton", "width: 9999px"),
        ("submitButton", "width: 1px/2px"),
        ("inputField", "border: 1px 2px"),
        ("inputField", "border: solid solid"),
        ("inputField", "border: red red"),
        ("inputField", "border: 5%"),
        ("inputField", "border: 1px solid red;;x"),
        ("errorMessage", "background: red none"),
        ("errorMessage", "background: fixed"),
        ("errorMessage", "box-sizing: padding-box"),
        ("redirect", "text-align: middle"),
    ];
    for (class, declaration) in cases {
        refused(&format!(".{class}-customizable {{ {declaration} }}"));
    }
}

#[test]
fn the_length_counts_characters_as_the_model_does() {
    let full = format!("/*{}*/", "é".repeat(MAX_CHARS - 4));
    assert!(Sheet::parse(&full).is_ok());
    let over = format!("/*{}*/", "é".repeat(MAX_CHARS - 3));
    assert_eq!(refused(&over).problem, Problem::TooLong);
}

#[test]
fn huge_and_deep_inputs_end_in_an_answer() {
    assert_eq!(refused(&".logo-customizable{}".repeat(1_001)).problem, Problem::TooManyRules);
    let many = format!(".label-customizable{{{}}}", "color:red;".repeat(8_001));
    assert_eq!(refused(&many).problem, Problem::TooManyDeclarations);
    let deep = MAX_CHARS - 40;
    for opening in ["{", "(", "[", "rgb(", "a(", ".logo-customizable{", "\\", "'", "/*", "@a{"] {
        let noise = opening.repeat(deep / opening.len());
        let _ = Sheet::parse(&noise);
        refused(&format!(".label-customizable{{color:{noise}"));
    }
    let long = refused(&format!(".{}{{}}", "x".repeat(100_000)));
    assert!(long.to_string().chars().count() < 150);
}
