import { expect, test } from "vitest";
import type { PersonEvent } from "../../telegram-server/server.ts";
import { ani, badRequest, budi, openServer, refused } from "./support.ts";

const command = (name: string) => ({ command: name, description: `Perintah ${name}` });

test("getMe names the bot", async () => {
  const { call } = await openServer();
  expect((await call("getMe")).result).toMatchObject({
    id: 4242,
    is_bot: true,
    first_name: "Simpul",
    username: "simpul_bot",
  });
});

test("getChat tells of a person, also before they start", async () => {
  const { call } = await openServer();
  expect((await call("getChat", { chat_id: ani })).result).toMatchObject({
    id: ani,
    type: "private",
    first_name: "Ani",
    last_name: "Wijaya",
    username: "ani_w",
    active_usernames: ["ani_w"],
  });
  expect(await call("getChat", { chat_id: 5 })).toEqual(badRequest("chat not found"));
  expect(await call("getChat")).toEqual(badRequest("chat_id is empty"));
});

test("sendChatAction takes known actions in open chats", async () => {
  const { call, people } = await openServer();
  people.start(ani);
  expect((await call("sendChatAction", { chat_id: ani, action: "typing" })).result).toBe(true);
  expect(await call("sendChatAction", { chat_id: ani, action: "dance" })).toEqual(
    badRequest("wrong parameter action in request"),
  );
  expect(await call("sendChatAction", { chat_id: 5, action: "typing" })).toEqual(badRequest("chat not found"));
  expect(await call("sendChatAction", { chat_id: budi, action: "typing" })).toEqual(
    refused(403, "Forbidden: bot can't initiate conversation with a user"),
  );
});

test("setMyCommands gives each person the narrowest menu, and deleteMyCommands takes it back", async () => {
  const { call, people } = await openServer();
  const menus = () => [ani, budi].map((person) => people.commands(person).map((shown) => shown.command));
  await call("setMyCommands", { commands: [command("umum")] });
  expect(menus()).toEqual([["umum"], ["umum"]]);
  await call("setMyCommands", { commands: [command("pribadi")], scope: { type: "all_private_chats" } });
  await call("setMyCommands", { commands: [command("ani")], scope: { type: "chat", chat_id: ani } });
  expect(menus()).toEqual([["ani"], ["pribadi"]]);
  const inIndonesian = { scope: { type: "all_private_chats" }, language_code: "id" };
  await call("setMyCommands", { commands: [command("bahasa")], ...inIndonesian });
  expect(menus()).toEqual([["ani"], ["bahasa"]]);
  await call("deleteMyCommands", { scope: { type: "chat", chat_id: ani } });
  await call("deleteMyCommands", inIndonesian);
  expect(menus()).toEqual([["pribadi"], ["pribadi"]]);
});

test("setMyCommands is told to those whose menu changed", async () => {
  const { call, people } = await openServer();
  const events: PersonEvent[] = [];
  people.subscribe((event) => events.push(event));
  await call("setMyCommands", { commands: [command("ani")], scope: { type: "chat", chat_id: ani } });
  await call("setMyCommands", { commands: [command("grup")], scope: { type: "all_group_chats" } });
  expect(events).toEqual([{ type: "commands", personId: ani, commands: [command("ani")] }]);
});

test("getMyCommands gives what was set for that scope and language, and only that", async () => {
  const { call } = await openServer();
  await call("setMyCommands", { commands: [{ command: "/satu ", description: " a " }], language_code: "id" });
  expect((await call("getMyCommands", { language_code: "id" })).result).toEqual([
    { command: "satu", description: "a" },
  ]);
  expect((await call("getMyCommands")).result).toEqual([]);
  expect((await call("getMyCommands", { scope: { type: "all_private_chats" }, language_code: "id" })).result).toEqual(
    [],
  );
});

test.each([
  ["what is no list", { commands: {} }, "expected an Array of BotCommand"],
  ["what is no JSON", { commands: "[object Object]" }, "can't parse commands JSON object"],
  ["a text", { commands: ["a"] }, "can't parse BotCommand: expected an Object"],
  ["no description", { commands: [{ command: "a" }] }, `can't parse BotCommand: Can't find field "description"`],
  ["an empty description", { commands: [{ command: "a", description: " " }] }, "command description must be non-empty"],
  ["an empty command", { commands: [{ command: "/", description: "a" }] }, "command must be non-empty"],
  ["a long command", { commands: [command("a".repeat(33))] }, "command length must not exceed 32"],
  [
    "a long description",
    { commands: [{ command: "a", description: "a".repeat(257) }] },
    "command description length must not exceed 256",
  ],
  ["capital letters", { commands: [command("Tiket")] }, "BOT_COMMAND_INVALID"],
  ["101 commands", { commands: Array(101).fill(command("a")) }, "BOT_COMMANDS_TOO_MUCH"],
  ["a scope that is a text", { scope: '"chat"' }, "can't parse BotCommandScope: BotCommandScope must be an Object"],
  ["an unknown scope", { scope: { type: "room" } }, "can't parse BotCommandScope: Unsupported type specified"],
  ["an unknown chat", { scope: { type: "chat", chat_id: 5 } }, "chat not found"],
  ["a long language code", { language_code: "indonesia" }, "invalid language code specified"],
])("setMyCommands refuses %s", async (_, parameters, reason) => {
  const { call } = await openServer();
  expect(await call("setMyCommands", { commands: [command("a")], ...parameters })).toEqual(badRequest(reason));
});
