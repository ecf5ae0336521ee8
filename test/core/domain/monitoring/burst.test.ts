import { expect, test } from "vitest";
import { burstOf } from "../../../../core/domain/monitoring/burst.ts";

test.each([
  [[1_000, 1_200, 900, 1_100, 1_000], { received: 5, minUs: 900, avgUs: 1_040, maxUs: 1_200, jitterUs: 200 }],
  [[1_000, null, 1_300, null, 1_100], { received: 3, minUs: 1_000, avgUs: 1_133, maxUs: 1_300, jitterUs: 250 }],
  [[null, null, 700, null, null], { received: 1, minUs: 700, avgUs: 700, maxUs: 700, jitterUs: null }],
  [[null, null, null, null, null], { received: 0, minUs: null, avgUs: null, maxUs: null, jitterUs: null }],
  [[500, 500, 500, 500, 500], { received: 5, minUs: 500, avgUs: 500, maxUs: 500, jitterUs: 0 }],
])("of the round trips %j", (roundTrips, burst) => {
  expect(burstOf(roundTrips)).toEqual({ sent: 5, ...burst });
});
