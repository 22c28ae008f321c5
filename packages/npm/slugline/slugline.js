#!/usr/bin/env node
// Runs the program, which lies in a package of its own for each platform: npm installs the one that fits.
"use strict";

const { spawnSync } = require("node:child_process");

// Of slugline itself too, exit code 2 means that it could not run.
function stop(why) {
  console.error(`slugline: ${why}`);
  process.exit(2);
}

const platform = `${process.platform}-${process.arch}`;
const name = `@slugline/${platform}`;
let program;
try {
  program = require.resolve(`${name}/slugline${process.platform === "win32" ? ".exe" : ""}`);
} catch {
  const known = Object.keys(require("./package.json").optionalDependencies);
  stop(
    known.includes(name)
      ? `the package ${name} is not installed; install again without \`--omit=optional\``
      : `there is no package for ${platform}; \`cargo install slugline\` builds the program`,
  );
}
const ended = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (ended.error) stop(`cannot run ${program}: ${ended.error.message}`);
if (ended.signal) process.kill(process.pid, ended.signal);
process.exit(ended.status ?? 2);
