import { describe, expect, it } from "vitest";
import { parseRange, showRange } from "../../../../core/domain/ipam/range-text.ts";

describe("a range", () => {
  it.each([
    ["10.1.2.10-10.1.2.50", "10.1.2.10-10.1.2.50"],
    ["10.1.2.10 – 10.1.2.50", "10.1.2.10-10.1.2.50"],
    ["10.1.2.10", "10.1.2.10"],
    ["2001:db8::10-2001:db8::ff", "2001:db8::10-2001:db8::ff"],
  ])("is read: %s", (entered, shown) => {
    const parsed = parseRange(entered);
    expect(parsed.ok && showRange(parsed.value)).toBe(shown);
  });

  it.each([
    ["10.1.2.50-10.1.2.10", "range-backwards"],
    ["10.1.2.10-2001:db8::1", "range-of-two-families"],
    ["10.1.2.10-10.1.2.20-10.1.2.30", "range-unreadable"],
    ["10.1.2.10-50", "address-unreadable"],
    ["10.1.2.10-10.1.2.999", "address-part-too-large"],
    ["10.1.2.0/24", "address-with-length"],
  ])("is refused: %s", (entered, code) => {
    expect(parseRange(entered)).toMatchObject({ ok: false, refusal: { code } });
  });
});
