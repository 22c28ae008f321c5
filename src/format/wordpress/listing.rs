//! `[code]`, `[sourcecode]`, `[php]` and their like: listings of code.

use crate::syntax::html;

/// Code as a listing. Some versions of the plugin keep it escaped, others as it is.
pub(super) fn push(code: &str, language: &str, out: &mut String) {
    let code = code.strip_prefix("\r\n").or_else(|| code.strip_prefix('\n')).unwrap_or(code).trim_end();
    let plain = if code.contains(['<', '>']) { code.into() } else { html::unescape(code) };
    out.push_str("\n\n<pre><code");
    if !language.is_empty() && !matches!(language, "text" | "plain") {
        let language = language.replace(char::is_whitespace, "-");
        out.push_str(&format!(" class=\"language-{}\"", html::escape_attribute(&language)));
    }
    out.push('>');
    out.push_str(&html::escape(&plain));
    out.push_str("</code></pre>\n\n");
}

/// The language of a shortcode for code (SyntaxHighlighter Evolved); empty where that does not tell one.
pub(super) fn language_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "code" | "sourcecode" | "source" | "text" | "plain" => "",
        "as3" | "actionscript3" => "actionscript",
        "bash" | "shell" => "bash",
        "coldfusion" | "cf" => "cfm",
        "c" => "c",
        "cpp" => "cpp",
        "csharp" | "c-sharp" => "csharp",
        "clojure" | "clj" => "clojure",
        "css" => "css",
        "delphi" | "pas" | "pascal" => "pascal",
        "diff" | "patch" => "diff",
        "erlang" | "erl" => "erlang",
        "fsharp" => "fsharp",
        "go" | "golang" => "go",
        "groovy" => "groovy",
        "haskell" => "haskell",
        "java" => "java",
        "js" | "jscript" | "javascript" => "javascript",
        "json" => "json",
        "kotlin" => "kotlin",
        "latex" | "tex" => "latex",
        "matlab" => "matlab",
        "objc" | "obj-c" => "objective-c",
        "perl" | "pl" => "perl",
        "php" => "php",
        "powershell" | "ps" => "powershell",
        "py" | "python" => "python",
        "r" => "r",
        "ruby" | "rails" | "ror" => "ruby",
        "rust" => "rust",
        "scala" => "scala",
        "sql" => "sql",
        "swift" => "swift",
        "ts" | "typescript" => "typescript",
        "vb" | "vbnet" => "vbnet",
        "html" | "xhtml" => "html",
        "xml" | "xslt" => "xml",
        "yaml" | "yml" => "yaml",
        _ => return None,
    })
}
