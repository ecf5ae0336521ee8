import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freeRange, releaseAddress, useReservation } from "../../../../core/actions/ipam/release-address.ts";
import { markUnreachable } from "../../../../core/db/people/accounts.ts";
import { removeRole } from "../../../../core/db/people/people.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { accepted, withAddresses } from "../../../support/ipam.ts";
import { chatOf, minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let ipam: Awaited<ReturnType<typeof withAddresses>>;
let prefixId: number;
beforeAll(async () => {
  office = await openOffice();
  ipam = await withAddresses(office);
  prefixId = accepted(await ipam.addPrefix("10.1.2.0/24"));
});
afterAll(() => office.close());
beforeEach(() => office.takeMail());

/** 08.00 of the day before the last, and the first moment after it. */
const [reminderAt, endsAt] = [new Date("2026-11-24T01:00:00Z"), new Date("2026-11-25T17:00:00Z")];
const reserve = async (until = "25-11-2026", by = office.people.infrastructure) =>
  accepted(await ipam.reserve(prefixId, null, until, { by })).rangeId;

async function newsAt(...times: Date[]) {
  for (const time of times) await office.wake(time);
  const mail = await office.takeMail();
  return mail.filter(({ kind }) => kind.startsWith("reservation-"));
}

describe("who reserved an address", () => {
  it("is reminded the day before its last one at 08.00, once", async () => {
    const rangeId = await reserve();
    expect(await newsAt(minutesAfter(reminderAt, -1))).toEqual([]);
    const news = [{ to: "Efendi Rambe", kind: "reservation-ends-soon", rangeId }];
    expect(await newsAt(reminderAt, reminderAt, minutesAfter(reminderAt, 1))).toEqual(news);
    await newsAt(endsAt);
  });

  it("is told that it ended, once", async () => {
    const rangeId = await reserve();
    await newsAt(reminderAt);
    const news = [{ to: "Efendi Rambe", kind: "reservation-ended", rangeId }];
    expect(await newsAt(endsAt, endsAt, minutesAfter(endsAt, 1))).toEqual(news);
  });

  it("is not reminded where the worker slept until its end: that it ended is enough", async () => {
    const rangeId = await reserve();
    expect(await newsAt(endsAt)).toEqual([{ to: "Efendi Rambe", kind: "reservation-ended", rangeId }]);
  });

  it("is not reminded of one that ends by tomorrow", async () => {
    const rangeId = await reserve("besok");
    expect(await newsAt(minutesAfter(morning, 1))).toEqual([]);
    expect(await newsAt(endsAt)).toEqual([{ to: "Efendi Rambe", kind: "reservation-ended", rangeId }]);
  });

  it.each([
    ["used", useReservation],
    ["given up", freeRange],
  ])("hears nothing of one that was %s", async (_, end) => {
    const rangeId = await reserve();
    await office.act(async (tx) => end(tx, office.people.infrastructure, office.setting(), { rangeId }));
    expect(await newsAt(reminderAt, endsAt)).toEqual([]);
  });

  it.each<[string, (person: Person) => Promise<unknown>]>([
    ["has lost the role", (person) => office.act((tx) => removeRole(tx, person.id, "infrastructure"))],
    ["has blocked the bot", (person) => office.act((tx) => markUnreachable(tx, chatOf(person), morning))],
    ["has left", ({ id }) => office.db.updateTable("person").set({ is_active: false }).where("id", "=", id).execute()],
  ])("and %s: all of infrastructure is told instead", async (_, lose) => {
    const person = await office.hire(["infrastructure"]);
    const rangeId = await reserve("25-11-2026", person);
    await lose(person);
    expect(await newsAt(reminderAt, endsAt)).toEqual([
      { to: "Efendi Rambe", kind: "reservation-ends-soon", rangeId },
      { to: "Efendi Rambe", kind: "reservation-ended", rangeId },
    ]);
  });
});

it("the end of a quarantine is no news", async () => {
  const { rangeId } = accepted(await ipam.assign(prefixId, null));
  await office.act((tx) => releaseAddress(tx, office.people.infrastructure, office.setting(), { rangeId }));
  expect(await newsAt(minutesAfter(morning, 31 * 24 * 60))).toEqual([]);
});
