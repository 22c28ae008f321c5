// remark.mjs SCHEMA FOLDER: lints the head of each post with remark and remark-lint-frontmatter-schema.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { remark } from "remark";
import frontmatter from "remark-frontmatter";
import frontmatterSchema from "remark-lint-frontmatter-schema";
import { VFile } from "vfile";

const [schema, folder] = process.argv.slice(2);
const embed = JSON.parse(readFileSync(schema, "utf8"));
const linter = remark()
  .use(frontmatter)
  .use(frontmatterSchema, { embed, ajvOptions: { strict: false, logger: false } })
  .freeze();
let bad = 0;
for (const name of readdirSync(folder, { recursive: true })) {
  if (!name.endsWith(".md")) continue;
  const path = join(folder, name);
  const file = new VFile({ path, value: readFileSync(path, "utf8") });
  await linter.run(linter.parse(file), file);
  bad += file.messages.length > 0;
}
console.log(bad, "bad");
