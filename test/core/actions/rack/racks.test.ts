import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addFeed, changeFeed, removeFeed } from "../../../../core/actions/rack/power-feeds.ts";
import { askForRackPicture } from "../../../../core/actions/rack/rack-picture.ts";
import { addRack, changeRack, removeRack } from "../../../../core/actions/rack/racks.ts";
import { giveUpPlace } from "../../../../core/actions/rack/return-device.ts";
import { addRoom, changeRoom, removeRoom } from "../../../../core/actions/rack/rooms.ts";
import { listFeeds } from "../../../../core/db/rack/power-feeds.ts";
import { findRack, listRacks } from "../../../../core/db/rack/racks.ts";
import { findRoom, listRooms } from "../../../../core/db/rack/rooms.ts";
import { accepted } from "../../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { brokenRackRules, journalOfRacks, type TestRacks, withRacks } from "../../../support/racks.ts";

let office: TestOffice;
let racks: TestRacks;
beforeAll(async () => {
  office = await openOffice();
  racks = await withRacks(office);
});
afterAll(async () => {
  expect(await brokenRackRules(office.db)).toEqual([]);
  await office.close();
});

/** Does one action as the data center, or as somebody else. */
function run<Input, Result>(
  action: (tx: never, person: never, setting: never, input: Input) => Promise<Result>,
  input: Input,
  by = office.people.dataCenter,
): Promise<Result> {
  return office.act((tx) => action(tx as never, by as never, office.setting() as never, input));
}

describe("a room", () => {
  it("has a code in capitals and a name, and is in the journal", async () => {
    const roomId = accepted(await run(addRoom, { answers: { code: " dc1 ", name: "Ruang server utama" } }));
    expect(await findRoom(office.db, roomId)).toEqual({
      ...{ id: roomId, code: "DC1", name: "Ruang server utama", isRemoved: false },
    });
    const by = office.people.dataCenter.id;
    expect(await journalOfRacks(office.db)).toContainEqual({ event: "room-added", by, details: { code: "DC1" } });
  });

  it.each([
    ["that is there", "DRC", "room-known"],
    ["that is there in small letters", "drc", "room-known"],
    ["with a dot, which parts the codes of cables", "D.C", "rack-code-form"],
    ["that is empty", " ", "text-empty"],
    ["of seven letters", "SERVERS", "rack-code-form"],
  ])("takes no code %s", async (_, code, refused) => {
    await run(addRoom, { answers: { code: "DRC", name: "Cadangan" } });
    expect(await run(addRoom, { answers: { code, name: "Lain" } })).toMatchObject({ refusal: { code: refused } });
  });

  it("takes no name that a spreadsheet would run", async () => {
    const refused = { refusal: { code: "text-like-formula", values: { field: "name" } } };
    expect(await run(addRoom, { answers: { code: "X1", name: "=1+1" } })).toMatchObject(refused);
  });

  it("gets another name, and is removed when it has no racks; its code can be used again", async () => {
    const { roomId, rackId } = await racks.rack();
    accepted(await run(changeRoom, { roomId, answers: { name: "Ruang lain" } }));
    const room = await findRoom(office.db, roomId);
    expect(room?.name).toBe("Ruang lain");
    const inUse = { code: "room-in-use", values: { room: room?.code, count: 1 } };
    expect(await run(removeRoom, { roomId })).toEqual({ ok: false, refusal: inUse });
    accepted(await run(removeRack, { rackId }));
    accepted(await run(removeRoom, { roomId }));
    expect((await listRooms(office.db)).some(({ id }) => id === roomId)).toBe(false);
    expect(await run(changeRoom, { roomId, answers: { name: "x" } })).toMatchObject({
      refusal: { code: "no-such-room" },
    });
    expect(await run(addRack, { roomId, answers: { code: "A1", height: "42" } })).toMatchObject({
      refusal: { code: "no-such-room" },
    });
    accepted(await racks.room(room?.code));
  });
});

describe("a rack", () => {
  it.each([
    ["of 0 units", { height: "0" }, "number-out-of-range"],
    ["of 61 units", { height: "61" }, "number-out-of-range"],
    ["of one and a half units", { height: "1,5" }, "number-unreadable"],
    ["with a code that its room has", { code: "a1" }, "rack-known"],
    ["with a code in two words", { code: "A 1" }, "rack-code-form"],
  ])("%s is refused", async (_, answers, code) => {
    const { roomId } = await racks.rack();
    const refused = await run(addRack, { roomId, answers: { code: "B1", height: "42", ...answers } });
    expect(refused).toMatchObject({ refusal: { code } });
    expect(await listRacks(office.db, roomId)).toHaveLength(1);
  });

  it("may be called as one of another room is", async () => {
    await racks.rack();
    const { rackId } = await racks.rack();
    expect(await findRack(office.db, rackId)).toMatchObject({ code: "A1", heightU: 42 });
  });

  it("can be found to be higher, or lower down to what is in it; what was in it keeps its history", async () => {
    const { rackId } = await racks.rack({ heightU: 20 });
    const height = (units: number) => run(changeRack, { rackId, answers: { height: String(units) } });
    const [low, high] = [accepted(await racks.reserve(rackId, 0)), accepted(await racks.reserve(rackId, 36))];
    accepted(await height(42));
    expect(await height(18)).toEqual({
      ok: false,
      refusal: { code: "rack-too-low", values: { rack: "A1", span: "U19-20", field: "height" } },
    });
    accepted(await height(20));
    accepted(await run(giveUpPlace, { placeId: high }));
    accepted(await height(2));
    expect(await run(removeRack, { rackId })).toMatchObject({ refusal: { code: "rack-in-use", values: { count: 1 } } });
    accepted(await run(giveUpPlace, { placeId: low }));
    accepted(await run(removeRack, { rackId }));
    expect(await height(42)).toMatchObject({ refusal: { code: "no-such-rack" } });
    expect(await racks.reserve(rackId, 0)).toMatchObject({ refusal: { code: "no-such-rack" } });
  });

  it("is drawn as a photo and as the drawing itself", async () => {
    const { rackId } = await racks.rack();
    accepted(await run(askForRackPicture, { rackId }, office.people.infrastructure));
    const papers = await office.db.selectFrom("paper").select(["kind", "details"]).orderBy("id").execute();
    expect(papers).toEqual([
      { kind: "rack-picture", details: { rackId, as: "png" } },
      { kind: "rack-picture", details: { rackId, as: "svg" } },
    ]);
    expect(office.enqueued.filter(({ name }) => name === "make-paper")).toHaveLength(2);
    expect(await run(askForRackPicture, { rackId }, office.people.helpDesk)).toMatchObject({
      refusal: { code: "not-your-role" },
    });
  });
});

describe("a power feed", () => {
  const feed = (rackId: number, name: string, capacity: string) =>
    run(addFeed, { rackId, answers: { name, capacity } });

  it("has a name of its own in its rack, and carries something", async () => {
    const { rackId } = await racks.rack({ capacities: [2000] });
    expect(await feed(rackId, "a", "1000")).toMatchObject({
      refusal: { code: "feed-known", values: { field: "name" } },
    });
    expect(await feed(rackId, "B", "0")).toMatchObject({ refusal: { code: "number-out-of-range" } });
    expect(await feed(rackId, "B", "100001")).toMatchObject({ refusal: { code: "number-out-of-range" } });
    accepted(await feed(rackId, "B", "100000"));
    expect(await feed(999_999, "B", "1")).toMatchObject({ refusal: { code: "no-such-rack" } });
  });

  it("is changed down to what it carries, and removed when it carries nothing", async () => {
    const { rackId, feedIds } = await racks.rack({ capacities: [2000, 2000] });
    const [feedId = 0, other = 0] = feedIds;
    accepted(await racks.reserve(rackId, 0, { answers: { watts: "1", feeds: "1" } }));
    accepted(await racks.reserve(rackId, 10, { answers: { watts: "749", feeds: "2" } }));
    const change = (capacity: string, name = "A") => run(changeFeed, { feedId, answers: { name, capacity } });
    expect(await change("749")).toEqual({
      ok: false,
      refusal: {
        code: "feed-overloaded",
        values: { feed: "A", loadWatts: 750, capacityWatts: 749, field: "capacity" },
      },
    });
    expect(await change("750", "b")).toMatchObject({ refusal: { code: "feed-known" } });
    accepted(await change("750", "UPS"));
    const [, changed] = await listFeeds(office.db, [rackId]);
    expect(changed).toEqual({ id: feedId, rackId, name: "UPS", capacityWatts: 750, loadWatts: 750 });
    expect(await run(removeFeed, { feedId })).toMatchObject({ refusal: { code: "feed-in-use", values: { count: 2 } } });
    expect(await run(removeFeed, { feedId: other })).toMatchObject({
      refusal: { code: "feed-in-use", values: { count: 1 } },
    });
  });

  it("that was removed carries nothing more, and its name can be used again", async () => {
    const { rackId, feedIds } = await racks.rack({ capacities: [2000] });
    const [feedId = 0] = feedIds;
    accepted(await run(removeFeed, { feedId }));
    expect(await run(removeFeed, { feedId })).toMatchObject({ refusal: { code: "no-such-feed" } });
    expect(await racks.reserve(rackId, 0, { answers: { feeds: "1" } })).toEqual({
      ok: false,
      refusal: { code: "feeds-too-few", values: { rack: "A1", feeds: 0, count: 1 } },
    });
    accepted(await feed(rackId, "A", "2000"));
    accepted(await racks.reserve(rackId, 0, { answers: { feeds: "1" } }));
  });
});

it("others change no room, no rack and no feed", async () => {
  const { roomId, rackId, feedIds } = await racks.rack();
  const [feedId = 0] = feedIds;
  for (const who of ["helpDesk", "infrastructure", "itSupport", "leadership", "requester"] as const) {
    const by = office.people[who];
    for (const attempt of [
      run(addRoom, { answers: { code: "Z", name: "Z" } }, by),
      run(changeRoom, { roomId, answers: { name: "Z" } }, by),
      run(removeRoom, { roomId }, by),
      run(addRack, { roomId, answers: { code: "Z", height: "42" } }, by),
      run(changeRack, { rackId, answers: { height: "42" } }, by),
      run(removeRack, { rackId }, by),
      run(addFeed, { rackId, answers: { name: "Z", capacity: "1" } }, by),
      run(changeFeed, { feedId, answers: { name: "Z", capacity: "1" } }, by),
      run(removeFeed, { feedId }, by),
    ]) {
      expect(await attempt).toEqual({ ok: false, refusal: { code: "not-your-role", values: { role: "data-center" } } });
    }
  }
  accepted(await run(changeRoom, { roomId, answers: { name: "Z" } }, office.people.administrator));
});
