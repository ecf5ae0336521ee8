import { describe, expect, it } from "vitest";
import { showSize } from "../../../../core/domain/upload/size-text.ts";
import {
  isGoodForBytes,
  isGoodForNews,
  keptFreeBytes,
  refusalOfLength,
  refusalOfPart,
  uploadExpiry,
} from "../../../../core/domain/upload/upload-rules.ts";

const now = new Date("2026-11-22T02:00:00Z");
const good = { expiresAt: uploadExpiry(now), draftId: 1, ticketId: null, attachmentId: null, isLinked: true };
const gigabyte = 2 ** 30;

describe("a link for a file", () => {
  it("is good for 24 hours and not a moment longer", () => {
    const end = new Date("2026-11-23T02:00:00Z");
    expect(isGoodForBytes(good, new Date(end.getTime() - 1))).toBe(true);
    expect(isGoodForBytes(good, end)).toBe(false);
  });

  it.each([
    ["while nothing was uploaded", {}, true, true],
    ["when all has come", { attachmentId: 7 }, false, true],
    ["when all has come and the form was sent", { attachmentId: 7, draftId: null }, false, true],
    ["when the form was sent before all has come", { draftId: null, ticketId: 3 }, true, true],
    ["when the form is gone", { draftId: null }, false, false],
    ["when the person is not linked", { isLinked: false }, false, false],
    ["when all has come and the person is not linked", { isLinked: false, attachmentId: 7 }, false, false],
  ])("%s takes bytes or tells news", (_what, changes, bytes, news) => {
    expect([isGoodForBytes({ ...good, ...changes }, now), isGoodForNews({ ...good, ...changes }, now)]).toEqual([
      bytes,
      news,
    ]);
  });
});

describe("a file", () => {
  const limits = { largestMegabytes: 2048, freeBytes: 100 * gigabyte, promisedBytes: 0 };
  it.each([
    ["of one byte", 1, {}, undefined],
    ["of nothing", 0, {}, "upload-empty"],
    ["of part of a byte", 1.5, {}, "upload-empty"],
    ["as large as may be", 2 * gigabyte, {}, undefined],
    ["larger than that", 2 * gigabyte + 1, {}, "upload-too-large"],
    ["that fits beside what is kept free", gigabyte, { freeBytes: gigabyte + keptFreeBytes }, undefined],
    ["that does not", gigabyte, { freeBytes: gigabyte + keptFreeBytes - 1 }, "disk-full"],
    [
      "that does not beside what others have begun",
      gigabyte,
      { freeBytes: gigabyte + keptFreeBytes, promisedBytes: 1 },
      "disk-full",
    ],
  ])("%s", (_what, bytes, changes, code) => {
    const fits = refusalOfLength(bytes, { ...limits, ...changes });
    expect(fits.ok ? undefined : fits.refusal.code).toBe(code);
  });
});

it.each([
  ["at the end of what has come", { offset: 5, sizeBytes: 5 }, undefined],
  ["of nothing", { offset: 5, sizeBytes: 0 }, undefined],
  ["before it", { offset: 4, sizeBytes: 1 }, { code: "upload-offset", values: { offset: 5 } }],
  ["behind it", { offset: 6, sizeBytes: 1 }, { code: "upload-offset", values: { offset: 5 } }],
  ["beyond the end", { offset: 5, sizeBytes: 6 }, { code: "upload-beyond-end", values: { lengthBytes: 10 } }],
])("a part %s", (_what, part, refusal) => {
  const fits = refusalOfPart({ receivedBytes: 5, lengthBytes: 10 }, part);
  expect(fits.ok ? undefined : fits.refusal).toEqual(refusal);
});

it.each([
  [1, "0 KB"],
  [30 * 2 ** 20, "30 MB"],
  [1.5 * gigabyte, "1,5 GB"],
  [2 * gigabyte, "2 GB"],
  [3000 * gigabyte, "3.000 GB"],
])("%d bytes are shown as %s", (bytes, shown) => {
  expect(showSize(bytes)).toBe(shown);
});
