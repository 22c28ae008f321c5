// to_markdown.mjs FILE OUT: the bodies of a JSON Feed to Markdown with turndown, a line of JSON each.
import { readFileSync, writeFileSync } from "node:fs";
import TurndownService from "turndown";

const [source, target] = process.argv.slice(2);
const turndown = new TurndownService({ headingStyle: "atx", codeBlockStyle: "fenced" });
const { items } = JSON.parse(readFileSync(source, "utf8"));
const lines = items.map((item) => JSON.stringify({ ...item, content_html: undefined, content_text: turndown.turndown(item.content_html) }));
writeFileSync(target, lines.join("\n") + "\n");
