import { describe, expect, it } from "vitest";
import type { Field } from "../../../../core/domain/form/field.ts";
import { refit } from "../../../../core/domain/form/refit.ts";

const fields: readonly Field[] = [
  { name: "office", kind: "line", maxLength: 20 },
  { name: "match", kind: "choice", choices: ["7", "new"], dependsOn: ["office"] },
  { name: "kind", kind: "choice", choices: ["wired", "wi-fi"] },
  { name: "from", kind: "coming-day" },
  { name: "until", kind: "coming-day", notBefore: "from" },
];
const monday = "2026-11-23T01:00:00Z";
const tuesday = "2026-11-24T01:00:00Z";
const answers = { office: "Dinkes", match: "new", kind: "wired", from: monday, until: tuesday };

describe("when one answer changes", () => {
  it("what depends on it is asked anew, also where it would still be a choice", () => {
    expect(refit(fields, answers, "office")).toEqual({ office: "Dinkes", kind: "wired", from: monday, until: tuesday });
    expect(refit(fields, answers, "kind")).toEqual(answers);
  });

  it("a choice that is no longer offered is asked anew", () => {
    expect(refit(fields, { ...answers, kind: "fibre" }, "from")).toEqual({
      office: "Dinkes",
      match: "new",
      from: monday,
      until: tuesday,
    });
  });

  it("the answer itself stays, and what the form does not ask now", () => {
    expect(refit(fields, { ...answers, match: "9", place: "Aula" }, "match")).toMatchObject({
      match: "9",
      place: "Aula",
    });
  });

  it("a last day before the first one is asked anew; the same day or a later one stays", () => {
    expect(refit(fields, { ...answers, from: tuesday, until: monday }, "from")).not.toHaveProperty("until");
    expect(refit(fields, { ...answers, from: tuesday }, "from")).toHaveProperty("until", tuesday);
    expect(refit(fields, answers, "from")).toHaveProperty("until", tuesday);
  });
});
