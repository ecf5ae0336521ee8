import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linkAsset, mostAssetsOfTicket, unlinkAsset } from "../../../../core/actions/inventory/link-asset.ts";
import { listAssetsOfTicket, listTicketsOfAsset } from "../../../../core/db/inventory/ticket-assets.ts";
import { withInventory } from "../../../support/inventory.ts";
import { accepted } from "../../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let inventory: ReturnType<typeof withInventory>;
beforeAll(async () => {
  office = await openOffice();
  inventory = withInventory(office);
});
afterAll(() => office.close());

const link = (ticketId: number, assetId: number, by = office.people.helpDesk) =>
  office.act((tx) => linkAsset(tx, by, office.setting(), { ticketId, assetId }));
const unlink = (ticketId: number, assetId: number, by = office.people.helpDesk) =>
  office.act((tx) => unlinkAsset(tx, by, office.setting(), { ticketId, assetId }));
const linked = async (ticketId: number) => (await listAssetsOfTicket(office.db, ticketId)).map(({ id }) => id);

describe("a ticket", () => {
  it("is tied once and untied once; the journal says so", async () => {
    const [ticketId, assetId] = [await office.file(), accepted(await inventory.add())];
    accepted(await link(ticketId, assetId));
    expect(await linked(ticketId)).toEqual([assetId]);
    expect(await link(ticketId, assetId)).toMatchObject({ refusal: { code: "asset-linked-already" } });
    accepted(await unlink(ticketId, assetId));
    expect(await unlink(ticketId, assetId)).toMatchObject({ refusal: { code: "asset-not-linked" } });
    const rows = await office.db
      .selectFrom("journal")
      .select(["event", "actor_id", "details"])
      .where("event", "like", "asset-%linked")
      .orderBy("id")
      .execute();
    const by = { actor_id: office.people.helpDesk.id, details: { assetId } };
    expect(rows).toEqual([
      { event: "asset-linked", ...by },
      { event: "asset-unlinked", ...by },
    ]);
  });

  it.each([
    ["itSupport", undefined],
    ["leadership", undefined],
    ["administrator", "no-such-ticket"],
    ["neighbour", "no-such-ticket"],
    ["requester", "not-at-desk"],
  ] as const)("is tied by %s: %s", async (who, code) => {
    const [ticketId, assetId] = [await office.file(), accepted(await inventory.add())];
    const outcome = await link(ticketId, assetId, office.people[who]);
    expect(outcome).toMatchObject(code === undefined ? { ok: true } : { refusal: { code } });
    accepted(await (code === undefined ? Promise.resolve(outcome) : link(ticketId, assetId)));
    expect(await unlink(ticketId, assetId, office.people[who])).toMatchObject(
      code === undefined ? { ok: true } : { refusal: { code } },
    );
  });

  it("of somebody at the desk is tied by colleagues only", async () => {
    const ticketId = await office.file({ by: office.people.itSupport });
    const assetId = accepted(await inventory.add());
    expect(await link(ticketId, assetId, office.people.itSupport)).toMatchObject({ refusal: { code: "not-at-desk" } });
    accepted(await link(ticketId, assetId));
  });

  it("that has ended, and one that is not there, are refused", async () => {
    const [ticketId, assetId] = [await office.file(), accepted(await inventory.add())];
    accepted(await link(ticketId, assetId));
    await office.step(ticketId, "cancel", office.people.requester, { note: "Sudah baik." });
    expect(await unlink(ticketId, assetId)).toMatchObject({ refusal: { code: "ticket-ended" } });
    expect(await link(999_999, assetId)).toMatchObject({ refusal: { code: "no-such-ticket" } });
    expect(await linked(ticketId)).toEqual([assetId]);
  });

  it("is not tied to what is retired, or not there, and to twenty at most", async () => {
    const [ticketId, retired] = [await office.file(), accepted(await inventory.add())];
    accepted(await inventory.setState(retired, "retired"));
    expect(await link(ticketId, retired)).toMatchObject({ refusal: { code: "asset-retired" } });
    expect(await link(ticketId, 999_999)).toMatchObject({ refusal: { code: "no-such-asset" } });
    for (let count = 0; count < mostAssetsOfTicket; count += 1) {
      accepted(await link(ticketId, accepted(await inventory.add())));
    }
    expect(await link(ticketId, accepted(await inventory.add()))).toMatchObject({
      refusal: { code: "ticket-assets-many", values: { most: mostAssetsOfTicket } },
    });
  });

  it("tied by two at once is tied once", async () => {
    const [ticketId, assetId] = [await office.file(), accepted(await inventory.add())];
    const one = { ticketId, assetId };
    const { helpDesk, helpDesk2 } = office.people;
    const outcomes = await office.atOnce(
      (tx) => linkAsset(tx, helpDesk, office.setting(), one),
      (tx) => linkAsset(tx, helpDesk2, office.setting(), one),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await linked(ticketId)).toEqual([assetId]);
  });
});

it("the tickets of an asset stand with the open ones first, the newest first", async () => {
  const assetId = accepted(await inventory.add());
  const tickets: number[] = [];
  for (let count = 0; count < 3; count += 1) {
    const ticketId = await office.file();
    accepted(await link(ticketId, assetId));
    tickets.push(ticketId);
  }
  const [first = 0, second = 0, third = 0] = tickets;
  await office.step(third, "cancel", office.people.requester, { note: "Sudah baik." });
  const listed = await listTicketsOfAsset(office.db, assetId, { offset: 0, limit: 9 });
  expect(listed.map(({ id }) => id)).toEqual([second, first, third]);
  expect((await listTicketsOfAsset(office.db, assetId, { offset: 1, limit: 1 })).map(({ id }) => id)).toEqual([first]);
});
