import { inflateSync } from "node:zlib";
import bwipjs from "bwip-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findCable } from "../../../core/db/cable/cables.ts";
import { runInThread } from "../../../worker/in-thread.ts";
import { drawCableLabels, type LabelText, sheet } from "../../../worker/papers/cable-labels.ts";
import { cableLabelsText } from "../../../worker/papers/cable-labels-text.ts";
import { putDevice, putPlace, putRack, withCables } from "../../support/cables.ts";
import { accepted } from "../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../support/office.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const label: LabelText = {
  number: "K-0042",
  code: "DC.A2.20:1/DC.A2.42:14",
  here: "DC.A2.20:1",
  there: "DC.A2.42:14",
  thereName: "SRV-SIMPEG",
  ticket: "T-0042",
  link: "https://t.me/simpul_bot?start=kabel-42",
};
/** The longest name of a device, in the widest letter. */
const longest = `${"W".repeat(60)}:1024`;

/** What stands readable in a PDF: its objects, and the streams that are only compressed. */
function contentsOf(pdf: Uint8Array): string {
  const text = Buffer.from(pdf).toString("latin1");
  const streams = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = ""]) => {
    try {
      return inflateSync(Buffer.from(body, "latin1")).toString("latin1");
    } catch {
      return "";
    }
  });
  return [text, ...streams].join("\n");
}

const pagesOf = (pdf: Uint8Array) => contentsOf(pdf).match(/\/Type \/Page\b/g)?.length;

test.each([
  [1, 1],
  [24, 1],
  [25, 2],
  [48, 2],
  [120, 5],
])("%d labels are %d sheets of A4", async (count, sheets) => {
  const pdf = await drawCableLabels({ labels: Array.from({ length: count }, () => label) });
  expect(pagesOf(pdf)).toBe(sheets);
  expect(contentsOf(pdf)).toContain("/MediaBox [0 0 595.28 841.89]");
});

test("labels with the longest names take no further sheet", async () => {
  const long = { ...label, here: longest, there: longest, code: `${longest}/${longest}`, thereName: "W".repeat(30) };
  expect(pagesOf(await drawCableLabels({ labels: Array.from({ length: 24 }, () => long) }))).toBe(1);
});

test("the labels of a sheet fill it and do not leave it", () => {
  expect(sheet.columns * sheet.widthMm).toBe(210);
  expect(sheet.topMm + sheet.rows * sheet.heightMm).toBeLessThanOrEqual(297);
});

/** The path of a drawing in a PDF, as its numbers, without where it stands. */
const shapeOf = (svg: string) => (/ d="([^"]+)"/.exec(svg)?.[1] ?? "").match(/[\d.]+/g)?.join(" ") ?? "";

test("the code that is drawn is that of the link", async () => {
  const expected = shapeOf(bwipjs.toSVG({ bcid: "qrcode", eclevel: "Q", scale: 2, text: label.link } as never));
  const other = shapeOf(bwipjs.toSVG({ bcid: "qrcode", eclevel: "Q", scale: 2, text: `${label.link}1` } as never));
  const drawn = contentsOf(await drawCableLabels({ labels: [label] }))
    .match(/^[\d.]+ [\d.]+ [ml]$/gm)
    ?.map((line) => line.slice(0, -2))
    .join(" ");
  expect(expected.length).toBeGreaterThan(1000);
  expect(drawn).toContain(expected);
  expect(drawn).not.toContain(other);
});

test("a cable has two labels, one for each end, with the far end and the link to it", async () => {
  const cables = withCables(office);
  const rackId = await putRack(office.db, "DC", "A2");
  const [sw, srv] = [await putDevice(office.db, "SW-A2"), await putDevice(office.db, "SRV-SIMPEG")];
  await putPlace(office.db, rackId, 20, sw);
  const ticketId = await office.file();
  const id = accepted(await cables.lay([sw, 1], [srv, 14], { ticketId }));
  const labelId = (await findCable(office.db, id))?.label.id ?? 0;
  const { labels } = await cableLabelsText(office.db, { labelIds: [labelId], botUsername: "simpul_bot" });
  const both = {
    number: `K-000${id}`,
    code: "DC.A2.20:1/SRV-SIMPEG:14",
    link: `https://t.me/simpul_bot?start=kabel-${id}`,
    ticket: "T-0001",
  };
  expect(labels).toEqual([
    { ...both, here: "DC.A2.20:1", there: "SRV-SIMPEG:14", thereName: "SRV-SIMPEG" },
    { ...both, here: "SRV-SIMPEG:14", there: "DC.A2.20:1", thereName: "SW-A2" },
  ]);
  accepted(await cables.remove(id));
  await expect(cableLabelsText(office.db, { labelIds: [labelId], botUsername: "b" })).rejects.toThrow("have ended");
});

test("sheets are drawn in a thread of their own", async () => {
  const module = new URL("../../../worker/papers/cable-labels-thread.ts", import.meta.url);
  const pdf = await runInThread<Uint8Array>(module, { labels: [label] }, "drawing labels of cables");
  expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe("%PDF-");
});
