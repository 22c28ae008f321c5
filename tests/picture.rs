//! The picture in README.md is the report that the program draws on a terminal. With `UPDATE_DOCS=1` it is drawn anew.
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    fmt::Write,
    fs,
    path::Path,
    process::{Command, Output},
};

use support::Workdir;

/// What the picture shows.
const COMMAND: &str = "slugline check budget.md";
/// Columns of the terminal that it shows.
const COLUMNS: usize = 82;
/// A cell of it, in pixels, and what is around it.
const CELL: (f32, f32) = (8.4, 19.0);
const MARGIN: (f32, f32) = (20.0, 16.0);

const STYLE: &str = "
    text { font: 14px ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; white-space: pre }
    text, .plain { fill: #24292f; stroke: #24292f }
    text { stroke: none }
    .page { fill: #f6f8fa; stroke: #d0d7de }
    .b { font-weight: bold }
    .u { text-decoration: underline }
    .dim { fill: #57606a; stroke: #57606a }
    .red { fill: #b3202c; stroke: #b3202c }
    .yellow { fill: #8a5a00; stroke: #8a5a00 }
    .magenta { fill: #8034b8; stroke: #8034b8 }
    .cyan { fill: #0b6b78; stroke: #0b6b78 }
    path { fill: none !important; stroke-width: 1.3 }
    text { stroke: none !important }
    @media (prefers-color-scheme: dark) {
      text, .plain { fill: #e6edf3; stroke: #e6edf3 }
      .page { fill: #161b22; stroke: #30363d }
      .dim { fill: #9198a1; stroke: #9198a1 }
      .red { fill: #ff7b72; stroke: #ff7b72 }
      .yellow { fill: #e3b341; stroke: #e3b341 }
      .magenta { fill: #d2a8ff; stroke: #d2a8ff }
      .cyan { fill: #76d7e0; stroke: #76d7e0 }
    }
";

/// What the program prints on a terminal with colours.
fn output() -> Output {
    let post = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/readme/budget.md")).unwrap();
    let work = Workdir::new().bytes("budget.md", &post);
    Command::new(env!("CARGO_BIN_EXE_slugline"))
        .args(COMMAND.split(' ').skip(1))
        .args(["--output-format", "human"])
        .current_dir(work.root())
        .env_remove("NO_COLOR")
        .env("CLICOLOR_FORCE", "1")
        .env("COLUMNS", COLUMNS.to_string())
        .output()
        .unwrap()
}

/// A character and how it is shown: classes of the picture's style.
type Cell = (char, String);

/// The lines of a terminal: escape sequences become classes, long lines go on in the next one.
fn screen(text: &str) -> Vec<Vec<Cell>> {
    let mut lines: Vec<Vec<Cell>> = Vec::new();
    let (mut class, mut rest) = (String::new(), text);
    let mut line: Vec<Cell> = Vec::new();
    while let Some(c) = rest.chars().next() {
        if let Some(sequence) = rest.strip_prefix("\u{1b}[") {
            let (codes, after) = sequence.split_once('m').unwrap();
            for code in codes.split(';') {
                match code {
                    "0" => class.clear(),
                    "1" => class.push_str(" b"),
                    "2" => class.push_str(" dim"),
                    "4" => class.push_str(" u"),
                    "31" => class.push_str(" red"),
                    "33" => class.push_str(" yellow"),
                    "35" => class.push_str(" magenta"),
                    "36" => class.push_str(" cyan"),
                    _ => panic!("the picture has no class for {code}"),
                }
            }
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if c != '\n' {
            line.push((c, class.trim_start().to_owned()));
            continue;
        }
        while line.len() > COLUMNS {
            let end = line[..COLUMNS].iter().rposition(|(c, _)| *c == ' ').unwrap_or(COLUMNS - 1) + 1;
            let after = line.split_off(end);
            lines.push(std::mem::replace(&mut line, after));
        }
        lines.push(std::mem::take(&mut line));
    }
    lines
}

/// The strokes of a drawing character in a cell whose middle is 0 0, to whose edges `w` and `h` lead.
fn strokes(c: char, w: f32, h: f32) -> Option<String> {
    Some(match c {
        '─' => format!("h{}", 2.0 * w),
        '│' => format!("v{}", 2.0 * h),
        '┬' => format!("h{}m{} 0v{h}", 2.0 * w, -w),
        '╭' => format!("v{}q0 -4 4 -4h{}", 4.0 - h, w - 4.0),
        '╰' => format!("v{}q0 4 4 4h{}", h - 4.0, w - 4.0),
        _ => return None,
    })
}

fn number(value: f32) -> String {
    let text = format!("{value:.1}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn class(names: &str) -> String {
    if names.is_empty() { String::new() } else { format!(" class=\"{names}\"") }
}

/// A line as text, whose ends are held to their columns, and as strokes.
fn draw(line: &[Cell], row: usize, out: &mut String) {
    let (w, h) = (CELL.0 / 2.0, CELL.1 / 2.0);
    let x = |column: usize| MARGIN.0 + CELL.0 * column as f32;
    let middle = MARGIN.1 + CELL.1 * row as f32 + h;
    let mut at = 0;
    while at < line.len() {
        let (c, names) = &line[at];
        if let Some(path) = strokes(*c, w, h) {
            let mut end = at + 1;
            let path = if *c == '─' {
                while line.get(end).is_some_and(|(next, other)| next == c && other == names) {
                    end += 1;
                }
                format!("h{}", number(CELL.0 * (end - at) as f32))
            } else {
                path
            };
            let start = match c {
                '─' | '┬' => (x(at), middle),
                '│' | '╰' => (x(at) + w, middle - h),
                _ => (x(at) + w, middle + h),
            };
            let names = if names.is_empty() { "plain" } else { names };
            let (from, to) = (number(start.0), number(start.1));
            writeln!(out, "  <path{} d=\"M{from} {to}{path}\"/>", class(names)).unwrap();
            at = end;
            continue;
        }
        let same = |(next, other): &Cell| other == names && strokes(*next, w, h).is_none();
        let end = at + line[at..].iter().take_while(|cell| same(cell)).count();
        let text: String = line[at..end].iter().map(|(c, _)| *c).collect();
        // Blanks at the ends are room, not text.
        let begin = at + text.chars().take_while(|c| *c == ' ').count();
        let text = text.trim();
        if !text.is_empty() {
            let length = number(CELL.0 * text.chars().count() as f32);
            let (x, y) = (number(x(begin)), number(middle + 4.5));
            let (names, text) = (class(names), escaped(text));
            writeln!(out, "  <text{names} x=\"{x}\" y=\"{y}\" textLength=\"{length}\">{text}</text>").unwrap();
        }
        at = end;
    }
}

fn picture() -> String {
    let output = output();
    let (stdout, stderr) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    let lines = screen(&format!("\u{1b}[2m$\u{1b}[0m \u{1b}[1m{COMMAND}\u{1b}[0m\n{stdout}\u{1b}[2m{stderr}\u{1b}[0m"));
    let width = number(2.0 * MARGIN.0 + CELL.0 * COLUMNS as f32);
    let height = number(2.0 * MARGIN.1 + CELL.1 * lines.len() as f32);
    let told: String = lines[1..].iter().map(|line| line.iter().map(|(c, _)| *c).collect::<String>() + "\n").collect();
    let mut out = String::new();
    writeln!(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"title desc\">").unwrap();
    writeln!(out, "  <title id=\"title\">What {COMMAND} reports</title>").unwrap();
    writeln!(out, "  <desc id=\"desc\">{}</desc>", escaped(told.trim_end())).unwrap();
    writeln!(out, "  <style>{STYLE}  </style>").unwrap();
    writeln!(
        out,
        "  <rect class=\"page\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"8\"/>",
        number(2.0 * MARGIN.0 + CELL.0 * COLUMNS as f32 - 1.0),
        number(2.0 * MARGIN.1 + CELL.1 * lines.len() as f32 - 1.0)
    )
    .unwrap();
    for (row, line) in lines.iter().enumerate() {
        draw(line, row, &mut out);
    }
    out.push_str("</svg>\n");
    out
}

#[test]
fn the_picture_shows_what_the_program_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/report.svg");
    let real = picture();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        return fs::write(path, real).unwrap();
    }
    let shown = fs::read_to_string(path).unwrap_or_default();
    assert!(shown == real, "docs/report.svg differs; `UPDATE_DOCS=1 cargo test --test picture` draws it anew");
}

#[test]
fn the_picture_is_well_formed_and_loads_nothing() {
    let real = picture();
    let mut reader = quick_xml::Reader::from_str(&real);
    let mut texts = 0;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(start) => texts += usize::from(start.name().as_ref() == "text"),
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert!(texts > 20);
    assert!(!real.contains("href") && !real.contains("url("), "{real}");
}
