import { expect, test } from "vitest";
import { ani, budi, openServer, type ReceivedUpdate, refused } from "./support.ts";

const idsOf = (updates: ReceivedUpdate[]) => updates.map(({ update_id }) => update_id);
const textsOf = (updates: ReceivedUpdate[]) => updates.map(({ message }) => message?.text);

test("getUpdates gives updates in order, again until they are confirmed", async () => {
  const server = await openServer();
  for (const text of ["satu", "dua", "tiga"]) server.people.sendText(ani, text);
  const [first, second, third] = idsOf(await server.updates());
  expect([second, third]).toEqual([Number(first) + 1, Number(first) + 2]);
  expect(textsOf(await server.updates())).toEqual(["satu", "dua", "tiga"]);
  expect(textsOf(await server.updates({ offset: second }))).toEqual(["dua", "tiga"]);
  expect(textsOf(await server.updates())).toEqual(["dua", "tiga"]);
  expect(await server.updates({ offset: Number(third) + 1 })).toEqual([]);
  expect(await server.updates()).toEqual([]);
});

test("getUpdates starts at no fixed id", async () => {
  const servers = [await openServer(), await openServer()];
  for (const { people } of servers) people.start(ani);
  const [one, other] = await Promise.all(servers.map(async ({ updates }) => idsOf(await updates())));
  expect(one).not.toEqual(other);
});

test("getUpdates gives at most `limit`, held between 1 and 100", async () => {
  const server = await openServer();
  for (let number = 0; number < 101; number++) server.people.sendText(ani, String(number));
  expect(await server.updates({ limit: 2 })).toHaveLength(2);
  expect(await server.updates({ limit: 0 })).toHaveLength(1);
  expect(await server.updates({ limit: 1000 })).toHaveLength(100);
});

test("getUpdates with a negative offset keeps only the last", async () => {
  const server = await openServer();
  for (const text of ["satu", "dua", "tiga"]) server.people.sendText(ani, text);
  expect(textsOf(await server.updates({ offset: -2 }))).toEqual(["dua", "tiga"]);
  expect(textsOf(await server.updates())).toEqual(["dua", "tiga"]);
  expect(textsOf(await server.updates({ offset: -50 }))).toEqual(["dua", "tiga"]);
});

test("getUpdates takes an offset far ahead as wrong, and confirms nothing", async () => {
  const server = await openServer();
  server.people.sendText(ani, "satu");
  expect(textsOf(await server.updates({ offset: 2_000_000_000 }))).toEqual(["satu"]);
  expect(await server.updates()).toHaveLength(1);
});

test("getUpdates waits for the first update", async () => {
  const server = await openServer();
  const arrival = server.arrivalOf("getUpdates");
  const waiting = server.updates({ timeout: 50 });
  await arrival;
  server.people.sendText(ani, "halo");
  expect(textsOf(await waiting)).toEqual(["halo"]);
});

test("getUpdates gives what came at once in one answer", async () => {
  const server = await openServer();
  const arrival = server.arrivalOf("getUpdates");
  const waiting = server.updates({ timeout: 50 });
  await arrival;
  server.people.sendText(ani, "satu");
  server.people.sendText(budi, "dua");
  expect(textsOf(await waiting)).toEqual(["satu", "dua"]);
});

test("getUpdates answers with nothing when its time is over", async () => {
  const server = await openServer();
  expect(await server.updates({ timeout: 1 })).toEqual([]);
});

test("getUpdates is ended by a second one", async () => {
  const server = await openServer();
  const arrival = server.arrivalOf("getUpdates");
  const older = server.call("getUpdates", { timeout: 50 });
  await arrival;
  const newer = server.call<ReceivedUpdate[]>("getUpdates", { timeout: 50 });
  expect(await older).toEqual(
    refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"),
  );
  server.people.sendText(ani, "halo");
  expect(textsOf((await newer).result)).toEqual(["halo"]);
});

test("getUpdates tells only kinds that were asked for, from then on", async () => {
  const server = await openServer();
  const { message_id } = server.people.sendText(ani, "satu");
  expect(await server.updates({ allowed_updates: ["edited_message"] })).toHaveLength(1);
  server.people.sendText(ani, "tidak diminta");
  server.people.editText(ani, message_id, "diubah");
  const updates = await server.updates();
  expect(updates.map((update: object) => Object.keys(update)[1])).toEqual(["message", "edited_message"]);
  await server.updates({ allowed_updates: "nonsense" });
  server.people.sendText(ani, "masih tidak diminta");
  expect(await server.updates()).toHaveLength(2);
  await server.updates({ allowed_updates: [] });
  server.people.sendText(ani, "diminta lagi");
  expect(await server.updates()).toHaveLength(3);
});

test("getUpdates forgets what is older than a day", async () => {
  const server = await openServer();
  server.people.sendText(ani, "kemarin");
  server.passSeconds(24 * 60 * 60 + 1);
  server.people.sendText(ani, "hari ini");
  expect(textsOf(await server.updates())).toEqual(["hari ini"]);
});

test("getUpdates that waits is answered when the server closes", async () => {
  const server = await openServer();
  const arrival = server.arrivalOf("getUpdates");
  const waiting = server.call("getUpdates", { timeout: 50 });
  await arrival;
  await server.close();
  expect((await waiting).result).toEqual([]);
});
