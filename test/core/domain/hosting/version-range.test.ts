import { expect, test } from "vitest";
import { takesCycle } from "../../../../core/domain/hosting/checks/version-range.ts";

// biome-ignore format: a table
test.each([
  ["^7.2", { "7.1": false, "7.2": true, "7.4": true, "8.0": false }],
  ["^7.2.5|^8.0", { "7.1": false, "7.2": true, "8.3": true, "9": false }],
  ["^7.2 || ^8.0", { "7.4": true, "8.3": true }],
  [">=7.2", { "7.1": false, "7.2": true, "8.4": true }],
  [">=5.6 <7.4", { "5.5": false, "5.6": true, "7.3": true, "7.4": false }],
  [">=5.6,<7.4", { "7.3": true, "7.4": false }],
  ["~7.2", { "7.1": false, "7.4": true, "8.0": false }],
  ["~4.2.1", { "4.2": true, "4.3": false }],
  ["~=4.2", { "4.2": true, "4.9": true, "5.0": false }],
  ["7.4.*", { "7.3": false, "7.4": true, "8.0": false }],
  ["7.x", { "6": false, "7": true, "8": false }],
  ["==3.2.1", { "3.2": true, "3.1": false, "4.0": false }],
  ["14 - 18", { "13": false, "14": true, "18": true, "19": false }],
  ["> 7", { "6": false, "8": true }],
  ["<= 7.4", { "7.4": true, "8.0": false }],
  ["*", { "7.4": true }],
  ["^14.2.3", { "14": true, "15": false }],
  ["v10.0", { "10": true, "11": false }],
])("%s", (range, expected) => {
  const taken = Object.fromEntries(Object.keys(expected).map((cycle) => [cycle, takesCycle(range, cycle)]));
  expect(taken).toEqual(expected);
});

test("what cannot be read is not judged", () => {
  expect(takesCycle("dev-master", "7.4")).toBeUndefined();
  expect(takesCycle("dev-master || ^7.4", "7.4")).toBe(true);
  expect(takesCycle("github:acme/x", "7.4")).toBeUndefined();
});
