import { expect, it } from "vitest";
import { cellOfCheck, checkInCell } from "../../../../core/domain/monitoring/listed-checks.ts";

it.each([
  ["10.20.1.5:443", "10.20.1.5", "443"],
  ["simpeg.labura.go.id:8443", "simpeg.labura.go.id", "8443"],
  ["[fd00::5]:443", "fd00::5", "443"],
])("reads %s as an address and its port, and writes it so", (cell, host, port) => {
  expect(checkInCell("tcp", cell)).toEqual({
    ok: true,
    value: { kind: "tcp", answers: { check: "tcp", host, port } },
  });
  expect(cellOfCheck({ kind: "tcp", address: host, port: Number(port) })).toBe(cell);
});

it.each(["10.20.1.5", "443", "fd00::5:443", ":443", "10.20.1.5:https", "[fd00::5]"])(
  "refuses %s, which has no port or no address",
  (cell) => {
    expect(checkInCell("tcp", cell)).toMatchObject({
      refusal: { code: "cell-without-port", values: { field: "port" } },
    });
  },
);
