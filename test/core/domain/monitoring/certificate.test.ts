import { expect, it } from "vitest";
import { isEndingSoon, warningDays } from "../../../../core/domain/monitoring/certificate.ts";
import { dueWarning } from "../../../../core/domain/monitoring/ending.ts";
import { at } from "../../../support/monitoring.ts";

const day = 86_400;
const days = [30, 14, 7, 1];

it("a certificate is warned of only late, where a machine hosts it and renews it before that", () => {
  const page = { kind: "http", url: "https://a.go.id/", status: null, text: null } as const;
  const hosted = { ...page, at: "10.1.0.5" };
  const dueOf = (settings: typeof page, left: number, ofProfile = days) =>
    dueWarning({ endsAt: at(left * day), toldDays: null }, warningDays(settings, ofProfile), at(0));
  expect([30, 15, 14, 7, 1].map((left) => dueOf(page, left))).toEqual([30, 30, 14, 7, 1]);
  expect([30, 15, 14, 7, 1].map((left) => dueOf(hosted, left))).toEqual([undefined, undefined, 14, 7, 1]);
  expect([15, 14].map((left) => dueOf(hosted, left, [30]))).toEqual([undefined, 14]);
  expect(dueOf(hosted, 1, [])).toBeUndefined();
});

it.each([
  [31, days, false],
  [30, days, true],
  [-1, days, true],
  [1, [], false],
  [-1, [], true],
])("a certificate of %d more days ends soon by the profile's %j: %s", (left, ofProfile, isSoon) => {
  expect(isEndingSoon(at(left * day), ofProfile, at(0))).toBe(isSoon);
});
