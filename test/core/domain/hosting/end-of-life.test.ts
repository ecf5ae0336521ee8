import { expect, test } from "vitest";
import { type Component, problemsOfAge } from "../../../../core/domain/hosting/checks/end-of-life.ts";
import { endOfLife } from "../../../support/archives.ts";

const at = (day: string, component: Omit<Component, "path">) =>
  problemsOfAge([{ path: "x", ...component }], endOfLife, new Date(`${day}T12:00:00Z`)).map(({ code, values }) =>
    [code, values.ended ?? values.ends ?? ""].join(" ").trim(),
  );

// biome-ignore format: a table
test.each<[string, Omit<Component, "path">, string[]]>([
  ["2026-11-28", { product: "php", version: "7.4.33" }, ["end-of-life 2022-11-28"]],
  ["2026-12-31", { product: "php", version: "8.2.10" }, ["ends-soon 2026-12-31"]],
  ["2027-01-01", { product: "php", version: "8.2.10" }, ["end-of-life 2026-12-31"]],
  ["2026-11-28", { product: "php", version: "8.4.1" }, []],
  ["2026-11-28", { product: "php", version: "4.4" }, ["end-of-life 2005-09-05"]],
  ["2026-11-28", { product: "php", version: "9.1" }, ["version-unknown"]],
  ["2026-11-28", { product: "php", range: "^7.2" }, ["end-of-life 2022-11-28"]],
  ["2026-11-28", { product: "php", range: "^7.2|^8.0" }, []],
  ["2026-11-28", { product: "php", range: "any" }, ["version-unknown"]],
  ["2026-11-28", { product: "php" }, ["version-unknown"]],
  ["2026-11-28", { product: "laravel", version: "5.7.1" }, ["end-of-life 2020-02-26"]],
  ["2026-11-28", { product: "laravel", version: "13.2.0" }, []],
  ["2026-11-28", { product: "nodejs", version: "16.20.0" }, ["end-of-life 2023-09-11"]],
  ["2026-11-28", { product: "codeigniter", version: "3.1.13" }, []],
  ["2026-11-28", { product: "codeigniter", version: "2.2.6" }, ["end-of-life 2015-10-31"]],
  ["2026-11-28", { product: "debian", version: "12" }, []],
  ["2026-11-28", { product: "spring-boot", version: "2.7.18" }, ["end-of-life 2023-06-30"]],
  ["2026-11-28", { product: "flask", version: "0.1" }, []],
])("on %s: %j", (day, component, expected) => {
  expect(at(day, component)).toEqual(expected);
});
