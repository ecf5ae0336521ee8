import { describe, expect, it } from "vitest";
import { parseNip } from "../../../../core/domain/people/nip.ts";

describe("a NIP", () => {
  it.each([
    ["as digits", "199001012015012901", "199001012015012901"],
    ["with the spaces of the card", "19900101 201501 2 901", "199001012015012901"],
    ["with dots", "19900101.201501.1.901", "199001012015011901"],
    ["of a PPPK, with 21 for the month", "199001012021212001", "199001012021212001"],
    ["of somebody born on 29 February", "199202292015011901", "199202292015011901"],
  ])("is read %s", (_, entered, nip) => {
    expect(parseNip(entered)).toEqual({ ok: true, value: nip });
  });

  it.each([
    ["", "nip-length"],
    ["19900101201501290", "nip-length"],
    ["1990010120150129011", "nip-length"],
    ["19900101201501290X", "nip-not-digits"],
    ["١٩٩٠٠١٠١٢٠١٥٠١٢٩٠١", "nip-not-digits"],
    ["199013012015012901", "nip-form"], // born in month 13
    ["199000012015012901", "nip-form"], // born in month 0
    ["199002302015012901", "nip-form"], // born on 30 February
    ["199102292015012901", "nip-form"], // 1991 was no leap year
    ["189001012015012901", "nip-form"], // born in 1890
    ["199001012015132901", "nip-form"], // appointed in month 13
    ["199001012015002901", "nip-form"], // appointed in month 0
    ["199001012015013901", "nip-form"], // sex 3
    ["199001012015010901", "nip-form"], // sex 0
  ])("%j is refused: %s", (entered, code) => {
    expect(parseNip(entered)).toMatchObject({ ok: false, refusal: { code } });
  });

  it("says how many digits came", () => {
    expect(parseNip("1990 0101")).toMatchObject({ refusal: { values: { length: 8 } } });
  });
});
