// to_posts.mjs FILE FOLDER: a feed to posts with feedsmith and gray-matter.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseFeed } from "feedsmith";
import matter from "gray-matter";

const [source, target] = process.argv.slice(2);
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const taken = new Map();
const { feed } = parseFeed(readFileSync(source, "utf8"));
for (const item of feed.items) {
  let slug = (item.title ?? "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "untitled";
  taken.set(slug, (taken.get(slug) ?? 0) + 1);
  if (taken.get(slug) > 1) slug = `${slug}-${taken.get(slug)}`;
  const head = {
    title: item.title,
    date: item.pubDate && new Date(item.pubDate),
    slug,
    description: item.description,
    link: item.link,
    guid: item.guid?.value,
    author: item.dc?.creators?.[0],
    tags: (item.categories ?? []).map((tag) => tag.name),
  };
  for (const key of Object.keys(head)) if (head[key] === undefined) delete head[key];
  writeFileSync(join(target, `${slug}.md`), matter.stringify(item.content?.encoded ?? item.description ?? "", head));
}
