#!/usr/bin/env python3
"""Writes what `edge/src/model` knows of the AWS APIs, from the service models that botocore carries.

Run by hand when the API moves, never by the build, in the environment of `tests/requirements.txt`. With `--check` it
writes nothing, and fails where a file is not what it would write.

Written: the shape tables, the Unicode sets and the samples for the pattern matchers under `edge/src/model`, and
`tests/coverage/operations.txt`. Read: `pattern.rs`, for the matchers there are (a pattern without one is an
error here, so none goes unchecked), and `support/`, for the operations that are built.
"""

import json
import pathlib
import random
import re
import sys

import botocore
import botocore.session
import regex

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODEL = ROOT / "edge/src/model"
COVERAGE = ROOT / "tests/coverage/operations.txt"

# The table's file, and the operations to describe: all, or only the built ones of a service we serve in part.
SERVICES = {
    "cognito-idp": ("idp", True),
    "cognito-identity": ("identity", True),
    "cognito-sync": ("sync", True),
    "sts": ("sts", False),
    "iam": ("iam", False),
}
CHECK = "--check" in sys.argv[1:]
HEAD = f"// Written by build/model.py from botocore {botocore.__version__}. Do not edit.\n"


different = []


def write(path, text):
    if not CHECK:
        path.write_text(text)
    elif path.read_text() != text:
        different.append(str(path.relative_to(ROOT)))


def matchers():
    """Pattern text → the name of its matcher."""
    source = (MODEL / "pattern.rs").read_text()
    found = re.findall(r'static (\w+): Pattern =\s*pattern\(\s*r"([^"]*)"', source)
    names = {text: name for name, text in found}
    if len(names) != len(found) or len(found) != source.count(": Pattern ="):
        sys.exit("pattern.rs: a pattern is there twice, or is written in a form not read here")
    return names


def built():
    """Service → the operations with an entry in the support table."""
    entries = {}
    for service, (file, _) in SERVICES.items():
        path = MODEL / "support" / f"{file}.rs"
        entries[service] = re.findall(r'\boperation\(\s*"(\w+)"', path.read_text()) if path.exists() else []
    return entries


class Table:
    """The shapes that some operations' inputs reach, as Rust statics."""

    def __init__(self, shapes, names, used):
        self.shapes, self.names, self.used = shapes, names, used
        self.lines = []
        self.static = {}  # a shape's Rust text → the static that holds it
        self.done = {}  # a shape's name → its static

    def reference(self, name):
        if name not in self.done:
            self.done[name] = self.place(name, self.rust(self.shapes[name]))
        return self.done[name]

    def place(self, name, rust):
        if rust not in self.static:
            const = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).upper()
            const = {"text()": "TEXT", "Shape::Flag": "FLAG"}.get(rust, const)
            if const in self.static.values():
                sys.exit(f"two shapes want the name {const}")
            self.static[rust] = const
            self.lines.append(f"static {self.static[rust]}: Shape = {rust};")
        return "&" + self.static[rust]

    def rust(self, shape):
        kind, rest = shape["type"], set(shape) - {"type", "documentation", "required", "members", "box"}
        known = {
            "structure": {"sensitive", "document"},
            "list": {"member", "min", "max"},
            "map": {"key", "value", "min", "max", "sensitive"},
            "string": {"min", "max", "pattern", "enum", "sensitive"},
            "integer": {"min", "max"},
            "long": {"min", "max"},
            "boolean": set(),
            "blob": {"min", "max"},
            "timestamp": set(),
        }[kind]
        if rest - known:
            sys.exit(f"a {kind} with {sorted(rest - known)} is not understood")
        if shape.get("document"):
            return "Shape::Document"
        if kind == "structure":
            required = shape.get("required", [])
            members = sorted(shape["members"], key=lambda name: name not in required)
            text = ", ".join(
                f"m({quoted(name)}, {self.reference(shape['members'][name]['shape'])})" for name in members
            )
            return f"structure({len(required)}, &[{text}])" + (".secret()" if shape.get("sensitive") else "")
        if kind in ("integer", "long"):
            ends = (f"Some({number(shape[end])})" if end in shape else "None" for end in ("min", "max"))
            return f"{'whole' if kind == 'integer' else 'long'}({', '.join(ends)})"
        if kind == "list":
            text = f"list({self.reference(shape['member']['shape'])})"
        elif kind == "map":
            text = f"map({self.reference(shape['key']['shape'])}, {self.reference(shape['value']['shape'])})"
        elif kind == "string" and "enum" in shape:
            text = f"one_of(&[{', '.join(map(quoted, shape['enum']))}])"
        else:
            text = {"string": "text()", "boolean": "Shape::Flag", "blob": "blob()", "timestamp": "Shape::Instant"}[kind]
        if shape.get("min"):
            text += f".min({number(shape['min'])})"
        if "max" in shape:
            text += f".max({number(shape['max'])})"
        if "pattern" in shape:
            if shape["pattern"] not in self.names:
                sys.exit(f"no matcher in pattern.rs for {shape['pattern']!r}")
            self.used.add(shape["pattern"])
            text += f".like(&pattern::{self.names[shape['pattern']]})"
        return text + (".secret()" if shape.get("sensitive") else "")


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def number(value):
    return f"{value:_}"


def routes(operations):
    """How a REST API's operations are told apart: by method and path."""
    rows = [f"    ({quoted(http['method'])}, {quoted(http['requestUri'])}, {quoted(name)})," for name, http in operations]
    return (
        "\n/// Method, path and operation; what is in braces stands for one segment.\n"
        "pub(in super::super) static ROUTES: &[(&str, &str, &str)] = &[\n" + "\n".join(rows) + "\n];\n"
    )


def write_table(service, file, operations, shapes, inputs, names, used, extra):
    table = Table(shapes, names, used)
    rows = [f"    ({quoted(name)}, {table.reference(inputs[name])})," for name in sorted(operations)]
    rust = "\n".join(table.lines)
    builders = sorted(set(re.findall(r"\b(text|one_of|whole|long|blob|list|map|structure|m)\(", rust)))
    imports = "use super::super::pattern;\n" if "pattern::" in rust else ""
    write(
        MODEL / "table" / f"{file}.rs",
        f"//! The inputs of {service}: shapes alike are written once, under the first one's name.\n"
        + HEAD
        + f"\n{imports}use super::super::shape::{{Shape, {', '.join(builders)}}};\n\n"
        + "/// By name, in order.\npub(in super::super) static OPERATIONS: &[(&str, &Shape)] = &[\n"
        + "\n".join(rows)
        + f"\n];\n{extra}\n{rust}\n",
    )


def write_unicode():
    """The sets of `category.rs`: per plane, the code points at which membership turns."""
    text = f"//! Sets of code points by general category, for `category.rs`. Unicode as in regex {regex.__version__}.\n"
    text += HEAD + "\nuse super::super::category::Planes;\n"
    for name, pattern in (
        ("VISIBLE", r"[\p{L}\p{M}\p{S}\p{N}\p{P}]"),
        ("LETTER_NUMBER_OR_SEPARATOR", r"[\p{L}\p{Z}\p{N}]"),
    ):
        matches = regex.compile(pattern).fullmatch
        text += f"\npub(in super::super) const {name}: Planes = &[\n"
        for plane in range(17):
            inside, turns = False, []
            for low in range(0x10000):
                if bool(matches(chr(plane << 16 | low))) != inside:
                    inside = not inside
                    turns.append(low)
            if turns:
                text += f"    ({plane}, &[{', '.join(map(str, turns))}]),\n"
        text += "];\n"
    write(MODEL / "table/unicode.rs", text)


def in_python(pattern):
    """The pattern in Python's dialect: ASCII classes, and `.` that stops at every end of line."""
    ascii_class = {"w": "a-zA-Z0-9_", "d": "0-9", "s": r" \t\n\x0b\f\r"}
    out, in_class, at, dot_all = "", False, 0, pattern.startswith("(?s)")
    pattern = pattern.replace(r"\u10000-\u10FFFF", r"\U00010000-\U0010FFFF").replace(r"[\S]", r"[^\s]")
    while at < len(pattern):
        if pattern[at] == "\\":
            escaped = pattern[at + 1]
            if escaped in ascii_class:
                out += ascii_class[escaped] if in_class else f"[{ascii_class[escaped]}]"
            else:
                out += pattern[at : at + 2]
            at += 2
            continue
        if pattern[at] == "." and not in_class and not dot_all:
            out += r"[^\n\r\x85\u2028\u2029]"
        else:
            out += pattern[at]
        in_class = (in_class or pattern[at] == "[") and pattern[at] != "]"
        at += 1
    return regex.compile(out)


SEEDS = """
us-east-1_AbC123xyz|us-east-1_a_b|-_0|_a|a_|us-east-1:6f1c9e2e-0000-4000-8000-3c0ffee00000|:0|a:|a:b:c|a:g
us-east-1_6f1c9e2e-0000-4000-8000-3c0ffee00000|tkn0123456789abcdefghijklmno|ssoabcdefghijklmnopqrstuvwxy|tkn
arn:aws:iam::123456789012:role/demo|arn:aws:lambda:eu-west-1:123456789012:function:f:1|arn:aws:lambda:e:1:f:f:1:2
arn:aws:iam:::role|arn:aws:s3:::bucket/key|arn:aws:s3:::a:b:c|arn:aws:s3:::|arn:::1:a|arn:aws:sns:us-east-1:1:app/GCM/demo
arn:aws:sns:us-east-1:1:app/gcm/demo|arn:aws:sns:us-east-1:1:app/GCM/|arn:aws:iam::1:role/|arn:aws:iam::1:role/a:b:role/c
arn:aws:iam::x:role/a|Level1|Level4|Level0|Level5|level1|terms-of-use|privacy-policy|terms|cognito:default|cognito:chinese-simplified
cognito:chinese|cognito:chinese-traditional|cognito:bahasa-indonesia|cognito:portuguese-brazil|cognito:klingon|Your code is {####}.
{####}|{###}|{#####}|{####|a {####}|line\\n{####}|{####}\\u2028|{####}\\u0085|{##Verify##}|{##}|{###}##}|##}{##|{##a##} b|{##a b##}
a@b.example|@b|a@|a@@|@@@|@@|a b@c|a@b c|import-AbC123xyz|import-|imports-a|6f1c9e2e-0000-4000-8000-3c0ffee00000
6F1C9E2E-0000-4000-B000-3C0FFEE00000|6f1c9e2e-0000-1000-8000-3c0ffee00000|6f1c9e2e-0000-4000-7000-3c0ffee00000
6f1c9e2e000040008000-3c0ffee00000----|deadBEEF09|demo|a|-a|a-|a-b|aa|Demo|/|//|/a/|/a|a/|/a b/|/\\u007f|/service/roles/
authenticated|unauthenticated|ununauthenticated|123456|12345x|https://demo.example/path?a=b#c|eyJhbGciOi.J9-_=.x|a+b/c==|x.y;z:/-
ab|abc|a_c|_bc|ab_|a b|a bc|ab c|abc_|acme corp|acme, corp.=+@-|custom:colour|name|\\u00e9l\\u00e8ve|\\u6f22\\u5b57|\\ud83d\\ude00|a\\u0301
\\u00a0|\\u3000|\\u2003|\\u200d|\\u202e|\\ue000|\\ufffd|\\ufffe|\\ufeff|\\u0378|\\u0085|\\u00ad|\\u00ff|\\u0100|\\u00a1|\\u2028|\\u2029|\\u093e|\\u2167
\\ud835\\udc00|\\udbff\\udffd|\\ud800\\udf80|\\u0000|\\u0000a|a\\u0000|\\u0009|\\u000a|\\u000b|\\u000c|\\u000d|\\u001f|\\u0020|\\u007e|\\u007f|"|\\\\|'
""".strip()
CHARACTERS = "aZz09fg_-+=.,:;/@*#{}~!\" \\\t\n\r\x0b\x0c\x00\x1f\x7f\x85\xa0\xa1\xad\xe9\xffĀ\u0301\u0378\u093e\u1680" + (
    "\u2003\u200d\u2028\u2029\u202e\u2167\u3000漢\ue000\ufffd\ufffe😀𝐀\U0010fffd"
)


def write_samples(patterns, names):
    """For each pattern, strings that it takes and strings that it does not, as a real engine says."""
    seeds = {json.loads(f'"{seed}"') if seed not in ('"', "'") else seed for line in SEEDS.split("\n") for seed in line.split("|")}
    chance = random.Random(1)
    pool = {"", *CHARACTERS, *seeds}
    for seed in sorted(seeds):
        for _ in range(6):
            at, char = chance.randint(0, len(seed)), chance.choice(CHARACTERS)
            pool.add(seed[:at] + char + seed[at + chance.randint(0, 1) :])
    for length in (2, 3, 63, 64):
        pool |= {"a" * length, "0-" * length, "a" * length + "-"}
    texts, rows = sorted(pool), []
    position = {text: at for at, text in enumerate(texts)}
    for pattern in sorted(patterns):
        takes = in_python(pattern).fullmatch
        rows.append({"pattern": pattern, "takes": [position[text] for text in texts if takes(text)]})
        if not rows[-1]["takes"]:
            sys.exit(f"no sample that {names[pattern]} takes: add a seed")
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    write(
        MODEL / "fixture/pattern.json",
        '{"samples":' + json.dumps(texts, separators=(",", ":")) + ',\n"patterns":[\n' + lines + "\n]}\n",
    )


def main():
    session = botocore.session.get_session()
    names, done, used, missing = matchers(), built(), set(), []
    for service, (file, whole) in SERVICES.items():
        model = session.get_service_model(service)
        description = session.get_component("data_loader").load_service_model(service, "service-2")
        inputs = {}
        for name, operation in description["operations"].items():
            inputs[name] = operation.get("input", {}).get("shape")
        shapes = description["shapes"] | {None: {"type": "structure", "members": {}}}
        unknown = set(done[service]) - set(model.operation_names)
        if unknown:
            sys.exit(f"support/{file}.rs: {service} has no {sorted(unknown)}")
        operations = model.operation_names if whole else done[service]
        extra = ""
        if description["metadata"]["protocol"] == "rest-json":
            extra = routes([(name, description["operations"][name]["http"]) for name in sorted(operations)])
        write_table(service, file, operations, shapes, inputs, names, used, extra)
        if whole:
            missing += [f"{service} {name}" for name in sorted(set(operations) - set(done[service]))]
    if set(names) - used:
        sys.exit(f"pattern.rs: no shape uses {sorted(names[text] for text in set(names) - used)}")
    write_unicode()
    write_samples(used, names)
    write(COVERAGE, "".join(f"{line}\n" for line in missing))
    if different:
        sys.exit(f"not what botocore {botocore.__version__} and the support tables make: {', '.join(different)}")
    print(f"botocore {botocore.__version__}: {len(used)} patterns, {len(missing)} Cognito operations not built yet")


if __name__ == "__main__":
    main()
