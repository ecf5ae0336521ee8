import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** docs/architecture.md: what each part of the tree may import of the others; the deepest folder named counts. */
const mayImport: Record<string, readonly string[]> = {
  "core/domain": [],
  "core/db": ["core/domain"],
  "core/actions": ["core/domain", "core/db"],
  bot: ["core/domain", "core/db", "core/actions"],
  web: ["core/domain", "core/db", "core/actions"],
  worker: ["core/domain", "core/db", "core/actions", "infra"],
  monitor: ["core/domain"],
  infra: ["core/domain"],
  cli: ["core/domain", "core/db", "core/actions", "infra", "config"],
  runbooks: ["core/domain", "core/db", "core/actions", "infra", "config"],
  config: ["core/domain"],
  "telegram-server": [],
  playground: ["core/domain", "core/actions", "config", "telegram-server"],
  "playground.ts": ["core/domain", "core/actions", "config", "telegram-server", "playground"],
  parts: ["core/domain", "core/db", "core/actions", "bot", "web", "worker", "monitor", "config"],
  "main.ts": ["playground.ts", "core/domain", "core/db", "core/actions", "parts", "config", "telegram-server"],
};
const parts = Object.keys(mayImport).sort((one, other) => other.length - one.length);
const exempt = ["node_modules", "test", "bench", "docs", "vitest.config.ts"];

const partOf = (path: string) => parts.find((part) => path === part || path.startsWith(`${part}/`));

const sources = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts"))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .filter((path) => !path.startsWith(".") && !exempt.some((name) => path === name || path.startsWith(`${name}/`)));

function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), "utf8");
  const lines = text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return [...lines].map(([, target = ""]) => relative(root, resolve(root, dirname(path), target)));
}

test("every source belongs to a part of the tree", () => {
  expect(sources.filter((path) => partOf(path) === undefined)).toEqual([]);
  expect(sources.length).toBeGreaterThan(50);
});

test("the image holds every part of the tree", () => {
  const held = readFileSync(join(root, ".dockerignore"), "utf8").split("\n");
  const parts = new Set(sources.map((path) => path.split("/")[0] ?? ""));
  expect([...parts].filter((part) => !held.includes(`!${part}`))).toEqual([]);
});

test("imports point one way", () => {
  const wrong = sources.flatMap((path) => {
    const own = partOf(path) ?? "";
    return importsOf(path)
      .filter((target) => {
        const part = partOf(target) ?? target;
        return part !== own && !mayImport[own]?.includes(part);
      })
      .map((target) => `${path} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});

test("rules read neither the clock nor chance nor the environment", () => {
  const impure = sources
    .filter((path) => path.startsWith("core/domain/"))
    .filter((path) => /new Date\(\)|Date\.now|Math\.random|process\.env/.test(readFileSync(join(root, path), "utf8")));
  expect(impure).toEqual([]);
});
