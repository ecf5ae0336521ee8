import { expect, test } from "vitest";
import { checkNames, checksOf, finding, mostFindings, resultsOf } from "../../../../core/domain/hosting/check.ts";

test("every check is for some kind of file, and is shown in one order", () => {
  const kinds = (["archive", "dump", "image"] as const).map(checksOf);
  expect(new Set(kinds.flat())).toEqual(new Set(checkNames));
  for (const names of kinds) expect(names).toEqual(checkNames.filter((name) => names.includes(name)));
});

test.each([
  ["passed", []],
  ["passed", ["application-recognised"]],
  ["not-checked", ["application-recognised", "not-read-whole"]],
  ["failed", ["not-read-whole", "application-unknown"]],
] as const)("%s is what %j makes of a check", (result, codes) => {
  const results = resultsOf("archive", { application: codes.map((code) => finding(code)) });
  expect(results.find(({ check }) => check === "application")?.result).toBe(result);
});

test("what fails is said first, and of many findings how many more there are", () => {
  const notes = Array.from({ length: mostFindings }, () => finding("licence-declared"));
  const results = resultsOf("archive", {
    licences: [...notes, finding("licence-proprietary"), finding("licence-unknown")],
  });
  const findings = results.find(({ check }) => check === "licences")?.findings ?? [];
  expect(findings.slice(0, 2).map(({ code }) => code)).toEqual(["licence-proprietary", "licence-unknown"]);
  expect(findings.at(-1)).toEqual(finding("more-findings", { count: 2 }));
});
