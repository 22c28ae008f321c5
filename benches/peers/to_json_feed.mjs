// to_json_feed.mjs FILE OUT: a feed to JSON Feed with feedsmith.
import { readFileSync, writeFileSync } from "node:fs";
import { parseFeed } from "feedsmith";

const [source, target] = process.argv.slice(2);
const { feed } = parseFeed(readFileSync(source, "utf8"));
const items = feed.items.map((item) => ({
  id: item.guid?.value,
  url: item.link,
  title: item.title,
  content_html: item.content?.encoded ?? item.description,
  summary: item.description,
  date_published: item.pubDate,
  authors: (item.dc?.creators ?? []).map((name) => ({ name })),
  tags: (item.categories ?? []).map((tag) => tag.name),
}));
writeFileSync(target, JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: feed.title, items }, null, 2));
