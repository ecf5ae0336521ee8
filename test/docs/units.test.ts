import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "docs/operations");
const { config } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { config: { node: string } };

/** The settings of a section, without comments. */
function settingsOf(unit: string, section: string): string[] {
  const [, text = ""] = readFileSync(join(folder, unit), "utf8").split(`[${section}]\n`);
  const [own = ""] = text.split(/^\[/m);
  return own.split("\n").filter((line) => /^\w+=/.test(line));
}

const without = (settings: string[], names: RegExp) => settings.filter((line) => !names.test(line));

test("the unit of a part may, and may not, do what that of the whole may", () => {
  const own = /^(ExecStart|EnvironmentFile)=/;
  const [whole, part] = [settingsOf("simpul.service", "Service"), settingsOf("simpul@.service", "Service")];

  expect(without(part, own)).toEqual(without(whole, own));
  expect(whole.length).toBeGreaterThan(25);
  expect(part).toContain("EnvironmentFile=/etc/simpul/simpul.env");
});

test("the whole and the image give Node what npm gives it", () => {
  const starts = settingsOf("simpul.service", "Service").filter((line) => line.startsWith("ExecStart="));

  expect(starts).toEqual([`ExecStart=/opt/simpul/node_modules/.bin/node ${config.node} main.ts`]);
  expect(readFileSync(join(root, "Dockerfile"), "utf8")).toContain(`\nENV NODE_OPTIONS=${config.node}\n`);
});

test.each([
  ["bot", "bot"],
  ["bot-2", "bot"],
  ["web-2", "web"],
  ["worker", "worker"],
  ["worker-10", "worker"],
])("simpul@%s runs the part %s", (instance, part) => {
  const start = settingsOf("simpul@.service", "Service").find((line) => line.startsWith("ExecStart="));
  const [, script = ""] = /^ExecStart=\/bin\/sh -c '(exec node_modules\/\.bin\/node .+)' %i$/.exec(start ?? "") ?? [];
  // As systemd reads it, and with a program that says what it was given.
  const read = script
    .replaceAll("%%", "%")
    .replaceAll("$$", () => "$")
    .replace("node_modules/.bin/node", "echo");

  const given = execFileSync("/bin/sh", ["-c", read, instance], { encoding: "utf8" });

  expect(given).toBe(`${config.node} parts/run.ts ${part}\n`);
});
