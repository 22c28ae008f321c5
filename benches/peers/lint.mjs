// lint.mjs SCHEMA FOLDER: checks the head of each post with gray-matter and ajv.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import matter from "gray-matter";

const [schema, folder] = process.argv.slice(2);
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));
let bad = 0;
for (const name of readdirSync(folder, { recursive: true })) {
  if (!name.endsWith(".md")) continue;
  const { data } = matter(readFileSync(join(folder, name), "utf8"), {});
  bad += !validate(JSON.parse(JSON.stringify(data)));
}
console.log(bad, "bad");
