import { afterAll, beforeAll, expect, test } from "vitest";
import type { Intercept } from "../../../telegram-server/server.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { eventually, fault } from "../support.ts";
import { fileComplaint } from "./complaints.ts";

let desk: TestDesk;
/** Removing buttons fails as long as it is so; `tried` is how often it did. */
const removing = { fails: false, tried: 0 };

const intercept: Intercept = async ({ method }) => {
  if (method !== "editMessageReplyMarkup" || !removing.fails) return undefined;
  removing.tried += 1;
  return fault(502, "Bad Gateway");
};

beforeAll(async () => {
  desk = await openDesk({ intercept });
  await desk.link("user", "helpDesk");
  await desk.settled();
});
afterAll(() => desk.close());

test("the former of two copies of a question that is answered at once keeps the buttons of the next", async () => {
  const ticketId = await fileComplaint(desk);
  const card = desk.card("helpDesk", ticketId);
  await desk.pressOn("helpDesk", card, "Terbitkan WO");
  const former = desk.newest("helpDesk");

  removing.fails = true;
  const again = desk.buttonsOf(card).find(({ text }) => text === "Terbitkan WO")?.callback_data ?? "";
  desk.server.people.press(desk.idOf("helpDesk"), card.message_id, again);
  await eventually(() => removing.tried).toBeGreaterThan(0);
  const copy = desk.newest("helpDesk");
  expect(copy.message_id).toBeGreaterThan(former.message_id);
  const answer = desk.buttonsOf(former).find(({ text }) => text === "Belum diketahui")?.callback_data ?? "";
  desk.server.people.press(desk.idOf("helpDesk"), former.message_id, answer);
  removing.fails = false;
  await desk.settled();

  const now = (id: number) => desk.fromBot("helpDesk").find(({ message_id }) => message_id === id) ?? card;
  expect(desk.labels(now(former.message_id))).toContain("Lewati ▶️");
  expect(desk.labels(now(copy.message_id))).toEqual([]);
});
