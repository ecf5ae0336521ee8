import { describe, expect, it } from "vitest";
import { lookOf } from "../../../../core/domain/names/look-alike.ts";

describe("look-alikes", () => {
  it.each([
    ["simpeg.labura.go.id", "s1mpeg.labura.go.id"],
    ["simpeg.labura.go.id", "slmpeg.labura.go.id"],
    ["simpeg.labura.go.id", "sirnpeg.labura.go.id"],
    ["simpeg.labura.go.id", "sim-peg.labura.go.id"],
    ["simpeg.labura.go.id", "simppeg.labura.go.id"],
    ["dukcapil.labura.go.id", "dukcapi1.labura.go.id"],
    ["e-office.labura.go.id", "eoffice.labura.go.id"],
    ["e-office.labura.go.id", "e0ffice.labura.go.id"],
    ["portal.labura.go.id", "p0rtal.labura.go.id"],
    ["warna.labura.go.id", "wama.labura.go.id"],
    ["mm.labura.go.id", "rn.labura.go.id"],
  ])("%s and %s", (one, other) => {
    expect(lookOf(one)).toBe(lookOf(other));
  });

  it.each([
    ["simpeg.labura.go.id", "simpel.labura.go.id"],
    ["dinkes.labura.go.id", "dinsos.labura.go.id"],
    ["api.simpeg.labura.go.id", "apisimpeg.labura.go.id"],
    ["sukarame.desa.id", "sukarame-labura.desa.id"],
    ["app2.labura.go.id", "app3.labura.go.id"],
  ])("%s and %s are none", (one, other) => {
    expect(lookOf(one)).not.toBe(lookOf(other));
  });
});
