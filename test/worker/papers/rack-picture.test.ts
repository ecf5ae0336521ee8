import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { takePort } from "../../../core/db/cable/port-uses.ts";
import { makePng } from "../../../worker/papers/png.ts";
import { drawRack, type PicturedPlace, type RackPictureText } from "../../../worker/papers/rack-picture.ts";
import { rackPictureText } from "../../../worker/papers/rack-picture-text.ts";
import { accepted } from "../../support/ipam.ts";
import { morning, openOffice, type TestOffice } from "../../support/office.ts";
import { withRacks } from "../../support/racks.ts";

const pngSignature = [0x89, 0x50, 0x4e, 0x47];

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

describe("the picture of a rack", () => {
  it("shows what is in the database: devices, reservations, ports, and what the feeds carry", async () => {
    const racks = await withRacks(office);
    const { rackId } = await racks.rack({ heightU: 10, capacities: [1000, 2000] });
    const switchId = await racks.asset("switch", { name: "SW-1", ports: 24 });
    accepted(await racks.mount(rackId, 18, switchId, { answers: { height: "1", face: "front", watts: "0" } }));
    const reserved = accepted(await racks.reserve(rackId, 1, { answers: { height: "1,5", watts: "500" } }));
    await office.act((tx) =>
      takePort(tx, { id: switchId, ports: 24 }, { port: 7, placeId: reserved }, { personId: 1, now: morning }),
    );
    const text = await rackPictureText(office.db, { rackId }, { zone: "Asia/Jakarta", now: morning });
    expect(text).toEqual({
      title: "R1 A1",
      subtitle: "Ruang uji · 10U · keadaan 22 November 2026 09.00",
      meters: [
        { label: "Unit terpakai", value: "2 dari 10U", percent: 20 },
        { label: "Daya semua jalur", value: "1.000 dari 3.000 W", percent: 33 },
        { label: "Jalur daya A", value: "500 dari 1.000 W", percent: 50 },
        { label: "Jalur daya B", value: "500 dari 2.000 W", percent: 25 },
      ],
      heightU: 10,
      places: [
        {
          kind: "occupied",
          bottom: 18,
          height: 2,
          face: "front",
          name: "SW-1",
          details: "Dinkes · port 1/24 terpakai",
        },
        {
          ...{ kind: "reserved", bottom: 1, height: 3, face: "full", name: "Server SIMPEG" },
          details: "Dinkes · 500 W · SW-1 port 7",
        },
      ],
    });
  });

  const place = (more: Partial<PicturedPlace>): PicturedPlace => ({
    ...{ kind: "occupied", bottom: 0, height: 2, face: "full", name: "SRV", details: "Dinkes" },
    ...more,
  });
  const text: RackPictureText = {
    ...{ title: "DC A2", subtitle: "Ruang", heightU: 4 },
    meters: [
      { label: "Jalur daya A", value: "950 dari 1.000 W", percent: 95 },
      { label: "Jalur daya B", value: "0 dari 1.000 W", percent: 0 },
    ],
    places: [
      place({ name: "DALAM" }),
      place({ name: "MUKA", bottom: 2, face: "front", kind: "reserved" }),
      place({ name: "PUNGGUNG", bottom: 7, height: 1, face: "back" }),
    ],
  };

  /** Where words stand: the middle of the picture parts both sides. */
  function find(svg: string, words: string): { x: number; y: number }[] {
    const texts = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)<\/text>/g)];
    return texts.flatMap(([, x, y, each]) => (each === words ? [{ x: Number(x), y: Number(y) }] : []));
  }

  it("has each thing on its side, what takes the whole depth on both, and the lowest unit below", () => {
    const svg = drawRack(text);
    const [middle] = find(svg, "1");
    const sidesOf = (name: string) => find(svg, name).map(({ x }) => (x < (middle?.x ?? 0) ? "front" : "back"));
    expect(sidesOf("DEPAN")).toEqual(["front"]);
    expect(sidesOf("DALAM")).toEqual(["front", "back"]);
    expect(sidesOf("MUKA")).toEqual(["front"]);
    expect(sidesOf("PUNGGUNG")).toEqual(["back"]);
    const heights = ["4", "3", "2", "1"].map((unit) => find(svg, unit)[0]?.y ?? 0);
    expect(heights.toSorted((one, other) => one - other)).toEqual(heights);
    const y = (name: string) => find(svg, name)[0]?.y ?? 0;
    expect(y("DALAM")).toBeGreaterThan(y("MUKA"));
    expect(y("MUKA")).toBeGreaterThan(y("PUNGGUNG"));
    expect(svg).toContain("0,5U · Dinkes");
  });

  it("hatches what is reserved only, and marks a feed that is nearly full", () => {
    const svg = drawRack({ ...text, places: [place({ kind: "reserved", face: "front" }), place({ face: "back" })] });
    const [legend, reserved, ...more] = [...svg.matchAll(/fill="url\(#hatch\)"/g)];
    expect([legend !== undefined, reserved !== undefined, more]).toEqual([true, true, []]);
    expect([...svg.matchAll(/height="10" rx="5" fill="(#\w+)"/g)].map(([, colour]) => colour)).toEqual([
      ...["#e2e8f0", "#dc2626"],
      "#e2e8f0",
    ]);
  });

  it("keeps what people have written as words, and within its box", () => {
    const svg = drawRack({ ...text, title: "A & B", places: [place({ name: `<script>"${"x".repeat(200)}` })] });
    expect(svg).toContain("A &amp; B</text>");
    expect(svg).toContain('&lt;script&gt;"xxx');
    expect(svg).not.toContain("<script>");
    expect(svg).not.toContain("x".repeat(80));
  });

  it("is a PNG, also of the highest rack that is full of half units", async () => {
    const places = Array.from({ length: 120 }, (_, bottom) => place({ bottom, height: 1 }));
    const png = await makePng(drawRack({ ...text, heightU: 60, places }));
    expect([...png.subarray(0, 4)]).toEqual(pngSignature);
  });
});
