import { describe, expect, test } from "vitest";
import { forum, openForum } from "./forum.ts";
import { ani, budi, form, json, png } from "./support.ts";

type Body = Record<string, unknown> & { error?: string };

async function openPage(options = {}) {
  const server = await openForum(options);
  const at = `${server.url}playground/api`;
  const read = async (response: Response) => ({ status: response.status, body: (await response.json()) as Body });
  return {
    ...server,
    get: async (path: string) => read(await fetch(`${at}${path}`)),
    act: async (person: number, what: string, init: RequestInit) =>
      read(await fetch(`${at}/people/${person}/${what}`, init)),
  };
}

test("groups are named with their topics, members and commands, and what stands in them", async () => {
  const { get, call, people, topic } = await openPage({ mapPoint: { latitude: 2.5, longitude: 99.6 } });
  const id = await topic("T-0001");
  people.closeTopic(ani, forum.id, id);
  await call("setMyCommands", {
    commands: [{ command: "a", description: "b" }],
    scope: { type: "all_group_chats" },
  });

  const { body } = await get("/people");

  expect(body.map_point).toEqual({ latitude: 2.5, longitude: 99.6 });
  expect(body.groups).toEqual([
    {
      id: forum.id,
      title: forum.title,
      type: "supergroup",
      is_forum: true,
      members: [ani, budi],
      topics: [{ id, name: "T-0001", is_closed: true }],
      commands: {
        [ani]: [{ command: "a", description: "b" }],
        [budi]: [{ command: "a", description: "b" }],
      },
    },
  ]);
  expect((await get(`/groups/${forum.id}`)).body).toEqual({ messages: people.groupMessages(forum.id) });
  expect((await get("/groups/-5")).status).toBe(404);
});

test("a group in which nobody is played is not shown, nor one that migrated", async () => {
  const plain = { id: -4_123, title: "Grup", members: [ani, 77] };
  const { get, people } = await openPage({ groups: [plain, { id: -5, title: "Jurnal" }] });
  const newId = people.migrateGroup(plain.id);
  expect((await get("/people")).body.groups).toMatchObject([{ id: newId, members: [ani] }]);
});

describe("in a group", () => {
  test("a person writes, replies, edits, sends files and pins, and presses", async () => {
    const { act, ask, topic, people, news } = await openPage();
    const topic_id = await topic("T-0001");
    const here = { group_id: forum.id, topic_id };
    const text = await act(ani, "messages", json({ text: "salah", ...here }));
    const { message_id } = text.body.message as { message_id: number };
    await act(ani, "edits", json({ message_id, text: "benar", group_id: forum.id }));
    await act(budi, "messages", json({ text: "ya", reply_to_message_id: message_id, ...here }));
    await act(budi, "messages", json({ location: { latitude: 2.5, longitude: 99.6 }, ...here }));
    const photo = new File([new Uint8Array(png(8, 6))], "a.png", { type: "image/png" });
    const fields = { group_id: String(forum.id), topic_id: String(topic_id) };
    await act(budi, "messages", form({ file: photo, kind: "photo", ...fields }));
    const voice = new File(["suara"], "a.ogg", { type: "audio/ogg" });
    await act(budi, "messages", form({ file: voice, kind: "voice", duration: "3.4", ...fields }));
    await act(ani, "messages", json({ text: "umum", group_id: forum.id }));

    expect(people.groupMessages(forum.id, topic_id).slice(1)).toMatchObject([
      { from: { id: ani }, text: "benar" },
      { from: { id: budi }, text: "ya", reply_to_message: { message_id } },
      { location: { latitude: 2.5, longitude: 99.6 } },
      { photo: [{ width: 8 }] },
      { voice: { duration: 3, mime_type: "audio/ogg" } },
    ]);
    expect(people.groupMessages(forum.id, 1)).toMatchObject([{ text: "umum" }]);

    const reply_markup = { inline_keyboard: [[{ text: "Ya", callback_data: "y" }]] };
    const { result } = await ask<{ message_id: number }>("sendMessage", { text: "?", reply_markup });
    await news();
    await act(budi, "presses", json({ message_id: result.message_id, data: "y", group_id: forum.id }));
    expect(await news()).toMatchObject([{ callback_query: { from: { id: budi }, data: "y" } }]);
  });

  test.each([
    ["a topic that is not there", { text: "a", group_id: forum.id, topic_id: 99 }, 404],
    ["a group that is not there", { text: "a", group_id: -5 }, 404],
    ["a group that is a text", { text: "a", group_id: "x" }, 400],
    ["a point that is none", { location: { latitude: "x" }, group_id: forum.id }, 400],
    ["a point that is not on earth", { location: { latitude: 91, longitude: 1 } }, 400],
  ])("is refused %s with a sentence", async (_, body, status) => {
    const { act } = await openPage();
    const answer = await act(ani, "messages", json(body));
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatch(/^\p{Lu}.+\.$/u);
  });
});

test("the events of groups name the group, for all members", async () => {
  const { url, topic, write, ask, close } = await openPage();
  const response = await fetch(`${url}playground/api/events`);
  const text = response.text();
  const id = await topic("a");
  const { message_id } = write("halo", id);
  await ask("deleteMessage", { message_id });
  await close();
  const events = [...(await text).matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data ?? ""));
  expect(events).toMatchObject([
    { type: "group", group_id: forum.id },
    { type: "group-message", group_id: forum.id, message: { message_id: id } },
    { type: "group-message", group_id: forum.id, message: { text: "halo" } },
    { type: "group-delete", group_id: forum.id, message_id },
  ]);
});
