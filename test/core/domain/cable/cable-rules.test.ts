import { describe, expect, it } from "vitest";
import { cableNumber, cablePayload, parseCableNumber, parseCablePayload } from "../../../../core/domain/cable/cable.ts";
import {
  mayManageCables,
  type PortTaken,
  refusalOfEnds,
  refusalOfTaking,
  type WantedEnd,
} from "../../../../core/domain/cable/cable-rules.ts";
import { nearCodes } from "../../../../core/domain/cable/near-codes.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { roles } from "../../../../core/domain/people/roles.ts";

const end = (id: number, port: number, changes: Partial<WantedEnd["asset"]> = {}): WantedEnd => {
  return { asset: { id, name: `SW-${id}`, state: "in-use", ports: 24, ...changes }, port };
};

describe("the ends of a cable", () => {
  it.each<[string, WantedEnd, WantedEnd, string | undefined, number | undefined]>([
    ["two devices", end(1, 1), end(2, 24), undefined, undefined],
    ["two ports of one device", end(1, 1), end(1, 2), undefined, undefined],
    ["a spare device", end(1, 1), end(2, 1, { state: "spare" }), undefined, undefined],
    ["one port twice", end(1, 3), end(1, 3), "cable-to-itself", 1],
    ["a device without ports", end(1, 1), end(2, 1, { ports: 0 }), "cable-device-without-ports", 1],
    ["a retired device", end(1, 1, { state: "retired" }), end(2, 1), "cable-device-retired", 0],
    ["port 25 of 24", end(1, 1), end(2, 25), "cable-port-outside", 1],
    ["port 0", end(1, 0), end(2, 1), "cable-port-outside", 0],
    ["half a port", end(1, 1.5), end(2, 1), "cable-port-outside", 0],
    ["no port at all", end(1, Number.NaN), end(2, 1), "cable-port-outside", 0],
  ])("may be %s, or are refused", (_, one, other, code, where) => {
    const outcome = refusalOfEnds([one, other]);
    expect(outcome.ok ? undefined : outcome.refusal.code).toBe(code);
    expect(outcome.ok ? undefined : outcome.refusal.values.end).toBe(where);
  });

  it.each<[string, PortTaken | undefined, string | undefined]>([
    ["nothing has", undefined, undefined],
    ["another cable has", { by: "cable", cableId: 7 }, "cable-port-taken"],
    ["is reserved for the place of the other device", { by: "place", name: "SIMPEG", assetId: 2 }, undefined],
    ["is reserved for the place of a third device", { by: "place", name: "SIMPEG", assetId: 3 }, "cable-port-reserved"],
    [
      "is reserved for a place where nothing is yet",
      { by: "place", name: "SIMPEG", assetId: null },
      "cable-port-reserved",
    ],
  ])("a port that %s is taken, or refused", (_, taken, code) => {
    const outcome = refusalOfTaking(end(1, 1), taken, end(2, 1));
    expect(outcome.ok ? undefined : outcome.refusal.code).toBe(code);
  });
});

it("cables are those of it-support, infrastructure and data-center; administrators help out", () => {
  const holder = (role: Person["roles"][number], isActive = true): Person => {
    return { id: 1, name: "Uji", nip: null, officeId: 1, roles: [role], isActive, isProvisional: false };
  };
  const may = roles.filter((role) => mayManageCables(holder(role)));
  expect(may).toEqual(["it-support", "data-center", "infrastructure", "administrator"]);
  expect(mayManageCables(holder("infrastructure", false))).toBe(false);
});

describe("the number of a cable", () => {
  it.each([
    ["K-0042", 42],
    ["k42", 42],
    [" K 42 ", 42],
    ["K-12345", 12345],
    ["K-", undefined],
    ["T-0042", undefined],
    ["K-ABCDEFGHJKMN", undefined],
    ["42", undefined],
  ])("%s is read", (text, id) => {
    expect(parseCableNumber(text)).toBe(id);
  });

  it("is read as it is written", () => {
    expect(cableNumber(42)).toBe("K-0042");
    expect(parseCableNumber(cableNumber(123456))).toBe(123456);
  });

  it("goes behind START as Telegram takes it, and is told from the token of a poster and from a link code", () => {
    const payload = cablePayload(999_999_999);
    expect(payload).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    expect(parseCablePayload(payload)).toBe(999_999_999);
    for (const other of ["K-ABCDEFGHJKMN", "ABCDEFGHJKMNPQRS", "kabel-", "kabel-1x", "KABEL1", ""]) {
      expect(parseCablePayload(other)).toBeUndefined();
    }
  });
});

describe("codes that somebody may have meant", () => {
  const codes = ["DC.A2.20:1/DC.A2.42:14", "DC.A2.21:1/DC.A2.42:15", "SW-RAPAT:3/DC.A1.1:9"];

  it.each<[string, string[]]>([
    ["dc.a2.20:1/dc.a2.42:41", ["DC.A2.20:1/DC.A2.42:14", "DC.A2.21:1/DC.A2.42:15"]],
    ["SW-RAPT:3", ["SW-RAPAT:3/DC.A1.1:9"]],
    ["printer bendahara", []],
  ])("%s", (typed, near) => {
    expect(nearCodes(typed, codes)).toEqual(near);
  });
});
