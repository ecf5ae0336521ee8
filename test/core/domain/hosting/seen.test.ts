import { expect, it } from "vitest";
import { reachableFrom } from "../../../../core/domain/hosting/seen.ts";

it.each([
  ["passed", "passed", "intranet-and-internet"],
  ["passed", "not-applicable", "intranet-only"],
  ["passed", "not-tested", undefined],
  ["not-applicable", "not-applicable", undefined],
] as const)(
  "what was seen as %s from the intranet and %s from the internet is reached from %s",
  (intranet, internet, from) => {
    expect(reachableFrom({ intranet, internet })).toBe(from);
  },
);
