import { expect, test } from "vitest";
import type { FaultRule, PlaygroundGroup } from "../../telegram-server/server.ts";
import { ani, badRequest, budi, openServer, refused } from "./support.ts";

const forum: PlaygroundGroup = { id: -1_001_000_000_001, title: "Petugas", isForum: true, members: [ani, budi] };
const group: PlaygroundGroup = { id: -500, title: "Jurnal", members: [ani, budi] };

async function openWith(...rules: FaultRule[]) {
  const server = await openServer({ groups: [forum, group] });
  server.people.start(ani);
  await server.updates({ offset: -1 });
  server.faults.start({ seed: 1, rules });
  return server;
}

test("block: the person blocks the bot just before the call, until the plan ends", async () => {
  const { call, people, faults, updates } = await openWith({ kind: "block", methods: ["sendMessage"], next: 1 });
  await call("sendChatAction", { chat_id: ani, action: "typing" });
  expect(people.standing(ani).blocked).toBe(false);
  const say = () => call("sendMessage", { chat_id: ani, text: "a" });
  expect(await say()).toEqual(refused(403, "Forbidden: bot was blocked by the user"));
  expect((await say()).status).toBe(403);
  faults.end();
  expect((await say()).ok).toBe(true);
  const standings = (await updates()).slice(1).map(({ my_chat_member }) => my_chat_member.new_chat_member.status);
  expect(standings).toEqual(["kicked", "member"]);
});

test("block passes over who cannot block", async () => {
  const { call, faults } = await openWith({ kind: "block" });
  await call("getMe");
  await call("sendMessage", { chat_id: budi, text: "a" });
  await call("sendMessage", { chat_id: group.id, text: "a" });
  expect(faults.record()).toEqual([]);
});

test("delete-message: the message is gone before it is edited", async () => {
  const { call, people } = await openWith({ kind: "delete-message", methods: ["editMessageText"] });
  const { result } = await call("sendMessage", { chat_id: ani, text: "a" });
  const edit = { chat_id: ani, message_id: result.message_id, text: "b" };
  expect(await call("editMessageText", edit)).toEqual(badRequest("message to edit not found"));
  expect(people.messages(ani).map(({ text }) => text)).toEqual(["/start"]);
});

test("delete-message: the message is gone before it is replied to", async () => {
  const { call } = await openWith({ kind: "delete-message" });
  const reply = { chat_id: ani, text: "b", reply_parameters: { message_id: 1 } };
  expect(await call("sendMessage", reply)).toEqual(badRequest("message to be replied not found"));
});

test("delete-topic: the topic is gone before it is written to", async () => {
  const { call, people } = await openWith({ kind: "delete-topic" });
  const { result } = await call("createForumTopic", { chat_id: forum.id, name: "T-0001" });
  const inTopic = { chat_id: forum.id, message_thread_id: result.message_thread_id, text: "a" };
  expect(await call("sendMessage", inTopic)).toEqual(badRequest("message thread not found"));
  expect(people.topics(forum.id)).toEqual([]);
});

test("migrate-group: the group is a supergroup before it is written to", async () => {
  const { call } = await openWith({ kind: "migrate-group" });
  const answer = await call("sendMessage", { chat_id: group.id, text: "a" });
  const movedTo = { migrate_to_chat_id: -1_000_000_000_500 };
  expect(answer).toMatchObject({ ...badRequest("group chat was upgraded to a supergroup chat"), parameters: movedTo });
  expect((await call("sendMessage", { chat_id: -1_000_000_000_500, text: "a" })).ok).toBe(true);
});

test("clock-skew: dates and the server's clock are others, until the plan ends", async () => {
  const { call, methodUrl, faults } = await openWith({ kind: "clock-skew", skewSeconds: -600 });
  const dateSaid = async () => (await fetch(methodUrl("getMe"))).headers.get("date");
  const dateSent = async () => (await call("sendMessage", { chat_id: ani, text: "a" })).result.date * 1000;
  expect(await dateSaid()).toBe("Sun, 22 Nov 2026 01:50:00 GMT");
  expect(await dateSent()).toBe(Date.parse("2026-11-22T01:50:00Z"));
  faults.end();
  expect(await dateSaid()).toBe("Sun, 22 Nov 2026 02:00:00 GMT");
  expect(await dateSent()).toBe(Date.parse("2026-11-22T02:00:00Z"));
});
