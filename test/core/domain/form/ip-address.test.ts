import { expect, it } from "vitest";
import { isLocal } from "../../../../core/domain/form/ip-address.ts";

it.each([
  ["10.10.5.20", true],
  ["172.31.255.1", true],
  ["172.32.0.1", false],
  ["100.64.0.9", true],
  ["103.110.5.20", false],
  ["fd00::5", true],
  ["2001:db8::5", false],
])("%s is local: %s", (address, expected) => {
  expect(isLocal(address)).toBe(expected);
});
