import { expect, it } from "vitest";
import { contractTermOf } from "../../../../core/domain/inventory/contract.ts";

const zone = "Asia/Jakarta";
/** Sunday 22 November 2026, 23.30 WIB. */
const now = new Date("2026-11-22T16:30:00Z");

it.each([
  ["2026-11-21", "ended", -1],
  ["2026-11-22", "ends-soon", 0],
  ["2027-01-21", "ends-soon", 60],
  ["2027-01-22", "runs", 61],
])("a contract that ends on %s is seen as: %s, %d days left", (endsOn, term, daysLeft) => {
  expect(contractTermOf(endsOn, { now, zone })).toEqual({ term, daysLeft });
});

it("its last day ends at midnight of the office, not of Greenwich", () => {
  const soon = { now: new Date("2026-11-22T17:00:00Z"), zone };
  expect(contractTermOf("2026-11-22", soon).term).toBe("ended");
});
