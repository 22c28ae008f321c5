//! One line a finding: `file:line:column: severity[code] message`.

use std::io::{self, Write};

use super::{Look, Report, Style, line::write_lines, write_statistics};

pub(super) const STYLE: Style =
    Style { name: "concise", about: "one line a finding: file:line:column: severity[code] message", write };

fn write(report: &Report<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if look.statistics {
        write_statistics(report, out)?;
    } else {
        write_lines(report, out)?;
    }
    writeln!(out, "{}", report.summary)
}
