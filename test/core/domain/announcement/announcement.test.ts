import { describe, expect, test } from "vitest";
import {
  type Announcement,
  type AnnouncementContent,
  contentHashOf,
  isOver,
  workingVersion,
} from "../../../../core/domain/announcement/announcement.ts";
import { endOfDay } from "../../../../core/domain/form/coming-day.ts";

const content: AnnouncementContent = {
  kind: "outage",
  title: "Internet terputus",
  text: "Sejak pukul 08.00.",
  inForceUntil: new Date("2026-11-30T17:00:00Z"),
  officeIds: [3, 1, 2],
  ticketId: 7,
};

describe("what an approval is bound to", () => {
  test("is the same for the same text and audience, in whichever order the offices were chosen", () => {
    expect(contentHashOf({ ...content, officeIds: [1, 2, 3] })).toBe(contentHashOf(content));
    expect(contentHashOf(content)).toMatch(/^[0-9a-f]{64}$/);
  });

  const changes: Partial<AnnouncementContent>[] = [
    { kind: "maintenance" },
    { title: "Internet terputus." },
    { text: "Sejak pukul 09.00." },
    { inForceUntil: null },
    { inForceUntil: new Date("2026-12-01T17:00:00Z") },
    { officeIds: null },
    { officeIds: [] },
    { officeIds: [1, 2] },
    { ticketId: null },
  ];
  test.each(changes)("is another one with %o", (change) => {
    expect(contentHashOf({ ...content, ...change })).not.toBe(contentHashOf(content));
  });

  test("does not take words of the title for words of the text", () => {
    const one = contentHashOf({ ...content, title: "A", text: "B C" });
    expect(contentHashOf({ ...content, title: "A B", text: "C" })).not.toBe(one);
  });
});

test("the last day is in force to its end, local in the office's zone", () => {
  const end = endOfDay("2026-11-30T01:00:00Z", "Asia/Jakarta");
  expect(end.toISOString()).toBe("2026-11-30T17:00:00.000Z");
  expect(isOver({ inForceUntil: end }, new Date("2026-11-30T16:59:59Z"))).toBe(false);
  expect(isOver({ inForceUntil: end }, end)).toBe(true);
  expect(isOver({ inForceUntil: null }, end)).toBe(false);
});

test("what is worked on is what waits, or else what was sent", () => {
  const of = (changes: Partial<Announcement>) =>
    workingVersion({ version: 3, sentVersion: 2, stage: "sent", ...changes } as Announcement);
  expect(of({ stage: "written" })).toBe(3);
  expect(of({ stage: "asked" })).toBe(3);
  expect(of({ stage: "rejected" })).toBe(3);
  expect(of({ stage: "sent" })).toBe(2); // version 3 was discarded
  expect(of({ stage: "withdrawn" })).toBe(2);
  expect(of({ stage: "discarded", sentVersion: null })).toBe(3);
});
