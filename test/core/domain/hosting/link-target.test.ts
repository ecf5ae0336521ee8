import { mkdirSync, mkdtempSync, readlinkSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { leadsOut } from "../../../../core/domain/hosting/checks/link-target.ts";

// biome-ignore format: a table
test.each([
  [false, { "a/b": "../c" }],
  [false, { "a/b": "." }],
  [true, { "a/b": "../../c" }],
  [true, { "a/b": "/etc" }],
  [true, { b: ".." }],
  [true, { b: "c/..", c: "d/../.." }],
  [true, { b: "a/up/x", "a/up": "../.." }],
  [false, { b: "a/up/x", "a/up": ".." }],
  [true, { b: "a/up/../x", "a/up": ".." }],
  [true, { b: "c", c: "b" }],
])("leads out %s: %j", (expected, links) => {
  expect(leadsOut(Object.keys(links)[0] ?? "", new Map(Object.entries(links)))).toBe(expected);
});

test("a link that is said to stay within does so on a real disk", () => {
  const part = fc.constantFrom("a", "b", "c", "..");
  const path = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
  const target = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
  let resolved = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(path, target), { minLength: 1, maxLength: 6 }), (wanted) => {
      const top = realpathSync(mkdtempSync(join(tmpdir(), "links-")));
      const root = join(top, "root");
      mkdirSync(root);
      const links = new Map<string, string>();
      for (const [name, to] of wanted) {
        // As what unpacks does, without going through a link.
        const isThrough = [...links.keys()].some(
          (each) => name === each || name.startsWith(`${each}/`) || each.startsWith(`${name}/`),
        );
        if (isThrough) continue;
        mkdirSync(dirname(join(root, name)), { recursive: true });
        try {
          symlinkSync(to, join(root, name));
          links.set(name, to);
        } catch {}
      }
      try {
        for (const name of links.keys()) {
          if (leadsOut(name, links)) continue;
          const real = realOf(join(root, name));
          if (real === undefined) continue;
          resolved += 1;
          expect({ links: [...links], name, isWithin: real === root || real.startsWith(`${root}/`) }).toMatchObject({
            isWithin: true,
          });
        }
      } finally {
        rmSync(top, { recursive: true });
      }
    }),
    { numRuns: 150 },
  );
  expect(resolved).toBeGreaterThan(10);
});

/** Undefined: it leads nowhere. */
function realOf(path: string): string | undefined {
  try {
    readlinkSync(path);
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
