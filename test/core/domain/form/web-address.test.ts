import { expect, it } from "vitest";
import { parseAnswer } from "../../../../core/domain/form/field.ts";
import { hostOf, parseWebAddress } from "../../../../core/domain/form/web-address.ts";

it.each([
  ["https://simpeg.labura.go.id/masuk?x=1", "simpeg.labura.go.id"],
  ["HTTP://SIMPEG.labura.go.id", "simpeg.labura.go.id"],
  ["http://10.20.1.1:8080/", "10.20.1.1"],
  ["http://[2001:db8::1]/", "2001:db8::1"],
])("%s is that of a page", (entered, host) => {
  const url = parseWebAddress(entered);
  expect(url.ok && hostOf(url.value)).toBe(host);
});

it.each([
  ["simpeg.labura.go.id", "check-url"],
  ["file:///etc/passwd", "check-url"],
  ["http://simpeg/", "check-url"],
  ["https://", "check-url"],
  ["http://10.20.1.1:99999/", "check-url"],
  ["https://a:b@simpeg.labura.go.id/", "check-url-password"],
])("%s is refused where it is asked: %s", (entered, code) => {
  const field = { name: "url", kind: "line", maxLength: 100, isWebAddress: true } as const;
  const context = { now: new Date("2026-11-22T02:00:00Z"), zone: "Asia/Jakarta" };
  expect(parseAnswer(field, entered, context)).toMatchObject({ refusal: { code } });
});
