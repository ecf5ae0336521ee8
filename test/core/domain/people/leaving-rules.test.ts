import { describe, expect, it } from "vitest";
import { decideLeaving, decideReturn, decideTransfer } from "../../../../core/domain/people/leaving-rules.ts";
import { roles } from "../../../../core/domain/people/roles.ts";
import { aPerson } from "../../../support/domain.ts";

const administrator = aPerson(1, ["administrator"]);
const inactive = { isActive: false };

describe.each([
  ["leaving", (by = administrator, who = aPerson(2, ["user"]), others = 1) => decideLeaving(by, who, others)],
  [
    "moving to another office",
    (by = administrator, who = aPerson(2, ["user"]), others = 1) => decideTransfer(by, who, 9, others),
  ],
])("%s", (_, decide) => {
  it.each(roles)("is decided by one administrator, also for %s", (role) => {
    expect(decide(administrator, aPerson(2, [role])).ok).toBe(true);
  });

  it.each(roles.filter((role) => role !== "administrator"))("is not decided by %s", (role) => {
    expect(decide(aPerson(1, [role]))).toMatchObject({ refusal: { code: "not-administrator" } });
  });

  it("is not decided by an administrator who left", () => {
    expect(decide(aPerson(1, ["administrator"], inactive))).toMatchObject({ refusal: { code: "not-administrator" } });
  });

  it("is never decided about oneself", () => {
    expect(decide(administrator, administrator)).toMatchObject({ refusal: { code: "not-yourself" } });
  });

  it("is refused of who has left", () => {
    expect(decide(administrator, aPerson(2, [], inactive))).toMatchObject({ refusal: { code: "person-inactive" } });
  });

  it("leaves one linked administrator at least", () => {
    const last = aPerson(2, ["administrator"]);
    expect(decide(administrator, last, 0)).toMatchObject({ refusal: { code: "last-administrator" } });
    expect(decide(administrator, last, 1).ok).toBe(true);
    expect(decide(administrator, aPerson(2, ["leadership"]), 0).ok).toBe(true);
  });
});

it("moving to the same office is refused, and asks for the office again", () => {
  expect(decideTransfer(administrator, aPerson(2, ["user"], { officeId: 9 }), 9, 1)).toMatchObject({
    refusal: { code: "office-already", values: { field: "office" } },
  });
});

describe("coming back", () => {
  it("is decided by an administrator, of who has left", () => {
    expect(decideReturn(administrator, aPerson(2, [], inactive)).ok).toBe(true);
    expect(decideReturn(administrator, aPerson(2, ["user"]))).toMatchObject({ refusal: { code: "person-active" } });
    expect(decideReturn(administrator, administrator)).toMatchObject({ refusal: { code: "not-yourself" } });
    expect(decideReturn(aPerson(1, ["leadership"]), aPerson(2, [], inactive))).toMatchObject({
      refusal: { code: "not-administrator" },
    });
  });
});
