import { describe, expect, it } from "vitest";
import { villageLabel, villageNames } from "../../../../core/domain/names/village-name.ts";
import { findVillages } from "../../../../core/domain/names/village-search.ts";
import { parseCsv } from "../../../../worker/csv.ts";

describe("the names of a village", () => {
  it("are those of the examples of L V", () => {
    expect(villageNames("Aek Tapa", "labura")).toMatchObject({ value: { plain: "aektapa.desa.id" } });
    expect(villageNames("Sukarame", "labura")).toMatchObject({ value: { fallback: "sukarame-labura.desa.id" } });
  });

  const villages = [
    "desa;label",
    "Aek Tapa;aektapa",
    "  Aek   Tapa  ;aektapa",
    "AEK TAPA;aektapa",
    "Na IX-X;naixx",
    "Kuala Beringin;kualaberingin",
    "Sei‐Raja;seiraja",
    "Simpang Marbau – Hulu;simpangmarbauhulu",
    "Sungai Apung;sungaiapung",
    "Pulo Jantán;pulojantan",
    "Négeri Lama;negerilama",
    "Teluk Pulai Ḍalam;telukpulaidalam",
    "Ma’rifat;marifat",
    "Kp. Yaman;kpyaman",
    "Padang Maninjau 2;padangmaninjau2",
    '"Desa; Baru";',
  ].join("\n");

  it("leave out spaces, hyphens, apostrophes, dots and marks, as in a list", () => {
    const parsed = parseCsv(Buffer.from(villages));
    const lines = parsed.ok ? parsed.value.slice(1) : [];
    expect(lines).toHaveLength(15);
    for (const { cells } of lines) {
      const [village = "", expected = ""] = cells;
      const label = villageLabel(village);
      expect(label.ok ? label.value : "", village).toBe(expected);
    }
  });

  it.each(["", "---", "Desa/Baru", "村", "a@b", "Straße"])("%s has none", (village) => {
    expect(villageLabel(village)).toMatchObject({ ok: false, refusal: { code: "village-name-unusable" } });
  });

  it("are labels of 63 letters at most, the suffix too", () => {
    expect(villageNames("a".repeat(56), "labura").ok).toBe(true);
    expect(villageNames("a".repeat(57), "labura")).toMatchObject({ refusal: { code: "domain-label-too-long" } });
  });
});

describe("which village is meant", () => {
  const known = [
    { id: 1, name: "Aek Tapa", district: "Marbau" },
    { id: 2, name: "Sukarame", district: "Kualuh Hulu" },
    { id: 3, name: "Sukarame Baru", district: "Kualuh Hulu" },
    { id: 4, name: "Sidomulyo", district: "Marbau" },
    { id: 5, name: "Sido Mulyo", district: "Aek Kuo" },
  ];
  const idsOf = (entered: string) => {
    const found = findVillages(entered, known);
    return found.ok ? found.value.map(({ id }) => id) : found.refusal;
  };

  it.each([
    ["Aek Tapa", [1]],
    ["desa aek-tapa", [1]],
    ["AEKTAPA", [1]],
    ["Sukarame", [2]],
    ["Sidomulyo", [4, 5]],
  ])("%s", (entered, ids) => {
    expect(idsOf(entered)).toEqual(ids);
  });

  it.each([
    ["Aek Tepa", { village: "Aek Tepa", meant: "Aek Tapa (Marbau)" }],
    ["Suka", { village: "Suka", meant: "Sukarame (Kualuh Hulu), Sukarame Baru (Kualuh Hulu)" }],
    ["Qwertzuiopqwertz", { village: "Qwertzuiopqwertz" }],
  ])("%s is refused with near ones", (entered, values) => {
    expect(idsOf(entered)).toEqual({ code: "village-unknown", values });
  });
});
