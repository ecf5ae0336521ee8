import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePng } from "../../../worker/papers/png.ts";
import { drawPrefixMap, type PrefixMapText } from "../../../worker/papers/prefix-map.ts";
import { prefixMapText } from "../../../worker/papers/prefix-map-text.ts";
import { accepted, withAddresses } from "../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../support/office.ts";

const pngSignature = [0x89, 0x50, 0x4e, 0x47];

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

describe("the picture of a prefix", () => {
  it("shows what is in the database", async () => {
    const ipam = await withAddresses(office);
    const prefixId = accepted(await ipam.addPrefix("10.0.0.0/8"));
    accepted(await ipam.addPrefix("10.128.0.0/9"));
    accepted(await ipam.assign(prefixId, null));
    accepted(await ipam.reserve(prefixId, "10.0.64.1", "besok"));
    accepted(await ipam.keep(prefixId, "10.0.128.0-10.0.191.255"));
    const text = await prefixMapText(office.db, { prefixId });
    expect(text).toMatchObject({ network: "10.0.0.0/8", name: "Uji", subtitle: "Zona Utama · 1% terpakai" });
    expect(text.scale).toBe("1 kotak = satu /18; warna muda: terisi sebagian");
    expect(text.rowLabels.slice(0, 2)).toEqual(["10.0.0.0", "10.8.0.0"]);
    expect(text.cells.slice(0, 4).map(({ kind }) => kind)).toEqual(["assigned", "reserved", "kept-free", undefined]);
    expect(text.cells.filter(({ kind }) => kind === "nested")).toHaveLength(512);
  });

  const text: PrefixMapText = {
    ...{ network: "10.0.0.0/31", name: 'A & B <script>"', subtitle: "Zona Utama", scale: "1 kotak = 1 alamat" },
    ...{ columns: 2, rowLabels: ["10.0.0.0"] },
    cells: [
      { kind: "assigned", isFull: true },
      { kind: undefined, isFull: false },
    ],
  };

  it("keeps what people have written as words", () => {
    const svg = drawPrefixMap(text);
    expect(svg).toContain('A &amp; B &lt;script&gt;"</text>');
    expect(svg).not.toContain("<script>");
  });

  it("is a PNG", async () => {
    const png = await makePng(drawPrefixMap(text));
    expect([...png.subarray(0, 4)]).toEqual(pngSignature);
  });
});
