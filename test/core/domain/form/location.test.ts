import { expect, it } from "vitest";
import { parseLocation } from "../../../../core/domain/form/location.ts";

it.each([
  ["2.345600, 99.876500", "2.345600,99.876500"],
  ["-6.8,107.14", "-6.800000,107.140000"],
  [" 2 ; 100 ", "2.000000,100.000000"],
  ["Lokasi: 2.345600, 99.876500", "2.345600,99.876500"],
  ["Lokasi: 2.345600, 99.876500 (Kantor Bupati, Jl. Lintas)", "2.345600,99.876500"],
])("%s is %s", (entered, place) => {
  expect(parseLocation(entered)).toEqual({ ok: true, value: place });
});

it.each(["", "Aek Kanopan", "2.34", "2,345600, 99,876500", "91, 99", "2.3, 181", "2.3, 99.8, 5", "2.3, 99.8 <b>"])(
  "%s is refused",
  (entered) => {
    expect(parseLocation(entered)).toMatchObject({ ok: false, refusal: { code: "location-unreadable" } });
  },
);
