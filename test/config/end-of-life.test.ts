import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { EndOfLifeError, loadEndOfLife } from "../../config/end-of-life.ts";

it("holds what applications here run on, some of it maintained", () => {
  const table = loadEndOfLife();
  expect([...table.keys()]).toEqual(
    expect.arrayContaining(["php", "nodejs", "python", "java", "laravel", "codeigniter", "wordpress", "debian"]),
  );
  for (const [product, cycles] of table) {
    expect({ product, isSome: cycles.some(({ ends }) => ends === "maintained" || ends > "2026-11-28") }).toEqual({
      product,
      isSome: true,
    });
  }
});

it("names all mistakes of the file with a right value", () => {
  const folder = mkdtempSync(join(tmpdir(), "end-of-life-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, "end-of-life.yaml"),
    'sources: { A: x }\nproducts:\n  php: { source: A, cycles: { "8.x": "2026-12-31" } }\n  java: { source: A, cycles: { "8": soon } }\n',
  );
  expect(() => loadEndOfLife(folder)).toThrow(EndOfLifeError);
  expect(() => loadEndOfLife(folder)).toThrow(
    /products\.php\.cycles\.8\.x: .*"8\.3"[\s\S]*products\.java\.cycles\.8: must be the last day .*"2027-12-31"/,
  );
  writeFileSync(join(folder, "end-of-life.yaml"), "sources: { A: x }\nproducts:\n  php: { source: B, cycles: {} }\n");
  expect(() => loadEndOfLife(folder)).toThrow('sources has no "B"; there are A');
});
