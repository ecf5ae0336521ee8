import { describe, expect, it } from "vitest";
import { parseDomainName, parseNameBelow } from "../../../../core/domain/names/domain-name.ts";
import { refusalOfReserved } from "../../../../core/domain/names/reserved-labels.ts";
import { parseTarget } from "../../../../core/domain/names/target.ts";

const domain = "labura.go.id";
const label63 = "a".repeat(63);

describe("a name below the main domain", () => {
  it.each([
    ["simpeg", "simpeg.labura.go.id"],
    ["simpeg.labura.go.id", "simpeg.labura.go.id"],
    ["  SIMPEG ", "simpeg.labura.go.id"],
    ["api.simpeg.labura.go.id", "api.simpeg.labura.go.id"],
    ["e-kinerja", "e-kinerja.labura.go.id"],
    ["3d", "3d.labura.go.id"],
    [label63, `${label63}.labura.go.id`],
  ])("%s is %s", (entered, name) => {
    expect(parseNameBelow(entered, domain)).toEqual({ ok: true, value: name });
  });

  it.each([
    ["", "text-empty", {}],
    [" ", "text-empty", {}],
    ["a".repeat(64), "domain-label-too-long", { length: 64, longest: 63 }],
    [`${"a".repeat(64)}.labura.go.id`, "domain-label-too-long", { length: 64, longest: 63 }],
    [Array(5).fill("a".repeat(60)).join("."), "domain-too-long", { length: 304, longest: 253 }],
    [`${[label63, label63, label63, "a".repeat(50)].join(".")}.labura.go.id`, "domain-too-long", { longest: 253 }],
    ["simpeg.labura.go.id.", "domain-trailing-dot", { meant: "simpeg.labura.go.id" }],
    ["sim_peg", "domain-underscore", { meant: "sim-peg" }],
    ["antrean_disdukcapil!", "domain-underscore", { meant: "antrean-disdukcapil" }],
    ["_", "domain-underscore", { meant: "simpeg" }],
    ["xn--caf-dma", "domain-punycode", {}],
    ["a.xn--caf-dma.labura.go.id", "domain-punycode", {}],
    ["café", "domain-character", { character: "é" }],
    ["sim peg", "domain-character", { character: " " }],
    ["simpeg;drop", "domain-character", { character: ";" }],
    ["*", "domain-character", { character: "*" }],
    ["-simpeg", "domain-hyphen-at-edge", {}],
    ["simpeg-", "domain-hyphen-at-edge", {}],
    ["a..labura.go.id", "domain-empty-label", {}],
    [".labura.go.id", "domain-empty-label", {}],
    ["simpeg.cianjurkab.go.id", "domain-outside", { domain }],
    ["simpeg.xlabura.go.id", "domain-outside", { domain }],
    ["labura.go.id", "domain-outside", { domain }],
  ])("%s is refused: %s", (entered, code, values) => {
    expect(parseNameBelow(entered, domain)).toMatchObject({ ok: false, refusal: { code, values } });
  });

  it.each(["www", "mail", "mail2", "ns1", "ns-2", "admin", "wpad", "autodiscover", "postmaster"])(
    "may not be %s, which is a reserved word",
    (label) => {
      const refusal = { code: "domain-reserved", values: { label } };
      expect(refusalOfReserved(`${label}.${domain}`, domain)).toEqual({ ok: false, refusal });
    },
  );

  it.each(["simpeg", "mailing", "nsp", "web", "www.simpeg", "admin.simpeg"])("may be %s", (label) => {
    expect(refusalOfReserved(`${label}.${domain}`, domain).ok).toBe(true);
  });
});

describe("a domain name of any domain", () => {
  it("has 253 characters at most", () => {
    const long = [label63, label63, label63, "a".repeat(61)].join(".");
    expect(long).toHaveLength(253);
    expect(parseDomainName(long).ok).toBe(true);
    expect(parseDomainName(`${long}a`)).toMatchObject({ refusal: { code: "domain-too-long" } });
  });
});

describe("where a name leads", () => {
  it.each([
    ["10.1.2.3", 1, null],
    ["10.1.2.3, 10.1.2.4", 2, null],
    ["10.1.2.3;2001:db8::3", 2, null],
    ["2001:DB8::3", 1, null],
    ["fe80::a", 1, null],
    ["Simpeg.labura.go.id", 0, "simpeg.labura.go.id"],
  ])("%s", (entered, count, aliasOf) => {
    const parsed = parseTarget(entered);
    expect(parsed.ok && parsed.value.addresses.length).toBe(count);
    expect(parsed.ok && parsed.value.aliasOf).toBe(aliasOf);
  });

  it.each([
    ["", "text-empty"],
    ["999.1.1.1", "address-part-too-large"],
    ["::ffff:10.1.2.3", "address-mapped"],
    ["10.1.2.3, simpeg.labura.go.id", "address-unreadable"],
    ["simpeg", "domain-target-short"],
    ["simpeg.labura.go.id.", "domain-trailing-dot"],
    ["1.1.1.1 ".repeat(9), "domain-many-addresses"],
  ])("%s is refused: %s", (entered, code) => {
    expect(parseTarget(entered)).toMatchObject({ ok: false, refusal: { code } });
  });
});
