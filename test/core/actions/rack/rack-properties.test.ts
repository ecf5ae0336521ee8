import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { reserveSwitchPort } from "../../../../core/actions/cable/switch-ports.ts";
import { movePlace } from "../../../../core/actions/rack/move-place.ts";
import { proposePlaces } from "../../../../core/actions/rack/propose-places.ts";
import {
  freeExpiredPlace,
  giveUpPlace,
  returnDevice,
  useReservedPlace,
} from "../../../../core/actions/rack/return-device.ts";
import { listPresentPlaces } from "../../../../core/db/rack/rack-places.ts";
import type { Outcome } from "../../../../core/domain/outcome.ts";
import { faces } from "../../../../core/domain/rack/place.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { brokenRackRules, type TestRacks, withRacks } from "../../../support/racks.ts";

let office: TestOffice;
let racks: TestRacks;
let switchId: number;
beforeAll(async () => {
  office = await openOffice();
  racks = await withRacks(office);
  switchId = await racks.asset("switch", { name: "SW", ports: 8 });
});
afterAll(() => office.close());

const which = fc.nat({ max: 100 });
const bottom = fc.integer({ min: 0, max: 13 });
const wish = {
  height: fc.constantFrom("0.5", "1", "1.5", "2", "3"),
  face: fc.constantFrom(...faces),
  watts: fc.constantFrom("0", "100", "300"),
  feeds: fc.constantFrom("1", "2"),
};

const command = fc.oneof(
  fc.record({ do: fc.constantFrom("reserve", "mount"), rack: fc.nat({ max: 1 }), bottom, ...wish }),
  fc.record({ do: fc.constantFrom("reserve-proposed"), ...wish }),
  fc.record({ do: fc.constantFrom("move"), which, rack: fc.nat({ max: 1 }), bottom }),
  fc.record({ do: fc.constantFrom("use", "give-up", "return", "expire"), which }),
  fc.record({ do: fc.constantFrom("port"), which, port: fc.integer({ min: 0, max: 9 }) }),
);
type Command = typeof command extends fc.Arbitrary<infer Each> ? Each : never;

const nextYear = minutesAfter(morning, 366 * 24 * 60);

async function run(step: Command, rackIds: readonly number[]): Promise<Outcome<unknown> | undefined> {
  if ("height" in step) return put(step, rackIds);
  const present = await listPresentPlaces(office.db, rackIds);
  const placeId = present[step.which % Math.max(1, present.length)]?.id;
  const { dataCenter: by } = office.people;
  if (placeId === undefined) return undefined;
  if ("port" in step) {
    return office.act((tx) =>
      reserveSwitchPort(tx, by, office.setting(), { placeId, assetId: switchId, port: step.port }),
    );
  }
  if ("rack" in step) {
    const to = { rackId: rackIds[step.rack] ?? 0, bottom: step.bottom };
    return office.act((tx) => movePlace(tx, by, office.setting(), { placeId, to }));
  }
  switch (step.do) {
    case "use": {
      const assetId = await racks.asset();
      return office.act((tx) => useReservedPlace(tx, by, office.setting(), { placeId, assetId }));
    }
    case "give-up":
      return office.act((tx) => giveUpPlace(tx, by, office.setting(), { placeId }));
    case "return": {
      const answers = { "record-number": "1/2026", "record-date": "hari ini", "received-by": "Rina" };
      return office.act((tx) => returnDevice(tx, by, office.setting(), { placeId, answers }));
    }
    default:
      await office.act((tx) => freeExpiredPlace(tx, office.setting(nextYear), { placeId }));
      return undefined;
  }
}

async function put(step: Extract<Command, { height: string }>, rackIds: readonly number[]): Promise<Outcome<unknown>> {
  const { height, face, watts, feeds } = step;
  const answers = { height, face, watts, ...(watts === "0" ? {} : { feeds }) };
  if ("bottom" in step) {
    const rackId = rackIds[step.rack] ?? 0;
    if (step.do === "reserve") return racks.reserve(rackId, step.bottom, { answers });
    return racks.mount(rackId, step.bottom, await racks.asset(), { answers });
  }
  const count = watts === "0" ? 0 : Number(feeds);
  const proposed = await proposePlaces(office.db, {
    height: Number(height) * 2,
    face,
    watts: Number(watts),
    feeds: count,
  });
  const reserved = await Promise.all(
    proposed.slice(0, 1).map((each) => racks.reserve(each.rackId, each.bottom, { answers })),
  );
  // What is proposed can be had.
  expect(reserved.every(({ ok }) => ok)).toBe(true);
  return reserved[0] ?? { ok: true, value: undefined };
}

const contents = async () => ({
  places: await office.db.selectFrom("rack_place").selectAll().orderBy("id").execute(),
  ports: await office.db.selectFrom("port_use").selectAll().orderBy("id").execute(),
});

it("whatever is done, nothing overlaps, nothing leaves its rack, no feed carries too much, and a refusal changes nothing", async () => {
  const done = new Set<string>();
  const refused = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 25 }), async (steps) => {
      const rackIds = [
        (await racks.rack({ heightU: 6, capacities: [700, 500] })).rackId,
        (await racks.rack({ heightU: 4, capacities: [400, 400, 400] })).rackId,
      ];
      for (const step of steps) {
        const before = await contents();
        const outcome = await run(step, rackIds);
        expect(await brokenRackRules(office.db)).toEqual([]);
        if (outcome?.ok) done.add(step.do);
        else if (outcome !== undefined) {
          refused.add(outcome.refusal.code);
          expect(await contents()).toEqual(before);
        }
      }
    }),
    // A seed with which everything that can be done is done.
    { numRuns: 30, seed: 20_261_127 },
  );
  expect([...done].sort()).toEqual([
    "give-up",
    "mount",
    "move",
    "port",
    "reserve",
    "reserve-proposed",
    "return",
    "use",
  ]);
  expect([...refused]).toEqual(expect.arrayContaining(["place-taken", "place-outside", "feed-full", "port-taken"]));
}, 240_000);
